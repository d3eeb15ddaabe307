"""Replaces secrets by tokens: a keyed hash, the same for the same secret within a store, and not to be looked up.

A secret is found by its name (``secret_names``); its value is then replaced wherever else it occurs.
"""

import functools
import html
import json
import re
from binascii import b2a_base64
from collections import OrderedDict
from itertools import islice
from urllib.parse import quote, quote_plus, unquote_plus

from .secret_names import is_secret_name, names_with

#: Values shorter than this are replaced in their own place only: elsewhere they would hit ordinary text.
SHORTEST = 4
#: Values shorter than this are replaced elsewhere only where they stand as a word of their own.
SHORTEST_INSIDE = 7
#: So many characters at its beginning give a secret away where a limit cut the rest.
CUT = 5
#: So many characters before a cut are looked at.
END = 200
#: A secret longer than this is recognised by its first so many characters.
LONGEST = 4096
#: Distinct values remembered for one capture.
MOST = 400

#: Secrets of earlier requests that are looked for in later ones, and how many one request may add.
EARLIER = 40
EARLIER_OF_ONE = 20
#: What quoting and escaping leave as it is.
_WORDS = re.compile(r"[A-Za-z0-9_.-]+")
#: A secret of fewer bytes has too few letters of its own, once it is encoded, to be told from others.
ENCODED_FROM = 12
#: How a text ends that was cut, and the same as bytes.
_ENDS = ("…", "…'", '…"')
_CUTS = tuple(end.encode("utf-8") for end in _ENDS)
#: What stands in a URL's place for the user, without a password, is a key if it is so long.
KEY_FROM = 16

#: Parts of a capture that hold places in the source, which links need whole.
_PLACES = frozenset(
    (
        "location",
        "viewLocation",
        "actionLocation",
        "answeredAt",
        "templateLocation",
        "sources",
        "process",
        "id",
        "format",
    )
)
_ORDINARY = frozenset(
    ("secret true false none null undefined yes post get html utf-8 text json admin test user").split()
)


class Earlier:
    """The last secrets that earlier requests of this process brought, should the application repeat one under no name:
    a password in a message that the next page shows. Used in one thread at a time.
    """

    def __init__(self):
        self._cores = OrderedDict()
        #: How many were ever remembered.
        self.count = 0

    def remember(self, values):
        """Keep the first of one capture's secrets, in place of the oldest."""
        for value in islice(values, EARLIER_OF_ONE):
            core = core_of(value)
            if len(core) >= SHORTEST_INSIDE:
                self.count += value not in self._cores
                self._cores[value] = core
                self._cores.move_to_end(value)
        while len(self._cores) > EARLIER:
            self._cores.popitem(last=False)

    def others(self, known, absent):
        """Those that are neither ``known`` nor, in a tuple, ``absent``; each in a tuple."""
        return [(value,) for value in self._cores if value not in known and (value,) not in absent]

    def found_in(self, text, known):
        """Those that the text may hold, but for the ``known`` ones."""
        return [value for value, core in self._cores.items() if value not in known and core in text]


class Secrets:
    """The secret values met by one capture, over those of the process (settings, environment)."""

    def __init__(self, tokens, process_values, more_names=(), earlier=None):
        self._tokens = tokens
        self._earlier = earlier
        self._process = process_values
        #: Each with whether it outlasts the request.
        self._values = {}
        self.more_names = more_names
        #: ``names[name]``: whether a value under this name is secret; the quick way, for names that are plain ``str``.
        self.names = names_with(more_names)

    def is_secret(self, name):
        """Whether a value under this name is secret."""
        return isinstance(name, str) and is_secret_name(name, self.more_names)

    def replace(self, value):
        """The token that stands for ``value``, which from now on is hidden everywhere in this capture."""
        self.add(value)
        return self._tokens.token(value)

    def token(self, value):
        """The token of a text, without hiding it elsewhere."""
        return self._tokens.token(value)

    def add(self, value, passing=False):
        """Remember a secret text. ``passing``: made for this request only, so that no later one can repeat it."""
        value = value.strip()
        if len(value) < SHORTEST or value.lower() in _ORDINARY or value.startswith("[secret:"):
            return
        if len(self._values) < MOST and value not in self._values:
            self._values[value[:LONGEST]] = passing

    def tell(self, values):
        """Remember secrets that ``noting`` gave."""
        for value, passing in values.items():
            if len(self._values) < MOST:
                self._values.setdefault(value, passing)

    def noting(self, make, *arguments):
        """What ``make`` gives, which may not depend on the secrets known so far, and those that it adds."""
        before, self._values = self._values, {}
        try:
            made = make(*arguments)
        finally:
            added, self._values = self._values, before
            self.tell(added)
        return made, added

    def recall(self, *texts):
        """Of the secrets that earlier requests brought, those that one of the texts may hold count from now on."""
        if self._earlier is not None:
            own = self._lasting()
            for text in texts:
                for value in self._earlier.found_in(text, self._values):
                    self.add(value)
            self._earlier.remember(own)

    def remember(self):
        """Later requests are to recall those that this one brought."""
        if self._earlier is not None:
            self._earlier.remember(self._lasting())

    def _lasting(self):
        return [value for value, passing in self._values.items() if not passing]

    def known(self):
        """What tells this capture's secrets, and those of earlier requests, from those of another."""
        return (*self._values, self._earlier.count if self._earlier is not None else 0)

    def lasting(self, absent=()):
        """The process's and this capture's but for the ``absent`` and those that pass, which nothing older can hold."""
        wanted = [value for value in self._process.values if value not in absent]
        return wanted + [value for value in self._lasting() if value not in absent]

    def to_recall(self, absent):
        """What ``recall`` may find in a text, each in a tuple; but for the ``absent``."""
        return self._earlier.others(self._values, absent) if self._earlier is not None else []

    def occur_in(self, text, among=None):
        """Whether a text, JSON or not, may hold one of the values: a fast look before the slow replacement.

        ``among``: only these are looked for.
        """
        return bool(self.present_in(text, among))

    def occur_in_bytes(self, data):
        """As ``occur_in`` for bytes that are no text; those of earlier requests count, too."""
        text = data.decode("latin-1")
        self.recall(text)
        return self.occur_in(text)

    def present_in(self, text, among=None):
        """The values that ``text`` may hold, whole or, where a limit cut it, their beginning; longest first."""
        ends = _ends_before_cuts(text)
        found = []
        for values in (self._process.values, self._values) if among is None else (among,):
            for value in values:
                whole = False
                # A quick look at a part of it, then the sure one.
                for needle in needles_of(value):
                    if needle in text:
                        whole = _any_in(text, _spellings(value)) or _any_in(text, encoded(value))
                        break
                if whole or (ends and _any_cut(_forms(value), ends)):
                    found.append(value)
        return sorted(found, key=len, reverse=True) if len(found) > 1 else found

    def hide(self, text, present=None):
        """``text`` with every known secret replaced, also in its URL-quoted, HTML- and ``repr``-escaped forms.

        ``present``: those of them that it may hold, where that is known.
        """
        if present is None:
            present = self.present_in(text)
        return self._hide(text, present) if present else text

    def hide_in_utf8(self, data, present):
        """As ``hide``, for a text that was not cut and is at hand as bytes in UTF-8; ``None`` where that won't do."""
        for value in present:
            if len(_forms(value)) > 1 or len(value) < SHORTEST_INSIDE:
                return None
            for form in encoded(value):
                if form.encode("ascii") in data:
                    return None
        if data.endswith(_CUTS):
            return None
        for value in present:
            data = data.replace(value.encode("ascii"), self._tokens.token(value).encode("ascii"))
        return data

    def hide_all(self, value, present):
        """A JSON value with the secrets that are ``present`` in it hidden in each of its texts, keys included."""
        kind = type(value)
        if kind is str:
            return self._hide(value, present)
        if kind is list:
            return [self.hide_all(item, present) for item in value]
        if kind is dict:
            return {
                self._hide(key, present): item if key in _PLACES else self.hide_all(item, present)
                for key, item in value.items()
            }
        return value

    def _hide(self, text, present):
        for value in present:
            for form in _forms(value):
                if form not in text:
                    continue
                if len(form) >= SHORTEST_INSIDE:
                    text = text.replace(form, self._tokens.token(value))
                else:
                    text = re.sub(r"(?<![\w:])%s(?!\w)" % re.escape(form), self._tokens.token(value), text)
            for form in encoded(value):
                if form in text:
                    around = r"[A-Za-z0-9+/_-]*%s[A-Za-z0-9+/_-]*=*" % re.escape(form)
                    text = re.sub(around, self._tokens.token(value), text)
        if text.endswith(_ENDS):
            text = self._cut_tail(text, present)
        return text

    def _cut_tail(self, text, present):
        """Drop the start of a secret that a limit cut in two: ``'hunter-…'``."""
        body, mark = text.rsplit("…", 1)
        for value in present:
            for form in _forms(value):
                for length in range(min(len(form) - 1, len(body)), CUT - 1, -1):
                    if body.endswith(form[:length]):
                        return body[:-length] + self._tokens.token(value) + "…" + mark
        return text

    def query(self, query):
        """A raw query string with the values of secret names replaced."""
        if "=" not in query:
            return query
        parts = query.split("&")
        for index, part in enumerate(parts):
            name, equals, value = part.partition("=")
            if equals and value and self.is_secret(unquote_plus(name)):
                parts[index] = "%s=%s" % (name, self.replace(unquote_plus(value)))
        return "&".join(parts)

    def url(self, url):
        """A URL with credentials and secret query values replaced."""
        head, mark, query = url.partition("?")
        if "@" in head and "//" in head:
            scheme, _slashes, rest = head.partition("//")
            credentials, _at, host = rest.rpartition("@")
            if credentials and "/" not in credentials:
                user, colon, password = credentials.partition(":")
                if password:
                    password = self.replace(password)
                elif len(user) >= KEY_FROM:
                    user = self.replace(user)
                shown = user + colon + password
                head = "%s//%s@%s" % (scheme, shown, host)
        if not mark:
            return head
        query, hash_mark, fragment = query.partition("#")
        return head + mark + self.query(query) + hash_mark + fragment


@functools.lru_cache(maxsize=2048)
def _forms(value):
    """The ways a value may be written: as it is, quoted for a URL, escaped for HTML, JSON or ``repr``."""
    if value.isalnum() and value.isascii():
        return (value,)
    forms = {value, quote(value, safe=""), quote(value), quote_plus(value), html.escape(value)}
    forms.add(html.escape(value).replace("&#x27;", "&#39;"))
    forms.add(json.dumps(value)[1:-1])
    forms.add(json.dumps(value, ensure_ascii=False)[1:-1])
    forms.add(repr(value)[1:-1])
    return tuple(sorted((form for form in forms if form), key=len, reverse=True))


@functools.lru_cache(maxsize=2048)
def encoded(value):
    """What any text that holds the value holds in base64, of either alphabet, and in hexadecimal digits."""
    data = value.encode("utf-8", "replace")
    if len(data) < ENCODED_FROM:
        return ()
    forms = [data.hex()]
    for before in (b"", b"\0", b"\0\0"):  # what stands before it moves it by 0 to 2 bytes
        form = b2a_base64(before + data, newline=False).decode("ascii").rstrip("=")[4:-4]
        forms.append(form)
        if "+" in form or "/" in form:
            forms.append(form.replace("+", "-").replace("/", "_"))
    return tuple(forms)


def core_of(value):
    """Its longest run of what quoting and escaping leave as it is, so that one look finds every spelling."""
    if value.isalnum() and value.isascii():
        return value
    return max(_WORDS.findall(value), key=len, default="")


@functools.lru_cache(maxsize=2048)
def needles_of(value):
    """What to look for in a text, JSON or not, to know whether it may hold the value."""
    core = core_of(value)
    coded = encoded(value)  # whole: a long text is found faster than a short one
    if len(core) >= SHORTEST_INSIDE:
        return (core, *coded)
    forms = set(_forms(value))
    return tuple(forms | {json.dumps(form, ensure_ascii=False)[1:-1] for form in forms}) + coded


@functools.lru_cache(maxsize=2048)
def _spellings(value):
    """Every form of a value, in plain text and in JSON."""
    forms = _forms(value)
    if len(forms) == 1:
        return forms
    return tuple({*forms, *(json.dumps(form, ensure_ascii=False)[1:-1] for form in forms)})


def _ends_before_cuts(text):
    """What stands before each ``…`` that a limit left, one after the other: the place of a secret cut in two."""
    ends = []
    at = text.find("…")
    while at >= 0:
        ends.append(text[max(0, at - END) : at])
        at = text.find("…", at + 1)
    return "\n".join(ends)


# Loops, as a generator for each of the values takes most of the time of a look.
def _any_in(text, parts):
    for part in parts:  # noqa: SIM110
        if part in text:
            return True
    return False


def _any_cut(forms, ends):
    for form in forms:  # noqa: SIM110
        if len(form) > CUT and form[:CUT] in ends and _is_cut(form, ends):
            return True
    return False


def _is_cut(form, ends):
    """Whether one of the ``ends`` is the beginning of ``form``: that it holds one is not enough, as the key that
    ``startproject`` makes begins like every name of Django's.
    """
    start = form[:CUT]
    at = ends.find(start)
    while at >= 0:
        stop = ends.find("\n", at)
        rest = ends[at:] if stop < 0 else ends[at:stop]
        # Written otherwise by some escape: to be looked at in full.
        if form.startswith(rest) or "\\" in rest or "&" in rest or "%" in rest:
            return True
        at = ends.find(start, at + 1)
    return False


class ProcessValues:
    """Secret texts that a process knows from the start, ready to be looked for."""

    def __init__(self, values=()):
        self.values = tuple(values)
        self.needles = [needle for value in self.values for needle in needles_of(value)]
