"""Stages as what of them is told; runs after the response was sent.

Most stages of a request are the same as the last time but for their times: those are columns of numbers.
"""

from operator import sub

from ..encoding import encode
from ..hooks import templates
from ..places.callsite import as_location
from ..places.location import absolute, at, definition, sha1
from ..places.unwrap import real_view
from ..secrets import text_secrets
from ..values import exceptions
from ..values.told_changes import by_id
from .event_document import Events


class Stages:
    """What a capture tells of its stages (``src/capture/packed.schema.json``).

    ``columns``: of each stage its entry, when it began after the one before, what it took, and what it is linked with.
    ``told_events``: number and events of each that had any. ``events``: all there were. ``loose``: those outside of
    stages. ``sources``: entries of the project files that events, patterns and answers stand in, whose locations carry
    no SHA-1.
    """

    __slots__ = ("columns", "told_events", "events", "loose", "sources", "_noted", "_apart")

    def __init__(self, cycle, table):
        count = cycle.stage_count
        entries, starts, took, links = [0] * count, [0] * count, [0] * count, [0] * count
        fresh = table.fresh
        rows = iter(cycle.plain)
        for number, usual, start, end, parent in zip(rows, rows, rows, rows, rows):
            number -= 1
            entries[number] = usual.entry if usual.fresh is fresh else usual.number(table)
            starts[number] = start
            took[number] = end - start
            links[number] = parent or 0
        self.events = []
        self.told_events = []
        #: Stages with some of their own, and the detail that is shown of it.
        self._noted = noted = []
        self._apart = {}
        named = set()
        shown = Events(cycle, table, named).shown
        unfinished = False
        for stage in cycle.stages:
            number = stage.id - 1
            starts[number] = start = stage.start
            links[number] = stage.parent or stage.entered_by or 0
            end = stage.end
            if end is None:
                unfinished = True
                end = cycle.end
            took[number] = end - start
            usual = stage.usual
            detail = None
            if usual is not None:
                entries[number] = usual.entry if usual.fresh is fresh else usual.number(table)
            else:
                entries[number], detail = _unusual(cycle, stage, table, named)
            if detail or stage.changes or stage.outcome != "passed":
                noted.append((stage, detail))
            if stage.events:
                self.told_events.append([stage.id, shown(stage.events)])
                self.events += stage.events
        if unfinished:
            self._apart = apart = _apart(cycle, took)
            details = {stage.id: detail for stage, detail in noted}
            self._noted = [
                (stage, details.get(stage.id)) for stage in cycle.stages if stage.id in details or stage.id in apart
            ]
        self.loose = shown(cycle.loose_events)
        self.events += cycle.loose_events
        self.columns = [entries, list(map(sub, starts, [cycle.start] + starts[:-1])), took, links]
        self.sources = sorted({number for number in [_source(file, table) for file in named] if number is not None})

    def own(self):
        """Number and fields of each stage that has some of its own."""
        told = []
        for stage, detail in self._noted:
            fields = {}
            if detail:
                fields["detail"] = detail
            if stage.outcome != "passed":
                fields["outcome"] = stage.outcome
            if stage.changes:
                fields["changes"] = stage.changes
            if stage.id in self._apart:
                fields["selfNs"] = self._apart[stage.id]
            told.append([stage.id, fields])
        return told

    def own_key(self):
        """All that ``own`` is made of, and those whose ids are in it, where all of it lasts; else ``None`` twice."""
        key = []
        lasting = []
        if self._apart:
            return None, None
        for stage, detail in self._noted:
            key += (stage.id, stage.outcome)
            if detail:
                if not stage.lasting:
                    return None, None
                key.append(id(detail))
                lasting.append(detail)
            for change in stage.changes or ():
                number = id(change)
                if by_id.get(number) is not change:
                    return None, None
                key.append(number)
                lasting.append(change)
        return tuple(key), lasting


def _apart(cycle, took):
    """By number, ``selfNs`` of the stages within which some never ended: theirs is not what a reader adds up."""
    apart = {stage.parent: 0 for stage in cycle.stages if stage.end is None and stage.parent is not None}
    for number, parent in [(stage.id, stage.parent) for stage in cycle.stages if stage.end is not None]:
        if parent in apart:
            apart[parent] += took[number - 1]
    for number, parent in zip(cycle.plain[::5], cycle.plain[4::5]):
        if parent in apart:
            apart[parent] += took[number - 1]
    return {number: max(0, took[number - 1] - ended) for number, ended in apart.items()}


def _source(file, table):
    """The number of the entry with a project file's SHA-1; ``None`` where it has none."""
    fresh = table.fresh
    if file in fresh:
        return fresh[file]
    whole = absolute(file)
    digest = sha1(whole)
    number = fresh[file] = table.number(encode([whole, digest]), own=True) if digest else None
    return number


def _unusual(cycle, stage, table, named):
    """The entry of a stage with a detail of its own, and what is shown of that; its files are put into ``named``."""
    is_template = stage.kind == "template"
    if is_template:
        templates.describe(stage)
    detail = stage.detail
    key = (stage.kind, stage.name, detail.get("origin") if is_template else id(stage.target))
    known = table.fresh.get(key)
    if known is None:
        head = {"kind": stage.kind, "name": stage.name}
        location = stage_location(stage)
        if location:
            head["location"] = location
        if len(table.fresh) > 5000:
            table.fresh.clear()
        # The target is kept, so that its id stays its own.
        kept = None if is_template else stage.target
        known = table.fresh[key] = (table.number(encode(head), own=not is_template), kept)
    if stage.lasting:
        shown, files, _detail = table.lasting_detail(detail, _shared)
        named |= files
        return known[0], shown
    place = detail.get("answeredAt")
    if place is not None:
        named.add(place["file"] if type(place) is dict else place[0])
        if type(place) is not dict:
            detail["answeredAt"] = as_location(place)
    if "exception" in detail:
        detail["exception"] = exceptions.describe(detail["exception"])
        text_secrets.hide_in_event(cycle.secrets, "exception", detail["exception"])
    return known[0], _shared(detail, table, named) if detail else None


def _shared(detail, table, named):
    """The detail with numbers of entries for what many requests have alike."""
    shown = dict(detail)
    if "wrappers" in shown:
        shown["wrappers"] = table.number_of(shown["wrappers"])
    if "actionLocation" in shown:
        shown["actionLocation"] = table.number_of(shown["actionLocation"])
    if "tried" in shown:
        shown["tried"] = tried = []
        for entry, rest in detail["tried"]:
            if "location" in entry:
                named.add(entry["location"]["file"])
            number = table.number_of(entry)
            tried.append(number if rest is None else [number, rest])
    matched = shown.get("matched")
    if matched is not None and "viewLocation" in matched:
        shown["matched"] = dict(matched, viewLocation=table.number_of(matched["viewLocation"], own=True))
    return shown


def stage_location(stage):
    """Where the stage's code stands: a definition, a template's file, a URLconf module's first line."""
    if stage.kind == "template":
        origin = stage.detail.get("origin")
        return at(origin, 1, with_sha1=True) if origin else None
    target = stage.target
    if target is None:
        return None
    if stage.kind == "resolve":
        file = getattr(target, "__file__", None)
        return at(file, 1, with_sha1=True) if isinstance(file, str) else None
    if stage.kind == "handler":
        target = real_view(target, "GET").target
    return definition(target)
