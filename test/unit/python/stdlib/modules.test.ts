import assert from 'node:assert/strict';
import { runEngine, runPython } from '../compare';

/** Texts whose names must come out as CPython's. */
const table: readonly (readonly [what: string, text: string])[] = [
	[
		'json',
		`import json, decimal
def tell(text, **options):
    try:
        return json.loads(text, **options)
    except Exception as error:
        return type(error).__name__, str(error)[:15]
a = [tell(t) for t in (r'{"a": [1, -0, 2.5, 1e3, 12345678901234567890, "x\\u00e9\\n\\ud83d\\ude00", null, true, false], "b": {}, "a": []}', r' [ ] ', r'"\\/\\b"', r'-1.5E-2', r'1e999', r'[[[]]]', r'\\ufeff1', r'"é😀" ', r'[1, NaN, Infinity, -Infinity]')]
b = [tell(t) for t in (r'', r'{', r'[1,]', r'[1 2]', r'{"a" 1}', r'{1: 2}', r'"a', r'"\\x"', r'"a\tb"', r'01', r'-', r'nul', r'{"a": 1,}', r'1 2', r'"\\ud800"[1:]')]
c = tell('{"a": 1.5, "b": 2}', parse_float=decimal.Decimal, parse_int=str), tell('{"a": {"b": 1}}', object_hook=sorted), tell('{"b": 1, "a": 2}', object_pairs_hook=list), tell('"a\tb"', strict=False), json.JSONDecoder().raw_decode('xx{"a": 1} rest', 2), json.JSONDecoder().raw_decode('😀[1] rest', 1)
d = [type(x).__name__ for x in tell('[1, 1.0, 1e2, 9007199254740993, "s", null, true]')], type(tell('[' * 160 + ']' * 160)).__name__, list(tell('{"z": 1, "a": 2, "z": 3}').items())`,
	],
	[
		'json, written',
		`import json, collections, enum
def tell(value, **options):
    try:
        return json.dumps(value, **options)
    except Exception as error:
        return type(error).__name__, str(error)[:30]
class _Text(str): pass
class _Kind(enum.IntEnum): A = 1
_point = collections.namedtuple('Point', 'x y')
_own = []; _own.append(_own)
texts = ['', 'a"b\\\\/', '\\x00\\x1f\\x7f\\n\\r\\t\\b\\f', 'é\\u2028😀', '\\ud800x', _Text('t')]
a = [tell(t) for t in texts], [tell(t, ensure_ascii=False) for t in texts]
b = tell([1, -0, 2.5, 1e30, 1e-7, 0.1, 12345678901234567890, True, None, (), [], {}, {'a': [1, {'b': 'é'}]}]), tell([float('nan'), float('inf'), -float('inf')]), tell(float('nan'), allow_nan=False)
c = tell({'b': 1, 'a': 2, 'B': 3}, sort_keys=True), tell({1: 2, None: 3, True: 4, 1.5: 5}), tell({(1,): 2}), tell({(1,): 2, 'a': 1}, skipkeys=True), tell({'b': 1, 2: 2}, sort_keys=True)
d = tell({'a': [1, 2]}, separators=(',', ':')), tell([1, {'a': []}], indent=1), tell({'é': 1}, ensure_ascii=False), tell([_Kind.A, _point(1, 2), collections.OrderedDict(z=1, a=2)])
e = tell(_own), tell([1, {2}]), tell([1, {2}], default=sorted), tell({'x': object}, default=lambda one: one.__name__), len(tell(eval('[' * 90 + ']' * 90)))
f = ''.join(json.JSONEncoder().iterencode([1, 'a'])), json.encoder.encode_basestring_ascii('é"'), json.encoder.encode_basestring('é"')`,
	],
	[
		'views, seeds and new types',
		`import io, random, typing
a = bytes(io.BytesIO(b'ab').getbuffer()), hasattr(io.StringIO(), 'getbuffer')
b = isinstance(random.Random(1), random.Random), type(random.Random()).__name__
UserId = typing.NewType('UserId', int); Hexed = typing.NewType('Hexed', UserId)
c = UserId(3), Hexed(UserId(4)), UserId.__name__`,
	],
	[
		'a metaclass that keeps the names of the body back',
		`class Meta(type):
    def __new__(mcs, name, bases, attrs):
        helper = type(name, (), {})
        made = super().__new__(mcs, name, bases, {'__module__': attrs.pop('__module__')})
        made.helper = helper
        for key, value in attrs.items():
            setattr(made, key, value)
        return made
class Base(metaclass=Meta):
    pass
class Outer:
    class Inner(Base):
        x = 1
        def name(self):
            return 'inner'
a = Outer.Inner.__qualname__, Outer.Inner.__name__, Outer.Inner().name(), Outer.Inner.x, Outer.Inner.helper is Outer.Inner, Outer.Inner.helper.__mro__[1] is object`,
	],
	[
		're',
		`import re
a = re.match(r'(?P<y>\\d{4})-(?P<m>\\d\\d)', '2020-05x').groupdict(), re.findall(r'\\w+', 'a b c'), re.findall(r'(a)(b)?', 'aab'), re.sub(r'\\s+', ' ', 'a   b'), re.sub(r'(\\w)(\\d)', r'\\2\\1', 'a1b2'), re.sub('a', lambda m: m.group().upper(), 'banana', count=2), re.split(r'[,;]', 'a,b;c'), re.split(r'(,)', 'a,b'), re.subn('a', 'b', 'aa'), re.escape('a.b-c d'), re.compile('a', re.I).flags, re.compile('x').pattern
m = re.search(r'(b)(c)?', 'abd'); b = m.group(), m.group(0, 1), m.groups(), m.groups('z'), m.start(), m.end(), m.span(1), m[1], m.lastindex, m.string, m.pos, m.re.pattern, bool(m), m.expand(r'<\\1>')
c = [x.span() for x in re.finditer('a*', 'baac')], re.fullmatch('a+', 'aab'), re.match('', 'x'), re.sub('', '-', 'ab'), re.sub(r'(?P<n>a)', r'\\g<n>\\g<0>', 'a'), re.compile(r'(?i)ABC').match('abc') is not None, re.findall(r'(?m)^\\w', 'a\\nb'), re.sub(b'a', b'b', b'aa')
try:
    re.compile('(')
except re.error as e:
    d = str(e), e.msg, e.pos
e = re.sub('x', '\\\\\\\\', 'axb'), re.I | re.M == 10 or True, isinstance(re.compile('a'), re.Pattern), re.compile('a') == re.compile('a')`,
	],
	[
		'functools',
		`import functools, itertools, operator, collections
p = functools.partial(int, base=2); a = p('101'), p.func is int, p.keywords, p.args
@functools.lru_cache(maxsize=None)
def _fib(n): return n if n < 2 else _fib(n - 1) + _fib(n - 2)
b = _fib(50), _fib.__name__, _fib.__wrapped__.__name__
def deco(f):
    @functools.wraps(f)
    def inner(*a, **k):
        "inner doc"
        return f(*a, **k)
    return inner
@deco
def foo(x):
    "foo doc"
    return x
foo2 = (foo.__name__, foo.__doc__, foo.__wrapped__(3), foo.__module__, foo.__qualname__)
class C:
    @functools.cached_property
    def v(self):
        self.count = getattr(self, 'count', 0) + 1
        return self.count
    @functools.lru_cache
    def m(self, x): return x * 2
    pm = functools.partialmethod(lambda self, a, b: (a, b), 1)
c = C(); d = c.v, c.v, c.m(4), c.pm(2), 'v' in c.__dict__
e = functools.reduce(operator.add, [1, 2, 3], 10), functools.reduce(lambda a, b: a * b, range(1, 5))
@functools.total_ordering
class T:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __lt__(self, o): return self.n < o.n
f = T(1) <= T(1), T(2) > T(1), T(1) >= T(2)
@functools.singledispatch
def _sd(x): return 'object'
@_sd.register
def _(x: int): return 'int'
@_sd.register(list)
def _(x): return 'list'
g = _sd(1), _sd([]), _sd('a'), _sd(True)
h = sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a))
del c`,
	],
	[
		'itertools and operator',
		`import itertools, operator
a = list(itertools.chain([1], 'a')), list(itertools.chain.from_iterable([[1], [2]])), list(itertools.islice(itertools.count(5, 2), 3)), list(itertools.product('ab', [1, 2])), list(itertools.combinations('abc', 2)), list(itertools.permutations([1, 2, 3], 2)), list(itertools.zip_longest([1], [1, 2], fillvalue=0)), [(k, list(v)) for k, v in itertools.groupby('aab')], list(itertools.accumulate([1, 2, 3])), list(itertools.starmap(pow, [(2, 3)])), list(itertools.takewhile(lambda x: x < 2, [1, 2, 1])), list(itertools.dropwhile(lambda x: x < 2, [1, 2, 1])), list(itertools.filterfalse(None, [0, 1])), list(itertools.compress('abc', [1, 0, 1])), list(itertools.pairwise([1, 2, 3])), list(itertools.repeat(1, 2)), list(itertools.islice('abcdef', 1, None, 2)), [list(x) for x in itertools.tee([1, 2])], list(itertools.islice(itertools.cycle('ab'), 5)), list(itertools.combinations_with_replacement('ab', 2))
b = operator.itemgetter(1)('abc'), operator.itemgetter(0, 2)('abc'), operator.attrgetter('real')(5), operator.methodcaller('upper')('a'), operator.add(1, 2), operator.eq(1, 1), operator.contains([1], 1), operator.not_(1), operator.and_(6, 3), operator.attrgetter('__class__.__name__')('x'), operator.iadd([1], [2]), operator.neg(3), operator.truth([]), operator.getitem({'a': 1}, 'a')`,
	],
	[
		'collections',
		`from collections import OrderedDict, defaultdict, deque, namedtuple, Counter, ChainMap, UserDict, UserList
P = namedtuple('P', 'x y z', defaults=[0]); p = P(1, y=2); a = p, p.x, p[1], p._asdict(), p._replace(x=9), P._fields, P._make([1, 2, 3]), p == (1, 2, 0), list(p), P.__name__, P._field_defaults
class Q(namedtuple('Q', ['a', 'b'])):
    @property
    def s(self): return self.a + self.b
q = Q(1, 2); b = q.s, q, q._replace(a=5).s
d = defaultdict(list); d['a'].append(1); c = d, dict(d), 'z' in d, d['z'], len(d)
o = OrderedDict([('a', 1), ('b', 2)]); o.move_to_end('a'); e = o, o.popitem(last=False), list(o), OrderedDict(a=1) == {'a': 1}
dq = deque([1, 2, 3], maxlen=3); dq.append(4); dq.appendleft(0); f = dq, dq.pop(), dq.popleft(), len(dq), list(dq); dq.rotate(1)
cn = Counter('abracadabra'); g = cn.most_common(2), cn['a'], cn['zz'], sum(cn.values()), Counter(a=1) + Counter(a=2)
cm = ChainMap({'a': 1}, {'a': 2, 'b': 3}); h = cm['a'], cm['b'], dict(cm) == {'a': 1, 'b': 3}
ud = UserDict(a=1); ud['b'] = 2; i = dict(ud), 'a' in ud, ud.get('z'); ul = UserList([1]); ul.append(2); j = list(ul)
del dq, cm, ud, ul, d, o`,
	],
	[
		'collections.abc and abc',
		`from collections.abc import Mapping, Iterable, Sequence, MutableMapping, Callable, Hashable, Iterator, Set, Sized
a = isinstance({}, Mapping), isinstance([], Iterable), isinstance('a', Sequence), isinstance((), Sequence), isinstance(len, Callable), isinstance([], Hashable), isinstance(iter([]), Iterator), isinstance({1}, Set), isinstance(5, Sized), issubclass(dict, MutableMapping), isinstance({}.keys(), Set), isinstance((i for i in []), Iterator), isinstance(1, Hashable)
class M(MutableMapping):
    def __init__(self): self.d = {}
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)
m = M(); m['a'] = 1; m.update(b=2); b = m.get('a'), 'b' in m, list(m.items()), m.pop('a'), m.setdefault('q', 3), dict(m), len(m), m == {'b': 2, 'q': 3}, list(m.keys()), isinstance(m, Mapping)
class S(Sequence):
    def __len__(self): return 3
    def __getitem__(self, i):
        if i >= 3: raise IndexError
        return i
c = list(S()), 2 in S(), list(reversed(S())), S().index(1), S().count(0)
import abc
class A(abc.ABC):
    @abc.abstractmethod
    def f(self): pass
    @property
    @abc.abstractmethod
    def p(self): pass
class B(A):
    def f(self): return 1
    p = 2
d = B().f(), issubclass(B, A), A.__abstractmethods__ == {'f', 'p'}, B.__abstractmethods__ == frozenset()
class V: pass
A.register(V); e = issubclass(V, A), isinstance(V(), A)
try:
    A()
except TypeError as x:
    f = 'abstract' in str(x)
class H(abc.ABC):
    @classmethod
    def __subclasshook__(cls, C): return hasattr(C, 'magic') or NotImplemented
class W: magic = 1
g = issubclass(W, H), issubclass(V, H)
del m`,
	],
	[
		'os and os.path',
		`import os, os.path
from os.path import join, dirname
a = os.path.join('a', 'b', '/c', 'd'), os.path.join('a/', 'b'), os.path.normpath('a/../b//c/.'), os.path.split('/a/b'), os.path.splitext('a.b/c.tar.gz'), os.path.splitext('.bashrc'), os.path.dirname('/a/b/'), os.path.basename('/a/b'), os.path.relpath('/a/b/c', '/a/d'), os.path.commonpath(['/a/b', '/a/c']), os.path.isabs('/a'), os.path.abspath('/a/../b'), os.path.expandvars('$NOPE/x'), os.sep, os.path.exists('/nope'), os.path.isdir('/'), os.name, os.linesep, os.pathsep
b = os.environ.get('NOPE', 'd'), os.getenv('NOPE'), 'NOPE' in os.environ, os.fspath('x')
os.environ['NEW'] = '1'; os.environ.setdefault('NEW2', '2'); c = os.environ['NEW'], os.getenv('NEW2'), isinstance(os.environ, dict) or True
try:
    os.environ['NOPE']
except KeyError as e:
    d = repr(e)
e = join('x', 'y'), dirname('/x/y'), isinstance(os.environ.copy(), dict), os.path.commonprefix(['abc', 'abd'])`,
	],
	[
		'enum, with a metaclass as Django has for choices',
		`import enum
from enum import Enum, IntEnum, Flag, IntFlag, auto, unique
class Color(Enum):
    RED = 1
    GREEN = 'g'
    CRIMSON = 1
    def describe(self): return self.name.lower()
    @classmethod
    def first(cls): return cls.RED
    @property
    def up(self): return str(self.value).upper()
a = Color.RED.value, Color.RED.name, Color(1) is Color.RED, Color['GREEN'] is Color.GREEN, list(Color), len(Color), Color.CRIMSON is Color.RED, repr(Color.RED), str(Color.GREEN), Color.GREEN.describe(), Color.first(), Color.GREEN.up, Color.RED in Color, {Color.RED: 1}[Color.RED], list(Color.__members__), isinstance(Color.RED, Color), Color.RED == 1, Color.RED != Color.GREEN, type(Color).__name__, f'{Color.RED}', hasattr(Color, 'NOPE'), Color.__name__
class N(IntEnum):
    A = 1
    B = auto()
    C = auto()
b = N.B + 1, N.C == 3, sorted([N.C, N.A]), str(N.A), f'{N.B}', repr(N.A), N(2), [10, 20, 30][N.A], int(N.B), N.A < N.B, '%d' % N.C, isinstance(N.A, int), max(N)
class P(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W if False else 3
c = P.R | P.W, (P.R | P.W) == P.RW, P.R in P.RW, bool(P.R & P.X), P.X.value, list(P), (P.R | P.X).value, P(5).value, (~P.R).value, P.RW.name
class S(str, Enum):
    X = 'x'
    Y = 'y'
d = S.X == 'x', S('y').name, S.X.upper(), S.X.value, 'x' in [S.X], {'x': 1}[S.X], str(S.X), f'{S.X}', repr(S.X), [s.value for s in S], S.X + '!', isinstance(S.X, str), '%s' % S.X.value
class Planet(Enum):
    E = (1, 2)
    M = (3, 4)
    def __init__(self, m, r): self.m = m; self.r = r
    @property
    def s(self): return self.m + self.r
e = Planet.E.s, Planet.M.value, Planet((1, 2)) is Planet.E
class C2(Enum):
    def _generate_next_value_(name, start, count, last): return name.lower()
    FOO = auto()
    BAR = auto()
f = C2.FOO.value, C2('bar').name
class C3(bytes if False else str, Enum):
    def __new__(cls, value, label):
        obj = str.__new__(cls, value)
        obj._value_ = value
        obj.label = label
        return obj
    A = ('a', 'Label A')
    B = ('b', 'Label B')
g = C3.A.label, C3.A.value, C3('b').label, C3.A == 'a', [x.label for x in C3]
try:
    Color(9)
except ValueError as x:
    h = str(x)
class M(Enum):
    A = 1
    @classmethod
    def _missing_(cls, v): return cls.A
i = M(77)
Dyn = Enum('Dyn', 'A B'); j = list(Dyn), Dyn.B.value, Enum('D2', {'X': 1})['X'].value
try:
    @unique
    class U(Enum):
        A = 1
        B = 1
except ValueError as x:
    k = str(x)
class IF(IntFlag):
    A = 1
    B = 2
l = (IF.A | IF.B) == 3, IF.A & 1, int(IF.A | IF.B), IF(3).value
class Base(Enum):
    def hi(self): return 'hi ' + self.name
class Sub(Base):
    Q = 1
m = Sub.Q.hi(), list(Base), issubclass(Sub, Base)
class Meta(enum.EnumMeta):
    def __new__(metacls, name, bases, classdict, **kw):
        labels = []
        for key in classdict._member_names:
            value = classdict[key]
            if isinstance(value, (list, tuple)) and len(value) > 1:
                *value, label = value
                value = tuple(value)
            else:
                label = key.replace('_', ' ').title()
            labels.append(label)
            dict.__setitem__(classdict, key, value)
        cls = super().__new__(metacls, name, bases, classdict, **kw)
        for member, label in zip(cls.__members__.values(), labels):
            member._label_ = label
        return enum.unique(cls)
    @property
    def choices(cls): return [(m.value, m.label) for m in cls]
    @property
    def values(cls): return [v for v, _ in cls.choices]
    def __contains__(cls, member):
        return super().__contains__(member)
class Choices(Enum, metaclass=Meta):
    @property
    def label(self): return self._label_
class TextChoices(str, Choices):
    @staticmethod
    def _generate_next_value_(name, *a): return name
    def __str__(self): return str(self.value)
class Year(TextChoices):
    FR = 'FR', 'Freshman'
    SO = 'SO'
n = Year.choices, Year.FR.label, Year.values, Year.FR == 'FR', str(Year.FR), Year('SO').label, Year.FR.value, repr(Year.FR)
class IntegerChoices(int, Choices): pass
class Suit(IntegerChoices):
    D = 1, 'Diamond'
    S = 2
o = Suit.choices, Suit.D + 1, Suit(2).label
class WithNested(Enum):
    _ignore_ = ['tmp']
    tmp = 5
    A = 1
    class Inner: pass
    f = lambda self: 3
p = list(WithNested)[:1], WithNested.A.f()
del Dyn`,
	],
	[
		'__set_name__ and __get__',
		`class A:
    def __set_name__(self, o, n): self.n = n
    def __get__(self, i, o=None): return ('got', self.n, i is None)
class B:
    a = A()
b = B().a, B.a`,
	],
	[
		'argparse',
		`import argparse
p = argparse.ArgumentParser(prog='x')
p.add_argument('--foo', default=1, type=int)
p.add_argument('bar', nargs='?')
a = p.parse_args(['--foo', '3', 'q'])
b = a.foo, a.bar
del p`,
	],
	[
		'json, copy, datetime, decimal, hashes, csv, io, urllib, pathlib, configparser',
		`import json, copy, textwrap, string, datetime, decimal, base64, hashlib, html, ast, csv, io, math, urllib.parse, pathlib, configparser, tomllib, shlex, glob, fnmatch
a = json.loads('{"a": [1, 2.5, null, true, "x\\\\u00e9"]}'), json.dumps({'a': [1, None, True, 1.5, 'é']}), json.dumps({'b': 1, 'a': 2}, indent=2, sort_keys=True), json.dumps([1], separators=(',', ':'))
b = copy.copy([1, [2]]), copy.deepcopy({'a': [1, {2}]})
c = textwrap.dedent('  a\\n   b'), string.ascii_lowercase, string.Template('$a \${b}').substitute(a=1, b=2), string.capwords('a b')
d = datetime.timedelta(days=1, hours=2), datetime.date(2020, 1, 31) + datetime.timedelta(1), datetime.datetime(2020, 1, 1, 12).isoformat(), datetime.timedelta(minutes=5).total_seconds(), datetime.date(2020, 2, 29).strftime('%Y-%m-%d'), datetime.datetime(2020,1,1) < datetime.datetime(2021,1,1), str(datetime.timezone.utc)
e = decimal.Decimal('1.10') + decimal.Decimal('2'), decimal.Decimal('1.5').quantize(decimal.Decimal('1')), base64.b64encode(b'hello'), base64.b64decode('aGVsbG8='), base64.urlsafe_b64encode(b'\\xff\\xfe'), base64.b32encode(b'a'), base64.b16encode(b'a')
f = hashlib.md5(b'a').hexdigest(), hashlib.sha1(b'abc').hexdigest(), hashlib.sha256(b'abc' * 50).hexdigest(), hashlib.sha256(b'').hexdigest(), hashlib.md5(b'x' * 100).hexdigest(), hashlib.new('sha1', b'q').digest_size
g = html.escape('<a href="x">'), html.unescape('&lt;&amp;'), ast.literal_eval("{'a': [1, (2, -3)], 'b': {1}}"), list(csv.reader(['a,"b ""q"", c",d', '1,2,3'])), list(csv.DictReader(io.StringIO('a,b\\n1,2\\n')))
h = io.StringIO('a\\nb').readlines(), io.BytesIO(b'ab').read(1), math.floor(2.7), math.ceil(2.1), math.sqrt(16), math.gcd(12, 18), math.isclose(0.1 + 0.2, 0.3), math.log(8, 2), math.factorial(20), math.factorial(25)
u = urllib.parse
i = u.urlparse('https://u:p@h.com:80/p;x?q=1#f'), u.urlsplit('//a/b').netloc, u.quote('a b/é'), u.unquote('a%20b%C3%A9'), u.urlencode({'a': 1, 'b': 'x y'}), u.parse_qs('a=1&a=2'), u.urljoin('http://a/b/c', '../d'), u.urlparse('http://u:p@h:80').hostname, u.urlparse('http://u:p@h:80').port, u.quote_plus('a b'), u.parse_qsl('a=1&b=2'), u.urlunparse(u.urlparse('http://a/b?c'))
P = pathlib.Path
j = P('/a/b/c.txt').name, P('/a/b').parent, P('a') / 'b' / 'c', str(P('/a/../b')), P('/a/b.tar.gz').suffix, P('/a/b.tar.gz').stem, P('/a/b.tar.gz').suffixes, P('/a/b').parts, P('/a').joinpath('b', 'c'), P('/a/b/c').relative_to('/a'), P('/x').exists(), P('/').is_dir(), list(P('/a/b/c').parents), P('a').with_suffix('.py'), P('/a') == P('/a'), P('/a/b').as_posix(), P('/a/b').is_absolute(), '%s' % P('x'), P('/a/b.py').match('*.py'), P('/a/b').with_name('z'), P('/etc/../etc').resolve(), P('b') < P('c'), {P('a'): 1}[P('a')], f'{P("q")}', P('/a').anchor, P(P('a'), 'b')
cp = configparser.ConfigParser(); cp.read_string('[DEFAULT]\\nx=1\\n[s]\\ny = 2\\nz: %(y)s!\\nb=yes\\nl=\\n  a\\n  b\\n')
k = cp.sections(), cp['s']['y'], cp.get('s', 'z'), cp.getboolean('s', 'b'), cp.getint('s', 'x'), cp.get('s', 'q', fallback='d'), cp.has_option('s', 'y'), cp.items('s'), dict(cp['s']), 's' in cp
l = tomllib.loads('a = 1\\n[t]\\nb = "x"\\nc = [1, 2]\\nd = 1979-05-27\\n[[arr]]\\nq = true\\n'), shlex.split('a "b c" d'), fnmatch.fnmatch('a.py', '*.py'), fnmatch.filter(['a.py', 'b'], '*.py')
del cp, u, P`,
	],
	[
		'dataclasses',
		`from dataclasses import dataclass, field, asdict, fields, replace, astuple, is_dataclass
@dataclass
class A:
    x: int
    y: str = 'q'
    z: list = field(default_factory=list)
    def m(self): return self.x
@dataclass(frozen=True, order=True)
class B:
    a: int
    b: int = 2
@dataclass
class C(A):
    w: int = field(default=5, repr=False)
    def __post_init__(self): self.pp = self.x * 2
a = A(1), A(1, y='z'), A(1) == A(1), A(1).m(), asdict(A(1, z=[B(1)])), [f.name for f in fields(A)], replace(A(1), x=5), B(1) < B(2), hash(B(1)) == hash(B(1)), C(3), C(3).pp, C(3).w, astuple(B(1)), is_dataclass(A)
try:
    B(1).a = 3
except Exception as e:
    b = type(e).__name__, str(e)
try:
    A()
except TypeError as e:
    c = str(e)`,
	],
	[
		'typing',
		`import typing
from typing import NamedTuple, TypedDict, Generic, TypeVar, Optional, Union, List, Dict, Any, cast, TYPE_CHECKING, get_type_hints, Protocol, overload, Literal, get_origin, get_args
class N(NamedTuple):
    a: int
    b: str = 'x'
    def s(self): return f'{self.a}{self.b}'
T = TypeVar('T')
class G(Generic[T]):
    def __init__(self, v: T): self.v = v
class H(G[int]): pass
class TD(TypedDict, total=False):
    a: int
a = N(1), N(1).s(), N(1, 'y')._replace(a=2), N._fields, N(1) == (1, 'x'), H(3).v, TD(a=1), cast(int, 'x'), TYPE_CHECKING, get_origin(List[int]), get_args(Dict[str, int]), Optional[int] == Union[int, None], isinstance([], typing.List), H.__mro__[1].__name__
def f(x: int, y: 'str' = '') -> Optional[List[int]]: ...
b = get_type_hints(f)['x'] is int, get_type_hints(f)['y'] is str, f.__annotations__['x'] is int
class PP(Protocol):
    def m(self): ...
class X(Generic[T], Dict[str, T]): pass
c = X(a=1), issubclass(X, dict)
d = repr(Optional[int]), repr(List[str]), repr(Literal['a', 1]), repr(Union[int, str]), list[int] == list[int], int | None`,
	],
	[
		'contextlib, logging, warnings, threading, inspect',
		`import contextlib, logging, warnings, threading, weakref, inspect, types
@contextlib.contextmanager
def cm(x):
    yield x * 2
with cm(3) as v: a = v
with contextlib.suppress(KeyError): {}['a']
class E(contextlib.ExitStack): pass
with contextlib.ExitStack() as st: b = st.enter_context(cm(1))
log = logging.getLogger('a.b'); log.info('x %s', 1); c = log.name, log.isEnabledFor(10), logging.DEBUG, logging.getLevelName(20), log.level
warnings.warn('x', DeprecationWarning); warnings.filterwarnings('ignore')
with warnings.catch_warnings(): warnings.simplefilter('always')
l = threading.local(); l.x = 1; d = l.x
with threading.RLock(): pass
def f(a, b=1, *args, c, d=2, **kw) -> int: "doc"
sg = inspect.signature(f); e = str(sg), list(sg.parameters), sg.parameters['b'].default, sg.parameters['c'].kind.name, inspect.isfunction(f), inspect.getdoc(f), inspect.isclass(E), sg.parameters['args'].kind == inspect.Parameter.VAR_POSITIONAL
g = types.SimpleNamespace(a=1).a, isinstance(f, types.FunctionType), isinstance(len, types.BuiltinFunctionType), [n for n, _ in inspect.getmembers(type('Q', (), {'z': 1}), lambda m: m == 1)], inspect.ismethod(E().close), inspect.getmro(E)[0] is E
del log, l, v, st, sg`,
	],
	[
		'smaller modules',
		`import uuid, ipaddress, zoneinfo, struct, numbers, fractions, errno, calendar, html.parser, http, email.utils, mimetypes, platform, pprint, heapq, bisect, keyword, operator, difflib, reprlib, enum
a = uuid.UUID('12345678-1234-5678-1234-567812345678'), str(uuid.UUID(int=5)), ipaddress.ip_address('10.0.0.1') in ipaddress.ip_network('10.0.0.0/8'), fractions.Fraction(1, 3) + 1, errno.ENOENT, calendar.monthrange(2020, 2), http.HTTPStatus.NOT_FOUND, http.HTTPStatus.OK.phrase, int(http.HTTPStatus.OK), email.utils.parseaddr('A <a@b.c>'), mimetypes.guess_type('x.html'), isinstance(1, numbers.Number), keyword.iskeyword('for'), http.HTTPStatus(404).name
h = [3, 1, 2]; heapq.heapify(h); b = heapq.heappop(h), bisect.bisect([1, 3], 2)`,
	],
	[
		'inspect.signature',
		`import inspect
def f(a, /, b=1, *args, c, d=2, **kw) -> int: "doc"
class C:
    def __init__(self, x, y=2): pass
    def m(self, q): pass
    @classmethod
    def k(cls, z): pass
    @staticmethod
    def s(w): pass
import functools
sg = inspect.signature(f); e = str(sg), list(sg.parameters), sg.parameters['b'].default, sg.parameters['c'].kind.name, sg.parameters['c'].default is inspect.Parameter.empty, sg.parameters['args'].kind == inspect.Parameter.VAR_POSITIONAL, sg.return_annotation is int
g = str(inspect.signature(C)), str(inspect.signature(C.m)), str(inspect.signature(C(1).m)), str(inspect.signature(C.k)), str(inspect.signature(C.s)), str(inspect.signature(functools.partial(f, 1, c=3)))
b = inspect.signature(lambda x, *a, y=1, **k: 0).bind(1, 2, 3, y=4, z=5); h = b.args, b.kwargs, dict(b.arguments)
i = inspect.getfullargspec(C.m).args, inspect.getfullargspec(f).varkw, inspect.getfullargspec(f).kwonlydefaults, inspect.getfullargspec(f).defaults
def deco(fn):
    @functools.wraps(fn)
    def w(*a, **k): return fn(*a, **k)
    return w
j = str(inspect.signature(deco(C.m))), [p.name for p in inspect.signature(f).parameters.values() if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)], inspect.isclass(C), inspect.getmodule(C) is None, inspect.isroutine(f), inspect.unwrap(deco(f)) is f
try:
    inspect.signature(f).bind()
except TypeError as x:
    k = str(x)
del sg, b`,
	],
];

describe('the standard library', () => {
	const python = runPython(table.map(([, text]) => text));
	table.forEach(([what, text], at) => {
		it(what, function () {
			if (!python) return this.skip();
			assert.deepEqual(runEngine(text, python), python.outcomes[at]);
		});
	});
});
