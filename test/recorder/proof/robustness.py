"""What must do no harm: nasty values, half-read bodies, a database without tables, a store that can't be written."""

import os
import shutil
import sqlite3
import subprocess
import time

import captures
import differential
import projects
from browser import Browser, Request, differences
from generated import PNG
from servers import Server

KINDS = [
    *("raises", "exits", "recurses", "sleeps", "huge", "not-text", "attributes", "lying-class", "bad-class"),
    *("raising-dict", "endless", "generator", "lazy", "queryset", "chatty", "self-containing", "deep", "long-text"),
    *("long-list", "bytes", "surrogate"),
]
PLAIN = ["/page/?q=1", "/ping/", "/session/", "/lazy-user/", "/stream/", "/classy/"]


def run(report, python, work, long):
    project = projects.site("oddities", python)
    nasty_values(report, project, work / "nasty")
    bodies(report, project, work / "bodies")
    no_tables(report, project, work / "no-tables")
    no_debug(report, project, work / "no-debug")
    clock_jumps(report, project, work / "clock")
    unwritable(report, project, work / "unwritable")
    files_too_large(report, project, work / "limited")
    full_disk(report, project, work / "full")


def both(report, name, project, work, requests, limit=4.0, **more):
    """The same requests to both servers; gives the recorded one's store. An answer may take `limit` seconds more."""
    bare = Server(project, work / "bare", **more)
    recorded = Server(project, work / "recorded", store=work / "captures", **more)
    with bare, recorded:
        left, right = Browser(bare.port), Browser(recorded.port)
        for label, request in requests:
            expected, plain_time = timed(left, request)
            found, time_taken = timed(right, request)
            if isinstance(expected, Exception) or isinstance(found, Exception):
                report.check(f"{name}: {label}", type(expected) is type(found), f"{expected!r} | {found!r}")
                continue
            lines = differences(expected, found, differential._own(bare), differential._own(recorded))
            report.check(f"{name}: {label} ({found.status})", not lines, "\n".join(lines))
            slow = time_taken - plain_time
            if slow > limit:  # or the machine was busy just then
                slow = timed(right, request)[1] - timed(left, request)[1]
            if slow > limit:
                report.check(f"{name}: {label} is not held up", False, f"{slow:.1f} s more")
        count = captures.settle(recorded.store, len(requests), seconds=12)
    report.check(f"{name}: no error of the recorder's own", *differential.no_errors(recorded.store))
    return recorded.store, count


def timed(browser, request):
    started = time.perf_counter()
    try:
        return browser.send(request), time.perf_counter() - started
    except Exception as error:
        return error, time.perf_counter() - started


def whole(report, name, store, at_least):
    """Every file in the store can be read; there are `at_least` of them."""
    broken = []
    for file in captures.files(store):
        try:
            captures.read(file)
        except ValueError as error:
            broken.append(str(error))
    count = len(captures.files(store))
    report.check(
        f"{name}: {count} captures, each whole", not broken and count >= at_least, f"{count}\n" + "\n".join(broken)
    )


def nasty_values(report, project, work):
    requests = [(kind, Request(f"/nasty/{kind}/")) for kind in KINDS]
    store, _ = both(report, "nasty value", project, work / "shown", requests)
    whole(report, "nasty values", store, len(KINDS))
    biggest = max((file.stat().st_size for file in captures.files(store)), default=0)
    report.check("nasty values: no capture over 1 MB", biggest < 1_000_000, f"{biggest} bytes")
    # Django's own page of a raising view shows every local, and hangs over some of them by itself.
    raising = ["raises", "not-text", "generator", "lazy", "lying-class", "queryset", "chatty", "surrogate"]
    requests = [(f"{kind} raised", Request(f"/nasty/{kind}/?raise=1")) for kind in raising]
    store, _ = both(report, "nasty value", project, work / "raised", requests)
    whole(report, "nasty values among locals", store, len(raising))


def bodies(report, project, work):
    files = {"file": ("a.png", "image/png", PNG + bytes(3_000_000))}
    small = {"file": ("b.png", "image/png", PNG), "other": ("c.txt", "text/plain", b"text")}
    form = {"name": "value", "empty": ""}
    requests = []
    for path in ("post-first", "body-first", "in-parts", "unread", "upload"):
        url = f"/body/{path}/"
        requests += [
            (f"{path}, multipart", Request(url, "POST", form=form, files=small)),
            (f"{path}, form", Request(url, "POST", form=form)),
            (f"{path}, empty", Request(url, "POST", body=b"", headers={"Content-Type": "text/plain"})),
            (f"{path}, bytes", Request(url, "POST", body=bytes(range(256)) * 900, headers={"Content-Type": "a/b"})),
        ]
        if path != "body-first":  # Django refuses a body of 2.5 MB and more in memory
            requests.append((f"{path}, large upload", Request(url, "POST", form=form, files=files)))
    requests.append(("no length", Request("/body/upload/", "POST", headers={"Content-Length": ""})))
    store, _ = both(report, "body", project, work, requests)
    whole(report, "bodies", store, len(requests) - 1)
    seen = {capture["request"]["path"]: capture["request"] for capture in captures.read_all(store)}
    unread = seen.get("/body/unread/", {}).get("body", {})
    report.check("a body that the application never read says so", unread.get("notRead") is True, unread)
    upload = next((c["request"] for c in captures.read_all(store) if c["request"]["path"] == "/body/upload/"), {})
    names = {(file["field"], file["name"], file["size"]) for file in upload.get("files") or []}
    report.check("an upload has its name and size", ("file", "b.png", len(PNG)) in names, names)


def no_tables(report, project, work):
    for side in ("bare", "recorded"):
        data = work / side / "data"
        data.mkdir(parents=True)
        sqlite3.connect(data / "db.sqlite3").close()
    requests = [(path, Request(path)) for path in ("/ping/", "/lazy-user/", "/session/", "/page/", "/admin/")]
    requests.append(
        ("with a session's cookie", Request("/ping/", headers={"Cookie": "sessionid=abcdefghijklmnopqrstuvwxyz012345"}))
    )
    store, _ = both(report, "no tables", project, work, requests)
    whole(report, "no tables", store, len(requests))


def no_debug(report, project, work):
    requests = [(path, Request(path)) for path in PLAIN + ["/raises/"]]
    store, count = both(report, "DEBUG off", project, work, requests, env={"PROOF_DEBUG": "0"})
    written = [str(file.relative_to(store)) for file in store.rglob("*") if file.is_file()] if store.exists() else []
    report.check("DEBUG off: nothing is recorded", count == 0 and not any("cycle" in name for name in written), written)


def clock_jumps(report, project, work):
    requests = [(f"{path} no. {n}", Request(path)) for n in range(4) for path in PLAIN]
    store, _ = both(report, "clock jumps", project, work, requests, env={"PROOF_SITE_CLOCK": "1"})
    whole(report, "clock jumps", store, len(requests))
    found = captures.read_all(store)
    names = [capture["id"] for capture in found]
    report.check("clock jumps: every capture has its own id", len(set(names)) == len(names), names)
    negative = [c["id"] for c in found if c["durationNs"] < 0 or any(s["endNs"] < s["startNs"] for s in c["stages"])]
    report.check("clock jumps: no duration is negative", not negative, negative)


def unwritable(report, project, work):
    """A store below a file (nobody can make it), and where we may mount one, a read-only file system."""
    work.mkdir(parents=True)
    (work / "file").write_text("")
    serves(report, "store below a file", project, work / "below", work / "file" / "captures")
    with Mounted(work / "read-only", "size=1m,ro") as folder:
        if folder is None:
            report.skip("read-only store", "mounting a file system is not allowed here")
        else:
            serves(report, "read-only store", project, work / "ro", folder)


SAID = "django-request-cycle: captures can't be written"


def serves(report, name, project, work, store, requests=PLAIN * 3, counted=lambda: True, **more):
    """`counted`: whether every request has been dealt with; a server that is stopped loses the one in flight."""
    server = Server(project, work, store=store, **more)
    with server:
        browser = Browser(server.port)
        statuses = [browser.get(path).status for path in [*requests, "/ping/"]]
        until = time.monotonic() + 30
        while time.monotonic() < until and not (SAID in server.log.read_text(errors="replace") and counted()):
            time.sleep(0.1)
        alive = server.process.poll() is None
    report.check(f"{name}: the site serves on", alive and set(statuses) == {200}, f"{statuses}\n{server.tail(8)}")
    log = server.log.read_text(errors="replace")
    report.check(f"{name}: without a traceback", "Traceback" not in log, lambda: server.tail(40))
    said = log.count(SAID)
    report.check(
        f"{name}: says so once, in the server's terminal", said == 1, lambda: f"{said} times\n{server.tail(40)}"
    )


def counted(store, paths):
    def all_are():
        try:
            return captures.lost(store) + len(captures.files(store)) > len(paths)
        except ValueError:  # what is said of losses is just being written over
            return False

    return all_are


def files_too_large(report, project, work):
    """No file may grow over 6 KB: what a full disk looks like in the middle of a write."""

    import resource  # posix alone

    def limits():
        resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000))

    store = work / "captures"
    paths = ["/ping/", "/leak/page/", "/lazy-user/", "/classy/", "/stream/?parts=200"] * 4
    serves(
        report, "files limited to 6 KB", project, work / "server", store, paths, counted(store, paths), limits=limits
    )
    whole(report, "files limited to 6 KB", store, 0)
    lost = captures.lost(store)
    report.check("files limited to 6 KB: what was lost is counted", 0 < lost <= len(paths) + 1, lost)


def full_disk(report, project, work):
    work.mkdir(parents=True)
    with Mounted(work / "disk", "size=64k") as folder:
        if folder is None:
            report.skip("full disk", "mounting a file system is not allowed here")
            return
        serves(report, "full disk", project, work / "server", folder, PLAIN * 12, counted(folder, PLAIN * 12))
        whole(report, "full disk", folder, 1)
        lost, kept = captures.lost(folder), len(captures.files(folder))
        asked = len(PLAIN) * 12 + 1
        # The index may refuse its line where the capture found room, so one may count that is there.
        report.check(
            "full disk: what was lost is counted while it is full", asked - kept <= lost <= asked, (kept, lost)
        )
        left = [file.name for file in folder.rglob("*") if "tmp" in file.name or file.name.endswith("~")]
        report.check("full disk: no half-written file is left", not left, left)


class Mounted:
    """A small file system of its own, or None where we may not mount."""

    def __init__(self, folder, options):
        self.folder, self.options = folder, options

    def __enter__(self):
        self.folder.mkdir(parents=True)
        mount = shutil.which("mount")
        command = [mount or "mount", "-t", "tmpfs", "-o", self.options, "tmpfs", str(self.folder)]
        self.mounted = bool(mount) and os.getuid() == 0 and subprocess.run(command, capture_output=True).returncode == 0
        return self.folder if self.mounted else None

    def __exit__(self, *exc):
        if self.mounted:
            subprocess.run(["umount", "-l", str(self.folder)], capture_output=True)
