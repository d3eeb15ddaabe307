"""Sends a recorded request again, recorded anew, and takes back what it did to the databases."""

import os

from .. import bootstrap
from ..configuration import WITHOUT_DEBUG
from ..writing.names import ENDINGS
from .environ import make_environ
from .isolation import isolated
from .set_up import set_up

#: Said with every re-run, since nothing here can undo it.
_LASTING = "Outgoing HTTP, task queues and files outside MEDIA_ROOT are not undone; on_commit callbacks did not run."


def rerun(capture):
    """Run it. Returns ``{"status": int, "captures": [file names], "user": text or None, "notes": [texts]}``.

    The same user is logged in by primary key, through a session of its own; CSRF is not enforced again, since its token
    is a secret that is not stored, unless the recorded request was refused for it.
    """
    # Asking for it is the explicit word that recording with DEBUG off wants; the recorder may have started with Python.
    os.environ[WITHOUT_DEBUG] = "1"
    bootstrap.start()
    recorder = bootstrap.recorder()
    if recorder is not None:
        recorder.configuration.without_debug = True
    set_up(capture)
    from django.core.handlers.wsgi import WSGIHandler

    notes = [_LASTING]
    before = set(os.listdir(recorder.configuration.folder)) if recorder else set()
    with isolated():
        environ = make_environ(capture, notes)
        user = _log_in(capture, environ, notes)
        handler = WSGIHandler()
        if not _refused_by_csrf(capture):
            _without_csrf(handler)
        status = _send(handler, environ)
    if recorder is None:
        return {"error": "DJANGO_REQUEST_CYCLE names no folder for captures."}
    recorder.flush()
    new = sorted(set(os.listdir(recorder.configuration.folder)) - before)
    return {
        "status": status,
        "captures": [name for name in new if name.endswith(ENDINGS)],
        "user": user,
        "notes": notes,
    }


def _send(handler, environ):
    seen = []
    response = handler(environ, lambda status, headers, exc_info=None: seen.append(status))
    try:
        for _chunk in response:
            pass
    finally:
        if hasattr(response, "close"):
            response.close()
    return int(seen[0].split(" ", 1)[0]) if seen else 0


def _without_csrf(handler):
    get_response = handler.get_response

    def marked(request):
        request._dont_enforce_csrf_checks = True  # as django.test.client.ClientHandler does
        return get_response(request)

    handler.get_response = marked


def _refused_by_csrf(capture):
    return (capture.get("summary", {}).get("refusedBy") or "").endswith("CsrfViewMiddleware")


def _log_in(capture, environ, notes):
    user = capture["request"].get("user")
    if not user:
        return None
    from django.contrib.auth import get_user_model
    from django.test.client import Client

    model = get_user_model()
    try:
        person = model._default_manager.get(pk=user["pk"])
    except (model.DoesNotExist, ValueError):
        notes.append("The user with primary key %s is gone: the request was sent by nobody." % user["pk"])
        return None
    client = Client()
    client.force_login(person)
    environ["HTTP_COOKIE"] = "; ".join("%s=%s" % (name, morsel.value) for name, morsel in client.cookies.items())
    return str(user["pk"])
