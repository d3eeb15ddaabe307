"""Stages and events as JSON; runs after the response was sent.

Most stages of a request are the same as the last time but for their times: their text is prepared once.
"""

import json

from . import exceptions, templates, text_secrets
from .callsite import as_location
from .events import signals, sql
from .location import at, definition
from .unwrap import real_view


def _encoder():
    """JSON's C encoder made once: ``JSONEncoder.encode`` makes one for every call."""
    plain = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:
        return plain.encode
    chunks = make(None, plain.default, json.encoder.encode_basestring, None, ":", ",", False, False, True)
    return lambda value: "".join(chunks(value, 0))


encode = _encoder()

#: What every stage has.
_FORM = '%s{"id":%d,%s%s,"startNs":%d,"endNs":%d,"selfNs":%d,"outcome":"%s","changes":'
#: The usual stage of a template, most of an admin page's, and nothing happened in it.
_QUIET = (
    '%s{"id":%d,"parent":%d,%s,"startNs":%d,"endNs":%d,"selfNs":%d,"outcome":"passed","changes":[],"events":[]'
    ',"detail":%s}'
)


def add_stage(cycle, stage, pieces, comma):
    """Add a stage to the capture's text."""
    usual = stage.usual
    if usual is None:
        pieces.add(comma)
        pieces.tell(encode(stage_document(cycle, stage)))
        return
    head, detail = usual.text(encode)
    start = stage.start - cycle.start
    took = (stage.end if stage.end is not None else cycle.end) - stage.start
    self_ns = max(0, took - stage.inner)
    if usual.kind == "template":
        pieces.repeated[head] = pieces.repeated[detail] = None
        if stage.parent is not None and stage.outcome == "passed" and not stage.events and not stage.changes:
            pieces.add(_QUIET % (comma, stage.id, stage.parent, head, start, start + took, self_ns, detail))
            return
    parent = '"parent":%d,' % stage.parent if stage.parent is not None else ""
    pieces.add(_FORM % (comma, stage.id, parent, head, start, start + took, self_ns, stage.outcome))
    if stage.changes:
        pieces.tell(encode(stage.changes))
    else:
        pieces.add("[]")
    pieces.add(',"events":')
    if stage.events:
        pieces.tell(encode([event_document(cycle, event) for event in stage.events]))
    else:
        pieces.add("[]")
    if stage.entered_by is not None:
        detail = '{"enteredBy":%d%s%s' % (stage.entered_by, "," if len(detail) > 2 else "", detail[1:])
    pieces.add(',"detail":%s}' % detail)


def stage_document(cycle, stage):
    """A ``Stage`` as the schema has it."""
    start = stage.start - cycle.start
    end = (stage.end if stage.end is not None else cycle.end) - cycle.start
    shown = {"id": stage.id}
    if stage.parent is not None:
        shown["parent"] = stage.parent
    shown.update(kind=stage.kind, name=stage.name)
    location = stage_location(stage)
    if location:
        shown["location"] = location
    if stage.kind == "template":
        templates.describe(stage)
    detail = stage.detail
    if stage.entered_by is not None:
        detail = dict(detail, enteredBy=stage.entered_by)
    place = detail.get("answeredAt")
    if isinstance(place, tuple):
        detail["answeredAt"] = as_location(place)
    if "exception" in detail:
        detail["exception"] = exceptions.describe(detail["exception"])
        text_secrets.hide_in_event(cycle.secrets, "exception", detail["exception"])
    shown.update(
        startNs=max(0, start),
        endNs=max(0, end),
        selfNs=max(0, end - start - stage.inner),
        outcome=stage.outcome,
        changes=stage.changes or [],
        events=[event_document(cycle, event) for event in stage.events or ()],
        detail=detail,
    )
    return shown


def stage_location(stage):
    """Where the stage's code stands: a definition, a template's file, a URLconf module's first line."""
    target = stage.target
    if target is None:
        return None
    if stage.kind == "template":
        origin = stage.detail.get("origin")
        return at(origin, 1, with_sha1=True) if origin else None
    if stage.kind == "resolve":
        file = getattr(target, "__file__", None)
        return at(file, 1, with_sha1=True) if isinstance(file, str) else None
    if stage.kind == "handler":
        target = real_view(target, "GET").target
    return definition(target)


def event_document(cycle, event):
    """A ``CycleEvent`` as the schema has it."""
    shown = {"kind": event.kind, "atNs": max(0, event.at - cycle.start)}
    if event.duration is not None:
        shown["durationNs"] = event.duration
    place = event.place
    if place is not None:
        shown["location"] = place if isinstance(place, dict) else as_location(place)
    describe = _DESCRIBE.get(event.kind)
    if describe is not None:
        describe(event.detail)
    text_secrets.hide_in_event(cycle.secrets, event.kind, event.detail)
    shown["detail"] = event.detail
    return shown


_DESCRIBE = {"sql": sql.describe, "signal": signals.describe}
