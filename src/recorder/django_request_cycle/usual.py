"""Stages that are the same at every request but for their times: a middleware's, a template's.

They share one detail, and their text is prepared once.
"""

from .location import at, definition, sha1


class Usual:
    """What is the same for a kind of stage. ``detail`` is shared: ``Stage.mine`` copies it before it is changed."""

    __slots__ = ("kind", "name", "target", "origin", "detail", "_text", "_sha1")

    def __init__(self, kind, name, target, detail, origin=None):
        self.kind = kind
        self.name = name
        self.target = target
        self.origin = origin
        self.detail = detail
        self._text = None
        self._sha1 = None

    def text(self, encode):
        """``(head, detail)`` as JSON text: kind, name and location of the stage, and its detail."""
        digest = sha1(self.origin) if self.origin is not None else None
        if self._text is None or digest != self._sha1:
            self._sha1 = digest
            head = '"kind":%s,"name":%s' % (encode(self.kind), encode(self.name))
            location = at(self.origin, 1, with_sha1=True) if self.origin is not None else self._definition()
            if location:
                head += ',"location":' + encode(location)
            self._text = (head, encode(self.detail))
        return self._text

    def _definition(self):
        return definition(self.target) if self.target is not None else None
