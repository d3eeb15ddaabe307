from harness import RecorderTest, capture_files, recorder


class TestClient(RecorderTest):
    def test_only_when_asked_for(self):
        from django.test import Client

        before = set(capture_files())
        self.assertEqual(Client().get("/json/").status_code, 200)
        self.assertIsNone(self.new_capture(before))
        recorder().configuration.tests = True
        self.addCleanup(setattr, recorder().configuration, "tests", False)
        response = Client().get("/json/?a=1")
        self.assertEqual(response.json()["n"], 1)
        capture = self.new_capture(before)
        self.assertEqual(capture["process"]["protocol"], "test")
        self.assertEqual(capture["request"]["path"], "/json/")
        self.assertEqual(
            [stage["name"] for stage in capture["stages"] if stage["kind"] == "view"], ["project.views.data"]
        )

    def test_debug_off(self):
        from django.test import Client
        from django.test.utils import override_settings

        recorder().configuration.tests = True
        self.addCleanup(setattr, recorder().configuration, "tests", False)
        before = set(capture_files())
        with override_settings(DEBUG=False):
            Client(raise_request_exception=False).get("/raises/")
        self.assertEqual(self.new_capture(before)["response"]["status"], 500)
