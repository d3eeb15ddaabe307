"""A capture against the JSON Schema that both halves keep."""

import functools
import json

from places import SCHEMA


@functools.lru_cache
def _validator():
    from jsonschema import validators

    schema = json.loads(SCHEMA.read_text())
    return validators.validator_for(schema)(schema)


def problems(capture):
    """What in the capture the schema does not allow, the worst first; at most five lines."""
    found = sorted(_validator().iter_errors(capture), key=lambda error: len(error.absolute_path))
    return [f"schema: /{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in found[:5]]
