"""A plain HTTP client with cookies, one for each server, and the comparison of two answers."""

import difflib
import http.client
import re
import uuid
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode


@dataclass
class Request:
    """`form` and `files` become a body of their type; `csrf` adds the token of the client's own cookie."""

    path: str
    method: str = "GET"
    headers: dict = field(default_factory=dict)
    body: bytes | None = None
    form: dict | None = None
    files: dict | None = None  # field: (name, type, bytes)
    csrf: bool = False

    def encoded(self, token):
        headers, body = dict(self.headers), self.body
        form = dict(self.form) if self.form is not None else None
        if self.csrf and token:
            if form is None:
                headers["X-CSRFToken"] = token
            else:
                form["csrfmiddlewaretoken"] = token
        if self.files is not None:
            body, headers["Content-Type"] = multipart(form or {}, self.files)
        elif form is not None:
            body, headers["Content-Type"] = urlencode(form).encode(), "application/x-www-form-urlencoded"
        return headers, body


def multipart(form, files):
    boundary = uuid.UUID(int=len(form) * 7 + len(files)).hex
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode() for name, value in form.items()]
    for name, (filename, kind, data) in files.items():
        head = f'Content-Disposition: form-data; name="{name}"; filename="{filename}"\r\nContent-Type: {kind}\r\n\r\n'
        parts.append(head.encode() + data)
    body = b"".join(b"--" + boundary.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    return body + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


@dataclass
class Answer:
    status: int
    reason: str
    headers: list
    body: bytes

    def header(self, name, default=""):
        return next((value for key, value in self.headers if key.lower() == name.lower()), default)


class Browser:
    def __init__(self, port, timeout=30):
        self.port = port
        self.timeout = timeout
        self.cookies = {}

    def send(self, request):
        headers, body = request.encoded(self.cookies.get("csrftoken"))
        headers.setdefault("Host", f"127.0.0.1:{self.port}")
        headers.setdefault("User-Agent", "Proof/1")
        headers.setdefault("Connection", "close")
        if self.cookies:
            own = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            headers["Cookie"] = "; ".join(filter(None, [own, headers.get("Cookie")]))
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        try:
            connection.putrequest(request.method, request.path, skip_host=True, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name, value)
            if body is not None and "Transfer-Encoding" not in headers and "Content-Length" not in headers:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            response = connection.getresponse()
            answer = Answer(response.status, response.reason, response.getheaders(), response.read())
        finally:
            connection.close()
        self.keep_cookies(answer)
        return answer

    def get(self, path, **more):
        return self.send(Request(path, **more))

    def post(self, path, form=None, **more):
        return self.send(Request(path, "POST", form=form, csrf=True, **more))

    def keep_cookies(self, answer):
        for name, value in answer.headers:
            if name.lower() != "set-cookie":
                continue
            for key, morsel in SimpleCookie(value).items():
                if morsel["max-age"] == "0" or not morsel.value:
                    self.cookies.pop(key, None)
                else:
                    self.cookies[key] = morsel.value


# What may differ between two runs of the same server though both draw the same random numbers (steady):
# dates, durations, signatures of moments, addresses in memory, file descriptors, ports.
MASKS = [
    (re.compile(r"\.eJ[\w-]{20,}(:[\w-]+)*"), "SIGNED"),
    (re.compile(r"(?<=:)[A-Za-z0-9]{6}:[\w-]{27,43}"), "SIGNATURE"),
    (re.compile(r"(?<!\d)\d{1,2}:\d\d(:\d\d(\.\d+)?)?( ?[ap]\.?m\.?)?"), "TIME"),
    (re.compile(r"0x[0-9a-f]{6,}"), "0xADDRESS"),
    (re.compile(r"name=\d+"), "name=FD"),
    (re.compile(r"\b1\d{9}\.\d+"), "SECONDS"),
    (re.compile(r"<pre>(&#x27;)?\d{5}(&#x27;)?</pre>"), "<pre>REMOTE_PORT</pre>"),
    (re.compile(r"\b(c|v|pre|post|varToggle\(this, ')\d{7,}"), "FRAME"),
]
# Django's own page of an exception shows the locals of its frames, and among them the functions it was called through:
# there a recorder's wrapper has another representation than what it wraps. Nothing else on that page may differ.
DEBUG_PAGE = re.compile(r"Python Path:")
DEBUG_MASKS = [
    (re.compile(r"(&#x27;|')\n\s+(&#x27;|')"), ""),  # pprint breaks long texts
    (re.compile(r"\b\d{12,}\b"), "ADDRESS"),
    (re.compile(r"REMOTE_PORT = '?\d+'?"), "REMOTE_PORT"),
    (re.compile(r"raddr=\('127\.0\.0\.1', \d+\)"), "REMOTE_PORT"),
    # Where Django cuts a representation depends on the lengths of the ones before.
    (re.compile(r"<pre>((?!</pre>).)*…((?!</pre>).)*</pre>", re.DOTALL), "TRIMMED"),
    (re.compile(r"\n?\s*(&#x27;|')PLACE\1,"), ""),
    (re.compile(r"&lt;(?:(?!&lt;).)*?&gt;"), "OBJECT"),
    (re.compile(r"<(function|bound method|[\w.]+ object|[\w.]+ get_response)[^\n]*?>"), "OBJECT"),
]
IGNORED_HEADERS = {"date", "age", "server-timing", "set-cookie", "x-runtime"}
# Of the body's own bytes: compared where those are the same without any mask.
OF_THE_BODY = {"content-length", "etag"}


def masked(text, own):
    for value, name in own:
        text = text.replace(value, name)
    for pattern, name in MASKS:
        text = pattern.sub(name, text)
    if DEBUG_PAGE.search(text):
        for pattern, name in DEBUG_MASKS * 4:  # representations nest
            text = pattern.sub(name, text)
    return text


def cookies_of(answer):
    """Names, values and attributes of the cookies set, expiry by its length alone."""
    found = []
    for name, value in answer.headers:
        if name.lower() == "set-cookie":
            for key, morsel in SimpleCookie(value).items():
                attributes = {k: v for k, v in morsel.items() if v and k != "expires"}
                found.append((key, masked(morsel.value, ()), sorted(attributes.items())))
    return found


def differences(left, right, own_left=(), own_right=()):
    """What differs between two answers, as lines; nothing where they are the same but for MASKS.
    `own_*`: [(text, name)] of what names that server alone, its port or its folder."""
    found = []
    if (left.status, left.reason) != (right.status, right.reason):
        found.append(f"status: {left.status} {left.reason} | {right.status} {right.reason}")
    ignored = IGNORED_HEADERS if left.body == right.body else IGNORED_HEADERS | OF_THE_BODY
    heads = [
        [(name, masked(value, own)) for name, value in answer.headers if name.lower() not in ignored]
        for answer, own in ((left, own_left), (right, own_right))
    ]
    if heads[0] != heads[1]:
        found.append(f"headers: {heads[0]}\n      | {heads[1]}")
    if cookies_of(left) != cookies_of(right):
        found.append(f"cookies: {cookies_of(left)}\n      | {cookies_of(right)}")
    for answer, name in ((left, "bare"), (right, "recorded")):
        length = answer.header("Content-Length")
        if length and answer.body and int(length) != len(answer.body):
            found.append(f"Content-Length of {name}: {length} for {len(answer.body)} bytes")
    bodies = [
        masked(answer.body.decode("utf-8", "surrogateescape"), own)
        for answer, own in ((left, own_left), (right, own_right))
    ]
    if bodies[0] != bodies[1]:
        lines = difflib.unified_diff(*(body.splitlines() for body in bodies), "bare", "recorded", "", "", 0, "")
        found += [line[:300] for line, _ in zip(lines, range(30), strict=False)]
    return found
