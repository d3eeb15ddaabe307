"""Signals and their receivers (``Signal.send`` and its kin, ``django/dispatch/dispatcher.py``)."""

import functools
import sys
import types
import weakref

from .. import clock
from ..cycle import active
from ..health import shielded
from ..places.location import definition, symbol_of
from ..values.held import type_name

#: Receivers shown for one signal.
RECEIVERS = 50
#: Django's own bookkeeping at the start and end of every request: shown only with a receiver that isn't Django's.
_ROUTINE = ("request_started", "request_finished", "setting_changed", "pre_init", "post_init", "class_prepared")


def install(dispatcher):
    """A step for ``django.dispatch.dispatcher``."""
    signal = dispatcher.Signal
    for name in ("send", "send_robust"):
        setattr(signal, name, _watched(getattr(signal, name)))
    for name in ("asend", "asend_robust"):
        if hasattr(signal, name):
            setattr(signal, name, _watched_async(getattr(signal, name)))
    signal._live_receivers = _watched_receivers(signal._live_receivers)


def install_models(signals):
    """A step for ``django.db.models.signals``: instances are made by the thousand, so these two are left alone."""
    original = getattr(type(signals.pre_init).send, "__wrapped__", None)
    if original is not None:
        for signal in (signals.pre_init, signals.post_init):
            signal.send = types.MethodType(original, signal)


class _Sending:
    """One signal on its way: what its receivers took."""

    __slots__ = ("cycle", "signal", "taken", "timers", "outer")

    def __init__(self, cycle, signal):
        self.cycle = cycle
        self.signal = signal
        self.taken = []
        self.timers = {}
        self.outer = cycle.sending


def _watched(original):
    @functools.wraps(original)
    def send(self, sender, **named):
        if not self.receivers:
            return original(self, sender, **named)
        cycle = active()
        if cycle is None or _is_routine(self):
            return original(self, sender, **named)
        sending = cycle.sending = _Sending(cycle, self)
        at = clock.now()
        try:
            responses = original(self, sender, **named)
        finally:
            cycle.sending = sending.outer
            _note(cycle, at, self, sender, sending)
        return _without_timers(responses, sending.timers)

    return send


def _watched_async(original):
    @functools.wraps(original)
    async def asend(self, sender, **named):
        if not self.receivers:
            return await original(self, sender, **named)
        cycle = active()
        if cycle is None or _is_routine(self):
            return await original(self, sender, **named)
        sending = cycle.sending = _Sending(cycle, self)
        at = clock.now()
        try:
            responses = await original(self, sender, **named)
        finally:
            cycle.sending = sending.outer
            _note(cycle, at, self, sender, sending)
        return _without_timers(responses, sending.timers)

    return asend


def _watched_receivers(original):
    @functools.wraps(original)
    def _live_receivers(self, sender):
        receivers = original(self, sender)
        cycle = active()
        sending = cycle.sending if cycle is not None else None
        if sending is None or sending.signal is not self:
            return receivers
        if _named_routine(self) and _all_django(receivers):
            return receivers
        # Since Django 5.0 a pair: sync receivers, async receivers.
        if type(receivers) is tuple and len(receivers) == 2:
            return [_timer(receiver, sending) for receiver in receivers[0]], [
                _async_timer(receiver, sending) for receiver in receivers[1]
            ]
        return [_timer(receiver, sending) for receiver in receivers]

    return _live_receivers


def _timer(receiver, sending):
    def timed(*args, **named):
        at = clock.now()
        try:
            return receiver(*args, **named)
        finally:
            sending.taken.append((receiver, clock.now() - at))

    return _stand_in(timed, receiver, sending)


def _async_timer(receiver, sending):
    async def timed(*args, **named):
        at = clock.now()
        try:
            return await receiver(*args, **named)
        finally:
            sending.taken.append((receiver, clock.now() - at))

    return _stand_in(timed, receiver, sending)


def _stand_in(timed, receiver, sending):
    # send_robust() logs a receiver's __qualname__.
    timed.__qualname__ = getattr(receiver, "__qualname__", type(receiver).__qualname__)
    sending.timers[id(timed)] = (timed, receiver)
    return timed


def _without_timers(responses, timers):
    """The caller gets the receivers themselves, as ``send`` documents."""
    if type(responses) is not list:
        return responses
    return [
        (timers[id(receiver)][1], response) if id(receiver) in timers else (receiver, response)
        for receiver, response in responses
    ]


@shielded
def _note(cycle, at, signal, sender, sending):
    end = clock.now()
    if not sending.taken:
        return
    detail = {
        "signal": name_of(signal),
        "sender": symbol_of(sender) if isinstance(sender, type) else type_name(sender),
        "receivers": sending.taken[:RECEIVERS],
    }
    cycle.event("signal", at, end - at, detail, 4)
    cycle.spent += clock.now() - end


#: By ``id`` of the signal: itself, the keys of its receivers, and whether it was routine then.
_routines = {}


@shielded
def _is_routine(signal):
    """Whether a signal is Django's own bookkeeping, and all its receivers Django's. They seldom change."""
    keys = [receiver[0] for receiver in signal.receivers]
    known = _routines.get(id(signal))
    if known is None or known[0] is not signal or known[1] != keys:
        if len(_routines) > 1000:
            _routines.clear()
        routine = _named_routine(signal) and _all_django(map(_receiver, signal.receivers))
        known = _routines[id(signal)] = (signal, keys, routine)
    return known[2]


def _receiver(entry):
    return entry[1]() if isinstance(entry[1], weakref.ReferenceType) else entry[1]


def _named_routine(signal):
    return name_of(signal).rsplit(".", 1)[-1] in _ROUTINE


def _all_django(receivers):
    if type(receivers) is tuple and len(receivers) == 2:
        receivers = [*receivers[0], *receivers[1]]
    return all((getattr(receiver, "__module__", None) or "").startswith("django.") for receiver in receivers)


_names = {}


def name_of(signal):
    """The module and variable that hold the signal, found once: signals don't know their names."""
    known = _names.get(id(signal))
    if known is not None and known[0] is signal:
        return known[1]
    name = type(signal).__name__
    for module_name, module in list(sys.modules.items()):
        held = getattr(module, "__dict__", None)
        if type(held) is not dict:
            continue
        for variable, value in list(held.items()):
            if value is signal:
                found = "%s.%s" % (module_name, variable)
                # The module that defines it is the shortest to name it, as a rule; Django's end in "signals".
                if module_name.endswith("signals"):
                    _names[id(signal)] = (signal, found)
                    return found
                name = found if "." not in name else name
    _names[id(signal)] = (signal, name)
    return name


def describe(_cycle, detail):
    """Turn the receivers into their names and places; runs after the response was sent."""
    shown = []
    for receiver, took in detail["receivers"]:
        entry = {"name": symbol_of(receiver), "durationNs": took}
        location = definition(receiver)
        if location:
            entry["location"] = location
        shown.append(entry)
    detail["receivers"] = shown
    return detail
