"""Why CSRF protection refused, and which tokens it handed out (``django/middleware/csrf.py``)."""

import functools

from ..cycle import active
from ..health import shielded


def install(csrf):
    """A step for ``django.middleware.csrf``."""
    middleware = csrf.CsrfViewMiddleware
    original_reject = middleware._reject

    @functools.wraps(original_reject)
    def _reject(self, request, reason):
        cycle = active()
        if cycle is not None:
            _refused(cycle, reason)
        return original_reject(self, request, reason)

    middleware._reject = _reject
    csrf._mask_cipher_secret = _masking(csrf._mask_cipher_secret)
    csrf._get_new_csrf_string = _handing_out(csrf._get_new_csrf_string)


def _masking(original):
    @functools.wraps(original)
    def mask(*secret):
        cycle = active()
        if cycle is None:
            return original(*secret)
        cycle.masking = True
        try:
            made = original(*secret)
        finally:
            cycle.masking = False
        _handed_out(cycle, made)
        return made

    return mask


def _handing_out(original):
    @functools.wraps(original)
    def hand_out():
        made = original()
        cycle = active()
        # The mask that a token begins with is hidden as a part of it.
        if cycle is not None and not cycle.masking:
            _handed_out(cycle, made)
        return made

    return hand_out


@shielded
def _refused(cycle, reason):
    if cycle.stage is not None:
        cycle.stage.mine()["reason"] = str(reason)


@shielded
def _handed_out(cycle, made):
    # Every page gets a token of its own, and the secret itself comes back under its name.
    cycle.secrets.add(made, passing=True)
