"""What a stage changed on the response, by comparing before with after."""

from operator import is_

from .told_changes import ABSENT, change


class ResponseWatch:
    """The response as it was when last looked at: status, reason, headers, cookies, length, class."""

    __slots__ = (
        "_preview",
        "_response",
        "_state",
        "_status",
        "_reason",
        "_container",
        "_parts",
        "_headers",
        "_store",
        "_seen",
        "_cookies",
        "_shown_cookies",
    )

    def __init__(self, previewer, response):
        self._preview = previewer
        self._response = response
        held = response.__dict__
        self._state = self._look(response, held)
        self._find_headers(held)
        self._seen = self._store.copy()
        self._cookies = ()
        self._shown_cookies = _NOTHING
        cookies = held.get("cookies")
        if cookies:
            self._look_at_cookies(cookies)

    def changes(self, response):
        """``Change`` objects since the last look, or ``None``. Most looks find little, so that has to be quick."""
        found = None
        another = response is not self._response
        if another:
            found = [change(self._preview, "response%s", "", self._response, response)]
            self._response = response
        held = response.__dict__
        container = held.get("_container")
        if (
            another
            or container is not self._container
            or held.get("status_code") is not self._status
            or held.get("_reason_phrase") is not self._reason
            or (self._parts is not None and len(container) != self._parts)
        ):
            found = self._state_changes(response, held, found or [])
        if held.get("headers") is not self._headers:
            self._find_headers(held)
        store, seen = self._store, self._seen
        if len(store) != len(seen) or not all(map(is_, store.values(), seen.values())):
            found = self._pairs("response.headers[%s]", seen, store, False, found or [])
            self._seen = store.copy()
        cookies = held.get("cookies")
        if (cookies or self._cookies) and not self._same_cookies(cookies):
            before = self._shown_cookies
            self._look_at_cookies(cookies)
            found = self._pairs("response.cookies[%s]", before, self._shown_cookies, True, found or [])
        return found

    def _look(self, response, held):
        """Status, reason and length as they are shown; what is kept beside them tells quickly if they may differ."""
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
        return held.get("status_code", type(response).status_code), self._reason, length

    def _state_changes(self, response, held, found):
        before, after = self._state, self._look(response, held)
        self._state = after
        for place, old, new in zip(_STATE, before, after):
            if old != new:
                old = ABSENT if old is None else old
                found.append(change(self._preview, place, "", old, ABSENT if new is None else new))
        return found

    def _find_headers(self, held):
        """The header store: ``ResponseHeaders`` since Django 3.2, a plain dictionary before."""
        headers = self._headers = held.get("headers")
        store = getattr(headers, "_store", None) if headers is not None else held.get("_headers")
        self._store = store if type(store) is dict else _NOTHING

    def _pairs(self, place, before, after, secret, found):
        gone = len(before)
        for key, new in after.items():
            old = before.get(key)
            if old is not None:
                gone -= 1
            if old is not new and old != new:
                found.append(self._pair(place, key, old, new, secret))
        for key, old in before.items() if gone else ():
            if key not in after:
                found.append(self._pair(place, key, old, None, secret))
        return found

    def _pair(self, place, key, old, new, secret):
        name = (new or old)[0]
        old = ABSENT if old is None else old[1]
        new = ABSENT if new is None else new[1]
        if not secret:
            return change(self._preview, place, name, old, new)
        told = {"path": place % name}
        # Every cookie is secret; what is said of it (path, age) is not, whatever the cookie's name.
        name = "" if key.endswith(";") else "cookie"
        if old is not ABSENT:
            told["before"] = self._preview.named(name, old)
        if new is not ABSENT:
            told["after"] = self._preview.named(name, new)
        return told

    def _same_cookies(self, cookies):
        seen = self._cookies
        if not cookies or len(seen) != dict.__len__(cookies):
            return False
        for morsel, (known, value, attributes) in zip(dict.values(cookies), seen):
            if morsel is not known or morsel.value is not value or not all(map(is_, dict.values(morsel), attributes)):
                return False
        return True

    def _look_at_cookies(self, cookies):
        shown = self._shown_cookies = {}
        seen = self._cookies = []
        for name, morsel in dict.items(cookies) if cookies else ():
            seen.append((morsel, morsel.value, tuple(dict.values(morsel))))
            shown[name] = (name, str(morsel.value))
            told = ["%s=%s" % (key, value) for key, value in dict.items(morsel) if value]
            shown[name + ";"] = (name + "; attributes", "; ".join(told))


_STATE = ("response.status_code%s", "response.reason_phrase%s", "response.content length%s")
_NOTHING = {}
