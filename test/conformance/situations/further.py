"""What Django has beside its root URLconf: the routes of others, and the view that each HTTP method reaches.

python further.py SETTINGS [--methods] [URLCONF ...] < REQUESTS: JSON on stdout. Runs in the project's folder and
environment. REQUESTS is a JSON list of `[path, headers]`: of each request the answer has the `request.urlconf` by which
it was resolved.
"""

import json
import os
import sys


def leaves(resolver, before=()):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from leaves(pattern, (*before, str(pattern.pattern)))
        else:
            yield pattern, [*before, str(pattern.pattern)]


def name(function):
    return f"{function.__module__}.{function.__qualname__}"


def methods(callback):
    """Method -> dotted name, for REST framework's actions and ninja's operations."""
    if hasattr(callback, "actions"):
        allowed = callback.initkwargs.get("http_method_names", callback.cls.http_method_names)
        actions = callback.actions.items()
        return {method.upper(): name(getattr(callback.cls, action)) for method, action in actions if method in allowed}
    view = getattr(callback, "__self__", None)
    for cell in getattr(callback, "__closure__", None) or ():
        if hasattr(cell.cell_contents, "operations"):
            view = cell.cell_contents
    if not hasattr(view, "operations"):
        return None
    return {method: name(one.view_func) for one in view.operations for method in one.methods}


def resolved_by(requests):
    """The `request.urlconf` that each request has when Django resolves its path; None where there is none."""
    from django.core.handlers.base import BaseHandler
    from django.test import Client

    seen = []
    original = BaseHandler.resolve_request

    def resolve_request(self, request):
        seen.append(getattr(request, "urlconf", None))
        return original(self, request)

    BaseHandler.resolve_request = resolve_request
    for path, headers in requests:
        Client(headers=headers).get(path)
    return seen


def main():
    os.environ["DJANGO_SETTINGS_MODULE"] = sys.argv[1]
    sys.path.insert(0, os.getcwd())
    import django

    django.setup()
    from django.urls import get_resolver

    asked = [one for one in sys.argv[2:] if one != "--methods"]
    roots = {one: [[segments, pattern.name] for pattern, segments in leaves(get_resolver(one))] for one in asked}
    views = [[segments, methods(pattern.callback)] for pattern, segments in leaves(get_resolver())]
    answer = {"roots": roots, "methods": views if "--methods" in sys.argv else []}
    print(json.dumps({**answer, "resolved_by": resolved_by(json.load(sys.stdin))}))


main()
