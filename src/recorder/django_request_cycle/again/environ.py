"""A recorded request as the WSGI environ of a new one (PEP 3333)."""

import base64
import io
import re
import uuid
from urllib.parse import urlencode, urlsplit

#: What stands in a capture where a secret was.
TOKEN = re.compile(r"\[secret:[0-9a-f]+\]")
#: Placeholder files are no larger than this; bytes.
_LARGEST_FILE = 1 << 20
#: Rebuilt from the body, the user or the connection, or not stored at all.
_NOT_SENT = frozenset(
    ("content-length", "content-type", "cookie", "authorization", "proxy-authorization", "connection")
)


def make_environ(capture, notes):
    """The environ. ``notes`` collects, for the user, what could not be sent as it was."""
    request = capture["request"]
    body, content_type = _body(request, notes)
    host = request.get("host") or "localhost"
    name = urlsplit("//" + host)
    environ = {
        "REQUEST_METHOD": request["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": request["path"].encode("utf-8").decode("latin-1"),
        "QUERY_STRING": request["query"],
        "SERVER_NAME": name.hostname or "localhost",
        "SERVER_PORT": str(name.port or (443 if request["scheme"] == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_SOFTWARE": "request-cycle re-run",
        "REMOTE_ADDR": request.get("remoteAddr") or "127.0.0.1",
        "HTTP_HOST": host,
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": content_type or "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": request["scheme"],
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": True,
    }
    for header, value in request["headers"]:
        lowered = header.lower()
        if lowered in _NOT_SENT:
            continue
        if TOKEN.search(value):
            notes.append("The header %s held a secret, which is not stored: it was not sent." % header)
            continue
        environ["HTTP_" + header.upper().replace("-", "_")] = value
    if TOKEN.search(request["query"]):
        notes.append("The query string held a secret: its token was sent in its place.")
    return environ


def _body(request, notes):
    content_type = request.get("contentType") or ""
    form, files = request.get("form") or [], request.get("files") or []
    for field in form:
        if field.get("redacted") and field["name"] != "csrfmiddlewaretoken":
            notes.append("The field %s held a secret: its token was sent in its place." % field["name"])
        elif field.get("truncated"):
            notes.append("The field %s was recorded in part and sent so." % field["name"])
    if content_type.startswith("multipart/form-data"):
        return _multipart(form, files, notes)
    if form:
        return urlencode([(field["name"], field["value"]) for field in form]).encode(), content_type
    body = request.get("body") or {}
    text = body.get("text")
    if text is None:
        if request.get("size"):
            notes.append("The body was not recorded, since the application never read it: none was sent.")
        return b"", content_type
    if body.get("truncated"):
        notes.append("The body was recorded in part and sent so.")
    if TOKEN.search(text):
        notes.append("The body held secrets: their tokens were sent in their place.")
    return (base64.b64decode(text) if body.get("encoding") == "base64" else text.encode("utf-8")), content_type


def _multipart(form, files, notes):
    boundary = uuid.uuid4().hex
    parts = []
    for field in form:
        parts.append(_part(boundary, 'name="%s"' % field["name"], None, field["value"].encode("utf-8")))
    for file in files:
        content = _content(file, notes)
        disposition = 'name="%s"; filename="%s"' % (file["field"], file["name"])
        parts.append(_part(boundary, disposition, file["type"], content))
    parts.append(("--%s--\r\n" % boundary).encode())
    return b"".join(parts), "multipart/form-data; boundary=" + boundary


def _part(boundary, disposition, content_type, content):
    head = "--%s\r\nContent-Disposition: form-data; %s\r\n" % (boundary, disposition)
    if content_type:
        head += "Content-Type: %s\r\n" % content_type
    return head.encode("utf-8") + b"\r\n" + content + b"\r\n"


def _content(file, notes):
    encoded = (file.get("thumbnail") or "").partition(";base64,")[2]
    content = base64.b64decode(encoded) if encoded else b""
    if len(content) == file["size"]:
        return content
    notes.append("The content of %s is not stored: zero bytes were sent in its place." % file["name"])
    return bytes(min(file["size"], _LARGEST_FILE))
