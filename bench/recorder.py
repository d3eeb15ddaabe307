#!/usr/bin/env python3
"""What recording costs: the example project with and without the recorder, measured in turns in one run.

    python3 bench/recorder.py [--rounds N] [--beside [NAME,...]] [--lines] [--python 3.N] [--json]

Each side is a process of its own that drives Django's WSGI handler; they take turns, batch by batch, so that whatever
else the machine does meets both. Given are the CPU time per request (all threads, so that what the recorder does after
the response counts) and the median wall time until the response is complete, and their ratios to bare Django.
--beside measures django-debug-toolbar, django-silk and Kolo in the same run, or those of them that it names (toolbar,
silk, kolo); --lines line recording. A capture is a new file, and what that costs is the file system's: a tenth of a
millisecond and more from one temporary folder to the next; TMPDIR=/dev/shm leaves it out.
"""

import argparse
import io
import json
import os
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
BOOKSHOP = REPOSITORY / "examples" / "bookshop"
RECORDER = Path(os.environ.get("PROOF_RECORDER") or REPOSITORY / "src" / "recorder")
sys.path[:0] = [str(REPOSITORY / "test" / "recorder"), str(REPOSITORY / "test" / "recorder" / "proof")]

PAGES = {
    "json": ("/api/v1/ping/", "JSON, no query"),
    "queries": ("/reports/royalties/", "25 queries, templates"),
    "list": ("/books/", "a shelf of books, many templates"),
    "admin": ("/admin/catalog/book/1/change/", "admin form, hundreds of template renders"),
}
BATCH = {"json": 150, "queries": 12, "list": 12, "admin": 5}
BESIDE = {"toolbar": "django-debug-toolbar==8.0.0", "silk": "django-silk==5.6.0", "kolo": "kolo==3.6.1"}


# ---- the process that is measured


def worker():
    """Reads `path count` lines; answers each with {"cpu": seconds, "wall": [seconds]} as JSON."""
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    from django.core.wsgi import get_wsgi_application

    handler = get_wsgi_application()
    cookie = os.environ.get("BENCH_COOKIE", "")

    def once(path):
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_COOKIE": cookie,
            "HTTP_USER_AGENT": "Bench/1",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "SCRIPT_NAME": "",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.version": (1, 0),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        # A server's ``start_response`` is none of the project's code, so no function of this file may stand for it.
        statuses = {}
        response = handler(environ, statuses.__setitem__)
        size = sum(len(part) for part in response)
        response.close()
        assert next(iter(statuses)).startswith("200") and size, (path, statuses)

    for line in sys.stdin:
        path, count = line.split()
        wall = []
        cpu = time.process_time()
        for _ in range(int(count)):
            started = time.perf_counter()
            once(path)
            wall.append(time.perf_counter() - started)
        if os.environ.get("BENCH_SETTLE"):
            time.sleep(float(os.environ["BENCH_SETTLE"]))  # what the recorder left for later belongs to this batch
        print(json.dumps({"cpu": (time.process_time() - cpu) / int(count), "wall": wall}), file=out, flush=True)


class Side:
    def __init__(self, name, python, work, env):
        self.name = name
        self.work = work / name
        self.work.mkdir(parents=True)
        shutil.copytree(work / "data", self.work / "data")
        own = {
            "BOOKSHOP_DATABASE": str(self.work / "data" / "db.sqlite3"),
            "DJANGO_SETTINGS_MODULE": "bookshop.settings",
            "PYTHONHASHSEED": "0",
            "BENCH_SETTLE": "0.05",
            **{key: value.replace("{work}", str(self.work)) for key, value in env.items()},
        }
        kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
        paths = [path for path in (own.pop("FIRST", ""), str(BOOKSHOP), own.pop("LAST", "")) if path]
        self.env = {**kept, **own, "PYTHONPATH": os.pathsep.join(paths)}
        self.python = python
        self.samples = {page: {"cpu": [], "wall": []} for page in PAGES}

    def start(self, migrate=False):
        for command in [["migrate", "-v0"]] if migrate else []:
            subprocess.run([self.python, "-m", "django", *command], env=self.env, check=True, capture_output=True)
        env = {**self.env, "BENCH_COOKIE": "sessionid=" + self.session()}
        log = (self.work / "log").open("w")
        self.process = subprocess.Popen(
            [self.python, __file__, "--worker"],
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        return self

    def session(self):
        """A session of the admin user, made without a request."""
        code = (
            "import django; django.setup()\n"
            "from django.contrib.auth import get_user_model, SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY\n"
            "from django.contrib.sessions.backends.db import SessionStore\n"
            "user = get_user_model().objects.get(username='admin'); s = SessionStore()\n"
            "s[SESSION_KEY] = str(user.pk); s[BACKEND_SESSION_KEY] = 'django.contrib.auth.backends.ModelBackend'\n"
            "s[HASH_SESSION_KEY] = user.get_session_auth_hash(); s.save(); print(s.session_key)"
        )
        env = {key: value for key, value in self.env.items() if key != "DJANGO_REQUEST_CYCLE"}
        done = subprocess.run([self.python, "-c", code], env=env, check=True, capture_output=True, text=True)
        return done.stdout.strip().splitlines()[-1]

    def batch(self, page, count):
        self.process.stdin.write(f"{PAGES[page][0]} {count}\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} ended:\n{(self.work / 'log').read_text()[-2000:]}")
        return json.loads(line)

    def stop(self):
        self.process.stdin.close()
        self.process.wait(20)


def sides(work, python, options):
    found = [Side("bare", python, work, {})]
    recording = {"FIRST": str(RECORDER), "DJANGO_REQUEST_CYCLE": "{work}/captures"}
    found.append(Side("recorded", python, work, recording))
    if options.lines:
        side = Side("lines", python, work, recording)
        (side.work / "captures").mkdir()
        (side.work / "captures" / "control.json").write_text('{"lines": {"mode": "always"}}')
        found.append(side)
    for name in options.beside:
        env = {"LAST": str(Path(__file__).parent), "DJANGO_SETTINGS_MODULE": "beside_settings", "BENCH_BESIDE": name}
        env["KOLO_PATH"] = "{work}/kolo"
        found.append(Side(name, python, work, env))
    return found


def measure(found, rounds, progress):
    for side in found:
        side.start(migrate=side.name == "silk")
        for page in PAGES:
            side.batch(page, 3)  # the first requests load templates and compile patterns
    for number in range(rounds):
        for page in PAGES:
            turn = found if number % 2 else found[::-1]
            for side in turn:
                sample = side.batch(page, BATCH[page])
                side.samples[page]["cpu"].append(sample["cpu"])
                side.samples[page]["wall"] += sample["wall"]
        progress(f"round {number + 1} of {rounds}")
    size = {side.name: sizes(side) for side in found if side.name in ("recorded", "lines", "kolo")}
    for side in found:
        side.stop()
    return size


def table(found):
    bare = found[0]
    rows = []
    for page, (path, what) in PAGES.items():
        for side in found:
            cpu = statistics.median(side.samples[page]["cpu"])
            # The ratio is taken round by round: both sides of a round met the same machine.
            pairs = zip(side.samples[page]["cpu"], bare.samples[page]["cpu"], strict=True)
            wall = statistics.median(side.samples[page]["wall"])
            rows.append(
                {
                    "page": page,
                    "path": path,
                    "what": what,
                    "side": side.name,
                    "cpuMs": round(cpu * 1000, 3),
                    "cpuRatio": round(statistics.median(a / b for a, b in pairs), 3),
                    "cpuMoreMs": round((cpu - statistics.median(bare.samples[page]["cpu"])) * 1000, 3),
                    "p50Ms": round(wall * 1000, 3),
                    "p50Ratio": round(wall / statistics.median(bare.samples[page]["wall"]), 3),
                }
            )
    return rows


def kept(side):
    """The requests that a side keeps: our captures, and the folders of small text files that Kolo makes of each."""
    return {*(side.work / "captures").glob("*.cycle.json*"), *(side.work / "kolo" / ".kolo" / "traces").glob("*")}


def packed(path):
    """The bytes that a kept request takes: of ours the file as it is, of Kolo's all files together at gzip's best."""
    if path.is_file():
        return path.stat().st_size
    archived = io.BytesIO()
    with tarfile.open(fileobj=archived, mode="w:gz") as archive:
        archive.add(path, arcname=path.name)
    return len(archived.getvalue())


def sizes(side):
    """Bytes that a request takes compressed, as median of three for each page; for who keeps files of its own."""
    found = {}
    for page in PAGES:
        before = kept(side)
        side.batch(page, 3)
        time.sleep(3)  # Kolo writes from another process
        found[page] = round(statistics.median([packed(path) for path in kept(side) - before] or [0]))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--beside", nargs="?", const=",".join(BESIDE), default="", metavar="NAME,...", help="the tools")
    parser.add_argument("--python", metavar="3.N", help="another interpreter than this one")
    parser.add_argument("--lines", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.worker:
        return worker()
    options.beside = [name for name in options.beside.split(",") if name]
    if not BESIDE.keys() >= set(options.beside):
        parser.error("--beside knows %s" % ", ".join(BESIDE))
    import environments
    import pairs
    import projects

    def say(text):
        print(text, file=sys.stderr, flush=True)

    pins = [
        line for line in (BOOKSHOP / "requirements.txt").read_text().splitlines() if line and not line.startswith("#")
    ]
    try:
        base = pairs.interpreter(options.python) if options.python else environments.BASE
    except LookupError as error:
        parser.error(str(error))
    name = "bench-" + options.python if options.python else "bench"
    python = environments.environment(name, pins + list(BESIDE.values()), base, say)
    with tempfile.TemporaryDirectory(prefix="recorder-bench-", ignore_cleanup_errors=True) as scratch:
        work = Path(scratch)
        shutil.copytree(projects.bookshop(python).data, work / "data")
        found = sides(work, python, options)
        size = measure(found, options.rounds, say)
        rows = table(found)
    if options.json:
        print(json.dumps({"rows": rows, "bytes": size}, indent=1))
        return 0
    print(f"{'page':9}{'side':10}{'CPU ms':>9}{'ratio':>8}{'more ms':>9}{'p50 ms':>9}{'ratio':>8}")
    for row in rows:
        print(
            f"{row['page']:9}{row['side']:10}{row['cpuMs']:9.3f}{row['cpuRatio']:8.2f}{row['cpuMoreMs']:9.3f}"
            f"{row['p50Ms']:9.3f}{row['p50Ratio']:8.2f}"
        )
    for name, values in size.items():
        each = ", ".join(f"{page} {value}" for page, value in values.items())
        print(f"bytes of a request, compressed: {name:10}{each}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
