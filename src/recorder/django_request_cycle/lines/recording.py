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

_SKIPPED = frozenset(("<module>", "<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"))


def wanted(code):
    """Whether a code object's lines are recorded: functions of the project, not module bodies and comprehensions.

    What was compiled from something else than Python (a Jinja2 template) has lines of its own making.
    """
    filename = code.co_filename
    return project_files[filename] and code.co_name not in _SKIPPED and filename[-3:] == ".py"


class FrameRecord:
    """One call. ``seen`` holds the locals as they were at the last line, and is let go when the call ends."""

    __slots__ = (
        "number",
        "parent",
        "stage",
        "stored",
        "lines",
        "values",
        "hits",
        "seen",
        "sizes",
        "line",
        "slot",
        "behind",
        "returned",
        "raised",
        "truncated",
    )

    def __init__(self, number, parent, stage, stored):
        self.number = number
        self.parent = parent
        self.stage = stage
        self.stored = stored
        #: Of each line in turn its number and when it began.
        self.lines = []
        #: Of each line that left values, its place in ``lines`` and they as JSON text.
        self.values = []
        self.hits = {}
        self.seen = {}
        #: Of the containers among them, how many they held: what grows in place has changed, too.
        self.sizes = {}
        #: The line that runs, and the place of its values in ``lines``; ``None`` where it isn't noted.
        self.line = 0
        self.slot = None
        #: Lines ran at whose variables nobody looked.
        self.behind = False
        self.returned = None
        self.raised = None
        self.truncated = False


class LineRecording:
    """What the engines fill, in whichever thread the code runs."""

    def __init__(self, cycle):
        self._cycle = cycle
        self._previewer = LinePreviewer(cycle.secrets, cycle.limits.reprChars)
        self._most_frames = cycle.limits.frames
        self._most = 2 * cycle.limits.linesPerFrame
        self._live = {}
        #: By thread: the records of the calls that go on in it, innermost last.
        self._calls = {}
        self.frames = []

    def start(self, frame):
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
        stored = stored_by(frame.f_code)
        thread = get_ident()
        calls = self._calls.get(thread)
        if calls is None:
            calls = self._calls[thread] = []
        # A plain function that goes on is the caller; a generator may be suspended.
        if calls and not calls[-1].stored.suspendable:
            caller = calls[-1].number
        else:
            caller = self._caller(frame) if self._live else None
        record = FrameRecord(number, caller, stage.id if stage is not None else 0, stored)
        calls.append(record)
        self.frames.append(record)
        self._live[id(frame)] = record
        if stored.given:
            # The arguments: what the call was given stands at its definition's line.
            text = self._changed(record, stored.given, frame)
            if text:
                record.lines += (stored.code.co_firstlineno, begin)
                record.values += (0, text)
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

    def line(self, frame, number):
        """A line is about to run; the one before it has left its values."""
        begin = now()
        record = self._live.get(id(frame))
        if record is None or record.stored.code is not frame.f_code:
            record = self.start(frame)
            if record is None:
                return
            begin = now()
        hits = record.hits.get(number, 0)
        lines = record.lines
        if hits >= HITS or len(lines) >= self._most:
            # Of a loop that runs on only the last line that is noted is looked at.
            if record.slot is not None:
                self._left(record, frame)
                record.slot = None
            record.behind = record.truncated = True
        else:
            self._left(record, frame)
            record.hits[number] = hits + 1
            record.slot = len(lines)
            lines += (number, begin)
        record.line = number
        self._cycle.spent += now() - begin

    def _left(self, record, frame):
        """The line that ran is over: note what it changed."""
        stored = record.stored
        if record.behind:
            names = stored.every[:VARIABLES]
            record.behind = False
        else:
            names = stored.by_line.get(record.line, stored.ever)
        if names or record.sizes:
            text = self._changed(record, names, frame)
            if text and record.slot is not None:
                record.values += (record.slot, text)

    def _changed(self, record, names, frame):
        """The numbers of the values of those of the variables that are new, by name, as JSON text."""
        seen = record.seen
        sizes = record.sizes
        texts = []
        number_of = self._previewer.number_of
        if names:
            held = frame.f_locals
            for name in names:
                value = held.get(name, _ABSENT)
                if value is seen.get(name, _ABSENT):
                    continue
                if value is _ABSENT:
                    del seen[name]
                    sizes.pop(name, None)
                    continue
                seen[name] = value
                kind = type(value)
                if kind is list or kind is dict or kind is set:
                    sizes[name] = len(value)
                elif name in sizes:
                    del sizes[name]
                texts.append('"%s":%d' % (name, number_of(name, value)))
        for name in sizes:
            value = seen[name]
            size = len(value)
            if size != sizes[name]:
                sizes[name] = size
                texts.append('"%s":%d' % (name, number_of(name, value)))
        return "{%s}" % ",".join(texts) if texts else ""

    def returned(self, frame, value):
        """A call returned."""
        record = self._ended(frame)
        if record is None:
            return
        begin = now()
        self._left(record, frame)
        record.returned = self._previewer.number(self._previewer.text_of(value))
        record.seen = record.sizes = record.hits = None
        self._cycle.spent += now() - begin

    def _ended(self, frame):
        record = self._live.pop(id(frame), None)
        if record is not None:
            calls = self._calls.get(get_ident(), ())
            if calls and calls[-1] is record:
                calls.pop()
            else:
                # A generator that outlasted the call that made it, or that ends in another thread.
                for others in list(self._calls.values()):
                    if record in others:
                        others.remove(record)
        return record

    def unwound(self, frame, raised):
        """A call ended by an exception, of the class with the name ``raised``."""
        record = self._ended(frame)
        if record is None:
            return
        self._left(record, frame)
        record.raised = raised
        record.seen = record.sizes = record.hits = None

    def release(self):
        """Let go of everything that belongs to the application, and of the cycle, which holds this: what refers to each
        other would be left to the garbage collector.
        """
        self._cycle = None
        self._live.clear()
        self._calls.clear()
        self._previewer.forget()
        for record in self.frames:
            record.seen = record.sizes = record.hits = None

    def values(self):
        """The JSON texts of the values that the frames name by their numbers, in order."""
        texts = self._previewer.values
        return [texts[number] for number in range(len(texts))]

    def describe(self, cycle):
        """``(Location, head, rest)`` of each ``RecordedFrame``: what is its JSON but for its location, in two parts;
        its lines in columns (``src/capture/packed.schema.json``).

        Runs after the response was sent.
        """
        start = cycle.start
        for record in self.frames:
            location = _location(record.stored.code)
            if location is None:
                continue
            numbers = record.lines[::2]
            times = record.lines[1::2]
            if numbers and numbers[0] < location["line"]:
                numbers[0] = location["line"]  # co_firstlineno is the first decorator's
            since = list(map(sub, times, [start, *times]))
            places = [place >> 1 for place in record.values[::2]]
            # Lists of whole numbers are written in JSON as in Python.
            rest = ',"lines":[%r,%r,%r,[%s]]' % (numbers, since, places, ",".join(record.values[1::2]))
            if record.parent is not None:
                rest += ',"parent":%d' % record.parent
            if record.returned is not None:
                rest += ',"returned":%d' % record.returned
            if record.raised is not None:
                rest += ',"raised":' + encode(record.raised)
            if record.truncated:
                rest += ',"truncated":true'
            yield location, '{"id":%d,"stage":%d' % (record.number, record.stage), rest + "}"


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
