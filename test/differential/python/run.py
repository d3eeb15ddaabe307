"""Runs small programs, each in a module of its own: a JSON list of programs on standard input, each a list of
statements; on standard output what each program left behind: the reprs of its public names, and under `raised N` the
exception that ended its statement N, after which the next one runs.

Addresses are left out of reprs, since they mean nothing.
"""

import io
import json
import re
import signal
import sys
import types
import warnings

LIMIT = 100_000
ADDRESS = re.compile(r" at 0x[0-9a-f]+")


def shown(value):
    try:
        return ADDRESS.sub("", repr(value))[:LIMIT]
    except BaseException as error:
        return f"repr raised {type(error).__name__}: {error}"


def run(statements):
    module = types.ModuleType("main")
    sys.modules["main"] = module
    result = {}
    signal.alarm(10)
    for index, text in enumerate(statements):
        try:
            exec(compile(text, "/main.py", "exec"), module.__dict__)
        except BaseException as error:
            result[f"raised {index}"] = f"{type(error).__name__}: {error}"
    signal.alarm(0)
    for name, value in list(vars(module).items()):
        if not name.startswith("_") and not isinstance(value, types.ModuleType):
            result[name] = shown(value)
    return result


def main():
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(400)
    signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(TimeoutError()))
    programs = json.load(sys.stdin)
    out, sys.stdout, sys.stderr = sys.stdout, io.StringIO(), io.StringIO()
    json.dump({"version": list(sys.version_info[:3]), "results": [run(statements) for statements in programs]}, out)


main()
