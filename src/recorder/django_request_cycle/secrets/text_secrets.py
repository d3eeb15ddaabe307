"""Secrets that a text gives away by itself: ``password=…`` in a log line, ``token = '…'`` in SQL, ``Bearer …``.

They are replaced where they stand; one that looks random (it has a digit) is hidden in the whole capture.
"""

import re

#: A text without any of these gives nothing away: looked for first, as it is quick.
_CORES = ("passw", "passp", "passc", "pwd", "secret", "token", "credential", "_key", "-key", "apikey", "accesskey")
_CORES += (
    "privatekey",
    "sessionkey",
    "session_id",
    "session-id",
    "sessionid",
    "authorization",
    "csrf",
    "jwt",
    "otp",
    "bearer ",
    "basic ",
)
_NAME = (
    r"(?:passw(?:or)?d|passphrase|passcode|pwd|secret|token|credential|api[_-]?key|access[_-]?key|private[_-]?key"
    r"|session[_-]?key|session[_-]?id|authorization|csrf|jwt|otp)\w{0,20}"
)
#: In prose and representations: a name, ``=`` or ``:``, and a value in quotes or up to the next blank or bracket.
_SAID = re.compile(
    _NAME + r"[\"']?\s?(?P<sign>[=:])\s?[bru]?"
    r"(?:\"(?P<a>[^\"]{4,})\"|'(?P<b>[^']{4,})'|(?P<bare>[^\s\"'&,;<>()\[\]{}]{6,}))",
)
_SCHEME = re.compile(r"\b(?:bearer|basic)\s+(?P<a>(?=[^\s]*\d)[\w.~+/=-]{8,})")
#: In SQL only a literal counts: a name on the other side of ``=`` is a column.
_LITERAL = re.compile(_NAME + r"[\"`\]]?\s*(?:=|<>|!=|like|in\s*\()\s*'(?P<a>(?:[^']|''){4,})'")
_JWT = re.compile(r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}")  # JSON Web Tokens, RFC 7519
_PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----(?:\\[nr]|[A-Za-z0-9+/=\s])+")  # RFC 7468
#: Of a URL, RFC 3986's userinfo: the password, or what stands alone and is too long to be somebody's name.
_USERINFO = re.compile(r"://(?:[^\s/?#:@\"'<>\\]*:([^\s/?#@\"'<>\\]{4,})|([\w.~%-]{16,}))@")
#: With more of a letter than this, a look at each takes longer than a search.
SELDOM = 100
#: Of a statement's detail, what may hold a literal.
_SQL_TEXTS = ("sql", "params", "shape", "error")
_KINDS = frozenset(("log", "sql", "message", "exception", "mail", "cache", "signal", "http"))


def add_shaped(secrets, text):
    """Let what has a secret's shape be hidden: JSON Web Tokens, private keys, credentials in URLs."""
    shapes = [_USERINFO] if "@" in text else []
    if _has_jwt(text):
        shapes.append(_JWT)
    if "PRIVATE KEY-----" in text:
        shapes.append(_PRIVATE_KEY)
    for shape in shapes:
        for found in shape.finditer(text):
            secrets.add(found.group(found.lastindex or 0))


def _has_jwt(text):
    """Whether ``eyJ`` occurs: a single letter is found many times faster than three."""
    if text.count("J") > SELDOM:
        return "eyJ" in text
    at = text.find("J")
    while at >= 0:
        if text[at - 2 : at] == "ey":
            return True
        at = text.find("J", at + 1)
    return False


def hide_in_event(secrets, kind, detail):
    """Replace what the texts of an event's detail give away."""
    if kind not in _KINDS:
        return
    if kind == "sql":
        for name in _SQL_TEXTS:
            value = detail.get(name)
            if value is not None and "'" in value:
                detail[name] = hide(secrets, value, True)
        return
    for name, value in detail.items():
        if type(value) is str:
            detail[name] = hide(secrets, value)
        elif type(value) is dict and type(value.get("repr")) is str:
            value["repr"] = hide(secrets, value["repr"])


def hide(secrets, text, is_sql=False):
    """``text`` with what it gives away replaced by tokens."""
    if len(text) < 8 or (is_sql and "'" not in text):
        return text
    lowered = text.lower()
    if len(lowered) != len(text):  # "İ" becomes two
        lowered = "".join(character.lower() if character.isascii() else character for character in text)
    for core in _CORES:
        if core in lowered:
            break
    else:
        return text
    found = {}
    for pattern in (_LITERAL,) if is_sql else (_SAID, _SCHEME):
        for match in pattern.finditer(lowered):
            start, end = match.span(match.lastgroup)
            value = text[start:end]
            inside = any(begin <= start < stop for begin, stop in found.items())
            if not inside and _is_given_away(match, value):
                found[start] = end
                if len(value) >= 8 and _looks_random(value):
                    secrets.add(value)
    for start in sorted(found, reverse=True):
        text = text[:start] + secrets.token(text[start : found[start]]) + text[found[start] :]
    return text


def _looks_random(value):
    return any(character.isdigit() for character in value)


def _is_given_away(match, value):
    if "[secret:" in value or "…" in value or "%s" in value:
        return False
    # Prose is none: "Invalid password: too short".
    return match.lastgroup != "bare" or match.group("sign") == "=" or _looks_random(value)
