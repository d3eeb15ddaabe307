import os
import subprocess
import sys

from harness import HERE, RECORDER, RecorderTest, captures_folder


class Controlling(RecorderTest):
    def test_pause(self):
        self.control(paused=True)
        self.assertIsNone(self.get("/json/").capture)
        self.control(paused=False)
        self.assertIsNotNone(self.get("/json/").capture)

    def test_ignore_by_path_method_and_status(self):
        self.control(ignore=[{"path": "/js*"}, {"method": "POST", "path": "/body/"}, {"status": "4xx"}])
        self.assertIsNone(self.get("/json/").capture)
        self.assertIsNone(self.post("/body/", b"x", "text/plain").capture)
        self.assertIsNone(self.get("/missing/").capture)
        self.assertIsNotNone(self.get("/wrapped/").capture)

    def test_broken_content_means_the_defaults(self):
        for content in ({"ignore": [{}]}, {"limits": {"captures": "many"}}, {"lines": 7}, {"ignore": [{"path": 1}]}):
            self.control(**content)
            self.assertIsNotNone(self.get("/json/").capture, content)

    def test_more_secret_names(self):
        self.control(secretNames=["colour"])
        form = self.post("/form/", b"colour=ultramarine&shape=round").capture["request"]["form"]
        self.assertTrue(form[0]["redacted"])
        self.assertNotIn("redacted", form[1])


class ArmingLines(RecorderTest):
    def lines(self, answer):
        for frame in answer.capture.get("frames", []):
            if frame["location"]["symbol"].endswith("counted"):
                return frame
        return None

    def test_always(self):
        self.control(lines={"mode": "always"})
        for protocol in ("wsgi", "asgi"):
            frame = self.lines(self.get("/lines/", protocol=protocol))
            first = frame["location"]["line"]
            numbers = [line["line"] - first for line in frame["lines"]]
            self.assertEqual(numbers, [0, 1, 2, 3, 2, 3, 2, 3, 2, 4])
            totals = [line["values"]["total"]["repr"] for line in frame["lines"] if "total" in line.get("values", {})]
            self.assertEqual(totals, ["0", "1", "3"])
            self.assertEqual(frame["returned"]["repr"], "<HttpResponse 200>")

    def test_the_next_request_only(self):
        self.control(lines={"mode": "next", "armedAt": "2026-01-01T00:00:00Z"})
        self.assertIsNotNone(self.lines(self.get("/lines/")))
        self.assertNotIn("frames", self.get("/lines/").capture)

    def test_the_next_request_over_all_processes(self):
        self.control(lines={"mode": "next", "armedAt": "2026-01-01T00:00:01Z"})
        code = (
            "import sys; sys.path[:0] = [%r, %r]\n"
            "from django_request_cycle.control import Control\n"
            "control = Control(sys.argv[1]); control.refresh(); print(control.arms_lines() is not None)\n"
        ) % (RECORDER, HERE)
        command = [sys.executable, "-c", code, captures_folder()]
        running = [subprocess.Popen(command, stdout=subprocess.PIPE) for _number in range(4)]
        said = sorted(process.communicate()[0].decode().strip() for process in running)
        self.assertEqual(said, ["False", "False", "False", "True"])
        self.assertNotIn("frames", self.get("/lines/").capture)
        self.control(lines={"mode": "next", "armedAt": "2026-01-01T00:00:02Z"})
        self.assertIn("frames", self.get("/lines/").capture)
        left = [name for name in os.listdir(captures_folder()) if name.startswith("lines-taken-")]
        self.assertEqual(len(left), 1)

    def test_one_route(self):
        self.control(lines={"mode": "route", "route": "lines/"})
        self.assertNotIn("frames", self.get("/json/").capture)
        self.assertIsNotNone(self.lines(self.get("/lines/")))

    def test_a_raised_exception(self):
        self.control(lines={"mode": "always"})
        frames = self.get("/raises/").capture["frames"]
        self.assertIn("IndexError", [frame.get("raised") for frame in frames])

    def test_limits(self):
        self.control(lines={"mode": "always"}, limits={"linesPerFrame": 4, "frames": 3})
        capture = self.get("/lines/").capture
        self.assertLessEqual(len(capture["frames"]), 3)
        self.assertTrue(all(len(frame["lines"]) <= 5 for frame in capture["frames"]))

    def test_off_again(self):
        self.control(lines={"mode": "always"})
        self.get("/lines/")
        self.control(lines={"mode": "off"})
        self.assertNotIn("frames", self.get("/lines/").capture)
