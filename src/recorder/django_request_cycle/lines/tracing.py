"""Lines by ``sys.settrace`` (before Python 3.12): per thread, and only where no other tracer is at work."""

import sys
import threading

from ..cycle import current_cycle
from ..health import health
from .recording import wanted


class TracingEngine:
    """Traces the threads that a cycle passes through while at least one cycle records lines."""

    def __init__(self):
        self._users = 0
        self._lock = threading.Lock()

    def start(self, cycle):
        """Returns why lines can't be recorded, or ``None``."""
        other = sys.gettrace()
        if other is not None and getattr(other, "__self__", None) is not self:
            name = getattr(other, "__module__", None) or type(other).__module__
            return "another tracer (%s) holds sys.settrace; Python 3.12 and newer can have both" % name
        with self._lock:
            self._users += 1
        sys.settrace(self._call)
        return None

    def enter_thread(self, cycle):
        """Trace this thread too, as a sync view under ASGI has its own."""
        if sys.gettrace() is None:
            sys.settrace(self._call)

    def stop(self, cycle, keep):
        """One cycle less; a thread whose last it was finds out at its next call."""
        with self._lock:
            self._users -= 1
        if not self._users and getattr(sys.gettrace(), "__self__", None) is self:
            sys.settrace(None)

    def idle(self):
        """Threads find out by themselves."""

    def _call(self, frame, event, _argument):
        if not self._users:
            sys.settrace(None)
            return None
        if event != "call" or not wanted(frame.f_code):
            return None
        cycle = current_cycle.get()
        recording = cycle.lines if cycle is not None and cycle.open else None
        if recording is None:
            return None
        failed = []

        def local(frame, event, argument):
            try:
                if event == "line":
                    recording.line(frame, frame.f_lineno)
                elif event == "return":
                    if failed and argument is None:
                        recording.unwound(frame, failed[-1])
                    else:
                        recording.returned(frame, argument)
                elif event == "exception":
                    failed[:] = [argument[1]]
                    return local
                if event == "line":
                    del failed[:]
            except Exception as error:
                health.report(error)
            return local

        try:
            # A generator or coroutine that goes on has its record already.
            if not recording.resumes(frame) and recording.start(frame) is None:
                return None
        except Exception as error:
            health.report(error)
            return None
        return local
