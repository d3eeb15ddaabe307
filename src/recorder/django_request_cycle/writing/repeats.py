"""What a request has like others before it stands in the capture as the number of its entry in the process's table.

That is the request, the response, what stages have of their own, the summary, each as a whole; else, of these, headers,
changes and details; and how stages follow one another (``src/capture/packed.schema.json``).
"""

import json


def name_repeats(told, columns, table):
    """Put numbers where something came before, in what a capture tells and in the columns of its stages."""
    for index in (0, 3):  # entries and links are the same for the same way through the code
        columns[index] = table.repeated(columns[index], own=True)
    way = columns[0] if type(columns[0]) is int else None
    for part, name_inside in _PARTS.items():
        value = told.get(part)
        if value is not None and type(value) is not int:
            # Something in it may differ each time: a time, a token. Then only what is inside comes again.
            number = told[part] = table.repeated_of((part, way), value, name_inside)
            if number is value and name_inside is not None:
                name_inside(value, table.repeated_inside)


def write_out(told, table):
    """Undo that in what a capture tells, where an entry may hold what this request has to hide."""

    def whole(value):
        return json.loads(table.lines[value]) if type(value) is int else value

    for part, name_inside in _PARTS.items():
        value = told.get(part)
        if value is not None:
            value = told[part] = whole(value)
            if name_inside is not None:
                name_inside(value, whole)


def _headers(part, named):
    part["headers"] = [named(header) for header in part["headers"]]


def _changes_and_details(own, named):
    for _stage, fields in own:
        if "changes" in fields:
            fields["changes"] = [named(change) for change in fields["changes"]]
        if "detail" in fields:
            fields["detail"] = named(fields["detail"])


#: What of a capture may be an entry as a whole, and what puts numbers inside it.
_PARTS = {"request": _headers, "response": _headers, "own": _changes_and_details, "summary": None}
