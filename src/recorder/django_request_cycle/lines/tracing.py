"""Lines by ``sys.settrace`` (before Python 3.12): per thread, and only where no other tracer is at work."""

import dis
import sys
import threading

from ..cycle import current_cycle
from ..health import health
from ..values.held import type_name
from .recording import wanted
from .stored import stored_by

_RETURN = dis.opmap["RETURN_VALUE"]
_YIELD = dis.opmap["YIELD_VALUE"]
#: Until Python 3.10; a frame that waits there stands before it.
_YIELD_FROM = dis.opmap.get("YIELD_FROM")


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
        raised = None  # the name of its class: the exception itself would hold this frame, which holds this function
        just_raised = False

        def local(frame, event, argument):
            nonlocal raised, just_raised
            try:
                if event == "line":
                    just_raised = False
                    recording.line(frame, frame.f_code, frame.f_lineno)
                elif event == "exception":
                    raised = type_name(argument[1])
                    # So ends what is awaited, too.
                    just_raised = argument[0] is not StopIteration
                elif event == "return":
                    if _is_paused(frame) and not (just_raised and argument is None):
                        pass  # it may go on
                    elif raised is None or frame.f_code.co_code[frame.f_lasti] == _RETURN:
                        recording.returned(frame, argument)
                    else:
                        recording.unwound(frame, raised)
            except Exception as error:
                health.report(error)
            return local

        try:
            # A generator or coroutine that goes on has its record already.
            if not recording.resumes(frame) and recording.start(frame, stored_by(frame.f_code)) is None:
                return None
        except Exception as error:
            health.report(error)
            return None
        return local


def _is_paused(frame):
    """Whether what ``sys.settrace`` calls a return is a generator's or coroutine's pause."""
    if not stored_by(frame.f_code).suspendable:
        return False
    operations = frame.f_code.co_code[frame.f_lasti : frame.f_lasti + 3 : 2]
    return operations[0] == _YIELD or (_YIELD_FROM is not None and operations[1:] == bytes((_YIELD_FROM,)))
