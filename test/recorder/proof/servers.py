"""Real servers over a project, with and without the recorder, each with its own copy of the project's data."""

import os
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from places import RECORDER, STEADY


@dataclass
class Project:
    """A Django project to serve: `data` is a folder of its database and uploads, copied for each server."""

    name: str
    folder: Path
    settings: str
    python: str
    data: Path
    env: dict = field(default_factory=dict)  # {data} in a value stands for the server's own copy
    wsgi: str = ""
    asgi: str = ""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A running server. `store`: the folder for captures, or None to run without the recorder."""

    def __init__(self, project, work, store=None, kind="runserver", env=None, limits=None, options=()):
        self.project = project
        self.work = Path(work)
        self.store = Path(store) if store else None
        self.kind = kind
        self.port = None  # chosen when it starts
        self.log = self.work / "server.log"
        self.extra = env or {}
        self.limits = limits
        self.options = list(options)
        self.process = None

    def environment(self):
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        empty = self.work / "nothing"
        empty.mkdir(parents=True, exist_ok=True)
        own = {
            "PYTHONHASHSEED": "0",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": self.project.settings,
            # Both sides have both variables, so that a page which shows the environment has the same rows.
            "PYTHONPATH": os.pathsep.join([str(RECORDER if self.store else empty), str(STEADY)]),
            "DJANGO_REQUEST_CYCLE": str(self.store or empty),
        }
        data = {name: value.replace("{data}", str(self.work / "data")) for name, value in self.project.env.items()}
        return {**kept, **own, **data, **self.extra}

    def command(self):
        python, port, project = self.project.python, str(self.port), self.project
        if self.kind == "runserver":
            return [python, "-m", "django", "runserver", *self.options, f"127.0.0.1:{port}"]
        if self.kind == "gunicorn":
            return [python, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", *self.options, project.wsgi]
        if self.kind == "uvicorn":
            quiet = ["--lifespan", "off", "--log-level", "warning"]
            return [python, "-m", "uvicorn", "--port", port, *quiet, *self.options, project.asgi]
        if self.kind == "daphne":
            quiet = ["-b", "127.0.0.1", "-v", "0"]
            return [python, "-m", "daphne", "-p", port, *quiet, *self.options, project.asgi]
        raise ValueError(self.kind)

    def start(self, seconds=120):
        self.work.mkdir(parents=True, exist_ok=True)
        for _attempt in range(3):
            self.port = free_port()  # somebody else may take it before the server does
            if self._answers(seconds):
                return self
        raise RuntimeError(f"{self.project.name} did not start:\n{self.tail()}")

    def _answers(self, seconds):
        """Start the process; whether it listens. False where it ended before it did."""
        data = self.work / "data"
        if not data.exists():
            shutil.copytree(self.project.data, data)
        if self.kind == "runserver" and not self.options:
            self.options = ["--noreload"]
        env = self.environment()
        # `-m` puts the working folder first on sys.path, as manage.py does with its own.
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command(),
                cwd=self.project.folder,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=self.limits,
            )
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return True
            except OSError:
                if self.process.poll() is not None:
                    return False
                time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"{self.project.name} did not answer in {seconds} s:\n{self.tail()}")

    def tail(self, lines=25):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def memory(self):
        """Resident bytes of the process (Linux), or None."""
        try:
            pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        except (OSError, ValueError):
            return None
        return pages * os.sysconf("SC_PAGE_SIZE")

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """End the server's own process group: asked first (as Ctrl-C does), then killed."""
        if self.process is None:
            return
        for way, patience in ((signal.SIGINT, 8), (signal.SIGKILL, 8)):
            if self.process.poll() is not None:
                break
            try:
                os.killpg(self.process.pid, way)
                self.process.wait(patience)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                continue

    def __enter__(self):
        return self.start()

    def __exit__(self, *exc):
        self.stop()
