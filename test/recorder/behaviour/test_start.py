"""Switching the recorder on without the editor: by the environment or one line of code, in a container as well."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

from harness import HERE, RECORDER, RecorderTest, read_capture

ONE_LINE = 'import sys; sys.path.append("%s"); from django_request_cycle import bootstrap; bootstrap.start("%s")'

SERVE = """
import json, os, sys
sys.path.insert(0, %r)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
from harness import wsgi_request
print("STATUS", wsgi_request("GET", "/json/", application=application)[0])
"""


class Started(RecorderTest):
    def serve(self, first="", **environment):
        """One request in a process of its own; ``first`` stands at the top of its ``manage.py``."""
        folder = tempfile.mkdtemp(prefix="request-cycle-start-")
        script = os.path.join(folder, "manage.py")
        with open(script, "w") as file:
            file.write(first + SERVE % HERE)
        clean = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("DJANGO_", "PYTHON", "PROJECT_POSTGRES"))
        }
        done = subprocess.run(
            [sys.executable, "-W", "ignore", script],
            env={**clean, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.assertIn(b"STATUS 200", done.stdout, done.stdout.decode("utf-8", "replace")[-2000:])

    def said(self, store):
        """What is in the store, and what the recorders said of their own troubles."""
        names = sorted(os.listdir(store))
        healths = [name for name in names if name.startswith("recorder-")]
        return "\n".join(names + [open(os.path.join(store, name)).read() for name in healths])

    def captures(self, store):
        names = [name for name in os.listdir(store) if ".cycle.json" in name] if os.path.isdir(store) else []
        return [read_capture(os.path.join(store, name)) for name in names]

    def test_not_by_itself(self):
        store = tempfile.mkdtemp(prefix="request-cycle-store-")
        self.serve(PYTHONPATH=RECORDER)
        self.serve(DJANGO_REQUEST_CYCLE=store)
        self.assertEqual(self.captures(store), [])

    def test_by_the_environment(self):
        store = os.path.join(tempfile.mkdtemp(prefix="request-cycle-store-"), "made", "when", "needed")
        self.serve(PYTHONPATH=RECORDER, DJANGO_REQUEST_CYCLE=store)
        (capture,) = self.captures(store)
        self.assert_valid(capture)

    def test_by_one_line_with_a_copy_of_the_recorder(self):
        copied = os.path.join(tempfile.mkdtemp(prefix="request-cycle-copy-"), "recorder")
        shutil.copytree(RECORDER, copied, ignore=shutil.ignore_patterns("__pycache__"))
        store = tempfile.mkdtemp(prefix="request-cycle-store-")
        for times in (1, 2):  # said twice it is no other than once
            self.serve(first="\n".join([ONE_LINE % (copied.replace("\\", "/"), store.replace("\\", "/"))] * times))
            found = self.captures(store)
            self.assertEqual(len(found), times)
        for capture in found:
            self.assert_valid(capture)
            self.assertEqual([stage["outcome"] for stage in capture["stages"] if stage["kind"] == "view"], ["passed"])

    def test_several_processes_share_a_folder(self):
        """As containers do that mount the same one: each under its own name, one key, one index."""
        store = tempfile.mkdtemp(prefix="request-cycle-store-")
        for _time in range(2):
            self.serve(PYTHONPATH=RECORDER, DJANGO_REQUEST_CYCLE=store)
        found = self.captures(store)
        self.assertEqual(len({capture["id"] for capture in found}), 2, self.said(store))
        with open(os.path.join(store, "index.jsonl")) as file:
            self.assertEqual({json.loads(line)["id"] for line in file}, {capture["id"] for capture in found})
        tokens = {
            value
            for capture in found
            for name, value in capture["response"]["headers"]
            if name == "Set-Cookie" and "[secret:" in value
        }
        self.assertEqual(len(tokens), 1, tokens)

    def test_without_what_windows_lacks(self):
        """No fork, no hard links, no POSIX modules; a file that somebody has open is refused for a moment."""
        first = (
            "import os, sys\n"
            "for name in ('fork', 'link', 'register_at_fork', 'getuid', 'geteuid', 'setsid', 'fchmod'):\n"
            "    if hasattr(os, name): delattr(os, name)\n"
            "for name in ('fcntl', 'pwd', 'grp', 'resource', 'termios', 'syslog'): sys.modules[name] = None\n"
            "replace, refused = os.replace, []\n"
            "def refuse_once(source, target):\n"
            "    if target not in refused:\n"
            "        refused.append(target)\n"
            "        raise PermissionError(13, 'The process cannot access the file')\n"
            "    replace(source, target)\n"
            "os.replace = refuse_once\n"
        )
        patient = "; from django_request_cycle.writing import whole; whole.TRIES = 5\n"  # as where os.name is 'nt'
        folder = tempfile.mkdtemp(prefix="request-cycle-store-")
        names = (RECORDER.replace("\\", "/"), folder.replace("\\", "/"))
        self.serve(first=first + ONE_LINE % names + patient)
        (capture,) = self.captures(folder)
        self.assert_valid(capture)
        self.assertEqual([name for name in os.listdir(folder) if "tmp" in name or name.startswith("recorder-")], [])

    def test_no_port_is_opened(self):
        first = (
            "import socket, sys\n"
            "def refuse(*_arguments): raise SystemExit('a socket was opened')\n"
            "socket.socket.listen = refuse\n"
        )
        store = tempfile.mkdtemp(prefix="request-cycle-store-")
        self.serve(first=first, PYTHONPATH=RECORDER, DJANGO_REQUEST_CYCLE=store)
        self.assertEqual(len(self.captures(store)), 1)


if __name__ == "__main__":
    unittest.main()
