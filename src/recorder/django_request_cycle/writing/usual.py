"""Stages that are the same at every request but for their times: a middleware's, a template's.

They share one detail, and what they have in common is an entry of the process's table.
"""

from ..places.location import at, definition, sha1


class Usual:
    """What is the same for a kind of stage. ``detail`` is shared: ``Stage.mine`` copies it before it is changed."""

    __slots__ = ("kind", "name", "target", "origin", "detail", "_entry", "_sha1")

    def __init__(self, kind, name, target, detail, origin=None):
        self.kind = kind
        self.name = name
        self.target = target
        self.origin = origin
        self.detail = detail
        self._entry = (None, 0)
        self._sha1 = None

    def number(self, table, encode):
        """The number of its entry: kind, name and location of the stage, and its detail."""
        digest = sha1(self.origin) if self.origin is not None else None
        known, number = self._entry
        if known == table.name and digest == self._sha1:
            return number
        self._sha1 = digest
        entry = {"kind": self.kind, "name": self.name}
        location = at(self.origin, 1, with_sha1=True) if self.origin is not None else self._definition()
        if location:
            entry["location"] = location
        if self.detail:
            entry["detail"] = self.detail
        number = table.number(encode(entry), own=self.kind != "template")
        self._entry = (table.name, number)
        return number

    def _definition(self):
        return definition(self.target) if self.target is not None else None
