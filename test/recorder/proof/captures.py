"""Reading what the recorder wrote: every byte, compression undone."""

import json
import sys
import time
from pathlib import Path

from places import RECORDER

sys.path.append(str(RECORDER))
from django_request_cycle import opened
from django_request_cycle.writing import squeeze


def files(store):
    """Every capture's file, oldest first."""
    found = Path(store).rglob("*.cycle.json.z")
    return sorted(found, key=lambda file: file.name)


def read(file):
    """One capture as it stands in its file. Raises ValueError where it is not whole."""
    try:
        return opened.load(str(file))
    except (OSError, ValueError) as error:
        raise ValueError(f"{file.name}: {error}") from error


def read_all(store):
    return [read(file) for file in files(store)]


def settle(store, count, seconds=60):
    """Wait until the store holds `count` captures and no temporary file, and give their number."""
    until = time.monotonic() + seconds
    while True:
        have = len(files(store))
        if have >= count or time.monotonic() > until:
            return have
        time.sleep(0.05)


def own_errors(store):
    """What the recorder says went wrong in itself: the messages of its `recorder-<pid>.json` files."""
    return [line for health in _health(store) if health["errors"] for line in health["messages"]]


def lost(store):
    """How many captures the recorder says it lost."""
    return sum(health["lost"] for health in _health(store))


def _health(store):
    return [json.loads(file.read_text()) for file in Path(store).glob("recorder-*.json")]


def not_indexed(store):
    """Ids of captures that `index.jsonl` does not list."""
    listed = set()
    for line in (Path(store) / "index.jsonl").read_text().splitlines():
        listed.add(json.loads(line)["id"])
    return [file.name for file in files(store) if file.name.split(".")[0] not in listed]


def every_byte(store):
    """(file, its bytes), for all files below the store, uncompressed; what cannot be undone comes as it is."""
    for file in sorted(Path(store).rglob("*")):
        if not file.is_file():
            continue
        data = file.read_bytes()
        if file.name.endswith(".z"):
            try:
                data = squeeze.unsqueeze(data)
            except ValueError:
                pass
        yield file, data


def events(capture, kind=None):
    """All events of a capture, in its stages and outside of them."""
    found = [event for stage in capture["stages"] for event in stage["events"]] + capture.get("events", [])
    return [event for event in found if kind is None or event["kind"] == kind]


def stages(capture, kind):
    return [stage for stage in capture["stages"] if stage["kind"] == kind]
