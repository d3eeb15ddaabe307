"""Bounded previews of any value, taken without running a line of the project's code.

No ``__repr__``, ``__str__``, ``__getattr__``, ``__len__`` or ``__iter__`` of a user's class is called, no lazy object
or queryset is evaluated, no descriptor fires: instances are read through their ``__dict__``, built-in containers
through their own type's methods. What that can't show is named by its type.
"""

import datetime
import decimal
import fractions
import ipaddress
import itertools
import pathlib
import re
import uuid
from operator import is_

from .held import held_by, instance_items, key_text, lazy_value, plain, same_values, slots, type_name
from .kinds import is_of_project, show_lazy, show_of

#: Children shown at the first and at each deeper level, and how deep.
CHILDREN = (20, 10, 5)
DEEPEST = 3
#: Values looked at for one preview.
MOST = 80
#: Instances remembered, should they be shown again as they are.
FLAT = 200

_CONSTANTS = (float, complex, type(Ellipsis), type(NotImplemented))
#: Their previews, which nobody changes.
_SINGLETONS = {
    None: {"type": "None", "repr": "None"},
    True: {"type": "bool", "repr": "True"},
    False: {"type": "bool", "repr": "False"},
}
_QUIET = (
    datetime.date,
    datetime.timedelta,
    decimal.Decimal,
    fractions.Fraction,
    uuid.UUID,
    range,
    ipaddress.IPv4Address,
    ipaddress.IPv6Address,
    pathlib.PosixPath,
    pathlib.WindowsPath,
    pathlib.PurePosixPath,
    datetime.timezone,
)
#: What ``django.core.signing`` makes: payload, time and signature; a session's data, a signed cookie's value.
_SIGNED = re.compile(r"\.?[\w-]{4,}={0,2}:[A-Za-z0-9]{5,8}:[\w-]{27,43}\Z")


class Previewer:
    """Takes previews for one capture: ``secrets`` decides by name, ``chars`` bounds each text."""

    __slots__ = ("_secrets", "_names", "more_names", "chars", "_left", "_flat")

    def __init__(self, secrets, chars):
        self._secrets = secrets
        self._names = secrets.names
        self.more_names = secrets.more_names
        self.chars = chars
        self._left = 0
        #: Of instances that hold only plain values, by ``id``: class, depth, what they held, preview and its values.
        self._flat = {}

    def note_secret(self, text):
        """A text is secret that an earlier capture showed by the same token."""
        self._secrets.add(text)

    def forget(self):
        """Let go of what was remembered of the application's instances."""
        self._flat.clear()

    def named(self, name, value, depth=0):
        """The preview of a value that stands under a name, which may mark it as secret.

        ``depth``: how far down the value stands already; the further, the less of what it holds is shown.
        """
        secret = self._names[name] if type(name) is str else self._secrets.is_secret(name)
        if secret and value is not None and type(value) is not bool:
            return self.hidden(value)
        return self.of(value, depth)

    def of(self, value, depth=0):
        """``{type, repr, children?, size?, truncated?, redacted?}``. Never raises."""
        try:
            plain = PLAIN.get(type(value))
            if plain is not None:
                return plain(self, value)
            self._left = MOST
            return self.preview(value, depth, ())
        except Exception as error:
            return {"type": type_name(value), "repr": "<no preview: %s>" % type(error).__name__}

    def hidden(self, value):
        """The preview of a value that is secret whatever its name."""
        if value is None:
            return _SINGLETONS[None]
        try:
            return self._redacted(value)
        except Exception:
            return {"type": type_name(value), "repr": "<redacted>", "redacted": True}

    def _redacted(self, value):
        self._remember(value, 0)
        return {"type": type_name(value), "repr": self._secrets.token(_identity(value)), "redacted": True}

    def _remember(self, value, depth):
        """Every text inside a secret container is a secret."""
        kind = type(value)
        if issubclass(kind, (str, bytes)):
            self._secrets.add(plain(value))
        elif depth < 4 and issubclass(kind, dict):
            for item in itertools.islice(dict.values(value), 50):
                self._remember(item, depth + 1)
        elif depth < 4 and kind in (list, tuple, set, frozenset):
            for item in itertools.islice(value, 50):
                self._remember(item, depth + 1)
        elif depth < 4 and show_of(kind) is show_lazy:
            self._remember(lazy_value(value), depth + 1)

    def preview(self, value, depth, above):
        """The preview of a value within others, ``above``."""
        kind = type(value)
        plain = PLAIN.get(kind)
        if plain is not None:
            self._left -= 1
            return plain(self, value)
        return self._of_many(kind, value, depth, above)

    def _of_many(self, kind, value, depth, above):
        """The preview of what may hold other values."""
        self._left -= 1
        for outer in above:
            if value is outer:
                return {"type": type_name(value), "repr": "<recursion>"}
        above += (value,)
        show = show_of(kind)
        if show is not None:
            return show(self, value, depth, above)
        return self._instance(value, depth, above)

    def text(self, value):
        size = len(value)
        if size > 50:
            if ":" in value and _SIGNED.match(value):
                return self._redacted(value)
            if size > self.chars:
                return _with("str", repr(value[: self.chars])[:-1] + "…'", size=size, truncated=True)
        return {"type": "str", "repr": repr(value)}

    def _int(self, value):
        bits = value.bit_length()
        return {"type": "int", "repr": str(value) if bits < 500 else "<int of %d bits>" % bits}

    def _bytes(self, value):
        cut = len(value) > self.chars
        text = repr(bytes(value[: self.chars]))
        return _with(type(value).__name__, text[:-1] + "…'" if cut else text, size=len(value), truncated=cut)

    def _by_repr(self, value):
        return {"type": type_name(value), "repr": self._short(repr(value))}

    def _moment(self, value):
        return {"type": type_name(value), "repr": moment_text(value)}

    def _constant(self, value):
        return {"type": type(value).__name__, "repr": repr(value)}

    def _singleton(self, value):
        return _SINGLETONS[value]

    def _short(self, text):
        return text if len(text) <= self.chars else text[: self.chars] + "…"

    def _children(self, pairs, depth, above):
        """Previews of ``(key, value)`` pairs, as many as the limits allow; whether some were left out."""
        children = []
        most = CHILDREN[depth] if depth < len(CHILDREN) else CHILDREN[-1]
        depth += 1
        names = self._names
        chars = self.chars
        for key, value in pairs:
            if len(children) >= most or self._left <= 0:
                return children, True
            kind = type(value)
            if type(key) is not str:
                secret, key = False, key_text(key, chars)
            else:
                secret = names[key]
                if len(key) > chars:
                    key = key[:chars]
            plain = PLAIN.get(kind)
            if secret and value is not None and kind is not bool:
                preview = self._redacted(value)
            elif plain is not None:
                self._left -= 1
                preview = plain(self, value)
            else:
                preview = self._of_many(kind, value, depth, above)
            children.append({"key": key, "value": preview})
        return children, False

    def container(self, value, pairs, size, depth, above, shown=None):
        """A preview with children, or by size alone where it is deep enough already."""
        name = type_name(value)
        preview = {"type": name, "repr": shown or "<%s of %d>" % (name.rpartition(".")[2], size), "size": size}
        if depth >= DEEPEST or not size:
            if size:
                preview["truncated"] = True
            return preview
        children, cut = self._children(pairs, depth, above)
        if cut:
            preview["truncated"] = True
        if children:
            preview["children"] = children
        return preview

    def _instance(self, value, depth, above):
        kind = type(value)
        if not is_python_class(kind):
            return {"type": type_name(value), "repr": "<%s object>" % kind.__name__}
        # How a library goes about its work is worth less than what the project holds.
        return self.attributes(value, "<%s>" % kind.__name__, depth if is_of_project(kind) else depth + 1, above)

    def attributes(self, value, shown, depth, above, skip=()):
        """An instance by what it holds, read past any ``__getattribute__`` and property."""
        if depth >= DEEPEST - 1:
            return {"type": type_name(value), "repr": self._short(shown)}
        held = held_by(value)
        known = self._known(value, held, depth)
        if known is not None:
            return known
        left = self._left
        pairs = instance_items(value, CHILDREN[0] + len(skip) + 1)
        if skip:
            pairs = [pair for pair in pairs if pair[0] not in skip]
        if not pairs:
            return {"type": type_name(value), "repr": self._short(shown)}
        children, cut = self._children(pairs, depth, above)
        preview = _with(type_name(value), self._short(shown), truncated=cut)
        if children:
            preview["children"] = children
        if not slots[type(value)]:
            self._remember_flat(value, held, depth, preview, left, pairs)
        return preview

    def mapping(self, value, depth, above):
        """A plain dictionary."""
        return self.container(value, value.items(), len(value), depth, above)

    def _known(self, value, held, depth):
        """The preview that was taken of it, if it still holds the same plain values."""
        flat = self._flat.get(id(value))
        if flat is None or flat[0] is not type(value) or flat[1] != depth:
            return None
        before = flat[2]
        if not same_values(held, before) or not all(map(is_, held, before)):
            return None
        _kind, _depth, _held, preview, size = flat
        if size > self._left:
            return None
        # It is made of these values alone, so it is the same even if this is another instance.
        self._left -= size
        return dict(preview)

    def _remember_flat(self, value, held, depth, preview, left, pairs):
        size = left - self._left
        # No other limit cut them.
        if "children" in preview and self._left > 0:
            for _name, item in pairs:
                if type(item) not in PLAIN:
                    return
            if len(self._flat) >= FLAT:
                self._flat.clear()
            self._flat[id(value)] = (type(value), depth, held.copy(), dict(preview), size)


#: By class: how to show what holds nothing else.
PLAIN = {
    str: Previewer.text,
    int: Previewer._int,
    bytes: Previewer._bytes,
    bytearray: Previewer._bytes,
    datetime.datetime: Previewer._moment,
    datetime.time: Previewer._moment,
    type(None): Previewer._singleton,
    bool: Previewer._singleton,
    **dict.fromkeys(_CONSTANTS, Previewer._constant),
    **dict.fromkeys(_QUIET, Previewer._by_repr),
}


def _identity(value):
    """What a secret's token is made of: the same for the same text or number, else for the same type."""
    kind = type(value)
    if issubclass(kind, (str, bytes)):
        return plain(value)
    return repr(value) if kind in (int, float) else type_name(value)


def _with(kind, text, size=None, truncated=False):
    preview = {"type": kind, "repr": text}
    if size is not None:
        preview["size"] = size
    if truncated:
        preview["truncated"] = True
    return preview


def moment_text(value):
    """A ``datetime`` or ``time`` as it is shown; a time zone that may be the project's is asked nothing."""
    zone = value.tzinfo
    if zone is None or type(zone).__module__ in ("datetime", "zoneinfo", "_zoneinfo", "zoneinfo._zoneinfo"):
        return value.isoformat()
    return value.replace(tzinfo=None).isoformat() + " <%s>" % type_name(zone)


def is_python_class(kind):
    """Whether a class was made by a ``class`` statement, not in C."""
    return bool(kind.__flags__ & (1 << 9))  # Py_TPFLAGS_HEAPTYPE
