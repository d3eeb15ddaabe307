"""Turns a finished cycle into its capture document; runs after the response was sent, in one thread at a time."""

import http.client
import os
import platform

from .. import FORMAT, PACKED
from ..clock import now
from ..encoding import encode
from ..hooks import resolve, view
from ..places.location import absolute, sha1
from ..secrets import text_secrets
from ..values import bodies, exceptions
from ..values.held import instance_items
from .pieces import Pieces
from .stage_document import add_stages, event_document

_HEADERS_LEFT_OUT = 200


def build(cycle, table):
    """``(data, summary)``: the capture as packed JSON (``src/capture/packed.schema.json``) in bytes, and its summary.

    What is the same for many requests of a process is in its table. Secrets are looked for in what the request brought:
    not in the process and the middleware, which are the code's own names and places.
    """
    begin = now()
    table.begin()
    view_location = view.describe(cycle)
    resolve.describe(cycle, view_location)
    request = _request(cycle)
    response = _response(cycle)
    summary = _summary(cycle, request, response)
    pieces = Pieces(encode)
    head = (PACKED, FORMAT, cycle.id, table.name, _process_entry(cycle, table))
    pieces.add('{"packed":%d,"format":%d,"id":"%s","table":"%s","process":%d' % head)
    pieces.add(',"startedAt":"%s","durationNs":%d,"request":' % (cycle.started_at, cycle.end - cycle.start))
    pieces.tell(encode(request))
    body = body_room = None
    if response is not None:
        body = response.pop("body", None)
        pieces.add(',"response":')
        pieces.tell(encode(response)[:-1], "}")
        body_room = pieces.leave_room()
    pieces.add(',"stages":[')
    add_stages(cycle, pieces, table)
    pieces.add("]")
    if cycle.loose_events:
        pieces.add(',"events":')
        pieces.tell(encode([event_document(cycle, event, table) for event in cycle.loose_events]))
    if cycle.lines is not None:
        _add_frames(cycle, pieces, table)
    sources = _sources(cycle)
    if sources:
        pieces.add(',"sources":' + encode([_source(source, table) for source in sources]))
    if cycle.losses:
        losses = [
            dict({"what": what, "reason": reason}, **({"count": count} if count > 1 else {}))
            for (what, reason), count in cycle.losses.items()
        ]
        pieces.add(',"losses":%s' % encode(losses))
    pieces.add(',"summary":')
    pieces.tell(encode({name: value for name, value in summary.items() if value and name not in _SAID_ELSEWHERE}))
    text = body.get("text") if body else None
    told = pieces.told()
    new = table.told()
    if new:
        told = told + "\n" + new
    text_secrets.add_shaped(cycle.secrets, told)
    if text:
        text_secrets.add_shaped(cycle.secrets, text)
    cycle.secrets.recall(told, text or "")
    if text and body["encoding"] == "utf-8":
        body["text"] = cycle.secrets.hide(text)
    if body_room is not None:
        pieces.put(body_room, ',"body":%s}' % encode(body) if body else "}")
    present = cycle.secrets.present_in(told)
    if present:
        pieces.hide(cycle.secrets, present)
        table.hide(cycle.secrets, encode)
        summary = cycle.secrets.hide_all(summary, encode(summary))
    table.looked_at()
    return pieces.encoded(',"recorderNs":%d,"encodeNs":%d}' % (cycle.spent, now() - begin)), summary


#: Of the summary, what the capture says in other places.
_SAID_ELSEWHERE = frozenset(("id", "startedAt", "durationNs", "method", "path", "status", "contentType", "pid"))


def _add_frames(cycle, pieces, table):
    comma = ',"frames":['
    for location, head, rest in cycle.lines.describe(cycle):
        pieces.add(comma)
        pieces.tell('%s,"location":%d%s' % (head, _definition(location, table), rest))
        comma = ","
    if comma == ",":
        pieces.add("]")


def _definition(location, table):
    """The number of a frame's location: the same object at each call of the same code."""
    known = table.known.get(id(location))
    if known is None:
        known = table.known[id(location)] = (table.number(encode(location), own=True), location)
    return known[0]


def _sources(cycle):
    """``(file, SHA-1)`` of the project files that events, patterns and answers stand in, whose locations carry none."""
    named = set()
    for stage in cycle.stages:
        for event in stage.events or ():
            place = event.place
            if place is not None:
                named.add(place["file"] if type(place) is dict else place[0])
        if stage.usual is not None:
            continue
        detail = stage.detail
        for entry, _rest in detail.get("tried") or ():
            if "location" in entry:
                named.add(entry["location"]["file"])
        place = detail.get("answeredAt")
        if place is not None:
            named.add(place["file"] if type(place) is dict else place[0])
    files = set(map(absolute, named))
    return [(file, digest) for file, digest in ((file, sha1(file)) for file in sorted(files)) if digest]


def _source(source, table):
    number = table.known.get(source)
    if number is None:
        number = table.known[source] = table.number(encode(source), own=True)
    return number


_processes = {}


def _process_entry(cycle, table):
    """The number of the entry for the process, as the request met it."""
    startup = cycle.recorder.startup.describe(cycle.handler_is_async)
    server = tuple(cycle.server.get(name) for name in ("server", "host", "port"))
    key = (cycle.protocol, cycle.static, server, table.name)
    known = _processes.get(key)
    if known is None or known[0] is not startup:
        if len(_processes) > 100:
            _processes.clear()
        known = _processes[key] = (startup, table.number(encode(_process(cycle, startup)), own=True))
    return known[1]


def _process(cycle, startup):
    from django.conf import settings

    import django

    process = {
        "pid": os.getpid(),
        "python": platform.python_version(),
        "django": django.get_version(),
        "settingsModule": str(getattr(settings, "SETTINGS_MODULE", "") or ""),
        "protocol": cycle.protocol,
        "cwd": os.getcwd(),
        "startup": [] if cycle.static else startup,
    }
    for name in ("server", "host", "port"):
        value = cycle.server.get(name)
        if value is not None:
            process[name] = value
    base = getattr(settings, "BASE_DIR", None)
    if base:
        process["baseDir"] = str(base)
    return process


def header_name(name):
    """``HTTP_X_API_KEY`` as ``X-Api-Key``."""
    return name.replace("_", "-").title()


def _request(cycle):
    request = cycle.request
    held = getattr(request, "__dict__", {})
    meta = _texts(held.get("META"))
    shown = {"method": cycle.method, "scheme": _scheme(cycle, meta), "path": cycle.path}
    host = meta.get("HTTP_HOST")
    if host:
        shown["host"] = str(host)
    query = cycle.query = str(meta.get("QUERY_STRING") or "")
    shown["query"] = cycle.secrets.query(query)
    shown["queryParams"] = [
        [name, cycle.secrets.replace(value) if value and cycle.secrets.is_secret(name) else value]
        for name, value in _pairs(query)
    ]
    shown["headers"] = _request_headers(cycle, meta)
    content_type = meta.get("CONTENT_TYPE")
    if content_type and any(name == "Content-Type" for name, _value in shown["headers"]):
        shown["contentType"] = str(content_type)
    size = bodies._int(meta.get("CONTENT_LENGTH"))
    if size is not None and size >= 0:
        shown["size"] = size
    form, files, body = bodies.request_body(cycle)
    for name, value in (("form", form), ("files", files), ("body", body)):
        if value:
            shown[name] = value
    address = meta.get("REMOTE_ADDR")
    if address:
        shown["remoteAddr"] = str(address)
    version = cycle.server.get("httpVersion")
    if version:
        shown["httpVersion"] = version
    user = _user(held)
    if user:
        shown["user"] = user
    return shown


def _texts(meta):
    """What of ``request.META`` is text. ``type()`` asks the value nothing: ``isinstance`` would evaluate a lazy one."""
    if not issubclass(type(meta), dict):
        return {}
    return {name: value for name, value in dict.items(meta) if type(name) is str and issubclass(type(value), str)}


def _scheme(cycle, meta):
    return str(cycle.server.get("scheme") or meta.get("wsgi.url_scheme") or "http")


def _pairs(query):
    from urllib.parse import parse_qsl

    try:
        return parse_qsl(query, keep_blank_values=True, max_num_fields=1000)
    except ValueError:
        return []


def _request_headers(cycle, meta):
    headers = []
    for name, value in meta.items():
        if name.startswith("HTTP_"):
            name = header_name(name[5:])
        elif name in ("CONTENT_TYPE", "CONTENT_LENGTH") and value:
            if name == "CONTENT_TYPE" and value == "text/plain" and not meta.get("CONTENT_LENGTH"):
                continue  # wsgiref says so where the client said nothing
            name = header_name(name)
        else:
            continue
        if len(headers) >= _HEADERS_LEFT_OUT:
            cycle.lose("headers", "more than %d headers" % _HEADERS_LEFT_OUT)
            break
        headers.append([name, _header(cycle, name, value)])
    return headers


def _header(cycle, name, value):
    secrets = cycle.secrets
    if name == "Cookie":
        return "; ".join(_cookie(secrets, part.strip()) for part in value.split(";"))
    if name == "Set-Cookie":
        pair, mark, attributes = value.partition(";")
        return _cookie(secrets, pair) + mark + attributes
    if name.endswith("Authorization"):
        scheme, space, credentials = value.partition(" ")
        if scheme.lower() == "basic":
            _learn_basic(secrets, credentials)
        return scheme + space + secrets.replace(credentials) if space else secrets.replace(value)
    if value and secrets.is_secret(name):
        return secrets.replace(value)
    if "://" in value or "?" in value:
        value = secrets.url(value)
    return value if len(value) <= 8000 else secrets.hide(value)[:8000] + "…"


def _learn_basic(secrets, credentials):
    """What Basic credentials hold is hidden too: the password, or where there is none the key in the user's place."""
    import base64
    import binascii

    try:
        user, _colon, password = base64.b64decode(credentials, validate=True).decode("utf-8", "replace").partition(":")
    except (binascii.Error, ValueError):
        return
    secrets.add(password or user)


def _cookie(secrets, pair):
    name, equals, value = pair.partition("=")
    value = value.strip('"')
    return name + equals + (secrets.replace(value) if value else "")


def _user(held):
    user = held.get("user")
    if user is None:
        return None
    from ..values.changes import is_lazy
    from ..values.held import NOT_EVALUATED, key_text, lazy_value

    if is_lazy(user):
        user = lazy_value(user)
        if user is NOT_EVALUATED:
            return None
    meta = getattr(type(user), "_meta", None)
    items = dict(instance_items(user))
    if meta is None or items.get(meta.pk.attname) is None:
        return None
    name = items.get(getattr(type(user), "USERNAME_FIELD", ""))
    return {"pk": key_text(items[meta.pk.attname]), "repr": str(name) if isinstance(name, str) else type(user).__name__}


def _response(cycle):
    response = cycle.response
    held = getattr(response, "__dict__", None)
    if held is None or not hasattr(response, "status_code"):
        return None
    status = held.get("status_code", type(response).status_code)
    reason = held.get("_reason_phrase") or http.client.responses.get(status, "")
    headers = []
    try:
        for name, value in response.items():
            headers.append([str(name), _header(cycle, str(name).title(), str(value))])
        for morsel in response.cookies.values():
            headers.append(["Set-Cookie", _header(cycle, "Set-Cookie", morsel.OutputString())])
    except Exception as error:
        cycle.lose("headers", "the response's headers could not be read: %s" % type(error).__name__)
    content_type = next((value for name, value in headers if name.lower() == "content-type"), None)
    shown = {"status": status if isinstance(status, int) else 0, "reason": str(reason), "headers": headers}
    charset = None
    if content_type:
        shown["contentType"] = content_type
        match = bodies.re.search(r"charset=\"?([\w.:-]+)", content_type)
        if match:
            charset = shown["charset"] = match.group(1)
    if cycle.response_body is not None:
        shown["size"] = len(cycle.response_body)
    elif cycle.chunks is not None:
        shown["size"] = cycle.streamed
    if not cycle.static:
        encoding = next((value.strip().lower() for name, value in headers if name.lower() == "content-encoding"), "")
        body = bodies.response_body(cycle, (content_type or "").split(";")[0].strip().lower(), charset, encoding)
        if body:
            shown["body"] = body
    if held.get("streaming", getattr(type(response), "streaming", False)):
        _streaming(cycle, response, held, shown)
    for name, moment in (("readyNs", cycle.ready), ("sentNs", cycle.sent)):
        if moment is not None:
            shown[name] = moment - cycle.start
    return shown


def _streaming(cycle, response, held, shown):
    filename = held.get("filename") or getattr(held.get("file_to_stream"), "name", None)
    if isinstance(filename, str) and filename:
        shown["filename"] = os.path.basename(filename)
    if cycle.stream_error is not None:
        error = exceptions.describe(cycle.stream_error)
        text_secrets.hide_in_event(cycle.secrets, "exception", error)
        shown["streaming"] = {"exception": error}
    if cycle.chunks is None:
        length = next((value for name, value in shown["headers"] if name.lower() == "content-length"), None)
        if bodies._int(length) is not None:
            shown["size"] = bodies._int(length)
        if cycle.streamed_whole is False:
            streaming = {"chunks": [], "chunkCount": 0, "closedEarly": True}
            shown["streaming"] = dict(shown.get("streaming", ()), **streaming)
        return
    streaming = {
        "chunks": [{"atNs": moment - cycle.start, "size": size} for moment, size in cycle.chunks],
        "chunkCount": cycle.chunk_count,
    }
    if not cycle.streamed_whole or cycle.closed_early:
        streaming["closedEarly"] = True
    shown["streaming"] = dict(shown.get("streaming", ()), **streaming)


def _summary(cycle, request, response):
    events = [event for stage in cycle.stages for event in stage.events or ()] + cycle.loose_events
    queries = [event for event in events if event.kind == "sql"]
    shown = {
        "id": cycle.id,
        "startedAt": cycle.started_at,
        "durationNs": cycle.end - cycle.start,
        "method": cycle.method,
        "path": cycle.path,
        "queries": len(queries),
        "queryNs": sum(event.duration or 0 for event in queries),
        "static": cycle.static,
        "pid": os.getpid(),
    }
    if response is not None:
        shown["status"] = response["status"]
        if response.get("contentType"):
            shown["contentType"] = response["contentType"]
    if cycle.real_view_name:
        shown["view"] = cycle.real_view_name
    if cycle.route is not None:
        shown["route"] = cycle.route
    match = cycle.resolver_match
    if match is not None and match.view_name and match.url_name:
        shown["urlName"] = str(match.view_name)
    if cycle.exception is not None:
        info = cycle.exception[1]
        shown["exception"] = "%s: %s" % (info["type"], info["message"]) if info["message"] else info["type"]
    if cycle.refused_by:
        shown["refusedBy"] = cycle.refused_by
    if any(name == "X-Requested-With" and value == "XMLHttpRequest" for name, value in request["headers"]):
        shown["ajax"] = True
    page = cycle.recorder.pages.page_of(cycle, request)
    if page:
        shown["page"] = page
    return shown
