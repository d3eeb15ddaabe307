"""Opens capture files: of any kind that the store or an export has, as the document of ``capture.schema.json``.

``python -m django_request_cycle.opened FILE`` prints it.
"""

import gzip
import json
import os
import sys
import zlib
from itertools import islice

from . import PACKED
from .writing.names import TABLE
from .writing.squeeze import is_squeezed, parted
from .writing.store import TRAILER


def load(path):
    """The capture in a file. Raises ``OSError`` where it can't be read, ``ValueError`` with the reason if it is none.

    Of a packed one, the file with its process's table is looked for beside it.
    """
    document = read(path)
    if not isinstance(document, dict) or "packed" not in document:
        return document
    if document["packed"] > PACKED:
        raise ValueError("it was made by a newer recorder")
    return unpack(document, table_beside(path, document["table"]))


def read(path):
    """The document in a file, packed or not, with what stands behind it. Raises as ``load`` does."""
    with open(path, "rb") as file:
        data = file.read()
    try:
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
        elif is_squeezed(data):
            return _squeezed(*parted(data))
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(str(error)) from error
    return json.loads(data.decode("utf-8"))


def _squeezed(data, trailer):
    head, line_end, body = data.partition(b"\n")
    document = json.loads(head.decode("utf-8"))
    if isinstance(document, dict) and document.get("packed", 1) > 1:
        if len(trailer) < TRAILER:
            raise ValueError("it was cut off")
        document["encodeNs"] = int.from_bytes(trailer[:TRAILER], "big")
        if line_end:
            document["bodyText"] = body.decode("utf-8")
    return document


def table_beside(path, name):
    """The entries of the table with this name, in the folder of the capture."""
    file_name = name + TABLE
    try:
        with open(os.path.join(os.path.dirname(path), file_name), encoding="utf-8") as file:
            return [json.loads(line) for line in file if line.endswith("\n")]
    except FileNotFoundError:
        raise ValueError("%s is missing, which the capture needs beside it" % file_name) from None


def unpack(packed, table):
    """The capture with everything in its place; ``src/capture/unpack.ts`` does the same."""
    packed = dict(packed) if packed["packed"] < 3 else _written_out(packed, table)
    if "bodyText" in packed:
        response = packed["response"]
        packed["response"] = dict(response, body=dict(response["body"], text=packed.pop("bodyText")))
    capture = {name: value for name, value in packed.items() if name not in ("packed", "table", "own")}
    capture["process"] = process = table[packed["process"]]
    rows = packed["stages"] if packed["packed"] == 1 else _rows(packed["stages"], packed["own"])
    capture["stages"] = _stages(rows, table)
    if "events" in packed:
        capture["events"] = [_event(event, table) for event in packed["events"]]
    if "frames" in packed:
        frames = packed["frames"] if packed["packed"] < 4 else frames_of(packed["frames"])
        capture["frames"] = [dict(frame, location=table[frame["location"]]) for frame in frames]
    if "sources" in packed:
        capture["sources"] = dict(table[number] for number in packed["sources"])
    capture.setdefault("losses", [])
    summary = {name: packed[name] for name in ("id", "startedAt", "durationNs")}
    summary.update(method=packed["request"]["method"], path=packed["request"]["path"], pid=process["pid"])
    summary.update(queries=0, queryNs=0, static=False)
    response = packed.get("response") or {}
    summary.update((name, response[name]) for name in ("status", "contentType") if name in response)
    capture["summary"] = dict(summary, **packed["summary"])
    return capture


def _written_out(packed, table):
    """Packing 3 as packing 2: a number stands for what came before, as a whole or inside."""

    def given(value):
        return table[value] if isinstance(value, int) else value

    shown = {name: given(value) if name in _NAMED else value for name, value in packed.items()}
    times = {name: shown.pop(name) for name in ("readyNs", "sentNs") if name in shown}
    for name in ("request", "response"):
        if name in shown:
            shown[name] = dict(shown[name], headers=[given(header) for header in shown[name]["headers"]])
    if "response" in shown:
        shown["response"].update(times)
    shown["stages"] = [given(column) for column in shown["stages"]]
    own = {number: dict(fields) for number, fields in shown["own"]}
    for fields in own.values():
        if "changes" in fields:
            fields["changes"] = [given(change) for change in fields["changes"]]
        if "detail" in fields:
            fields["detail"] = given(fields["detail"])
    for number, events in shown.pop("stageEvents", ()):
        own.setdefault(number, {})["events"] = events
    shown["own"] = list(own.items())
    return shown


#: What of a document may be an entry as a whole.
_NAMED = ("request", "response", "own", "summary")


def _values(told):
    """The values of lines, each with those inside it, which it names by their numbers."""
    values = []
    for value in told:
        if "children" in value:
            children = [
                dict(child, value=values[child["value"]]) if isinstance(child["value"], int) else child
                for child in value["children"]
            ]
            value = dict(value, children=children)
        values.append(value)
    return values


def frames_of(packed):
    """Frames of packing 4 as those before it have them."""
    values = _values(packed["values"])
    more = dict(zip(packed["more"][::2], packed["more"][1::2]))
    left = zip(packed["places"], packed["names"], packed["left"])
    lines = zip(packed["lines"], packed["since"])
    frames = []
    at = 0
    calls = iter(packed["calls"])
    for number, parent, stage, location, ran, changed, returned in zip(*[calls] * 7):
        frame = {"id": number, "stage": stage, "location": location, "lines": []}
        for line, since in islice(lines, ran):
            at += since
            frame["lines"].append({"line": line, "atNs": max(0, at)})
        for place, name, value in islice(left, changed):
            frame["lines"][place].setdefault("values", {})[name] = values[value]
        if parent:
            frame["parent"] = parent
        if returned >= 0:
            frame["returned"] = values[returned]
        frames.append(dict(frame, **more.get(len(frames), {})))
    return frames


def _rows(columns, own):
    """The columns of packing 2 as the rows of packing 1."""
    rows = [list(row) for row in zip(*columns)]
    for number, fields in own:
        rows[number - 1].append(fields)
    return rows


def _stages(rows, table):
    stages = []
    nested = [0] * (len(rows) + 1)
    start = 0
    for number, (entry, since, took, *rest) in enumerate(rows, 1):
        head = table[entry]
        link = rest[0] if rest else 0
        own = rest[1] if len(rest) > 1 else {}
        start += since
        detail = dict(head.get("detail", ()), **_detail(own.get("detail", {}), table))
        stage = {"id": number}
        if link and head["kind"] == "middleware.response":
            detail["enteredBy"] = link
        elif link:
            stage["parent"] = link
            nested[link] += took
        stage.update((name, head[name]) for name in ("kind", "name", "location") if name in head)
        stage.update(startNs=max(0, start), endNs=max(0, start + took), selfNs=own.get("selfNs"))
        stage.update(outcome=own.get("outcome", "passed"), changes=own.get("changes", []))
        stage.update(events=[_event(event, table) for event in own.get("events", ())], detail=detail)
        stages.append(stage)
    for stage in stages:
        if stage["selfNs"] is None:
            stage["selfNs"] = max(0, stage["endNs"] - stage["startNs"] - nested[stage["id"]])
    return stages


def _detail(detail, table):
    shown = dict(detail)
    for name in ("wrappers", "actionLocation"):
        if name in shown:
            shown[name] = table[shown[name]]
    if "tried" in shown:
        shown["tried"] = [
            dict(table[entry[0]], rest=entry[1]) if isinstance(entry, list) else table[entry]
            for entry in shown["tried"]
        ]
    if "viewLocation" in shown.get("matched", ()):
        shown["matched"] = dict(shown["matched"], viewLocation=table[shown["matched"]["viewLocation"]])
    return shown


def _event(event, table):
    if isinstance(event, list):
        entry, at, took, where, *own = event
        usual = table[entry]
        event = {"kind": usual["kind"], "atNs": at}
        if took is not None:
            event["durationNs"] = took
        if where >= 0:
            event["location"] = table[where]
        return dict(event, detail=dict(usual["detail"], **(own[0] if own else {})))
    return dict(event, location=table[event["location"]]) if "location" in event else event


if __name__ == "__main__":
    try:
        json.dump(load(sys.argv[1]), sys.stdout, indent=1)
    except (OSError, ValueError, IndexError) as error:
        sys.exit("%s can't be opened: %s" % (" ".join(sys.argv[1:2]) or "no file", error))
