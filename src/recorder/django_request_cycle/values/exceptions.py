"""An exception as the capture shows it: type, message, frames with the locals of project code."""

import linecache
import os

from ..places.location import at, is_own, project_files
from .held import type_name
from .same import Same

#: Frames kept (the outermost are left out first), and locals for each project frame.
FRAMES = 60
LOCALS = 40

_TEMPLATE_ENGINE = os.path.join("django", "template") + os.sep
_PRIMITIVE = (str, int, float, bool, bytes, type(None))


def message_of(error, chars=1000):
    """The exception's text without running a ``__str__`` of the project's."""
    kind = type(error)
    arguments = BaseException.args.__get__(error)
    in_c = not hasattr(kind.__str__, "__code__")
    if in_c and all(type(argument) in _PRIMITIVE for argument in arguments):
        return str(error)[:chars]
    texts = [argument for argument in arguments if type(argument) is str]
    held = object.__getattribute__(error, "__dict__")
    if not texts and type(held.get("message")) is str:
        texts = [held["message"]]
    return ": ".join(texts)[:chars]


def exception_info(cycle, error, depth=0, same=None):
    """An exception that was caught, its causes included (at most five); ``describe`` makes ``ExceptionInfo`` of it."""
    same = same or Same(cycle)
    tracebacks = []
    traceback = error.__traceback__
    while traceback is not None:
        if not is_own(traceback.tb_frame.f_code.co_filename):
            tracebacks.append(traceback)
        traceback = traceback.tb_next
    if len(tracebacks) > FRAMES:
        tracebacks = tracebacks[:5] + tracebacks[5 - FRAMES :]
    info = {
        "type": type_name(error),
        "message": message_of(error),
        "frames": [_frame(cycle, traceback, same) for traceback in tracebacks],
    }
    template = _template_line(error)
    if template:
        info["template"] = template
    cause = error.__cause__ if error.__cause__ is not None or error.__suppress_context__ else error.__context__
    if cause is not None and depth < 5 and cause is not error:
        info["cause"] = exception_info(cycle, cause, depth + 1, same)
    return info


def _template_line(error):
    """``(file, line, tag)`` of the template, as Django notes it for its debug page (``django/template/base.py``)."""
    held = object.__getattribute__(error, "__dict__").get("template_debug")
    if type(held) is not dict:
        return None
    name, line, tag = held.get("name"), held.get("line"), held.get("during")
    if not isinstance(name, str) or type(line) is not int or name.startswith("<"):
        return None
    return str(name), line, str(tag)[:300] if isinstance(tag, str) else ""


def _frame(cycle, traceback, same):
    """What has to be taken at its time: ``describe_frame`` does the rest after the response."""
    frame = traceback.tb_frame
    code = frame.f_code
    shown = {"code": code, "line": traceback.tb_lineno, "module": frame.f_globals.get("__name__")}
    shown["project"] = project_files[code.co_filename]
    if shown["project"]:
        shown["locals"] = frame_locals(cycle, frame, same)
    else:
        _remember_secrets(cycle, frame)
    return shown


def place_of(info):
    """``(file, line, code)`` of the innermost project frame, or ``None``."""
    for frame in reversed(info["frames"]):
        if frame["project"]:
            return frame["code"].co_filename, frame["line"], frame["code"]
    return None


def describe(info):
    """The ``ExceptionInfo`` of what ``exception_info`` took, its source lines read."""
    shown = dict(info, frames=[_describe_frame(frame) for frame in info["frames"]])
    if "template" in info:
        del shown["template"]
        file, line, tag = info["template"]
        shown["templateLocation"] = at(file, line, with_sha1=True)
        if tag:
            shown["templateTag"] = tag
    if "cause" in info:
        shown["cause"] = describe(info["cause"])
    return shown


def _describe_frame(frame):
    code, line, project = frame["code"], frame["line"], frame["project"]
    name = getattr(code, "co_qualname", code.co_name)
    module = frame["module"]
    symbol = "%s.%s" % (module, name) if type(module) is str and name != "<module>" else name
    shown = {"location": at(code.co_filename, line, symbol, with_sha1=project), "project": project}
    source = linecache.getline(code.co_filename, line).strip()
    if source:
        shown["source"] = source[:300]
    if "locals" in frame:
        shown["locals"] = frame["locals"]
    return shown


def frame_locals(cycle, frame, same):
    """Previews of a frame's variables, those that ``sensitive_variables`` names replaced."""
    sensitive = sensitive_names(frame)
    shown = {}
    for name, value in list(frame.f_locals.items())[:LOCALS]:
        if sensitive and (sensitive == "__ALL__" or name in sensitive):
            shown[name] = cycle.previewer.hidden(value)
        else:
            shown[name] = same.note(value, cycle.previewer.named(name, value))
    return shown


def _remember_secrets(cycle, frame):
    """Library frames are kept without locals, but what they know to be secret is hidden elsewhere too."""
    if _TEMPLATE_ENGINE in frame.f_code.co_filename:
        return  # its tokens are pieces of a template's text
    sensitive = sensitive_names(frame)
    for name, value in list(frame.f_locals.items())[:LOCALS]:
        if type(value) is str and (cycle.secrets.is_secret(name) or (sensitive and name in sensitive)):
            cycle.secrets.add(value)


def sensitive_names(frame):
    """What ``sensitive_variables`` hides of a frame: ``"__ALL__"``, names or ``None``.

    Follows ``SafeExceptionReporterFilter.get_traceback_frame_variables`` (``django/views/debug.py``, 3.2 to 6.0): the
    wrapper's frame around the function holds them, for coroutines a table by file and line.
    """
    outer = frame.f_back
    if outer is not None and outer.f_code.co_name == "sensitive_variables_wrapper":
        wrapper = outer.f_locals.get("sensitive_variables_wrapper")
        names = getattr(wrapper, "sensitive_variables", None)
        if names:
            return names
    code = frame.f_code
    if code.co_flags & 0x80:  # a coroutine
        try:
            from django.views.decorators.debug import coroutine_functions_to_sensitive_variables as table
        except ImportError:
            return None
        return table.get(hash("%s:%s" % (code.co_filename, code.co_firstlineno)))
    return None


def strip_own_frames(error):
    """Take the recorder's frames out of a traceback before Django shows it to anybody."""
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        while error.__traceback__ is not None and is_own(error.__traceback__.tb_frame.f_code.co_filename):
            error.__traceback__ = error.__traceback__.tb_next
        traceback = error.__traceback__
        while traceback is not None:
            following = traceback.tb_next
            while following is not None and is_own(following.tb_frame.f_code.co_filename):
                following = following.tb_next
            if following is not traceback.tb_next:
                traceback.tb_next = following
            traceback = following
        error = error.__cause__ or error.__context__
