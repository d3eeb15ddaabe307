"""Static files, served by the development server past the middleware (``django/contrib/staticfiles/handlers.py``)."""

import functools

from ..cycle import active
from ..health import shielded
from . import handover


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
    handover.install(mixin)


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
        from ..stages import note_exception

        note_exception(cycle, stage, error)
