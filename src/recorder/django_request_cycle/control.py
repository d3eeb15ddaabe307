"""``control.json`` in the capture folder: what the editor tells running servers.

It is read again before a request when its modification time, size or inode changed: one look a request.
"""

import fnmatch
import hashlib
import json
import os
import threading

from .health import shielded
from .limits import Limits

#: Begins the name of the empty file that says that some process took the arming of line recording.
CLAIM = "lines-taken-"


class Control:
    """The state of ``control.json`` as last read; a file that is missing or broken means the defaults."""

    def __init__(self, folder):
        self._folder = folder
        self._path = os.path.join(folder, "control.json")
        self._stamp = None
        self._lock = threading.Lock()
        self._spent = None
        self._take({})

    @shielded
    def refresh(self):
        """Read the file again if it changed."""
        try:
            # As a rule there is none, and to be told so costs less than an exception.
            status = os.stat(self._path) if os.access(self._path, os.F_OK) else None
            stamp = (status.st_mtime_ns, status.st_size, status.st_ino) if status is not None else None
        except OSError:
            stamp = None
        if stamp == self._stamp:
            return
        self._stamp = stamp
        self._take(self._read() if stamp else {})

    def _read(self):
        try:
            with open(self._path, "rb") as file:
                content = json.loads(file.read(1_000_000).decode("utf-8"))
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}

    def _take(self, content):
        self.paused = content.get("paused") is True
        self.limits = Limits(content.get("limits"))
        lines = content.get("lines")
        self._lines = lines if isinstance(lines, dict) else {}
        self.lines_always = self._lines.get("mode") == "always"
        self._ignore = [rule for rule in content.get("ignore") or () if isinstance(rule, dict) and _known(rule)]
        names = content.get("secretNames")
        self.secret_names = tuple(name for name in names if isinstance(name, str)) if isinstance(names, list) else ()

    def ignores(self, method, path, status=None):
        """Whether an ignore rule fits. Without ``status``, rules that name one are left for later."""
        for rule in self._ignore:
            if status is None and "status" in rule:
                continue
            if "path" in rule and not fnmatch.fnmatchcase(path, rule["path"]):
                continue
            if "method" in rule and rule["method"].upper() != method:
                continue
            if "status" in rule and not fnmatch.fnmatchcase(str(status), rule["status"].lower().replace("x", "?")):
                continue
            return True
        return False

    def arms_lines(self):
        """What line recording to do for a request that starts now: ``(mode, route)``, or ``None``.

        ``next`` is given to one request for each ``armedAt``, whichever of the recording processes meets it first.
        """
        mode = self._lines.get("mode")
        if mode == "always":
            return ("always", None)
        if mode == "route" and isinstance(self._lines.get("route"), str):
            return ("route", self._lines["route"])
        if mode == "next":
            with self._lock:
                arming = self._lines.get("armedAt") or self._stamp
                if self._spent == arming:
                    return None
                self._spent = arming
            return ("next", None) if self._claim(arming) else None
        return None

    def _claim(self, arming):
        """Whether this process is the first to take an arming: it made the file that stands for it.

        Where the folder can't be written each process may take it, as no capture will be kept there anyway.
        """
        name = "%s%s" % (CLAIM, hashlib.sha1(repr(arming).encode("utf-8", "replace")).hexdigest()[:16])
        try:
            os.close(os.open(os.path.join(self._folder, name), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            return False
        except OSError:
            return True
        self._forget_claims(name)
        return True

    @shielded
    def _forget_claims(self, kept):
        for name in os.listdir(self._folder):
            if name.startswith(CLAIM) and name != kept:
                os.unlink(os.path.join(self._folder, name))


def _known(rule):
    """An empty rule would ignore everything, so it counts as none."""
    values = [rule[name] for name in ("path", "method", "status") if name in rule]
    return bool(values) and all(isinstance(value, str) for value in values)
