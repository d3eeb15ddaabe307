"""Lines by ``sys.monitoring`` (Python 3.12 and newer): library code is switched off at its first call."""

import atexit
import sys
import threading

from ..cycle import current_cycle
from ..health import health
from ..values.held import type_name
from .recording import wanted
from .stored import stored_by


class MonitoringEngine:
    """Instruments project code while at least one cycle records lines."""

    def __init__(self):
        self._tool = None
        self._users = 0
        self._lock = threading.Lock()
        #: ``Stored`` of code objects, which it holds, by their ``id``, as hashing one is slow.
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
            asked = (events.PY_START, events.LINE, events.PY_RETURN, events.PY_UNWIND)
            for event, callback in zip(asked, self._callbacks()):
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
            for stored in self._instrumented.values():
                monitoring.set_local_events(self._tool, stored.code, 0)
            self._instrumented.clear()
            monitoring.set_events(self._tool, 0)
            monitoring.free_tool_id(self._tool)
            self._tool = None
            # What was switched off has to come back for the next time.
            monitoring.restart_events()

    def _callbacks(self):
        """For calls, lines, returns and exceptions; functions that hold what they need, as they run most of all."""
        instrumented = self._instrumented
        running = current_cycle.get
        frame_of = sys._getframe
        disable = sys.monitoring.DISABLE

        def started(code, _offset):
            stored = instrumented.get(id(code))
            if stored is None and not wanted(code):
                return disable
            cycle = running()
            if cycle is None or not cycle.open or cycle.lines is None:
                return None
            try:
                if stored is None:
                    stored = self._instrument(code)
                cycle.lines.start(frame_of(1), stored)
            except Exception as error:
                health.report(error)
            return None

        def line(code, number):
            cycle = running()
            if cycle is not None and cycle.open and cycle.lines is not None:
                try:
                    cycle.lines.line(frame_of(1), code, number)
                except Exception as error:
                    health.report(error)

        def returned(_code, _offset, value):
            cycle = running()
            if cycle is not None and cycle.open and cycle.lines is not None:
                try:
                    cycle.lines.returned(frame_of(1), value)
                except Exception as error:
                    health.report(error)

        def unwound(code, _offset, error):
            if id(code) not in instrumented:
                return
            cycle = running()
            if cycle is not None and cycle.open and cycle.lines is not None:
                try:
                    cycle.lines.unwound(frame_of(1), type_name(error))
                except Exception as own:
                    health.report(own)

        return started, line, returned, unwound

    def _instrument(self, code):
        events = sys.monitoring.events
        stored = self._instrumented[id(code)] = stored_by(code)
        sys.monitoring.set_local_events(self._tool, code, events.LINE | events.PY_RETURN)
        return stored
