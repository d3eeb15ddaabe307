import hashlib

from harness import RecorderTest
from test_middleware import line_of


class Resolving(RecorderTest):
    def test_tried_patterns_in_order(self):
        answer = self.get("/inner/year/2020/")
        stage = answer.stage("resolve")
        self.assertEqual(stage["name"], "project.urls")
        tried = [(entry["pattern"], entry["depth"], entry["outcome"]) for entry in stage["detail"]["tried"]]
        self.assertEqual(
            tried,
            [
                ("", 0, "no match"),
                ("json/", 0, "no match"),
                ("inner/", 0, "prefix"),
                ("year/<year:year>/", 1, "matched"),
            ],
        )
        self.assertEqual(stage["detail"]["tried"][2]["rest"], "year/2020/")
        self.assertEqual(stage["detail"]["tried"][2]["namespace"], "deep")

    def test_the_line_of_each_path_call(self):
        answer = self.get("/inner/year/2020/")
        for entry in answer.stage("resolve")["detail"]["tried"]:
            self.assertIn('path("%s"' % entry["pattern"], line_of(entry["location"]))

    def test_the_hash_of_each_file_that_a_pattern_stands_in(self):
        answer = self.get("/inner/year/2020/")
        files = {entry["location"]["file"] for entry in answer.stage("resolve")["detail"]["tried"]}
        self.assertEqual(len(files), 2)
        for name in files:
            with open(name, "rb") as file:
                self.assertEqual(answer.capture["sources"][name], hashlib.sha1(file.read()).hexdigest())

    def test_the_match(self):
        matched = self.get("/inner/year/2020/").stage("resolve")["detail"]["matched"]
        self.assertEqual(matched["route"], "inner/year/<year:year>/")
        self.assertEqual(matched["view"], "project.views.year")
        self.assertEqual(
            (matched["urlName"], matched["namespaces"], matched["appNames"]), ("year", ["deep"], ["inner"])
        )
        self.assertEqual(matched["kwargs"]["year"], {"type": "int", "repr": "2020"})
        self.assertEqual(matched["converters"], {"year": "Year"})
        self.assertEqual(line_of(matched["viewLocation"]), "def year(request, year):")

    def test_a_converter_that_refuses_is_named(self):
        answer = self.get("/inner/year/1700/")
        self.assertEqual(answer.status, 404)
        entry = next(entry for entry in answer.stage("resolve")["detail"]["tried"] if "year" in entry["pattern"])
        self.assertEqual(entry["outcome"], "no match")
        self.assertIn("ValueError", entry["reason"])

    def test_nothing_matches(self):
        answer = self.get("/nowhere/")
        stage = answer.stage("resolve")
        self.assertEqual(
            (answer.status, stage["outcome"], stage["detail"]["reason"]), (404, "raised", "no pattern matched")
        )
        self.assertGreater(len(stage["detail"]["tried"]), 20)
        self.assertEqual(answer.stages("view"), [])
        handler = answer.stage("handler")
        self.assertEqual(
            (handler["name"], handler["detail"]["status"]), ("django.views.debug.technical_404_response", 404)
        )

    def test_the_regex_kind(self):
        answer = self.get("/inner/word/abc/")
        kinds = {entry["pattern"]: entry["kind"] for entry in answer.stage("resolve")["detail"]["tried"]}
        self.assertEqual(kinds[r"^word/(?P<word>\w+)/$"], "regex")


class Views(RecorderTest):
    def test_a_function(self):
        view = self.get("/inner/year/2020/").stage("view")
        self.assertEqual(view["name"], "project.views.year")
        self.assertEqual(view["detail"]["kwargs"]["year"]["repr"], "2020")
        self.assertEqual(view["detail"]["status"], 200)

    def test_behind_decorators(self):
        answer = self.get("/wrapped/")
        view = answer.stage("view")
        self.assertEqual(line_of(view["location"]), "def wrapped(request):")
        self.assertEqual((view["name"], answer.capture["summary"]["view"]), ("project.views.wrapped",) * 2)
        names = [wrapper["name"] for wrapper in view["detail"]["wrappers"]]
        self.assertEqual(len(names), 3)
        self.assertTrue(names[0].endswith("careful") or names[0].endswith("inner"), names)

    def test_a_class(self):
        view = self.get("/inner/word/abc/").stage("view")
        self.assertEqual(line_of(view["location"]), "class Words(View):")
        self.assertEqual((view["detail"]["viewClass"], view["detail"]["action"]), ("project.views.Words", "get"))
        self.assertEqual(line_of(view["detail"]["actionLocation"]), "    def get(self, request, word):")

    def test_a_coroutine(self):
        for protocol in ("wsgi", "asgi"):
            answer = self.get("/async/", protocol=protocol)
            self.assertEqual(answer.body, b"from a coroutine")
            view = answer.stage("view")
            self.assertEqual(line_of(view["location"]), "async def coroutine(request):")


class Errors(RecorderTest):
    def test_a_view_that_raises(self):
        answer = self.get("/raises/")
        self.assertEqual(answer.status, 500)
        view = answer.stage("view")
        self.assertEqual(view["outcome"], "raised")
        exception = view["detail"]["exception"]
        self.assertEqual((exception["type"], exception["message"]), ("IndexError", "string index out of range"))
        frame = exception["frames"][-1]
        self.assertTrue(frame["project"])
        self.assertIn("shelf_name[99]", frame["source"])
        self.assertEqual(frame["locals"]["shelf_name"]["repr"], "'top'")
        self.assertTrue(frame["locals"]["password"]["redacted"])
        self.assertFalse(any("django_request_cycle" in frame["location"]["file"] for frame in exception["frames"]))
        self.assertEqual(answer.events("exception")[0]["detail"]["type"], "IndexError")

    def test_the_same_object_in_several_frames(self):
        frames = self.get("/twice/").stage("view")["detail"]["exception"]["frames"]
        outer, inner = [frame["locals"] for frame in frames if "locals" in frame][-2:]
        self.assertEqual(outer["basket"]["ref"], inner["given"]["ref"])
        self.assertEqual(outer["request"]["ref"], inner["request"]["ref"])
        self.assertNotEqual(outer["basket"]["ref"], outer["request"]["ref"])
        self.assertNotIn("ref", inner["number"])

    def test_the_debug_page_is_as_without_the_recorder(self):
        answer = self.get("/raises/")
        self.assertIn(b"IndexError", answer.body)
        self.assertNotIn(b"django_request_cycle/", answer.body)

    def test_process_exception(self):
        answer = self.get("/handled/")
        self.assertEqual((answer.status, answer.body), (409, b"Hooks handled KeyError"))
        stage = answer.stage("middleware.exception", "Hooks")
        self.assertEqual((stage["outcome"], stage["detail"]["status"]), ("responded", 409))
        self.assertEqual(answer.stages("handler"), [])

    def test_refusals_carry_their_reason(self):
        for path, status, reason in (("/missing/", 404, "no such thing"), ("/denied/", 403, "not for you")):
            answer = self.get(path)
            self.assertEqual(answer.status, status)
            view = answer.stage("view")
            self.assertEqual((view["outcome"], view["detail"]["reason"]), ("raised", reason))
            self.assertEqual(answer.stage("handler")["detail"]["status"], status)
