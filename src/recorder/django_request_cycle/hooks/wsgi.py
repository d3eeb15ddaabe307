"""The beginning and end of a request under WSGI (``WSGIHandler.__call__``, ``django/core/handlers/wsgi.py``)."""

import functools

from ..clock import now
from ..cycle import current_cycle
from ..health import shielded
from ..places import callsite


def install(recorder):
    """A step for ``django.core.handlers.wsgi``."""

    def step(wsgi):
        handler = wsgi.WSGIHandler
        original = handler.__call__

        @functools.wraps(original)
        def __call__(self, environ, start_response):
            cycle = _begin(recorder, environ, hasattr(self, "base_url"))
            if cycle is None:
                return original(self, environ, start_response)
            return recorded(self, environ, start_response, cycle)

        @callsite.boundary
        def recorded(self, environ, start_response, cycle):
            try:
                result = original(self, environ, start_response)
            except BaseException:
                recorder.finish(cycle)
                raise
            _handed_over(cycle)
            return result

        handler.__call__ = __call__

    return step


@shielded
def _begin(recorder, environ, static):
    begin = now()
    outer = current_cycle.get()
    if outer is not None:
        # A request whose response was never closed; this thread serves another one now.
        current_cycle.set(None)
        if outer.open:
            outer.closed_early = True
            recorder.finish(outer)
    cycle = recorder.begin("wsgi", environ.get("REQUEST_METHOD", "GET").upper(), _path(environ), static)
    if cycle is None:
        return None
    software = environ.get("SERVER_SOFTWARE")
    cycle.server = {
        "server": software if isinstance(software, str) else None,
        "host": environ.get("SERVER_NAME"),
        "port": _port(environ.get("SERVER_PORT")),
        "httpVersion": str(environ.get("SERVER_PROTOCOL", "")).replace("HTTP/", ""),
    }
    current_cycle.set(cycle)
    cycle.spent += now() - begin
    return cycle


def _path(environ):
    raw = (environ.get("SCRIPT_NAME") or "") + (environ.get("PATH_INFO") or "/")
    return raw.encode("latin-1", "replace").decode("utf-8", "replace")


def _port(value):
    try:
        return int(value)
    except (TypeError, ValueError):
        return None


@shielded
def _handed_over(cycle):
    if cycle.response is None and cycle.open:
        # Django refused before it had a request (UnicodeDecodeError); nothing will be closed.
        cycle.recorder.finish(cycle)
