"""The values of lines as JSON text: the previews that ``Previewer`` takes, most of them written at once.

Line by line the same few objects come again and again: what is made of steady values alone is remembered as text, and
each text is told once, by its number elsewhere.
"""

import datetime
import decimal
import functools
import json
import uuid
from itertools import count, islice, repeat
from operator import is_, is_not

from ..encoding import encode
from ..secrets.secret_names import names_with
from ..values.held import held_by, instance_items, key_text, slots, type_name
from ..values.kinds import INDEXES, show_model, show_of, show_type
from ..values.preview import CHILDREN, DEEPEST, MOST, PLAIN, Previewer, is_python_class
from .alike import alike_to, alike_with

#: How far down a line's values count as standing already: a line shows less of what they hold than a stage does.
DEPTH = 1
#: Objects remembered, should they be shown again as they are.
REMEMBERED = 500

_CHILDREN = CHILDREN[DEPTH]
_INNER = CHILDREN[DEPTH + 1]
_HOLDING = frozenset((dict, list, tuple))
#: Keys and numbers beyond it are left to ``Previewer``.
_LARGE = 10**15
_ATTRIBUTES = CHILDREN[0]
_quoted = json.encoder.encode_basestring


class LinePreviewer(Previewer):
    """The previews of one cycle's lines, which its ``text_of`` gives as JSON text.

    In place of a container that stands directly inside of something may stand the number of its preview.
    """

    __slots__ = ("values", "_heads", "_alike", "_numbers", "_texts", "_inner", "_next", "_plain")

    def __init__(self, secrets, chars):
        super().__init__(secrets, chars)
        self._heads = _heads_with(secrets.more_names, chars)
        self._alike = alike_with(secrets.more_names, chars)
        #: The JSON text of each distinct preview by its number; they count from 0.
        self.values = {}
        self._numbers = {}
        self._next = count().__next__
        #: Numbers of texts and whole numbers by what they are.
        self._plain = {str: {}, int: {}}
        #: By ``id``: class, how much it held, what of that was looked at, text, keys. The text is made of these alone.
        self._texts = {}
        #: Of containers inside of something, by ``id``: class, size, what was looked at, number, keys, how many values.
        self._inner = {}

    def forget(self):
        super().forget()
        self._texts.clear()
        self._inner.clear()
        self._numbers.clear()
        self._plain.clear()

    def number(self, text):
        """The number of a preview's text."""
        number = self._numbers.get(text)
        if number is None:
            # Other threads may be at it.
            number = self._next()
            self.values[number] = text
            self._numbers[text] = number
        return number

    def number_of(self, name, value):
        """The number of the preview of a value that stands under a name, which may mark it as secret."""
        if self._names[name] and value is not None and type(value) is not bool:
            return self.number(encode(self.hidden(value)))
        return self.number_for(value)

    def number_for(self, value):
        """The number of the preview of a value that stands under no name."""
        kind = type(value)
        known = self._plain.get(kind)
        if known is None or (kind is str and len(value) > 50):
            return self.number(self.text_of(value))
        number = known.get(value)
        if number is None:
            number = known[value] = self.number(_WRITE[kind](self, value))
        return number

    def named_text(self, name, value):
        """The JSON text of the preview of a value that stands under a name, which may mark it as secret."""
        if self._names[name] and value is not None and type(value) is not bool:
            return encode(self.hidden(value))
        return self.text_of(value)

    def text_of(self, value):
        """The JSON text of a value's preview. Never raises."""
        kind = type(value)
        try:
            write = _WRITE.get(kind)
            if write is not None:
                return write(self, value)
            alike = self._alike.get(id(kind))
            if alike is not None and alike.kind is kind:
                text = alike.text_of(held_by(value))
                if text is not None:
                    return text
            known = self._texts.get(id(value))
            if known is not None and known[0] is kind:
                held = value if kind is dict else held_by(value)
                _kind, size, before, text, keys = known
                # ``map`` ends where what was looked at does.
                if (
                    len(held) == size
                    and all(map(is_, before, held))
                    and all(map(is_, before.values(), held.values()))
                    and (not keys or _have(keys))
                ):
                    return text
            self._left = MOST - 1
            show = show_of(kind)
            above = (value,)
            shown = self._instance(value, DEPTH, above) if show is None else show(self, value, DEPTH, above)
        except Exception as error:
            shown = {"type": type_name(value), "repr": "<no preview: %s>" % type(error).__name__}
        if type(shown) is str:
            return shown
        if len(shown) == 2:
            return '{"type":%s,"repr":%s}' % (_quoted(shown["type"]), _quoted(shown["repr"]))
        return encode(shown)

    # Where something stands by itself these three give text; what is inside of it is a part of its preview.

    def attributes(self, value, shown, depth, above, skip=()):
        if len(above) > 1 or depth > DEPTH:
            return super().attributes(value, shown, depth, above, skip)
        held = held_by(value)
        has_slots = bool(slots[type(value)])
        if has_slots or len(held) > _ATTRIBUTES:
            pairs = instance_items(value, _ATTRIBUTES + len(skip) + 1)
        else:
            pairs = list(held.items())
        head = '{"type":%s,"repr":%s' % (_quoted(type_name(value)), _quoted(self._short(shown)))
        children, keys = self._children_text(pairs, depth, above, skip)
        text = head + children + "}"
        if keys is not None and not has_slots:
            if alike_to(self._alike, value, held, text, 1 if skip else 0):
                return text
            # Behind what is shown of it stands nothing but, perhaps, the key that a model is called by.
            most = _CHILDREN + len(skip)
            called_by = type(value)._meta.pk.attname if skip else None
            if called_by is not None and called_by not in islice(held, most):
                most = len(held)
            self._keep(value, held, text, keys, most)
        return text

    def mapping(self, value, depth, above):
        if len(above) > 1:
            return super().mapping(value, depth, above)
        size = len(value)
        children, keys = self._children_text(list(islice(value.items(), _ATTRIBUTES)), depth, above)
        text = '{"type":"dict","repr":"<dict of %d>","size":%d%s}' % (size, size, children)
        if keys is not None and size <= _ATTRIBUTES:
            self._keep(value, value, text, keys, _CHILDREN)
        return text

    def container(self, value, pairs, size, depth, above, shown=None):
        if len(above) > 1:
            return super().container(value, pairs, size, depth, above, shown)
        name = type_name(value)
        shown = shown or "<%s of %d>" % (name.rsplit(".", 1)[-1], size)
        children = self._children_text(pairs, depth, above)[0] if size else ""
        return '{"type":%s,"repr":%s,"size":%d%s}' % (_quoted(name), _quoted(shown), size, children)

    def _keep(self, value, held, text, keys, most):
        if len(self._texts) >= REMEMBERED:
            self._texts.clear()
        seen = held.copy() if len(held) <= most else dict(islice(held.items(), most))
        self._texts[id(value)] = (type(value), len(held), seen, text, keys)

    def _children_text(self, pairs, depth, above, skip=()):
        """The members ``truncated`` and ``children`` of a preview, each with a comma before it, of ``(key, value)``
        pairs; and, where they stay as they are while the values are the same objects, and models among them keep their
        keys, these models, each with its key's name and it; else ``None``.
        """
        parts = []
        keys = []
        steady = True
        heads = self._heads
        most = CHILDREN[depth] if depth < len(CHILDREN) else CHILDREN[-1]
        depth += 1
        for key, value in pairs:
            if key in skip:
                continue
            if len(parts) >= most or self._left <= 0:
                return ',"truncated":true,"children":[%s]' % ",".join(parts), keys if steady else None
            kind = type(value)
            if type(key) is str:
                head, secret = heads[key]
            else:
                head, secret = '{"key":%s,"value":' % _quoted(key_text(key, self.chars)), False
            if secret and value is not None and kind is not bool:
                text = encode(self._redacted(value))
                steady = steady and kind in _WRITE
            elif kind is str and len(value) <= 50:
                self._left -= 1
                parts.append('%s{"type":"str","repr":%s}}' % (head, _quoted(repr(value))))
                continue
            elif kind is int and -_LARGE < value < _LARGE:
                self._left -= 1
                parts.append('%s{"type":"int","repr":"%d"}}' % (head, value))
                continue
            elif kind in _WRITE:
                self._left -= 1
                text = _WRITE[kind](self, value)
                steady = steady and kind is not bytearray
            elif kind in _HOLDING:
                steady = False
                text = self._inner_text(kind, value, depth, above)
            else:
                text = self._steady_text(kind, value, above, keys)
                if text is None:
                    steady = False
                    text = self._inner_text(kind, value, depth, above)
            parts.append(head + text + "}")
        return ',"children":[%s]' % ",".join(parts) if parts else "", keys if steady else None

    def _steady_text(self, kind, value, above, keys):
        """The text of what stands inside of something else where its class says it all, but for a model's key, which
        is added to ``keys``; else ``None``.
        """
        text = _by_class(value)
        if text is None or len(text) + 20 > self.chars:
            return None
        for outer in above:
            if value is outer:
                return None
        if text[-1:] != "}":
            name = kind._meta.pk.attname
            key = held_by(value).get(name)
            if type(key) is not int or not -_LARGE < key < _LARGE:
                return None
            keys.append((value, name, key))
            text = '%s%d>"}' % (text, key)
        self._left -= 1
        return text

    def _inner_text(self, kind, value, depth, above):
        """The text of other things inside of something else, or the number of it."""
        recurs = False
        for outer in above:
            recurs = recurs or value is outer
        if kind in _HOLDING and not recurs:
            size = len(value)
            if size and depth == DEPTH + 1:
                return self._inner_number(kind, value, size, above)
            self._left -= 1
            children = ""
            if size:
                children = ',"truncated":true'
                if depth < DEEPEST:
                    pairs = list(islice(value.items(), _CHILDREN)) if kind is dict else zip(INDEXES, value)
                    children = self._children_text(pairs, depth, above + (value,))[0]
            name = kind.__name__
            return '{"type":"%s","repr":"<%s of %d>","size":%d%s}' % (name, name, size, size, children)
        return encode(self.preview(value, depth, above))

    def _inner_number(self, kind, value, size, above):
        """The number of a container that stands directly inside of ``above[0]``; it names no numbers itself."""
        known = self._inner.get(id(value))
        if known is not None and known[0] is kind and known[1] == size and known[5] <= self._left:
            before = known[2]
            if kind is dict:
                same = all(map(is_, before, value)) and all(map(is_, before.values(), value.values()))
                before = before.values()
            else:
                same = all(map(is_, before, value))
            # What stands inside of itself is shown otherwise; what is steady holds none of these.
            top = above[0]
            apart = type(top) in _HOLDING or all(map(is_not, before, repeat(top)))
            if same and apart and (not known[4] or _have(known[4])):
                self._left -= known[5]
                return known[3]
        left = self._left
        self._left -= 1
        pairs = list(islice(value.items(), _CHILDREN)) if kind is dict else zip(INDEXES, value)
        children, keys = self._children_text(pairs, DEPTH + 1, (*above, value))
        name = kind.__name__
        number = "%d" % self.number(
            '{"type":"%s","repr":"<%s of %d>","size":%d%s}' % (name, name, size, size, children)
        )
        if keys is not None and self._left > 0:
            if len(self._inner) >= REMEMBERED:
                self._inner.clear()
            before = dict(islice(value.items(), _INNER)) if kind is dict else value[:_INNER]
            self._inner[id(value)] = (kind, size, before, number, keys, left - self._left)
        return number


def _have(keys):
    """Whether models still have their keys."""
    for value, name, key in keys:  # noqa: SIM110
        if held_by(value).get(name) is not key:
            return False
    return True


class _Heads(dict):
    """By a child's key the text before its value, and whether the key marks that as secret."""

    def __init__(self, names, chars):
        self._names = names
        self._chars = chars

    def __missing__(self, key):
        if len(self) > 5000:
            self.clear()
        found = self[key] = ('{"key":%s,"value":' % _quoted(key[: self._chars]), self._names[key])
        return found


@functools.lru_cache(maxsize=4)
def _heads_with(more_names, chars):
    return _Heads(names_with(more_names), chars)


#: By the ``id`` of classes: themselves, and the text of an instance inside of something else where they say it all; of
#: a model's, the text up to its key.
_classes = {}


def _by_class(value):
    kind = type(value)
    known = _classes.get(id(kind))
    if known is None or known[0] is not kind:
        if len(_classes) > 5000:
            _classes.clear()
        known = _classes[id(kind)] = (kind, _class_text(value))
    return known[1]


def _class_text(value):
    kind = type(value)
    show = show_of(kind)
    if show is None or show is show_type:
        shown = "<%s>" if show is show_type or is_python_class(kind) else "<%s object>"
        return '{"type":%s,"repr":%s}' % (_quoted(type_name(value)), _quoted(shown % kind.__name__))
    if show is show_model and kind._meta.pk is not None:
        return '{"type":%s,"repr":%s' % (_quoted(type_name(value)), _quoted("<%s: pk=" % kind.__name__)[:-1])
    return None


def _write_text(previewer, value):
    if len(value) > 50 and (len(value) > previewer.chars or ":" in value):
        return encode(previewer.text(value))
    return '{"type":"str","repr":%s}' % _quoted(repr(value))


def _write_int(previewer, value):
    if value.bit_length() >= 500:
        return encode(PLAIN[int](previewer, value))
    return '{"type":"int","repr":"%d"}' % value


def _writer(show):
    return lambda previewer, value: encode(show(previewer, value))


def _write_repr(previewer, value):
    shown = repr(value)
    if len(shown) > previewer.chars:
        shown = shown[: previewer.chars] + "…"
    return '{"type":"%s","repr":%s}' % (type_name(value), _quoted(shown))


def _constant(value):
    text = encode(PLAIN[type(value)](None, value))
    return lambda _previewer, _value: text


#: By class: how to write what holds nothing else.
_WRITE = {
    **{kind: _writer(show) for kind, show in PLAIN.items()},
    datetime.date: _write_repr,
    decimal.Decimal: _write_repr,
    uuid.UUID: _write_repr,
    float: lambda _previewer, value: '{"type":"float","repr":"%r"}' % value,
    str: _write_text,
    int: _write_int,
    type(None): _constant(None),
    bool: lambda _previewer, value: _TRUE if value else _FALSE,
}
_TRUE, _FALSE = (encode(PLAIN[bool](None, value)) for value in (True, False))
