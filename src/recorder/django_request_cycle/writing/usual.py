"""Stages that are the same at every request but for their times: a middleware's, a template's.

They share one detail, and what they have in common is an entry of the process's table.
"""

from ..encoding import encode
from ..places.location import at, definition


class Usual:
    """What is the same for a kind of stage. ``detail`` is shared: ``Stage.mine`` copies it before it is changed."""

    __slots__ = ("kind", "name", "target", "origin", "detail", "entry", "fresh")

    def __init__(self, kind, name, target, detail, origin=None):
        self.kind = kind
        self.name = name
        self.target = target
        self.origin = origin
        self.detail = detail
        #: The number that ``number`` gave last, which stands as long as the table's ``fresh`` is this one.
        self.entry = 0
        self.fresh = None

    def number(self, table):
        """The number of its entry: kind, name and location of the stage, and its detail."""
        if self.fresh is not table.fresh:
            entry = {"kind": self.kind, "name": self.name}
            location = at(self.origin, 1, with_sha1=True) if self.origin is not None else self._definition()
            if location:
                entry["location"] = location
            if self.detail:
                entry["detail"] = self.detail
            self.entry = table.number(encode(entry), own=self.kind != "template")
            self.fresh = table.fresh
        return self.entry

    def _definition(self):
        return definition(self.target) if self.target is not None else None
