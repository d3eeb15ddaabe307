"""The folder of captures: each written to a temporary name and renamed, listed in an index, pruned in bounds."""

import errno
import json
import os
import time

from ..encoding import encode_ascii
from .spent import Spent
from .squeeze import squeeze
from .table import Table

INDEX = "index.jsonl"
#: What a capture's name ends with. This recorder writes ``<id>.<key of its table>.cycle.json.z``; the others may be
#: there from earlier versions and from imports.
SQUEEZED = ".cycle.json.z"
ENDINGS = (SQUEEZED, ".cycle.json", ".cycle.json.gz")
TABLE = ".process.jsonl"
#: Bytes behind a capture's compressed data: what writing it took, nanoseconds, the most significant byte first.
TRAILER = 8
#: A temporary file this old (seconds) belongs to a process that died.
STALE = 600
#: What a process said of its health this long ago (seconds) is no news any more.
OLD = 7 * 24 * 3600
#: Room that is kept on the disk for one thing: to say, once it is full, that captures were lost.
RESERVE = "reserve"
RESERVED = 8 * 1024
#: Windows refuses for a moment to rename what a virus scanner looks at: how often to try, and seconds in between.
TRIES, PAUSE = (5, 0.01) if os.name == "nt" else (1, 0)


class Store:
    """One folder of captures, shared by every recording process. All methods may raise ``OSError``."""

    def __init__(self, folder):
        self.folder = folder
        self.table = Table()
        self.spent = Spent()
        self._since_scan = None
        self._bytes_since_scan = 0
        #: What the last look at the folder found, ``{name: (order, name, size)}``: captures never change.
        self._seen = {}
        #: Whether the index may end within a line: somebody was killed, or the disk full.
        self._torn = True

    def write(self, identifier, data):
        """Keep one capture (packed JSON in bytes, which names entries of ``table``), whole or not at all."""
        data = squeeze(data)
        self._keep_table()
        data += self.spent.told().to_bytes(TRAILER, "big")
        self._replace("%s%s%s.%s%s" % (self.folder, os.sep, identifier, self.table.key, SQUEEZED), data)
        try:
            os.stat(self._table_path())
        except FileNotFoundError:  # somebody emptied the folder meanwhile
            self.table.written = 0
            self._keep_table()
        if self._since_scan is not None:
            self._since_scan += 1
        self._bytes_since_scan += len(data)

    def start_over(self):
        """In a forked child: the table is the parent's."""
        self.table = Table()
        self.spent = Spent()

    def _table_path(self):
        return self.folder + os.sep + self.table.name + TABLE

    def _keep_table(self):
        """Write what the table's file lacks, before the capture that needs it; the whole of it after a failure."""
        table = self.table
        count = len(table.lines)
        if table.written == count:
            return
        from_line, table.written = table.written, 0
        if from_line:
            try:
                self._append(self._table_path(), _lines(table.lines[from_line:]))
                table.written = count
                return
            except OSError:  # it is gone, or ends within a line now
                pass
        data = _lines(table.lines)
        self._replace(self._table_path(), data)
        self._bytes_since_scan += len(data)
        table.written = count

    def write_health(self, pid, content):
        """Replace ``recorder-<pid>.json``; where the disk is full, in the room that was kept for it."""
        path = os.path.join(self.folder, "recorder-%d.json" % pid)
        data = json.dumps(content).encode("utf-8", "backslashreplace")
        try:
            self._replace(path, data)
        except OSError:
            self._unlink(RESERVE)
            try:
                self._replace(path, data)
            except OSError:
                # Somebody else took the room: over what was said last, which takes none.
                descriptor = os.open(path, os.O_WRONLY | getattr(os, "O_BINARY", 0))
                try:
                    os.ftruncate(descriptor, os.write(descriptor, data))
                finally:
                    os.close(descriptor)

    def reserve(self):
        """Keep room on the disk for ``write_health``, if there is none yet."""
        path = os.path.join(self.folder, RESERVE)
        if not os.path.exists(path):
            self._replace(path, os.urandom(RESERVED))  # no file system makes a hole of that

    def _replace(self, path, data):
        temporary = "%s.%d.tmp" % (path, os.getpid())
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
            try:
                descriptor = os.open(temporary, flags, 0o600)
            except FileNotFoundError:  # the first capture, or somebody removed the folder
                os.makedirs(self.folder, mode=0o700, exist_ok=True)
                descriptor = os.open(temporary, flags, 0o600)
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

    def _append(self, path, data):
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))
        try:
            _write_whole(descriptor, data)
        finally:
            os.close(descriptor)

    def append(self, summaries):
        """List captures in the index, with one write, so that processes don't mix their lines."""
        lines = [encode_ascii(summary).encode("ascii") + b"\n" for summary in summaries]
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        descriptor = os.open(os.path.join(self.folder, INDEX), flags, 0o600)
        try:
            if self._torn and _ends_within_a_line(descriptor):
                lines.insert(0, b"\n")
            data = b"".join(lines)
            self._torn = True
            _write_whole(descriptor, data)
            self._torn = False
        finally:
            os.close(descriptor)

    def prune(self, limits):
        """Delete the oldest captures beyond the limits. Looks at the folder only when enough was written since."""
        slack = max(1, limits.captures // 25)
        due = self._since_scan is None or self._since_scan >= slack or self._bytes_since_scan >= limits.bytes // 50
        if not due:
            return
        captures, tables, stale = self._scan()
        self._since_scan = self._bytes_since_scan = 0
        # Room for what is written until the next look, so that the limits hold in between.
        captures.sort(reverse=True)
        room = limits.bytes - limits.bytes // 50
        most = max(1, limits.captures - slack)
        kept = set()
        dropped = []
        needed = {self.table.name + TABLE}
        used = sum(size for _name, size, _idle in tables)
        for _order, name, size in captures:
            used += size
            if len(kept) < most and used <= room:
                kept.add(identifier_of(name))
                needed.add(table_of(name))
            else:
                dropped.append(name)
        stale += [name for name, _size, idle in tables if idle > STALE and name not in needed]
        for name in stale:
            self._unlink(name)
        if dropped:
            for name in dropped:
                self._unlink(name)
            self._rewrite_index(kept, captures[0][0])

    def _scan(self):
        captures, tables, stale = [], [], []
        seen, self._seen = self._seen, {}
        now = time.time()
        with os.scandir(self.folder) as entries:
            for entry in entries:
                name = entry.name
                known = seen.get(name)
                try:
                    if known is None and name.endswith(ENDINGS):
                        known = (order_of(name), name, entry.stat().st_size)
                    if known is not None:
                        self._seen[name] = known
                        captures.append(known)
                    elif name.endswith(TABLE):
                        status = entry.stat()
                        tables.append((name, status.st_size, now - status.st_mtime))
                    elif name.endswith(".tmp") or name.startswith("recorder-"):
                        if now - entry.stat().st_mtime > (STALE if name.endswith(".tmp") else OLD):
                            stale.append(name)
                except OSError:  # another process pruned it just now
                    pass
        return captures, tables, stale

    def _unlink(self, name):
        try:
            os.unlink(os.path.join(self.folder, name))
        except (FileNotFoundError, PermissionError):  # on Windows while somebody reads it: the next look finds it again
            pass

    def _rewrite_index(self, kept, newest):
        """Drop the lines of captures that are gone, once they are many; what others append meanwhile stays.

        ``newest``: the order of the newest capture that was seen; what is newer was written since.
        """
        path = os.path.join(self.folder, INDEX)
        lock = os.path.join(self.folder, "index.lock")
        if not self._lock(lock):
            return
        try:
            with open(path, "rb") as file:
                content = file.read()
            if content.count(b"\n") < 2 * len(kept) + 100:
                return
            alive = [line for line in content.splitlines(keepends=True) if _is_alive(_line_id(line), kept, newest)]
            with open(path, "rb") as file:
                file.seek(len(content))
                alive.extend(file.readlines())
            self._replace(path, b"".join(alive))
        except (FileNotFoundError, PermissionError):  # as above
            pass
        finally:
            self._unlink("index.lock")

    def _lock(self, path):
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            return True
        except FileExistsError:
            try:
                if time.time() - os.stat(path).st_mtime > 60:
                    os.unlink(path)
            except OSError:
                pass
            return False


def _lines(texts):
    return "".join([text + "\n" for text in texts]).encode("utf-8", "backslashreplace")


def _write_whole(descriptor, data):
    if os.write(descriptor, data) < len(data):
        raise OSError(errno.ENOSPC, "a file could be written in part only")


def _rename(temporary, path):
    for left in reversed(range(TRIES)):
        try:
            os.replace(temporary, path)
            return
        except PermissionError:
            if not left:
                raise
            time.sleep(PAUSE)


def _ends_within_a_line(descriptor):
    try:
        os.lseek(descriptor, -1, os.SEEK_END)
    except OSError:  # empty
        return False
    return os.read(descriptor, 1) != b"\n"


def identifier_of(name):
    """A capture's id from its file's name."""
    for ending in ENDINGS:
        if name.endswith(ending):
            name = name[: -len(ending)]
            return name.rpartition(".")[0] if ending == SQUEEZED else name
    return name


def table_of(name):
    """The name of the file that a capture's names entries of; ``None`` where it stands alone."""
    if not name.endswith(SQUEEZED):
        return None
    identifier, _dot, key = name[: -len(SQUEEZED)].rpartition(".")
    return "%s-%s%s" % (key, identifier.split("-")[-2] if "-" in identifier else "", TABLE)


def order_of(name):
    """Sorts file names by the time in their id: ``<ms in base 36>-<pid>-<counter>``."""
    return _order(identifier_of(name))


def _order(identifier):
    parts = identifier.split("-")
    try:
        return (int(parts[0], 36), int(parts[-1]))
    except ValueError:
        return (0, 0)


def _is_alive(identifier, kept, newest):
    return identifier in kept or (type(identifier) is str and _order(identifier) > newest)


def _line_id(line):
    try:
        return json.loads(line.decode("utf-8"))["id"]
    except (ValueError, KeyError, TypeError):
        return None
