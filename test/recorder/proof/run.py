#!/usr/bin/env python3
"""The proof of the recorder, with real Django under real servers.

    python3 test/recorder/proof/run.py [--long] [PART ...]

A small share of each part in some minutes; --long runs the whole matrix, thousands of requests and the soak.
Needs Python 3.10 or newer; installs what it runs into a cache beside the repository's other caches.
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

PARTS = ["differential", "leaks", "robustness", "processes", "matrix", "soak"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--long", action="store_true")
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
        for name in options.parts or PARTS:
            started = time.monotonic()
            part = __import__(name)
            report.part(name, lambda report, part=part, name=name: part.run(report, python, work / name, options.long))
            report.note(f"{name}: {time.monotonic() - started:.0f} s")
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
