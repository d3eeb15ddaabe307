"""Stages of ``process_view``, ``process_exception`` and ``process_template_response``.

``BaseHandler._get_response`` calls them (``django/core/handlers/base.py``, 3.2 to 6.0).
"""

from .. import clock
from ..cycle import current_cycle
from ..health import shielded
from ..places import callsite
from ..stages import answered, close, note_exception, see_response
from ..writing.usual import Usual
from .wrapping import dressed, is_coroutine


class HookInfo:
    """One ``process_view``, ``process_exception`` or ``process_template_response``."""

    def __init__(self, info, kind, hook, later):
        self.path = info.path
        self.instance = info.instance
        self.kind = kind
        self.hook = hook
        self.target = getattr(type(info.instance), hook, None) or getattr(info.instance, hook)
        self.usual = Usual(kind, self.path, self.target, {"hook": hook})
        self.later = [(other.path, getattr(type(other.instance), hook, None)) for other in later]


def recorded_hook(method, info):
    """The method, told of as ``info`` has it."""
    if is_coroutine(method):

        @callsite.boundary
        async def recorded(*args, **kwargs):
            cycle = current_cycle.get()
            if cycle is None or not cycle.open:
                return await method(*args, **kwargs)
            stage = _open_hook(cycle, info, args)
            try:
                result = await method(*args, **kwargs)
            except BaseException as error:
                _hook_raised(cycle, stage, args, error)
                raise
            _close_hook(cycle, stage, info, args, result)
            return result

    else:

        @callsite.boundary
        def recorded(*args, **kwargs):
            cycle = current_cycle.get()
            if cycle is None or not cycle.open:
                return method(*args, **kwargs)
            stage = _open_hook(cycle, info, args)
            try:
                result = method(*args, **kwargs)
            except BaseException as error:
                _hook_raised(cycle, stage, args, error)
                raise
            _close_hook(cycle, stage, info, args, result)
            return result

    dressed(recorded, method)
    # Django names the hook's owner when a hook returns None.
    recorded.__self__ = getattr(method, "__self__", info.instance)
    return recorded


@shielded
def _open_hook(cycle, info, args):
    begin = clock.now()
    if info.kind == "middleware.template_response" and cycle.response_watch is None and len(args) > 1:
        see_response(cycle, args[1])
    if cycle.lines is not None:
        cycle.recorder.lines.enter_thread(cycle)
    stage = cycle.open_stage(info.kind, info.path, info.target, usual=info.usual)
    cycle.spent += clock.now() - begin
    return stage


@shielded
def _close_hook(cycle, stage, info, args, result):
    begin = clock.now()
    if stage is None:
        return
    template = info.kind == "middleware.template_response"
    responded = result is not None and not template
    close(cycle, stage, "responded" if responded else "passed", args[0] if args else None, result if template else None)
    if responded:
        refused_by = cycle.refused_by
        answered(cycle, stage, info, result)
        if info.kind == "middleware.view":
            for path, target in info.later:
                cycle.skipped("middleware.view", path, target)
            cycle.skip_view()
        else:
            cycle.refused_by = refused_by
            if cycle.exception is not None:
                cycle.handled_by = info.path
    cycle.spent += clock.now() - begin


@shielded
def _hook_raised(cycle, stage, args, error):
    if stage is None:
        return
    note_exception(cycle, stage, error)
    close(cycle, stage, "raised", args[0] if args else None, None)
