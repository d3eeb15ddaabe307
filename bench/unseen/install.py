#!/usr/bin/env python3
"""Makes projects that the engine was not written against and asks Django itself about them, for bench/conformance.mjs.

  python3 bench/unseen/install.py --oracle DIR --cache DIR [NAME ...] > PROJECTS.jsonl
  node bench/conformance.mjs --projects PROJECTS.jsonl --oracles CACHE/oracles --out bench/unseen/CONFORMANCE.md

`--oracle` is the folder of the oracle (its install.py makes environments, its oracle.py asks Django); `--cache` is
where everything is put. Prints one JSON line a project. Standard library and pip only.
"""

import argparse
import gzip
import importlib.util
import json
import os
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def installer(folder):
    """The oracle's own install.py as a module."""
    spec = importlib.util.spec_from_file_location("oracle_install", os.path.join(folder, "install.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ask(project, folder):
    """What Django resolves, as FOLDER/NAME.json.gz; the number of routes, or None with the reason on stderr."""
    os.makedirs(folder, exist_ok=True)
    file = os.path.join(folder, project.name + ".json")
    answer, _ = project.ask("--out", file)
    if not os.path.exists(file):
        print(project.name + ": " + answer.stderr.strip()[-600:], file=sys.stderr)
        return None
    with open(file, "rb") as plain, gzip.open(file + ".gz", "wb") as packed:
        shutil.copyfileobj(plain, packed)
    with open(file) as plain:
        return len(json.load(plain)["routes"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--oracle", required=True, metavar="DIR")
    parser.add_argument("--cache", required=True, metavar="DIR")
    given = parser.parse_args()
    with open(os.path.join(HERE, "projects.json")) as file:
        projects = json.load(file)["projects"]
    install = installer(os.path.abspath(given.oracle))
    cache = os.path.abspath(given.cache)
    failed = False
    for name in given.names or projects:
        project = install.Project(name, projects[name], cache, home=HERE)
        routes = ask(project, os.path.join(cache, "oracles")) if project.made() or project.make() else None
        failed = failed or routes is None
        if routes is not None:
            print(json.dumps({**project.describe(), "routes": routes}), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
