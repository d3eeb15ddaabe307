"""Secret values that a process holds from the start: in its settings (Django's own filter) and its environment."""

import os
import re

from .secret_names import NO_SECRETS, is_secret_name

_DOTTED = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+\Z")
_URL_PASSWORD = re.compile(r"\w+://[^/\s:@]*:([^/\s@]+)@")
#: Variables that are secret by a word of theirs and hold none.
_NO_SECRET_VARIABLES = frozenset(("PWD", "OLDPWD"))


def process_secrets(environ):
    """A tuple of texts to hide in every capture. Never raises."""
    found = {}
    try:
        _from_environment(environ, found)
        _from_settings(found)
    except Exception:
        from ..health import health

        health.report(RuntimeError("settings could not be searched for secrets"))
    return tuple(found)


def _from_environment(environ, found):
    for name, value in environ.items():
        if name not in _NO_SECRET_VARIABLES and is_secret_name(name) and not os.path.exists(value):
            _add(value, found)
        for password in _URL_PASSWORD.findall(value):
            _add(password, found)


def _from_settings(found):
    from django.conf import settings
    from django.views.debug import get_exception_reporter_filter

    hidden = getattr(get_exception_reporter_filter(None), "hidden_settings", None)
    holder = settings._wrapped
    for name in dir(holder):
        if not name.isupper() or name in NO_SECRETS:
            continue
        try:
            value = getattr(holder, name)
        except Exception:  # a settings object of the project's own
            continue
        _search(name, value, bool(hidden and hidden.search(name)), found, 0)


def _search(name, value, matched, found, depth):
    if type(value) is str:
        if is_secret_name(name) or (matched and len(value) >= 8 and not _DOTTED.match(value) and "/" not in value):
            _add(value, found)
        for password in _URL_PASSWORD.findall(value):
            _add(password, found)
    elif depth < 5 and isinstance(value, dict):
        for key, item in list(value.items()):
            _search(str(key), item, False, found, depth + 1)
    elif depth < 5 and type(value) in (list, tuple):
        for item in value[:100]:
            # The list's own name tells (SECRET_KEY_FALLBACKS); lists of dotted paths are left.
            _search(name if is_secret_name(name) else "", item, False, found, depth + 1)


def _add(value, found):
    if len(value) >= 6 and not _DOTTED.match(value):
        found[value] = None
