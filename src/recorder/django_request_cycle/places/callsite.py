"""The project line that is running: for events, and for the line where a middleware answered."""

import sys

from .location import at, project_files

#: By ``id``: hashing a code object costs more than the whole walk. They live as long as their modules.
_boundaries = set()
_annotated = None

#: What renders a template, within the wrapper that opens its stage.
_renders = set()

_BOUNDARY, _TEMPLATE, _RENDER, _WRITTEN = range(4)

#: What a code object is to the walk, by its ``id``: one of the above, ``None`` for a library's; of a project's own, a
#: dictionary of the places in it by the instruction: to find an instruction's line takes as long as many steps.
_codes = {}
#: The code objects, which are kept, as is their ``id``.
_kept = []
#: Frames that are looked at.
_STEPS = range(300)


def _note(code):
    """Work out what a code object is."""
    if len(_kept) > 20_000:
        _codes.clear()
        del _kept[:]
    if project_files[code.co_filename]:
        kind = {} if code.co_filename.endswith(".py") else _WRITTEN
    elif code is _annotated:
        kind = _TEMPLATE
    else:
        kind = _BOUNDARY if id(code) in _boundaries else _RENDER if id(code) in _renders else None
    _kept.append(code)
    _codes[id(code)] = kind
    return kind


def boundary(function):
    """Mark a wrapper around a stage: frames outside it did not cause what happens inside."""
    _boundaries.add(id(function.__code__))
    return function


def rendering(function):
    """Mark the wrapper that opens a template's stage: what is outside it stays the same while the stage is open."""
    _renders.add(id(function.__code__))
    return function


def watch_templates(node_class):
    """Let template nodes name their template's line: ``Node.render_annotated`` (``django/template/base.py``)."""
    global _annotated
    _annotated = node_class.render_annotated.__code__
    _codes.clear()


def project_line(depth=1, stage=None):
    """``(file, line, code)`` of the innermost project frame within the stage, from ``depth`` frames up, or ``None``.

    A template node that is being rendered counts as the line of its tag in a project's template. ``stage``: the
    innermost that is open. What a walk found outside a template's stage is noted in it, as ``outer_place``, for the
    events that follow.
    """
    frame = sys._getframe(depth)
    codes = _codes
    place = None
    passed = None
    for _step in _STEPS:
        if frame is None:
            break
        code = frame.f_code
        try:
            kind = codes[id(code)]
        except KeyError:
            kind = _note(code)
        if kind is not None:
            if type(kind) is dict:
                place = kind.get(frame.f_lasti)
                if place is None:
                    place = kind[frame.f_lasti] = code.co_filename, frame.f_lineno, code
                break
            if kind == _BOUNDARY:
                break
            if kind == _WRITTEN:
                place = code.co_filename, *_written(frame, code)
                break
            if kind == _TEMPLATE:
                place = _template_line(frame)
                if place is not None:
                    break
            else:
                while stage is not None and stage.kind != "template":
                    stage = stage.outside
                if stage is not None:
                    known = stage.outer_place
                    # The frame lives as long as the stage is open, so its id is its own.
                    if known is not None and known[0] == id(frame):
                        place = known[1]
                        break
                    if passed is None:
                        passed = []
                    passed.append((stage, id(frame)))
                    stage = stage.outside
        frame = frame.f_back
    if passed is not None:
        for within, number in passed:
            within.outer_place = (number, place)
    return place


def _written(frame, code):
    """``(line, code)`` in the source: what Jinja2 compiled a template to has other lines (``jinja2/debug.py``)."""
    template = frame.f_globals.get("__jinja_template__")
    return (frame.f_lineno, code) if template is None else (template.get_corresponding_lineno(frame.f_lineno), None)


def _template_line(frame):
    node = frame.f_locals.get("self")
    token = getattr(node, "token", None)
    origin = getattr(node, "origin", None)
    name = getattr(origin, "name", None)
    line = getattr(token, "lineno", None)
    if isinstance(name, str) and isinstance(line, int) and project_files[name]:
        return name, line, None
    return None


def stack_lines(depth=1):
    """``[(code, line), …]`` from ``depth`` frames up to the stage's wrapper, innermost first."""
    frame = sys._getframe(depth)
    lines = []
    while frame is not None and len(lines) < 100:
        code = frame.f_code
        if id(code) in _boundaries:
            break
        lines.append((code, frame.f_lineno))
        frame = frame.f_back
    return lines


def as_location(place):
    """A ``Location`` of what ``project_line`` gave."""
    if place is None:
        return None
    filename, line, code = place
    name = None
    if code is not None:
        name = getattr(code, "co_qualname", code.co_name)
        if name == "<module>":
            name = None
    return at(filename, line, name)
