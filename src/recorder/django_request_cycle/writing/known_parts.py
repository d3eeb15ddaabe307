"""Requests, responses and what stages have of their own that came before just so: their documents need not be made
again to know their entries.

Making one and looking it up takes ten times as long as looking up what it is made of.
"""

from operator import itemgetter

from ..values import bodies
from .request_document import header_name, user_of
from .response_document import media_type

#: Parts that are remembered, and characters or bytes of the longest text in one.
MOST = 500
LONGEST = 2000
#: Headers of a request that is looked up.
HEADERS = 100
#: What of ``request.META`` a request's document is made of, beside headers.
_BESIDE = ("QUERY_STRING", "REMOTE_ADDR", "wsgi.url_scheme")


class Part:
    """One of them. ``told``: its document, or the number of its entry. ``shown``: the document as it was before numbers
    came into it. ``body_text``: what of it stands behind the capture's document.
    """

    __slots__ = ("key", "told", "shown", "body_text", "secrets")


def part(cycle, table, key, make):
    """The ``Part`` that ``make(cycle)`` gives the document of, which may be ``None``. ``key``: all that goes into it,
    if that can be said. Notes what is secret in ``cycle.secrets`` either way.
    """
    found = table.parts.get(key) if key is not None else None
    if found is not None:
        cycle.secrets.tell(found.secrets)
        table.again(found.told)
        return found
    made = Part()
    made.key = key
    if key is None:
        document = make(cycle)
    else:
        document, made.secrets = cycle.secrets.noting(make, cycle)
    made.told = document
    made.body_text = None
    if document is not None:
        made.body_text = body_beside(document)
        made.shown = dict(document)
    return made


def own_part(table, stages):
    """The ``Part`` that is what stages have of their own."""
    key, lasting = stages.own_key()
    found = table.parts.get(key) if key is not None else None
    if found is not None:
        table.again(found.told)
        return found
    made = Part()
    made.key = key
    made.told = stages.own()
    made.shown = lasting  # so that their ids stay their own
    return made


def remember(table, made, number):
    """Know a part again, once it has an entry."""
    if type(number) is int and made.key is not None and made.told is not number:
        if len(table.parts) >= MOST:
            table.parts.clear()
        made.told = number
        table.parts[made.key] = made


def body_beside(document):
    """The text of the body, taken out of a response: it stands behind the capture, where nothing is escaped."""
    body = document.get("body") if "status" in document else None
    text = body.get("text") if body else None
    if not text or body["encoding"] != "utf-8":
        return None
    if not text.isascii() and document.get("charset", "utf-8").lower() != "utf-8":
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:  # only JSON can say it
            return None
    del body["text"]
    return text


#: By the keys of ``request.META``: what takes out of it all that goes into a request's document, or ``None``.
_takers = {}


def request_key(cycle):
    """All that the document of a request without a body is made of; ``None`` for any other request."""
    held = getattr(cycle.request, "__dict__", None)
    meta = held.get("META") if held else None
    if type(meta) is not dict or cycle.files or cycle.read_parts:
        return None
    length, body, post = meta.get("CONTENT_LENGTH", ""), held.get("_body", b""), held.get("_post")
    if type(length) is not str or length or type(body) is not bytes or body:
        return None
    if post is not None and (not issubclass(type(post), dict) or dict.__len__(post)):
        return None
    keys = tuple(meta)
    take = _takers.get(keys)
    if take is None:
        take = _taker(keys)
    values = take(meta)
    for value in values:
        if type(value) is not str or len(value) > LONGEST:
            return None
    user = user_of(held)
    server = cycle.server
    return (
        take,
        values,
        cycle.method,
        cycle.path,
        server.get("scheme"),
        server.get("httpVersion"),
        tuple(user.values()) if user else None,
        cycle.secrets.more_names,
    )


def _taker(keys):
    wanted = [key for key in keys if type(key) is str and (key in _BESIDE or header_name(key))]
    # One alone would not come in a tuple.
    take = itemgetter(*wanted) if 1 < len(wanted) <= HEADERS else _nothing
    if len(_takers) >= MOST:
        _takers.clear()
    _takers[keys] = take
    return take


def _nothing(_meta):
    return (None,)


def response_key(cycle):
    """All that the document of a whole, short response in text is made of; ``None`` for any other."""
    response = cycle.response
    held = getattr(response, "__dict__", None)
    body = cycle.response_body
    if held is None or body is None or len(body) > LONGEST or len(body) > cycle.limits.textBodyBytes:
        return None
    kind = type(response)
    status = held.get("status_code", getattr(kind, "status_code", None))
    reason = held.get("_reason_phrase")
    store = getattr(held.get("headers"), "_store", None)
    if (
        type(status) is not int
        or (reason is not None and type(reason) is not str)
        or type(store) is not dict
        or held.get("cookies")
        or held.get("streaming", getattr(kind, "streaming", False))
        or cycle.debug_page
        or cycle.sends_file
        or cycle.static
        or cycle.chunks is not None
        or cycle.stream_error is not None
    ):
        return None
    headers = tuple(store.values())
    for name, value in headers:
        if type(name) is not str or type(value) is not str or len(value) > LONGEST:
            return None
    content_type = store.get("content-type")
    if "content-encoding" in store or (content_type and not bodies.is_text(media_type(content_type[1])[0])):
        return None
    return status, reason, headers, body, cycle.secrets.more_names
