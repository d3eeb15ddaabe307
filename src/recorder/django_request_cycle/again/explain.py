"""Asks the database how it would run a recorded query."""

import ast
import re

from .set_up import set_up

#: A secret that stood for itself, not within a text: a number, say. Any value does for a plan.
_BARE_TOKEN = re.compile(r"(?<!['\"\w:/=&-])(\[secret:[0-9a-f]+\])(?!['\"\w])")


def explain(capture, stage_id, event_index):
    """Returns ``{"text": the database's own EXPLAIN}``; ``{"error": text}`` where it is no query that only reads.

    The statement is explained, not run, in a transaction that is rolled back.
    """
    stage = next((stage for stage in capture["stages"] if stage["id"] == stage_id), None)
    if stage is None or not 0 <= event_index < len(stage["events"]):
        return {"error": "The capture has no event %d in stage %d." % (event_index, stage_id)}
    detail = stage["events"][event_index]["detail"]
    sql = (detail.get("sql") or "").strip()
    if sql[:6].upper() != "SELECT":
        return {"error": "Only a SELECT is explained."}
    set_up(capture)
    from django.db import connections

    connection = connections[detail.get("alias") or "default"]
    with connection.cursor() as cursor:
        cursor.execute("%s %s" % (connection.ops.explain_query_prefix(), sql), _parameters(detail.get("params")))
        rows = cursor.fetchall()
    return {"text": "\n".join(" ".join(str(value) for value in row) for row in rows)}


def _parameters(text):
    if not text:
        return None
    text = _BARE_TOKEN.sub(r"'\1'", text)
    try:
        value = ast.literal_eval(text if text[:1] in "([{" else "(%s,)" % text.rstrip(","))
    except (SyntaxError, ValueError):
        raise ValueError("The query's parameters were recorded as text that can't be given back: %s" % text[:200])
    return value if isinstance(value, (list, tuple, dict)) else (value,)
