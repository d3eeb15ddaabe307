"""Puts the hooks in: each when the module it watches is imported, nothing before."""

import logging
import os

from .configuration import Configuration
from .events import cache, http, log, mail, messages, signals, sql
from .health import health, to_stderr
from .hooks import (
    asgi,
    csrf,
    errors,
    handover,
    middleware,
    requests,
    resolve,
    responses,
    static,
    templates,
    test_client,
    view,
    wsgi,
)
from .importing import AfterImport
from .recorder import Recorder

_recorder = None


def start(folder=None):
    """Record the requests of this process into ``folder`` (default: the environment's). Returns whether it records.

    To be called before Django is set up; a second call does nothing. Older Djangos than 3.2 are left alone.
    """
    global _recorder
    configuration = Configuration.from_environment(folder)
    if configuration is None or _recorder is not None:
        return _recorder is not None
    _recorder = Recorder(configuration)
    AfterImport(_steps(_recorder), _report).install()
    return True


def recorder():
    """The recorder of this process, or ``None``."""
    return _recorder


def _report(error):
    health.report(error)
    if os.environ.get("DJANGO_REQUEST_CYCLE_DEBUG"):
        to_stderr("%s: %s" % (type(error).__name__, error))


def _steps(recorder):
    """The hooks by module. Those of Django's own modules stay out of versions before 3.2."""
    hooks = {
        "django.conf": [recorder.startup.install_settings],
        "django.urls.resolvers": [resolve.install_patterns, errors.install_handlers],
        "django.core.handlers.exception": [errors.install_conversion],
        "django.core.handlers.base": [
            middleware.install(recorder),
            resolve.install_handler,
            view.install,
            errors.install_exceptions,
            lambda base: handover.install(base.BaseHandler),
            lambda _base: log.install(logging),
        ],
        "django.core.handlers.wsgi": [wsgi.install(recorder)],
        "django.core.handlers.asgi": [asgi.install(recorder)],
        "django.contrib.staticfiles.handlers": [static.install],
        "django.test.client": [test_client.install(recorder)],
        "django.http.request": [requests.install],
        "django.http.response": [responses.install],
        "django.middleware.csrf": [csrf.install],
        "django.views.debug": [errors.install_debug],
        "django.template.base": [templates.install],
        "django.template.loader_tags": [templates.install_inheritance],
        "django.template.backends.jinja2": [templates.install_jinja2],
        "django.db.backends.utils": [sql.install],
        "django.core.cache": [cache.install],
        "django.core.mail": [mail.install],
        "django.contrib.messages.storage.base": [messages.install],
        "django.dispatch.dispatcher": [signals.install],
        "django.db.models.signals": [signals.install_models],
        "urllib3.connectionpool": [http.install_urllib3],
        "httpx": [http.install_httpx],
    }
    return {name: [_supported(step) for step in steps] for name, steps in hooks.items()}


def _supported(step):
    def guarded(module):
        if module.__name__.startswith("django"):
            import django

            if django.VERSION < (3, 2):
                return
        step(module)

    return guarded
