"""Values that harm whoever looks at them carelessly."""

import time
from collections import UserDict

from django.utils.functional import SimpleLazyObject

from .models import Chatty, Note


class Raises:
    def __repr__(self):
        raise RuntimeError("no representation")

    __str__ = __len__ = __bool__ = __iter__ = __eq__ = __hash__ = __repr__


class Exits:
    def __repr__(self):
        raise SystemExit("a representation that ends the thread")


class Recurses:
    def __repr__(self):
        return repr(self)


class Sleeps:
    """Loops for a quarter of a minute: whoever waits for it is late."""

    def __repr__(self):
        until = time.monotonic() + 15
        while time.monotonic() < until:
            pass
        return "late"


class Huge:
    def __repr__(self):
        return "x" * 50_000_000


class NotText:
    def __repr__(self):
        return 7


class Attributes:
    """Has every attribute, and each is itself."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *args, **kwargs):
        return self


class LyingClass:
    @property
    def __class__(self):
        raise RuntimeError("no class")


class Meta(type):
    def __repr__(cls):
        raise RuntimeError("no class representation")


class BadClass(metaclass=Meta):
    pass


class RaisingDict(dict):
    def items(self):
        raise RuntimeError("no items")

    keys = values = __iter__ = __len__ = items


class Endless(UserDict):
    def __iter__(self):
        while True:
            yield "more"

    def __len__(self):
        return 2**62


def _consumed():
    for number in range(3):
        yield "drawn %d" % number


def _never():
    raise RuntimeError("a lazy object was evaluated")


def _self_containing():
    found = {"list": []}
    found["list"].append(found)
    return found


def _deep():
    found = []
    for _ in range(5000):
        found = [found]
    return found


KINDS = {
    "raises": Raises,
    "exits": Exits,
    "recurses": Recurses,
    "sleeps": Sleeps,
    "huge": Huge,
    "not-text": NotText,
    "attributes": Attributes,
    "lying-class": LyingClass,
    "bad-class": BadClass,
    "raising-dict": lambda: RaisingDict(a=1),
    "endless": Endless,
    "generator": _consumed,
    "lazy": lambda: SimpleLazyObject(_never),
    "queryset": lambda: Note.objects.all(),
    "chatty": lambda: Chatty(title="unsaved"),
    "self-containing": _self_containing,
    "deep": _deep,
    "long-text": lambda: "é" * 5_000_000,
    "long-list": lambda: list(range(2_000_000)),
    "bytes": lambda: bytes(5_000_000),
    "surrogate": lambda: "\ud800 alone",
}
