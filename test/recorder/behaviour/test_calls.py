"""Line recording of what begins, waits, goes on and ends in more ways than a plain call."""

import asyncio
import contextlib
import json

from django_request_cycle.cycle import Cycle, current_cycle
from django_request_cycle.opened import frames_of
from harness import RecorderTest, recorder


def numbers(most):
    for number in range(most):
        doubled = number * 2
        yield doubled


def summed():
    total = 0
    for item in numbers(2):
        total += item
    return total


def left_early():
    def pairs():
        try:
            yield 1
        finally:
            closing = True
        return closing

    for _pair in pairs():
        break
    return _pair


def counted_down(depth):
    below = counted_down(depth - 1) if depth else 0
    own = below + depth
    return own


def fails(reason):
    raise ValueError(reason)


def catches():
    with contextlib.suppress(KeyError):
        inside = {}["absent"]
    try:
        fails("why")
    except ValueError as error:
        text = str(error)
    finally:
        cleaned = True
    return text, cleaned, inside if text is None else None


async def woken(number):
    await asyncio.sleep(0)
    more = number + 1
    return more


async def waits():
    first = await woken(1)
    both = await asyncio.gather(woken(2), woken(3))
    return first, both


def in_a_loop():
    return asyncio.run(waits())


class Page:
    def dispatch(self):
        handler = self.get
        return handler()

    def get(self):
        grown = []
        grown.append(1)
        return len(grown)


class Calls(RecorderTest):
    def frames(self, function, *arguments):
        """Of each call its name, parent, the values that its lines left in turn, what it returned or raised."""
        cycle = Cycle(recorder(), "wsgi", "GET", "/")
        arming = recorder().lines
        token = current_cycle.set(cycle)
        try:
            arming.begin(cycle, ("always", None))
            with contextlib.suppress(ValueError):
                function(*arguments)
            arming.end(cycle, False)
        finally:
            current_cycle.reset(token)
        places = []
        head, values = cycle.lines.describe(cycle, lambda location: places.append(location) or len(places) - 1)
        frames = frames_of(json.loads('{%s,"values":[%s]}' % (head, ",".join(values))))
        names = [places[frame["location"]]["symbol"].rpartition(".")[2] for frame in frames]
        self.assertEqual(cycle.losses, {})
        found = []
        for name, frame in zip(names, frames):
            values = [
                "%s=%s" % (variable, preview["repr"])
                for line in frame["lines"]
                for variable, preview in line.get("values", {}).items()
            ]
            ended = frame["raised"] if "raised" in frame else frame.get("returned", {}).get("repr")
            found.append((name, frame.get("parent"), " ".join(values), ended))
        return found

    def test_a_generator(self):
        self.assertEqual(
            self.frames(summed),
            [
                ("summed", None, "total=0 item=0 item=2 total=2", "2"),
                ("numbers", 1, "most=2 number=0 doubled=0 number=1 doubled=2", "None"),
            ],
        )

    def test_a_generator_that_is_left(self):
        found = self.frames(left_early)
        self.assertEqual(found[0][3], "1")
        self.assertEqual(found[1], ("pairs", 1, "closing=True", "GeneratorExit"))

    def test_recursion(self):
        self.assertEqual(
            self.frames(counted_down, 2),
            [
                ("counted_down", None, "depth=2 below=1 own=3", "3"),
                ("counted_down", 1, "depth=1 below=0 own=1", "1"),
                ("counted_down", 2, "depth=0 below=0 own=0", "0"),
            ],
        )

    def test_exceptions(self):
        found = self.frames(catches)
        self.assertEqual(found[0][2:], ("error=<ValueError> text='why' cleaned=True", "<tuple of 3>"))
        self.assertEqual(found[1], ("fails", 1, "reason='why'", "ValueError"))
        self.assertEqual(self.frames(fails, "not"), [("fails", None, "reason='not'", "ValueError")])

    def test_coroutines(self):
        self.assertEqual(
            self.frames(in_a_loop),
            [
                ("in_a_loop", None, "", "<tuple of 2>"),
                ("waits", 1, "first=2 both=<list of 2>", "<tuple of 2>"),
                ("woken", 2, "number=1 more=2", "2"),
                ("woken", 1, "number=2 more=3", "3"),
                ("woken", 1, "number=3 more=4", "4"),
            ],
        )

    def test_methods(self):
        found = self.frames(Page().dispatch)
        self.assertEqual([name for name, *_rest in found], ["dispatch", "get"])
        self.assertEqual(found[1][2:], ("self=<Page> grown=<list of 0> grown=<list of 1>", "1"))
