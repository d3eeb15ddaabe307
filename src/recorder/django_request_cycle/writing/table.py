"""What the captures of a process have in common, written once: how it started, and the names and places of its code.

Each entry is a JSON value, a line of ``<key>-<pid>.process.jsonl`` beside the captures, which name it by its number
(``src/capture/packed.schema.json``). Used in one thread at a time, by that which writes.
"""

import json
import os
import time
from marshal import dumps

from ..clock import base36, wall
from ..encoding import encode
from ..values.told_changes import by_id

#: A file of this many characters is followed by another one.
MOST = 4 * 1024 * 1024
#: Entries that are remembered by what they were made from.
MOST_KNOWN = 20_000
#: Seconds until source files are looked at again (``places.location.sha1`` does so as seldom).
FRESH = 2.0
#: Statements that are remembered, and the characters of the longest.
STATEMENTS = 2000
LONGEST_STATEMENT = 4000
#: Bytes of values that are remembered, should they come again, and of the largest.
VALUES = 4 * 1024 * 1024
LARGEST_VALUE = 64_000
#: Times that values of one kind are looked up in vain until only every so manieth of them is.
VAIN, SELDOM = 4, 16
#: What is remembered as holding no secret, and the characters of the longest text of it.
MOST_CLEAN = 500
LONGEST_CLEAN = 2000


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
        #: Numbers by the ``id`` of what they stand for, with it, so that the ``id`` stays its own.
        self._same = {}
        #: Numbers by what callers know an entry by, where that is quicker to tell than its text.
        self.known = {}
        #: Numbers of what names a source file, as it was when files were last looked at: another dictionary each time.
        self.fresh = {}
        self._fresh_since = time.monotonic()
        self.statements = {}
        #: Of statements that came before, the entry and what they have of their own, by all that tells them apart; and
        #: what else decides on how they are shown.
        self._rows = {}
        self._rows_under = None
        #: Numbers of values by what they are, -1 for those that came once, and how many bytes all of them take.
        self._values = {}
        self._values_size = 0
        #: Of those that are entries, and the same object each time, the numbers by their ``id``, and they themselves.
        self._lasting = {}
        #: Of those that are entries, the numbers inside them.
        self._inside = {}
        #: By the kind of value, how many were looked up in vain since one came again.
        self._vain = {}
        #: Details that last, by their ``id``: what is shown of them, the files that stand in it, and they themselves;
        #: and the ``id`` of what is shown.
        self._details = {}
        self._shown = set()
        #: What of captures is an entry, by what it was made of (``known_parts``).
        self.parts = {}
        #: What the capture that is made names of entries that may hold a secret.
        self._named = []
        #: Texts in which secrets were looked for in vain, with these secrets.
        self.clean = set()
        #: By the entries that a capture named, the secrets that were looked for in them in vain, but for passing ones.
        self._absent = {}
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
        elif time.monotonic() - self._fresh_since > FRESH:
            self.fresh = {}
            self._fresh_since = time.monotonic()
        self._named = []

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

    def number_of(self, value, own=False):
        """The number of a JSON value that is the same object each time, and never changes."""
        known = self._same.get(id(value))
        if known is None:
            if len(self._same) > MOST_KNOWN:
                self._same.clear()
            known = self._same[id(value)] = (self.number(encode(value), own), value)
        return known[0]

    def statement(self, key):
        """The number of a statement ``(text, …)``: ``None`` where it is met for the first time or too long to remember,
        -1 where it was met once and has no entry yet: what comes again is worth one.
        """
        number = self.statements.get(key)
        if number is None and len(key[0]) <= LONGEST_STATEMENT:
            if len(self.statements) >= STATEMENTS:
                self.statements.clear()
            self.statements[key] = -1
        return number

    def rows_under(self, rules):
        """Statements that came before under these rules of how they are shown, to be filled."""
        if self._rows_under != rules:
            self._rows_under = rules
            self._rows = {}
        return self._rows

    def repeated(self, value, name_inside=None, own=False):
        """The number of a JSON value that came before; itself where it comes for the first time, or is large: what
        comes again is worth an entry. ``own`` as in ``number``; ``name_inside`` puts numbers inside a value before it
        becomes one: it gets the value and this method.
        """
        try:
            key = dumps(value, 2)  # the quickest way to something that can be looked up
        except ValueError:  # a subclass of a JSON type
            key = encode(value)
        number = self._values.get(key)
        if number is None:
            if len(key) <= LARGEST_VALUE:
                if self._values_size > VALUES:
                    self._values.clear()
                    self._values_size = 0
                self._values_size += len(key)
                self._values[key] = -1
            return value
        if number < 0:
            named = len(self._named)
            if name_inside is not None:
                name_inside(value, self.repeated_inside)
            number = self._values[key] = self.number(encode(value), own)
            self._inside[number] = self._named[named:]
            if not own:
                self._named.append(number)
        elif not own:
            self.again(number)
        return number

    def repeated_inside(self, value):
        """As ``repeated``, of a change or a detail: many are the same object each time."""
        known = self._lasting.get(id(value))
        if known is not None:
            self.again(known[0])
            return known[0]
        number = self.repeated(value)
        if number is not value and (by_id.get(id(value)) is value or id(value) in self._shown):
            if len(self._lasting) >= MOST_KNOWN:
                self._lasting.clear()
            self._lasting[id(value)] = (number, value)
        return number

    def lasting_detail(self, detail, show):
        """What ``show(detail, table, files)`` gives of a detail that lasts, and the files that stand in it."""
        known = self._details.get(id(detail))
        if known is None:
            if len(self._details) > MOST_KNOWN:
                self._details.clear()
                self._shown.clear()
            files = set()
            known = self._details[id(detail)] = (show(detail, self, files), files, detail)
            self._shown.add(id(known[0]))
        return known

    def again(self, number):
        """Name an entry that ``repeated`` gave earlier."""
        self._named += self._inside[number]
        self._named.append(number)

    def repeated_of(self, kind, value, name_inside):
        """As ``repeated``; values of a ``kind`` that never came again are looked up seldom."""
        vain = self._vain.get(kind, 0)
        self._vain[kind] = vain + 1
        if vain >= VAIN and vain % SELDOM:
            return value
        number = self.repeated(value, name_inside)
        if number is not value:
            self._vain[kind] = 0
        return number

    def holding(self, secrets):
        """Of the secrets of the capture that is made, those that an entry may hold which it names by ``repeated``."""
        if not self._named:
            return []
        named = tuple(self._named)
        absent = self._absent.get(named, ())
        # A page that comes again names the same entries, and none of its secrets is new but its own tokens.
        if absent and not secrets.lasting(absent) and not secrets.to_recall(absent):
            return []
        text = "\n".join([self.lines[number] for number in named])
        secrets.recall(text)
        new = secrets.lasting(absent)
        present = secrets.present_in(text, new)
        if not present:
            if len(self._absent) >= MOST_CLEAN or len(absent) >= MOST_CLEAN:
                self._absent.clear()
            self._absent.setdefault(named, set()).update(new, secrets.to_recall(absent))
        return present

    def note_clean(self, looked_for):
        """Remember what was looked for in vain."""
        if len(self.clean) >= MOST_CLEAN:
            self.clean.clear()
        self.clean.add(looked_for)

    def told(self):
        """What of the new entries may hold a secret, as one text."""
        return "\n".join([self.lines[number] for number in self._new()])

    def hide(self, secrets):
        """Hide in the new entries the secrets that are known now: the request that brought them told them."""
        for number in self._new():
            line = self.lines[number]
            present = secrets.present_in(line)
            if present:
                self.lines[number] = encode(secrets.hide_all(json.loads(line), present))

    def looked_at(self):
        """The new entries are none any more."""
        self._looked_at = len(self.lines)
        self._own.clear()

    def _new(self):
        return [number for number in range(self._looked_at, len(self.lines)) if number not in self._own]
