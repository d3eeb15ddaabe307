"""Opening and closing the stages of a cycle, with what each changed and who answered."""

from .clock import now
from .health import health, shielded
from .places.location import project_files
from .values.changes import RequestWatch
from .values.exceptions import exception_info, place_of
from .values.held import type_name
from .values.response_changes import ResponseWatch


class Passage:
    """A request on its way through one middleware: the stage that is open in it."""

    __slots__ = ("info", "entered", "stage", "called")

    def __init__(self, info, stage):
        self.info = info
        self.entered = stage
        self.stage = stage
        self.called = False


# The four that follow are not ``shielded`` but by themselves: every middleware passes them at every request.


def enter_middleware(cycle, info, request):
    """A middleware was called: what was going on in the one around it ends here."""
    try:
        begin = now()
        _leave_outer(cycle, request, begin)
        if cycle.lines is not None:
            cycle.recorder.lines.enter_thread(cycle)
        stage = cycle.open_stage("middleware.request", info.path, info.target_in, False, info.usual_in)
        passage = Passage(info, stage)
        cycle.middleware.append(passage)
        cycle.spent += (stage.start if stage is not None else now()) - begin
        return passage
    except Exception as error:
        health.report(error)
        return None


def leave_middleware(cycle, passage, request, response):
    """A middleware returned a response."""
    if passage is None:
        return
    try:
        begin = now()
        _pop(cycle, passage)
        stage = passage.stage
        if stage is not None:
            if passage.called:
                acts = passage.info.acts_out
                _close_at(cycle, stage, begin, request if acts else None, response if acts else None)
            else:
                close(cycle, stage, "responded", request, response)
                answered(cycle, stage, passage.info, response)
                _skip_inner(cycle, passage.info)
        if cycle.response_watch is None:
            see_response(cycle, response)
        back_outside(cycle)
        cycle.spent += now() - begin
    except Exception as error:
        health.report(error)


@shielded
def middleware_raised(cycle, passage, request, error):
    """A middleware raised: Django makes a response of it (``response_for_exception``), unless it was cancelled."""
    begin = now()
    if passage is None:
        return
    _pop(cycle, passage)
    if passage.stage is not None:
        note_exception(cycle, passage.stage, error)
        close(cycle, passage.stage, "raised", request, None)
        if not passage.called:
            cycle.refused_by = passage.info.path
            _skip_inner(cycle, passage.info)
    cycle.spent += now() - begin


def enter_handler(cycle, request):
    """The innermost part of the handler begins: resolving and the view."""
    try:
        begin = now()
        _leave_outer(cycle, request, begin)
        cycle.spent += now() - begin
    except Exception as error:
        health.report(error)


def leave_handler(cycle, response):
    """The innermost part returned."""
    try:
        begin = now()
        see_response(cycle, response)
        back_outside(cycle)
        cycle.spent += now() - begin
    except Exception as error:
        health.report(error)


def back_outside(cycle):
    """The way out through the middleware around what just returned begins."""
    if not cycle.middleware:
        return
    passage = cycle.middleware[-1]
    info = passage.info
    stage = cycle.open_stage("middleware.response", info.path, info.target_out, False, info.usual_out)
    if stage is not None and passage.entered is not None:
        stage.entered_by = passage.entered.id
    passage.stage = stage


def close(cycle, stage, outcome, request, response):
    """End a stage and note what changed in it."""
    stage.outcome = outcome
    _close_at(cycle, stage, now(), request, response)


def _close_at(cycle, stage, end, request, response):
    """``request`` is looked at unless it is ``None``, ``response`` in the stages that work on one."""
    stage.end = end
    cycle.stage = stage.outside
    if request is not None and cycle.request_watch is not None:
        changes = cycle.request_watch.changes(request)
        if changes:
            stage.changes = changes
    if response is not None and cycle.response_watch is not None and stage.kind in _ON_RESPONSES:
        changes = cycle.response_watch.changes(response)
        if changes:
            stage.changes = (stage.changes or []) + changes


_ON_RESPONSES = ("middleware.response", "middleware.template_response")


def answered(cycle, stage, info, response):
    """A middleware answered in place of what lies further in."""
    cycle.refused_by = info.path
    status = getattr(response, "status_code", None)
    if isinstance(status, int):
        stage.mine()["status"] = status
    place = answer_line(cycle, response, stage.target)
    if place is not None:
        stage.mine()["answeredAt"] = place
    if cycle.refusal is not None:
        stage.mine()["reason"] = cycle.refusal
        cycle.refusal = None


def answer_line(cycle, response, target):
    """The line of the hook that was running when its response was made."""
    lines = cycle.response_origins.get(id(response))
    if not lines:
        return None
    code = getattr(getattr(target, "__func__", target), "__code__", None)
    for candidate, line in lines:
        if candidate is code:
            return (candidate.co_filename, line, candidate)
    for candidate, line in reversed(lines):
        if project_files[candidate.co_filename]:
            return (candidate.co_filename, line, candidate)
    file = getattr(code, "co_filename", None)
    for candidate, line in reversed(lines):
        if candidate.co_filename == file:
            return (candidate.co_filename, line, candidate)
    return None


def note_exception(cycle, stage, error):
    """Put an exception on the stage that raised it, once: further out only its name is repeated."""
    name = type_name(error)
    if cycle.exception is not None and cycle.exception[0] is error:
        return
    info = exception_info(cycle, error)
    cycle.exception = (error, info)
    detail = stage.mine()
    detail["exception"] = info
    if info["message"]:
        detail["reason"] = info["message"]
    place = place_of(info)
    if place is not None:
        detail["answeredAt"] = place
    cycle.stage, before = stage, cycle.stage
    cycle.event("exception", now(), None, {"type": name, "message": info["message"]}, place=place)
    cycle.stage = before


def _see_request(cycle, request):
    cycle.request = request
    cycle.request_watch = RequestWatch(cycle.previewer, request)


def see_response(cycle, response):
    """From here on, what changes on this response is noted."""
    if cycle.response_watch is None and hasattr(response, "status_code"):
        cycle.response_watch = ResponseWatch(cycle.previewer, response)


def _leave_outer(cycle, request, end):
    """The way in through the middleware that is innermost so far ended."""
    if cycle.request_watch is None:
        _see_request(cycle, request)
    if cycle.middleware:
        outer = cycle.middleware[-1]
        outer.called = True
        stage = outer.stage
        if stage is not None and stage.end is None:
            _close_at(cycle, stage, end, request if outer.info.acts_in else None, None)


def _pop(cycle, passage):
    # Anything further in that never returned (cancelled) goes with it.
    while cycle.middleware and cycle.middleware.pop() is not passage:
        pass


def _skip_inner(cycle, info):
    for inner in info.inner():
        cycle.skipped("middleware.request", inner.path, inner.target_in)
    cycle.skipped("resolve", "", None)
    cycle.skipped("view", "", None)
