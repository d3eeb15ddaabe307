"""Virtual environments made once and kept in the cache."""

import hashlib
import os
import shutil
import subprocess
import sys

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


def proof_environment(progress=print):
    lines = (HERE / "requirements.txt").read_text().splitlines()
    pins = [line.split("#")[0].strip() for line in lines]
    return environment("proof", [pin for pin in pins if pin], progress=progress)
