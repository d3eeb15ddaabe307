import os
import stat
import unittest

from harness import RecorderTest, captures_folder, recorder, wsgi_request


class Harmless(RecorderTest):
    def test_objects_that_must_not_be_touched(self):
        before = recorder_errors()
        answer = self.get("/evil/")
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.events("sql"), [])
        context = {entry["name"]: entry["value"] for entry in answer.stage("template")["detail"]["context"]}
        children = {child["key"]: child["value"] for child in context["values"]["children"]}
        self.assertEqual(children["evil"]["repr"], "<Evil>")
        self.assertEqual(children["huge"]["size"], 10_000_000)
        self.assertLess(len(children["huge"]["repr"]), 300)
        self.assertIn("bits", children["number"]["repr"])
        self.assertEqual(context["cyclic"]["children"][0]["value"]["repr"], "<recursion>")
        self.assertEqual(recorder_errors(), before)

    def test_a_folder_that_cannot_be_written(self):
        if os.name != "posix" or os.geteuid() == 0:
            self.use_file_in_place_of_folder()
            return
        os.chmod(captures_folder(), stat.S_IRUSR | stat.S_IXUSR)
        self.addCleanup(os.chmod, captures_folder(), 0o700)
        self.lost_one()

    def use_file_in_place_of_folder(self):
        # Root may write anywhere: a file stands where the folder should be.
        store = recorder()._writer.store
        folder = store.folder
        store.folder = os.path.join(captures_folder(), "redaction.key", "below-a-file")
        self.addCleanup(setattr, store, "folder", folder)
        self.lost_one()

    def lost_one(self):
        from django_request_cycle.health import health

        before = health.lost
        status, _headers, _body = wsgi_request("GET", "/json/")
        recorder().flush()
        self.assertEqual(status, 200)
        self.assertEqual(health.lost, before + 1)

    def test_an_error_of_the_recorder_is_counted_and_the_request_goes_on(self):
        from django_request_cycle import stages
        from django_request_cycle.health import health

        def broken(*_arguments):
            raise ZeroDivisionError("planted")

        original, stages._see_request = stages._see_request, broken
        self.addCleanup(setattr, stages, "_see_request", original)
        before = health.errors
        status, _headers, body = wsgi_request("GET", "/json/")
        self.assertEqual((status, b'"ok": true' in body), (200, True))
        self.assertGreater(health.errors, before)

    def test_without_debug_nothing_is_recorded(self):
        from django.test.utils import override_settings

        with override_settings(DEBUG=False):
            self.assertIsNone(self.get("/json/").capture)

    def test_with_debug_off_and_the_explicit_word(self):
        from django.test.utils import override_settings

        recorder().configuration.without_debug = True
        self.addCleanup(setattr, recorder().configuration, "without_debug", False)
        with override_settings(DEBUG=False):
            answer = self.get("/raises/")
        self.assertEqual(answer.status, 500)
        self.assertEqual(answer.stage("handler")["detail"].get("hook"), "handler500")


def recorder_errors():
    from django_request_cycle.health import health

    return health.errors


if __name__ == "__main__":
    unittest.main()
