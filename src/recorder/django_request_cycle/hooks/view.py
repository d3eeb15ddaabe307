"""The view's stage: ``BaseHandler.make_view_atomic`` (``django/core/handlers/base.py``) hands it out to be called."""

import functools

from .. import clock
from ..cycle import active
from ..health import shielded
from ..places import callsite
from ..places.location import definition, symbol_of
from ..places.unwrap import real_view
from ..stages import close, note_exception, see_response
from .wrapping import is_coroutine


def install(base):
    """A step for ``django.core.handlers.base``."""
    handler = base.BaseHandler
    original = handler.make_view_atomic

    @functools.wraps(original)
    def make_view_atomic(self, view):
        callable_view = original(self, view)
        cycle = active()
        return callable_view if cycle is None else recorded_view(view, callable_view)

    handler.make_view_atomic = make_view_atomic


def recorded_view(view, call):
    """``call`` with a stage around it, sync or async as it is."""
    if is_coroutine(call):

        @callsite.boundary
        async def recorded(request, *args, **kwargs):
            cycle = active()
            if cycle is None:
                return await call(request, *args, **kwargs)
            stage = _begin(cycle, view, args, kwargs, True)
            try:
                response = await call(request, *args, **kwargs)
            except BaseException as error:
                _raised(cycle, stage, request, error)
                raise
            _returned(cycle, stage, request, response)
            return response

    else:

        @callsite.boundary
        def recorded(request, *args, **kwargs):
            cycle = active()
            if cycle is None:
                return call(request, *args, **kwargs)
            stage = _begin(cycle, view, args, kwargs, False)
            try:
                response = call(request, *args, **kwargs)
            except BaseException as error:
                _raised(cycle, stage, request, error)
                raise
            _returned(cycle, stage, request, response)
            return response

    return recorded


@shielded
def _begin(cycle, view, args, kwargs, is_async):
    begin = clock.now()
    if cycle.lines is not None:
        cycle.recorder.lines.enter_thread(cycle)
    stage = cycle.open_stage("view", cycle.view_name or symbol_of(view), view)
    if stage is not None:
        preview = cycle.previewer
        if args:
            stage.detail["args"] = [preview.of(value) for value in args]
        if kwargs:
            stage.detail["kwargs"] = {name: preview.named(name, value) for name, value in kwargs.items()}
        if is_async:
            stage.detail["async"] = True
        stage.start = clock.now()
    cycle.spent += clock.now() - begin
    return stage


@shielded
def _returned(cycle, stage, request, response):
    begin = clock.now()
    if stage is not None:
        status = getattr(response, "status_code", None)
        if isinstance(status, int):
            stage.detail["status"] = status
        close(cycle, stage, "passed", request, None)
    if hasattr(response, "status_code"):
        see_response(cycle, response)
    cycle.spent += clock.now() - begin


@shielded
def _raised(cycle, stage, request, error):
    begin = clock.now()
    if stage is not None:
        close(cycle, stage, "raised", request, None)
        note_exception(cycle, stage, error)
    cycle.spent += clock.now() - begin


#: By the callback's ``id`` and method: the callback, and what is behind it.
_known = {}


def _real(callback, method):
    """``(RealView, Location, name, details)`` of what is behind a callback; ``details`` by status are filled later."""
    known = _known.get((id(callback), method))
    if known is None or known[0] is not callback:
        if len(_known) > 2000:
            _known.clear()
        real = real_view(callback, method)
        found = (real, definition(real.target), symbol_of(real.target), {})
        known = _known[id(callback), method] = (callback, found)
    return known[1]


def describe(cycle):
    """Fill the view stage's detail with the real function; runs after the response was sent. Gives its ``Location``."""
    match = cycle.resolver_match
    if match is None:
        return None
    real, location, name, details = _real(match.func, cycle.method)
    cycle.real_view_name = name
    for stage in cycle.stages:
        if stage.kind == "view" and stage.target is match.func:
            stage.target, stage.name = real.target, name
            status = stage.detail.get("status")
            if len(stage.detail) != 1 or status is None:
                _fill(stage.detail, real)
                continue
            # Nothing but its status is its own: the same detail for each request that had it.
            if status not in details:
                details[status] = _fill(stage.detail, real)
            stage.detail = details[status]
            stage.lasting = True
    return location


def _fill(detail, real):
    if real.wrappers:
        detail["wrappers"] = real.wrappers
    if real.view_class:
        detail["viewClass"] = real.view_class
    if real.action:
        detail["action"] = real.action
        handler = definition(real.handler)
        if handler:
            detail["actionLocation"] = handler
    return detail
