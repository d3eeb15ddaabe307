"""Secrets planted wherever a request can carry one; afterwards no byte that was written may hold any of them."""

import base64
import email
import html
import json
import random
import re
import sqlite3
import string
from urllib.parse import quote, quote_plus

import captures
import differential
import projects
from browser import Browser, Request
from servers import Server


class Plants:
    """Makes secrets and remembers where each was put."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.planted = {}

    def new(self, place, odd=False):
        tail = "".join(self.random.choices(string.ascii_lowercase + string.digits, k=14))
        secret = f"{tail}p@ss/w+rd&<é>\"'%{tail[::-1]}" if odd else f"{place}{tail}"
        self.planted.setdefault(place, []).append(secret)
        return secret

    def add(self, place, secret):
        if secret:
            self.planted.setdefault(place, []).append(secret)

    def spellings(self, secret):
        """The forms in which a secret may be written, as bytes: quoted, escaped, encoded."""
        raw = secret.encode()
        # A base64 text holds another spelling for each of three offsets; the middle of it is what they share.
        coded = (
            [base64.b64encode(b"\0" * n + raw).decode().rstrip("=")[4:-4] for n in range(3)] if len(raw) > 11 else []
        )
        coded += [text.replace("+", "-").replace("/", "_") for text in coded]
        texts = [
            *(secret, quote(secret), quote(secret, safe=""), quote_plus(secret), html.escape(secret)),
            *(json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1], repr(secret)[1:-1]),
            *(json.dumps(html.escape(secret))[1:-1], json.dumps(json.dumps(secret))[3:-3], raw.hex()),
        ]
        return {text.encode() for text in texts + coded if len(text) > 7}


def send_everything(browser, plants):
    """One request after another, each with secrets of its own."""
    new = plants.new
    browser.get("/page/?q=1", headers={"Authorization": "Bearer " + new("bearer")})
    user_and_password = f"somebody:{new('basic-password')}"
    basic = base64.b64encode(user_and_password.encode()).decode()
    plants.add("basic-header", basic)
    browser.get("/leak/echo/", headers={"Authorization": "Basic " + basic})
    credentials = {
        "X-Api-Key": new("x-api-key"),
        "X-Auth-Token": new("x-auth-token"),
        "Proxy-Authorization": "Basic " + new("proxy"),
        "X-CSRFToken": new("x-csrf-header"),
        "X-Amz-Security-Token": new("amz"),
        "X-Session-Id": new("session-header"),
        "Referer": "http://127.0.0.1/page/?access_token=" + new("referer-token"),
        "Cookie": f"jwt={new('cookie-jwt')}; theme={new('cookie-theme')}",
    }
    browser.get("/leak/echo/", headers=credentials)
    for odd in (False, True):
        token = new("query-token", odd)
        browser.get("/leak/echo/?token=" + quote(token) + "&q=visible-query")
        browser.get("/leak/echo/?redirect=1&token=" + quote(token))
        browser.get("/leak/echo/?raise=1&api_key=" + quote(new("query-api-key", odd)))
        form = {
            "password": new("form-password", odd),
            "card_number": new("form-card", odd),
            "client_secret": new("form-client-secret", odd),
            "comment": "visible-comment",
        }
        browser.post("/leak/echo/", form)
        browser.post("/leak/echo/?raise=1", {"password": new("form-raise", odd)})
        browser.post("/leak/echo/?json=1", {"passwd": new("form-json", odd)})
        body = {"user": {"password": new("json-password", odd), "keys": [{"api_key": new("json-api-key", odd)}]}}
        body["visible"] = "visible-json"
        for query in ("", "?raise=1"):
            data = json.dumps(body).encode()
            headers = {"Content-Type": "application/json"}
            browser.send(Request("/leak/echo/" + query, "POST", body=data, headers=headers))
    names = (
        "newPassword old_pass accessToken privateKey apikey credentials passphrase jwt client-secret userPin otp cvv"
    )
    browser.post("/leak/echo/", {name: new("named-" + name) for name in names.split()})
    twice = "&".join(f"password={new('form-twice')}" for _ in range(2)).encode()
    form_type = {"Content-Type": "application/x-www-form-urlencoded"}
    browser.send(Request("/leak/echo/", "POST", body=twice, headers=form_type))
    browser.get("/leak/echo/", headers={"Authorization": "Token " + new("drf-token")})
    browser.get("/leak/encoded/")
    browser.get("/leak/encoded/?raise=1")
    browser.get("/leak/texts/")
    browser.get("/leak/objects/")
    browser.get("/leak/objects/?raise=1")
    browser.post("/accounts/password_reset/", {"email": "reader@proof.example"})
    upload = new("upload-password")
    files = {"file": (f"{upload}.png", "image/png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50)}
    text = {"file": ("keys.txt", "text/plain", f"password={new('upload-content')}\n".encode())}
    browser.send(Request("/body/upload/", "POST", form={"a": "b"}, files=text))
    browser.send(Request("/body/body-first/", "POST", form={"a": "b"}, files=text))
    browser.send(Request("/leak/echo/", "POST", form={"password": upload}, files=files))
    browser.send(Request("/body/upload/", "POST", form={"secret": new("multipart-secret")}, files=files))
    browser.send(Request("/body/body-first/", "POST", form={"token": new("multipart-body")}, files=files))
    browser.send(Request("/body/in-parts/", "POST", form={"password": new("read-in-parts")}))
    browser.send(Request("/body/unread/", "POST", form={"password": new("never-read")}))
    browser.get(f"/leak/reset/{new('path-token')}/")
    browser.get(f"/leak/reset/{new('path-raise')}/?raise=1")
    browser.post("/leak/post/", {"colour": new("sensitive-post"), "size": "visible-size"})
    browser.get("/leak/locals/")
    page = browser.get("/leak/page/")
    plants.add("csrf-in-html", field(page.body.decode(), "csrfmiddlewaretoken"))
    answer = browser.get("/leak/response/")
    for name, value in browser.cookies.items():
        plants.add(f"cookie-{name}", value.strip('"'))
    assert answer.status == 200, answer
    log_in(browser, plants)
    browser.get("/admin/auth/user/")
    browser.get("/nowhere/?password=" + new("not-found"))
    browser.get("/page/?signature=" + new("query-signature") + "&q=1")
    browser.get("/nasty/raises/?raise=1&secret=" + new("raise-query"))


def field(text, name):
    at = text.find(f'name="{name}" value="')
    return text[at:].split('value="', 1)[1].split('"')[0] if at >= 0 else ""


def log_in(browser, plants):
    page = browser.get("/admin/login/")
    plants.add("csrf-in-login", field(page.body.decode(), "csrfmiddlewaretoken"))
    browser.post("/admin/login/?next=/admin/", {"username": "admin", "password": plants.new("wrong-password")})
    browser.post("/admin/login/?next=/admin/", {"username": "admin", "password": "admin"})
    for name, value in browser.cookies.items():
        plants.add(f"cookie-{name}-in", value.strip('"'))


SETTINGS = ["settings-key-", "settings-password-", "settings-nested-", "settings-secret-key-"]
VIEWS = [
    *(
        "attribute-",
        "attribute-nested-",
        "local-password-",
        "local-nested-",
        "guarded-",
        "all-guarded-",
        "session-token-",
    ),
    *("user-", "response-token-", "response-pwd-", "set-cookie-", "response-header-", "response-bearer-"),
    *(
        "context-secret-",
        "context-nested-",
        "text-log-",
        "text-dict-",
        "text-sql-",
        "text-message-",
        "text-url-",
        "text-userinfo-",
    ),
    *("text-exception-", "object-attribute-", "object-namedtuple-", "object-model-", "object-row-", "object-bytes-"),
    *("object-session-", "argument-", "shape-jwt-", "shapepem"),
]
VISIBLE = [
    *("visible-query", "visible-comment", "visible-json", "visible-size", "visible-user", "visible-colour"),
    *("visible-host", "visible-title", "visible-attribute"),
]


def of_the_database(plants, file):
    """What the site itself stored: session keys, session data (readable by anybody: it is only signed), hashes."""
    with sqlite3.connect(file) as connection:
        for key, data in connection.execute("SELECT session_key, session_data FROM django_session"):
            plants.add("session-key", key)
            plants.add("session-data", data.split(":")[0][:60])
        for (hashed,) in connection.execute("SELECT password FROM auth_user"):
            plants.add("password-hash", hashed.rpartition("$")[2])


def of_the_mail(plants, folder):
    """The link of a reset password: who has it is in."""
    for file in folder.rglob("*.log"):
        text = (
            email.message_from_bytes(file.read_bytes()).get_payload(decode=True).decode()
        )  # Django 6 folds long lines
        for token in re.findall(r"/reset/\w+/([\w-]+)/", text):
            plants.add("reset-token", token)


def found_in(store, plants):
    """{place: [file: text around]} for each secret that some file holds."""
    contents = list(captures.every_byte(store))
    found = {}
    for place, secrets in plants.planted.items():
        for secret in secrets:
            for spelling in plants.spellings(secret):
                for file, data in contents:
                    at = data.find(spelling)
                    if at >= 0:
                        around = data[max(0, at - 90) : at + len(spelling) + 30].decode("utf-8", "replace")
                        found.setdefault(place, []).append(f"{file.name}: ...{around}...")
    return found


def judge(report, name, store, plants):
    found = found_in(store, plants)
    total = sum(len(secrets) for secrets in plants.planted.values())
    for place in sorted(found):
        report.check(f"{name}: {place} is not written", False, "\n".join(found[place][:2]))
    clean = len(plants.planted) - len(found)
    report.check(f"{name}: {total} secrets of {len(plants.planted)} places, {clean} places clean", not found)
    written = b"".join(data for _, data in captures.every_byte(store))
    missing = [text for text in VISIBLE if text.encode() not in written]
    report.check(f"{name}: what is no secret is there", not missing, f"missing: {missing}")


def run(report, python, work, long):
    project = projects.site("oddities", python)
    leaks_of(report, project, "runserver", work / "runserver")
    leaks_of(report, project, "uvicorn", work / "uvicorn")
    leaks_of(report, project, "runserver", work / "lines", {"lines": {"mode": "always"}})


def leaks_of(report, project, kind, work, control=None):
    name = f"{kind} with lines" if control else kind
    plants = Plants(name)
    plant = plants.new("plant")
    plants.planted.clear()
    for prefix in SETTINGS + VIEWS:
        plants.add(prefix.rstrip("-"), prefix + plant)
    plants.add("encoded", base64.b64encode(("user:settings-key-" + plant).encode()).decode()[8:-8])
    store = work / "captures"
    if control:
        store.mkdir(parents=True)
        (store / "control.json").write_text(json.dumps(control))
    server = Server(project, work, store=store, kind=kind, env={"PROOF_PLANT": plant})
    with server:
        browser = Browser(server.port)
        send_everything(browser, plants)
        count = captures.settle(server.store, 45)
    report.check(f"{name}: the recorder was at work", count >= 45, f"{count} captures")
    of_the_database(plants, server.work / "data" / "db.sqlite3")
    of_the_mail(plants, server.work / "data" / "mail")
    report.check(f"{name}: a reset's mail was sent", "reset-token" in plants.planted)
    if control:
        frames = sum(len(capture.get("frames") or []) for capture in captures.read_all(store))
        report.check(f"{name}: lines were recorded", frames > 0, f"{frames} frames")
    report.check(f"{name}: no error of the recorder's own", *differential.no_errors(store))
    judge(report, name, server.store, plants)
    tokens_are_stable(report, name, server.store)


def tokens_are_stable(report, name, store):
    """The same secret has the same token in every capture, so that a rotation shows."""
    sent = {}
    for capture in captures.read_all(store):
        for key, value in capture["request"]["headers"]:
            if key.lower() == "cookie" and "sessionid=" in value:
                token = value.split("sessionid=")[1].split(";")[0]
                sent[token] = sent.get(token, 0) + 1
    report.check(f"{name}: a session keeps its token over requests", any(n > 2 for n in sent.values()), sent)
