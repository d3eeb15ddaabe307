"""What starting up took: the settings module and each middleware, once a process."""

import functools

from . import clock
from .location import at, definition


class Startup:
    """The steps, settings first, then each middleware in load order (the reverse of ``MIDDLEWARE``)."""

    def __init__(self):
        self._settings = None
        self._middleware = []
        self._described = None

    def install_settings(self, conf):
        """A step for ``django.conf``: time the settings module's import (``Settings.__init__``)."""
        original = conf.Settings.__init__

        @functools.wraps(original)
        def __init__(settings, settings_module, *args, **kwargs):
            begin = clock.now()
            original(settings, settings_module, *args, **kwargs)
            self._settings = {"kind": "settings", "name": str(settings_module), "durationNs": clock.now() - begin}
            self._described = None

        conf.Settings.__init__ = __init__

    def middleware(self, steps):
        """Take the steps of one ``load_middleware``; a later one (another handler) replaces them."""
        if steps:
            self._middleware = steps
            self._described = None

    def describe(self):
        """``StartupStep`` objects."""
        if self._described is None:
            import sys

            steps = []
            if self._settings is not None:
                step = dict(self._settings)
                file = getattr(sys.modules.get(step["name"]), "__file__", None)
                if file:
                    step["location"] = at(file, 1, with_sha1=True)
                steps.append(step)
            for known in self._middleware:
                step = dict(known)
                target = step.pop("target", None)
                location = definition(target) if target is not None else None
                if location:
                    step["location"] = location
                steps.append(step)
            self._described = steps
        return self._described
