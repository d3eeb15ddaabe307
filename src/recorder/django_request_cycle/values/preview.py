"""Bounded previews of any value, taken without running a line of the project's code.

No ``__repr__``, ``__str__``, ``__getattr__``, ``__len__`` or ``__iter__`` of a user's class is called, no lazy object
or queryset is evaluated, no descriptor fires: instances are read through their ``__dict__``, built-in containers
through their own type's methods. What that can't show is named by its type.
"""

import collections
import datetime
import decimal
import enum
import fractions
import ipaddress
import itertools
import pathlib
import re
import sys
import types
import uuid
from operator import is_

#: Children shown at the first and at each deeper level, and how deep.
CHILDREN = (20, 10, 5)
DEEPEST = 3
#: Values looked at for one preview.
MOST = 80
#: Instances remembered, should they be shown again as they are.
FLAT = 200

_CONSTANTS = (type(None), bool, float, complex, type(Ellipsis), type(NotImplemented))
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
_FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType, types.MethodType, type)
#: What ``django.core.signing`` makes: payload, time and signature; a session's data, a signed cookie's value.
_SIGNED = re.compile(r"\.?[\w-]{4,}={0,2}:[A-Za-z0-9]{5,8}:[\w-]{27,43}\Z")


class Previewer:
    """Takes previews for one capture: ``secrets`` decides by name, ``chars`` bounds each text."""

    __slots__ = ("_secrets", "_names", "_chars", "_left", "_flat")

    def __init__(self, secrets, chars):
        self._secrets = secrets
        self._names = secrets.names
        self._chars = chars
        self._left = 0
        #: Of instances that hold only plain values, by ``id``: class, depth, what they held, preview and its values.
        self._flat = {}

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
            plain = _PLAIN.get(type(value))
            if plain is not None:
                return plain(self, value)
            self._left = MOST
            return self._preview(value, depth, ())
        except Exception as error:
            return {"type": type_name(value), "repr": "<no preview: %s>" % type(error).__name__}

    def hidden(self, value):
        """The preview of a value that is secret whatever its name."""
        if value is None:
            return {"type": "None", "repr": "None"}
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
        elif depth < 4 and _show_of(kind) is _show_lazy:
            self._remember(lazy_value(value), depth + 1)

    def _preview(self, value, depth, above):
        self._left -= 1
        kind = type(value)
        plain = _PLAIN.get(kind)
        if plain is not None:
            return plain(self, value)
        for outer in above:
            if value is outer:
                return {"type": type_name(value), "repr": "<recursion>"}
        above += (value,)
        show = _show_of(kind)
        if show is not None:
            return show(self, value, depth, above)
        return self._instance(value, depth, above)

    def _text(self, value):
        size = len(value)
        if size > 50:
            if ":" in value and _SIGNED.match(value):
                return self._redacted(value)
            if size > self._chars:
                return _with("str", repr(value[: self._chars])[:-1] + "…'", size=size, truncated=True)
        return {"type": "str", "repr": repr(value)}

    def _int(self, value):
        bits = value.bit_length()
        return {"type": "int", "repr": str(value) if bits < 500 else "<int of %d bits>" % bits}

    def _bytes(self, value):
        cut = len(value) > self._chars
        text = repr(bytes(value[: self._chars]))
        return _with(type(value).__name__, text[:-1] + "…'" if cut else text, size=len(value), truncated=cut)

    def _by_repr(self, value):
        return {"type": type_name(value), "repr": self._short(repr(value))}

    def _moment(self, value):
        return {"type": type_name(value), "repr": _moment(value)}

    def _constant(self, value):
        return {"type": "None" if value is None else type(value).__name__, "repr": repr(value)}

    def _short(self, text):
        return text if len(text) <= self._chars else text[: self._chars] + "…"

    def _children(self, pairs, depth, above):
        """Previews of ``(key, value)`` pairs, as many as the limits allow; whether some were left out."""
        children = []
        most = CHILDREN[min(depth, len(CHILDREN) - 1)]
        depth += 1
        names = self._names
        chars = self._chars
        for key, value in pairs:
            if len(children) >= most or self._left <= 0:
                return children, True
            kind = type(value)
            text = key[:chars] if type(key) is str else None
            if text is not None and names[key] and value is not None and kind is not bool:
                preview = self._redacted(value)
            elif kind in _PLAIN:
                self._left -= 1
                preview = _PLAIN[kind](self, value)
            else:
                preview = self._preview(value, depth, above)
            children.append({"key": text if text is not None else key_text(key, chars), "value": preview})
        return children, False

    def container(self, value, pairs, size, depth, above, shown=None):
        """A preview with children, or by size alone where it is deep enough already."""
        name = type_name(value)
        text = shown or "<%s of %d>" % (name.rsplit(".", 1)[-1], size)
        if depth >= DEEPEST or not size:
            return _with(name, text, size=size, truncated=bool(size))
        children, cut = self._children(pairs, depth, above)
        preview = _with(name, text, size=size, truncated=cut)
        if children:
            preview["children"] = children
        return preview

    def _instance(self, value, depth, above):
        kind = type(value)
        if not _is_python_class(kind):
            return {"type": type_name(value), "repr": "<%s object>" % kind.__name__}
        return self.attributes(value, "<%s>" % kind.__name__, depth, above)

    def attributes(self, value, shown, depth, above, skip=()):
        """An instance by what it holds, read past any ``__getattribute__`` and property."""
        if depth >= DEEPEST - 1:
            return {"type": type_name(value), "repr": self._short(shown)}
        held = held_by(value)
        flat = self._flat.get(id(value))
        if flat is not None and flat[0] is type(value) and flat[1] == depth and same_values(held, flat[2]):
            _kind, _depth, _held, preview, size = flat
            if size <= self._left:
                # It is made of these values alone, so it is the same even if this is another instance.
                self._left -= size
                return dict(preview)
        left = self._left
        pairs = instance_items(value)
        if skip:
            pairs = [pair for pair in pairs if pair[0] not in skip]
        if not pairs:
            return {"type": type_name(value), "repr": self._short(shown)}
        children, cut = self._children(pairs, depth, above)
        preview = _with(type_name(value), self._short(shown), truncated=cut)
        if children:
            preview["children"] = children
        size = left - self._left
        whole = size == len(children) and self._left > 0  # none is secret, and no other limit cut them
        if whole and not _slots[type(value)] and all(type(item) in _PLAIN for _name, item in pairs):
            if len(self._flat) >= FLAT:
                self._flat.clear()
            self._flat[id(value)] = (type(value), depth, dict(held), dict(preview), size)
        return preview


#: By class: how to show what holds nothing else.
_PLAIN = {
    str: Previewer._text,
    int: Previewer._int,
    bytes: Previewer._bytes,
    bytearray: Previewer._bytes,
    datetime.datetime: Previewer._moment,
    datetime.time: Previewer._moment,
    **dict.fromkeys(_CONSTANTS, Previewer._constant),
    **dict.fromkeys(_QUIET, Previewer._by_repr),
}


def plain(value):
    """The text of a ``str`` or ``bytes``, subclasses made plain."""
    if issubclass(type(value), bytes):
        return bytes.decode(value, "utf-8", "replace")
    return str.__str__(value)


def _identity(value):
    """What a secret's token is made of: the same for the same text or number, else for the same type."""
    kind = type(value)
    if issubclass(kind, (str, bytes)):
        return plain(value)
    return repr(value) if kind in (int, float) else type_name(value)


def type_name(value):
    """``module.qualname`` of a value's type, the module left off for built-in ones."""
    kind = type(value)
    known = _type_names.get(id(kind))
    if known is None or known[0] is not kind:
        if len(_type_names) > 5000:
            _type_names.clear()
        known = _type_names[id(kind)] = (kind, _type_name(kind))
    return known[1]


_type_names = {}


def _type_name(kind):
    module = type.__getattribute__(kind, "__module__")
    name = type.__getattribute__(kind, "__qualname__")
    return name if module == "builtins" or not isinstance(module, str) else "%s.%s" % (module, name)


def key_text(key, chars=60):
    """A dictionary's key as text; of an object only its type."""
    if type(key) in (int, float, bool, type(None), bytes):
        return repr(key)[:chars]
    if type(key) is tuple:
        return "(%s)" % ", ".join(key_text(part) for part in key[:4])
    if issubclass(type(key), str):
        return str.__str__(key)[:chars]
    return "<%s>" % type_name(key)


def instance_items(value):
    """``(name, value)`` of what an instance holds in its ``__dict__`` and slots."""
    try:
        held = object.__getattribute__(value, "__dict__")
    except AttributeError:
        held = None
    items = list(held.items()) if type(held) is dict else []
    for name, member in _slots[type(value)]:
        try:
            items.append((name, member.__get__(value)))
        except AttributeError:
            pass
    return items


def same_values(held, before):
    """Whether a dictionary still holds the same objects in the same order; nobody's ``__eq__`` is asked."""
    return len(held) == len(before) and all(map(is_, held.values(), before.values()))


def held_by(value):
    """An instance's ``__dict__`` itself, not to be changed; empty where it has none."""
    try:
        held = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return {}
    return held if type(held) is dict else {}


class _Slots(dict):
    """The slots of a class with their descriptors; found once for each class."""

    def __missing__(self, kind):
        if len(self) > 5000:
            self.clear()
        found = self[kind] = tuple(
            (name, member)
            for base in kind.__mro__
            for name, member in vars(base).items()
            if type(member) is types.MemberDescriptorType and not name.startswith("__")
        )
        return found


_slots = _Slots()


def _with(kind, text, size=None, truncated=False):
    preview = {"type": kind, "repr": text}
    if size is not None:
        preview["size"] = size
    if truncated:
        preview["truncated"] = True
    return preview


def _moment(value):
    zone = value.tzinfo
    if zone is None or type(zone).__module__ in ("datetime", "zoneinfo", "_zoneinfo", "zoneinfo._zoneinfo"):
        return value.isoformat()
    return value.replace(tzinfo=None).isoformat() + " <%s>" % type_name(zone)


def _is_python_class(kind):
    return bool(kind.__flags__ & (1 << 9))  # Py_TPFLAGS_HEAPTYPE


def _show_text(previewer, value, depth, above):
    preview = previewer._text(str.__str__(value))
    preview["type"] = type_name(value)
    return preview


def _show_enum(previewer, value, depth, above):
    held = held_by(value)
    return {"type": type_name(value), "repr": "%s.%s" % (type(value).__name__, held.get("_name_", "?"))}


def _show_number(previewer, value, depth, above):
    return {"type": type_name(value), "repr": int.__repr__(value) if int.bit_length(value) < 500 else "<large int>"}


def _show_dict(previewer, value, depth, above):
    return previewer.container(value, dict.items(value), dict.__len__(value), depth, above)


def _sequence(base):
    def show(previewer, value, depth, above):
        size = base.__len__(value)
        if base is tuple and hasattr(type(value), "_fields"):
            pairs = zip(type(value)._fields, tuple.__iter__(value))
        else:
            pairs = ((str(index), item) for index, item in enumerate(base.__iter__(value)))
        return previewer.container(value, pairs, size, depth, above)

    return show


def _show_function(previewer, value, depth, above):
    target = getattr(value, "__func__", value)
    name = "%s.%s" % (getattr(target, "__module__", None), getattr(target, "__qualname__", "?"))
    return {
        "type": type_name(value),
        "repr": "<%s %s>" % ("class" if issubclass(type(value), type) else "function", name),
    }


def _show_module(previewer, value, depth, above):
    return {"type": "module", "repr": "<module %s>" % vars(value).get("__name__", "?")}


def _show_exception(previewer, value, depth, above):
    arguments = BaseException.args.__get__(value)
    pairs = ((str(index), item) for index, item in enumerate(arguments))
    return previewer.container(value, pairs, len(arguments), depth, above, "<%s>" % type(value).__name__)


_SPECIAL = (
    (enum.Enum, _show_enum),
    (str, _show_text),
    (int, _show_number),
    (dict, lambda *arguments: _show_mapping(*arguments)),
    (list, _sequence(list)),
    (tuple, _sequence(tuple)),
    (set, _sequence(set)),
    (frozenset, _sequence(frozenset)),
    (collections.deque, _sequence(collections.deque)),
    (_FUNCTIONS, _show_function),
    (types.ModuleType, _show_module),
    (BaseException, _show_exception),
)


def _show_mapping(previewer, value, depth, above):
    if "django.utils.datastructures" in sys.modules:
        from django.utils.datastructures import MultiValueDict

        if issubclass(type(value), MultiValueDict):
            pairs = (
                (key, items[0] if len(items) == 1 else items) for key, items in dict.items(value) if type(items) is list
            )
            return previewer.container(value, pairs, dict.__len__(value), depth, above)
    return _show_dict(previewer, value, depth, above)


_kinds = {}


def _show_of(kind):
    """How to show an instance of a built-in class or of one of Django's, or ``None``; remembered by class."""
    known = _kinds.get(id(kind))
    if known is not None and known[0] is kind:
        return known[1]
    show = next((show for base, show in _SPECIAL if issubclass(kind, base)), None)
    for base in kind.__mro__ if show is None else ():
        show = _DJANGO.get((base.__module__, base.__name__))
        if show is not None:
            break
    if len(_kinds) > 5000:
        _kinds.clear()
    _kinds[id(kind)] = (kind, show)
    return show


def _show_model(previewer, value, depth, above):
    meta = type(value)._meta
    held = held_by(value)
    key = held.get(meta.pk.attname) if meta.pk is not None else None
    shown = "<%s: pk=%s>" % (type(value).__name__, key_text(key) if key is not None else "None")
    return previewer.attributes(value, shown, depth, above, skip=("_state", "_prefetched_objects_cache", "backend"))


def _show_queryset(previewer, value, depth, above):
    held = held_by(value)
    model = held.get("model")
    name = "QuerySet of %s" % getattr(model, "__name__", "?")
    cache = held.get("_result_cache")
    if type(cache) is not list:
        return {"type": type_name(value), "repr": "<%s, not evaluated>" % name}
    pairs = ((str(index), item) for index, item in enumerate(cache))
    return previewer.container(value, pairs, len(cache), depth, above, "<%s, %d rows>" % (name, len(cache)))


def _show_lazy(previewer, value, depth, above):
    wrapped = lazy_value(value)
    if wrapped is NOT_EVALUATED:
        return {"type": type_name(value), "repr": "<not evaluated>"}
    preview = previewer._preview(wrapped, depth, above)
    return dict(preview, type="%s (lazy)" % preview["type"])


def _show_promise(previewer, value, depth, above):
    held = held_by(value)
    arguments = held.get("_args", held.get("_proxy____args", ()))
    if type(arguments) is tuple and arguments and type(arguments[0]) is str:
        return {"type": "lazy text", "repr": "<lazy %s>" % repr(arguments[0][: previewer._chars])}
    return {"type": "lazy text", "repr": "<not evaluated>"}


def _show_request(previewer, value, depth, above):
    held = held_by(value)
    return {
        "type": type_name(value),
        "repr": "<%s %s %s>" % (type(value).__name__, held.get("method"), held.get("path")),
    }


def _show_response(previewer, value, depth, above):
    held = held_by(value)
    return {
        "type": type_name(value),
        "repr": "<%s %s>" % (type(value).__name__, held.get("status_code", type(value).status_code)),
    }


def _show_form(previewer, value, depth, above):
    held = held_by(value)
    parts = [
        (name, held[name]) for name in ("prefix", "initial", "cleaned_data", "_errors", "instance") if held.get(name)
    ]
    bound = "bound" if held.get("is_bound") else "unbound"
    shown = "<%s, %s>" % (type(value).__name__, bound)
    return previewer.container(value, parts, len(parts), depth, above, shown)


def _show_file(previewer, value, depth, above):
    held = held_by(value)
    name = held.get("_name", held.get("name"))
    return {"type": type_name(value), "repr": "<%s %s>" % (type(value).__name__, key_text(name) if name else "unnamed")}


def _show_type(previewer, value, depth, above):
    return {"type": type_name(value), "repr": "<%s>" % type(value).__name__}


NOT_EVALUATED = object()


def lazy_value(value):
    """What a ``LazyObject`` (``django/utils/functional.py``) wraps, or ``NOT_EVALUATED``."""
    held = object.__getattribute__(value, "__dict__")
    wrapped = held.get("_wrapped", NOT_EVALUATED)
    # Django's mark is an instance of plain object(), which nothing else is.
    return NOT_EVALUATED if type(wrapped) is object else wrapped


_DJANGO = {
    ("django.db.models.base", "Model"): _show_model,
    ("django.db.models.query", "QuerySet"): _show_queryset,
    ("django.db.models.manager", "BaseManager"): _show_type,
    ("django.utils.functional", "LazyObject"): _show_lazy,
    ("django.utils.functional", "Promise"): _show_promise,
    ("django.http.request", "HttpRequest"): _show_request,
    ("django.http.response", "HttpResponseBase"): _show_response,
    ("django.forms.forms", "BaseForm"): _show_form,
    ("django.core.files.base", "File"): _show_file,
    ("django.template.context", "BaseContext"): _show_type,
    ("django.contrib.sessions.backends.base", "SessionBase"): _show_type,
    ("django.template.base", "Template"): _show_type,
    ("django.db.models.query_utils", "Q"): _show_type,
    ("django.db.backends.base.base", "BaseDatabaseWrapper"): _show_type,
}
