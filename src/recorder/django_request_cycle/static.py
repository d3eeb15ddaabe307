"""Static files, which the development server serves past the middleware (``django/contrib/staticfiles/handlers.py``)."""

import functools

from .cycle import active, current_cycle
from .health import shielded


def install(handlers):
    """A step for ``django.contrib.staticfiles.handlers``."""
    mixin = getattr(handlers, "StaticFilesHandlerMixin", handlers.StaticFilesHandler)
    original = mixin.serve

    @functools.wraps(original)
    def serve(self, request):
        cycle = active()
        if cycle is None:
            return original(self, request)
        stage = _begin(cycle, self, request)
        try:
            response = original(self, request)
        except BaseException as error:
            _end(cycle, stage, None, error)
            raise
        _end(cycle, stage, response, None)
        return response

    mixin.serve = serve
    _watch_get_response(mixin)


def _watch_get_response(mixin):
    # The mixin's get_response hides the handler's, so the response is handed over here.
    from .responses import give_to_server

    original = mixin.get_response

    @functools.wraps(original)
    def get_response(self, request):
        response = original(self, request)
        cycle = current_cycle.get()
        if cycle is not None and cycle.open and cycle.response is None:
            give_to_server(cycle, response)
        return response

    mixin.get_response = get_response


@shielded
def _begin(cycle, handler, request):
    cycle.static = True
    cycle.request = request
    return cycle.open_stage("static", request.path, type(handler).serve)


@shielded
def _end(cycle, stage, response, error):
    if stage is None:
        return
    source = getattr(getattr(response, "file_to_stream", None), "name", None)
    if isinstance(source, str):
        stage.detail["source"] = source
    cycle.close_stage(stage, "passed" if error is None else "raised")
    if error is not None:
        from .stages import note_exception

        note_exception(cycle, stage, error)
