"""Files that are written whole or not at all."""

import errno
import os
import time

#: Windows refuses for a moment to rename what a virus scanner looks at: how often to try, and seconds in between.
TRIES, PAUSE = (5, 0.01) if os.name == "nt" else (1, 0)
_BINARY = getattr(os, "O_BINARY", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY
_MORE = os.O_WRONLY | os.O_APPEND | _BINARY


def replace(path, data):
    """Write a file to a temporary name and rename it; its folder is made where it is missing. Raises ``OSError``."""
    temporary = "%s.%d.tmp" % (path, os.getpid())
    try:
        try:
            descriptor = os.open(temporary, _NEW, 0o600)
        except FileNotFoundError:  # the first capture, or somebody removed the folder
            os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
            descriptor = os.open(temporary, _NEW, 0o600)
        try:
            written = os.write(descriptor, data)
            while written < len(data):
                written += os.write(descriptor, data[written:])
        finally:
            os.close(descriptor)
        _rename(temporary, path)
    except BaseException:
        try:
            os.unlink(temporary)
        except OSError:
            pass
        raise


def append(path, data):
    """Write behind a file that is there, at once. Raises ``OSError``, also where not all of it could be written."""
    descriptor = os.open(path, _MORE)
    try:
        write_at_once(descriptor, data)
    finally:
        os.close(descriptor)


def write_at_once(descriptor, data):
    """With one write, so that processes don't mix what they append. Raises ``OSError``."""
    if os.write(descriptor, data) < len(data):
        raise OSError(errno.ENOSPC, "a file could be written in part only")


def unlink(path):
    """Whether a file was there, and could be deleted."""
    try:
        os.unlink(path)
        return True
    except (FileNotFoundError, PermissionError):  # on Windows while somebody reads it
        return False


def _rename(temporary, path):
    for left in reversed(range(TRIES)):
        try:
            os.replace(temporary, path)
            return
        except PermissionError:
            if not left:
                raise
            time.sleep(PAUSE)
