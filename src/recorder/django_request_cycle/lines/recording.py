"""The lines of one cycle: frames with their lines, and after each line the local variables that it changed."""

from operator import sub
from threading import get_ident

from ..clock import now
from ..encoding import encode
from ..places.location import definition, project_files
from .shown import LinePreviewer
from .stored import stored_by

#: Times one line is noted within one frame; a loop that runs longer is cut.
HITS = 25
#: Variables compared in one frame.
VARIABLES = 60
#: Callers looked at to find the frame that called.
CALLERS = 80
#: Numbers that a call takes in ``PackedFrames``.
WIDTH = 7

_SKIPPED = frozenset(("<module>", "<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"))


def wanted(code):
    """Whether a code object's lines are recorded: functions of the project, not module bodies and comprehensions.

    What was compiled from something else than Python (a Jinja2 template) has lines of its own making.
    """
    filename = code.co_filename
    return project_files[filename] and code.co_name not in _SKIPPED and filename[-3:] == ".py"


class FrameRecord:
    """One call. ``seen`` holds the locals as they were at the last line, and is let go when the call ends."""

    # What most calls don't have is left to the class.
    #: The variables that the line may change which runs.
    names = ()
    #: Of the containers among the variables, how many they held: what grows in place has changed, too.
    sizes = None
    #: The place of the running line in ``lines``; ``None`` where it isn't noted.
    slot = None
    returned = None
    raised = None
    truncated = False

    def __init__(self, number, parent, stage, stored, calls):
        self.number = number
        self.parent = parent
        self.stage = stage
        self.stored = stored
        #: The records of the calls that go on in its thread, innermost last.
        self.calls = calls
        #: Of each line in turn its number and when it began.
        self.lines = []
        #: Of each value that a line left, the line's place in ``lines``, the name and the value's number: no more than
        #: that, as thousands of objects would be left to the garbage collector.
        self.values = []
        self.hits = {}
        self.seen = {}


class LineRecording:
    """What the engines fill, in whichever thread the code runs."""

    def __init__(self, cycle):
        self._cycle = cycle
        self._previewer = LinePreviewer(cycle.secrets, cycle.limits.reprChars)
        self._most_frames = cycle.limits.frames
        self._most = 2 * cycle.limits.linesPerFrame
        self._live = {}
        #: By thread: ``calls`` of its records.
        self._calls = {}
        self.frames = []

    def start(self, frame, stored):
        """A call began. Gives its record, or ``None`` beyond the limit."""
        begin = now()
        cycle = self._cycle
        if cycle is None:
            return None
        number = len(self.frames) + 1
        if number > self._most_frames:
            cycle.lose("frames", "more calls of project code than limits.frames")
            return None
        stage = cycle.stage
        thread = get_ident()
        calls = self._calls.get(thread)
        if calls is None:
            calls = self._calls[thread] = []
        # A plain function that goes on is the caller; a generator may be suspended.
        if calls and not calls[-1].stored.suspendable:
            caller = calls[-1].number
        else:
            caller = self._caller(frame) if self._live else None
        record = FrameRecord(number, caller, 0 if stage is None else stage.id, stored, calls)
        calls.append(record)
        self.frames.append(record)
        self._live[id(frame)] = record
        if stored.given:
            # The arguments: what the call was given stands at its definition's line.
            record.slot = 0
            self._left(record, stored.given, frame)
            record.slot = None
            if record.values:
                record.lines += (stored.code.co_firstlineno, begin)
        cycle.spent += now() - begin
        return record

    def resumes(self, frame):
        """Whether a generator's or coroutine's frame goes on after it was suspended."""
        record = self._live.get(id(frame))
        return record is not None and record.stored.code is frame.f_code and frame.f_lasti > 0

    def _caller(self, frame):
        live = self._live
        for _step in range(CALLERS):
            frame = frame.f_back
            if frame is None:
                return None
            record = live.get(id(frame))
            if record is not None:
                return record.number
        return None

    def line(self, frame, code, number):
        """A line of a frame with this code is about to run; the one before it has left its values."""
        begin = now()
        record = self._live.get(id(frame))
        if record is None or record.stored.code is not code:
            record = self.start(frame, stored_by(code))
            if record is None:
                return
            begin = now()
        stored = record.stored
        lines = record.lines
        hits = record.hits.get(number, 0)
        if hits < HITS and len(lines) < self._most:
            names = record.names
            if names or record.sizes:
                self._left(record, names, frame)
            record.hits[number] = hits + 1
            record.slot = len(lines) >> 1
            record.names = stored.by_line.get(number, stored.ever)
            lines += (number, begin)
        elif record.slot is not None or not record.truncated:
            # Of a loop that runs on only the last line that is noted is looked at.
            if record.slot is not None:
                self._left(record, record.names, frame)
                record.slot = None
            record.names = stored.every[:VARIABLES]
            record.truncated = True
        self._cycle.spent += now() - begin

    def _left(self, record, names, frame):
        """The line that ran is over: note those of the variables that are new, where lines are noted."""
        seen = record.seen
        sizes = record.sizes
        slot = record.slot
        number_of = self._previewer.number_of
        if names:
            held = frame.f_locals
            for name in names:
                value = held.get(name, _ABSENT)
                if value is seen.get(name, _ABSENT):
                    continue
                if value is _ABSENT:
                    del seen[name]
                    if sizes:
                        sizes.pop(name, None)
                    continue
                seen[name] = value
                kind = type(value)
                if kind is list or kind is dict or kind is set:
                    if sizes is None:
                        sizes = record.sizes = {}
                    sizes[name] = len(value)
                elif sizes and name in sizes:
                    del sizes[name]
                if slot is not None:
                    record.values += (slot, name, number_of(name, value))
        if sizes:
            for name in sizes:
                value = seen[name]
                size = len(value)
                if size != sizes[name]:
                    sizes[name] = size
                    if slot is not None:
                        record.values += (slot, name, number_of(name, value))

    def returned(self, frame, value):
        """A call returned."""
        begin = now()
        record = self._ended(frame)
        if record is None:
            return
        record.returned = self._previewer.number_for(value)
        self._cycle.spent += now() - begin

    def unwound(self, frame, raised):
        """A call ended by an exception, of the class with the name ``raised``."""
        record = self._ended(frame)
        if record is not None:
            record.raised = raised

    def _ended(self, frame):
        record = self._live.pop(id(frame), None)
        if record is None:
            return None
        calls = record.calls
        if calls[-1] is record:
            calls.pop()
        else:
            # A generator that outlasted the call that made it.
            calls.remove(record)
        if record.names or record.sizes:
            self._left(record, record.names, frame)
        record.seen = record.sizes = record.hits = record.calls = None
        return record

    def release(self):
        """Let go of everything that belongs to the application, and of the cycle, which holds this: what refers to each
        other would be left to the garbage collector.
        """
        self._cycle = None
        for record in list(self._live.values()):
            record.seen = record.sizes = record.hits = record.calls = None
        self._live.clear()
        self._calls.clear()
        self._previewer.forget()

    def describe(self, cycle, number_of):
        """``(head, values)``: JSON text of ``PackedFrames`` (``src/capture/packed.schema.json``) but for its values,
        which stand at its end, and the JSON texts of these.

        ``number_of`` gives the number of a ``Location``. Runs after the response was sent.
        """
        calls, lines, left, more = [], [], [], []
        places = {}
        for record in self.frames:
            code = record.stored.code
            place = places.get(id(code))
            if place is None:
                location = _location(code)
                place = places[id(code)] = (location, None if location is None else number_of(location))
            location, where = place
            if location is None:
                continue
            ran = record.lines
            if ran and ran[0] < location["line"]:
                ran[0] = location["line"]  # co_firstlineno is the first decorator's
            if record.raised is not None or record.truncated:
                more += (len(calls) // WIDTH, _more(record))
            returned = -1 if record.returned is None else record.returned
            parent = record.parent or 0
            calls += (record.number, parent, record.stage, where, len(ran) >> 1, len(record.values) // 3, returned)
            lines += ran
            left += record.values
        times = lines[1::2]
        since = list(map(sub, times, [cycle.start, *times]))
        # Lists of whole numbers are written in JSON as in Python.
        head = '"calls":%r,"more":%s,"lines":%r,"since":%r' % (calls, encode(more), lines[::2], since)
        head += ',"places":%r,"names":%s,"left":%r' % (left[::3], encode(left[1::3]), left[2::3])
        texts = self._previewer.values
        return head, [texts[number] for number in range(len(texts))]


def _more(record):
    more = {}
    if record.raised is not None:
        more["raised"] = record.raised
    if record.truncated:
        more["truncated"] = True
    return more


_ABSENT = object()

#: By the ``id`` of code objects: themselves and their ``Location``, always the same object.
_locations = {}


def _location(code):
    known = _locations.get(id(code))
    if known is None or known[0] is not code:
        if len(_locations) > 5000:
            _locations.clear()
        location = definition(code)
        if location is not None:
            location = dict(location, symbol=getattr(code, "co_qualname", code.co_name))
        known = _locations[id(code)] = (code, location)
    return known[1]
