"""Events as JSON values; runs after the response was sent."""

from ..encoding import encode
from ..events import signals, sql
from ..places.callsite import as_location
from ..secrets import text_secrets
from .table import MOST_KNOWN, STATEMENTS

#: Characters of a statement's parameters that are remembered.
LONGEST_OWN = 300


class Events:
    """The events of one capture as they are shown. ``files``: those that they stand in."""

    __slots__ = ("files", "_cycle", "_table", "_places")

    def __init__(self, cycle, table, files):
        self.files = files
        self._cycle = cycle
        self._table = table
        #: Entries of the locations by the ``id`` of what events have as their places, many of them the same.
        self._places = {}

    def shown(self, events):
        """Each as a ``CycleEvent`` whose location is an entry; of a statement that came before, a row of the entry with
        its text, times, the location's entry (-1 without one) and what is its own (``src/capture/packed.schema.json``).
        """
        cycle, table, places = self._cycle, self._table, self._places
        start = cycle.start
        rows = table.rows_under((cycle.limits.reprChars, cycle.secrets.more_names))
        shown = []
        for event in events:
            place = event.place
            if place is None:
                where = -1
            else:
                where = places.get(id(place))
                if where is None:
                    where = self._place(place)
            at = event.at - start
            if at < 0:
                at = 0
            detail = event.detail
            if type(detail) is tuple:
                params = detail[1]
                kinds = tuple(map(type, params)) if params else ()
                key = (detail, kinds) if _TOLD_APART.issuperset(kinds) else None
                row = rows.get(key) if key is not None else None
                if row is None:
                    row, lasts = _lasting_row(cycle, detail, table)
                    if lasts and key is not None:
                        if len(rows) >= STATEMENTS:
                            rows.clear()
                        rows[key] = row
            elif event.kind == "sql":
                row = _row(cycle, detail, table)
            else:
                row = None
                if event.kind == "signal":
                    detail = signals.describe(cycle, detail)
            if row is not None:
                entry, own = row
                if entry is not None:
                    shown.append([entry, at, event.duration, where, own] if own else [entry, at, event.duration, where])
                    continue
                detail = own
            text_secrets.hide_in_event(cycle.secrets, event.kind, detail)
            shown.append(_document(event, at, where, detail))
        return shown

    def _place(self, place):
        if type(place) is dict:
            self.files.add(place["file"])
            where = self._table.number(encode(place), own=True)
        else:
            self.files.add(place[0])
            where = _known_place(place, self._table)
        self._places[id(place)] = where
        return where


def _document(event, at, where, detail):
    shown = {"kind": event.kind, "atNs": at}
    if event.duration is not None:
        shown["durationNs"] = event.duration
    if where >= 0:
        shown["location"] = where
    shown["detail"] = detail
    return shown


def _lasting_row(cycle, detail, table):
    """As ``_row``, of values that are still as they were given; and whether it is the same each time."""
    text, params, alias, vendor, rows = detail
    own = {}
    secret = False
    if params:
        own["params"], secret = sql.joined(cycle, text, params)
    if type(rows) is int and rows >= 0:
        own["rows"] = rows
    entry, own, secret = _with_entry(cycle, (text, alias, vendor), own, table, secret)
    return (entry, own), entry is not None and not secret and len(own.get("params", "")) <= LONGEST_OWN


def _row(cycle, detail, table):
    """The entry of a statement that came before, and what it has of its own; else ``None`` and the whole detail."""
    detail = sql.describe(detail)
    own = {name: value for name, value in detail.items() if name not in _STATEMENTS}
    return _with_entry(cycle, (detail["sql"], detail["alias"], detail["vendor"]), own, table)[:2]


def _with_entry(cycle, statement, own, table, secret=False):
    """As ``_row``, and whether something is ``secret``, which each request has to note."""
    entry = table.statement(statement)
    if entry is None:
        return None, dict(sql.usual(*statement), **own), secret
    if entry < 0:
        entry = _statement(cycle, statement, table)
    for name in ("params", "error"):
        if name in own and "'" in own[name]:
            hidden = text_secrets.hide(cycle.secrets, own[name], True)
            if hidden != own[name]:
                own[name] = hidden
                secret = True
    return entry, own, secret


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


def _known_place(place, table):
    """The number of the location of what ``callsite.project_line`` gave."""
    filename, line, code = place
    key = (filename, line, id(code))
    known = table.known.get(key)
    if known is None:
        if len(table.known) > MOST_KNOWN:
            table.known.clear()
        # The code is kept, so that its id stays its own.
        known = table.known[key] = (table.number(encode(as_location(place)), own=True), code)
    return known[0]
