from harness import RecorderTest


class MiddlewareStages(RecorderTest):
    def test_each_middleware_goes_in_and_out_in_order(self):
        answer = self.get("/json/")
        went_in = [stage["name"] for stage in answer.stages("middleware.request")]
        went_out = [stage["name"] for stage in answer.stages("middleware.response")]
        self.assertEqual(went_in[0], "project.middleware.timing")
        self.assertEqual(went_in[-1], "project.middleware.Hooks")
        self.assertEqual(went_out, went_in[::-1])
        self.assertNotIn("project.middleware.NotWanted", went_in)

    def test_the_way_out_names_the_way_in(self):
        answer = self.get("/json/")
        by_id = {stage["id"]: stage for stage in answer.capture["stages"]}
        for stage in answer.stages("middleware.response"):
            self.assertEqual(by_id[stage["detail"]["enteredBy"]]["name"], stage["name"])

    def test_hooks_and_locations(self):
        answer = self.get("/json/")
        gate = answer.stage("middleware.request", "Gate")
        self.assertEqual(gate["detail"]["hook"], "__call__")
        self.assertTrue(gate["location"]["file"].endswith("project/middleware.py"))
        self.assertEqual(line_of(gate["location"]), "    def __call__(self, request):")
        hooks_in = answer.stage("middleware.request", "Hooks")
        self.assertEqual(line_of(hooks_in["location"]), "    def process_request(self, request):")
        hooks_out = answer.stage("middleware.response", "Hooks")
        self.assertEqual(line_of(hooks_out["location"]), "    def process_response(self, request, response):")
        timing = answer.stage("middleware.request", "timing")
        self.assertEqual(line_of(timing["location"]), "    def middleware(request):")

    def test_changes_of_request_and_response(self):
        answer = self.get("/json/")
        timing = answer.stage("middleware.request", "timing")
        self.assertEqual(
            timing["changes"], [{"path": "request.started_by", "after": {"type": "str", "repr": "'timing'"}}]
        )
        hooks = answer.stage("middleware.request", "Hooks")
        self.assertEqual([change["path"] for change in hooks["changes"]], ["request.META[HTTP_X_ADDED]"])
        out = answer.stage("middleware.response", "Hooks")
        paths = [change["path"] for change in out["changes"]]
        self.assertIn("response.headers[X-Hooks]", paths)
        self.assertIn("response.cookies[seen_token]", paths)
        said = next(change for change in out["changes"] if change["path"] == "response.cookies[seen_token; attributes]")
        self.assertIn("samesite=Strict", said["after"]["repr"])

    def test_a_lazy_user_stays_lazy(self):
        answer = self.get("/json/")
        auth = answer.stage("middleware.request", "AuthenticationMiddleware")
        user = next(change for change in auth["changes"] if change["path"] == "request.user")
        self.assertEqual(user["after"]["repr"], "<not evaluated>")
        self.assertEqual(answer.events("sql"), [])
        self.assertNotIn("user", answer.capture["request"])

    def test_a_session_change(self):
        answer = self.get("/session/")
        changes = {change["path"]: change for change in answer.stage("view")["changes"]}
        self.assertEqual(changes["request.session[count]"]["after"]["repr"], "1")
        self.assertIn("request.session[basket]", changes)

    def test_startup(self):
        startup = self.get("/json/").capture["process"]["startup"]
        self.assertEqual([startup[0]["kind"], startup[0]["name"]], ["settings", "project.settings"])
        names = [step["name"] for step in startup if step["kind"] == "middleware"]
        self.assertEqual(names[0], "project.middleware.Hooks")
        self.assertEqual(names[-1], "project.middleware.timing")
        unused = next(step for step in startup if step["name"] == "project.middleware.NotWanted")
        self.assertEqual(unused["notUsed"], "nobody asked for it")
        self.assertEqual(line_of(unused["location"]), "class NotWanted:")


class ShortCircuits(RecorderTest):
    def test_a_middleware_answers_itself(self):
        answer = self.get("/json/?gate=refuse")
        self.assertEqual(answer.status, 403)
        gate = answer.stage("middleware.request", "Gate")
        self.assertEqual(gate["outcome"], "responded")
        self.assertEqual(gate["detail"]["status"], 403)
        self.assertIn("HttpResponseForbidden", line_of(gate["detail"]["answeredAt"]))
        self.assertEqual(answer.capture["summary"]["refusedBy"], "project.middleware.Gate")
        skipped = [
            (stage["kind"], stage["name"]) for stage in answer.capture["stages"] if stage["outcome"] == "skipped"
        ]
        self.assertEqual(skipped, [("middleware.request", "project.middleware.Hooks"), ("resolve", ""), ("view", "")])
        self.assertNotIn("view", answer.capture["summary"])

    def test_process_view_answers(self):
        answer = self.get("/json/?gate=view")
        self.assertEqual(answer.status, 418)
        stage = answer.stage("middleware.view", "Gate")
        self.assertEqual(stage["outcome"], "responded")
        self.assertIn("answered in process_view", line_of(stage["detail"]["answeredAt"]))
        view = answer.stage("view")
        self.assertEqual((view["outcome"], view["name"]), ("skipped", "project.views.data"))

    def test_csrf_refuses_with_its_reason(self):
        answer = self.post("/", b"a=1")
        self.assertEqual(answer.status, 403)
        stage = answer.stage("middleware.view", "CsrfViewMiddleware")
        self.assertEqual(stage["outcome"], "responded")
        self.assertIn("CSRF cookie not set", stage["detail"]["reason"])
        self.assertTrue(stage["detail"]["answeredAt"]["file"].endswith("csrf.py"))
        self.assertEqual(answer.capture["summary"]["refusedBy"], "django.middleware.csrf.CsrfViewMiddleware")
        self.assertEqual(answer.stage("view")["outcome"], "skipped")

    def test_a_middleware_raises(self):
        answer = self.get("/json/?gate=raise")
        self.assertEqual(answer.status, 500)
        gate = answer.stage("middleware.request", "Gate")
        self.assertEqual(gate["outcome"], "raised")
        self.assertEqual(gate["detail"]["exception"]["type"], "ValueError")
        self.assertIn("raise ValueError", line_of(gate["detail"]["answeredAt"]))
        self.assertEqual([stage["kind"] for stage in answer.stages() if stage["outcome"] == "skipped"].count("view"), 1)

    def test_a_host_that_is_not_allowed(self):
        answer = self.get("/json/", headers=[("Host", "evil.example")])
        self.assertEqual(answer.status, 400)
        self.assertIn("DisallowedHost", answer.capture["summary"]["exception"])
        self.assertEqual(answer.capture["summary"]["refusedBy"], "django.middleware.common.CommonMiddleware")


def line_of(location):
    with open(location["file"], encoding="utf-8") as file:
        return file.read().split("\n")[location["line"] - 1]
