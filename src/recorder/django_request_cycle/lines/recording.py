"""The lines of one cycle: frames with their lines, and after each line the local variables that it changed."""

import sys
from itertools import islice
from threading import get_ident

from ..clock import now
from ..encoding import encode
from ..places.location import definition, project_files
from ..values.held import type_name

#: Times one line is noted within one frame; a loop that runs longer is cut.
HITS = 25
#: Variables compared in one frame.
VARIABLES = 60
#: How far down a line's values count as standing already: a line shows less of what they hold than a stage does.
DEPTH = 1
#: Callers looked at to find the frame that called.
CALLERS = 80

_SKIPPED = frozenset(("<module>", "<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"))
_SIZED = (list, dict, set)


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
        "code",
        "lines",
        "hits",
        "seen",
        "last",
        "returned",
        "raised",
        "truncated",
    )

    def __init__(self, number, parent, stage, code, seen):
        self.number = number
        self.parent = parent
        self.stage = stage
        self.code = code
        self.lines = []
        self.hits = {}
        self.seen = seen
        #: The line that runs, if it was noted.
        self.last = None
        self.returned = None
        self.raised = None
        self.truncated = False


class LineRecording:
    """What the engines fill, in whichever thread the code runs."""

    def __init__(self, cycle):
        self._cycle = cycle
        cycle.previewer.repeats = True
        self._most_frames = cycle.limits.frames
        self._most_lines = cycle.limits.linesPerFrame
        self._live = {}
        #: By thread: the records of the calls that go on in it, innermost last.
        self._calls = {}
        self.frames = []

    def start(self, frame):
        """A call began. Gives its record, or ``None`` beyond the limit."""
        begin = now()
        if self._cycle is None:
            return None
        if len(self.frames) >= self._most_frames:
            self._cycle.lose("frames", "more calls of project code than limits.frames")
            return None
        stage = self._cycle.stage
        stage_id = stage.id if stage is not None else 0
        code = frame.f_code
        calls = self._calls.get(get_ident())
        if calls is None:
            calls = self._calls[get_ident()] = []
        # A plain function that goes on is the caller; a generator may be suspended.
        if calls and not calls[-1].code.co_flags & _SUSPENDABLE:
            caller = calls[-1].number
        else:
            caller = self._caller(frame) if self._live else None
        given = dict(frame.f_locals)
        seen = {name: _Sized(value) if type(value) in _SIZED else value for name, value in given.items()}
        record = FrameRecord(len(self.frames) + 1, caller, stage_id, code, seen)
        calls.append(record)
        self.frames.append(record)
        self._live[id(frame)] = record
        if given:
            # The arguments: what the call was given stands at its definition's line.
            record.lines.append([code.co_firstlineno, now(), self._shown(given)])
        self._cycle.spent += now() - begin
        return record

    def resumes(self, frame):
        """Whether a generator's or coroutine's frame goes on after it was suspended."""
        record = self._live.get(id(frame))
        return record is not None and record.code is frame.f_code and frame.f_lasti > 0

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
        if record is None or record.code is not frame.f_code:
            record = self.start(frame)
            if record is None:
                return
            begin = now()
        hits = record.hits.get(number, 0)
        if hits >= HITS or len(record.lines) >= self._most_lines:
            # Of a loop that runs on only the last line that is noted is looked at.
            if record.last is not None:
                self._left(record, frame)
            record.truncated = True
            record.last = None
        else:
            self._left(record, frame)
            record.hits[number] = hits + 1
            record.last = [number, begin, None]
            record.lines.append(record.last)
        self._cycle.spent += now() - begin

    def _left(self, record, frame):
        held = frame.f_locals
        seen = record.seen
        changed = None
        for name, value in held.items() if len(held) <= VARIABLES else islice(held.items(), VARIABLES):
            known = seen.get(name, _ABSENT)
            if known is value:
                continue
            if type(value) in _SIZED:
                if type(known) is _Sized and known.value is value and known.size == len(value):
                    continue
                known = _Sized(value)
            else:
                known = value
            seen[name] = known
            if changed is None:
                changed = {}
            changed[name] = value
        if len(seen) > len(held):
            for name in [name for name in seen if name not in held]:
                del seen[name]
        if changed and record.last is not None:
            record.last[2] = self._shown(changed)

    def _shown(self, values):
        """Previews as JSON text, at once: kept as they are they are thousands of objects for the garbage collector."""
        named = self._cycle.previewer.named
        return encode({name: named(name, value, DEPTH) for name, value in values.items()})

    def returned(self, frame, value):
        """A call returned."""
        suspended = frame.f_code.co_flags & _SUSPENDABLE and not _MONITORING
        record = self._live.get(id(frame)) if suspended else self._ended(frame)
        if record is None:
            return
        begin = now()
        self._left(record, frame)
        record.returned = encode(self._cycle.previewer.of(value, DEPTH))
        if not suspended:
            record.seen = None
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

    def unwound(self, frame, error):
        """A call ended by an exception."""
        record = self._ended(frame)
        if record is None:
            return
        self._left(record, frame)
        record.raised = type_name(error)
        record.seen = None

    def release(self):
        """Let go of everything that belongs to the application, and of the cycle, which holds this: what refers to each
        other would be left to the garbage collector.
        """
        self._cycle = None
        self._live.clear()
        self._calls.clear()
        for record in self.frames:
            record.seen = None

    def describe(self, cycle):
        """``(Location, head, rest)`` of each ``RecordedFrame``: what is its JSON but for its location, in two parts.

        Runs after the response was sent.
        """
        start = cycle.start
        for record in self.frames:
            location = _location(record.code)
            if location is None:
                continue
            lines = record.lines
            if lines and lines[0][0] < location["line"]:
                lines[0][0] = location["line"]  # co_firstlineno is the first decorator's
            shown = [
                '{"line":%d,"atNs":%d,"values":%s}' % (number, max(0, at - start), values)
                if values
                else '{"line":%d,"atNs":%d}' % (number, max(0, at - start))
                for number, at, values in lines
            ]
            rest = ',"lines":[%s]' % ",".join(shown)
            if record.parent is not None:
                rest += ',"parent":%d' % record.parent
            if record.returned is not None:
                rest += ',"returned":' + record.returned
            if record.raised is not None:
                rest += ',"raised":' + encode(record.raised)
            if record.truncated:
                rest += ',"truncated":true'
            yield location, '{"id":%d,"stage":%d' % (record.number, record.stage), rest + "}"


_ABSENT = object()
#: Generators, coroutines, async generators: ``sys.settrace`` calls each suspension a return.
_SUSPENDABLE = 0x20 | 0x80 | 0x200
_MONITORING = hasattr(sys, "monitoring")


class _Sized:
    """A container by identity and size: what grows in place has changed too."""

    __slots__ = ("value", "size")

    def __init__(self, value):
        self.value = value
        self.size = len(value)


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
