"""Lines by ``sys.monitoring`` (Python 3.12 and newer): library code is switched off at its first call."""

import atexit
import sys
import threading

from ..cycle import current_cycle
from ..health import health
from ..values.held import type_name
from .recording import wanted


class MonitoringEngine:
    """Instruments project code while at least one cycle records lines."""

    def __init__(self):
        self._tool = None
        self._users = 0
        self._lock = threading.Lock()
        #: By ``id``, as hashing a code object is slow.
        self._instrumented = {}
        # What still runs while the interpreter takes its modules apart must not come here.
        atexit.register(self._leave)

    def start(self, cycle):
        """Returns why lines can't be recorded, or ``None``."""
        monitoring = sys.monitoring
        with self._lock:
            self._users += 1
            if self._tool is not None:
                return None
            for number in (4, 3, 2):
                try:
                    monitoring.use_tool_id(number, "django-request-cycle")
                except ValueError:
                    continue
                self._tool = number
                break
            if self._tool is None:
                self._users -= 1
                return "every tool id of sys.monitoring is taken"
            events = monitoring.events
            for event, callback in (
                (events.PY_START, self._started),
                (events.LINE, self._line),
                (events.PY_RETURN, self._returned),
                (events.PY_UNWIND, self._unwound),
            ):
                monitoring.register_callback(self._tool, event, callback)
            monitoring.set_events(self._tool, events.PY_START | events.PY_UNWIND)
        return None

    def enter_thread(self, cycle):
        """Monitoring sees every thread."""

    def stop(self, cycle, keep):
        """One cycle less. What is instrumented stays so where the next request records lines too."""
        with self._lock:
            self._users -= 1
        if not keep:
            self.idle()

    def idle(self):
        """Take the instruments off if no cycle needs them."""
        if self._tool is None:
            return
        with self._lock:
            if not self._users:
                self._take_off()

    def _leave(self):
        with self._lock:
            self._take_off()

    def _take_off(self):
        monitoring = sys.monitoring
        if self._tool is not None:
            for code in self._instrumented.values():
                monitoring.set_local_events(self._tool, code, 0)
            self._instrumented.clear()
            monitoring.set_events(self._tool, 0)
            monitoring.free_tool_id(self._tool)
            self._tool = None
            # What was switched off has to come back for the next time.
            monitoring.restart_events()

    def _started(self, code, _offset):
        known = id(code) in self._instrumented
        if not known and not wanted(code):
            return sys.monitoring.DISABLE
        recording = _recording()
        if recording is None:
            return None
        try:
            if not known:
                events = sys.monitoring.events
                self._instrumented[id(code)] = code
                sys.monitoring.set_local_events(self._tool, code, events.LINE | events.PY_RETURN)
            recording.start(sys._getframe(1))
        except Exception as error:
            health.report(error)
        return None

    def _line(self, _code, number):
        cycle = current_cycle.get()
        if cycle is not None and cycle.open and cycle.lines is not None:
            try:
                cycle.lines.line(sys._getframe(1), number)
            except Exception as error:
                health.report(error)

    def _returned(self, _code, _offset, value):
        recording = _recording()
        if recording is not None:
            try:
                recording.returned(sys._getframe(1), value)
            except Exception as error:
                health.report(error)

    def _unwound(self, code, _offset, error):
        if id(code) not in self._instrumented:
            return
        recording = _recording()
        if recording is not None:
            try:
                recording.unwound(sys._getframe(1), type_name(error))
            except Exception as own:
                health.report(own)


def _recording():
    cycle = current_cycle.get()
    return cycle.lines if cycle is not None and cycle.open else None
