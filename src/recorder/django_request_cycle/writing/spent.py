"""What is spent after responses were sent, told in the captures."""

from ..clock import now


class Spent:
    """Nanoseconds of writing, each counted for one capture.

    What follows once a capture has told of its time (the last of its own writing, the index, pruning) counts for the
    next one of the process.
    """

    def __init__(self):
        self._since = now()
        self._owed = 0

    def begin(self):
        """A thread begins to write."""
        self._since = now() - self._owed

    def told(self):
        """The time that the capture which is written now tells of."""
        moment = now()
        took = moment - self._since
        self._since = moment
        return max(0, took)

    def end(self):
        """The thread is done for now."""
        self._owed = now() - self._since
