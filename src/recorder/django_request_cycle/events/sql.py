"""SQL: every statement that passes ``CursorWrapper`` (``django/db/backends/utils.py``)."""

import datetime
import decimal
import functools
import itertools
import re
import uuid

from ..clock import now
from ..cycle import running
from ..health import health
from ..secrets.secret_names import is_secret_name
from ..values.held import plain, type_name

#: Characters of a statement kept.
STATEMENT = 20_000
#: Items shown of a parameter that is an array.
ITEMS = 20
#: A parameter longer than this is turned to text at once, which is cut.
LONG = 1000
#: Parameters kept.
MOST = 100
_LASTING = (int, type(None), bool, float, datetime.date, datetime.datetime, decimal.Decimal, uuid.UUID)


def install(utils):
    """A step for ``django.db.backends.utils``."""
    wrapper = utils.CursorWrapper
    original = wrapper._execute_with_wrappers

    @functools.wraps(original)
    def _execute_with_wrappers(self, sql, params, many, executor):
        cycle = running()
        if cycle is None or not cycle.open:
            return original(self, sql, params, many, executor)
        at = now()
        error = None
        try:
            return original(self, sql, params, many, executor)
        except BaseException as raised:
            error = raised
            raise
        finally:
            _note(cycle, at, self, sql, params, many, error)

    wrapper._execute_with_wrappers = _execute_with_wrappers


def _note(cycle, at, cursor, sql, params, many, error):
    # Not ``shielded`` but by itself: a page has dozens of these.
    try:
        end = now()
        if error is None and not many and type(sql) is str and len(sql) <= STATEMENT and _last(params):
            # The usual one: what it was given stays as it is, and is turned to text after the response.
            connection = cursor.db
            rows = getattr(cursor.cursor, "rowcount", -1)
            detail = (sql, params, connection.alias, connection.vendor, rows)
        else:
            detail = _detail(cycle, cursor, sql, params, many, error)
        cycle.event("sql", at, end - at, detail, 3)
        cycle.spent += now() - end
    except Exception as own:
        health.report(own)


def _last(params):
    """Whether the parameters are few, can't change, and hold not much."""
    if params is None:
        return True
    if type(params) is not tuple or len(params) > MOST:
        return False
    for value in params:
        kind = type(value)
        if kind not in _LASTING and (kind is not str or len(value) > LONG):
            return False
    return True


def _detail(cycle, cursor, sql, params, many, error):
    if type(sql) is not str:
        sql = str.__str__(sql) if issubclass(type(sql), str) else _composed(sql, cursor.cursor)
    connection = cursor.db
    detail = {"sql": sql[:STATEMENT], "alias": connection.alias, "vendor": connection.vendor}
    if len(sql) > STATEMENT:
        cycle.lose("sql", "a statement is longer than %d characters" % STATEMENT)
    if many:
        detail["many"] = True
        if type(params) in (list, tuple):
            detail["params"] = [_values(cycle, sql, row) for row in itertools.islice(params, 5)]
    elif params:
        detail["params"] = _values(cycle, sql, params)
    if error is None:
        rows = getattr(cursor.cursor, "rowcount", -1)
        if type(rows) is int and rows >= 0:
            detail["rows"] = rows
    else:
        from ..values.exceptions import message_of

        detail["error"] = "%s: %s" % (type_name(error), message_of(error, 500))
    return detail


def _composed(sql, cursor):
    """The text of psycopg's ``Composable``, which asks the server nothing; of anything else what it is."""
    if type(sql).__module__.partition(".")[0] in ("psycopg", "psycopg2"):
        return sql.as_string(cursor)
    return plain(sql) if type(sql) is bytes else "<%s>" % type_name(sql)


def _values(cycle, sql, params):
    """The parameters as text, those of secret columns replaced."""
    chars = cycle.limits.reprChars
    if issubclass(type(params), dict):
        return {
            str(name): cycle.secrets.replace(plain(value))
            if issubclass(type(value), (str, bytes)) and cycle.secrets.is_secret(str(name))
            else _value(value, chars)
            for name, value in list(dict.items(params))[:MOST]
        }
    if type(params) not in (list, tuple):
        return _value(params, chars)
    hidden = secret_positions(sql, cycle.secrets.more_names)
    shown = []
    for index, value in enumerate(params[:MOST]):
        shown.append(_hidden(cycle, value, chars) if index in hidden else _value(value, chars))
    return shown


def _hidden(cycle, value, chars):
    """The parameter for a column with a secret name; an array by its items."""
    if issubclass(type(value), (str, bytes)) and value:
        return cycle.secrets.replace(plain(value))
    if type(value) in (list, tuple):
        return "[%s]" % ", ".join([_hidden(cycle, item, chars) for item in value[:ITEMS]])
    return _value(value, chars)


def _value(value, chars):
    kind = type(value)
    if value is None or kind in (bool, int, float):
        return repr(value) if kind is not int or value.bit_length() < 500 else "<large int>"
    if issubclass(kind, str):
        text = str.__str__(value)
        return repr(text) if len(text) <= chars else repr(text[:chars])[:-1] + "…'"
    if kind is bytes or kind is memoryview:
        return "<%d bytes>" % len(value)
    if kind.__module__ in ("datetime", "decimal", "uuid"):
        return str(value)
    if kind in (list, tuple):  # an array
        shown = [_value(item, chars) for item in value[:ITEMS]]
        return "[%s]" % ", ".join(shown + ["…"] if len(value) > ITEMS else shown)
    return "<%s>" % type_name(value)


_COLUMN = re.compile(r"""[`"\[]?(\w+)[`"\]]?\s*(?:=|<>|!=|<|>|<=|>=|LIKE|ILIKE|IN\s*\()\s*(?:%s\s*,\s*)*$""", re.I)
_INSERT = re.compile(r"\s*(?:INSERT|REPLACE)\b[^(]*\(([^)]*)\)\s*(?:VALUES|SELECT)", re.I)
_QUOTES = '`"[] \n\t'


def _columns(sql):
    """The column that each ``%s`` stands for, as far as the statement's text says."""
    pieces = sql.split("%s")
    insert = _INSERT.match(sql)
    if insert:
        names = [name.strip(_QUOTES) for name in insert.group(1).split(",")]
        return tuple(names[index % len(names)] for index in range(len(pieces) - 1))
    columns = []
    before = ""
    for piece in pieces[:-1]:
        before = (before + piece)[-200:]
        match = _COLUMN.search(before)
        columns.append(match.group(1) if match else "")
        before += "%s"
    return tuple(columns)


@functools.lru_cache(maxsize=1024)
def secret_positions(sql, more_names):
    """Indexes of the parameters that stand for columns with a secret name."""
    if "%s" not in sql:
        return frozenset()
    return frozenset(index for index, name in enumerate(_columns(sql)) if name and is_secret_name(name, more_names))


_LITERAL = re.compile(r"'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b")
_LIST = re.compile(r"\(\s*(?:%s|\?)(?:\s*,\s*(?:%s|\?))+\s*\)")


@functools.lru_cache(maxsize=1024)
def shape(sql):
    """The statement with its literals as ``?`` and lists of parameters as ``(…)``."""
    return _LIST.sub("(…)", _LITERAL.sub("?", sql))


def describe(detail):
    """The capture's detail of an event's raw values: runs after the response was sent."""
    params = detail.get("params")
    if isinstance(params, list):
        if params and isinstance(params[0], (list, dict)):
            detail["params"] = "; ".join(_joined(row) for row in params)
        else:
            detail["params"] = _joined(params)
    elif isinstance(params, dict):
        detail["params"] = _joined(params)
    return _shaped(detail)


def usual(sql, alias, vendor):
    """The detail of a statement without what differs from one time to the next."""
    return _shaped({"sql": sql, "alias": alias, "vendor": vendor})


def joined(cycle, sql, params):
    """Parameters that can't change as one text; whether one of them is secret, which this request has to hide."""
    if secret_positions(sql, cycle.secrets.more_names):
        return ", ".join(_values(cycle, sql, params)), True
    chars = cycle.limits.reprChars
    return ", ".join([_value(value, chars) for value in params]), False


def _shaped(detail):
    normal = shape(detail["sql"])
    if normal != detail["sql"]:
        detail["shape"] = normal
    return detail


def _joined(params):
    if isinstance(params, dict):
        return ", ".join("%s=%s" % pair for pair in params.items())
    return ", ".join(params) if isinstance(params, list) else str(params)
