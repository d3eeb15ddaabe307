"""Runs small programs, each in a module of its own: a JSON list of texts on standard input, on standard output a JSON list
of what each left behind: the reprs of its public names, and under `raised` the exception that ended it.

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


def run(text):
    module = types.ModuleType("main")
    sys.modules["main"] = module
    result = {}
    signal.alarm(10)
    try:
        exec(compile(text, "/main.py", "exec"), module.__dict__)
    except BaseException as error:
        result["raised"] = f"{type(error).__name__}: {error}"
    finally:
        signal.alarm(0)
    for name, value in list(vars(module).items()):
        if not name.startswith("_") and not isinstance(value, types.ModuleType):
            result[name] = shown(value)
    return result


def main():
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(400)
    sys.set_int_max_str_digits(0)
    signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(TimeoutError()))
    programs = json.load(sys.stdin)
    out, sys.stdout, sys.stderr = sys.stdout, io.StringIO(), io.StringIO()
    json.dump({"version": list(sys.version_info[:3]), "results": [run(text) for text in programs]}, out)


main()
