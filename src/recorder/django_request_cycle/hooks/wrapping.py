"""What stands in the place of the project's and Django's own callables, unnoticed by either."""

import functools


def is_coroutine(function):
    """Django's own notion of an async callable (asgiref's since 4.2, asyncio's before)."""
    try:
        from asgiref.sync import iscoroutinefunction
    except ImportError:
        from asyncio import iscoroutinefunction
    return iscoroutinefunction(function)


def dressed(recorded, original):
    """Names and attributes of the original, as Django's own wrapper would copy them."""
    for name in functools.WRAPPER_ASSIGNMENTS:
        try:
            setattr(recorded, name, getattr(original, name))
        except AttributeError:
            # Of an instance Django's wrapper keeps its own name.
            if name in ("__name__", "__qualname__"):
                setattr(
                    recorded, name, "inner" if name == "__name__" else "convert_exception_to_response.<locals>.inner"
                )
    recorded.__dict__.update(getattr(original, "__dict__", {}))
    return recorded
