"""Where responses are made, what is streamed, and the moment the server closes them."""

import functools

from .. import clock
from ..cycle import active
from ..health import shielded
from ..places import callsite
from ..values.bodies import before_close, streamed_room
from ..values.exceptions import exception_info
from . import sent_files

#: Chunks of a streaming response noted one by one.
CHUNKS = 200


def install(response):
    """A step for ``django.http.response``."""
    base = response.HttpResponseBase
    base.__init__ = _noting_init(base.__init__)
    base.close = _finishing_close(base.close)
    streaming = response.StreamingHttpResponse
    streaming.__iter__ = _watched_iter(streaming.__iter__)
    if hasattr(streaming, "__aiter__"):
        streaming.__aiter__ = _watched_aiter(streaming.__aiter__)


def _noting_init(original):
    @functools.wraps(original)
    def __init__(self, *args, **kwargs):
        original(self, *args, **kwargs)
        cycle = active()
        if cycle is not None:
            _note_origin(cycle, self)

    return __init__


@shielded
def _note_origin(cycle, response):
    begin = clock.now()
    cycle.response_origins[id(response)] = callsite.stack_lines(4)
    cycle.spent += clock.now() - begin


def _finishing_close(original):
    @functools.wraps(original)
    def close(self):
        cycle = self.__dict__.pop("_request_cycle", None)
        if cycle is None or not cycle.open:
            return original(self)
        _sent(cycle, self)
        try:
            return original(self)
        finally:
            sent_files.let_go(cycle)
            cycle.recorder.finish(cycle)

    return close


@shielded
def _sent(cycle, response):
    cycle.sent = clock.now()
    before_close(cycle, response)


@shielded
def give_to_server(cycle, response):
    """The handler is done: from here the response is the server's, until it closes it."""
    cycle.ready = clock.now()
    cycle.response = response
    response.__dict__["_request_cycle"] = cycle
    if not response.streaming:
        cycle.recorder.answered(cycle)
    if cycle.protocol == "wsgi" and not cycle.static:
        sent_files.watch(cycle, response, note_chunk)


def _watched_iter(original):
    @functools.wraps(original)
    def __iter__(self):
        iterator = original(self)
        cycle = self.__dict__.get("_request_cycle")
        if cycle is None or not cycle.open:
            return iterator
        return _chunks(cycle, iterator)

    return __iter__


def _chunks(cycle, iterator):
    complete = False
    try:
        for chunk in iterator:
            note_chunk(cycle, chunk)
            yield chunk
        complete = True
    except Exception as error:
        _note_stream_error(cycle, error)
        raise
    finally:
        cycle.streamed_whole = complete


def _watched_aiter(original):
    @functools.wraps(original)
    def __aiter__(self):
        iterator = original(self)
        cycle = self.__dict__.get("_request_cycle")
        if cycle is None or not cycle.open:
            return iterator
        return _async_chunks(cycle, iterator)

    return __aiter__


async def _async_chunks(cycle, iterator):
    complete = False
    try:
        async for chunk in iterator:
            note_chunk(cycle, chunk)
            yield chunk
        complete = True
    except Exception as error:
        _note_stream_error(cycle, error)
        raise
    finally:
        cycle.streamed_whole = complete
        aclose = getattr(iterator, "aclose", None)
        if aclose is not None:
            await aclose()


@shielded
def _note_stream_error(cycle, error):
    cycle.stream_error = exception_info(cycle, error)


@shielded
def note_chunk(cycle, chunk):
    """A chunk of a streaming response goes out."""
    if cycle.chunks is None:
        cycle.chunks = []
        cycle.chunk_count = 0
        cycle.streamed = 0
        cycle.body_parts = []
        cycle.body_room = streamed_room(cycle.limits, cycle.response)
    size = len(chunk)
    cycle.chunk_count += 1
    if len(cycle.chunks) < CHUNKS:
        cycle.chunks.append((clock.now(), size))
    if cycle.streamed < cycle.body_room and type(chunk) is bytes:
        cycle.body_parts.append(chunk[: cycle.body_room - cycle.streamed])
    cycle.streamed += size
