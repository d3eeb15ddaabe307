import importlib.util
import unittest

from harness import RecorderTest


@unittest.skipUnless(importlib.util.find_spec("jinja2"), "jinja2 is not installed")
class Jinja2(RecorderTest):
    def setUp(self):
        from project.models import Shelf

        Shelf.objects.create(name="one")
        self.addCleanup(lambda: Shelf.objects.all().delete())

    def test_name_origin_time_and_context(self):
        for protocol in ("wsgi", "asgi"):
            answer = self.get("/jinja/", protocol=protocol)
            self.assertIn(b"<p>one</p>", answer.body)
            stage = answer.stage("template")
            self.assertEqual((stage["name"], stage["outcome"]), ("shelves.jinja", "passed"))
            self.assertEqual(stage["parent"], answer.stage("view")["id"])
            self.assertEqual(stage["detail"]["engine"], "jinja2")
            self.assertTrue(stage["detail"]["origin"].endswith("jinja2/shelves.jinja"))
            self.assertEqual(stage["location"]["file"], stage["detail"]["origin"])
            self.assertGreater(stage["endNs"], stage["startNs"])
            context = {entry["name"]: entry["value"] for entry in stage["detail"]["context"]}
            self.assertEqual(context["number"], {"type": "int", "repr": "42"})
            self.assertTrue(context["api_key"]["redacted"])
            self.assertEqual(context["shelves"]["repr"], "<QuerySet of Shelf, not evaluated>")

    def test_its_query_stands_within_it(self):
        answer = self.get("/jinja/")
        self.assertEqual([event["kind"] for event in answer.stage("template")["events"]], ["sql"])
        place = answer.events("sql")[0]["location"]
        self.assertTrue(place["file"].endswith("jinja2/shelves.jinja"), place)
        self.assertEqual(place["line"], 2)

    def test_an_error_in_it(self):
        answer = self.get("/jinja/?fail")
        self.assertEqual((answer.status, answer.stage("template", "shelves.jinja")["outcome"]), (500, "raised"))
        frames = answer.stage("view")["detail"]["exception"]["frames"]
        self.assertTrue(frames[-1]["location"]["file"].endswith("shelves.jinja"), frames[-1])
        self.assertEqual(frames[-1]["location"]["line"], 2)

    def test_lines_of_what_it_was_compiled_to_are_not_shown_as_its_own(self):
        self.control(lines={"mode": "always"})
        frames = self.get("/jinja/").capture["frames"]
        self.assertEqual({frame["location"]["file"].rpartition(".")[2] for frame in frames}, {"py"})
