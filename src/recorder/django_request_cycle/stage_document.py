"""Stages and events as JSON; runs after the response was sent.

Most stages of a request are the same as the last time but for their times: their text is prepared once.
"""

import json

from . import exceptions, templates, text_secrets
from .callsite import as_location
from .events import signals, sql
from .location import at, definition, sha1
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

_prepared_templates = {}
_TEMPLATE_KEYS = frozenset(("origin", "included", "depth"))


def stage_text(cycle, stage, told, repeated):
    """A stage as JSON text.

    Parts of it that may hold a secret are added to the list ``told``, or as keys to ``repeated`` where many stages
    have the same.
    """
    if stage.info is not None and stage.detail == stage.info.details[stage.kind]:
        head, detail = stage.info.prepared(stage.kind, prepare)
        if stage.entered_by is not None:
            detail = '{"enteredBy":%d%s%s' % (stage.entered_by, "," if len(detail) > 2 else "", detail[1:])
        return _text(cycle, stage, head, detail, told)
    if stage.kind == "template" and stage.detail.keys() <= _TEMPLATE_KEYS:
        head, detail = _prepared_template(stage)
        repeated[head] = repeated[detail] = None
        return _text(cycle, stage, head, detail, told)
    text = encode(stage_document(cycle, stage))
    told.append(text)
    return text


def _text(cycle, stage, head, detail, told):
    changes = events = "[]"
    if stage.changes:
        changes = encode(stage.changes)
        told.append(changes)
    if stage.events:
        events = encode([event_document(cycle, event) for event in stage.events])
        told.append(events)
    start = stage.start - cycle.start
    took = (stage.end if stage.end is not None else cycle.end) - stage.start
    form = '{"id":%d,%s%s,"startNs":%d,"endNs":%d,"selfNs":%d,"outcome":"%s","changes":%s,"events":%s,"detail":%s}'
    return form % (
        stage.id,
        '"parent":%d,' % stage.parent if stage.parent is not None else "",
        head,
        start,
        start + took,
        max(0, took - stage.inner),
        stage.outcome,
        changes,
        events,
        detail,
    )


def prepare(kind, name, location, detail):
    """``(head, detail)``: the parts of a stage's text that don't depend on the request."""
    head = '"kind":%s,"name":%s' % (encode(kind), encode(name))
    if location:
        head += ',"location":' + encode(location)
    return head, encode(detail)


def _prepared_template(stage):
    detail = stage.detail
    origin = detail.get("origin")
    key = (stage.name, origin, detail.get("included"), sha1(origin) if origin else None)
    known = _prepared_templates.get(key)
    if known is None:
        if len(_prepared_templates) > 2000:
            _prepared_templates.clear()
        location = stage_location(stage)
        templates.describe(stage)
        known = _prepared_templates[key] = prepare("template", stage.name, location, detail)
    return known


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
