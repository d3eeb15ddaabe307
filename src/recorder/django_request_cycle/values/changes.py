"""What a stage changed on the request and the response, by comparing before with after.

Nothing is loaded or evaluated for it: the session is looked at only if somebody loaded it, a lazy user stays lazy.
"""

from operator import is_

from .held import NOT_EVALUATED, lazy_value, same_values

#: Attributes that Django fills as it goes along; the capture shows them elsewhere.
_SKIPPED = frozenset(
    (
        "META GET POST COOKIES FILES headers resolver_match environ scope accepted_types content_type"
        " content_params method path path_info method_overridden csrf_processing_done body_receive_timeout"
        " session"
    ).split()
)
_ABSENT = object()


def _shown(name):
    return name not in _SKIPPED and not name.startswith("_")


class RequestWatch:
    """The request as it was when last looked at."""

    def __init__(self, previewer, request):
        self._preview = previewer
        self._request = request
        self._remember(request.__dict__)
        self._meta = self._live_meta.copy()
        self._session = None
        self._session_object = None
        self._session_content = None
        self._session_shown = {}
        #: Name and value of what is lazy and not evaluated, with what the value holds and its mark of that.
        self._waiting = []
        for name, value in self._held.items():
            if _shown(name) and _waits(value):
                self._wait(name, value)

    def _wait(self, name, value):
        inside = object.__getattribute__(value, "__dict__")
        waiting = [entry for entry in self._waiting if entry[0] != name]
        self._waiting = waiting + [(name, value, inside, inside.get("_wrapped"))]

    def _remember(self, held):
        self._held = held.copy()
        meta = held.get("META")
        self._live_meta = meta if type(meta) is dict else {}
        self._live_session = held.get("session")

    def changes(self, request):
        """``Change`` objects since the last look, or ``None``. Most looks find nothing, so that has to be quick."""
        found = None
        if request is not self._request:
            if request is None or not hasattr(request, "META"):
                return None
            found = [self._change("request", self._request, request)]
            self._request = request
        held, before = request.__dict__, self._held
        # As ``same_values``, here and below, which would be called hundreds of times.
        if len(held) != len(before) or not all(map(is_, held.values(), before.values())):
            found = found or []
            self._attributes(held, found)
        meta, before = self._live_meta, self._meta
        if len(meta) != len(before) or not all(map(is_, meta.values(), before.values())):
            found = found or []
            self._meta_changes(meta, found)
        for _name, _value, inside, empty in self._waiting:
            if inside.get("_wrapped") is not empty:
                found = self._evaluated(found)
                break
        session = self._live_session
        if session is not None and not self._quiet(session):
            found = self._session_changes(session, found)
        return found

    def _attributes(self, held, found):
        before = self._held
        gone = len(before) - len(held)
        for name, value in held.items():
            known = before.get(name, _ABSENT)
            if known is value:
                continue
            gone += known is _ABSENT
            if name not in _SKIPPED and name[:1] != "_":
                found.append(self._change("request." + name, known, value, name))
                if _waits(value):
                    self._wait(name, value)
        if gone:
            for name, value in before.items():
                if name not in held and _shown(name):
                    found.append(self._change("request." + name, value, _ABSENT, name))
        self._remember(held)

    def _evaluated(self, found):
        for entry in self._waiting:
            name, value, _inside, _empty = entry
            if lazy_value(value) is not NOT_EVALUATED:
                self._waiting = [other for other in self._waiting if other is not entry]
                found = found or []
                if self._held.get(name) is value:
                    before = {"type": type(value).__name__, "repr": "<not evaluated>"}
                    found.append(
                        {"path": "request." + name, "before": before, "after": self._preview.named(name, value)}
                    )
        return found

    def _meta_changes(self, meta, found):
        before = self._meta
        for name, value in meta.items():
            if before.get(name, _ABSENT) is not value:
                found.append(self._change("request.META[%s]" % name, before.get(name, _ABSENT), value, name))
        for name, value in before.items():
            if name not in meta:
                found.append(self._change("request.META[%s]" % name, value, _ABSENT, name))
        self._meta = meta.copy()

    def _quiet(self, session):
        """Whether nobody changed the session since the last look; a quick one, sure only where it says yes."""
        if session is not self._session_object:
            return not _session_kinds[type(session)]
        content = session.__dict__.get("_session_cache")
        return content is None or (content is self._session_content and same_values(content, self._session_shown))

    def _session_changes(self, session, found):
        if session is not self._session_object:
            if not _session_kinds[type(session)]:
                return found
            found = found or []
            before = _ABSENT if self._session_object is None else self._session_object
            found.append(self._change("request.session", before, session))
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

    def _change(self, path, before, after, name=""):
        change = {"path": path}
        if before is not _ABSENT:
            change["before"] = self._preview.named(name, before)
        if after is not _ABSENT:
            change["after"] = self._preview.named(name, after)
        return change


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


class ResponseWatch:
    """The response as it was when last looked at: status, reason, headers, cookies, length, class."""

    def __init__(self, previewer, response):
        self._preview = previewer
        self._response = response
        self._state = self._look(response)

    def _unchanged(self, response):
        """A quick look, sure only where it says yes."""
        held = response.__dict__
        seen, store = self._store, self._live_store
        if (
            response is not self._response
            or held.get("headers") is not self._headers
            or len(store) != len(seen)
            or not all(map(is_, store.values(), seen.values()))
            or held.get("_container") is not self._container
            or held.get("status_code") is not self._status
            or held.get("_reason_phrase") is not self._reason
            or (self._parts is not None and len(self._container) != self._parts)
        ):
            return False
        cookies = held.get("cookies")
        return self._same_cookies(cookies) if cookies else not self._cookies

    def _same_cookies(self, cookies):
        seen = self._cookies
        if len(seen) != dict.__len__(cookies):
            return False
        for morsel, (known, value, attributes) in zip(dict.values(cookies), seen):
            if morsel is not known or morsel.value is not value or not all(map(is_, dict.values(morsel), attributes)):
                return False
        return True

    def changes(self, response):
        """``Change`` objects since the last look, or ``None``."""
        if self._unchanged(response):
            return None
        found = []
        if response is not self._response:
            found.append({"path": "response", "before": self._of(self._response), "after": self._of(response)})
            self._response = response
        before, after = self._state, self._look(response)
        self._state = after
        if before == after:
            return found
        for index, name in enumerate(("status_code", "reason_phrase", "content length")):
            if before[index] != after[index]:
                change = {"path": "response." + name}
                if before[index] is not None:
                    change["before"] = self._of(before[index])
                if after[index] is not None:
                    change["after"] = self._of(after[index])
                found.append(change)
        if before[3] != after[3]:
            self._pairs("response.headers[%s]", before[3], after[3], False, found)
        if before[4] != after[4]:
            self._pairs("response.cookies[%s]", before[4], after[4], True, found)
        return found

    def _pairs(self, path, before, after, secret, found):
        for key, new in after.items():
            old = before.get(key)
            if old is not new and old != new:
                self._pair(path, key, old, new, secret, found)
        for key, old in before.items():
            if key not in after:
                self._pair(path, key, old, None, secret, found)

    def _pair(self, path, key, old, new, secret, found):
        name = (new or old)[0]
        change = {"path": path % name}
        if secret:
            # Every cookie is secret; what is said of it (path, age) is not, whatever the cookie's name.
            name = "" if key.endswith(";") else "cookie"
        if old is not None:
            change["before"] = self._preview.named(name, old[1])
        if new is not None:
            change["after"] = self._preview.named(name, new[1])
        found.append(change)

    def _of(self, value):
        return self._preview.of(value)

    def _look(self, response):
        """What is compared; the rest lets ``_unchanged`` see quickly that nothing changed."""
        held = response.__dict__
        self._headers = held.get("headers")
        self._live_store = _headers(held)
        store = self._store = self._live_store.copy()
        container = self._container = held.get("_container")
        self._parts = len(container) if type(container) is list else None
        self._status = held.get("status_code")
        self._reason = held.get("_reason_phrase")
        length = None
        if self._parts is not None and held.get("_is_rendered") is not False:
            length = 0
            for part in container:
                if type(part) is not bytes:
                    length = None
                    break
                length += len(part)
        self._cookies = ()
        cookies = held.get("cookies")
        return (
            held.get("status_code", type(response).status_code),
            self._reason,
            length,
            store,
            self._look_at_cookies(cookies) if cookies else {},
        )

    def _look_at_cookies(self, cookies):
        shown = {}
        seen = self._cookies = []
        for name, morsel in dict.items(cookies):
            seen.append((morsel, morsel.value, tuple(dict.values(morsel))))
            shown[name] = (name, str(morsel.value))
            told = ["%s=%s" % (key, value) for key, value in dict.items(morsel) if value]
            shown[name + ";"] = (name + "; attributes", "; ".join(told))
        return shown


def _headers(held):
    """The header store: ``ResponseHeaders`` since Django 3.2, a plain dictionary before."""
    headers = held.get("headers")
    store = getattr(headers, "_store", None) if headers is not None else held.get("_headers")
    return store if type(store) is dict else _NOTHING


_NOTHING = {}
