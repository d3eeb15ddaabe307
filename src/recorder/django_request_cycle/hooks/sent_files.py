"""Files that a WSGI server sends by its ``wsgi.file_wrapper`` (``WSGIHandler.__call__``, ``core/handlers/wsgi.py``).

The response is not iterated then: the server reads the file, or leaves that to the operating system. So the file's own
``read`` is watched, on the instance, for as long as the response is open. Nothing is read for the recorder's sake.
"""

from ..health import shielded


@shielded
def watch(cycle, response, note):
    """Have what the server reads of the response's file noted by ``note(cycle, data)``."""
    file = response.__dict__.get("file_to_stream")
    if file is None or getattr(cycle.request, "environ", {}).get("wsgi.file_wrapper") is None:
        return
    cycle.sends_file = True
    file = _innermost(file)
    original = file.read

    def read(*args):
        data = original(*args)
        if cycle.open:
            if data:
                note(cycle, data)
            else:
                cycle.streamed_whole = True
        return data

    try:
        file.read = read
    except (AttributeError, TypeError):  # an object without room for it stays as it is
        return
    cycle.sent_file = file


def _innermost(file):
    """What Django's ``File`` reads from, as far as it is open already (``django/core/files/base.py``)."""
    for _step in range(5):
        if not isinstance(getattr(type(file), "read", None), property):
            break
        held = file.__dict__
        inner = held.get("file") or held.get("_file")
        if inner is None:
            break
        file = inner
    return file


@shielded
def let_go(cycle):
    """The response is closed: the file is as it was."""
    file, cycle.sent_file = cycle.sent_file, None
    if file is not None:
        del file.read
