"""Which names mark a secret, judged word by word: ``author`` and ``primary_key`` are none."""

import functools
import re

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")

#: A name with one of these words is secret, in the singular or the plural.
_WORDS = frozenset(
    (
        "password passwd passphrase passcode pwd secret token credential apikey authorization cookie csrf jwt"
        " bearer otp totp cvv cvc ssn signature sessionid sessionkey privatekey secretkey accesskey dsn"
    ).split()
)
#: Words that are run together with something before them: ``csrfmiddlewaretoken``, ``newpassword``.
_ENDINGS = ("token", "password", "passwd", "secret", "apikey", "sessionid")
#: Two words that are secret only together.
_PAIRS = frozenset(
    {
        ("api", "key"),
        ("access", "key"),
        ("auth", "key"),
        ("auth", "hash"),
        ("card", "number"),
        ("client", "key"),
        ("encryption", "key"),
        ("fernet", "key"),
        ("license", "key"),
        ("master", "key"),
        ("private", "key"),
        ("recovery", "code"),
        ("secret", "key"),
        ("security", "code"),
        ("session", "data"),
        ("session", "id"),
        ("session", "key"),
        ("signing", "key"),
        ("user", "hash"),
        ("verification", "code"),
        ("webhook", "key"),
    }
)
#: Words that mark a secret only at the end: ``basic_auth`` but not ``auth_user``, ``smtp_pass`` but not ``pass_count``.
_LAST = frozenset({"auth", "pass", "pin", "passwords"})

#: Django's own settings that have such a word in their name and hold none. A debug page has them in its context: were
#: the cookie's name hidden there, it would be hidden in every later ``Cookie`` header as well.
NO_SECRETS = frozenset(
    (
        "AUTH_PASSWORD_VALIDATORS CACHE_MIDDLEWARE_KEY_PREFIX CSRF_COOKIE_AGE CSRF_COOKIE_DOMAIN CSRF_COOKIE_HTTPONLY"
        " CSRF_COOKIE_MASKED CSRF_COOKIE_NAME CSRF_COOKIE_PATH CSRF_COOKIE_SAMESITE CSRF_COOKIE_SECURE"
        " CSRF_FAILURE_VIEW CSRF_HEADER_NAME CSRF_TRUSTED_ORIGINS CSRF_USE_SESSIONS LANGUAGE_COOKIE_AGE"
        " LANGUAGE_COOKIE_DOMAIN LANGUAGE_COOKIE_HTTPONLY LANGUAGE_COOKIE_NAME LANGUAGE_COOKIE_PATH"
        " LANGUAGE_COOKIE_SAMESITE LANGUAGE_COOKIE_SECURE PASSWORD_HASHERS PASSWORD_RESET_TIMEOUT"
        " PASSWORD_RESET_TIMEOUT_DAYS SESSION_COOKIE_AGE"
        " SESSION_COOKIE_DOMAIN SESSION_COOKIE_HTTPONLY SESSION_COOKIE_NAME SESSION_COOKIE_PATH SESSION_COOKIE_SAMESITE"
        " SESSION_COOKIE_SECURE"
    ).split()
)


@functools.lru_cache(maxsize=4096)
def is_secret_name(name, more=()):
    """Whether the value under ``name`` (a field, header, key, variable or column) is to be replaced.

    ``more`` is a tuple of further words or whole names, as ``secretNames`` in ``control.json`` gives them.
    """
    words = [word.lower() for word in _WORD.findall(name)]
    if not words or name in NO_SECRETS:
        return False
    for word in words:
        if word in _WORDS or (word.endswith("s") and word[:-1] in _WORDS) or word.endswith(_ENDINGS):
            return True
    if words[-1] in _LAST or any(pair in _PAIRS for pair in zip(words, words[1:])):
        return True
    if more:
        whole = name.lower()
        return any(extra.lower() == whole or extra.lower() in words for extra in more)
    return False


class _Names(dict):
    """Whether a name marks a secret, remembered by name."""

    def __init__(self, more):
        self._more = more

    def __missing__(self, name):
        if len(self) > 4096:
            self.clear()
        found = self[name] = is_secret_name(name, self._more)
        return found


@functools.lru_cache(maxsize=16)
def names_with(more=()):
    """``names[name]``: what ``is_secret_name(name, more)`` says, for names that are plain ``str``."""
    return _Names(more)
