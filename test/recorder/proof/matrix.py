"""Every pair of Python and Django that this machine can install, sync and async: same answers, sound captures."""

import captures
import pairs
import projects
import schema
from browser import Browser, Request, differences
from differential import _own
from generated import PNG
from servers import Server

REQUESTS = [
    Request("/page/?q=1"),
    Request("/ping/"),
    Request("/async/mark/"),
    Request("/session/"),
    Request("/lazy-user/"),
    Request("/stream/"),
    Request("/raises/"),
    Request("/nowhere/"),
    Request("/admin/login/"),
    Request("/classy/", "POST", form={"a": "é"}),
    Request("/body/upload/", "POST", form={"a": "b"}, files={"f": ("a.png", "image/png", PNG)}),
    Request("/admin/login/?next=/admin/", "POST", form={"username": "admin", "password": "admin"}, csrf=True),
    Request("/admin/oddities/note/"),
    Request("/nasty/queryset/"),
]


def run(report, python, work, long):
    interpreters, absent = pairs.interpreters(fetch=long)
    for minor, why in absent.items():
        report.skip(f"Python {minor}", why)
    possible = [pair for pair in pairs.exist() if pair[0] in interpreters]
    for minor, django in possible if long else (possible[0], possible[-1]):
        one_pair(report, interpreters[minor], minor, django, work / f"{minor}-{django}")


def one_pair(report, interpreter, minor, django, work):
    name = f"Python {minor}, Django {django}"
    python = pairs.environment(minor, django, interpreter)
    if python is None:
        report.skip(name, "cannot be installed here")
        return
    project = projects.site("oddities", python)
    for kind in ("runserver", "uvicorn"):
        bare = Server(project, work / kind / "bare", kind=kind)
        recorded = Server(project, work / kind / "recorded", store=work / kind / "captures", kind=kind)
        different = []
        with bare, recorded:
            left, right = Browser(bare.port), Browser(recorded.port)
            for request in REQUESTS:
                lines = differences(left.send(request), right.send(request), _own(bare), _own(recorded))
                if lines:
                    different.append(f"{request.path}: " + "\n".join(lines[:6]))
            captures.settle(recorded.store, len(REQUESTS))
        found = captures.read_all(recorded.store)
        problems = different + [problem for capture in found for problem in sound(capture)]
        if len(found) != len(REQUESTS):
            problems.append(f"{len(found)} captures of {len(REQUESTS)} requests")
        problems += captures.own_errors(recorded.store)
        exact = found[0]["process"]["django"] if found else django
        protocol = "async" if kind == "uvicorn" else "sync"
        report.check(f"Python {minor}, Django {exact}, {protocol}", not problems, "\n".join(problems[:6]))


def sound(capture):
    """What a capture of the site of oddities must hold, whatever the versions."""
    path = capture["request"]["path"]
    problems = schema.problems(capture)
    kinds = [stage["kind"] for stage in capture["stages"]]
    names = [stage["name"] for stage in captures.stages(capture, "middleware.request")]
    if len(names) != 11 or len(kinds) - kinds[::-1].index("middleware.response") < 11:
        problems.append(f"{len(names)} middleware on the way in: {names}")
    out = captures.stages(capture, "middleware.response")
    if len(out) != 11:
        problems.append(f"{len(out)} middleware on the way out")
    resolved = captures.stages(capture, "resolve")
    if len(resolved) != 1 or not resolved[0]["detail"].get("tried"):
        problems.append("no resolve stage with tried patterns")
    views = captures.stages(capture, "view")
    if path == "/nowhere/":
        if views and any(view["outcome"] != "skipped" for view in views):
            problems.append("a view that never ran")
    elif len(views) != 1:
        problems.append(f"{len(views)} views")
    if path == "/page/":
        if len(captures.events(capture, "sql")) != 1 or not captures.events(capture, "log"):
            problems.append(
                f"{len(captures.events(capture, 'sql'))} queries, {len(captures.events(capture, 'log'))} log lines"
            )
        if {stage["name"] for stage in captures.stages(capture, "template")} < {"oddities/page.html"}:
            problems.append(f"templates: {[s['name'] for s in captures.stages(capture, 'template')]}")
    if path == "/raises/" and "ZeroDivisionError" not in str(capture["summary"].get("exception")):
        problems.append(f"the exception is {capture['summary'].get('exception')}")
    bad_times = [
        s["name"] for s in capture["stages"] if not 0 <= s["startNs"] <= s["endNs"] <= capture["durationNs"] + 10**9
    ]
    if bad_times:
        problems.append(f"times out of order: {bad_times}")
    return [f"{path}: {problem}" for problem in problems]
