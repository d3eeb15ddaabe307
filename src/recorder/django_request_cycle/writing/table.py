"""What the captures of a process have in common, written once: how it started, and the names and places of its code.

Each entry is a JSON value, a line of ``<key>-<pid>.process.jsonl`` beside the captures, which name it by its number
(``src/capture/packed.schema.json``). Used in one thread at a time, by that which writes.
"""

import json
import os

from ..clock import base36, wall

#: A file of this many characters is followed by another one.
MOST = 4 * 1024 * 1024


class Table:
    """The entries of this process. They are kept, should the file be lost."""

    def __init__(self):
        self._start()

    def _start(self):
        #: What captures and the file are named by: when it began, and chance, as containers that share a folder may
        #: begin together and have the same process ids.
        self.key = base36(wall()[0] * 36**3 + int.from_bytes(os.urandom(4), "big") % 36**3)
        self.name = "%s-%d" % (self.key, os.getpid())
        self._numbers = {}
        #: Numbers by what callers know an entry by, where that is quicker to tell than its text.
        self.known = {}
        self._size = 0
        #: The entries as they are to be written, secrets hidden.
        self.lines = []
        #: How many of them the file has.
        self.written = 0
        #: From this one on, they may hold a secret of the request that brought them.
        self._looked_at = 0
        self._own = set()

    def begin(self):
        """A capture begins: with a table that has room, and that no capture has left before it was looked at."""
        if self._size > MOST or self._looked_at < len(self.lines):
            self._start()

    def number(self, text, own=False):
        """The number of the entry with this JSON text. ``own``: it has nothing but the code's names and places."""
        number = self._numbers.get(text)
        if number is None:
            number = self._numbers[text] = len(self.lines)
            self.lines.append(text)
            self._size += len(text)
            if own:
                self._own.add(number)
        return number

    def told(self):
        """What of the new entries may hold a secret, as one text."""
        return "\n".join([self.lines[number] for number in self._new()])

    def hide(self, secrets, encode):
        """Hide in the new entries the secrets that are known now: the request that brought them told them."""
        for number in self._new():
            line = self.lines[number]
            if secrets.occur_in(line):
                self.lines[number] = encode(secrets.hide_all(json.loads(line), line))

    def looked_at(self):
        """The new entries are none any more."""
        self._looked_at = len(self.lines)
        self._own.clear()

    def _new(self):
        return [number for number in range(self._looked_at, len(self.lines)) if number not in self._own]
