import json
import os
import subprocess
import sys

from harness import RECORDER, RecorderTest, captures_folder, read_capture


class Again(RecorderTest):
    """A recorded request sent again, in a process of its own, leaves nothing behind."""

    def ask(self, *arguments, **more):
        environment = {
            **os.environ,
            **more,
            "PYTHONPATH": os.pathsep.join([RECORDER, os.path.dirname(os.path.dirname(os.path.abspath(__file__)))]),
            "DJANGO_REQUEST_CYCLE": captures_folder(),
        }
        done = subprocess.run(
            [sys.executable, "-m", "django_request_cycle.again", *arguments],
            env=environment,
            capture_output=True,
            text=True,
        )
        lines = done.stdout.splitlines()
        self.assertEqual(len(lines), 1, done.stdout + done.stderr)
        return json.loads(lines[0])

    def path_of(self, capture):
        names = [name for name in os.listdir(captures_folder()) if name.startswith(capture["id"] + ".")]
        return os.path.join(captures_folder(), names[0])

    def rerun(self, recorded):
        answer = self.ask("rerun", self.path_of(recorded.capture))
        self.assertNotIn("error", answer)
        self.assertEqual(len(answer["captures"]), 1)
        capture = read_capture(os.path.join(captures_folder(), answer["captures"][0]))
        self.assert_valid(capture)
        return answer, capture

    def test_rows_are_rolled_back(self):
        from project.models import Shelf

        recorded = self.get("/events/")
        rows = Shelf.objects.count()
        answer, capture = self.rerun(recorded)
        self.assertEqual(answer["status"], 200)
        self.assertEqual(capture["summary"]["queries"], recorded.capture["summary"]["queries"])
        self.assertEqual(Shelf.objects.count(), rows)

    def test_a_form_with_a_file_is_built_again(self):
        boundary = "limit"
        body = (
            b'--limit\r\nContent-Disposition: form-data; name="shape"\r\n\r\nround\r\n'
            b'--limit\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n'
            b"Content-Type: text/plain\r\n\r\n12345\r\n--limit--\r\n"
        )
        recorded = self.post("/form/", body, "multipart/form-data; boundary=" + boundary)
        answer, capture = self.rerun(recorded)
        self.assertEqual(json.loads(capture["response"]["body"]["text"]), {"names": ["shape"], "sizes": [5]})
        self.assertTrue(any("a.txt" in note for note in answer["notes"]), answer["notes"])

    def test_the_same_user_is_logged_in_by_primary_key(self):
        from django.contrib.auth import get_user_model
        from django.test import Client

        user = get_user_model().objects.create_user("again", password="again-password")
        self.addCleanup(user.delete)
        client = Client()
        client.force_login(user)
        recorded = self.get("/session/", headers=[("Cookie", "sessionid=" + client.cookies["sessionid"].value)])
        recorded.capture["request"]["user"] = {"pk": str(user.pk), "repr": "again"}
        path = os.path.join(captures_folder(), "kept-aside.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(recorded.capture, file)
        self.addCleanup(os.unlink, path)
        answer = self.ask("rerun", path)
        self.assertEqual(answer["user"], str(user.pk))
        self.assertEqual(answer["status"], 200)

    def test_a_project_with_debug_off_is_recorded_anew(self):
        recorded = self.get("/debug/")
        self.assertEqual(recorded.capture["response"]["body"]["text"], "on")
        answer = self.ask("rerun", self.path_of(recorded.capture), PROJECT_DEBUG="0")
        self.assertEqual(len(answer["captures"]), 1, answer)
        capture = read_capture(os.path.join(captures_folder(), answer["captures"][0]))
        self.assertEqual(capture["response"]["body"]["text"], "off")

    def test_settings_that_ask_for_the_development_server_find_it(self):
        recorded = self.get("/debug/")
        recorded.capture["process"]["server"] = "WSGIServer/0.2"
        path = os.path.join(captures_folder(), "kept-aside.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(recorded.capture, file)
        self.addCleanup(os.unlink, path)
        answer = self.ask("rerun", path, PROJECT_ASKS="1")
        capture = read_capture(os.path.join(captures_folder(), answer["captures"][0]))
        self.assertEqual(capture["response"]["body"]["text"], "on")

    def test_a_lazy_user_within_a_lazy_user_is_recorded_and_logged_in_again(self):
        from django.contrib.auth import get_user_model
        from django.test import Client

        user = get_user_model().objects.create_user("wrapped", password="again-password")
        self.addCleanup(user.delete)
        client = Client()
        client.force_login(user)
        recorded = self.get("/wrapped-user/", headers=[("Cookie", "sessionid=" + client.cookies["sessionid"].value)])
        self.assertEqual(recorded.capture["request"]["user"], {"pk": str(user.pk), "repr": "wrapped"})
        answer, capture = self.rerun(recorded)
        self.assertEqual(answer["user"], str(user.pk))
        self.assertEqual(capture["response"]["body"]["text"], "wrapped")

    def test_a_secret_header_is_not_sent_and_said(self):
        recorded = self.get("/json/", headers=[("X-Api-Key", "header-key-PLANTED-31")])
        answer, capture = self.rerun(recorded)
        self.assertNotIn("X-Api-Key", [name for name, _value in capture["request"]["headers"]])
        self.assertTrue(any("X-Api-Key" in note for note in answer["notes"]), answer["notes"])

    def test_explains_a_query_that_only_reads(self):
        recorded = self.get("/events/")
        for stage in recorded.capture["stages"]:
            for index, event in enumerate(stage["events"]):
                if event["kind"] != "sql":
                    continue
                answer = self.ask("explain", self.path_of(recorded.capture), str(stage["id"]), str(index))
                if event["detail"]["sql"].startswith("SELECT"):
                    self.assertIn("SEARCH", answer["text"])
                else:
                    self.assertIn("SELECT", answer["error"])

    def test_says_what_it_can_not_read(self):
        answer = self.ask("rerun", os.path.join(captures_folder(), "no-such.cycle.json"))
        self.assertIn("FileNotFoundError", answer["error"])
        self.assertIn("usage", self.ask("something")["error"])
