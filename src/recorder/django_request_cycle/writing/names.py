"""Names of the files in the folder of captures, and what they tell."""

INDEX = "index.jsonl"
#: What a capture's name ends with. This recorder writes ``<id>.<key of its table>.cycle.json.z``; the others may be
#: there from earlier versions and from imports.
SQUEEZED = ".cycle.json.z"
ENDINGS = (SQUEEZED, ".cycle.json", ".cycle.json.gz")
TABLE = ".process.jsonl"
#: Room that is kept on the disk for one thing: to say, once it is full, that captures were lost.
RESERVE = "reserve"


def identifier_of(name):
    """A capture's id from its file's name."""
    for ending in ENDINGS:
        if name.endswith(ending):
            name = name[: -len(ending)]
            return name.rpartition(".")[0] if ending == SQUEEZED else name
    return name


def table_of(name):
    """The name of the file that a capture's names entries of; ``None`` where it stands alone."""
    if not name.endswith(SQUEEZED):
        return None
    identifier, _dot, key = name[: -len(SQUEEZED)].rpartition(".")
    return "%s-%s%s" % (key, identifier.split("-")[-2] if "-" in identifier else "", TABLE)


def order_of(identifier):
    """Sorts captures by the time in their id: ``<ms in base 36>-<pid>-<counter>``."""
    parts = identifier.split("-")
    try:
        return (int(parts[0], 36), int(parts[-1]))
    except ValueError:
        return (0, 0)
