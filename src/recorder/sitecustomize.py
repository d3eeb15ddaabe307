"""Switches the recorder on in a Python that starts with this folder on PYTHONPATH.

Any Python may start in a recorded terminal, so this file parses on 2.7 as well and steps aside where it has
nothing to do. It takes its folder off ``sys.path`` again (the debug page prints that list) and then runs the
``sitecustomize`` that it hides, if there is one.
"""

import os
import sys


def _same_folder(entry, folder):
    try:
        return os.path.normcase(os.path.abspath(entry or os.curdir)) == os.path.normcase(folder)
    except Exception:
        return False


def _start_recorder():
    if sys.version_info >= (3, 8) and os.environ.get("DJANGO_REQUEST_CYCLE"):
        try:
            from django_request_cycle import bootstrap

            bootstrap.start()
        except Exception:
            # The application comes first: without its recorder it still runs.
            if os.environ.get("DJANGO_REQUEST_CYCLE_DEBUG"):
                raise


def _run_hidden_sitecustomize():
    """Import the next ``sitecustomize`` on the path as Python would have without this one."""
    this = sys.modules.pop("sitecustomize", None)
    try:
        __import__("sitecustomize")
    except ImportError as error:
        name = getattr(error, "name", None) or str(error).split(" ")[-1].strip("'")
        if name != "sitecustomize":
            raise
        if this is not None:
            sys.modules["sitecustomize"] = this


if not getattr(sys, "_django_request_cycle", False):
    # The mark, and the folder taken off the path, keep two that chain to each other from recursing.
    sys._django_request_cycle = True
    _folder = os.path.dirname(os.path.abspath(__file__))
    _start_recorder()
    sys.path[:] = [entry for entry in sys.path if not _same_folder(entry, _folder)]
    sys.path_importer_cache.pop(_folder, None)
    _run_hidden_sitecustomize()
