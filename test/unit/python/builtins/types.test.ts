import assert from 'node:assert/strict';
import { runEngine, runPython } from '../compare';

/** Texts whose names must come out as CPython's. */
const table: readonly (readonly [what: string, text: string])[] = [
	[
		'str methods',
		`a = 'Hello World'.lower(), 'x'.upper(), 'hELLO wORLD'.title(), "they're".title(), 'ß'.upper(), 'éa'.capitalize()
b = 'a,b,,c'.split(','), ' a  b '.split(), 'a b c'.split(None, 1), 'a b c'.rsplit(None, 1), 'a.b.c'.rsplit('.', 1), ''.split(), ''.split(',')
c = 'abc'.find('c'), 'abc'.find('z'), 'abcabc'.rfind('b'), 'abc'.index('b'), 'aaa'.count('a'), 'aaa'.count('aa'), 'abc'.count('')
d = 'x'.join(['a', 'b']), ','.join('abc'), 'a-b'.partition('-'), 'a-b-c'.rpartition('-'), 'ab'.partition('x')
e = ' x '.strip(), 'xxaxx'.strip('x'), 'xxa'.lstrip('x'), 'axx'.rstrip('x'), 'path/'.rstrip('/'), '\\t a\\n'.strip()
f = 'abc'.replace('b', 'X'), 'aaa'.replace('a', 'b', 2), 'ab'.replace('', '-'), 'ab'.replace('', '-', 1)
g = 'abc'.startswith('a'), 'abc'.startswith(('x', 'ab')), 'abc'.endswith('bc'), 'abc'.startswith('b', 1), 'abc'.endswith('b', 0, 2)
h = '42'.zfill(5), '-42'.zfill(5), 'a'.center(5, '*'), 'ab'.center(5), 'a'.ljust(3, '.'), 'a'.rjust(3)
i = 'a\\tb'.expandtabs(4), 'aB'.swapcase(), 'a\\nb\\r\\nc'.splitlines(), 'a\\nb'.splitlines(True), 'abc'.removeprefix('a'), 'abc'.removesuffix('c')
j = 'abc'.isalpha(), '12'.isdigit(), '²'.isdigit(), '²'.isdecimal(), 'Ⅷ'.isnumeric(), 'a1'.isalnum(), ' '.isspace(), 'Ab'.istitle(), 'AB'.isupper(), 'ab'.islower(), 'a_b'.isidentifier(), '1a'.isidentifier(), 'é'.isascii(), 'a\\n'.isprintable()
k = 'abc'[1], 'abc'[-1], 'abc'[::-1], 'abcdef'[1:5:2], 'abc'[5:], '😀a'[0], len('😀a'), '😀a'[::-1], '😀a'.find('a')
l = 'a' + 'b', 'ab' * 3, 3 * 'ab', 'a' in 'abc', 'z' not in 'abc', 'a' < 'b', 'a' == 'a', 'a' != 1
m = 'abc'.translate(str.maketrans('ab', 'xy', 'c')), 'abc'.translate({97: 'Z', 98: None})
n = str(1), str(None), str(b'ab', 'utf-8'), repr('it\\'s'), repr('a"b\\'c'), repr('\\x00\\n\\t\\\\'), repr('é\\u200b'), str(1.5), ascii('é')
o = 'é'.encode(), 'é'.encode('latin-1'), b'\\xc3\\xa9'.decode(), 'é'.encode('ascii', 'ignore'), 'é'.encode('ascii', 'replace'), 'é'.encode('ascii', 'xmlcharrefreplace')
p = 'STRASSE'.casefold() == 'straße'.casefold(), hash('a') == hash('a'), 'abc'.format_map({}), 'x'.__contains__('x'), str.lower('ABC'), list(map(str.strip, [' a ']))`,
	],
	[
		'both formatting languages',
		`a = '%s-%d' % ('x', 5), '%5d|%-5d|%05d' % (1, 2, 3), '%x %X %o' % (255, 255, 8), '%#x' % 255, '%.2f' % 3.14159, '%e' % 12345.678, '%g' % 0.0001, '%g' % 1e10, '%r' % 'a', '%%'
b = '%(a)s %(b)d' % {'a': 1, 'b': 2}, '%s' % (1,), '%s' % [1], '%5s|%-5s' % ('a', 'b'), '%.1s' % 'abc', '%+d % d' % (1, 2), '%c%c' % ('a', 98), '%i' % 3.7, '%*d' % (5, 1), '%.*f' % (2, 1.005), '%s %s' % ('a', None)
c = '{} {}'.format(1, 2), '{1} {0}'.format(1, 2), '{a} {b.real} {c[0]} {d[k]}'.format(a=1, b=2, c=[3], d={'k': 4}), '{!r:>5}'.format('a'), '{:{}}'.format('a', 5), '{{}}'.format(), '{:>{w}.{p}f}'.format(3.14159, w=8, p=2)
d = [format(x, s) for x, s in [(1234567, ','), (1234567.891, ',.2f'), (255, '#x'), (255, '#b'), (5, '08b'), (-5, '+d'), (5, ' d'), (0.5, '%'), (0.1234, '.1%'), (1e20, 'g'), (123.456, '.3g'), (1234567, '_'), (255, '_x'), ('a', '>5'), ('a', '^5'), ('a', '*<5'), (3.0, ''), (1.5, '10'), (True, 'd'), (True, ''), (10, 'c'), (-3, '=5'), (-3, '05'), (12345, '012,'), (1e6, ','), (0.00001, ''), (1e16, 'f'), (2.5, '.0f'), (0.5, '.0f'), (1.005, '.2f'), (1e100, '.3e'), (100000, 'g'), (1000000, 'g'), (1234.5, '#.6g'), (3, '.2f'), (0, '.1e'), (1e300*10, 'f'), ('abcdef', '.3'), ('abc', '010'), (-0.0, 'z.1f')]]
x = f'{1+1} {"a"!r} {3.14159:.2f} {5:>3} {[1,2]}', f'{1=}', f"{'a':>{3}}"`,
	],
	[
		'int, float and bool',
		`a = 7 // 2, -7 // 2, 7 % -3, -7 % 3, 2 ** 10, 2 ** -1, 7 / 2, divmod(-7, 3), pow(2, 10, 1000), 1 << 70, (1 << 70) >> 68, 5 & 3, 5 | 3, 5 ^ 3, ~5, -5, +5, abs(-5)
b = 10 ** 20, 10 ** 20 // 3, 10 ** 20 % 7, -10 ** 20 // 3, (10 ** 20) * (10 ** 20), 2 ** 53 + 1, 9007199254740993 - 1, 9007199254740992 + 1, 10 ** 20 == 10.0 ** 20, 10**20 - 10**20
c = int('42'), int('-0x1f', 16), int('0b101', 0), int('1_000'), int(3.9), int(-3.9), int('z', 36), int('9' * 4300) % 997, int('f' * 5000, 16) % 997, int('0x' + '1' * 5000, 0) % 997, int(True), int(' 5 '), int(b'12'), int('०१२')
d = float('1.5'), float('1e5'), float('inf'), float('-inf'), float('nan'), float('1_0.5'), 0.1 + 0.2, 1e16, 1e15, 1e-4, 1e-5, 123456789.123, 1/3, 5e-324, 1.7976931348623157e308, 100.0, -0.0, 1e22
e = round(2.5), round(3.5), round(2.675, 2), round(1234, -2), round(1250, -2), round(1350, -2), round(-2.5), round(1.5), round(0.5), round(1e20), round(2.345, 1)
f = bool(0), bool(''), bool([]), bool([0]), True + True, True & False, True | 1, not 1, (5).bit_length(), (255).to_bytes(2, 'big'), int.from_bytes(b'\\x01\\x00', 'big'), (0.5).as_integer_ratio(), (3).real, 1.5.is_integer(), 2.0 == 2, hash(2.0) == hash(2)
g = bin(5), oct(8), hex(255), hex(-255), chr(65), ord('A'), chr(0x1F600), 5 .__add__(3), max(1, 2.5), min([3, 1, 2]), sum([1, 2.5]), sum([[1], [2]], []), 3 < 4.5, 3 == 3.0, 7.5 // 2, 7.5 % 2, -7.5 % 2, -7.5 // 2, 2 ** 0.5, 10 % 3.5`,
	],
	[
		'lists, tuples and unpacking',
		`a = [1, 2] + [3], [1] * 3, [3, 1, 2][1:], [1, 2, 3][::-1], [1, 2, 3][-2], [1, 2] == [1, 2], [1, 2] < [1, 3], 2 in [1, 2], [[]] * 2, len([1, 2])
l = [3, 1, 2]; l.append(4); l.extend([5]); l.insert(0, 0); b1 = l.pop(), l.pop(0), l.index(1), l.count(3); l.sort(); l.reverse(); l.remove(2); l += (9, 8); l[1:2] = ['x', 'y']; l[::2] = [10, 20, 30]
m = list(range(10)); del m[2:4]; del m[0]; del m[::3]; m.clear if 0 else None
n = sorted([3, 1, 2], reverse=True), sorted('bca'), sorted([(1, 'b'), (0, 'a')]), sorted(['b', 'A'], key=str.lower), sorted([3, 1], key=lambda v: -v), sorted({'b': 1, 'a': 2})
o = list('abc'), list({'a': 1}), list(range(3)), list((1, 2)), list(zip('ab', [1, 2])), list(enumerate('ab', 1)), list(map(lambda a, b: a + b, [1, 2], [3, 4])), list(filter(None, [0, 1, ''])), list(reversed([1, 2])), list(reversed(range(3)))
p = (1, 2) + (3,), (1,) * 2, (1, 2)[0], (1, 2)[1:], (1, 2) == (1, 2), (1, 2).index(2), (1,), (), tuple('ab'), (1, 2) < (1, 2, 3), hash((1, 2)) == hash((1, 2)), {(1, 'a'): 1}[(1, 'a')], [1, [2]] == [1, [2]]
q = [1, 2, 3]; r = q; q += [4]; s = q is r; t = q * 0; u = [x for x in q if x % 2]; v = [*q, *'ab']; w, *z = q; first, (second, third) = 1, (2, 3)
aa = [[1, 2], [3]]; bb = [y for x in aa for y in x]; cc = list(zip(*[(1, 2), (3, 4)])); dd = any(x > 2 for x in q), all([]), any([])`,
	],
	[
		'dicts and their views',
		`d = {'a': 1, 'b': 2}; d['c'] = 3; d.update({'d': 4}, e=5); a = d.get('a'), d.get('z'), d.get('z', 9), d.pop('a'), d.pop('zz', None), d.setdefault('q', []), d.setdefault('b', 7)
b = list(d), list(d.keys()), list(d.values()), list(d.items()), 'b' in d, len(d), dict(a=1), dict([('x', 1)]), dict({'y': 2}, z=3), {**d, 'n': None}, d == dict(d), {'a': 1} | {'b': 2}
c = sorted(d.keys() & {'b', 'c'}), d.keys() - {'b'} == {'c', 'd', 'e', 'q'}, d.popitem(), dict.fromkeys('ab', 0), {1: 'a', True: 'b', 1.0: 'c'}, d.copy() is d, {None: 1}.get(None), {'a': None}.get('a', 5)
e = {k: v for k, v in d.items() if v}; f = [k for k in d]; g = d.keys(), d.values(), d.items(); h = list(reversed(d)); i = dict(zip('ab', [1, 2])); j = {}.get('x'); k = {'a': {'b': 1}}['a']['b']
del d['b']; l = d; m = {(): 1, frozenset([1]): 2}[frozenset([1])]; d |= {'zz': 1}; n = d.items() >= {('zz', 1)}; o = ('zz', 1) in d.items(), sorted({'b': 1, 'a': 2}.items())
try:
    d['nope']
except KeyError as x:
    p = repr(x), str(x), x.args`,
	],
	[
		'sets, ranges, slices and bytes',
		`a = {1, 2} | {3}, {1, 2} & {2, 3}, {1, 2} - {2}, {1, 2} ^ {2, 3}, {1} <= {1, 2}, {1} < {1}, {1, 2} == {2, 1}, 1 in {1}, len({1, 1}), set('aab') == {'a', 'b'}, frozenset([1, 2]), set(), {1}.union([2], [3]), {1}.isdisjoint({2}), {1, 2}.issuperset([1])
s = {1}; s.add(2); s.update([3, 4], [5]); s.discard(1); s.remove(2); s |= {7}; s -= {3}; b = s, {1, 2}.difference([1]), {1}.copy(), frozenset() == set(), {frozenset([1]): 1}, sorted({3, 1, 2})
r = range(5), range(1, 5), range(0, 10, 3), list(range(5, 0, -2)), len(range(0, 10, 3)), range(5)[1:3], range(5)[-1], 3 in range(5), range(3) == range(0, 3, 1), list(range(0)), range(10).index(3)
t = slice(1, 2), slice(None, 5, 2).indices(3), [1,2,3][slice(0,2)]
u = b'abc'[0], b'abc'[1:], b'a' + b'b', b'ab' * 2, list(b'ab'), b'a,b'.split(b','), b'abc'.hex(), bytes([1, 2]), bytes(3), b'\\x00\\xff\\n', bytearray(b'ab'), b'a' in b'abc', b'abc'.decode('ascii'), b'%s' % b'x', bytes.fromhex('0aff'), b'a'.upper(), b'x'.join([b'a', b'b']), b'a' < b'b', b''.join([])`,
	],
	[
		'subclasses of str, int, list, dict and tuple',
		`class MyStr(str):
    def shout(self): return self.upper() + '!'
class MyInt(int): pass
class MyList(list):
    def total(self): return sum(self)
class MyDict(dict):
    def __missing__(self, k): return k * 2
class MyTuple(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
s = MyStr('abc'); i = MyInt(5); l = MyList([1, 2]); d = MyDict(a=1); t = MyTuple(1, 2)
a = s.shout(), s + 'd', s == 'abc', {s: 1}['abc'], isinstance(s, str), len(s), s[1], '%s' % s, f'{s}', s.join(['1', '2']), type(s + 'x').__name__, s in ('abc',), repr(s), str(s), s.upper()
b = i + 1, i == 5, [1, 2, 3, 4, 5, 6][i], range(i), hash(i) == hash(5), f'{i:03d}', i * 2.0, -i, i // 2, divmod(i, 2), 2 ** i, i < 6, max(i, 3), str(i), int(i), bool(MyInt(0))
c = l.total(), l + [3], l[0], len(l), l == [1, 2], type(l + []).__name__, sorted(l, reverse=True), [*l], repr(l)
e = d['zz'], d['a'], d.get('q'), len(d), dict(d), {**d}, 'zz' in d, repr(d), t, t[0], len(t), t == (1, 2), t + (3,)
x, y = t`,
	],
	[
		'special methods of user classes',
		`class V:
    def __init__(self, n): self.n = n
    def __add__(self, o): return V(self.n + (o.n if isinstance(o, V) else o))
    __radd__ = __add__
    def __eq__(self, o): return isinstance(o, V) and self.n == o.n
    def __hash__(self): return hash(self.n)
    def __lt__(self, o): return self.n < o.n
    def __repr__(self): return f'V({self.n})'
    def __len__(self): return self.n
    def __getitem__(self, i):
        if i >= self.n: raise IndexError(i)
        return i * 10
    def __contains__(self, x): return x == 'yes'
    def __call__(self, *a, **k): return (a, k)
    def __bool__(self): return self.n > 1
    def __index__(self): return self.n
    def __format__(self, spec): return 'fmt:' + spec
a = V(1) + V(2), 1 + V(2), sum([V(1), V(2)]), V(1) == V(1), V(1) != V(2), {V(1): 'a'}[V(1)], sorted([V(3), V(1)]), max(V(1), V(5)), len(V(4)), list(V(3)), 'yes' in V(0), V(1)(1, b=2), bool(V(1)), [1, 2, 3][V(1)], f'{V(1):abc}', '%s' % V(1), list(reversed(V(2))), V(2) in [V(1), V(2)], range(V(2)), bin(V(5)), [V(1), V(2)].index(V(2)), list(enumerate(V(2))), hex(V(255)), {V(1), V(1)}`,
	],
	[
		'the exceptions of wrong arguments',
		`def check(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__
a = [check(f) for f in [lambda: int('x'), lambda: [][0], lambda: {}['a'], lambda: 'a' + 1, lambda: 1 + 'a', lambda: None.x, lambda: len(5), lambda: iter(5), lambda: 1 / 0, lambda: 1 % 0, lambda: float('x'), lambda: 'abc'.index('z'), lambda: [1].index(2), lambda: [].pop(), lambda: {}.pop('a'), lambda: int([]), lambda: int('9' * 4301), lambda: str(10 ** 4300), lambda: int(' -' + '٣' * 4301), lambda: int('z' * 4301, 36), lambda: {[]: 1}, lambda: 'a' < 1, lambda: max([]), lambda: sum(['a']), lambda: 'a'[5], lambda: chr(-1), lambda: ord('ab'), lambda: '%d' % 'a', lambda: '%s %s' % 'a', lambda: '%s' % ('a', 'b'), lambda: '{}'.format(), lambda: '{a}'.format(), lambda: b'a' + 'a', lambda: [1, 2] + (3,), lambda: ''.join([1]), lambda: 'a'.split(''), lambda: dict([1]), lambda: set([[]]), lambda: range(1, 2, 0), lambda: next(iter([])), lambda: 5(), lambda: isinstance(1, 1), lambda: b'\\xff'.decode(), lambda: 'é'.encode('ascii'), lambda: 'a' * 'b', lambda: {1}.remove(2), lambda: list(zip([1], [1, 2], strict=True)), lambda: open('/nope'), lambda: abs('a'), lambda: -'a', lambda: {} + {}, lambda: object().x]]`,
	],
];

describe('built-in types', () => {
	const python = runPython(table.map(([, text]) => text));
	table.forEach(([what, text], at) => {
		it(what, function () {
			if (!python) return this.skip();
			assert.deepEqual(runEngine(text, python), python.outcomes[at]);
		});
	});
});
