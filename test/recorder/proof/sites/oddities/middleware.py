"""Counting tells in headers what the request cost, so that a hidden query or session load of a recorder shows."""

from django.conf import settings
from django.db import connection
from django.utils.functional import empty


class Counting:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        queries = []

        def count(execute, sql, params, many, context):
            queries.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(count):
            response = self.get_response(request)
        session = getattr(request, "session", None)
        user = request.__dict__.get("user")
        response["X-Queries"] = str(len(queries))
        response["X-Session-Accessed"] = str(getattr(session, "accessed", None))
        response["X-Session-Loaded"] = str(hasattr(session, "_session_cache"))
        response["X-User-Evaluated"] = str(getattr(user, "_wrapped", None) is not empty)
        response["X-Body-Read"] = str(hasattr(request, "_body")) + str(hasattr(request, "_post"))
        return response


def plain(get_response):
    def middleware(request):
        return get_response(request)

    return middleware


class Planting:
    """Puts values on the request, as middleware of every kind does."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/leak/"):
            request.api_key = "attribute-" + settings.PLANT
            request.account = {"name": "visible", "password": "attribute-nested-" + settings.PLANT}
        return self.get_response(request)
