"""What the environment says once for the life of a process."""

import os

#: The folder for captures; its presence switches the recorder on.
FOLDER = "DJANGO_REQUEST_CYCLE"
#: ``1``: record although ``DEBUG`` is off.
WITHOUT_DEBUG = "DJANGO_REQUEST_CYCLE_WITHOUT_DEBUG"
#: ``1``: record the requests of Django's test client (tests run with ``DEBUG`` off, so this is the explicit word).
TESTS = "DJANGO_REQUEST_CYCLE_TESTS"


class Configuration:
    """The recorder's switches. ``folder`` is absolute."""

    def __init__(self, folder, without_debug=False, tests=False):
        self.folder = os.path.abspath(os.path.expanduser(folder))
        self.without_debug = without_debug
        self.tests = tests

    @classmethod
    def from_environment(cls, folder=None, environ=None):
        """Read the variables above. ``None`` when there is no folder for captures."""
        environ = os.environ if environ is None else environ
        folder = folder or environ.get(FOLDER)
        if not folder:
            return None
        return cls(folder, _flag(environ.get(WITHOUT_DEBUG)), _flag(environ.get(TESTS)))


def _flag(value):
    return (value or "").strip().lower() in ("1", "true", "yes", "on")
