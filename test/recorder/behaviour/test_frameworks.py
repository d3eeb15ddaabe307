"""Views of Django REST framework and django-ninja: the real function behind their wrappers."""

import importlib.util
import unittest

from harness import RecorderTest
from test_middleware import line_of


def installed(name):
    return importlib.util.find_spec(name) is not None


@unittest.skipUnless(installed("rest_framework"), "djangorestframework is not installed")
class RestFramework(RecorderTest):
    """Requests to its views, through its routers."""

    def viewed(self, method, url, **options):
        answer = self.request(method, url, headers=[("Accept", "application/json")], **options)
        view = answer.stage("view")
        return answer, view, line_of(view["location"]).strip()

    def test_actions_of_a_view_set(self):
        body = b'{"name": "made"}'
        for protocol in ("wsgi", "asgi"):
            for method, url, action, status in (
                ("GET", "/rest/shelves/", "list", 200),
                ("POST", "/rest/shelves/", "create", 201),
                ("GET", "/rest/shelves/longest/", "longest", 200),
                ("GET", "/rest/shelves/999999/", "retrieve", 404),
            ):
                sent = {"body": body, "content_type": "application/json"} if method == "POST" else {}
                answer, view, line = self.viewed(method, url, protocol=protocol, **sent)
                self.assertEqual((answer.status, view["detail"]["action"]), (status, action), answer.body[:200])
                self.assertEqual(line, "class Shelves(viewsets.ModelViewSet):")
                self.assertEqual(view["detail"]["viewClass"], "project.api.Shelves")
                self.assertEqual(view["name"], "project.api.Shelves")

    def test_the_action_s_own_line(self):
        _answer, view, _line = self.viewed("GET", "/rest/shelves/longest/")
        self.assertIn("longest", line_of(view["detail"]["actionLocation"]) + view["detail"]["action"])

    def test_an_api_view(self):
        answer, view, line = self.viewed("GET", "/rest/clock/utc/")
        self.assertEqual((line, view["detail"]["action"]), ("class Clock(views.APIView):", "get"))
        self.assertEqual(view["detail"]["kwargs"]["zone"]["repr"], "'utc'")
        self.assertEqual(answer.stage("resolve")["detail"]["matched"]["view"], "project.api.Clock")

    def test_a_decorated_function(self):
        answer, _view, line = self.viewed(
            "POST", "/rest/echoed/", body=b'{"a": "sent"}', content_type="application/json"
        )
        self.assertEqual((answer.status, line), (200, "def echoed(request):"))
        self.assertIn('"sent"', answer.capture["request"]["body"]["text"])

    def test_a_refused_method(self):
        answer, view, _line = self.viewed("DELETE", "/rest/echoed/")
        self.assertEqual((answer.status, view["detail"]["status"]), (405, 405))


@unittest.skipUnless(installed("ninja"), "django-ninja is not installed")
class Ninja(RecorderTest):
    """Requests to its operations."""

    def test_operations_by_method(self):
        for protocol in ("wsgi", "asgi"):
            for method, body, line in (
                ("GET", b"", "def read_thing(request, number: int):"),
                ("POST", b'{"name": "x"}', "def write_thing(request, number: int, thing: Thing):"),
            ):
                kind = "application/json" if body else None
                answer = self.request(method, "/ninja/things/7", body=body, content_type=kind, protocol=protocol)
                self.assertEqual(answer.status, 200, answer.body[:200])
                view = answer.stage("view")
                self.assertEqual(line_of(view["location"]).strip(), line)
                self.assertEqual(view["name"], "project.api." + line.split("(")[0][4:])

    def test_a_coroutine(self):
        for protocol in ("wsgi", "asgi"):
            answer = self.get("/ninja/later", protocol=protocol)
            self.assertEqual(answer.status, 200, answer.body[:200])
            self.assertEqual(line_of(answer.stage("view")["location"]).strip(), "async def read_later(request):")

    def test_what_it_refuses_by_itself(self):
        answer = self.get("/ninja/things/none")
        self.assertEqual((answer.status, answer.stage("view")["detail"]["status"]), (422, 422))


class Frameworks(RecorderTest):
    def real(self, callback, method="GET"):
        from django_request_cycle.places.location import definition
        from django_request_cycle.places.unwrap import real_view

        view = real_view(callback, method)
        return view, line_of(definition(view.target)).strip()

    @unittest.skipUnless(installed("rest_framework"), "djangorestframework is not installed")
    def test_rest_framework(self):
        from rest_framework.decorators import api_view
        from rest_framework.response import Response
        from rest_framework.views import APIView
        from rest_framework.viewsets import ViewSet

        @api_view(["GET"])
        def decorated(request):
            return Response({})

        class Classy(APIView):
            def get(self, request):
                return Response({})

        class Several(ViewSet):
            def list(self, request):
                return Response([])

        self.assertEqual(self.real(decorated)[1], "def decorated(request):")
        view, line = self.real(Classy.as_view())
        self.assertEqual((line, view.action), ("class Classy(APIView):", "get"))
        view, line = self.real(Several.as_view({"get": "list"}))
        self.assertEqual((line, view.action), ("class Several(ViewSet):", "list"))

    @unittest.skipUnless(installed("ninja"), "django-ninja is not installed")
    def test_ninja(self):
        from ninja import NinjaAPI

        api = NinjaAPI(urls_namespace="recorder-test")

        @api.get("/thing")
        def read_thing(request):
            return {}

        @api.post("/thing")
        def write_thing(request):
            return {}

        patterns = [pattern for pattern in api.urls[0] if "thing" in str(pattern.pattern)]
        self.assertEqual(self.real(patterns[0].callback)[1], "def read_thing(request):")
        self.assertEqual(self.real(patterns[0].callback, "POST")[1], "def write_thing(request):")
