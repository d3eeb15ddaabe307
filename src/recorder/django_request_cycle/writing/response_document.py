"""The response as a capture shows it; runs after it was sent."""

import functools
import http.client
import os
import re

from ..secrets import text_secrets
from ..values import bodies, exceptions
from .header_values import header_value

_CHARSET = re.compile(r"charset=\"?([\w.:-]+)")
_REASONS = http.client.responses


def response_document(cycle):
    """The capture's ``response`` without its times, or ``None``. Notes what is secret in ``cycle.secrets``."""
    response = cycle.response
    held = getattr(response, "__dict__", None)
    if held is None or not hasattr(response, "status_code"):
        return None
    status = held.get("status_code", type(response).status_code)
    reason = held.get("_reason_phrase") or _REASONS.get(status, "")
    secrets = cycle.secrets
    headers = []
    content_type = None
    encoding = ""
    try:
        # Of Django's ``ResponseHeaders``, whose own iteration takes many calls for each.
        store = getattr(held.get("headers"), "_store", None)
        for name, value in store.values() if type(store) is dict else response.items():
            name = str(name)
            value = header_value(secrets, name, str(value))
            headers.append([name, value])
            lowered = name.lower()
            if lowered == "content-type" and content_type is None:
                content_type = value
            elif lowered == "content-encoding" and not encoding:
                encoding = value.strip().lower()
        if response.cookies:
            for morsel in response.cookies.values():
                headers.append(["Set-Cookie", header_value(secrets, "Set-Cookie", morsel.OutputString())])
    except Exception as error:
        cycle.lose("headers", "the response's headers could not be read: %s" % type(error).__name__)
    shown = {"status": status if isinstance(status, int) else 0, "reason": str(reason), "headers": headers}
    kind, charset = "", None
    if content_type:
        shown["contentType"] = content_type
        kind, charset = media_type(content_type)
        if charset:
            shown["charset"] = charset
    if cycle.response_body is not None:
        shown["size"] = len(cycle.response_body)
    elif cycle.chunks is not None:
        shown["size"] = cycle.streamed
    if not cycle.static:
        body = bodies.response_body(cycle, kind, charset, encoding)
        if body:
            shown["body"] = body
    if held.get("streaming", getattr(type(response), "streaming", False)):
        _streaming(cycle, response, held, shown)
    return shown


@functools.lru_cache(maxsize=256)
def media_type(content_type):
    """The media type in lower case, and the charset or ``None``."""
    match = _CHARSET.search(content_type)
    return content_type.split(";")[0].strip().lower(), match.group(1) if match else None


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
