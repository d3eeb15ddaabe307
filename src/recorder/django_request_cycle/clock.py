"""The two clocks: a monotonic one for what takes how long, the wall clock once a request for when it was."""

import time
from datetime import datetime, timezone

#: Nanoseconds, never going back; only differences mean something.
now = time.perf_counter_ns


#: The last second that was written out, and how: most requests of a busy server share one with another.
_second = (-1, "")


def wall():
    """``(milliseconds since 1970, ISO 8601 in UTC with milliseconds)``."""
    global _second
    milliseconds = time.time_ns() // 1_000_000
    second, text = _second
    if milliseconds // 1000 == second:
        return milliseconds, text + "%03dZ" % (milliseconds % 1000)
    try:
        moment = datetime.fromtimestamp(milliseconds / 1000, timezone.utc)
    except (OverflowError, ValueError, OSError):  # a clock set to nonsense
        milliseconds = -1
    if milliseconds < 0:
        milliseconds, moment = 0, datetime.fromtimestamp(0, timezone.utc)
    text = moment.strftime("%Y-%m-%dT%H:%M:%S.")
    _second = (milliseconds // 1000, text)
    return milliseconds, text + "%03dZ" % (milliseconds % 1000)


_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_PAIRS = [high + low for high in _DIGITS for low in _DIGITS]
#: All but the last two digits of the number that was written last, and how.
_leading = (0, "")


def base36_of_moment(milliseconds):
    """``base36`` of a moment like the last: all but the last two digits are the same for more than a second."""
    global _leading
    high, low = divmod(milliseconds, 1296)
    known, text = _leading
    if known != high:
        text = base36(high) if high else ""
        _leading = (high, text)
    return text + _PAIRS[low] if high else base36(low)


def base36(number):
    """``number`` (not negative) in digits and lower-case letters."""
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
        if not number:
            return digits
