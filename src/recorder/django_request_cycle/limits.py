"""The bounds of what is recorded, each of them a setting (``limits`` in ``control.json``)."""

#: Name, default, least and greatest value. Bytes where the name says so, else counts.
LIMITS = (
    ("captures", 2_000, 10, 100_000),
    ("bytes", 256 * 1024 * 1024, 1024 * 1024, 16 * 1024**3),
    ("eventsPerCapture", 2_000, 0, 100_000),
    ("textBodyBytes", 256 * 1024, 0, 16 * 1024 * 1024),
    ("imageBodyBytes", 1024 * 1024, 0, 16 * 1024 * 1024),
    ("otherBodyBytes", 64 * 1024, 0, 16 * 1024 * 1024),
    ("reprChars", 200, 20, 10_000),
    ("linesPerFrame", 200, 1, 10_000),
    ("frames", 500, 0, 100_000),
    ("stagesPerCapture", 1_000, 50, 100_000),
)


class Limits:
    """The limits in force. A value that is no number or out of range is taken as the nearest that is allowed."""

    __slots__ = tuple(name for name, _default, _least, _greatest in LIMITS)

    def __init__(self, chosen=None):
        chosen = chosen if isinstance(chosen, dict) else {}
        for name, default, least, greatest in LIMITS:
            value = chosen.get(name, default)
            if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value:
                value = default
            setattr(self, name, int(max(least, min(greatest, value))))
