"""JSON text of a value."""

import json


def _encoder(ascii_only):
    """JSON's C encoder made once: ``JSONEncoder.encode`` makes one for every call."""
    plain = json.JSONEncoder(ensure_ascii=ascii_only, separators=(",", ":"), check_circular=False)
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:
        return plain.encode
    text = json.encoder.encode_basestring_ascii if ascii_only else json.encoder.encode_basestring
    chunks = make(None, plain.default, text, None, ":", ",", False, False, True)
    return lambda value: "".join(chunks(value, 0))


encode = _encoder(False)
encode_ascii = _encoder(True)
