"""The folder of captures: each written to a temporary name and renamed, listed in an index, pruned in bounds."""

import json
import os

from .index import Index
from .names import RESERVE, SQUEEZED, TABLE
from .shelf import Shelf
from .spent import Spent
from .squeeze import squeeze
from .table import Table
from .whole import append, replace, unlink

#: Bytes behind a capture's compressed data: what writing it took, nanoseconds, the most significant byte first.
TRAILER = 8
#: Bytes that are kept for ``RESERVE``.
RESERVED = 8 * 1024


class Store:
    """One folder of captures, shared by every recording process. All methods may raise ``OSError``."""

    def __init__(self, folder):
        self.folder = folder
        self.table = Table()
        self.spent = Spent()
        self._index = Index(folder)
        self._shelf = Shelf(folder)
        #: Captures and bytes written since the limits were looked at; ``None`` before the first time.
        self._captures_since = None
        self._bytes_since = 0

    def write(self, identifier, data):
        """Keep one capture (packed JSON in bytes, which names entries of ``table``), whole or not at all."""
        data = squeeze(data)
        self._keep_table()
        data += self.spent.told().to_bytes(TRAILER, "big")
        name = "%s.%s%s" % (identifier, self.table.key, SQUEEZED)
        replace(self.folder + os.sep + name, data)
        self._shelf.add(name, len(data))
        try:
            os.stat(self._table_path())
        except FileNotFoundError:  # somebody emptied the folder meanwhile
            self.table.written = 0
            self._keep_table()
        if self._captures_since is not None:
            self._captures_since += 1
        self._bytes_since += len(data)

    def start_over(self):
        """In a forked child: the table is the parent's."""
        self.table = Table()
        self.spent = Spent()
        self._shelf.distrust()

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
            data = _lines(table.lines[from_line:])
            try:
                append(self._table_path(), data)
            except OSError:  # it is gone, or ends within a line now
                from_line = 0
        if not from_line:
            data = _lines(table.lines)
            replace(self._table_path(), data)
        self._bytes_since += len(data)
        self._shelf.add_bytes(len(data))
        table.written = count

    def write_health(self, pid, content):
        """Replace ``recorder-<pid>.json``; where the disk is full, in the room that was kept for it."""
        path = os.path.join(self.folder, "recorder-%d.json" % pid)
        data = json.dumps(content).encode("utf-8", "backslashreplace")
        try:
            replace(path, data)
        except OSError:
            unlink(os.path.join(self.folder, RESERVE))
            try:
                replace(path, data)
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
            replace(path, os.urandom(RESERVED))  # no file system makes a hole of that

    def append(self, summaries):
        """List captures in the index."""
        if not self._index.append(summaries):
            self._shelf.distrust()

    def prune(self, limits):
        """Delete the oldest captures beyond the limits, only when enough was written since the last time."""
        slack = max(1, limits.captures // 25)
        few = self._captures_since is not None and self._captures_since < slack
        if few and self._bytes_since < limits.bytes // 50:
            return
        self._captures_since = self._bytes_since = 0
        # Room for what is written until the next time, so that the limits hold in between.
        most = max(1, limits.captures - slack)
        if self._shelf.prune(most, limits.bytes - limits.bytes // 50, self.table.name + TABLE):
            self._index.forget(self._shelf.told)


def _lines(texts):
    return "".join([text + "\n" for text in texts]).encode("utf-8", "backslashreplace")
