"""What went wrong in the recorder itself: swallowed, counted, and shown in the requests view.

Kept per process; the writer puts it into ``recorder-<pid>.json`` beside the captures.
"""

import functools
import os
import sys
import threading
import traceback

#: Messages kept, newest last.
MESSAGES = 20


class Health:
    """Counts of this process. ``version`` grows with every change, so that the writer knows when to write."""

    def __init__(self):
        self._lock = threading.Lock()
        self.reset()

    def reset(self):
        """Start over, as a forked child does."""
        self.errors = 0
        self.lost = 0
        self.messages = []
        self.version = 0

    def report(self, error):
        """Count an error of the recorder's own. Never raises."""
        try:
            frames = traceback.extract_tb(error.__traceback__)[-1:]
            place = " (%s:%d)" % (os.path.basename(frames[0].filename), frames[0].lineno) if frames else ""
            self._note("%s: %s%s" % (type(error).__name__, str(error)[:300], place), errors=1)
        except Exception:
            self.errors += 1

    def lose(self, reason):
        """Count a capture that could not be kept."""
        self._note(reason, lost=1)

    def _note(self, message, errors=0, lost=0):
        with self._lock:
            self.errors += errors
            self.lost += lost
            if message not in self.messages:
                self.messages = self.messages[1 - MESSAGES :] + [message]
            self.version += 1


health = Health()


def shielded(function):
    """Make a step of the recorder harmless: what it raises is counted, and the request goes on.

    ``SystemExit``, ``KeyboardInterrupt`` and cancellation pass, as they are not the recorder's.
    """

    @functools.wraps(function)
    def shield(*args):
        try:
            return function(*args)
        except Exception as error:
            health.report(error)
            return None

    return shield


def to_stderr(message):
    """A word in the server's terminal. Never raises."""
    try:
        sys.stderr.write("django-request-cycle: %s\n" % message)
    except Exception:  # closed, or None under pythonw
        pass
