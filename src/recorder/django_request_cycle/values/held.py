"""What an object holds and what its type is called, read without running a line of its code."""

import types
from itertools import islice
from operator import is_


def plain(value):
    """The text of a ``str`` or ``bytes``, subclasses made plain."""
    if issubclass(type(value), bytes):
        return bytes.decode(value, "utf-8", "replace")
    return str.__str__(value)


def type_name(value):
    """``module.qualname`` of a value's type, the module left off for built-in ones."""
    kind = type(value)
    known = _type_names.get(id(kind))
    if known is None:
        if len(_type_names) > 5000:
            _type_names.clear()
        # The class is kept, so that its id stays its own.
        known = _type_names[id(kind)] = (_type_name(kind), kind)
    return known[0]


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


def instance_items(value, most=None):
    """``(name, value)`` of what an instance holds in its ``__dict__`` (``most`` of these) and slots."""
    items = list(islice(held_by(value).items(), most))
    for name, member in slots[type(value)]:
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


slots = _Slots()
NOT_EVALUATED = object()


def lazy_value(value):
    """What a ``LazyObject`` (``django/utils/functional.py``) wraps, or ``NOT_EVALUATED``."""
    held = object.__getattribute__(value, "__dict__")
    wrapped = held.get("_wrapped", NOT_EVALUATED)
    # Django's mark is an instance of plain object(), which nothing else is.
    return NOT_EVALUATED if type(wrapped) is object else wrapped
