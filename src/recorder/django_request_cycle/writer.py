"""The thread that builds and writes captures after their responses were sent; a forked child gets its own."""

import atexit
import json
import os
import queue
import threading
import time

from . import document
from .cycle import current_cycle
from .health import health
from .stage_document import encode

#: Finished cycles that may wait; more are lost, and counted.
WAITING = 500
#: Seconds that an ending process waits for what is not yet written.
FLUSH = 5.0
#: Captures that are listed in the index with one write.
TOGETHER = 32


class Writer:
    """Takes finished cycles in any thread and writes them in its own."""

    def __init__(self, store):
        self.store = store
        self._start_over()
        atexit.register(self.flush)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._after_fork)

    def _start_over(self):
        self._queue = queue.Queue(WAITING)
        self._thread = None
        self._lock = threading.Lock()
        self._written_health = 0

    def _after_fork(self):
        # What waits in the parent is the parent's to write.
        self._start_over()
        health.reset()

    def put(self, cycle):
        """Hand over a finished cycle; never waits."""
        if self._thread is None or not self._thread.is_alive():
            with self._lock:
                if self._thread is None or not self._thread.is_alive():
                    self._thread = threading.Thread(target=self._run, name="django-request-cycle", daemon=True)
                    self._thread.start()
        try:
            self._queue.put_nowait(cycle)
        except queue.Full:
            health.lose("the writer could not keep up")

    def flush(self, timeout=FLUSH):
        """Wait until everything handed over is written, ``timeout`` seconds at most."""
        end = time.monotonic() + timeout
        while self._queue.unfinished_tasks and time.monotonic() < end:
            thread = self._thread
            if thread is None or not thread.is_alive():
                break
            time.sleep(0.005)

    def _run(self):
        current_cycle.set(None)
        while True:
            waiting = [self._queue.get()]
            # What came in meanwhile goes along: one write of the index for all of them.
            while len(waiting) < TOGETHER and not self._queue.empty():
                waiting.append(self._queue.get())
            summaries = []
            for cycle in waiting:
                self._guarded(self._write, cycle, summaries)
            self._guarded(self._finish, summaries, waiting[-1].limits)
            for _cycle in waiting:
                self._queue.task_done()
            cycle = _cycle = waiting = None  # what they hold is the application's
            self._write_health()

    def _guarded(self, step, *arguments):
        try:
            step(*arguments)
        except Exception as error:
            health.report(error)
            health.lose("a capture could not be written: %s: %s" % (type(error).__name__, error))

    def _finish(self, summaries, limits):
        if summaries:
            self.store.append(summaries)
            self.store.prune(limits)

    def _write(self, cycle, summaries):
        status = getattr(cycle.response, "status_code", None)
        if cycle.recorder.control.ignores(cycle.method, cycle.path, "" if status is None else status):
            return
        text, summary = document.build(cycle)
        if cycle.secrets.occur_in(text):
            capture = cycle.secrets.hide_all(json.loads(text), text)
            text, summary = encode(capture), capture["summary"]
        # A lone surrogate (undecodable bytes in a path) becomes JSON's own escape.
        self.store.write(cycle.id, text.encode("utf-8", "backslashreplace"))
        summaries.append(summary)

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
        except OSError:
            self._written_health = -1
