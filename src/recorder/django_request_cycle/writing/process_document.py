"""The process as a capture tells of it: what serves, with which settings, and how it started."""

import os
import platform

from ..encoding import encode

_processes = {}


def process_number(cycle, table):
    """The number of the entry for the process, as the request met it."""
    startup = cycle.recorder.startup.describe(cycle.handler_is_async)
    server = cycle.server.get
    key = (cycle.protocol, cycle.static, server("server"), server("host"), server("port"), table.name)
    known = _processes.get(key)
    if known is None or known[0] is not startup:
        if len(_processes) > 100:
            _processes.clear()
        known = _processes[key] = (startup, table.number(encode(_process(cycle, startup)), own=True))
    return known[1]


def _process(cycle, startup):
    from django.conf import settings

    import django

    process = {
        "pid": os.getpid(),
        "python": platform.python_version(),
        "django": django.get_version(),
        "settingsModule": str(getattr(settings, "SETTINGS_MODULE", "") or ""),
        "protocol": cycle.protocol,
        "cwd": os.getcwd(),
        "startup": [] if cycle.static else startup,
    }
    for name in ("server", "host", "port"):
        value = cycle.server.get(name)
        if value is not None:
            process[name] = value
    base = getattr(settings, "BASE_DIR", None)
    if base:
        process["baseDir"] = str(base)
    return process
