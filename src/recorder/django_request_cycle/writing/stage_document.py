"""Stages and events as JSON; runs after the response was sent.

Most stages of a request are the same as the last time but for their times: their text is prepared once.
"""

from ..encoding import encode
from ..events import signals, sql
from ..hooks import templates
from ..places.callsite import as_location
from ..places.location import at, definition
from ..places.unwrap import real_view
from ..secrets import text_secrets
from ..values import exceptions


def add_stages(cycle, pieces, table):
    """Add the stages to the capture's text, each as a row: its entry, its times and what it is linked with, and what
    is its own (``src/capture/packed.schema.json``).
    """
    stages = cycle.stages
    # Where each ended, what they noted of those within them is what a reader adds up.
    nested = _nested(cycle) if None in [stage.end for stage in stages] else None
    add = pieces.add
    before = cycle.start
    comma = ""
    for stage in stages:
        usual = stage.usual
        if usual is not None:
            more = None
            entry = usual.number(table, encode)
        else:
            more = {}
            entry = _unusual(cycle, stage, table, more)
        start = stage.start
        took = (stage.end if stage.end is not None else cycle.end) - start
        uneven = nested is not None and nested[stage.id] != stage.inner
        if more or stage.events or stage.changes or uneven or stage.outcome != "passed":
            more = _more(cycle, stage, table, more or {}, took if uneven else None)
        link = stage.parent or stage.entered_by or 0
        if more:
            add("%s[%d,%d,%d,%d," % (comma, entry, start - before, took, link))
            pieces.tell(encode(more))
            add("]")
        elif link:
            add("%s[%d,%d,%d,%d]" % (comma, entry, start - before, took, link))
        else:
            add("%s[%d,%d,%d]" % (comma, entry, start - before, took))
        comma = ","
        before = start


def _nested(cycle):
    """What the stages within each took, by its id, as a reader adds it up."""
    nested = [0] * (len(cycle.stages) + 1)
    for stage in cycle.stages:
        if stage.parent is not None:
            nested[stage.parent] += (stage.end if stage.end is not None else cycle.end) - stage.start
    return nested


def _more(cycle, stage, table, more, took):
    """What is not the same for every stage of its kind. ``took``: where the inner ones left another time to it."""
    if took is not None:
        more["selfNs"] = max(0, took - stage.inner)
    if stage.outcome != "passed":
        more["outcome"] = stage.outcome
    if stage.changes:
        more["changes"] = stage.changes
    if stage.events:
        more["events"] = [event_document(cycle, event, table) for event in stage.events]
    return more


def _unusual(cycle, stage, table, more):
    """The entry of a stage with a detail of its own, which is put into ``more``."""
    head = {"kind": stage.kind, "name": stage.name}
    location = stage_location(stage)
    if location:
        head["location"] = location
    if stage.kind == "template":
        templates.describe(stage)
    detail = stage.detail
    place = detail.get("answeredAt")
    if isinstance(place, tuple):
        detail["answeredAt"] = as_location(place)
    if "exception" in detail:
        detail["exception"] = exceptions.describe(detail["exception"])
        text_secrets.hide_in_event(cycle.secrets, "exception", detail["exception"])
    if detail:
        more["detail"] = shared(detail, table)
    return table.number(encode(head), own=stage.kind != "template")


#: Of a detail, what many requests have alike.
_ALIKE = ("wrappers", "actionLocation")


def shared(detail, table):
    """The detail with numbers of entries for what many requests have alike."""
    shown = dict(detail)
    for name in _ALIKE:
        if name in shown:
            shown[name] = table.number(encode(shown[name]))
    if "tried" in shown:
        shown["tried"] = [_tried(entry, table) for entry in shown["tried"]]
    matched = shown.get("matched")
    if matched is not None and "viewLocation" in matched:
        shown["matched"] = dict(matched, viewLocation=table.number(encode(matched["viewLocation"]), own=True))
    return shown


def _tried(tried, table):
    entry, rest = tried
    known = table.known.get(id(entry))
    if known is None:
        if len(table.known) > MOST_KNOWN:
            table.known.clear()
        # The entry is kept, so that its id stays its own.
        known = table.known[id(entry)] = (table.number(encode(entry)), entry)
    return known[0] if rest is None else [known[0], rest]


#: Numbers that are remembered by what they stand for.
MOST_KNOWN = 20_000


def _place(place, table):
    """The number of an event's location."""
    if isinstance(place, dict):
        return table.number(encode(place), own=True)
    filename, line, code = place
    key = (filename, line, id(code))
    known = table.known.get(key)
    if known is None:
        if len(table.known) > MOST_KNOWN:
            table.known.clear()
        known = table.known[key] = (table.number(encode(as_location(place)), own=True), code)
    return known[0]


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


def event_document(cycle, event, table):
    """A ``CycleEvent``; its location is an entry."""
    shown = {"kind": event.kind, "atNs": max(0, event.at - cycle.start)}
    if event.duration is not None:
        shown["durationNs"] = event.duration
    place = event.place
    if place is not None:
        shown["location"] = _place(place, table)
    describe = _DESCRIBE.get(event.kind)
    detail = event.detail if describe is None else describe(cycle, event.detail)
    text_secrets.hide_in_event(cycle.secrets, event.kind, detail)
    shown["detail"] = detail
    return shown


_DESCRIBE = {"sql": sql.describe, "signal": signals.describe}
