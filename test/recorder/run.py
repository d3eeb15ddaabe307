"""Runs the recorder's tests on real Djangos: ``python3 test/recorder/run.py [--long] [--only PY-DJANGO] [PATTERN]``.

Each pair of Python and Django has its own virtual environment under ``.cache/recorder``, made on first use. Without
``--long`` a small share of the pairs runs: this machine's Python with the newest Django it can run, and the oldest and
the newest pair there are. What is absent is skipped and said. The last line is ``N passed, N failed``.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
CACHE = os.path.join(ROOT, ".cache", "recorder")

#: Which Pythons each Django runs on, by Django's own documentation.
DJANGOS = {
    "3.2": ("3.8", "3.10"),
    "4.0": ("3.8", "3.10"),
    "4.1": ("3.8", "3.11"),
    "4.2": ("3.8", "3.12"),
    "5.0": ("3.10", "3.12"),
    "5.1": ("3.10", "3.13"),
    "5.2": ("3.10", "3.14"),
    "6.0": ("3.12", "3.14"),
    "6.1": ("3.12", "3.14"),
}
PYTHONS = ["3.%d" % minor for minor in range(8, 15)]
#: Besides Django; the exact versions are those that pip finds for the interpreter.
PACKAGES = ["jsonschema>=4.17,<5", "urllib3<3", "httpx<1"]
#: Only where they install: servers and frameworks that the recorder is tested with.
EXTRAS = ["uvicorn", "daphne", "gunicorn", "djangorestframework", "django-ninja", "jinja2", "pytest-django"]


def version(text):
    return tuple(int(part) for part in text.split("."))


def interpreters():
    """``{"3.12": path}`` of what is on the path and under pyenv."""
    found = {}
    roots = [os.environ.get("PYENV_ROOT"), os.path.expanduser("~/.pyenv")]
    for name in PYTHONS:
        path = shutil.which("python" + name)
        if path and answers(path, name):
            found[name] = path
    for root in roots:
        versions = os.path.join(root or "", "versions")
        if root and os.path.isdir(versions):
            for folder in sorted(os.listdir(versions)):
                name = ".".join(folder.split(".")[:2])
                path = os.path.join(versions, folder, "bin", "python")
                if name in PYTHONS and name not in found and os.path.exists(path):
                    found[name] = path
    own = "%d.%d" % sys.version_info[:2]
    found.setdefault(own, sys.executable)
    return found


def answers(path, name):
    """Whether an interpreter runs and is the version it is named after (pyenv's shims may not)."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        result = subprocess.run([path, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return result.stdout.decode().strip() == name


def pairs(found):
    """Every pair that exists and that this machine can run, oldest first."""
    return [
        (python, django)
        for django, (least, greatest) in DJANGOS.items()
        for python in PYTHONS
        if version(least) <= version(python) <= version(greatest) and python in found
    ]


def share(every):
    """The small share: own Python with its newest Django, the oldest pair, the newest pair."""
    own = "%d.%d" % sys.version_info[:2]
    chosen = [pair for pair in every if pair[0] == own][-1:]
    return list(dict.fromkeys(every[:1] + chosen + every[-1:]))


def environment(python, django, interpreter):
    """The pair's interpreter, its environment made first if need be; ``None`` where that fails."""
    folder = os.path.join(CACHE, "%s-%s" % (python, django))
    binary = os.path.join(folder, "Scripts" if os.name == "nt" else "bin", "python")
    done = os.path.join(folder, "installed")
    if os.path.exists(done):
        return binary
    print("making the environment for Python %s with Django %s ..." % (python, django), flush=True)
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "env": clean}
    pip = [binary, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for command in (
        [interpreter, "-m", "venv", "--clear", folder],
        pip + ["Django~=%s.0" % django] + PACKAGES,
    ):
        result = subprocess.run(command, **quiet)
        if result.returncode:
            print(result.stdout.decode("utf-8", "replace")[-2000:])
            return None
    for extra in EXTRAS:
        if subprocess.run(pip + [extra, "Django~=%s.0" % django], **quiet).returncode:
            print("  %s can't be installed here: its tests are skipped" % extra)
    with open(done, "w"):
        pass
    return binary


def run(binary, pattern, long):
    """Run the behaviour tests; ``(passed, failed, skipped)``."""
    command = [binary, "-W", "ignore", os.path.join(HERE, "suite.py")] + ([pattern] if pattern else [])
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "PYTHON"))}
    clean.update(PYTHONDONTWRITEBYTECODE="1", RECORDER_LONG="1" if long else "")
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=clean, cwd=HERE)
    output = result.stdout.decode("utf-8", "replace")
    counts = re.search(r"^suite: (\d+) passed, (\d+) failed, (\d+) skipped$", output, re.M)
    if counts is None or int(counts.group(2)):
        print(output)
    if counts is None:
        return 0, 1, 0
    return tuple(int(count) for count in counts.groups())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true", help="every pair")
    parser.add_argument("--only", help="one pair, such as 3.12-6.0")
    parser.add_argument("pattern", nargs="?", help="part of the tests' names")
    options = parser.parse_args()
    found = interpreters()
    every = pairs(found)
    for python in PYTHONS:
        if python not in found:
            print("Python %s is not on this machine: skipped" % python)
    chosen = every if options.long else share(every)
    if options.only:
        chosen = [tuple(options.only.split("-"))]
    passed = failed = 0
    for python, django in chosen:
        binary = environment(python, django, found[python])
        if binary is None:
            print("Python %s with Django %s: can't be installed, skipped" % (python, django), flush=True)
            continue
        counts = run(binary, options.pattern, options.long)
        print("Python %s with Django %s: %d passed, %d failed, %d skipped" % ((python, django) + counts), flush=True)
        passed += counts[0]
        failed += counts[1]
    if not passed:
        failed += 1
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
