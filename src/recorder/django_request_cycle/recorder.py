"""The recorder of a process: begins cycles, ends them, and hands them to the writer."""

import os
import sys

from .clock import now
from .control import Control
from .cycle import Cycle, current_cycle
from .health import health, shielded
from .hooks.startup import Startup
from .lines import LineArming
from .pages import Pages
from .secrets.process_secrets import process_secrets
from .secrets.redaction import Earlier, ProcessValues, Secrets
from .secrets.tokens import Tokens, store_key
from .writing.store import Store
from .writing.writer import Writer


class Recorder:
    """What the hooks share. ``configuration`` is the environment's word."""

    def __init__(self, configuration):
        self.configuration = configuration
        self.control = Control(configuration.folder)
        self.startup = Startup()
        self.pages = Pages()
        self.lines = LineArming()
        self._writer = Writer(Store(configuration.folder))
        #: Django's, looked up once: the recorder is there before Django is.
        self._settings = None
        self._tokens = None
        self._process_secrets = None
        self._earlier_secrets = Earlier()

    def begin(self, protocol, method, path, static=False):
        """A new cycle for a request, or ``None`` where it is not to be recorded. ``static``: it can't have lines."""
        if not self._wanted(protocol):
            return None
        control = self.control
        control.refresh()
        if control.paused or control.ignores(method, path):
            return None
        cycle = Cycle(self, protocol, method, path)
        arming = None if static else control.arms_lines()
        if arming is not None:
            self.lines.begin(cycle, arming)
        else:
            self.lines.none()
        return cycle

    def _wanted(self, protocol):
        settings = self._settings
        if settings is None:
            from django.conf import settings

            self._settings = settings
        asked = self.configuration.tests
        if protocol == "test":
            return asked
        # A process that runs tests may serve as well: LiveServerTestCase, pytest-django's live_server.
        return settings.DEBUG or self.configuration.without_debug or (asked and "django.test.testcases" in sys.modules)

    def new_secrets(self):
        """The secrets of one capture, over those that the process's settings and environment hold."""
        if self._tokens is None:
            self._process_secrets = ProcessValues(process_secrets(os.environ))
            self._tokens = Tokens(store_key(self.configuration.folder))
        return Secrets(self._tokens, self._process_secrets, self.control.secret_names, self._earlier_secrets)

    def answered(self, cycle):
        """The response is the server's, whole: a client may act on it before ``finish`` is called."""
        self._writer.answered(cycle)

    @shielded
    def finish(self, cycle):
        """The response was sent (or never will be): write the capture."""
        if not cycle.open:
            return
        cycle.open = False
        self.lines.end(cycle, keep=self.control.lines_always)
        cycle.end = now()
        if current_cycle.get() is cycle:
            current_cycle.set(None)
        self._writer.put(cycle)

    def flush(self):
        """Wait until all is written, for tests and the end of the process."""
        self._writer.flush()


def report(error):
    """Count an error that happened while hooks were put in."""
    health.report(error)
