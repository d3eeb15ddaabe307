"""The beginning and end of a request under ASGI (``ASGIHandler.__call__``, ``django/core/handlers/asgi.py``)."""

import functools

from ..cycle import current_cycle
from ..health import shielded
from ..places import callsite


def install(recorder):
    """A step for ``django.core.handlers.asgi``."""

    def step(asgi):
        handler = asgi.ASGIHandler
        original = handler.__call__

        @callsite.boundary
        @functools.wraps(original)
        async def __call__(self, scope, receive, send):
            cycle = _begin(recorder, scope)
            if cycle is None:
                return await original(self, scope, receive, send)
            try:
                return await original(self, scope, receive, send)
            finally:
                _end(recorder, cycle)

        handler.__call__ = __call__

    return step


@shielded
def _begin(recorder, scope):
    if scope.get("type") != "http":
        return None
    current_cycle.set(None)
    path = (scope.get("root_path") or "") + scope["path"] if not _rooted(scope) else scope["path"]
    cycle = recorder.begin("asgi", scope["method"].upper(), path)
    if cycle is None:
        return None
    server = scope.get("server") or (None, None)
    cycle.server = {
        "host": server[0],
        "port": server[1],
        "httpVersion": scope.get("http_version"),
        "scheme": scope.get("scheme"),
    }
    current_cycle.set(cycle)
    return cycle


def _rooted(scope):
    # The ASGI specification has the path hold the root path; older servers left it out.
    return scope["path"].startswith(scope.get("root_path") or "")


@shielded
def _end(recorder, cycle):
    if cycle.open:
        # The client went away before there was a response to close.
        cycle.closed_early = True
        recorder.finish(cycle)
    if current_cycle.get() is cycle:
        current_cycle.set(None)
