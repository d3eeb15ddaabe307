"""One request's recording: its stages and events, and which recording the running code belongs to."""

import contextvars
import itertools
import os

from . import clock
from .callsite import project_line
from .preview import Previewer

#: The recording of the running request; it follows the request into threads and tasks as contextvars do.
current_cycle = contextvars.ContextVar("django_request_cycle", default=None)

_counter = itertools.count()


def active():
    """The recording that the running code belongs to, or ``None``."""
    cycle = current_cycle.get()
    return cycle if cycle is not None and cycle.open else None


class Stage:
    """One step of the cycle. Times are nanoseconds of ``clock.now``; ``target`` is what to locate in the source."""

    __slots__ = (
        "id",
        "parent",
        "kind",
        "name",
        "target",
        "start",
        "end",
        "inner",
        "outcome",
        "changes",
        "events",
        "detail",
        "outside",
        "usual",
        "depth",
        "entered_by",
    )

    def __init__(self, number, kind, name, target, outside, start):
        self.id = number
        self.kind = kind
        self.name = name
        self.target = target
        self.outside = outside
        self.parent = None
        self.start = start
        self.end = None
        self.inner = 0
        self.outcome = "passed"
        self.changes = None
        self.events = None
        self.detail = {}
        self.usual = None
        self.depth = None
        self.entered_by = None

    def be(self, usual):
        """Let it be one of the usual stages, until something special happens in it."""
        self.usual = usual
        self.detail = usual.detail

    def mine(self):
        """The detail, to be changed."""
        if self.usual is not None:
            self.usual = None
            self.detail = dict(self.detail)
        return self.detail


class Event:
    """Something that happened within a stage. ``place`` is what ``callsite.project_line`` gave."""

    __slots__ = ("kind", "at", "duration", "place", "detail")

    def __init__(self, kind, at, duration, place, detail):
        self.kind = kind
        self.at = at
        self.duration = duration
        self.place = place
        self.detail = detail


class Cycle:
    """The recording of one request, filled while it runs and turned into a document after the response was sent."""

    def __init__(self, recorder, protocol, method, path):
        self.start = clock.now()
        self.milliseconds, self.started_at = clock.wall()
        self.id = "%s-%d-%d" % (clock.base36(self.milliseconds), os.getpid(), next(_counter))
        self.recorder = recorder
        self.limits = recorder.control.limits
        self.secrets = recorder.new_secrets()
        self.previewer = Previewer(self.secrets, self.limits.reprChars)
        self.protocol = protocol
        self.method = method
        self.path = path
        self.query = ""
        self.open = True
        self.stages = []
        self.stage = None
        self.loose_events = []
        self.event_count = 0
        self.losses = {}
        self.spent = 0
        self.end = None
        self.request = None
        self.response = None
        self.response_origins = {}
        self.request_watch = None
        self.response_watch = None
        self.server = {}
        self.middleware = []
        self.handler_is_async = protocol == "asgi"
        self.resolver_match = None
        self.resolution = None
        self.trail = None
        self.route = None
        #: The callback's as Django has it, and that of the function or class behind it.
        self.view_name = None
        self.real_view_name = None
        self.exception = None
        self.refused_by = None
        self.debug_page = False
        self.handled_by = None
        self.refusal = None
        self.static = False
        self.chunks = None
        self.chunk_count = 0
        self.streamed = 0
        #: ``None`` until the iteration over a stream ended, or was broken off.
        self.streamed_whole = None
        #: ``exception_info`` of what was raised while the response was streamed.
        self.stream_error = None
        self.body_parts = None
        self.body_room = 0
        self.sends_file = False
        self.sent_file = None
        self.files = None
        self.response_body = None
        self.read_parts = None
        self.read_bytes = 0
        self.read_room = 0
        self.in_cache = False
        self.sending = None
        self.outer = None
        self.ready = None
        self.sent = None
        self.closed_early = False
        self.busy = None
        self.contexts_left = 60
        #: Numbers given to objects that are shown more than once; what the open templates' contexts showed.
        self.refs = 0
        self.same = None
        self.lines = None
        self.lines_route = None

    def open_stage(self, kind, name, target, nested=False):
        """Begin a stage. ``nested``: its time belongs to the stage that is open, its parent."""
        outside = self.stage
        if len(self.stages) >= self.limits.stagesPerCapture:
            self.lose("stages", "more stages than limits.stagesPerCapture")
            return None
        stage = Stage(len(self.stages) + 1, kind, name, target, outside, clock.now())
        if nested and outside is not None:
            stage.parent = outside.id
        self.stages.append(stage)
        self.stage = stage
        return stage

    def close_stage(self, stage, outcome="passed"):
        """End a stage, and with it whatever was left open inside."""
        stage.end = end = clock.now()
        stage.outcome = outcome
        outside = stage.outside
        if stage.parent is not None and outside is not None:
            outside.inner += end - stage.start
        self.stage = outside

    def skipped(self, kind, name, target):
        """A stage that never ran, as something further out answered."""
        stage = Stage(len(self.stages) + 1, kind, name, target, None, clock.now())
        stage.end = stage.start
        stage.outcome = "skipped"
        self.stages.append(stage)

    def event(self, kind, at, duration, detail, depth=2, place=False):
        """Note an event that began at ``at``; ``place`` where the caller knows it already."""
        if self.event_count >= self.limits.eventsPerCapture:
            self.lose("events", "more events than limits.eventsPerCapture")
            return None
        self.event_count += 1
        event = Event(kind, at, duration, project_line(depth + 1) if place is False else place, detail)
        stage = self.stage
        if stage is None:
            self.loose_events.append(event)
        elif stage.events is None:
            stage.events = [event]
        else:
            stage.events.append(event)
        return event

    def lose(self, what, reason):
        """Count something that is not in the capture."""
        self.losses[what, reason] = self.losses.get((what, reason), 0) + 1

    def skip_view(self):
        """The view that was resolved and never called."""
        match = self.resolver_match
        self.skipped("view", self.view_name or "", match.func if match is not None else None)
