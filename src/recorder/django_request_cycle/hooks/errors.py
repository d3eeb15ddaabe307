"""The error handlers: how Django made a response of an exception (``django/core/handlers/exception.py``)."""

import functools

from .. import clock
from ..cycle import active
from ..health import shielded
from ..places import callsite
from ..places.location import symbol_of
from ..stages import back_outside, see_response
from ..values.exceptions import strip_own_frames


def install_conversion(exception):
    """A step for ``django.core.handlers.exception``."""
    original = exception.response_for_exception

    @callsite.boundary
    @functools.wraps(original)
    def response_for_exception(request, exc):
        cycle = active()
        if cycle is None:
            return original(request, exc)
        stage = _begin(cycle, exc)
        try:
            response = original(request, exc)
        except BaseException:
            _end(cycle, stage, None)
            raise
        _end(cycle, stage, response)
        return response

    exception.response_for_exception = response_for_exception


def install_handlers(resolvers):
    """A step for ``django.urls.resolvers``: which view handles the error."""
    original = resolvers.URLResolver.resolve_error_handler

    @functools.wraps(original)
    def resolve_error_handler(self, view_type):
        callback = original(self, view_type)
        _name(callback, "handler%s" % view_type)
        return callback

    resolvers.URLResolver.resolve_error_handler = resolve_error_handler


def install_debug(debug):
    """A step for ``django.views.debug``: the technical pages."""
    for name in ("technical_404_response", "technical_500_response"):
        setattr(debug, name, _named(getattr(debug, name)))


def install_exceptions(base):
    """A step for ``django.core.handlers.base``: ``process_exception`` sees the traceback without the recorder."""
    handler = base.BaseHandler
    original = handler.process_exception_by_middleware

    @functools.wraps(original)
    def process_exception_by_middleware(self, exception, request):
        if active() is not None:
            _strip(exception)
        return original(self, exception, request)

    handler.process_exception_by_middleware = process_exception_by_middleware


def _named(original):
    @functools.wraps(original)
    def technical_response(*args, **kwargs):
        _name(original, None)
        if original.__name__ == "technical_500_response":
            cycle = active()
            if cycle is not None:
                cycle.debug_page = True
        return original(*args, **kwargs)

    return technical_response


@shielded
def _name(callback, hook):
    cycle = active()
    stage = cycle.stage if cycle is not None else None
    if stage is not None and stage.kind == "handler":
        stage.name = symbol_of(callback)
        stage.target = callback
        if hook:
            stage.detail["hook"] = hook


_strip = shielded(strip_own_frames)


@shielded
def _begin(cycle, error):
    begin = clock.now()
    strip_own_frames(error)
    if cycle.exception is None or cycle.exception[0] is not error:
        from ..stages import note_exception

        raising = cycle.stages[-1] if cycle.stages else None
        if raising is not None:
            note_exception(cycle, raising, error)
    stage = cycle.open_stage("handler", "django.core.handlers.exception.response_for_exception", None)
    cycle.spent += clock.now() - begin
    return stage


@shielded
def _end(cycle, stage, response):
    begin = clock.now()
    status = getattr(response, "status_code", None)
    if stage is not None:
        if isinstance(status, int):
            stage.detail["status"] = status
        cycle.close_stage(stage, "passed" if response is not None else "raised")
    if response is not None:
        cycle.response_watch = None
        see_response(cycle, response)
        back_outside(cycle)
    cycle.spent += clock.now() - begin
