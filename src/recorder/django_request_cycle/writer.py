"""Writes captures after their responses were sent, in the thread that served the last of them.

A thread of its own would cost more than the writing: handing over and fighting for the interpreter's lock took twice
the CPU. Of several threads that finish at once one writes for all, and none waits for another.
"""

import atexit
import collections
import json
import os
import threading
import time

from . import document
from .health import health, to_stderr
from .stage_document import encode

#: Finished cycles that may wait while another thread writes; more are lost, and counted.
WAITING = 500
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
        self._writing = threading.Lock()
        self._written_health = 0
        self._reserved = False

    def _after_fork(self):
        # What waits in the parent is the parent's to write.
        self._start_over()
        health.reset()

    def put(self, cycle):
        """Write a finished cycle, or leave it to the thread that is writing. Never waits."""
        if len(self._waiting) >= WAITING:
            health.lose("the writer could not keep up")
            return
        self._waiting.append(cycle)
        self._drain()

    def _drain(self):
        # Looked at again after the lock was given back: another thread may have left something meanwhile.
        while self._waiting and self._writing.acquire(blocking=False):
            try:
                self._write_waiting()
            finally:
                self._writing.release()

    def flush(self, timeout=FLUSH):
        """Wait until everything handed over is written, ``timeout`` seconds at most."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            self._drain()
            if not self._waiting and not self._writing.locked():
                return
            time.sleep(0.005)

    def _write_waiting(self):
        summaries = []
        limits = None
        while self._waiting and len(summaries) < TOGETHER:
            cycle = self._waiting.popleft()
            limits = cycle.limits
            self._guarded(self._write, cycle, summaries)
        self._guarded(self._finish, summaries, limits)
        self._write_health()

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
        text, told, summary = document.build(cycle)
        if cycle.secrets.occur_in(told):
            capture = cycle.secrets.hide_all(json.loads(text), told)
            text, summary = encode(capture), capture["summary"]
        # A lone surrogate (undecodable bytes in a path) becomes JSON's own escape.
        self.store.write(cycle.id, text.encode("utf-8", "backslashreplace"))
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
