"""The order in which finished cycles are written: a request that began after another's answer is written after that.

The client may have made it from that answer, and so may what the application shows in it: a password in a message on
the next page. That it is one tells the request that brought it, once it is written. Servers end a request only when its
response is out, and by then another thread may be through with the next one.
"""

import threading
import time
from collections import deque

from ..clock import now

#: So long, in nanoseconds, an answered request that has not ended lets others wait. It usually takes microseconds.
PATIENCE = 1_000_000_000


class Order:
    """``join(cycle)`` is called with each cycle when all that are to be written before it have joined."""

    def __init__(self, join):
        self._join = join
        #: When those that have not joined yet were answered, by the cycle's identifier. Cycles themselves may be lost.
        self._answered = {}
        self._held = deque()
        #: One thread may come again while it holds it: a response that the garbage collector closes.
        self._lock = threading.RLock()

    def answered(self, cycle):
        """The whole response is about to go out."""
        self._answered[cycle.id] = cycle.ready

    def add(self, cycle):
        """A cycle has ended: it joins now, or when those before it have."""
        if self._held or self._has_to_wait(cycle):
            with self._lock:
                self._held.append(cycle)
                # Looked at again: what it waits for may have joined before it was seen among the held ones.
                self._free()
        else:
            self._let_join(cycle)
            if self._held:
                with self._lock:
                    self._free()

    def forget(self, cycle):
        """It is lost: nothing waits for it."""
        self._answered.pop(cycle.id, None)

    def release(self):
        """All that are held join, since nothing more is waited for."""
        with self._lock:
            self._answered.clear()
            self._free()

    def __len__(self):
        """How many are held."""
        return len(self._held)

    def wait(self, most, seconds):
        """Until no more than ``most`` are held, ``seconds`` at most."""
        end = time.monotonic() + seconds
        while len(self._held) > most and time.monotonic() < end:
            time.sleep(0.002)
            with self._lock:
                self._free()  # some may have waited for long enough

    def _has_to_wait(self, cycle):
        start = cycle.start
        for identifier, ready in tuple(self._answered.items()):
            if ready < start:
                if now() - ready < PATIENCE:
                    return True
                self._answered.pop(identifier, None)
        return False

    def _free(self):
        freed = True
        while freed:
            freed = [cycle for cycle in self._held if not self._has_to_wait(cycle)]
            for cycle in freed:
                self._held.remove(cycle)
                self._let_join(cycle)

    def _let_join(self, cycle):
        # In this order: whoever no longer sees it among the answered ones joins behind it.
        self._join(cycle)
        self._answered.pop(cycle.id, None)
