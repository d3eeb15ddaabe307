#!/usr/bin/env python3
"""The proof of the recorder, with real Django under real servers.

    python3 test/recorder/proof/run.py [--long] [--python 3.N] [PART ...]

A small share of each part in some minutes; --long runs the whole matrix, thousands of requests and the soak, and then
the small share of each part again on the newest Python and Django. Needs Python 3.10 or newer; installs what it runs
into a cache beside the repository's other caches.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.dirname(HERE)]  # its modules, and the table of pairs beside the behaviour tests
sys.dont_write_bytecode = True

import environments  # noqa: E402 (sys.path first)
from report import Report  # noqa: E402

#: The newest Python that a finished release of Django was made for.
NEWEST = "3.15"
PARTS = ["differential", "leaks", "robustness", "processes", "matrix", "soak"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--python", metavar="3.N", help="serve with that one and the newest Django that it can run")
    parser.add_argument("--keep", metavar="FOLDER", help="leave the servers' logs and captures there")
    options = parser.parse_args()
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f"no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    if sys.version_info < (3, 10):
        sys.exit("The proof needs Python 3.10 or newer.")
    python = environments.proof_environment()
    if os.path.realpath(sys.prefix) != os.path.realpath(Path(python).parent.parent):
        os.execv(python, [python, *sys.argv])  # for jsonschema
    report = Report(lambda line: print(line, flush=True))
    with tempfile.TemporaryDirectory(prefix="recorder-proof-") as scratch:
        work = Path(options.keep or scratch).resolve()
        parts = options.parts or PARTS
        if options.python is None:
            run_parts(report, parts, python, work, options.long)
        else:
            on_another(report, parts, options.python, work, options.long)
        if options.long and options.python is None:
            on_another(report, [name for name in parts if name != "matrix"], NEWEST, work / NEWEST, long=False)
    return report.close()


def run_parts(report, parts, python, work, long):
    for name in parts:
        started = time.monotonic()
        part = __import__(name)
        report.part(name, lambda report, part=part, name=name: part.run(report, python, work / name, long))
        report.note(f"{name}: {time.monotonic() - started:.0f} s")


def on_another(report, parts, named, work, long):
    """The parts with servers of the Python `named`; where there is none, that is said."""
    try:
        python = environments.proof_environment(named)
    except (LookupError, environments.CannotInstall) as error:
        report.skip(f"Python {named}", str(error))
        return
    report.out(f"with Python {named} and its newest Django:")
    run_parts(report, parts, python, work, long)


if __name__ == "__main__":
    sys.exit(main())
