"""Hooks around each middleware, and the start-up steps that loading it took.

Follows ``BaseHandler.load_middleware`` (``django/core/handlers/base.py``, 3.2 to 6.0): each middleware instance passes
through ``convert_exception_to_response``, where it is wrapped; no middleware is replaced or proxied.
"""

import functools
import inspect
import threading

from .. import clock
from ..cycle import current_cycle
from ..health import health, shielded
from ..places import callsite
from ..stages import enter_handler, enter_middleware, leave_handler, leave_middleware, middleware_raised
from ..writing.usual import Usual
from .process_hooks import HookInfo, recorded_hook
from .wrapping import dressed, is_coroutine

_loading = threading.local()


class MiddlewareInfo:
    """What is known of one loaded middleware. ``chain`` is the list of all, innermost first."""

    def __init__(self, path, instance, chain, is_async):
        self.path = path
        self.instance = instance
        self.chain = chain
        self.index = len(chain)
        self.is_async = is_async
        hook_in, self.target_in = self._hook("process_request")
        hook_out, self.target_out = self._hook("process_response")
        #: Whether code of its own may run on the way in and out; where none does nothing can change.
        self.acts_in = is_async or hook_in is not None or hasattr(instance, "process_request")
        self.acts_out = is_async or hook_out is not None or hasattr(instance, "process_response")
        self.usual_in = Usual("middleware.request", path, self.target_in, self._detail(hook_in))
        self.usual_out = Usual("middleware.response", path, self.target_out, self._detail(hook_out))

    def _detail(self, hook):
        detail = {"hook": hook} if hook else {}
        if self.is_async:
            detail["async"] = True
        return detail

    def adapt(self, adapted):
        """Django adapted it for the middleware around it."""
        self.usual_in.detail["adapted"] = adapted

    def _hook(self, name):
        if inspect.isfunction(self.instance) or inspect.ismethod(self.instance):
            return "__call__", self.instance
        kind = type(self.instance)
        from django.utils.deprecation import MiddlewareMixin

        if issubclass(kind, MiddlewareMixin) and kind.__call__ is MiddlewareMixin.__call__:
            hook = getattr(kind, name, None)
            return (name, hook) if hook is not None else (None, kind)
        call = kind.__call__
        if self.is_async and not inspect.iscoroutinefunction(call) and hasattr(kind, "__acall__"):
            return "__acall__", kind.__acall__
        return "__call__", call

    def inner(self):
        """The middleware further in, outermost first."""
        return reversed(self.chain[: self.index])


class Loading:
    """One run of ``load_middleware``: notes its steps."""

    def __init__(self):
        self.chain = []
        self.steps = []
        self.path = None
        self.began = None
        self.first = True

    def begin(self, path):
        self.finish_step()
        self.path = path
        self.began = clock.now()
        self.instance_made = False
        self.not_used = None

    def finish_step(self):
        if self.path is None:
            return
        step = {"kind": "middleware", "name": self.path, "durationNs": clock.now() - self.began, "target": self.factory}
        if self.not_used is not None:
            step["notUsed"] = self.not_used
        self.steps.append(step)
        self.path = None

    factory = None
    instance_made = False

    def adapt(self, before, after, needed_by):
        """The handler made so far was adapted for the middleware (or the server's protocol) around it."""
        if before is after:
            return
        if self.instance_made:
            self.finish_step()  # the outermost one, adapted for the server
        inner_is_async = is_coroutine(before)
        adapted = "async_to_sync" if inner_is_async else "sync_to_async"
        if self.chain:
            name = self.chain[-1].path
            self.chain[-1].adapt(adapted)
            for step in self.steps:
                if step["name"] == name:
                    step.update(adapted=adapted, adaptedFor=needed_by)
        else:
            self.steps.append(
                {
                    "kind": "get_response",
                    "name": "get_response",
                    "durationNs": 0,
                    "adapted": adapted,
                    "adaptedFor": needed_by,
                }
            )


def install(recorder):
    """A step for ``django.core.handlers.base``."""

    def step(base):
        handler = base.BaseHandler
        _watch_loading(recorder, base, handler)
        _watch_adapting(handler)
        base.import_string = _watched_import(base.import_string)
        base.convert_exception_to_response = _watched_conversion(base.convert_exception_to_response)

    return step


def _watch_loading(recorder, base, handler):
    original = handler.load_middleware

    @functools.wraps(original)
    def load_middleware(self, *args, **kwargs):
        outer = getattr(_loading, "current", None)
        loading = _loading.current = Loading()
        debug = base.logger.debug
        base.logger.debug = _not_used_spy(loading, debug)
        try:
            result = original(self, *args, **kwargs)
        finally:
            _loading.current = outer
            base.logger.__dict__.pop("debug", None)
        _finish(recorder, self, loading, bool(kwargs.get("is_async", args[0] if args else False)))
        return result

    handler.load_middleware = load_middleware


@shielded
def _finish(recorder, handler, loading, is_async):
    loading.finish_step()
    recorder.startup.middleware(loading.steps, is_async)
    for name, kind, order in (
        ("_view_middleware", "middleware.view", -1),
        ("_template_response_middleware", "middleware.template_response", 1),
        ("_exception_middleware", "middleware.exception", 1),
    ):
        hook = "process_" + name[1:].rsplit("_", 1)[0]
        having = [info for info in loading.chain if hasattr(info.instance, hook)][::order]
        methods = getattr(handler, name) or []
        if len(methods) != len(having):
            health.report(RuntimeError("%s has %d entries for %d middleware" % (name, len(methods), len(having))))
            continue
        wrapped = []
        for index, (info, method) in enumerate(zip(having, methods)):
            wrapped.append(recorded_hook(method, HookInfo(info, kind, hook, having[index + 1 :])))
        setattr(handler, name, wrapped)


def _not_used_spy(loading, debug):
    def spy(message, *args, **kwargs):
        if isinstance(message, str) and message.startswith("MiddlewareNotUsed"):
            loading.not_used = str(args[1])[:500] if len(args) > 1 else ""
        return debug(message, *args, **kwargs)

    return spy


def _watched_import(original):
    @functools.wraps(original)
    def import_string(path):
        loading = getattr(_loading, "current", None)
        if loading is None:
            return original(path)
        loading.begin(path)
        factory = original(path)
        loading.factory = factory
        return factory

    return import_string


def _watch_adapting(handler):
    original = getattr(handler, "adapt_method_mode", None)
    if original is None:
        return

    @functools.wraps(original)
    def adapt_method_mode(self, is_async, method, method_is_async=None, debug=False, name=None):
        result = original(self, is_async, method, method_is_async, debug, name)
        loading = getattr(_loading, "current", None)
        if loading is not None and result is not method and getattr(method, "_request_cycle_handler", None) is loading:
            needed_by = (
                name[len("middleware ") :]
                if name and name.startswith("middleware ")
                else "asgi"
                if is_async
                else "wsgi"
            )
            loading.adapt(method, result, needed_by)
        return result

    handler.adapt_method_mode = adapt_method_mode


def _watched_conversion(original):
    @functools.wraps(original)
    def convert_exception_to_response(get_response):
        loading = getattr(_loading, "current", None)
        if loading is None:
            return original(get_response)
        try:
            wrapped = _recorded(get_response, loading)
        except Exception as error:
            health.report(error)
            return original(get_response)
        inner = original(wrapped)
        inner._request_cycle_handler = loading
        return inner

    return convert_exception_to_response


def _recorded(get_response, loading):
    is_async = is_coroutine(get_response)
    if loading.first:
        loading.first = False
        return _recorded_innermost(get_response, is_async)
    info = MiddlewareInfo(loading.path, get_response, loading.chain, is_async)
    loading.chain.append(info)
    loading.instance_made = True
    if is_async:

        @callsite.boundary
        async def recorded(request):
            cycle = current_cycle.get()
            if cycle is None or not cycle.open:
                return await get_response(request)
            passage = enter_middleware(cycle, info, request)
            try:
                response = await get_response(request)
            except BaseException as error:
                middleware_raised(cycle, passage, request, error)
                raise
            leave_middleware(cycle, passage, request, response)
            return response

    else:

        @callsite.boundary
        def recorded(request):
            cycle = current_cycle.get()
            if cycle is None or not cycle.open:
                return get_response(request)
            passage = enter_middleware(cycle, info, request)
            try:
                response = get_response(request)
            except BaseException as error:
                middleware_raised(cycle, passage, request, error)
                raise
            leave_middleware(cycle, passage, request, response)
            return response

    return dressed(recorded, get_response)


def _recorded_innermost(get_response, is_async):
    if is_async:

        @callsite.boundary
        async def recorded(request):
            cycle = current_cycle.get()
            if cycle is None or not cycle.open:
                return await get_response(request)
            enter_handler(cycle, request)
            response = await get_response(request)
            leave_handler(cycle, response)
            return response

    else:

        @callsite.boundary
        def recorded(request):
            cycle = current_cycle.get()
            if cycle is None or not cycle.open:
                return get_response(request)
            enter_handler(cycle, request)
            response = get_response(request)
            leave_handler(cycle, response)
            return response

    return dressed(recorded, get_response)
