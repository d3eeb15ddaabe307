"""What a stage changed on the request and the response, by comparing before with after.

Nothing is loaded or evaluated for it: the session is looked at only if somebody loaded it, a lazy user stays lazy.
"""

from .preview import NOT_EVALUATED, lazy_value

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
        self._held = dict(request.__dict__)
        self._lazy = {}
        self._meta = dict(request.META)
        self._session = None
        self._session_object = None
        self._look_at_lazies()

    def _look_at_lazies(self):
        for name, value in self._held.items():
            if _shown(name) and _is_lazy(value):
                self._lazy[name] = lazy_value(value) is NOT_EVALUATED

    def changes(self, request):
        """``Change`` objects since the last look."""
        found = []
        if request is not self._request:
            if request is None or not hasattr(request, "META"):
                return found
            found.append(self._change("request", self._request, request))
            self._request = request
        held = request.__dict__
        before = self._held
        if not _same(held, before):
            for name, value in held.items():
                if before.get(name, _ABSENT) is not value and _shown(name):
                    found.append(self._change("request." + name, before.get(name, _ABSENT), value, name))
                    if _is_lazy(value):
                        self._lazy[name] = lazy_value(value) is NOT_EVALUATED
            for name, value in before.items():
                if name not in held and _shown(name):
                    found.append(self._change("request." + name, value, _ABSENT, name))
                    self._lazy.pop(name, None)
            self._held = dict(held)
        for name, waiting in self._lazy.items():
            if waiting and lazy_value(held[name]) is not NOT_EVALUATED:
                self._lazy[name] = False
                before_preview = {"type": type(held[name]).__name__, "repr": "<not evaluated>"}
                found.append(
                    {
                        "path": "request." + name,
                        "before": before_preview,
                        "after": self._preview.named(name, held[name]),
                    }
                )
        self._meta_changes(request.META, found)
        self._session_changes(held.get("session"), found)
        return found

    def _meta_changes(self, meta, found):
        before = self._meta
        if type(meta) is not dict or _same(meta, before):
            return
        for name, value in meta.items():
            if before.get(name, _ABSENT) is not value:
                found.append(self._change("request.META[%s]" % name, before.get(name, _ABSENT), value, name))
        for name, value in before.items():
            if name not in meta:
                found.append(self._change("request.META[%s]" % name, value, _ABSENT, name))
        self._meta = dict(meta)

    def _session_changes(self, session, found):
        if session is None:
            return
        held = getattr(session, "__dict__", None) if _is_session(session) else None
        if held is None:
            return
        if session is not self._session_object:
            found.append(
                self._change(
                    "request.session", _ABSENT if self._session_object is None else self._session_object, session
                )
            )
            self._session_object = session
            self._session = None
        content = held.get("_session_cache")
        if type(content) is not dict:
            return
        before = self._session
        after = {}
        for key, value in content.items():
            known = before.get(key) if before else None
            # Only what can't change in place may be trusted by identity.
            if known is not None and known[0] is value and type(value) in _IMMUTABLE:
                after[key] = known
            else:
                after[key] = (value, self._preview.named(key if isinstance(key, str) else "", value))
        if before is not None:
            for key, (_value, preview) in after.items():
                known = before.get(key)
                if known is None:
                    found.append({"path": "request.session[%s]" % key, "after": preview})
                elif known[1] != preview:
                    found.append({"path": "request.session[%s]" % key, "before": known[1], "after": preview})
            for key, (_value, preview) in before.items():
                if key not in after:
                    found.append({"path": "request.session[%s]" % key, "before": preview})
        elif held.get("modified"):
            # Loaded and changed within one stage: what was there before is not known.
            for key, (_value, preview) in after.items():
                found.append({"path": "request.session[%s]" % key, "after": preview})
        self._session = after

    def _change(self, path, before, after, name=""):
        change = {"path": path}
        if before is not _ABSENT:
            change["before"] = self._preview.named(name, before)
        if after is not _ABSENT:
            change["after"] = self._preview.named(name, after)
        return change


_IMMUTABLE = (str, int, float, bool, bytes, type(None))


def _same(one, other):
    """Whether two dictionaries hold the same objects; nobody's ``__eq__`` is asked."""
    if len(one) != len(other):
        return False
    get = other.get
    return all(get(key, _ABSENT) is value for key, value in one.items())


def _is_lazy(value):
    return any(base.__name__ == "LazyObject" for base in type(value).__mro__)


def _is_session(session):
    return any(base.__name__ == "SessionBase" for base in type(session).__mro__)


class ResponseWatch:
    """The response as it was when last looked at: status, reason, headers, cookies, length, class."""

    def __init__(self, previewer, response):
        self._preview = previewer
        self._response = response
        self._state = self._look(response)

    def changes(self, response):
        """``Change`` objects since the last look."""
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
        self._pairs("response.headers[%s]", before[3], after[3], False, found)
        self._pairs("response.cookies[%s]", before[4], after[4], True, found)
        return found

    def _pairs(self, path, before, after, secret, found):
        for key in list(after) + [key for key in before if key not in after]:
            old, new = before.get(key), after.get(key)
            if old == new:
                continue
            name = (new or old)[0]
            change = {"path": path % name}
            for side, pair in (("before", old), ("after", new)):
                if pair is not None:
                    change[side] = self._preview.named("cookie" if secret and not key.endswith(";") else name, pair[1])
            found.append(change)

    def _of(self, value):
        return self._preview.of(value)

    def _look(self, response):
        held = response.__dict__
        container = held.get("_container")
        if held.get("_is_rendered") is False:
            length = None
        elif type(container) is list:
            length = sum(map(len, container)) if all(type(part) is bytes for part in container) else None
        else:
            length = None
        cookies = held.get("cookies")
        shown = {}
        if cookies:
            for name, morsel in dict.items(cookies):
                shown[name] = (name, str(morsel.value))
                attributes = tuple((key, str(value)) for key, value in dict.items(morsel) if value)
                shown[name + ";"] = (name + "; attributes", "; ".join("%s=%s" % pair for pair in attributes))
        return (
            held.get("status_code", type(response).status_code),
            held.get("_reason_phrase"),
            length,
            _headers(held),
            shown,
        )


def _headers(held):
    """The header store: ``ResponseHeaders`` since Django 3.2, a plain dictionary before."""
    headers = held.get("headers")
    store = getattr(headers, "_store", None) if headers is not None else held.get("_headers")
    return dict(store) if type(store) is dict else {}
