"""Copies, in bounds, of what the application reads of a body (``HttpRequest.read``, ``django/http/request.py``)."""

import functools

from ..cycle import active
from ..health import shielded


def install(request):
    """A step for ``django.http.request``."""
    cls = request.HttpRequest
    for name in ("read", "readline"):
        setattr(cls, name, _copying(getattr(cls, name)))


def _copying(original):
    @functools.wraps(original)
    def read(self, *args, **kwargs):
        data = original(self, *args, **kwargs)
        if data:
            cycle = active()
            if cycle is not None:
                _copy(cycle, self, data)
        return data

    return read


@shielded
def _copy(cycle, request, data):
    if cycle.request is not request and cycle.request is not None:
        return
    cycle.read_bytes += len(data)
    if request.content_type == "multipart/form-data":
        return  # its fields and files come from what Django parsed
    if cycle.read_parts is None:
        cycle.read_parts = []
        cycle.read_room = cycle.limits.textBodyBytes
    if cycle.read_room > 0:
        cycle.read_parts.append(bytes(data[: cycle.read_room]))
        cycle.read_room -= len(data)
