"""Cache calls: the operations of every backend that ``caches`` hands out (``django/core/cache/__init__.py``)."""

import functools
import itertools

from .. import clock
from ..cycle import active
from ..health import shielded
from ..values.held import key_text, type_name

OPERATIONS = (
    "get",
    "set",
    "add",
    "delete",
    "touch",
    "get_or_set",
    "get_many",
    "set_many",
    "delete_many",
    "incr",
    "decr",
    "has_key",
    "clear",
)
_MARK = "_request_cycle_watched"


def install(cache):
    """A step for ``django.core.cache``."""
    handler = cache.CacheHandler
    original = handler.create_connection

    @functools.wraps(original)
    def create_connection(self, alias):
        backend = original(self, alias)
        _watch(type(backend))
        return backend

    handler.create_connection = create_connection


@shielded
def _watch(backend):
    if _MARK in backend.__dict__:
        return
    setattr(backend, _MARK, True)
    for operation in OPERATIONS:
        method = getattr(backend, operation, None)
        if method is not None and not hasattr(method, _MARK):
            setattr(backend, operation, _watched(operation, method))


def _watched(operation, original):
    @functools.wraps(original)
    def call(self, *args, **kwargs):
        cycle = active()
        # One operation that is made of others (get_or_set) is one event.
        if cycle is None or cycle.in_cache:
            return original(self, *args, **kwargs)
        cycle.in_cache = True
        at = clock.now()
        result = error = None
        try:
            result = original(self, *args, **kwargs)
            return result
        except BaseException as raised:
            error = raised
            raise
        finally:
            cycle.in_cache = False
            _note(cycle, at, operation, args, kwargs, result, error)

    setattr(call, _MARK, True)
    return call


@shielded
def _note(cycle, at, operation, args, kwargs, result, error):
    end = clock.now()
    detail = {"operation": operation}
    key = args[0] if args else kwargs.get("key", kwargs.get("keys", kwargs.get("data")))
    if key is not None:
        detail["key"] = _key(key)
    if operation == "get":
        default = args[1] if len(args) > 1 else kwargs.get("default")
        detail["hit"] = result is not default
    elif operation == "has_key":
        detail["hit"] = result is True
    elif operation == "get_many" and type(result) is dict:
        detail["rows"] = len(result)
        detail["hit"] = bool(result)
    if error is not None:
        detail["error"] = type_name(error)
    cycle.event("cache", at, end - at, detail, 4)
    cycle.spent += clock.now() - end


def _key(key):
    if type(key) in (list, tuple, set, frozenset, dict) or type(key).__name__ == "dict_keys":
        return ", ".join(key_text(part, 200) for part in itertools.islice(key, 20))
    return key_text(key, 500)
