"""The command line of ``django_request_cycle.again``: one line of JSON, whatever happens."""

import json
import os
import sys


def main(arguments):
    """``rerun CAPTURE`` or ``explain CAPTURE STAGE EVENT``. Ends with 0 when it could be done, else with 1."""
    usage = "usage: python -m django_request_cycle.again rerun CAPTURE | explain CAPTURE STAGE EVENT"
    # What the project prints must not stand in the answer.
    answer_to, sys.stdout = sys.stdout, sys.stderr
    try:
        if len(arguments) == 2 and arguments[0] == "rerun":
            from .rerun import rerun

            answer = rerun(_load(arguments[1]))
        elif len(arguments) == 4 and arguments[0] == "explain":
            from .explain import explain

            answer = explain(_load(arguments[1]), int(arguments[2]), int(arguments[3]))
        else:
            answer = {"error": usage}
    except Exception as error:
        answer = {"error": "%s: %s" % (type(error).__name__, error)}
    answer_to.write(json.dumps(answer) + "\n")
    answer_to.flush()
    return 1 if "error" in answer else 0


def _load(path):
    from ..opened import load

    capture = load(path)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", capture["process"]["settingsModule"])
    if os.getcwd() not in sys.path:
        sys.path.insert(0, os.getcwd())
    return capture


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
