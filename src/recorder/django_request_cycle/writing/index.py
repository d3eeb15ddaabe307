"""``index.jsonl``: a summary of each capture, one a line, appended by every process that records into the folder."""

import json
import os
import re
import time

from ..encoding import encode_ascii
from .names import INDEX, order_of
from .whole import replace, unlink, write_at_once

#: How every recorder's line begins.
_ID = re.compile(rb'\{"id":"([0-9a-z-]+)"')
#: A lock this old (seconds) belongs to a process that died.
LOCKED = 60


class Index:
    """The index of one folder. All methods may raise ``OSError``."""

    def __init__(self, folder):
        self._path = os.path.join(folder, INDEX)
        self._lock_path = os.path.join(folder, "index.lock")
        #: Whether it may end within a line: somebody was killed, or the disk full.
        self._torn = True
        #: The bytes it had when this process left it.
        self._left = None
        #: With fewer bytes than this it has few lines of captures that are gone.
        self._spacious = 0

    def append(self, summaries):
        """List captures. Whether nobody else has written to it since this process did so last."""
        lines = [encode_ascii(summary).encode("ascii") + b"\n" for summary in summaries]
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        descriptor = os.open(self._path, flags, 0o600)
        try:
            size = os.fstat(descriptor).st_size
            if self._torn and _ends_within_a_line(descriptor):
                lines.insert(0, b"\n")
            data = b"".join(lines)
            self._torn = True
            write_at_once(descriptor, data)
            self._torn = False
        finally:
            os.close(descriptor)
        alone = size == self._left
        self._left = size + len(data)
        return alone

    def forget(self, names):
        """Drop the lines of captures that are gone, once they are many; what others append meanwhile stays.

        ``names``: gives the ids of the captures that are there, and the order of the newest of them that was seen: what
        is newer was written since.
        """
        if (self._left is not None and self._left < self._spacious) or not self._lock():
            return
        try:
            with open(self._path, "rb") as file:
                content = file.read()
            kept, newest = names()
            lines, most = content.count(b"\n"), 2 * len(kept) + 100
            if lines < most:
                self._spacious = len(content) // max(1, lines) * most
                return
            alive = [line for line in content.splitlines(keepends=True) if _is_alive(_id_of(line), kept, newest)]
            with open(self._path, "rb") as file:
                file.seek(len(content))
                alive.extend(file.readlines())
            data = b"".join(alive)
            replace(self._path, data)
            self._left = len(data)
            self._spacious = len(data) // max(1, len(alive)) * most
        except (FileNotFoundError, PermissionError):  # somebody emptied the folder; on Windows somebody reads it
            pass
        finally:
            unlink(self._lock_path)

    def _lock(self):
        try:
            os.close(os.open(self._lock_path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            return True
        except FileExistsError:
            try:
                if time.time() - os.stat(self._lock_path).st_mtime > LOCKED:
                    os.unlink(self._lock_path)
            except OSError:
                pass
            return False


def _ends_within_a_line(descriptor):
    try:
        os.lseek(descriptor, -1, os.SEEK_END)
    except OSError:  # empty
        return False
    return os.read(descriptor, 1) != b"\n"


def _is_alive(identifier, kept, newest):
    return identifier in kept or (type(identifier) is str and order_of(identifier) > newest)


def _id_of(line):
    match = _ID.match(line)
    if match:
        return match.group(1).decode("ascii")
    try:
        return json.loads(line.decode("utf-8"))["id"]
    except (ValueError, KeyError, TypeError):
        return None
