"""Messages for the user, as they are added (``BaseStorage.add``, ``django/contrib/messages/storage/base.py``)."""

import functools

from .. import clock
from ..cycle import active
from ..health import shielded
from ..values.held import plain, type_name

MESSAGE = 1_000


def install(base):
    """A step for ``django.contrib.messages.storage.base``."""
    storage = base.BaseStorage
    original = storage.add

    @functools.wraps(original)
    def add(self, level, message, extra_tags=""):
        cycle = active()
        if cycle is not None:
            _note(cycle, base.LEVEL_TAGS, level, message)
        return original(self, level, message, extra_tags)

    storage.add = add


@shielded
def _note(cycle, tags, level, message):
    text = plain(message)[:MESSAGE] if issubclass(type(message), str) else "<%s>" % type_name(message)
    tag = tags.get(level) if isinstance(level, int) else None
    cycle.event("message", clock.now(), None, {"level": str(tag or level), "message": text}, 3)
