"""The request as a capture shows it; runs after the response was sent."""

from urllib.parse import parse_qsl

from ..values import bodies
from ..values.changes import is_lazy
from ..values.held import NOT_EVALUATED, instance_items, key_text, lazy_value
from .header_values import header_value

#: Headers kept.
HEADERS = 200


#: Headers' names by their keys in ``request.META``: ``HTTP_X_API_KEY`` as ``X-Api-Key``; empty for what is none.
_headers = {}


def header_name(key):
    """The header that ``request.META`` has under a key; empty where it is none."""
    name = ""
    if key.startswith("HTTP_"):
        name = key[5:].replace("_", "-").title()
    elif key in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        name = key.replace("_", "-").title()
    if len(_headers) > 2000:
        _headers.clear()
    _headers[key] = name
    return name


def request_document(cycle):
    """The capture's ``request``. Notes the query string in the cycle, and what is secret in ``cycle.secrets``."""
    held = getattr(cycle.request, "__dict__", {})
    meta = held.get("META")
    if not issubclass(type(meta), dict):
        meta = {}
    secrets = cycle.secrets
    shown = {"method": cycle.method, "scheme": _scheme(cycle, meta), "path": cycle.path}
    host = _text(meta, "HTTP_HOST")
    if host:
        shown["host"] = host
    query = cycle.query = _text(meta, "QUERY_STRING")
    shown["query"] = secrets.query(query)
    shown["queryParams"] = [
        [name, secrets.replace(value) if value and secrets.is_secret(name) else value] for name, value in _pairs(query)
    ]
    content_type = _text(meta, "CONTENT_TYPE")
    length = _text(meta, "CONTENT_LENGTH")
    if content_type == "text/plain" and not length:
        content_type = ""  # wsgiref says so where the client said nothing
    shown["headers"] = _request_headers(cycle, meta, content_type)
    if content_type:
        shown["contentType"] = content_type
    size = bodies._int(length)
    if size is not None and size >= 0:
        shown["size"] = size
    form, files, body = bodies.request_body(cycle)
    if form:
        shown["form"] = form
    if files:
        shown["files"] = files
    if body:
        shown["body"] = body
    address = _text(meta, "REMOTE_ADDR")
    if address:
        shown["remoteAddr"] = address
    version = cycle.server.get("httpVersion")
    if version:
        shown["httpVersion"] = version
    user = user_of(held)
    if user:
        shown["user"] = user
    return shown


def _text(meta, name):
    """What ``request.META`` has under a name, if that is text. ``type()`` asks it nothing: it may be lazy."""
    value = dict.get(meta, name)
    kind = type(value)
    return value if kind is str else str.__str__(value) if issubclass(kind, str) else ""


def _scheme(cycle, meta):
    return str(cycle.server.get("scheme") or _text(meta, "wsgi.url_scheme") or "http")


def _pairs(query):
    if not query:
        return []
    try:
        return parse_qsl(query, keep_blank_values=True, max_num_fields=1000)
    except ValueError:
        return []


def _request_headers(cycle, meta, content_type):
    headers = []
    secrets = cycle.secrets
    known = _headers.get
    for key, value in dict.items(meta):
        if type(key) is not str:
            continue
        name = known(key)
        if name is None:
            name = header_name(key)
        if not name:
            continue
        if type(value) is not str:
            if not issubclass(type(value), str):
                continue
            value = str.__str__(value)
        if key == "CONTENT_TYPE":
            value = content_type
        if not value and key[:8] == "CONTENT_":
            continue
        if len(headers) >= HEADERS:
            cycle.lose("headers", "more than %d headers" % HEADERS)
            break
        headers.append([name, header_value(secrets, name, value)])
    return headers


def user_of(held):
    """``{pk, repr}`` of the user that a request's ``__dict__`` holds, if somebody evaluated it, or ``None``."""
    user = held.get("user")
    if user is None:
        return None
    # A middleware may wrap the user that is lazy already, as django-hijack's does; so deep, and no deeper.
    for _ in range(4):
        if not is_lazy(user):
            break
        user = lazy_value(user)
        if user is NOT_EVALUATED:
            return None
    meta = getattr(type(user), "_meta", None)
    items = dict(instance_items(user))
    if meta is None or items.get(meta.pk.attname) is None:
        return None
    name = items.get(getattr(type(user), "USERNAME_FIELD", ""))
    return {"pk": key_text(items[meta.pk.attname]), "repr": str(name) if isinstance(name, str) else type(user).__name__}
