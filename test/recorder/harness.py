"""Runs the project in this process, recorded, behind a WSGI or ASGI server of a few lines; gives back captures."""

import asyncio
import io
import json
import os
import sys
import tempfile
import unittest
from urllib.parse import urlsplit

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
RECORDER = os.path.join(ROOT, "src", "recorder")
SCHEMA = os.path.join(ROOT, "src", "capture", "capture.schema.json")
PACKED_SCHEMA = os.path.join(ROOT, "src", "capture", "packed.schema.json")


class Recorded:
    """The recorded project of this process."""

    folder = None
    wsgi = None
    asgi = None

    @classmethod
    def start(cls):
        """Start recording and set Django up, once a process."""
        if cls.folder is not None:
            return
        cls.folder = tempfile.mkdtemp(prefix="request-cycle-")
        os.environ["PROJECT_DATABASE"] = os.path.join(cls.folder, "project.sqlite3")
        os.environ["DJANGO_SETTINGS_MODULE"] = "project.settings"
        os.environ["PLANTED_API_TOKEN"] = "environment-token-PLANTED-11"
        sys.path[:0] = [RECORDER, HERE]
        from django_request_cycle import bootstrap

        assert bootstrap.start(os.path.join(cls.folder, "captures"))
        from django.core.management import call_command

        import django

        django.setup()
        call_command("migrate", run_syncdb=True, verbosity=0)
        from django.core.asgi import get_asgi_application
        from django.core.wsgi import get_wsgi_application

        cls.wsgi = get_wsgi_application()
        cls.asgi = get_asgi_application()


def captures_folder():
    return os.path.join(Recorded.folder, "captures")


def capture_files():
    try:
        names = os.listdir(captures_folder())
    except FileNotFoundError:
        return []
    return sorted(name for name in names if ".cycle.json" in name and not name.endswith(".tmp"))


def read_capture(path):
    if RECORDER not in sys.path:
        sys.path.insert(0, RECORDER)
    from django_request_cycle.opened import load

    return load(path)


class Answer:
    """What the client got, and the capture of it (``None`` when nothing was recorded)."""

    def __init__(self, status, headers, body, capture):
        self.status = status
        self.headers = headers
        self.body = body
        self.capture = capture

    def stages(self, kind=None, name=None):
        stages = self.capture["stages"]
        return [
            stage
            for stage in stages
            if (kind is None or stage["kind"] == kind) and (name is None or stage["name"].endswith(name))
        ]

    def stage(self, kind, name=None):
        found = self.stages(kind, name)
        assert len(found) == 1, "%d stages of %s %s" % (len(found), kind, name)
        return found[0]

    def events(self, kind):
        return [event for stage in self.capture["stages"] for event in stage["events"] if event["kind"] == kind]


class RecorderTest(unittest.TestCase):
    """A test whose captures are each held against the schema."""

    validator = packed_validator = None

    @classmethod
    def setUpClass(cls):
        Recorded.start()
        if RecorderTest.validator is None:
            import jsonschema

            with open(SCHEMA, encoding="utf-8") as file:
                RecorderTest.validator = jsonschema.Draft202012Validator(json.load(file))
            with open(PACKED_SCHEMA, encoding="utf-8") as file:
                RecorderTest.packed_validator = jsonschema.Draft202012Validator(json.load(file))

    def get(self, url, **options):
        return self.request("GET", url, **options)

    def post(self, url, body=b"", content_type="application/x-www-form-urlencoded", **options):
        return self.request("POST", url, body=body, content_type=content_type, **options)

    def request(self, method, url, body=b"", content_type=None, headers=(), protocol="wsgi", close=True):
        """Send one request and wait for its capture."""
        recorder().flush()
        before = set(capture_files())
        send = wsgi_request if protocol == "wsgi" else asgi_request
        status, answer_headers, answer = send(method, url, body, content_type, headers)
        return Answer(status, answer_headers, answer, self.new_capture(before))

    def new_capture(self, before):
        recorder().flush()
        new = sorted(set(capture_files()) - before)
        self.assertLessEqual(len(new), 1)
        if not new:
            return None
        path = os.path.join(captures_folder(), new[0])
        from django_request_cycle.opened import read

        self.assertEqual(problems(self.packed_validator, read(path)), [])
        capture = read_capture(path)
        self.assert_valid(capture)
        return capture

    def assert_valid(self, capture):
        self.assertEqual(problems(self.validator, capture), [])
        for stage in capture["stages"]:
            self.assertLessEqual(stage["startNs"], stage["endNs"])
            self.assertLessEqual(stage["selfNs"], stage["endNs"] - stage["startNs"])

    def control(self, **content):
        """Write ``control.json`` for the rest of the test."""
        path = os.path.join(captures_folder(), "control.json")
        os.makedirs(captures_folder(), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(content, file)
        self.addCleanup(lambda: os.path.exists(path) and os.unlink(path))


def problems(validator, document):
    return ["%s: %s" % (list(error.absolute_path), error.message[:200]) for error in validator.iter_errors(document)]


def recorder():
    from django_request_cycle import bootstrap

    return bootstrap.recorder()


def wsgi_request(method, url, body=b"", content_type=None, headers=(), application=None, more=None):
    """One request as a WSGI server makes it: iterate, then close. ``more``: of the server's own ``environ``."""
    parts = urlsplit(url)
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_SOFTWARE": "harness/1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    if body or method == "POST":
        environ["CONTENT_LENGTH"] = str(len(body))
    if content_type:
        environ["CONTENT_TYPE"] = content_type
    for name, value in headers:
        environ["HTTP_" + name.upper().replace("-", "_")] = value
    environ.update(more or {})
    answer = {}

    def start_response(status, response_headers, exc_info=None):
        answer["status"] = int(status.split()[0])
        answer["headers"] = response_headers

    result = (application or Recorded.wsgi)(environ, start_response)
    try:
        content = b"".join(result)
    finally:
        if hasattr(result, "close"):
            result.close()
    return answer["status"], answer["headers"], content


def asgi_request(method, url, body=b"", content_type=None, headers=(), application=None, leave_after=None):
    """One request as an ASGI server makes it. ``leave_after``: disconnect after so many body messages."""
    return asyncio.run(asgi_exchange(method, url, body, content_type, headers, application, leave_after))


async def asgi_exchange(method, url, body=b"", content_type=None, headers=(), application=None, leave_after=None):
    parts = urlsplit(url)
    raw = [(b"host", b"localhost")] + [(name.lower().encode(), value.encode()) for name, value in headers]
    if content_type:
        raw.append((b"content-type", content_type.encode()))
    if body or method == "POST":
        raw.append((b"content-length", str(len(body)).encode()))
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": parts.path,
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "headers": raw,
        "server": ("localhost", 80),
        "client": ("127.0.0.1", 5000),
        "root_path": "",
    }
    waiting = [{"type": "http.request", "body": body, "more_body": False}]
    gone = asyncio.Event()
    answer = {"status": None, "headers": [], "body": b"", "messages": 0}

    async def receive():
        if waiting:
            return waiting.pop(0)
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message):
        if message["type"] == "http.response.start":
            answer["status"] = message["status"]
            answer["headers"] = [(name.decode(), value.decode("latin-1")) for name, value in message["headers"]]
        else:
            answer["body"] += message.get("body", b"")
            answer["messages"] += 1
            if answer["messages"] == leave_after:
                gone.set()
                await asyncio.sleep(0.5)  # a handler that listens for it is cancelled long before that

    await (application or Recorded.asgi)(scope, receive, send)
    return answer["status"], answer["headers"], answer["body"]
