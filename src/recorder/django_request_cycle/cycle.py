"""One request's recording: its stages and events, and which recording the running code belongs to."""

import contextvars
import itertools
import os

from . import clock
from .clock import now
from .places.callsite import project_line
from .values.preview import Previewer

#: The recording of the running request; it follows the request into threads and tasks as contextvars do.
current_cycle = contextvars.ContextVar("django_request_cycle", default=None)

#: The same, bound once: hooks ask for it hundreds of times a request.
running = current_cycle.get

_counter = itertools.count()


def active():
    """The recording that the running code belongs to, or ``None``."""
    cycle = running()
    return cycle if cycle is not None and cycle.open else None


class Stage:
    """One step of the cycle. Times are nanoseconds of ``clock.now``; ``target`` is what to locate in the source.

    ``usual``: it is one of the usual stages, until something special happens in it; only what ``mine`` gives is its
    detail then. Made by ``Cycle.open_stage`` and by the templates' hook, which set what has no default here.
    """

    # What most stages don't have is left to the class, and to a ``__dict__`` that is made where it is needed.
    __slots__ = (
        "id",
        "kind",
        "name",
        "target",
        "detail",
        "usual",
        "outside",
        "parent",
        "start",
        "end",
        "events",
        "depth",
        "outer_place",
    )
    __slots__ += ("__dict__",)
    outcome = "passed"
    changes = None
    entered_by = None
    #: Whether its detail is the same object for each request that went the same way, and never changes.
    lasting = False

    def mine(self):
        """The detail, to be changed."""
        usual = self.usual
        if usual is not None:
            self.usual = None
            self.name = usual.name
            self.detail = dict(usual.detail)
        return self.detail


class Event:
    """Something that happened within a stage. ``place`` is what ``callsite.project_line`` gave."""

    __slots__ = ("kind", "at", "duration", "place", "detail")


class Cycle:
    """The recording of one request, filled while it runs and turned into a document after the response was sent."""

    query = ""
    end = None
    request = None
    response = None
    request_watch = None
    response_watch = None
    resolver_match = None
    resolution = None
    trail = None
    route = None
    #: The callback's as Django has it, and that of the function or class behind it.
    view_name = None
    real_view_name = None
    exception = None
    refused_by = None
    debug_page = False
    handled_by = None
    refusal = None
    static = False
    chunks = None
    chunk_count = 0
    streamed = 0
    #: ``None`` until the iteration over a stream ended, or was broken off.
    streamed_whole = None
    #: ``exception_info`` of what was raised while the response was streamed.
    stream_error = None
    body_parts = None
    body_room = 0
    sends_file = False
    sent_file = None
    files = None
    response_body = None
    #: Text and bytes of a body in UTF-8 that is kept as it was sent.
    body_as_sent = (None, None)
    read_parts = None
    read_bytes = 0
    read_room = 0
    in_cache = False
    #: Whether a CSRF token is being masked.
    masking = False
    sending = None
    outer = None
    ready = None
    sent = None
    closed_early = False
    busy = None
    contexts_left = 60
    rooms_left = 3
    #: Numbers given to objects that are shown more than once; what the open templates' contexts showed.
    refs = 0
    same = None
    lines = None
    lines_route = None

    def __init__(self, recorder, protocol, method, path):
        self.start = now()
        # What hooks ask for hundreds of times: of an instance it is had quicker than of the class.
        self.open = True
        self.stage = None
        self.spent = 0
        #: Whether a template is rendered with room on the stack, or enough of them were (``stack_room``).
        self.has_room = False
        self.event_count = 0
        self.milliseconds, self.started_at = clock.wall()
        self.pid = os.getpid()
        self.id = "%s-%d-%d" % (clock.base36_of_moment(self.milliseconds), self.pid, next(_counter))
        self.recorder = recorder
        self.limits = recorder.control.limits
        self.secrets = recorder.new_secrets()
        self.previewer = Previewer(self.secrets, self.limits.reprChars)
        self.protocol = protocol
        self.method = method
        self.path = path
        #: Those that are open or have something of their own, and how many there were in all. Of the others, which a
        #: page has by the hundred, rows stand one after the other in ``plain``: number, ``Usual``, start, end, parent.
        self.stages = []
        self.stage_count = 0
        self.plain = []
        #: Stages that such a row has taken the place of, to be used again.
        self.spare = []
        self.most_stages = self.limits.stagesPerCapture
        self.loose_events = []
        self.losses = {}
        self.response_origins = {}
        self.server = {}
        self.middleware = []
        self.handler_is_async = protocol == "asgi"

    def open_stage(self, kind, name, target, nested=False, usual=None):
        """Begin a stage. ``nested``: its time belongs to the stage that is open, its parent."""
        number = self.stage_count + 1
        if number > self.most_stages:
            self.lose_stage()
            return None
        self.stage_count = number
        stage = Stage()
        stage.id = number
        stage.kind = kind
        stage.name = name
        stage.target = target
        stage.outside = outside = self.stage
        stage.usual = usual
        stage.detail = {} if usual is None else usual.detail
        stage.parent = outside.id if nested and outside is not None else None
        stage.end = stage.events = stage.depth = stage.outer_place = None
        self.stages.append(stage)
        self.stage = stage
        stage.start = now()
        return stage

    def close_stage(self, stage, outcome="passed"):
        """End a stage, and with it whatever was left open inside."""
        stage.end = now()
        if outcome != "passed":
            stage.outcome = outcome
        self.stage = stage.outside

    def skipped(self, kind, name, target):
        """A stage that never ran, as something further out answered."""
        self.stage_count += 1
        stage = Stage()
        stage.id = self.stage_count
        stage.kind = kind
        stage.name = name
        stage.target = target
        stage.outside = stage.parent = stage.usual = stage.events = stage.depth = stage.outer_place = None
        stage.detail = {}
        stage.start = stage.end = now()
        stage.outcome = "skipped"
        self.stages.append(stage)

    def event(self, kind, at, duration, detail, depth=2, place=False):
        """Note an event that began at ``at``; ``place`` where the caller knows it already."""
        if self.event_count >= self.limits.eventsPerCapture:
            self.lose("events", "more events than limits.eventsPerCapture")
            return None
        self.event_count += 1
        event = Event()
        event.kind = kind
        event.at = at
        event.duration = duration
        if place is False:
            # Where stages were lost, who renders a template can't be told from the stages.
            place = project_line(depth + 1, self.stage if self.stage_count < self.most_stages else None)
        event.place = place
        event.detail = detail
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

    def lose_stage(self):
        """Count a stage beyond the limit."""
        self.lose("stages", "more stages than limits.stagesPerCapture")

    def let_go(self):
        """It was written: drop what it holds. Frames of the application that refer to each other may keep the cycle
        itself until the garbage collector comes, and would make that look at all of it.
        """
        self.stages = []
        self.plain = []
        self.spare = []
        self.loose_events = []
        self.middleware = []
        self.response_origins = {}
        self.stage = self.request = self.response = self.request_watch = self.response_watch = None
        self.resolver_match = self.resolution = self.exception = self.same = self.lines = None
        self.body_as_sent = (None, None)
        self.response_body = self.body_parts = self.read_parts = self.chunks = self.files = None
        self.previewer.forget()

    def skip_view(self):
        """The view that was resolved and never called."""
        match = self.resolver_match
        self.skipped("view", self.view_name or "", match.func if match is not None else None)
