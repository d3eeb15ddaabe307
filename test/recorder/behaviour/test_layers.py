"""Middleware of every form, each test with its own in force; and what happens when the response is out."""

from contextlib import contextmanager

from harness import Recorded, RecorderTest, asgi_request, capture_files, wsgi_request
from test_middleware import line_of


class Layers(RecorderTest):
    @contextmanager
    def through(self, *middleware, protocol="wsgi", **settings):
        """``get(url)`` through applications with this middleware alone."""
        from django.core.asgi import get_asgi_application
        from django.core.wsgi import get_wsgi_application
        from django.test.utils import override_settings

        with override_settings(MIDDLEWARE=list(middleware), **settings):
            make, send = (
                (get_wsgi_application, wsgi_request) if protocol == "wsgi" else (get_asgi_application, asgi_request)
            )
            application = make()

            def get(url, headers=()):
                before = set(capture_files())
                answer = send("GET", url, headers=headers, application=application)
                return answer, self.new_capture(before)

            yield get
        # A process says how its middleware was loaded last.
        get_wsgi_application()
        get_asgi_application()

    def changes(self, capture, kind, name):
        stages = [stage for stage in capture["stages"] if stage["kind"] == kind and stage["name"].endswith(name)]
        self.assertEqual(len(stages), 1)
        return {change["path"]: change for change in stages[0]["changes"]}

    def test_functions_sync_async_and_both(self):
        names = ["project.layers.plain", "project.layers.both", "project.layers.coroutines_only"]
        for protocol, ran in (("wsgi", "'async'"), ("asgi", "'async'")):
            with self.through(*names, protocol=protocol) as get:
                (status, headers, body), capture = get("/inner/year/2020/")
            self.assertEqual((status, body, dict(headers)["X-Awaited"]), (200, b"year 2020", "1"))
            went = [stage["name"] for stage in capture["stages"] if stage["kind"] == "middleware.request"]
            self.assertEqual(went, names)
            self.assertEqual(self.changes(capture, "middleware.request", "both")["request.ran"]["after"]["repr"], ran)
            self.assertIn("response.headers[X-Awaited]", self.changes(capture, "middleware.response", "only"))
            for stage in capture["stages"]:
                if stage["name"] in names:
                    self.assertRegex(line_of(stage["location"]), r"def middleware\(request\):")

    def test_own_time_apart_from_inner_time(self):
        with self.through("project.layers.plain", "project.layers.both") as get:
            _answer, capture = get("/slept/?ms=60")
        spent = {}
        for stage in capture["stages"]:
            spent[stage["kind"]] = max(spent.get(stage["kind"], 0), stage["selfNs"])
        self.assertGreaterEqual(spent["view"], 55_000_000)
        self.assertLess(spent["middleware.request"] + spent["middleware.response"], 40_000_000)

    def test_the_urlconf_that_a_middleware_puts_in_force(self):
        with self.through("project.layers.OtherUrls") as get:
            (_status, _headers, body), capture = get("/year/2021/")
        self.assertEqual(body, b"year 2021")
        change = self.changes(capture, "middleware.request", "OtherUrls")["request.urlconf"]
        self.assertEqual(change["after"]["repr"], "'project.inner'")
        resolve = next(stage for stage in capture["stages"] if stage["kind"] == "resolve")
        self.assertEqual((resolve["name"], resolve["detail"]["urlconf"]), ("project.inner", "project.inner"))

    def test_the_language(self):
        names = ["django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.locale.LocaleMiddleware"]
        with self.through(*names) as get:
            _answer, capture = get("/json/", headers=[("Accept-Language", "fr")])
        change = self.changes(capture, "middleware.request", "LocaleMiddleware")["request.LANGUAGE_CODE"]
        self.assertEqual(change["after"]["repr"], "'fr'")

    def test_all_of_a_response(self):
        with self.through("project.layers.Rewrites", "project.layers.gives") as get:
            (status, _headers, body), capture = get("/inner/year/2020/")
        self.assertEqual((status, body[:9]), (203, b"rewritten"))
        changes = self.changes(capture, "middleware.response", "Rewrites")
        status = changes["response.status_code"]
        self.assertEqual((status["before"]["repr"], status["after"]["repr"]), ("200", "203"))
        self.assertEqual(changes["response.headers[Content-Type]"]["after"]["repr"], "'text/x-rewritten'")
        gone = changes["response.headers[X-Gone]"]
        self.assertEqual((gone["before"]["repr"], "after" in gone), ("'soon'", False))
        self.assertIn("response.cookies[old]", changes)
        length = [path for path in changes if "content" in path.lower() and "Type" not in path]
        self.assertTrue(length, sorted(changes))

    def test_what_they_refuse_and_why(self):
        with self.through("project.layers.plain", "project.layers.Refuses", "project.layers.both") as get:
            for wanted, status, reason in (
                ("suspicious", 400, "the form was tampered with"),
                ("denied", 403, "members alone"),
                ("answer", 451, None),
            ):
                answer, capture = get("/json/?refuse=" + wanted)
                self.assertEqual(answer[0], status)
                stage = next(
                    stage
                    for stage in capture["stages"]
                    if stage["kind"] == "middleware.request" and stage["name"].endswith("Refuses")
                )
                self.assertEqual(stage["outcome"], "raised" if reason else "responded")
                self.assertIn("raise" if reason else "HttpResponse", line_of(stage["detail"]["answeredAt"]))
                if reason:
                    self.assertEqual(stage["detail"]["reason"], reason)
                self.assertEqual(capture["summary"]["refusedBy"], "project.layers.Refuses")
                skipped = [
                    (stage["kind"], stage["name"]) for stage in capture["stages"] if stage["outcome"] == "skipped"
                ]
                self.assertEqual(skipped[0], ("middleware.request", "project.layers.both"))
                self.assertIn(("view", ""), skipped)

    def test_work_after_the_response(self):
        from django.core.signals import request_finished
        from django.db import connection

        def late(**_kwargs):
            with connection.cursor() as cursor:
                cursor.execute("SELECT 'late work'")

        request_finished.connect(late)
        self.addCleanup(request_finished.disconnect, late)
        before = set(capture_files())
        wsgi_request("GET", "/json/", application=Recorded.wsgi)
        capture = self.new_capture(before)
        event = next(event for event in capture["events"] if event["kind"] == "sql")
        self.assertIn("late work", event["detail"]["sql"])
        self.assertGreater(event["atNs"], capture["response"]["sentNs"])
        self.assertEqual(capture["summary"]["queries"], 1)

    def test_what_recording_took(self):
        capture = self.get("/events/").capture
        self.assertGreater(capture["recorderNs"], 0)
        self.assertGreater(capture["encodeNs"], 0)
        self.assertLess(capture["recorderNs"], capture["durationNs"])
