"""More than one at a time: threads, worker processes, the autoreloader, and a server that is killed."""

import collections
import http.client
import os
import random
import shutil
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import captures
import differential
import environments
import projects
from browser import Browser
from robustness import whole
from servers import Server


def run(report, python, work, long):
    project = projects.site("oddities", python)
    for kind, options in (("runserver", []), ("uvicorn", []), ("gunicorn", ["--workers", "2", "--threads", "4"])):
        concurrent(report, project, work / f"concurrent-{kind}", kind, options, 400 if long else 80)
    if long:
        daphne = environments.environment("daphne", ["Django==5.2.19", "daphne==4.2.3"], progress=report.note)
        concurrent(report, projects.site("oddities", daphne), work / "concurrent-daphne", "daphne", [], 200)
    workers(report, project, work / "workers")
    killed(report, project, work / "killed", 6 if long else 2)
    reloaded(report, project, work / "reloaded")
    disconnected(report, project, work / "disconnected")


def mixed(capture, mark):
    """What of another request is in this capture of `/marked/<mark>/` or `/async/<mark>/`."""
    text = str(capture["stages"]) + str(capture.get("events"))
    others = {word for word in marks_in(text) if word != mark}
    return others


def marks_in(text):
    return {part[:6] for part in text.split("mark-")[1:]}


def concurrent(report, project, work, kind, options, count):
    """16 at a time, sync and async views by turns: each capture holds its own request and nothing of another."""
    server = Server(project, work, store=work / "captures", kind=kind, options=options)
    random_pause = random.Random(kind)
    wanted = []
    for number in range(count):
        mark = f"mark-{number:06d}"
        wanted.append(
            (f"/{'async' if number % 3 == 0 else 'marked'}/{mark}/?sleep={random_pause.random() / 50:.4f}", mark)
        )
    with server:

        def get(item):
            path, mark = item
            answer = Browser(server.port).get(path)
            return answer.status == 200 and mark.encode() in answer.body

        with ThreadPoolExecutor(16) as pool:
            right = sum(pool.map(get, wanted))
        have = captures.settle(server.store, count)
        traced = server.log.read_text(errors="replace").count("Traceback")
    name = f"{kind}, 16 at a time"
    report.check(f"{name}: {count} right answers", right == count and not traced, lambda: f"{right}\n{server.tail()}")
    found = captures.read_all(server.store)
    report.check(f"{name}: {count} captures", have == count, f"{have}")
    report.check(
        f"{name}: each is in the index", not captures.not_indexed(server.store), captures.not_indexed(server.store)
    )
    report.check(f"{name}: no error of the recorder's own", *differential.no_errors(server.store))
    wrong = []
    for capture in found:
        mark = capture["request"]["path"].split("/")[2]
        others = mixed(capture, mark.removeprefix("mark-"))
        logs = [event for event in captures.events(capture, "log") if "log-" + mark in str(event)]
        queries = captures.events(capture, "sql")
        if others or len(logs) != 1 or len(queries) < 1:
            wrong.append(f"{mark}: others {sorted(others)[:3]}, {len(logs)} own log lines, {len(queries)} queries")
    report.check(f"{name}: no capture holds another request's events", not wrong, "\n".join(wrong[:8]))


def workers(report, project, work):
    """Two forked workers, the application loaded before the fork: both record, neither overwrites the other."""
    options = ["--workers", "2", "--preload"]
    server = Server(project, work, store=work / "captures", kind="gunicorn", options=options)
    with server:
        with ThreadPoolExecutor(8) as pool:
            statuses = list(pool.map(lambda n: Browser(server.port).get(f"/marked/m{n}/?sleep=0.02").status, range(60)))
        have = captures.settle(server.store, 60)
    report.check("forked workers: 60 answers and captures", set(statuses) == {200} and have == 60, f"{have} captures")
    pids = collections.Counter(capture["process"]["pid"] for capture in captures.read_all(server.store))
    report.check("forked workers: each writes under its own process id", len(pids) == 2, dict(pids))


def killed(report, project, work, times):
    """kill -9 in the middle of a burst: the store stays readable, and the next server goes on with it."""
    store = work / "captures"
    draw = random.Random(9)
    for number in range(times):
        server = Server(project, work / f"server-{number}", store=store).start()
        stop = threading.Event()

        def burst(server=server, stop=stop):
            browser = Browser(server.port, timeout=5)
            while not stop.is_set():
                try:
                    browser.get("/page/?q=1")
                except (OSError, http.client.HTTPException):
                    return

        threads = [threading.Thread(target=burst) for _ in range(6)]
        for thread in threads:
            thread.start()
        time.sleep(0.5 + draw.random())
        server.kill()
        stop.set()
        for thread in threads:
            thread.join()
    before = len(captures.files(store))
    whole(report, f"killed {times} times", store, 1)
    with Server(project, work / "after", store=store) as server:
        Browser(server.port).get("/ping/")
        after = captures.settle(store, before + 1)
    report.check("killed: the next server records on", after > before, f"{before} then {after}")
    old = [file.name for file in store.rglob("*.tmp*")]
    report.note(f"left by the killed ones: {len(old)} temporary files")


def reloaded(report, project, work):
    """The autoreloader's child records, its parent does not, and a change of code starts a new process."""
    site = work / "site"
    shutil.copytree(project.folder, site, ignore=shutil.ignore_patterns("__pycache__"))
    moved = type(project)(**{**vars(project), "folder": site})
    server = Server(moved, work / "server", store=work / "captures", options=["--verbosity", "1"])
    with server:
        Browser(server.port).get("/ping/")
        captures.settle(server.store, 1)
        views = site / "oddities" / "views.py"
        views.write_text(views.read_text().replace('{"ok": True}', '{"ok": "again"}'))
        until = time.monotonic() + 90
        body = b""
        while b"again" not in body and time.monotonic() < until:
            time.sleep(0.4)
            os.utime(views)  # StatReloader takes the time that it sees first for the one the file had
            try:
                body = Browser(server.port, timeout=5).get("/ping/").body
            except OSError:
                continue
        while time.monotonic() < until and len(pids_in(server.store)) < 2:
            time.sleep(0.1)
    report.check("autoreload: the new code answers", b"again" in body, lambda: server.tail())
    pids = pids_in(server.store)
    report.check("autoreload: both processes recorded", len(pids) == 2, pids)


def pids_in(store):
    return {capture["process"]["pid"] for capture in captures.read_all(store)}


def disconnected(report, project, work):
    """A visitor who goes away in the middle of a stream: the generator is closed, the capture says so."""
    for kind in ("runserver", "uvicorn"):
        server = Server(project, work / kind, store=work / kind / "captures", kind=kind)
        with server:
            with socket.create_connection(("127.0.0.1", server.port)) as visitor:
                visitor.sendall(b"GET /stream/?parts=400&sleep=0.02 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                visitor.recv(500)
                visitor.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            have = captures.settle(server.store, 1)
            alive = Browser(server.port).get("/ping/").status
        report.check(f"{kind}: serves on after a visitor went away", alive == 200)
        found = [c for c in captures.read_all(server.store) if c["request"]["path"] == "/stream/"]
        early = found and (found[0].get("response") or {}).get("streaming", {}).get("closedEarly")
        report.check(
            f"{kind}: the capture of a broken stream says so",
            early is True,
            f"{have}: {found and found[0].get('response')}",
        )
