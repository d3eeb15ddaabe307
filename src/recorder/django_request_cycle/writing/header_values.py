"""Headers as a capture shows them: without cookies, credentials and other secrets."""

import base64
import binascii

#: Characters of a header kept.
MOST = 8000

_PLAIN, _COOKIE, _SET_COOKIE, _CREDENTIALS = range(4)


class _Kinds(dict):
    """What a header's value holds, by its name, with the name as it is judged."""

    def __missing__(self, name):
        titled = name.title()
        if titled in ("Cookie", "Set-Cookie"):
            kind = _COOKIE if titled == "Cookie" else _SET_COOKIE
        else:
            kind = _CREDENTIALS if titled.endswith("Authorization") else _PLAIN
        if len(self) > 2000:
            self.clear()
        found = self[name] = (kind, titled)
        return found


_kinds = _Kinds()


def header_value(secrets, name, value):
    """The value of a header (both plain ``str``) with its secrets replaced, which from now on are hidden everywhere."""
    kind, name = _kinds[name]
    if kind == _PLAIN:
        if value and secrets.names[name]:
            return secrets.replace(value)
        if "?" in value or "://" in value:
            value = secrets.url(value)
        return value if len(value) <= MOST else secrets.hide(value)[:MOST] + "…"
    if kind == _COOKIE:
        return "; ".join([_cookie(secrets, part.strip()) for part in value.split(";")])
    if kind == _SET_COOKIE:
        pair, mark, attributes = value.partition(";")
        return _cookie(secrets, pair) + mark + attributes
    scheme, space, credentials = value.partition(" ")
    if scheme.lower() == "basic":
        _learn_basic(secrets, credentials)
    return scheme + space + secrets.replace(credentials) if space else secrets.replace(value)


def _learn_basic(secrets, credentials):
    """What Basic credentials hold is hidden too: the password, or where there is none the key in the user's place."""
    try:
        user, _colon, password = base64.b64decode(credentials, validate=True).decode("utf-8", "replace").partition(":")
    except (binascii.Error, ValueError):
        return
    secrets.add(password or user)


def _cookie(secrets, pair):
    name, equals, value = pair.partition("=")
    value = value.strip('"')
    return name + equals + (secrets.replace(value) if value else "")
