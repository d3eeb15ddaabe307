"""Which lines of project code ran and the values they left: an opt-in, armed through ``control.json``."""

import sys

from .recording import LineRecording

if sys.version_info >= (3, 12):
    from .monitoring import MonitoringEngine as Engine
else:
    from .tracing import TracingEngine as Engine

__all__ = ["LineArming"]


class LineArming:
    """Starts and stops the recording of lines for cycles; one for a process."""

    def __init__(self):
        self._engine = Engine()

    def begin(self, cycle, arming):
        """Arm a new cycle. ``arming`` is what ``Control.arms_lines`` gave; a route waits until it was resolved."""
        mode, route = arming
        if mode == "route":
            cycle.lines_route = route
        else:
            self._start(cycle)

    def none(self):
        """A cycle without lines begins: what an earlier one left on is taken off."""
        self._engine.idle()

    def resolved(self, cycle):
        """The route is known: start where it is the one that was armed."""
        if cycle.lines_route is not None and cycle.lines is None and cycle.route == cycle.lines_route:
            self._start(cycle)

    def _start(self, cycle):
        cycle.lines = LineRecording(cycle)
        refusal = self._engine.start(cycle)
        if refusal:
            cycle.lines = None
            cycle.lose("lines", refusal)

    def enter_thread(self, cycle):
        """A stage begins, perhaps in another thread than the last."""
        if cycle.lines is not None:
            self._engine.enter_thread(cycle)

    def end(self, cycle, keep):
        """The cycle ended. ``keep``: lines are recorded always, so what was instrumented may stay so."""
        if cycle.lines is not None:
            self._engine.stop(cycle, keep)
            cycle.lines.release()
