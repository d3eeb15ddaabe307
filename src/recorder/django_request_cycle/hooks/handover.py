"""When a handler has its response: ``BaseHandler.get_response`` and its async twin (``core/handlers/base.py``)."""

import functools

from ..cycle import current_cycle
from .responses import give_to_server


def install(handler):
    """Watch a class that defines ``get_response``: Django's base handler, the static files' mixin."""
    original = handler.get_response

    @functools.wraps(original)
    def get_response(self, request):
        response = original(self, request)
        cycle = current_cycle.get()
        if cycle is not None and cycle.open:
            give_to_server(cycle, response)
        return response

    handler.get_response = get_response
    original_async = getattr(handler, "get_response_async", None)
    if original_async is None:
        return

    @functools.wraps(original_async)
    async def get_response_async(self, request):
        response = await original_async(self, request)
        cycle = current_cycle.get()
        if cycle is not None and cycle.open:
            give_to_server(cycle, response)
        return response

    handler.get_response_async = get_response_async
