"""Requests of Django's test client, and so of pytest-django, when ``DJANGO_REQUEST_CYCLE_TESTS`` asks for them."""

import functools

from ..cycle import current_cycle
from ..health import shielded
from ..places import callsite


def install(recorder):
    """A step for ``django.test.client``."""

    def step(client):
        _watch(recorder, client.ClientHandler)
        if hasattr(client, "AsyncClientHandler"):
            _watch_async(recorder, client.AsyncClientHandler)

    return step


def _watch(recorder, handler):
    original = handler.__call__

    @callsite.boundary
    @functools.wraps(original)
    def __call__(self, environ):
        cycle = _begin(recorder, environ.get("REQUEST_METHOD", "GET"), environ.get("PATH_INFO", "/"), False)
        if cycle is None:
            return original(self, environ)
        try:
            return original(self, environ)
        except BaseException:
            recorder.finish(cycle)
            raise
        finally:
            _leave(cycle)

    handler.__call__ = __call__


def _watch_async(recorder, handler):
    original = handler.__call__

    @callsite.boundary
    @functools.wraps(original)
    async def __call__(self, scope):
        cycle = _begin(recorder, scope.get("method", "GET"), scope.get("path", "/"), True)
        if cycle is None:
            return await original(self, scope)
        try:
            return await original(self, scope)
        except BaseException:
            recorder.finish(cycle)
            raise
        finally:
            _leave(cycle)

    handler.__call__ = __call__


@shielded
def _begin(recorder, method, path, is_async):
    if isinstance(path, bytes):
        path = path.decode("utf-8", "replace")
    # PEP 3333 has the path as bytes in Latin-1.
    try:
        path = path.encode("latin-1").decode("utf-8")
    except UnicodeError:
        pass
    cycle = recorder.begin("test", method.upper(), path)
    if cycle is not None:
        cycle.handler_is_async = is_async
        cycle.outer = current_cycle.get()
        current_cycle.set(cycle)
    return cycle


@shielded
def _leave(cycle):
    # A response that streams is closed later, by the test; nothing else belongs to this request.
    current_cycle.set(cycle.outer)
