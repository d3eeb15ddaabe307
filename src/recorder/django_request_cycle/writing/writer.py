"""Writes captures after their responses were sent, in the thread that served the last of them.

A thread of its own would cost more than the writing: handing over and fighting for the interpreter's lock took twice
the CPU. Of several threads that finish at once one writes for all. Only where more finish than are written do threads
that serve WSGI, whose responses are out, wait for their turn: so the load sinks instead of captures being lost.
"""

import atexit
import collections
import os
import threading
import time

from ..health import health, to_stderr
from . import document
from .order import Order

#: Finished cycles that may wait while another thread writes; more are lost, and counted.
WAITING = 500
#: With more than so many waiting a thread waits for its turn, ``PATIENCE`` seconds at most.
CROWDED = 48
PATIENCE = 1.0
#: Captures after which the thread that writes is relieved by the next that comes.
TIRED = 64
#: Seconds that an ending process waits for what is not yet written.
FLUSH = 5.0
#: Captures that are listed in the index with one write.
TOGETHER = 32


class Writer:
    """Takes finished cycles in any thread."""

    def __init__(self, store):
        self.store = store
        self._said = False
        self._start_over()
        atexit.register(self.flush)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._after_fork)

    def _start_over(self):
        self._waiting = collections.deque()
        self._order = Order(self._waiting.append)
        #: To be called with a cycle when its whole response is about to be sent.
        self.answered = self._order.answered
        self._writing = threading.Lock()
        self._next = threading.Lock()
        #: Whether a thread waits to write next; whether the one that writes has done enough; its identifier.
        self._relief = False
        self._tired = False
        self._writer = None
        self._written = 0
        self._written_health = 0
        self._reserved = False

    def _after_fork(self):
        # What waits in the parent is the parent's to write.
        self._start_over()
        self.store.start_over()
        health.reset()

    def put(self, cycle):
        """Write a finished cycle, or leave it to the thread that is writing."""
        order = self._order
        if len(self._waiting) + len(order) >= WAITING:
            health.lose("the writer could not keep up")
            order.forget(cycle)
            return
        order.add(cycle)
        if self._writer == threading.get_ident():
            return  # a response that was closed by the garbage collector, while this very thread writes
        crowded = len(self._waiting) + len(order) > CROWDED
        if cycle.protocol == "wsgi" and (crowded or self._tired):
            if crowded:
                order.wait(CROWDED // 2, PATIENCE)
            self._relieve(PATIENCE if crowded else 0)
        else:
            self._drain()

    def _relieve(self, patience):
        """Be the next to write. One thread at a time waits for that; without patience only if none does."""
        if not self._next.acquire(timeout=patience):
            return
        try:
            self._relief = True
            turn = self._writing.acquire(timeout=PATIENCE)
        finally:
            self._relief = False
            self._next.release()
        if turn:
            self._write_in_turn()
        self._drain()

    def _drain(self):
        # Looked at again after the lock was given back: another thread may have left something meanwhile.
        while self._waiting and not self._relief and self._writing.acquire(blocking=False):
            self._write_in_turn()

    def _write_in_turn(self):
        """With the lock held: write what waits, until somebody else comes to do it. Gives the lock back."""
        self._writer = threading.get_ident()
        self._tired = False
        begun = self._written
        try:
            while self._waiting and not (self._tired and self._relief):
                self._write_waiting()
                self._tired = self._written - begun >= TIRED
        finally:
            self._writer = None
            self._tired = False
            self._writing.release()

    def flush(self, timeout=FLUSH):
        """Wait until everything handed over is written, ``timeout`` seconds at most."""
        end = time.monotonic() + timeout
        self._order.release()
        while time.monotonic() < end:
            self._drain()
            if not self._waiting and not self._writing.locked():
                return
            time.sleep(0.005)

    def _write_waiting(self):
        spent = self.store.spent
        spent.begin()
        summaries = []
        limits = None
        while self._waiting and len(summaries) < TOGETHER:
            cycle = self._waiting.popleft()
            limits = cycle.limits
            self._written += 1
            self._guarded(self._write, cycle, summaries)
            cycle.let_go()
        self._guarded(self._finish, summaries, limits)
        self._write_health()
        spent.end()

    def _guarded(self, step, *arguments):
        try:
            step(*arguments)
        except Exception as error:
            health.report(error)
            health.lose("a capture could not be written: %s: %s" % (type(error).__name__, error))
            self._say(error)

    def _say(self, error):
        """Once a process, where its developer looks: the folder that can't be written can't hold the news either."""
        if isinstance(error, OSError) and not self._said:
            self._said = True
            to_stderr("captures can't be written to %s: %s" % (self.store.folder, error.strerror or error))

    def _write(self, cycle, summaries):
        status = getattr(cycle.response, "status_code", None)
        if cycle.recorder.control.ignores(cycle.method, cycle.path, "" if status is None else status):
            return
        data, summary = document.build(cycle, self.store.table)
        self.store.write(cycle.id, data)
        summaries.append(summary)

    def _finish(self, summaries, limits):
        if summaries:
            self.store.append(summaries)
            self.store.prune(limits)
            self._reserve()

    def _reserve(self):
        if not self._reserved:
            self._reserved = True
            try:
                self.store.reserve()
            except OSError:
                pass

    def _write_health(self):
        if health.version == self._written_health:
            return
        self._written_health = health.version
        try:
            content = {
                "pid": os.getpid(),
                "errors": health.errors,
                "lost": health.lost,
                "messages": [cut[:500] for cut in health.messages],
            }
            self.store.write_health(os.getpid(), content)
            self._reserved = False
        except OSError:
            self._written_health = -1
