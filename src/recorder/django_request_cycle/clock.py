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


def base36(number):
    """``number`` (not negative) in digits and lower-case letters."""
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
        if not number:
            return digits
