"""Line recording beside other tracers: what a process has but one of is never taken from another."""

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import unittest

from harness import HERE, RECORDER, RecorderTest

MONITORING = sys.version_info >= (3, 12)

SCRIPT = """
import json, sys
held = sys.gettrace()
from harness import Recorded, RecorderTest, recorder
class Asked(RecorderTest):
    def runTest(self):
        self.control(lines={"mode": "always"})
        for protocol in ("wsgi", "asgi"):
            capture = self.get("/lines/", protocol=protocol).capture
            print("CAPTURE " + json.dumps({
                "frames": [frame["location"]["symbol"] for frame in capture.get("frames", [])],
                "losses": capture["losses"],
                "held": held is not None,
                "kept": sys.gettrace() is held,
            }))
import unittest
unittest.main(argv=["asked"])
"""


class OtherTracers(RecorderTest):
    def test_another_tracer_keeps_its_place(self):
        self.control(lines={"mode": "always"})
        seen = []

        def tracer(frame, event, _argument):
            seen.append(frame.f_code.co_name)

        before = sys.gettrace()
        sys.settrace(tracer)
        try:
            capture = self.get("/lines/").capture
            self.assertIs(sys.gettrace(), tracer)
        finally:
            sys.settrace(before)
        self.assertIn("counted", seen)
        self.judge([frame["location"]["symbol"] for frame in capture.get("frames", [])], capture["losses"], "tracers")

    def judge(self, symbols, losses, name):
        if MONITORING:
            self.assertIn("counted", symbols)
            self.assertNotIn("lines", [loss["what"] for loss in losses])
        else:
            self.assertEqual(symbols, [])
            reason = next(loss["reason"] for loss in losses if loss["what"] == "lines")
            self.assertRegex(reason, r"another tracer \(.*%s.*\) holds sys.settrace" % name)

    @unittest.skipUnless(importlib.util.find_spec("debugpy"), "debugpy is not installed")
    def test_debugpy(self):
        folder = tempfile.mkdtemp(prefix="request-cycle-debugpy-")
        script = os.path.join(folder, "asked.py")
        with open(script, "w") as file:
            file.write(SCRIPT)
        environment = {
            **{name: value for name, value in os.environ.items() if name != "PROJECT_POSTGRES"},
            "PYTHONPATH": os.pathsep.join([RECORDER, HERE]),
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        }
        command = [sys.executable, "-m", "debugpy", "--listen", "127.0.0.1:0", script]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=folder)
        output = done.stdout.decode("utf-8", "replace")
        found = [json.loads(line[8:]) for line in output.splitlines() if line.startswith("CAPTURE ")]
        self.assertEqual(len(found), 2, output[-2000:])
        for one in found:
            self.assertTrue(one["kept"])
            self.assertEqual(one["held"], not MONITORING)
            self.judge([symbol.rpartition(".")[2] for symbol in one["frames"]], one["losses"], "pydevd")

    @unittest.skipUnless(MONITORING, "sys.monitoring came with Python 3.12")
    def test_beside_other_tools_of_sys_monitoring(self):
        self.control(lines={"mode": "off"})
        self.get("/json/")  # takes off what an earlier test left on
        self.control(lines={"mode": "always"})
        monitoring = sys.monitoring
        taken = [number for number in range(6) if monitoring.get_tool(number) is None]
        for number in taken:
            monitoring.use_tool_id(number, "another tool")
        try:
            capture = self.get("/lines/").capture
            self.assertNotIn("frames", capture)
            self.assertIn("every tool id of sys.monitoring is taken", [loss["reason"] for loss in capture["losses"]])
            monitoring.free_tool_id(3)
            self.assertIn("frames", self.get("/lines/").capture)
        finally:
            self.control(lines={"mode": "off"})
            self.get("/json/")
            for number in taken:
                if monitoring.get_tool(number) == "another tool":
                    monitoring.free_tool_id(number)

    def test_which_engine(self):
        from django_request_cycle.lines import Engine

        self.assertEqual(Engine.__name__, "MonitoringEngine" if MONITORING else "TracingEngine")

    def test_nothing_is_left_behind(self):
        self.control(lines={"mode": "always"})
        before = sys.gettrace()
        self.get("/lines/")
        self.control(lines={"mode": "off"})
        self.get("/json/")
        self.assertIs(sys.gettrace(), before)
        if MONITORING:
            self.assertNotIn("django-request-cycle", [sys.monitoring.get_tool(number) for number in range(6)])
