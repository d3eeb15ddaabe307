"""Events as JSON values; runs after the response was sent."""

from ..encoding import encode
from ..events import signals, sql
from ..places.callsite import as_location
from ..secrets import text_secrets
from .table import MOST_KNOWN, STATEMENTS

#: Characters of a statement's parameters that are remembered.
LONGEST_OWN = 300


def event_document(cycle, event, table):
    """A ``CycleEvent`` whose location is an entry; of a statement that came before, a row of the entry with its text,
    times, the location's entry (-1 without one) and what is its own (``src/capture/packed.schema.json``).
    """
    detail = event.detail
    at = max(0, event.at - cycle.start)
    place = event.place
    where = -1 if place is None else _place(place, table)
    kind = event.kind
    if kind == "sql":
        key = None
        if type(detail) is tuple:
            params = detail[1]
            kinds = tuple(map(type, params)) if params else ()
            if _TOLD_APART.issuperset(kinds):
                key = (detail, kinds, cycle.limits.reprChars)
                row = table.rows.get(key)
                if row is not None:
                    entry, own = row
                    return [entry, at, event.duration, where, own] if own else [entry, at, event.duration, where]
            statement = detail[0], detail[2], detail[3]
            own = _own_of_lasting(cycle, params, detail[4])
        else:
            detail = sql.describe(cycle, detail)
            statement = detail["sql"], detail["alias"], detail["vendor"]
            own = {name: value for name, value in detail.items() if name not in _STATEMENTS}
        entry = table.statement(statement)
        if entry is not None:
            if entry < 0:
                entry = _statement(cycle, statement, table)
            for name in ("params", "error"):
                if name in own and "'" in own[name]:
                    hidden = text_secrets.hide(cycle.secrets, own[name], True)
                    if hidden != own[name]:
                        own[name] = hidden
                        key = None  # each request has to note what is secret
            if key is not None and len(own.get("params", "")) <= LONGEST_OWN:
                if len(table.rows) >= STATEMENTS:
                    table.rows.clear()
                table.rows[key] = entry, own
            return [entry, at, event.duration, where, own] if own else [entry, at, event.duration, where]
        detail = dict(sql.usual(*statement), **own)
    elif kind == "signal":
        detail = signals.describe(cycle, detail)
    text_secrets.hide_in_event(cycle.secrets, kind, detail)
    shown = {"kind": kind, "atNs": at}
    if event.duration is not None:
        shown["durationNs"] = event.duration
    if where >= 0:
        shown["location"] = where
    shown["detail"] = detail
    return shown


def _statement(cycle, statement, table):
    """The number of a statement's entry: what is the same each time it runs."""
    detail = sql.usual(*statement)
    text_secrets.hide_in_event(cycle.secrets, "sql", detail)
    number = table.statements[statement] = table.number(encode({"kind": "sql", "detail": detail}))
    return number


#: Classes of parameters whose equals are written alike.
_TOLD_APART = frozenset((int, str, bool, type(None)))
#: Of a statement's detail, what is the same each time it runs.
_STATEMENTS = frozenset(("sql", "alias", "vendor", "shape"))


def _own_of_lasting(cycle, params, rows):
    """What a statement has of its own each time it runs."""
    own = {}
    if params:
        own["params"] = sql.joined(params, cycle.limits.reprChars)
    if type(rows) is int and rows >= 0:
        own["rows"] = rows
    return own


def _place(place, table):
    """The number of an event's location."""
    if type(place) is dict:
        return table.number(encode(place), own=True)
    filename, line, code = place
    key = (filename, line, id(code))
    known = table.known.get(key)
    if known is None:
        if len(table.known) > MOST_KNOWN:
            table.known.clear()
        # The code is kept, so that its id stays its own.
        known = table.known[key] = (table.number(encode(as_location(place)), own=True), code)
    return known[0]
