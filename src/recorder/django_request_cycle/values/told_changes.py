"""``Change`` objects, the same one each time where the same change is told again.

Most of what a middleware changes is the same for every request: a language, a header, a lazy user. To know such a
change again takes a tenth of showing it, and the writer knows it by its identity.
"""

from functools import partial
from types import FunctionType

from .held import NOT_EVALUATED, held_by, instance_items, lazy_value
from .kinds import show_lazy, show_of, show_request, show_type
from .preview import PLAIN

#: Changes that are remembered.
MOST = 1000
#: Characters of a text, and parts of a value, that are looked at to know it again.
SHORT, FEW = 50, 4
#: How deep.
DEEPEST = 3
#: Stands for what there is not.
ABSENT = object()

_NUMBERS = (int, bool, type(None))
_TEXT_OR_NONE = (str, type(None))
_told = {}
#: The same by their ``id``: it is the same change if it is the same object.
by_id = {}


def change(previewer, place, name, before, after):
    """``{path, before?, after?}``, not to be changed; ``place`` is the path but for the name in it."""
    key = None
    was, is_now = _sign(before, 0), _sign(after, 0)
    if was is not None and is_now is not None:
        key = (place, name, was, is_now, previewer.chars, previewer.more_names)
        known = _told.get(key)
        if known is not None:
            return known
    told = {"path": place % name}
    if before is not ABSENT:
        told["before"] = previewer.named(name, before)
    if after is not ABSENT:
        told["after"] = previewer.named(name, after)
    # What is secret has to be noted by each request.
    if key is not None and "'redacted'" not in repr(told):
        if len(_told) >= MOST:
            _told.clear()
            by_id.clear()
        _told[key] = by_id[id(told)] = told
    return told


def _sign(value, depth):
    """What its preview is made of, as something that can be looked up; ``None`` where that is not quick to say."""
    kind = type(value)
    if kind is str:
        return value if len(value) <= SHORT else None
    if kind in _NUMBERS:
        return kind, value
    if value is ABSENT:
        return value
    if kind in PLAIN:
        return None
    show = show_of(kind)
    if show is show_type:
        return kind
    if show is show_lazy:
        return (kind, None) if lazy_value(value) is NOT_EVALUATED else None
    if show is show_request:
        held = held_by(value)
        method, path = held.get("method"), held.get("path")
        return (kind, method, path) if type(method) in _TEXT_OR_NONE and type(path) is str else None
    if kind is FunctionType:
        return (kind, value.__module__, value.__qualname__) if type(value.__module__) is str else None
    if kind is tuple:
        parts = value
    elif kind is partial and not held_by(value):
        parts = (value.func, value.args, value.keywords)
    elif kind is dict:
        return None if value else (kind,)
    elif show is None and depth < DEEPEST:
        pairs = instance_items(value, FEW + 1)
        parts = [part for pair in pairs for part in pair]
    else:
        return None
    if len(parts) > 2 * FEW:
        return None
    signs = [kind]
    for part in parts:
        sign = part if type(part) is str and len(part) <= SHORT else _sign(part, depth + 1)
        if sign is None:
            return None
        signs.append(sign)
    return tuple(signs)
