"""The values of lines as JSON text: the previews that ``Previewer`` takes, most of them written at once.

Line by line the same few objects come again and again: what is made of steady values alone is remembered as text.
"""

import datetime
import decimal
import json
import uuid
from itertools import islice
from operator import is_

from ..encoding import encode
from ..values.held import held_by, instance_items, key_text, slots, type_name
from ..values.kinds import INDEXES, show_model, show_of, show_type
from ..values.preview import CHILDREN, DEEPEST, MOST, PLAIN, Previewer, is_python_class

#: How far down a line's values count as standing already: a line shows less of what they hold than a stage does.
DEPTH = 1
#: Objects remembered, should they be shown again as they are.
REMEMBERED = 500

_CHILDREN = CHILDREN[DEPTH]
#: Keys beyond it are left to ``Previewer``.
_LARGE = 10**15
_ATTRIBUTES = CHILDREN[0]
_quoted = json.encoder.encode_basestring


class LinePreviewer(Previewer):
    """The previews of one cycle's lines, which its ``text_of`` gives as JSON text."""

    __slots__ = ("_texts",)

    def __init__(self, secrets, chars):
        super().__init__(secrets, chars)
        #: By ``id``: class, how much it held, what of that was looked at, text. The text is made of these alone.
        self._texts = {}

    def forget(self):
        super().forget()
        self._texts.clear()

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
            known = self._texts.get(id(value))
            if known is not None and known[0] is kind:
                held = value if kind is dict else held_by(value)
                _kind, size, before, text = known
                # ``map`` ends where what was looked at does.
                if len(held) == size and all(map(is_, before, held)) and all(map(is_, before.values(), held.values())):
                    return text
            self._left = MOST
            shown = self.preview(value, DEPTH, ())
        except Exception as error:
            shown = {"type": type_name(value), "repr": "<no preview: %s>" % type(error).__name__}
        return shown if type(shown) is str else encode(shown)

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
        children, steady = self._children_text(pairs, depth, above, skip)
        text = head + children + "}"
        if steady and not has_slots:
            # Behind what is shown of it stands nothing but, perhaps, the key that a model is called by.
            most = _CHILDREN + len(skip)
            called_by = type(value)._meta.pk.attname if skip else None
            self._keep(value, held, text, most if called_by is None or called_by in islice(held, most) else len(held))
        return text

    def mapping(self, value, depth, above):
        if len(above) > 1:
            return super().mapping(value, depth, above)
        size = len(value)
        children, steady = self._children_text(list(islice(value.items(), _ATTRIBUTES)), depth, above)
        text = '{"type":"dict","repr":"<dict of %d>","size":%d%s}' % (size, size, children)
        if steady and size <= _ATTRIBUTES:
            self._keep(value, value, text, _CHILDREN)
        return text

    def container(self, value, pairs, size, depth, above, shown=None):
        if len(above) > 1:
            return super().container(value, pairs, size, depth, above, shown)
        name = type_name(value)
        shown = shown or "<%s of %d>" % (name.rsplit(".", 1)[-1], size)
        children, _steady = self._children_text(pairs, depth, above) if size else ("", False)
        return '{"type":%s,"repr":%s,"size":%d%s}' % (_quoted(name), _quoted(shown), size, children)

    def _keep(self, value, held, text, most):
        if len(self._texts) >= REMEMBERED:
            self._texts.clear()
        seen = held.copy() if len(held) <= most else dict(islice(held.items(), most))
        self._texts[id(value)] = (type(value), len(held), seen, text)

    def _children_text(self, pairs, depth, above, skip=()):
        """The members ``truncated`` and ``children`` of a preview, each with a comma before it, of ``(key, value)``
        pairs; whether they stay as they are while the values are the same objects.
        """
        parts = []
        steady = True
        names = self._names
        most = CHILDREN[depth] if depth < len(CHILDREN) else CHILDREN[-1]
        depth += 1
        for key, value in pairs:
            if key in skip:
                continue
            if len(parts) >= most or self._left <= 0:
                return ',"truncated":true,"children":[%s]' % ",".join(parts), steady
            kind = type(value)
            if type(key) is str:
                head = _heads[key if len(key) <= self.chars else key[: self.chars]]
                secret = names[key] and value is not None and kind is not bool
            else:
                head = '{"key":%s,"value":' % _quoted(key_text(key, self.chars))
                secret = False
            write = _WRITE.get(kind)
            if secret:
                text = encode(self._redacted(value))
                steady = steady and write is not None
            elif write is not None:
                self._left -= 1
                text = write(self, value)
                steady = steady and kind is not bytearray
            else:
                text = self._inner_text(kind, value, depth, above)
                if text is None:
                    text = _by_class(value)
                else:
                    steady = False
            parts.append(head + text + "}")
        return ',"children":[%s]' % ",".join(parts) if parts else "", steady

    def _inner_text(self, kind, value, depth, above):
        """The text of what stands inside of something else; ``None`` where it is its class's."""
        if any(value is outer for outer in above):
            return encode(self.preview(value, depth, above))
        if kind is dict or kind is list or kind is tuple:
            self._left -= 1
            size = len(value)
            children = ""
            if depth >= DEEPEST:
                children = ',"truncated":true' if size else ""
            elif size:
                pairs = list(islice(value.items(), _CHILDREN)) if kind is dict else zip(INDEXES, value)
                children, _steady = self._children_text(pairs, depth, above + (value,))
            name = kind.__name__
            return '{"type":"%s","repr":"<%s of %d>","size":%d%s}' % (name, name, size, size, children)
        known = _by_class(value)
        if known is None or len(known) + 20 > self.chars:
            return encode(self.preview(value, depth, above))
        self._left -= 1
        if known[-1:] == "}":
            return None
        key = held_by(value).get(kind._meta.pk.attname)
        if type(key) is int and -_LARGE < key < _LARGE:
            return '%s%d>"}' % (known, key)
        self._left += 1
        return encode(self.preview(value, depth, above))


class _Heads(dict):
    """The text before a child's value, by its key."""

    def __missing__(self, key):
        if len(self) > 5000:
            self.clear()
        head = self[key] = '{"key":%s,"value":' % _quoted(key)
        return head


_heads = _Heads()
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
