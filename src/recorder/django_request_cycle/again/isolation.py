"""Keeps what a request does from outliving it: databases, mail, cache and media.

What it can't take back: outgoing HTTP, task queues, files outside ``MEDIA_ROOT``, databases without transactions.
"""

import contextlib
import shutil
import tempfile


@contextlib.contextmanager
def isolated():
    """Every database in a transaction that is rolled back; mail and cache in memory, media in a temporary folder.

    To be entered after ``django.setup()``. Follows ``TestCase._enter_atomics`` (``django/test/testcases.py``).
    """
    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections, connections, transaction
    from django.test.utils import override_settings

    media = tempfile.mkdtemp(prefix="request-cycle-media-")
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, media, True)
        stack.enter_context(override_settings(**_settings(media)))
        # A connection that is closed at the request's end would end the transaction with it.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
            stack.callback(signal.connect, close_old_connections)
        for alias in connections:
            if connections[alias].settings_dict.get("ENGINE") == "django.db.backends.dummy":
                continue  # of a project without a database
            atomic = transaction.atomic(using=alias)
            # Lets the project's own `atomic(durable=True)` run inside ours, as it may in a test.
            atomic._from_testcase = True
            if hasattr(transaction.Atomic, "_ensure_durability"):
                stack.callback(setattr, transaction.Atomic, "_ensure_durability", True)
                transaction.Atomic._ensure_durability = False
            atomic.__enter__()
            stack.callback(_roll_back, transaction, alias, atomic)
        yield


def _roll_back(transaction, alias, atomic):
    transaction.set_rollback(True, using=alias)
    atomic.__exit__(None, None, None)


def _settings(media):
    from django.conf import settings

    memory = "django.core.cache.backends.locmem.LocMemCache"
    changed = {
        "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
        "CACHES": {alias: {"BACKEND": memory, "LOCATION": "request-cycle-" + alias} for alias in settings.CACHES},
        "MEDIA_ROOT": media,
    }
    if settings.SESSION_ENGINE == "django.contrib.sessions.backends.file":
        changed["SESSION_FILE_PATH"] = media
    return changed
