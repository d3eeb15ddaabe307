"""Virtual environments made once and kept in the cache."""

import hashlib
import os
import shutil
import subprocess
import sys

import pairs
from places import CACHE, HERE

QUIET = ["--disable-pip-version-check", "--no-input", "--quiet"]


# Of a virtual environment, what it was made from.
BASE = os.path.realpath(getattr(sys, "_base_executable", sys.executable))


class CannotInstall(Exception):
    """pip could not install what was asked for; the message has its last lines."""


def environment(name, requirements, base=BASE, progress=print):
    """The interpreter of a virtual environment that holds `requirements` (a list), made where it is missing."""
    folder = CACHE / "environments" / name
    python = folder / "bin" / "python"
    stamp = folder / "installed"
    wanted = hashlib.sha256("\n".join([str(base), *requirements]).encode()).hexdigest()
    if python.exists() and stamp.exists() and stamp.read_text() == wanted:
        return str(python)
    progress(f"  making the environment {name} ...")
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([base, "-m", "venv", str(folder)], check=True, capture_output=True)
    command = [python, "-m", "pip", "install", "--prefer-binary", *QUIET, *requirements]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise CannotInstall("\n".join(done.stderr.strip().splitlines()[-3:]))
    stamp.write_text(wanted)
    return str(python)


def proof_environment(named=None, progress=print):
    """The interpreter that runs the proof and its servers; of the Python `named` ("3.14"): one that runs servers.

    That one has the newest Django that it can run. LookupError where there is no such Python.
    """
    lines = (HERE / "requirements.txt").read_text().splitlines()
    pins = [pin for pin in (line.split("#")[0].strip() for line in lines) if pin]
    if named is None:
        return environment("proof", pins, progress=progress)
    base = pairs.interpreter(named)
    newest = [django for python, django in pairs.exist() if python == named][-1]
    pins = [pin for pin in pins if not pin.startswith("Django==")] + [f"Django~={newest}.0"]
    return environment("proof-" + named, pins, base, progress)
