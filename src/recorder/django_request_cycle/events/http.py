"""Outgoing HTTP requests of urllib3 (and with it requests and many clients) and of httpx."""

import functools

from .. import clock
from ..cycle import active
from ..health import shielded
from ..values.held import type_name


def install_urllib3(connectionpool):
    """A step for ``urllib3.connectionpool``: one event for each exchange, redirects and retries apart."""
    pool = connectionpool.HTTPConnectionPool
    name = "_make_request" if hasattr(pool, "_make_request") else "urlopen"
    original = getattr(pool, name)
    shift = 1 if name == "_make_request" else 0

    @functools.wraps(original)
    def exchange(self, *args, **kwargs):
        cycle = active()
        if cycle is None:
            return original(self, *args, **kwargs)
        at = clock.now()
        response = error = None
        try:
            response = original(self, *args, **kwargs)
            return response
        except BaseException as raised:
            error = raised
            raise
        finally:
            _note_urllib3(cycle, at, self, args[shift:], kwargs, response, error)

    setattr(pool, name, exchange)


@shielded
def _note_urllib3(cycle, at, pool, args, kwargs, response, error):
    method = args[0] if args else kwargs.get("method")
    target = str(args[1] if len(args) > 1 else kwargs.get("url"))
    if "://" not in target:
        port = ":%d" % pool.port if pool.port and pool.port not in (80, 443) else ""
        target = "%s://%s%s%s" % (pool.scheme, pool.host, port, target)
    _note(cycle, at, method, target, getattr(response, "status", None), error)


def install_httpx(httpx):
    """A step for ``httpx``."""
    httpx.Client.send = _watched(httpx.Client.send)
    httpx.AsyncClient.send = _watched_async(httpx.AsyncClient.send)


def _watched(original):
    @functools.wraps(original)
    def send(self, request, *args, **kwargs):
        cycle = active()
        if cycle is None:
            return original(self, request, *args, **kwargs)
        at = clock.now()
        response = error = None
        try:
            response = original(self, request, *args, **kwargs)
            return response
        except BaseException as raised:
            error = raised
            raise
        finally:
            _note(cycle, at, request.method, request.url, getattr(response, "status_code", None), error)

    return send


def _watched_async(original):
    @functools.wraps(original)
    async def send(self, request, *args, **kwargs):
        cycle = active()
        if cycle is None:
            return await original(self, request, *args, **kwargs)
        at = clock.now()
        response = error = None
        try:
            response = await original(self, request, *args, **kwargs)
            return response
        except BaseException as raised:
            error = raised
            raise
        finally:
            _note(cycle, at, request.method, request.url, getattr(response, "status_code", None), error)

    return send


@shielded
def _note(cycle, at, method, url, status, error):
    end = clock.now()
    detail = {"operation": str(method), "url": cycle.secrets.url(str(url))[:2000]}
    if isinstance(status, int):
        detail["status"] = status
    if error is not None:
        detail["error"] = type_name(error)
    cycle.event("http", at, end - at, detail, 4)
