"""``Change`` objects, the same one each time where the same change is told again.

Most of what a middleware changes is the same for every request: a language, a header, a lazy user. To know such a
change again takes a tenth of showing it, and the writer knows it by its identity.
"""

import datetime
from functools import partial
from types import FunctionType

from .held import NOT_EVALUATED, held_by, instance_items, lazy_value, slots
from .kinds import NOT_SHOWN, show_lazy, show_model, show_of, show_request, show_type
from .preview import PLAIN, moment_text

#: Changes that are remembered.
MOST = 1000
#: Characters of a text, and parts of a value, that are looked at to know it again.
SHORT, FEW = 50, 4
#: The same of a model's instance: a user comes with every request.
LONG, MANY = 200, 20
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
            return known[0]
    told = {"path": place % name}
    if before is not ABSENT:
        told["before"] = previewer.named(name, before)
    if after is not ABSENT:
        told["after"] = previewer.named(name, after)
    # What is secret has to be noted by each request.
    if key is not None and "'redacted'" not in repr(told):
        _remember(key, told, ())
    return told


def evaluated(previewer, name, value):
    """The change that a lazy object was evaluated, which an attribute of the request holds; not to be changed."""
    wrapped = lazy_value(value)
    sign = _sign_of_model(wrapped) if show_of(type(wrapped)) is show_model else None
    key = None
    if sign is not None:
        key = (name, type(value), sign, previewer.chars, previewer.more_names)
        known = _told.get(key)
        if known is not None:
            for text in known[1]:
                previewer.note_secret(text)
            return known[0]
    after = previewer.named(name, value)
    before = {"type": type(value).__name__, "repr": "<not evaluated>"}
    told = {"path": "request." + name, "before": before, "after": after}
    if key is not None:
        held = held_by(wrapped)
        secrets = [held.get(child["key"]) for child in after.get("children", ()) if "redacted" in child["value"]]
        if all(type(text) is str for text in secrets):
            _remember(key, told, secrets)
    return told


def _remember(key, told, secrets):
    """``secrets``: the texts that each request has to note which tells this."""
    if len(_told) >= MOST:
        _told.clear()
        by_id.clear()
    _told[key] = told, secrets
    by_id[id(told)] = told


def _sign_of_model(value):
    """As ``_sign``, of a model's instance without related ones."""
    held = held_by(value)
    if len(held) > MANY or slots[type(value)]:
        return None
    signs = [type(value)]
    for name, part in held.items():
        if name in NOT_SHOWN:
            continue
        kind = type(part)
        if kind is str:
            if len(part) > LONG:
                return None
        elif kind is datetime.datetime:
            part = moment_text(part)
        elif kind not in _NUMBERS:
            return None
        signs += (name, kind, part)
    return tuple(signs)


def _sign(value, depth):
    """What its preview is made of, as something that can be looked up; ``None`` where that is not quick to say."""
    kind = type(value)
    if kind is str:
        return value if len(value) <= SHORT else None
    if value is ABSENT:
        return value
    known = _signers.get(id(kind))
    if known is None:
        if len(_signers) > 5000:
            _signers.clear()
        # The class is kept, so that its id stays its own.
        known = _signers[id(kind)] = (_signer(kind), kind)
    return known[0](kind, value, depth)


#: What makes the signs of a class's instances, by its ``id``.
_signers = {}


def _signer(kind):
    if kind in _NUMBERS:
        return _sign_of_number
    if kind in PLAIN:
        return _no_sign
    show = show_of(kind)
    known = _BY_SHOW.get(show) or _BY_KIND.get(kind)
    if known is not None:
        return known
    return _sign_of_instance if show is None else _no_sign


def _no_sign(_kind, _value, _depth):
    return None


def _sign_of_number(kind, value, _depth):
    return kind, value


def _sign_of_type(kind, _value, _depth):
    return kind


def _sign_of_lazy(kind, value, _depth):
    return (kind, None) if lazy_value(value) is NOT_EVALUATED else None


def _sign_of_request(kind, value, _depth):
    held = held_by(value)
    method, path = held.get("method"), held.get("path")
    return (kind, method, path) if type(method) in _TEXT_OR_NONE and type(path) is str else None


def _sign_of_function(kind, value, _depth):
    return (kind, value.__module__, value.__qualname__) if type(value.__module__) is str else None


def _sign_of_dict(kind, value, _depth):
    return None if value else (kind,)


def _sign_of_partial(kind, value, depth):
    if held_by(value):
        return _sign_of_instance(kind, value, depth)
    return _sign_of_parts(kind, (value.func, value.args, value.keywords), depth)


def _sign_of_instance(kind, value, depth):
    if depth >= DEEPEST:
        return None
    return _sign_of_parts(kind, [part for pair in instance_items(value, FEW + 1) for part in pair], depth)


def _sign_of_parts(kind, parts, depth):
    if len(parts) > 2 * FEW:
        return None
    signs = [kind]
    for part in parts:
        sign = part if type(part) is str and len(part) <= SHORT else _sign(part, depth + 1)
        if sign is None:
            return None
        signs.append(sign)
    return tuple(signs)


_BY_SHOW = {show_type: _sign_of_type, show_lazy: _sign_of_lazy, show_request: _sign_of_request}
_BY_KIND = {FunctionType: _sign_of_function, tuple: _sign_of_parts, partial: _sign_of_partial, dict: _sign_of_dict}
