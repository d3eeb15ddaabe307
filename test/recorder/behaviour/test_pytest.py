"""Requests that pytest-django's fixtures make, in a pytest of its own."""

import importlib.util
import os
import subprocess
import sys
import tempfile
import unittest

from harness import HERE, RECORDER, RecorderTest, read_capture

TESTS = """
import pytest

def test_client(client):
    assert client.get("/json/?by=client").status_code == 200

def test_raises(client):
    with pytest.raises(IndexError):
        client.get("/raises/")

@pytest.mark.django_db
def test_rows(client):
    assert client.get("/?by=database").status_code == 200

def test_async(async_client):
    import asyncio
    assert asyncio.run(async_client.get("/async/")).content == b"from a coroutine"

def test_server(live_server):
    from urllib.request import urlopen
    assert urlopen(live_server.url + "/json/?by=server").status == 200
"""


@unittest.skipUnless(importlib.util.find_spec("pytest_django"), "pytest-django is not installed")
class PytestDjango(RecorderTest):
    def captures(self, **switches):
        folder = tempfile.mkdtemp(prefix="request-cycle-pytest-")
        store = os.path.join(folder, "captures")
        with open(os.path.join(folder, "test_site.py"), "w") as file:
            file.write(TESTS)
        environment = {
            **{name: value for name, value in os.environ.items() if name != "PROJECT_POSTGRES"},
            "PYTHONPATH": os.pathsep.join([RECORDER, HERE]),
            "DJANGO_REQUEST_CYCLE": store,
            "DJANGO_SETTINGS_MODULE": "project.settings",
            **switches,
        }
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "ignore", folder]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=folder)
        self.assertIn(b"5 passed", done.stdout, done.stdout.decode("utf-8", "replace")[-2000:])
        if not os.path.isdir(store):
            return []
        names = sorted(name for name in os.listdir(store) if ".cycle.json" in name)
        return [read_capture(os.path.join(store, name)) for name in names]

    def test_not_without_being_asked(self):
        self.assertEqual(self.captures(), [])

    def test_when_asked(self):
        found = {}
        for capture in self.captures(DJANGO_REQUEST_CYCLE_TESTS="1"):
            self.assert_valid(capture)
            found[capture["request"]["path"], capture["request"]["query"]] = capture
        self.assertEqual(
            set(found),
            {("/json/", "by=client"), ("/raises/", ""), ("/", "by=database"), ("/async/", ""), ("/json/", "by=server")},
        )
        self.assertEqual({capture["process"]["protocol"] for capture in found.values()}, {"test", "wsgi"})
        self.assertIn("IndexError", found["/raises/", ""]["summary"]["exception"])
        self.assertEqual(found["/", "by=database"]["summary"]["queries"], 1)
