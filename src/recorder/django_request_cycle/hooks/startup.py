"""What starting up took: the settings module and each middleware, once a process."""

import functools

from .. import clock
from ..places.location import at, definition


class Startup:
    """The steps, settings first, then each middleware in load order (the reverse of ``MIDDLEWARE``)."""

    def __init__(self):
        self._settings = None
        self._middleware = {}
        self._described = {}

    def install_settings(self, conf):
        """A step for ``django.conf``: time the settings module's import (``Settings.__init__``)."""
        original = conf.Settings.__init__

        @functools.wraps(original)
        def __init__(settings, settings_module, *args, **kwargs):
            begin = clock.now()
            original(settings, settings_module, *args, **kwargs)
            self._settings = {"kind": "settings", "name": str(settings_module), "durationNs": clock.now() - begin}
            self._described = {}

        conf.Settings.__init__ = __init__

    def middleware(self, steps, is_async):
        """Take the steps of one ``load_middleware``; a later one of the same mode replaces them."""
        if steps:
            self._middleware[is_async] = steps
            self._described.pop(is_async, None)

    def describe(self, is_async):
        """``StartupStep`` objects of the sync or the async handler."""
        if is_async not in self._described:
            import sys

            steps = []
            if self._settings is not None:
                step = dict(self._settings)
                file = getattr(sys.modules.get(step["name"]), "__file__", None)
                if file:
                    step["location"] = at(file, 1, with_sha1=True)
                steps.append(step)
            for known in self._middleware.get(is_async, ()):
                step = dict(known)
                target = step.pop("target", None)
                location = definition(target) if target is not None else None
                if location:
                    step["location"] = location
                steps.append(step)
            self._described[is_async] = steps
        return self._described[is_async]
