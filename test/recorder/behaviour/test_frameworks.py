"""Views of Django REST framework and django-ninja: the real function behind their wrappers."""

import importlib.util
import unittest

from harness import RecorderTest
from test_middleware import line_of


def installed(name):
    return importlib.util.find_spec(name) is not None


class Frameworks(RecorderTest):
    def real(self, callback, method="GET"):
        from django_request_cycle.location import definition
        from django_request_cycle.unwrap import real_view

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
