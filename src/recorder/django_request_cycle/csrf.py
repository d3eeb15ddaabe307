"""Why CSRF protection refused, and which tokens it handed out (``django/middleware/csrf.py``)."""

import functools

from .cycle import active
from .health import shielded


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
    original_mask = csrf._mask_cipher_secret

    @functools.wraps(original_mask)
    def _mask_cipher_secret(secret):
        masked = original_mask(secret)
        cycle = active()
        if cycle is not None:
            _handed_out(cycle, masked)
        return masked

    csrf._mask_cipher_secret = _mask_cipher_secret


@shielded
def _refused(cycle, reason):
    if cycle.stage is not None:
        cycle.stage.detail["reason"] = str(reason)


@shielded
def _handed_out(cycle, masked):
    cycle.secrets.add(masked)
