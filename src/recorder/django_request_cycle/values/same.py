"""Which previews within a capture show the same object: they bear the same ``ref``."""

_PLAIN = (str, int, float, complex, bool, bytes, type(None), type)


class Same:
    """Objects that are alive together, as an ``id`` says nothing of others: an exception's frames, an open template.

    It holds previews and ids, no object. A number is given where an object is met for the second time.
    """

    __slots__ = ("_cycle", "_met")

    def __init__(self, cycle):
        self._cycle = cycle
        self._met = {}

    def note(self, value, preview):
        """Gives the preview back, with its ``ref`` if the object was met before."""
        if type(value) not in _PLAIN:
            first = self._met.setdefault(id(value), preview)
            if first is not preview:
                if "ref" not in first:
                    self._cycle.refs += 1
                    first["ref"] = self._cycle.refs
                preview["ref"] = first["ref"]
        return preview
