"""Mail: each message that a backend is given to send (``django/core/mail/__init__.py``)."""

import functools

from .. import clock
from ..cycle import active
from ..health import shielded
from ..values.held import plain, type_name

_MARK = "_request_cycle_watched"
ADDRESSES = 50


def install(mail):
    """A step for ``django.core.mail``: ``EmailMessage`` asks it for the connection at the time of sending."""
    original = mail.get_connection

    @functools.wraps(original)
    def get_connection(*args, **kwargs):
        connection = original(*args, **kwargs)
        _watch(type(connection))
        return connection

    mail.get_connection = get_connection


@shielded
def _watch(backend):
    if _MARK in backend.__dict__ or not hasattr(backend, "send_messages"):
        return
    setattr(backend, _MARK, True)
    original = backend.send_messages
    if hasattr(original, _MARK):
        return

    @functools.wraps(original)
    def send_messages(self, email_messages):
        cycle = active()
        if cycle is None:
            return original(self, email_messages)
        at = clock.now()
        error = None
        try:
            return original(self, email_messages)
        except BaseException as raised:
            error = raised
            raise
        finally:
            _note(cycle, at, email_messages, error)

    setattr(send_messages, _MARK, True)
    backend.send_messages = send_messages


@shielded
def _note(cycle, at, messages, error):
    end = clock.now()
    if type(messages) not in (list, tuple):
        return
    for message in messages:
        held = message.__dict__
        to = [plain(address) for name in ("to", "cc", "bcc") for address in held.get(name) or () if _is_text(address)]
        detail = {"to": to[:ADDRESSES]}
        if _is_text(held.get("subject")):
            detail["subject"] = plain(held["subject"])[:500]
        if error is not None:
            detail["error"] = type_name(error)
        cycle.event("mail", at, end - at, detail, 4)


def _is_text(value):
    return issubclass(type(value), str)
