"""Log records: every record that an enabled logger handles (``logging.Logger.handle``)."""

import functools

from .. import clock
from ..cycle import active
from ..health import shielded
from ..places.location import is_own, project_files
from ..values.held import plain, type_name

#: Characters of a message kept.
MESSAGE = 2_000


def install(logging):
    """A step for ``logging``."""
    original = logging.Logger.handle

    @functools.wraps(original)
    def handle(self, record):
        cycle = active()
        if cycle is not None:
            _note(cycle, record)
        return original(self, record)

    logging.Logger.handle = handle


@shielded
def _note(cycle, record):
    at = clock.now()
    detail = {"level": str(record.levelname), "logger": str(record.name), "message": message_of(record)[:MESSAGE]}
    place = False
    if project_files[record.pathname] and not is_own(record.pathname):
        place = {"file": record.pathname, "line": record.lineno}
    cycle.event("log", at, None, detail, 3, place)
    cycle.spent += clock.now() - at


class _Quiet:
    """Stands in a message for an argument whose own text might run the project's code."""

    def __init__(self, value):
        self._text = "<%s>" % type_name(value)

    def __str__(self):
        return self._text

    __repr__ = __str__

    def __getitem__(self, key):
        return self


def message_of(record):
    """The record's message; arguments that aren't plain values appear by their type."""
    message = record.msg
    if not issubclass(type(message), str):
        return "<%s>" % type_name(message)
    message = plain(message)
    arguments = record.args
    if not arguments:
        return message
    try:
        if type(arguments) is dict:
            return message % {key: _plain(value) for key, value in arguments.items()}
        return message % tuple(_plain(value) for value in arguments)
    except Exception:
        return message


def _plain(value):
    kind = type(value)
    if kind in (int, float, bool, type(None)):
        return value
    if issubclass(kind, str):
        return plain(value)[:MESSAGE]
    if issubclass(kind, BaseException):
        from ..values.exceptions import message_of as text_of

        return text_of(value)
    return _Quiet(value)
