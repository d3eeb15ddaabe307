"""Compression of captures: zlib with a dictionary of what Django's requests have alike (``dictionary.json``).

RFC 1950 puts the dictionary's Adler-32 into the data, so that a reader knows which one they were made with. Small
captures are stored, as zlib's data too: most of them are numbers, and a disk gives them no less room.
"""

import json
import os
import struct
import zlib

#: Up to so many bytes are stored as they are.
STORED = 1024
#: Up to so many bytes a small window does, and a small memory: to copy what is prepared costs more than to compress.
#: Above it the whole window is faster as well as smaller.
SMALL = 6 * 1024
#: Level, window and memory, of small and of other data. Level 6 saves a tenth for twice the time, level 3 of small data
#: a fiftieth for a sixth more.
WAYS = {True: (2, 13, 6), False: (2, zlib.MAX_WBITS, 8)}


def dictionaries():
    """Every dictionary that captures were ever made with, as bytes; the newest last."""
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "dictionary.json"), encoding="utf-8") as file:
        return [text.encode("utf-8") for text in json.load(file)]


_prepared = {}


def squeeze(data):
    """``data`` compressed, or stored in the same format."""
    if len(data) <= STORED:
        # RFC 1951, 3.2.4: one block, the last.
        return b"\x78\x01\x01%b%b%b" % (_SIZES(len(data), ~len(data) & 0xFFFF), data, _SUM(zlib.adler32(data)))
    small = len(data) <= SMALL
    prepared = _prepared.get(small)
    if prepared is None:
        level, window, memory = WAYS[small]
        prepared = _prepared[small] = zlib.compressobj(
            level, zlib.DEFLATED, window, memory, zlib.Z_DEFAULT_STRATEGY, dictionaries()[-1]
        )
    compress = prepared.copy()
    return compress.compress(data) + compress.flush()


_SIZES = struct.Struct("<HH").pack
_SUM = struct.Struct(">I").pack


def is_squeezed(data):
    """Whether it begins as zlib's data do."""
    return len(data) > 1 and data[0] & 0x0F == 8 and (data[0] * 256 + data[1]) % 31 == 0


def unsqueeze(data):
    """What was compressed. Raises ``ValueError`` where it is damaged or made with an unknown dictionary."""
    return parted(data)[0]


def parted(data):
    """What was compressed, and what stands behind it. Raises as ``unsqueeze`` does."""
    reader = _reader(data)
    try:
        whole = reader.decompress(data) + reader.flush()
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if not reader.eof:
        raise ValueError("it was cut off")
    return whole, reader.unused_data


def _reader(data):
    if not data[1] & 0x20:  # without a dictionary
        return zlib.decompressobj()
    wanted = int.from_bytes(data[2:6], "big")
    for known in dictionaries():
        if zlib.adler32(known) == wanted:
            return zlib.decompressobj(zlib.MAX_WBITS, known)
    raise ValueError("it was made by a newer recorder")
