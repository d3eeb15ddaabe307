"""Thousands of requests, 16 at a time: no error, bounded memory, a bounded store."""

import itertools
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import captures
import differential
import projects
from browser import Browser, Request
from generated import PNG
from servers import Server

LIMITS = {"captures": 500, "bytes": 20_000_000}


def requests():
    upload = Request("/body/upload/", "POST", form={"a": "b"}, files={"f": ("a.png", "image/png", PNG + bytes(20_000))})
    return [
        Request("/page/?q=1"),
        Request("/ping/"),
        Request("/marked/soak/"),
        Request("/async/soak/"),
        Request("/session/"),
        Request("/stream/?parts=20"),
        Request("/raises/"),
        Request("/nowhere/"),
        Request("/leak/page/"),
        upload,
    ]


def run(report, python, work, long):
    for kind, count in (("runserver", 20_000 if long else 800), ("uvicorn", 5_000 if long else 300)):
        soak(report, projects.site("oddities", python), work / kind, kind, count)


def soak(report, project, work, kind, count):
    store = work / "captures"
    store.mkdir(parents=True)
    # A small store, so that pruning is at work all the time.
    (store / "control.json").write_text(json.dumps({"limits": LIMITS}))
    expected = {"/raises/": 500, "/nowhere/": 404}
    mixture = requests()
    turns = itertools.count()
    lock = threading.Lock()
    wrong, memory, slow = [], [], [0.0]
    with Server(project, work / "server", store=store, kind=kind) as server:

        def one(_):
            with lock:
                number = next(turns)
            request = mixture[number % len(mixture)]
            started = time.perf_counter()
            try:
                status = Browser(server.port).send(request).status
            except OSError as error:
                status = repr(error)
            if status != expected.get(request.path, 200):
                wrong.append(f"{request.path}: {status}")
            slow[0] = max(slow[0], time.perf_counter() - started)
            if number % max(1, count // 20) == 0:
                memory.append(server.memory())

        started = time.monotonic()
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(one, range(count)))
        seconds = time.monotonic() - started
        time.sleep(2)
        memory.append(server.memory())
    name = f"{kind}, {count} requests 16 at a time"
    report.check(f"{name}: no error", not wrong, f"{len(wrong)}\n" + "\n".join(wrong[:8]))
    files = captures.files(store)
    stored = sum(file.stat().st_size for file in store.rglob("*") if file.is_file())
    report.check(
        f"{name}: the store keeps its bounds",
        0 < len(files) <= LIMITS["captures"] * 1.2 and stored <= LIMITS["bytes"] * 1.2,
        f"{len(files)} captures, {stored} bytes",
    )
    report.check(f"{name}: no error of the recorder's own", *differential.no_errors(store))
    settled = memory[len(memory) // 3] or 0
    growth = ((memory[-1] or 0) - settled) / 1e6
    # The first third fills caches and thread stacks; afterwards a leak of 2 KB a request would show.
    report.check(f"{name}: memory does not grow", growth < max(45, count * 2 / 3 * 0.002), f"{growth:.1f} MB")
    report.note(
        f"{seconds:.0f} s, slowest answer {slow[0]:.2f} s, {settled / 1e6:.0f} MB then {growth:+.1f} MB, "
        f"{len(files)} captures kept in {stored / 1e6:.1f} MB, {captures.lost(store)} lost and counted"
    )
