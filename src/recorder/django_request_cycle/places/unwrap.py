"""The real function behind a URL's callback: behind decorators, ``as_view()``, DRF's and ninja's wrappers.

Works on what the objects carry; nothing is called.
"""

import functools
import types

from .location import definition, symbol_of


class RealView:
    """``target``: the function or class to show; ``wrappers``: what stands around it, outermost first."""

    def __init__(self, target, wrappers, view_class=None, action=None, handler=None):
        self.target = target
        self.wrappers = wrappers
        self.view_class = view_class
        self.action = action
        self.handler = handler


def real_view(callback, method):
    """Look through ``callback`` for a request with this method (``GET``, …)."""
    wrappers = []
    target = callback
    for _step in range(50):
        cls = _view_class(target)
        if cls is not None:
            return _of_class(cls, target, method, wrappers)
        operation = _ninja_operation(target, method)
        if operation is not None:
            target = operation
            continue
        inner = _inside(target)
        if inner is None:
            break
        wrappers.append(_wrapper(target))
        target = inner
    return RealView(target, wrappers)


def _view_class(target):
    # as_view() of Django sets view_class, DRF's sets cls as well.
    for name in ("view_class", "cls"):
        cls = getattr(target, "__dict__", {}).get(name)
        if isinstance(cls, type):
            return cls
    return None


def _of_class(cls, target, method, wrappers):
    inner = target
    while inner is not None and getattr(inner, "__wrapped__", None) is not None:
        # View.as_view() itself uses update_wrapper() on the class and dispatch: its own code is named "view".
        if getattr(getattr(inner, "__code__", None), "co_name", None) == "view":
            break
        wrappers.append(_wrapper(inner))
        inner = inner.__wrapped__
    actions = getattr(target, "__dict__", {}).get("actions")
    action = None
    if isinstance(actions, dict):
        action = actions.get(method.lower())
    action = action or method.lower()
    handler = getattr(cls, action, None)
    if handler is None and action == "head":
        handler = getattr(cls, "get", None)
    function = _innermost(handler)
    if definition(cls) is None:
        # A class that stands nowhere: DRF's api_view() made it around the function, for whichever methods.
        for name in (action, "get", "post", "put", "patch", "delete"):
            made = _innermost(getattr(cls, name, None))
            if made is not None and definition(made) is not None:
                return RealView(made, wrappers)
    return RealView(cls, wrappers, symbol_of(cls), action if handler is not None else None, function)


def _innermost(function):
    for _step in range(20):
        inside = _inside(function) if function is not None else None
        if inside is None:
            break
        function = inside
    return function


def _inside(target):
    """What a wrapper wraps: ``__wrapped__``, a partial's function, or the one function its closure holds."""
    if isinstance(target, functools.partial):
        return target.func
    if isinstance(target, types.MethodType):
        return _inside(target.__func__)
    wrapped = getattr(target, "__dict__", {}).get("__wrapped__")
    if callable(wrapped):
        return wrapped
    if (
        not isinstance(target, types.FunctionType)
        or not target.__closure__
        or "<locals>" not in target.__code__.co_name + getattr(target.__code__, "co_qualname", target.__qualname__)
    ):
        return None
    held = []
    for cell in target.__closure__:
        try:
            value = cell.cell_contents
        except ValueError:
            continue
        if isinstance(value, types.FunctionType):
            held.append(value)
    return held[0] if len(held) == 1 else None


def _ninja_operation(target, method):
    """django-ninja routes every method of a path through one ``PathView``, which holds its operations.

    The callback is its method, or since 1.4 a function whose closure holds it as ``self``.
    """
    owner = getattr(target, "__self__", None) or _in_closure(target, "self")
    for operation in getattr(owner, "operations", None) or ():
        if method in getattr(operation, "methods", ()):
            function = getattr(operation, "view_func", None)
            return function if callable(function) else None
    return None


def _in_closure(target, name):
    if not isinstance(target, types.FunctionType) or name not in target.__code__.co_freevars:
        return None
    try:
        return target.__closure__[target.__code__.co_freevars.index(name)].cell_contents
    except ValueError:
        return None


def _wrapper(target):
    code = getattr(target, "__code__", None)
    name = getattr(code, "co_qualname", None) or getattr(code, "co_name", None) or type(target).__name__
    name = name.split(".<locals>", 1)[0] if ".<locals>" in name else name
    module = getattr(target, "__globals__", {}).get("__name__") if code is not None else None
    shown = {"name": "%s.%s" % (module, name) if module else name}
    location = definition(code) if code is not None else None
    if location:
        location = dict(location)
        location.pop("symbol", None)
        shown["location"] = location
    return shown
