"""What a folder of captures holds, so that the oldest can go without a look at the folder each time."""

import os
import time

from .names import ENDINGS, TABLE, identifier_of, order_of, table_of
from .whole import unlink

#: A temporary file, or a table that no capture needs, this old (seconds) belongs to a process that died.
STALE = 600
#: What a process said of its health this long ago (seconds) is no news any more.
OLD = 7 * 24 * 3600


class Shelf:
    """The captures of one folder as this process knows them. All methods may raise ``OSError``."""

    def __init__(self, folder):
        self.folder = folder
        #: By name, oldest first: ``(order, size)``, the order where a look found it. Captures never change.
        self._captures = {}
        #: Bytes of them and of the processes' tables.
        self._bytes = 0
        #: Captures added since the last look at the folder; ``None`` where another one is due.
        self._since_look = None

    def add(self, name, size):
        """A capture was written."""
        self._captures[name] = (None, size)
        self._bytes += size
        if self._since_look is not None:
            self._since_look += 1

    def add_bytes(self, size):
        """A table grew."""
        self._bytes += size

    def distrust(self):
        """Somebody else may have written or deleted captures."""
        self._since_look = None

    def prune(self, captures, size, table):
        """Delete the oldest beyond so many captures and so many bytes, and what only they needed, but for the
        ``table`` with this name. Whether any went.
        """
        # Now and then whoever wrote: captures are imported and deleted by others, too.
        if self._since_look is None or self._since_look > captures // 2:
            self._look(table)
        dropped = []
        for name, (_order, bytes_of_it) in self._captures.items():
            if len(self._captures) - len(dropped) <= captures and self._bytes <= size:
                break
            dropped.append(name)
            self._bytes -= bytes_of_it
        for name in dropped:
            del self._captures[name]
            if not self._unlink(name):
                self.distrust()
        self._drop_tables({table_of(name) for name in dropped} - {None, table})
        return bool(dropped)

    def told(self):
        """The ids of all captures, and the order of the newest."""
        identifiers = {identifier_of(name) for name in self._captures}
        return identifiers, max(map(order_of, identifiers), default=(0, 0))

    def _look(self, table):
        """See what the folder holds. What others left and nobody needs any more is deleted."""
        found, tables = [], []
        beside = 0
        now = time.time()
        with os.scandir(self.folder) as entries:
            for entry in entries:
                name = entry.name
                try:
                    known = self._captures.get(name)
                    if known is not None or name.endswith(ENDINGS):
                        order, size = known or (None, entry.stat().st_size)
                        found.append((order or order_of(identifier_of(name)), name, size))
                    elif name.endswith(TABLE):
                        tables.append(name)
                        beside += entry.stat().st_size
                    elif name.endswith(".tmp") or name.startswith("recorder-"):
                        if now - entry.stat().st_mtime > (STALE if name.endswith(".tmp") else OLD):
                            self._unlink(name)
                except OSError:  # another process pruned it just now
                    pass
        found.sort()
        self._captures = {name: (order, size) for order, name, size in found}
        self._bytes = beside + sum(size for _order, _name, size in found)
        self._since_look = 0
        self._drop_tables(set(tables) - {table})

    def _drop_tables(self, tables):
        """Delete those that no capture needs, unless their processes may be about to write one."""
        for name in tables.difference(map(table_of, self._captures)) if tables else ():
            path = os.path.join(self.folder, name)
            try:
                status = os.stat(path)
            except OSError:  # it is gone
                continue
            if time.time() - status.st_mtime > STALE and unlink(path):
                self._bytes -= status.st_size

    def _unlink(self, name):
        return unlink(os.path.join(self.folder, name))
