"""The projects that are served: the example project, two real applications, and a site of oddities."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from places import BOOKSHOP, CACHE, SITES
from servers import Project


def _digest(*folders):
    found = hashlib.sha256()
    for folder in folders:
        for file in sorted(folder.rglob("*.py")):
            if ".venv" not in file.parts:
                found.update(str(file.relative_to(folder)).encode() + b"\0" + file.read_bytes())
    return found.hexdigest()[:16]


def _prepared(name, commands, env, digest):
    """A folder of data that `commands` filled, one for each environment; kept until what makes it changes."""
    environment = Path(commands[0][0][0]).parent.parent.name
    folder = CACHE / "data" / f"{name}-{environment}-{digest}"
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        own = {name: value.replace("{data}", str(folder)) for name, value in env.items()}
        for command, cwd in commands:
            done = subprocess.run(
                command,
                cwd=cwd,
                env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **own},
                capture_output=True,
                text=True,
            )
            if done.returncode:
                raise RuntimeError(f"{' '.join(map(str, command))}:\n{done.stderr[-2000:]}")
        (folder / "ready").touch()
    return folder


def bookshop(python):
    env = {
        "BOOKSHOP_DATABASE": "{data}/db.sqlite3",
        "BOOKSHOP_MEDIA": "{data}/media",
        "DJANGO_SETTINGS_MODULE": "bookshop.settings",
    }
    manage = [python, "manage.py"]
    commands = [([*manage, "migrate", "-v0"], BOOKSHOP), ([*manage, "seed"], BOOKSHOP)]
    data = _prepared("bookshop", commands, env, _digest(BOOKSHOP))
    entry = {"wsgi": "bookshop.wsgi:application", "asgi": "bookshop.asgi:application"}
    return Project("bookshop", BOOKSHOP, "bookshop.settings", python, data, env, **entry)


def site(name, python):
    """One of the thin projects in `sites`."""
    settings = f"{name}.settings"
    env = {"PROOF_DATA": "{data}", "DJANGO_SETTINGS_MODULE": settings}
    prepare = [([python, "prepare.py"], SITES)]
    data = _prepared(name, prepare, {**env, "PYTHONPATH": str(SITES)}, _digest(SITES / name))
    entry = {"wsgi": "django_entry:wsgi", "asgi": "django_entry:asgi"}
    return Project(name, Path(SITES), settings, python, data, env, **entry)
