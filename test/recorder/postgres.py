"""A private PostgreSQL in a temporary folder, reached by its socket alone, for as long as the tests run."""

import contextlib
import glob
import os
import shutil
import subprocess
import tempfile

#: Every statement goes to the log, so that a test can hold the server's own word against the recorder's.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "log_statement": "all",
    "logging_collector": "off",
    "shared_buffers": "16MB",
    "max_connections": "20",
}
LOG = "server.log"


def programs():
    """The folder of ``initdb`` and ``pg_ctl``, or ``None``."""
    found = shutil.which("initdb")
    if found and shutil.which("pg_ctl", path=os.path.dirname(os.path.realpath(found))):
        return os.path.dirname(os.path.realpath(found))
    for folder in sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True):
        if os.path.exists(os.path.join(folder, "initdb")):
            return folder
    return None


def _as_somebody(folder):
    """PostgreSQL refuses to run as root: the user to become instead, who is given the folder."""
    if os.name != "posix" or os.geteuid() != 0:
        return None
    import pwd

    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, user.pw_uid, user.pw_gid)

        def become(user=user):
            os.setgroups([])
            os.setgid(user.pw_gid)
            os.setuid(user.pw_uid)

        return become
    return None


@contextlib.contextmanager
def cluster():
    """``(folder, None)`` of a running cluster's socket and log, or ``(None, why)`` where there can't be one."""
    binaries = programs()
    if binaries is None or os.name != "posix":
        yield None, "PostgreSQL is not on this machine"
        return
    folder = tempfile.mkdtemp(prefix="recorder-pg-", dir="/tmp")
    become = _as_somebody(folder)
    data, log = os.path.join(folder, "data"), os.path.join(folder, LOG)
    options = " ".join("-c %s=%s" % (name, value or "''") for name, value in SETTINGS.items())
    control = [os.path.join(binaries, "pg_ctl"), "-D", data, "-w"]
    start = [*control, "-l", log, "-o", "-k %s %s" % (folder, options), "start"]
    make = [os.path.join(binaries, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8"]

    def run(command):
        # To a file: a server that outlives its starter would keep a pipe open.
        with open(os.path.join(folder, "output"), "ab") as output:
            quiet = {"stdin": subprocess.DEVNULL, "stdout": output, "stderr": output, "cwd": folder}
            return subprocess.run(command, preexec_fn=become, **quiet).returncode == 0

    running = False
    try:
        os.chmod(folder, 0o755)
        running = run([*make, "--locale=C"]) and run(start)
        if running:
            yield folder, None
        else:
            with open(os.path.join(folder, "output"), errors="replace") as output:
                yield None, "PostgreSQL does not start: %s" % output.read().strip()[-300:]
    finally:
        if running:
            run([*control, "-m", "immediate", "stop"])
        shutil.rmtree(folder, ignore_errors=True)
