from harness import RecorderTest


class Templates(RecorderTest):
    def setUp(self):
        from project.models import Shelf

        for name in ("one", "two"):
            Shelf.objects.create(name=name)
        self.addCleanup(lambda: Shelf.objects.all().delete())

    def test_inheritance_and_includes(self):
        answer = self.get("/")
        page = answer.stage("template", "page.html")
        self.assertEqual(page["parent"], answer.stage("view")["id"])
        self.assertEqual(page["detail"]["extends"], "base.html")
        self.assertTrue(page["detail"]["origin"].endswith("templates/page.html"))
        self.assertTrue(page["location"]["file"].endswith("templates/page.html"))
        included = answer.stages("template", "shelf.html")
        self.assertEqual(len(included), 2)
        for stage in included:
            self.assertEqual((stage["parent"], stage["detail"]["included"]), (page["id"], True))
        self.assertLess(page["selfNs"], page["endNs"] - page["startNs"])

    def test_context(self):
        context = {
            entry["name"]: entry["value"] for entry in self.get("/").stage("template", "page.html")["detail"]["context"]
        }
        self.assertEqual(context["number"], {"type": "int", "repr": "42"})
        self.assertEqual([child["value"]["repr"] for child in context["words"]["children"]], ["'a'", "'b'"])
        self.assertEqual(context["shelves"]["repr"], "<QuerySet of Shelf, not evaluated>")

    def test_an_object_shown_again_says_that_it_is_the_same(self):
        answer = self.get("/")
        page = {entry["name"]: entry["value"] for entry in answer.stage("template", "page.html")["detail"]["context"]}
        self.assertIn("ref", page["words"])
        self.assertNotIn("ref", page["number"])
        for stage in answer.stages("template", "shelf.html"):
            given = {entry["name"]: entry["value"] for entry in stage["detail"]["context"]}
            self.assertEqual(given["given"]["ref"], page["words"]["ref"])
            self.assertNotEqual(given["shelf"].get("ref"), page["words"]["ref"])

    def test_a_query_that_a_template_makes_stands_at_its_tag(self):
        answer = self.get("/")
        places = {
            (event["location"]["file"].rsplit("/", 1)[-1], event["location"]["line"]) for event in answer.events("sql")
        }
        self.assertEqual(places, {("page.html", 3), ("shelf.html", 1)})

    def test_an_error_stands_at_its_tag(self):
        answer = self.get("/broken-template/")
        self.assertEqual(answer.status, 500)
        exception = answer.stage("view")["detail"]["exception"]
        self.assertEqual(exception["type"], "django.template.exceptions.TemplateSyntaxError")
        place = exception["templateLocation"]
        self.assertEqual((place["file"].rsplit("/", 1)[-1], place["line"]), ("broken.html", 3))
        self.assertEqual(len(place["sha1"]), 40)
        self.assertIn("nosuchfilter", exception["templateTag"])

    def test_template_response(self):
        answer = self.get("/template-response/")
        hook = answer.stage("middleware.template_response", "Hooks")
        self.assertEqual(hook["outcome"], "passed")
        template = answer.stage("template")
        self.assertNotIn("parent", template)
        names = [entry["name"] for entry in template["detail"]["context"]]
        self.assertIn("added", names)
        self.assertGreater(template["startNs"], hook["endNs"])
