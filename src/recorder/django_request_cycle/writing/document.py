"""Turns a finished cycle into its capture document; runs after the response was sent, in one thread at a time."""

import json
from functools import partial

from .. import FORMAT, PACKED
from ..encoding import encode
from ..hooks import resolve, view
from ..secrets import text_secrets
from . import known_parts
from .process_document import process_number
from .repeats import name_repeats, write_out
from .request_document import request_document
from .response_document import response_document
from .stage_document import Stages
from .table import LONGEST_CLEAN

_HEAD = '{"packed":%d,"format":%d,"id":"%s","table":"%s","process":%d,"startedAt":"%s",'
#: Of the summary, what the capture says in other places.
_SAID_ELSEWHERE = frozenset(("id", "startedAt", "durationNs", "method", "path", "status", "contentType", "pid"))


def build(cycle, table):
    """``(data, summary)``: the capture as packed JSON (``src/capture/packed.schema.json``) in bytes, and its summary.

    What is the same for many requests of a process is in its table. Secrets are looked for in what the request brought:
    not in numbers, the process and the middleware, which are the code's own names and places.
    """
    table.begin()
    process = process_number(cycle, table)
    view_location = view.describe(cycle)
    resolve.describe(cycle, view_location)
    request = known_parts.part(cycle, table, known_parts.request_key(cycle), request_document)
    response = known_parts.part(cycle, table, known_parts.response_key(cycle), response_document)
    told = {"request": request.told}
    if response.told is not None:
        told["response"] = response.told
    stages = Stages(cycle, table)
    own = known_parts.own_part(table, stages)
    told["own"] = own.told
    if stages.told_events:
        told["stageEvents"] = stages.told_events
    if cycle.loose_events:
        told["events"] = stages.loose
    if cycle.losses:
        told["losses"] = [
            {"what": what, "reason": reason, "count": count} if count > 1 else {"what": what, "reason": reason}
            for (what, reason), count in cycle.losses.items()
        ]
    summary = _summary(cycle, request.shown, response.shown if response.told is not None else None, stages.events)
    told["summary"] = {name: value for name, value in summary.items() if value and name not in _SAID_ELSEWHERE}
    frames, values = None, []
    if cycle.lines is not None and cycle.lines.frames:
        frames, values = cycle.lines.describe(cycle, partial(table.number_of, own=True))
    name_repeats(told, stages.columns, table)
    for name, made in (("request", request), ("response", response), ("own", own)):
        known_parts.remember(table, made, told.get(name))
    sent_text, sent = cycle.body_as_sent
    as_sent = sent if sent_text is response.body_text else None
    text, values, body, summary = _hidden(cycle.secrets, table, told, values, response.body_text, as_sent, summary)
    lines = "" if frames is None else '"frames":{%s,"values":[%s]},' % (frames, ",".join(values))
    head = _HEAD % (PACKED, FORMAT, cycle.id, table.name, process, cycle.started_at)
    head += _times(cycle, response.told is not None)
    parts = [head, _columns(stages), lines, text[1:]]
    if body is not None:
        parts.append("\n")
        if type(body) is str:
            parts.append(body)
    # A lone surrogate (undecodable bytes in a path) becomes JSON's own escape.
    data = b"".join([part.encode("utf-8", "backslashreplace") for part in parts])
    return data + body if type(body) is bytes else data, summary


def _columns(stages):
    """The members ``stages`` and ``sources`` as JSON text. The columns are numbers, most of them another each time: to
    put those into a text at once takes a third of the time that an encoder takes.
    """
    entries, starts, took, links = stages.columns
    count = len(starts)
    if type(entries) is int and type(links) is int and count <= MOST_AT_ONCE:
        numbers = _numbers.get(count)
        if numbers is None:
            form = ",".join(["%d"] * count)
            numbers = _numbers[count] = "%%d,[%s],[%s],%%d" % (form, form)
        columns = numbers % (entries, *starts, *took, links)
    else:
        columns = encode(stages.columns)[1:-1]
    return '"stages":[%s],"sources":%s,' % (columns, encode(stages.sources))


#: So many stages at most; by their number, the form of as many numbers.
MOST_AT_ONCE = 300
_numbers = {}


def _times(cycle, responded):
    times = '"durationNs":%d,"recorderNs":%d,' % (cycle.end - cycle.start, cycle.spent)
    if responded and cycle.ready is not None:
        times += '"readyNs":%d,' % (cycle.ready - cycle.start)
    if responded and cycle.sent is not None:
        times += '"sentNs":%d,' % (cycle.sent - cycle.start)
    return times


def _hidden(secrets, table, told, values, body_text, as_sent, summary):
    """The document's text, the texts of lines' ``values``, the body and the summary, without any secret known by now.

    ``as_sent``: the body as bytes in UTF-8, if there are any that were never anything else.
    """
    text = encode(told)
    fresh = table.told()
    looked_for = None
    if not fresh and not values and len(text) + len(body_text or "") <= LONGEST_CLEAN:
        looked_for = (text, body_text, secrets.known())
        if looked_for in table.clean:
            secrets.remember()
            table.looked_at()
            return text, values, body_text, summary
    shown = "\n".join(values)
    whole = "\n".join([part for part in (text, fresh, shown, body_text) if part])
    text_secrets.add_shaped(secrets, whole)
    secrets.recall(whole)
    present = secrets.present_in(whole)
    if present:
        table.hide(secrets)
    in_entries = table.holding(secrets)
    if in_entries:
        present = sorted({*present, *in_entries}, key=len, reverse=True)
        write_out(told, table)
        text = encode(told)
    if not present and looked_for:
        table.note_clean(looked_for)
    body = as_sent
    if present:
        if as_sent is not None:
            body = secrets.hide_in_utf8(as_sent, present)
        if body is None and body_text is not None:
            body_text = secrets.hide(body_text, present)
        if secrets.occur_in(text, present):
            text = encode(secrets.hide_all(json.loads(text), present))
            summary = secrets.hide_all(summary, present)
        if shown and secrets.occur_in(shown, present):
            # Only those that hold one: it may be one argument of thousands of values.
            values = [
                encode(secrets.hide_all(json.loads(value), present)) if secrets.occur_in(value, present) else value
                for value in values
            ]
    table.looked_at()
    return text, values, body_text if body is None else body, summary


def _summary(cycle, request, response, events):
    durations = [event.duration or 0 for event in events if event.kind == "sql"]
    shown = {
        "id": cycle.id,
        "startedAt": cycle.started_at,
        "durationNs": cycle.end - cycle.start,
        "method": cycle.method,
        "path": cycle.path,
        "queries": len(durations),
        "queryNs": sum(durations),
        "static": cycle.static,
        "pid": cycle.pid,
    }
    if response is not None:
        shown["status"] = response["status"]
        if "contentType" in response:
            shown["contentType"] = response["contentType"]
    if cycle.real_view_name:
        shown["view"] = cycle.real_view_name
    if cycle.route is not None:
        shown["route"] = cycle.route
    match = cycle.resolver_match
    if match is not None and match.view_name and match.url_name:
        shown["urlName"] = str(match.view_name)
    if cycle.exception is not None:
        info = cycle.exception[1]
        shown["exception"] = "%s: %s" % (info["type"], info["message"]) if info["message"] else info["type"]
    if cycle.refused_by:
        shown["refusedBy"] = cycle.refused_by
    if ["X-Requested-With", "XMLHttpRequest"] in request["headers"]:
        shown["ajax"] = True
    page = cycle.recorder.pages.page_of(cycle, request)
    if page:
        shown["page"] = page
    return shown
