"""The pairs of Python and Django that the recorder is tested with, and an environment for each, made on first use."""

import hashlib
import os
import shutil
import subprocess
import sys

import debian

HERE = os.path.dirname(os.path.abspath(__file__))
KEPT = os.path.join(os.path.dirname(os.path.dirname(HERE)), ".cache")
CACHE = os.path.join(KEPT, "recorder")
INTERPRETERS = os.path.join(KEPT, "interpreters")

#: The oldest and the newest Python that each Django runs on, by Django's own documentation (docs/faq/install.txt; of
#: Pythons that came out later, by the classifiers of its latest release).
DJANGOS = {
    "3.2": ("3.6", "3.10"),
    "4.0": ("3.8", "3.10"),
    "4.1": ("3.8", "3.11"),
    "4.2": ("3.8", "3.12"),
    "5.0": ("3.10", "3.12"),
    "5.1": ("3.10", "3.13"),
    "5.2": ("3.10", "3.14"),
    "6.0": ("3.12", "3.14"),
    "6.1": ("3.12", "3.15"),
}
#: Those that the recorder supports.
PYTHONS = ["3.%d" % minor for minor in range(8, 16)]
#: Those that are got from Debian's archive where a machine has none, and somebody asks for them.
FETCHED = ["3.14", "3.15"]

#: Of each package the versions that fit, newest first: (version, oldest Python, oldest Django).
PACKAGES = {
    "jsonschema": [("4.26.0", "3.10", "3.2"), ("4.23.0", "3.8", "3.2")],
    "urllib3": [("2.8.0", "3.10", "3.2"), ("2.2.3", "3.8", "3.2")],
    "requests": [("2.34.2", "3.10", "3.2"), ("2.32.4", "3.8", "3.2")],
    "httpx": [("0.28.1", "3.8", "3.2")],
}
#: Only where they install: servers, frameworks, databases that the recorder is tested with.
EXTRAS = {
    "uvicorn": [("0.54.0", "3.10", "3.2"), ("0.33.0", "3.8", "3.2")],
    "daphne": [("4.2.3", "3.9", "3.2"), ("4.1.2", "3.8", "3.2")],
    "gunicorn": [("27.0.1", "3.10", "3.2"), ("23.0.0", "3.8", "3.2")],
    "djangorestframework": [("3.18.3", "3.10", "5.2"), ("3.16.1", "3.9", "4.2"), ("3.15.1", "3.8", "3.2")],
    "django-ninja": [("1.7.1", "3.8", "3.2")],
    "jinja2": [("3.1.6", "3.8", "3.2")],
    "pytest": [("9.2.0", "3.10", "5.2"), ("8.3.5", "3.8", "3.2")],
    "pytest-django": [("4.14.0", "3.10", "5.2"), ("4.11.1", "3.8", "3.2")],
    "psycopg[binary]": [("3.3.9", "3.10", "4.2"), ("3.2.13", "3.8", "4.2")],
    "psycopg2-binary": [("2.9.13", "3.10", "3.2"), ("2.9.10", "3.8", "3.2")],
    "debugpy": [("1.8.22", "3.10", "3.2"), ("1.8.21", "3.8", "3.2")],
}


def version(text):
    return tuple(int(part) for part in text.split("."))


def interpreters(fetch):
    """``({"3.12": path}, {"3.14": why not})`` of what is on the path and under pyenv.

    ``fetch``: get those that are absent and that Debian's archive holds; a day's archive is no ground for short tests.
    """
    found = on_this_machine()
    absent = {name: "not on this machine" for name in PYTHONS if name not in found}
    if fetch:
        fetched, failed = debian.interpreters([name for name in FETCHED if name in absent], INTERPRETERS)
        found.update(fetched)
        absent = {name: failed.get(name, why) for name, why in absent.items() if name not in fetched}
    return found, absent


def interpreter(name):
    """The path of that Python, fetched where the machine has none; LookupError with the reason where there is none."""
    found, absent = interpreters(fetch=name in FETCHED)
    if name not in found:
        raise LookupError("Python %s: %s" % (name, absent.get(name, "not among those that are supported")))
    return found[name]


def on_this_machine():
    found = {}
    roots = [os.environ.get("PYENV_ROOT"), os.path.expanduser("~/.pyenv")]
    for name in PYTHONS:
        path = shutil.which("python" + name)
        real = answers(path, name) if path else None
        if real:
            found[name] = real
    for root in roots:
        versions = os.path.join(root or "", "versions")
        if root and os.path.isdir(versions):
            for folder in sorted(os.listdir(versions)):
                name = ".".join(folder.split(".")[:2])
                path = os.path.join(versions, folder, "bin", "python")
                real = answers(path, name) if name in PYTHONS and name not in found and os.path.exists(path) else None
                if real:
                    found[name] = real
    own = "%d.%d" % sys.version_info[:2]
    # Of a virtual environment, what it was made from.
    found.setdefault(own, os.path.realpath(getattr(sys, "_base_executable", sys.executable)))
    return found


def answers(path, name):
    """The real path of an interpreter that runs, is the version it is named after, and can make a venv; else ``None``.

    Real, as one and the same is found as pyenv's shim or by itself, depending on who asks: under another name its
    environments would be made anew, and pulled from under who runs in them.
    """
    code = "import os, sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2], os.path.realpath(sys.executable))"
    try:
        result = subprocess.run([path, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=120)
    except (OSError, subprocess.TimeoutExpired):
        return None
    version_text, _blank, real = result.stdout.decode().strip().partition(" ")
    return real if version_text == name else None


def exist():
    """Every pair that exists, oldest Django first."""
    return [
        (python, django)
        for django, (least, greatest) in DJANGOS.items()
        for python in PYTHONS
        if version(least) <= version(python) <= version(greatest)
    ]


def share(every):
    """A small share of the pairs: this Python with its newest Django, the oldest pair, the newest pair."""
    own = "%d.%d" % sys.version_info[:2]
    chosen = [pair for pair in every if pair[0] == own][-1:]
    return list(dict.fromkeys(every[:1] + chosen + every[-1:]))


def pinned(packages, python, django):
    """``["uvicorn==0.54.0", …]``: of each package the newest version that fits the pair, if one does."""
    chosen = []
    for name, rows in packages.items():
        fitting = [row for row in rows if version(row[1]) <= version(python) and version(row[2]) <= version(django)]
        if fitting:
            chosen.append("%s==%s" % (name, fitting[0][0]))
    return chosen


def environment(python, django, interpreter):
    """The pair's interpreter, its environment made first if need be; ``None`` where that fails."""
    folder = os.path.join(CACHE, "%s-%s" % (python, django))
    binary = os.path.join(folder, "Scripts" if os.name == "nt" else "bin", "python")
    stamp = os.path.join(folder, "installed")
    needed = ["Django~=%s.0" % django] + pinned(PACKAGES, python, django)
    extras = pinned(EXTRAS, python, django)
    names = [interpreter, os.path.join(os.path.dirname(interpreter), "python")]
    known = [hashlib.sha256("\n".join([name] + needed + extras).encode()).hexdigest() for name in names]
    wanted = known[0]
    if os.path.exists(stamp):
        with open(stamp) as file:
            if file.read() in known:
                return binary
    print("making the environment for Python %s with Django %s ..." % (python, django), flush=True)
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "env": clean}
    pip = [binary, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--prefer-binary"]
    made = subprocess.run([interpreter, "-m", "venv", "--clear", folder], **quiet)
    if made.returncode == 0 and subprocess.run(pip + needed + extras, **quiet).returncode:
        made = subprocess.run(pip + needed, **quiet)
        for extra in extras if made.returncode == 0 else ():
            if subprocess.run(pip + [extra] + needed[:1], **quiet).returncode:
                print("  %s can't be installed here: its tests are skipped" % extra, flush=True)
    if made.returncode:
        print(made.stdout.decode("utf-8", "replace")[-2000:], flush=True)
        return None
    with open(stamp, "w") as file:
        file.write(wanted)
    return binary
