"""Interpreters of this machine, and virtual environments made once and kept in the cache."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from places import CACHE, HERE

QUIET = ["--disable-pip-version-check", "--no-input", "--quiet"]


# Of a virtual environment, what it was made from.
BASE = os.path.realpath(getattr(sys, "_base_executable", sys.executable))


class CannotInstall(Exception):
    """pip could not install what was asked for; the message has its last lines."""


def find_interpreter(minor):
    """The path of an interpreter of that version ("3.8"): this one, one on PATH, or one of pyenv's; else None."""
    if "%d.%d" % sys.version_info[:2] == minor:
        return BASE
    tries = [shutil.which("python" + minor)]
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    if root.is_dir():
        tries += [str(each / "bin" / "python") for each in sorted(root.iterdir()) if each.name.startswith(minor + ".")]
    for python in filter(None, tries):
        ask = [python, "-c", "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"]
        try:
            answer = subprocess.run(ask, capture_output=True, text=True, timeout=60)
        except OSError:
            continue
        if answer.returncode == 0 and answer.stdout.strip() == minor:
            return python
    return None


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
