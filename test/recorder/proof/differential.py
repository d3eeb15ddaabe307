"""The same requests to two servers, one with the recorder: every answer must be the same."""

import captures
import projects
from browser import Browser, differences
from generated import Accounts, Bookshop, Oddities, Todo
from places import RECORDER
from servers import Server


def _pair(project, work, kind, **more):
    bare = Server(project, work / "bare", kind=kind, **more)
    recorded = Server(project, work / "recorded", store=work / "captures", kind=kind, **more)
    return bare, recorded


def _own(server):
    """What names this server alone, longest first: its folders and its port."""
    folders = [(str(server.store or server.work / "nothing"), "PLACE"), (str(server.work / "nothing"), "PLACE")]
    places = [*folders, (str(RECORDER), "PLACE"), (str(server.work), "WORK"), (str(server.port), "PORT")]
    return places


def compare(report, project, generator, count, work, kind="runserver", seed=1):
    """Drive `count` requests of the generator through both; gives the number that differed."""
    bare, recorded = _pair(project, work, kind)
    different = []
    statuses = {}
    with bare, recorded:
        left, right = Browser(bare.port), Browser(recorded.port)
        for number, request in enumerate(generator(seed).draw(count)):
            try:
                expected = left.send(request)
            except Exception as error:  # a request that no server answers: the other one must not either
                expected = error
            try:
                found = right.send(request)
            except Exception as error:
                found = error
            if isinstance(expected, Exception) or isinstance(found, Exception):
                lines = [] if type(expected) is type(found) else [f"{expected!r} | {found!r}"]
            else:
                statuses[expected.status] = statuses.get(expected.status, 0) + 1
                lines = differences(expected, found, _own(bare), _own(recorded))
            if lines:
                different.append(f"no. {number}: {request.method} {request.path[:200]}\n  " + "\n  ".join(lines[:12]))
        have = captures.settle(recorded.store, count * 0.5, seconds=5)
    seen = ", ".join(f"{n}× {status}" for status, n in sorted(statuses.items()))
    name = f"{project.name} under {kind}: {count} requests (seed {seed}) get the same answers"
    report.check(name, not different, lambda: f"{len(different)} differ\n" + "\n".join(different[:6]))
    report.note(f"{seen}; {have} captures")
    enough = sum(n for status, n in statuses.items() if status < 400) > count * 0.25
    report.check(f"{project.name}: a quarter of the answers and more are no error", enough, seen)
    report.check(
        f"{project.name}: the recorder was at work", have > count * 0.5, f"{have} captures of {count} requests"
    )
    report.check(f"{project.name}: no error of the recorder's own", *no_errors(recorded.store))
    return len(different)


def no_errors(store):
    """(whether, what else): for Report.check."""
    messages = captures.own_errors(store)
    return not messages, "\n".join(messages)


def run(report, python, work, long):
    share = (
        {"bookshop": 1000, "todo_site": 500, "accounts_site": 500, "oddities": 300}
        if long
        else {"bookshop": 60, "todo_site": 30, "accounts_site": 30, "oddities": 30}
    )
    generators = {"todo_site": Todo, "accounts_site": Accounts, "oddities": Oddities}
    shop = projects.bookshop(python)
    compare(report, shop, Bookshop, share["bookshop"], work / "bookshop")
    for name, generator in generators.items():
        compare(report, projects.site(name, python), generator, share[name], work / name)
    asynchronous = 300 if long else 25
    compare(report, shop, Bookshop, asynchronous, work / "bookshop-asgi", kind="uvicorn", seed=2)
    if long:
        compare(
            report, projects.site("oddities", python), Oddities, 300, work / "oddities-asgi", kind="uvicorn", seed=2
        )
        compare(report, shop, Bookshop, 300, work / "bookshop-gunicorn", kind="gunicorn", seed=3)
