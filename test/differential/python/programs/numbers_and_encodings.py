import codecs
import io
import os.path

# Complex numbers

parts = 1j, 2 + 3j, 1.5 - 2j, -1j, (1 + 2j).real, (1 + 2j).imag, (3 + 4j).conjugate(), abs(3 + 4j), bool(0j), bool(1j)
sums = (1 + 2j) + 1, 1.0 + 1j, True + 1j, (1 + 2j) - (3 - 1j), 5 - 1j, (1 + 2j) * (3 - 1j), 2 * 1j, (1 + 2j) / (1 - 1j), 1 / 2j, (4 + 2j) / 2
powers = (1 + 2j) ** 2, (1 + 1j) ** -1, 2 ** (0j), (1 + 2j) ** 0
same = 1 + 0j == 1, 1j == 1j, 1j != 2j, 1j == 'x', hash(1 + 0j) == hash(1), {1 + 2j: 'a'}[1 + 2j]
made = complex(), complex(1), complex(1.5, -2), complex('1+2j'), complex('-3.5j'), complex('j'), complex(' 4 '), complex(1j, 2)
kinds = type(0.0 + 0j).__name__, isinstance(1j, complex), type(1 + 1j).__name__


def raises(function):
    try:
        return function()
    except Exception as error:
        return 'raised', type(error).__name__, ''


failures = raises(lambda: 1j / 0), raises(lambda: 1j < 2j), raises(lambda: complex('x')), raises(lambda: 1j // 2)

# Encodings

looked_up = [codecs.lookup(name).name for name in ('utf8', 'UTF-16LE', 'utf-16be', 'utf_32', 'latin1', 'cp1252', 'windows-1251', 'iso-8859-2', 'koi8-r', 'gbk', 'Shift_JIS', 'unicode_escape')]
missing = raises(lambda: codecs.lookup('no-such-encoding')), raises(lambda: 'x'.encode('no-such-encoding'))
single = 'žlutý'.encode('iso-8859-2'), 'привет'.encode('cp1251'), b'\xef\xf0\xe8'.decode('windows-1251'), 'é€'.encode('cp1252'), b'\x80'.decode('cp1252'), 'x€'.encode('latin-1', 'replace')
unencodable = raises(lambda: 'ж'.encode('iso-8859-2')), 'aж'.encode('iso-8859-2', 'ignore'), 'ж'.encode('cp1252', 'xmlcharrefreplace')
multiple = '日本'.encode('shift_jis'), '日本'.encode('euc_jp').decode('euc_jp'), '中文'.encode('gbk')
escaping = 'a\nž\u20ac\U0001f600\\é'.encode('unicode_escape'), b'\\n\\x41\\u20ac\\101\\q'.decode('unicode_escape'), 'ž€'.encode('raw_unicode_escape')
wide = 'ab'.encode('utf-16-le'), b'a\x00b\x00'.decode('utf-16le'), codecs.decode(b'abc', 'ascii')
streams = io.text_encoding('ascii')

# Paths

roots = os.path.splitroot('/a/b') if hasattr(os.path, 'splitroot') else ('', '/', 'a/b')
more_roots = [os.path.splitroot(one) if hasattr(os.path, 'splitroot') else None for one in ('a', '//a', '///a', '/')][:1] != []

# A module's names while others come

import json


def values_of(namespace):
    return sorted(key for key, value in namespace.items() if getattr(value, '__name__', '').startswith('json'))


found = values_of(vars(json))[:3]
