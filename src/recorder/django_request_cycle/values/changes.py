"""What a stage changed on the request, by comparing before with after.

Nothing is loaded or evaluated for it: the session is looked at only if somebody loaded it, a lazy user stays lazy.
"""

from operator import is_

from .held import NOT_EVALUATED, lazy_value, same_values
from .told_changes import ABSENT, change, evaluated

#: Attributes that Django fills as it goes along; the capture shows them elsewhere.
_SKIPPED = frozenset(
    (
        "META GET POST COOKIES FILES headers resolver_match environ scope accepted_types content_type"
        " content_params method path path_info method_overridden csrf_processing_done body_receive_timeout"
        " session"
    ).split()
)
#: Not shown, but what is looked into.
_INSIDE = ("META", "session")


def _shown(name):
    return name not in _SKIPPED and not name.startswith("_")


class RequestWatch:
    """The request as it was when last looked at."""

    __slots__ = (
        "_preview",
        "_request",
        "_watched",
        "_count",
        "_last",
        "_live_meta",
        "_meta",
        "_meta_values",
        "_live_session",
        "_session",
        "_session_object",
        "_session_content",
        "_session_shown",
        "_waiting",
    )

    def __init__(self, previewer, request):
        self._preview = previewer
        self._request = request
        #: Name and value of each attribute that is shown or looked into.
        self._watched = {}
        #: The name that was set last: what is set later stands behind it.
        self._last = ABSENT
        #: Name and value of what is lazy and not evaluated, with what the value holds and its mark of that.
        self._waiting = []
        held = request.__dict__
        for name, value in held.items():
            if _shown(name):
                self._watched[name] = value
                if _waits(value):
                    self._wait(name, value)
            elif name in _INSIDE:
                self._watched[name] = value
        self._remember(held)
        self._remember_meta(self._live_meta)
        self._session = None
        self._session_object = None
        self._session_content = None
        self._session_shown = {}

    def _wait(self, name, value):
        inside = object.__getattribute__(value, "__dict__")
        waiting = [entry for entry in self._waiting if entry[0] != name]
        self._waiting = waiting + [(name, value, inside, inside.get("_wrapped"))]

    def _remember(self, held):
        self._count = len(held)
        self._last = next(reversed(held), ABSENT)
        meta = self._watched.get("META")
        self._live_meta = meta if type(meta) is dict else {}
        self._live_session = self._watched.get("session")

    def _remember_meta(self, meta):
        self._meta = meta.copy()
        self._meta_values = list(meta.values())

    def changes(self, request):
        """``Change`` objects since the last look, or ``None``. Most looks find nothing, so that has to be quick."""
        found = None
        if request is not self._request:
            if not hasattr(request, "META"):
                return None
            found = [change(self._preview, "request%s", "", self._request, request)]
            self._request = request
            self._last = ABSENT
        held = request.__dict__
        # Whether attributes may have been set or deleted. Most are none that is shown, which tells them quicker than a
        # look at each: nothing was added where the last is the last still, and none of the shown is another.
        if len(held) != self._count or next(reversed(held), None) is not self._last:
            found = self._attributes(held, found or [])
        else:
            for name, value in self._watched.items():
                if held.get(name) is not value:
                    found = self._attributes(held, found or [])
                    break
        # As ``same_values``, which would be called hundreds of times.
        meta, before = self._live_meta, self._meta_values
        if len(meta) != len(before) or not all(map(is_, meta.values(), before)):
            found = self._meta_changes(meta, found or [])
        for _name, _value, inside, empty in self._waiting:
            if inside.get("_wrapped") is not empty:
                found = self._evaluated(found)
                break
        session = self._live_session
        if session is not None:
            if session is self._session_object:
                content = session.__dict__.get("_session_cache")
                if content is None or (content is self._session_content and same_values(content, self._session_shown)):
                    return found
            found = self._session_changes(session, found)
        return found

    def _attributes(self, held, found):
        watched = self._watched
        added = []
        for name in reversed(held):
            if name is self._last:
                break
            added.append(name)
        gone = []
        for name, known in watched.items():
            value = held.get(name, ABSENT)
            if value is known:
                continue
            if value is ABSENT:
                gone.append(name)
            else:
                watched[name] = value
                self._note(name, known, value, found)
        for name in reversed(added):
            if name not in watched and (name in _INSIDE or _shown(name)):
                value = watched[name] = held[name]
                self._note(name, ABSENT, value, found)
        for name in gone:
            self._note(name, watched.pop(name), ABSENT, found)
        self._remember(held)
        return found

    def _note(self, name, before, after, found):
        if name not in _INSIDE:
            found.append(change(self._preview, "request.%s", name, before, after))
            if _waits(after):
                self._wait(name, after)

    def _evaluated(self, found):
        for entry in self._waiting:
            name, value, _inside, _empty = entry
            if lazy_value(value) is not NOT_EVALUATED:
                self._waiting = [other for other in self._waiting if other is not entry]
                found = found or []
                if self._watched.get(name) is value:
                    found.append(evaluated(self._preview, name, value))
        return found

    def _meta_changes(self, meta, found):
        before = self._meta
        for name, value in meta.items():
            if before.get(name, ABSENT) is not value:
                found.append(change(self._preview, "request.META[%s]", name, before.get(name, ABSENT), value))
        for name, value in before.items():
            if name not in meta:
                found.append(change(self._preview, "request.META[%s]", name, value, ABSENT))
        self._remember_meta(meta)
        return found

    def _session_changes(self, session, found):
        if session is not self._session_object:
            if not _session_kinds[type(session)]:
                return found
            found = found or []
            before = ABSENT if self._session_object is None else self._session_object
            found.append(change(self._preview, "request.session%s", "", before, session))
            self._session_object = session
            self._session = None
        held = session.__dict__
        content = held.get("_session_cache")
        if type(content) is not dict:
            return found
        before = self._session
        after = {}
        for key, value in content.items():
            known = before.get(key) if before else None
            # Only what can't change in place may be trusted by identity.
            if known is not None and known[0] is value and type(value) in _IMMUTABLE:
                after[key] = known
            else:
                after[key] = (value, self._preview.named(key if type(key) is str else "", value))
        self._session = after
        changes = []
        # What may change in place has to be looked at each time.
        plain = all(type(value) in _IMMUTABLE for value in content.values())
        self._session_content = content if plain else None
        self._session_shown = content.copy()
        if before is not None:
            for key, (_value, preview) in after.items():
                known = before.get(key)
                if known is None:
                    changes.append({"path": "request.session[%s]" % key, "after": preview})
                elif known[1] != preview:
                    changes.append({"path": "request.session[%s]" % key, "before": known[1], "after": preview})
            for key, (_value, preview) in before.items():
                if key not in after:
                    changes.append({"path": "request.session[%s]" % key, "before": preview})
        elif held.get("modified"):
            # Loaded and changed within one stage: what was there before is not known.
            for key, (_value, preview) in after.items():
                changes.append({"path": "request.session[%s]" % key, "after": preview})
        return (found or []) + changes if changes else found


_IMMUTABLE = (str, int, float, bool, bytes, type(None))


def _waits(value):
    return _lazy_kinds[type(value)] and lazy_value(value) is NOT_EVALUATED


class _Kinds(dict):
    """Whether a class has a base of a given name; worked out once for each class."""

    def __init__(self, base_name):
        self._base_name = base_name

    def __missing__(self, kind):
        if len(self) > 2000:
            self.clear()
        found = self[kind] = any(base.__name__ == self._base_name for base in kind.__mro__)
        return found


_lazy_kinds = _Kinds("LazyObject")
_session_kinds = _Kinds("SessionBase")


def is_lazy(value):
    """Whether it is one of Django's lazy objects, evaluated or not."""
    return _lazy_kinds[type(value)]
