"""Runs the recorder's tests on real Djangos: ``python3 test/recorder/run.py [--long] [--only PY-DJANGO] [PATTERN]``.

Each pair of Python and Django has its own virtual environment under ``.cache/recorder``, made on first use. Without
``--long`` a small share of the pairs runs: this machine's Python with the newest Django it can run, and the oldest and
the newest pair there are. With it, or where ``--only`` asks for it, a Python that the machine lacks comes from Debian's
archive, if that holds it. What is absent is skipped and said. The last line is ``N passed, N failed``.
"""

import argparse
import os
import re
import subprocess
import sys

import pairs
import postgres

HERE = os.path.dirname(os.path.abspath(__file__))


def run(binary, pattern, long, cluster):
    """Run the behaviour tests; ``(passed, failed, skipped)``. ``cluster``: the folder of a running PostgreSQL."""
    command = [binary, "-W", "ignore", os.path.join(HERE, "suite.py")] + ([pattern] if pattern else [])
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "PYTHON"))}
    clean.update(PYTHONDONTWRITEBYTECODE="1", RECORDER_LONG="1" if long else "", PROJECT_POSTGRES=cluster or "")
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=clean, cwd=HERE)
    output = result.stdout.decode("utf-8", "replace")
    counts = re.search(r"^suite: (\d+) passed, (\d+) failed, (\d+) skipped$", output, re.M)
    if counts is None or int(counts.group(2)):
        print(output)
    if counts is None:
        return 0, 1, 0
    return tuple(int(count) for count in counts.groups())


def run_all(chosen, found, options, cluster):
    """Every pair in turn; ``(passed, failed)``."""
    passed = failed = 0
    for python, django in chosen:
        binary = pairs.environment(python, django, found[python])
        if binary is None:
            print("Python %s with Django %s: can't be installed, skipped" % (python, django), flush=True)
            continue
        counts = run(binary, options.pattern, options.long, cluster)
        print("Python %s with Django %s: %d passed, %d failed, %d skipped" % ((python, django) + counts), flush=True)
        passed += counts[0]
        failed += counts[1]
    return passed, failed


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true", help="every pair")
    parser.add_argument("--only", help="one pair, such as 3.12-6.0")
    parser.add_argument("pattern", nargs="?", help="part of the tests' names")
    options = parser.parse_args()
    found, absent = pairs.interpreters(fetch=options.long or options.only is not None)
    every = [pair for pair in pairs.exist() if pair[0] in found]
    for python, why in absent.items():
        print("Python %s: %s, skipped" % (python, why))
    chosen = every if options.long else pairs.share(every)
    if options.only:
        chosen = [tuple(options.only.split("-"))]
    with postgres.cluster() as (cluster, absent):
        if absent:
            print("%s: its tests are skipped" % absent)
        passed, failed = run_all(chosen, found, options, cluster)
    if not passed:
        failed += 1
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
