/** Makes programs from a seed out of what configuration code does: classes that register others, settings helpers, the standard library's everyday parts. */

import type { Random } from '../../fuzz/random';

/** Lines that compute something, and an expression over their names that is kept. */
interface Piece {
	readonly lines?: string;
	readonly result: string;
}

type Maker = (r: Choices) => Piece;

/** What pieces are varied with. */
class Choices {
	constructor(private readonly random: Random) {}

	of(...choices: readonly string[]): string {
		return this.random.pick(choices);
	}

	/** From 0 up to, not including, `below`. */
	number(below = 10): number {
		return this.random.below(below);
	}

	/** Some of them, in any order. */
	some(count: number, ...choices: readonly string[]): string {
		return Array.from({ length: 1 + this.random.below(count) }, () => this.random.pick(choices)).join(', ');
	}

	text(): string {
		return this.of(
			"''",
			"'a b'",
			"'Straße'",
			"'x,y;z'",
			"'  lead'",
			"'CamelCaseName'",
			"'a/b/../c.txt'",
			"'k=v&k=w%20x'",
			"'line1\\nline2\\n\\n  line3'",
		);
	}

	value(): string {
		return this.of('0', '1', "'s'", 'None', 'True', '[1, 2]', '(1, "a")', "{'a': 1}", '2.5', '-3', "b'x'", '[]');
	}
}

const classes: readonly Maker[] = [
	(r) => ({
		lines: `class Plugin:
    registry = {}
    def __init_subclass__(cls, /, key=None, **kw):
        super().__init_subclass__(**kw)
        if key${r.of('', ' is not None', ' != 0')}: cls.registry[key] = cls.__name__
class One(Plugin, key=${r.of("'one'", '0', 'None', "''")}): pass
class Two(One${r.of('', ", key='two'", ', key=3, other=1')}): pass`,
		result: 'Plugin.registry, [c.__name__ for c in Plugin.__subclasses__()]',
	}),
	(r) => ({
		lines: `class Named:
    def __set_name__(self, owner, name):
        self.place = (owner.__name__, name)
        ${r.of('owner.order = getattr(owner, "order", []) + [name]', 'pass', 'setattr(owner, "last", name)')}
    def __get__(self, obj, owner=None): return (self.place, obj is None)
    ${r.of('def __set__(self, obj, value): vars(obj)[self.place[1]] = value', 'def __delete__(self, obj): pass\n    def __set__(self, obj, value): raise AttributeError("no")', 'pass')}
class Owner:
    a = Named(); b = Named()
    ${r.of('c = a', 'b = Named()', 'locals()["d"] = Named()')}
o = Owner()
o.${r.of('a', 'b', 'z')} = ${r.number()}`,
		result: "Owner.a, o.a, o.b, getattr(Owner, 'order', None), getattr(Owner, 'last', None), sorted(vars(o))",
	}),
	(r) => ({
		lines: `class Space(dict):
    def __init__(self): super().__init__(); self.log = []
    def __setitem__(self, key, value):
        if not key.startswith('__'): self.log.append(key)
        super().__setitem__(key, value)
    ${r.of("def __missing__(self, key):\n        if key.startswith('auto_'): return key[5:]\n        raise KeyError(key)", 'pass')}
class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases, **kw): return Space()
    def __new__(mcs, name, bases, ns, **kw):
        cls = super().__new__(mcs, name, bases, dict(ns))
        cls.log, cls.kw = ns.log, sorted(kw)
        return cls
    def __init__(cls, name, bases, ns, **kw): super().__init__(name, bases, ns)
    ${r.of('def __iter__(cls): return iter(cls.log)', 'def __len__(cls): return len(cls.log)', 'def __contains__(cls, x): return x in cls.log', 'def __call__(cls, *a): return ("made", a)')}
class K(metaclass=Meta${r.of('', ', option=1')}):
    x = 1
    ${r.of('x = 2', 'y = auto_name', 'def m(self): pass', 'for i in range(2): z = i')}`,
		result: `K.log, K.kw, ${r.of('list(K)', 'len(K)', "'x' in K", 'K(1)', 'type(K).__name__', 'K().x')}`,
	}),
	(r) => ({
		lines: `import dataclasses
from dataclasses import dataclass, field, asdict, astuple, replace, fields, KW_ONLY, InitVar
from typing import ClassVar
@dataclass(${r.of('', 'frozen=True', 'order=True', 'eq=False', 'slots=True', 'kw_only=True', 'repr=False', 'unsafe_hash=True', 'frozen=True, order=True')})
class Conf:
    name: str${r.of('', " = 'n'")}
    port: int = field(default=${r.number(99)}${r.of('', ', compare=False', ', repr=False', ', metadata={"a": 1}', ', init=False')})
    tags: list = field(default_factory=${r.of('list', 'lambda: [1]', 'dict')})
    kind: ClassVar[str] = 'k'
    ${r.of('', '_: KW_ONLY\n    extra: int = 0', 'scale: InitVar[int] = 2\n    def __post_init__(self, scale): self.tags = [scale]', "def __post_init__(self): object.__setattr__(self, 'seen', True)")}
a = Conf(${r.of("'x'", "name='x'", "'x', 3", "'x', tags=[5]", '', "'x', 3, [1], 4")})
b = ${r.of("replace(a, name='r')", "Conf('y')", 'Conf(name="x")', 'a')}`,
		result: r.of(
			'a, b, a == b',
			'asdict(a), astuple(b)',
			'[(f.name, f.init, f.repr) for f in fields(Conf)]',
			'a < b, a <= a',
			'hash(a) == hash(b)',
			"setattr(a, 'name', 'changed') or a",
			"sorted(vars(a)), hasattr(Conf, '__slots__')",
			'Conf.__match_args__, dataclasses.is_dataclass(a)',
		),
	}),
	(r) => ({
		lines: `from enum import Enum, IntEnum, Flag, IntFlag, StrEnum, auto, unique
class Level(${r.of('Enum', 'IntEnum', 'str, Enum', 'StrEnum', 'Flag', 'IntFlag')}):
    LOW = ${r.of('auto()', '1', "'low'")}
    MID = auto()
    ${r.of('HIGH = auto()', 'ALSO = LOW', 'HIGH = 8', "TEXT = 'text'")}
    ${r.of('', 'def label(self): return self.name.title()', '@property\n    def label(self): return self.name[0]', '@classmethod\n    def parse(cls, text): return cls[text.upper()]', '@staticmethod\n    def _generate_next_value_(name, start, count, last): return name.lower()', '@classmethod\n    def _missing_(cls, value): return cls.LOW')}`,
		result: r.of(
			'list(Level), [m.value for m in Level]',
			'Level.LOW, repr(Level.MID), str(Level.MID), f"{Level.MID}"',
			'Level(Level.LOW.value), Level["MID"], Level.LOW in Level',
			'list(Level.__members__)',
			'Level.LOW | Level.MID, (Level.LOW | Level.MID) & Level.LOW, ~Level.LOW',
			'Level("nope")',
			'Level.LOW == 1, Level.LOW < Level.MID, Level.LOW is Level(Level.LOW)',
			'Level.MID.label',
			'Level.parse("low"), len(Level)',
			'{Level.LOW: 1}[Level.LOW], isinstance(Level.LOW, str), Level.LOW.name',
		),
	}),
	(r) => ({
		lines: `from typing import NamedTuple, TypedDict, Optional, Union, Literal, get_type_hints, get_args, get_origin
class Row(NamedTuple):
    name: str
    weight: ${r.of('int', 'float', 'Optional[int]')} = ${r.number()}
    ${r.of('', 'def twice(self): return self.weight * 2', '@property\n    def upper(self): return self.name.upper()')}
class Options(TypedDict${r.of('', ', total=False')}):
    debug: bool
    hosts: list[str]
row = Row(${r.of("'a'", "'a', 2", "weight=1, name='w'", '')})
opts = Options(${r.of('debug=True', "debug=False, hosts=['*']", '')})`,
		result: r.of(
			'row, row._asdict(), row._replace(name="z")',
			'Row._fields, Row._field_defaults, row == ("a", 2)',
			'opts, type(opts).__name__, sorted(Options.__annotations__)',
			'Row._make(["p", 9]), row[0], row[-1:], len(row)',
			'get_type_hints(Row)["name"], get_args(Optional[int]), get_origin(list[int]), get_args(Literal["a", 1])',
			'Options.__required_keys__, Options.__total__',
			'row.twice()',
			'str(Union[int, None]), str(Optional[str]), repr(dict[str, list[int]]), int | None',
		),
	}),
	(r) => ({
		lines: `import functools
def registered(*names, ${r.of('', '/, ', '')}**options):
    def decorate(target):
        target.names = getattr(target, 'names', ()) + names
        target.options = {**getattr(target, 'options', {}), **options}
        return target
    return decorate
def logged(fn=None, *, prefix='p'):
    if fn is None: return functools.partial(logged, prefix=prefix)
    @functools.wraps(fn${r.of('', ', assigned=("__name__",)', ', updated=()')})
    def inner(*a, **k): return prefix, fn(*a, **k)
    return inner
@registered('outer', level=${r.number()})
@registered(${r.some(2, "'inner'", "'deep'")}, ${r.of('level=9', 'kind="k"', '**{"x": 1}')})
@logged${r.of('', '()', "(prefix='q')")}
def view(request, pk=${r.number()}, *args, **kw):
    "The doc"
    return request, pk, args, kw`,
		result: r.of(
			'view.names, view.options',
			"view('r', 5, 6, z=1)",
			'view.__name__, view.__doc__, view.__wrapped__.__name__, view.__qualname__',
			"functools.partial(view, 'r', pk=3)(), functools.reduce(lambda a, b: a * 2 + b, [1, 2, 3])",
		),
	}),
	(r) => ({
		lines: `from functools import singledispatch, singledispatchmethod, partialmethod, cached_property, total_ordering, lru_cache, cmp_to_key
@singledispatch
def _shown(value${r.of('', ', *rest')}): return 'other', value
@_shown.register
def _(value: int): return 'int', value
@_shown.register(list)
@_shown.register(tuple)
def _seq(value): return 'seq', len(value)
@total_ordering
class Thing:
    calls = []
    def __init__(self, n): self.n = n
    def __eq__(self, other): return self.n == other.n
    def __lt__(self, other): return self.n < other.n
    @cached_property
    def costly(self): self.calls.append(self.n); return self.n * 2
    @singledispatchmethod
    def add(self, x): return 'any'
    @add.register
    def _(self, x: str): return 'str ' + x
    def scaled(self, by, *, plus=0): return self.n * by + plus
    double = partialmethod(scaled, 2)
    plus = partialmethod(scaled, 1, plus=${r.number()})
@lru_cache(maxsize=${r.of('None', '200')})
def _square(x): Thing.calls.append(('sq', x)); return x * x
t = Thing(${r.number()})`,
		result: r.of(
			'_shown(1), _shown(True), _shown([1]), _shown(()), _shown("s"), _shown.dispatch(bool).__name__',
			't.costly, t.costly, Thing.calls, sorted(vars(t))',
			't.add(1), t.add("x"), t.double(), t.plus()',
			't >= Thing(3), t <= Thing(3), t > Thing(0), max([Thing(1), Thing(4)]).n',
			'[_square(i) for i in (1, 1, 2, 3, 1)], _square.cache_info(), Thing.calls',
			'sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a))',
		),
	}),
	(r) => ({
		lines: `from abc import ABC, abstractmethod
class Base(ABC):
    @abstractmethod
    def run(self): return 'base'
    @property
    @abstractmethod
    def name(self): ...
    @classmethod
    def __subclasshook__(cls, other): return ${r.of('NotImplemented', "True if hasattr(other, 'duck') else NotImplemented")}
class Half(Base):
    def run(self): return super().run() + ' half'
class Whole(Half):
    name = 'whole'
class Duck: duck = True
${r.of('Base.register(Duck)', 'pass')}`,
		result: r.of(
			'Half()',
			'Whole().run(), Whole().name',
			'isinstance(Duck(), Base), issubclass(Duck, Base)',
			'sorted(Half.__abstractmethods__), Whole.__abstractmethods__',
		),
	}),
	(r) => ({
		lines: `class Lazy:
    def __init__(self, make): object.__setattr__(self, '_make', make)
    def __getattr__(self, name):
        if name.startswith('__'): raise AttributeError(name)
        return getattr(self._make(), name)
    def __setattr__(self, name, value): setattr(self._make(), name, value)
    def __dir__(self): return ['a']
    def __class_getitem__(cls, item): return (cls.__name__, item)
    def __format__(self, spec): return f'<{spec}>'
    def __index__(self): return ${r.number(3)}
    def __matmul__(self, other): return ('@', other)
    def __ior__(self, other): return ('|=', other)
    def __reversed__(self): return iter('cba')
    def __missing__(self, key): return key
class Store: value = ${r.value()}
s = Store(); z = Lazy(lambda: s)
z.${r.of('other', 'value')} = ${r.number()}
w = z
w |= 5`,
		result: r.of(
			'z.value, vars(s), w',
			'z.missing',
			'f"{z:>4}", "{:x}".format(z), dir(z)',
			'[10, 20, 30][z], Lazy[int], z @ 2, list(reversed(z))',
			'range(5)[z:], hex(z), bytes(z)',
			'bool(z), callable(z), hasattr(z, "__len__")',
		),
	}),
];

const flows: readonly Maker[] = [
	(r) => ({
		lines: `from dataclasses import dataclass
@dataclass
class Point:
    x: int
    y: int = 0
class Old:
    __match_args__ = ('a',)
    def __init__(self, a): self.a = a
def told(v):
    match v:
        case Point(0, y=yy): return 'axis', yy
        case Point(x=px) if px > ${r.number()}: return 'big', px
        case Point(): return 'point'
        case Old([first, *_] as whole): return first, whole
        case {'kind': ('a' | 'b') as k, **rest}: return k, rest
        case {'n': int() | float() as n}: return 'n', n
        case [1, [2, *mid], *_, 9]: return mid
        case (str(a), b) | [b, str(a)]: return a, b
        case str() if v.isdigit(): return int(v)
        case ${r.of('-1', 'None', 'True', "b'x'", '1.5')}: return 'literal'
        case _: return 'none'`,
		result: `[told(v) for v in (Point(0, 3), Point(${r.number(20)}), Old([1, 2]), Old(3), {'kind': 'b', 'z': 1}, {'n': True}, [1, [2, 3, 4], 5, 9], ('s', 1), [1, 's'], '42', -1, None, True, b'x', 1.5, {}, [])]`,
	}),
	(r) => ({
		lines: `out = []
data = ${r.of('[1, 5, 0, 3]', "['a', '', 'b']", '[]', 'range(4)')}
if (n := len(data)) > ${r.number(4)}: out.append(n)
while (item := next(it, None)) is not None if 'it' in globals() else False: out.append(item)
out.append([y := 1, y ** 2, (z := y + ${r.number()})])
out.append([last := x for x in data])
out.append({k: v for k, v in zip('abc', data) if (w := v)})
out.append((lambda: (q := 5) + q)())
out.append(f'{(m := ${r.number()})}{m!r:>3}{m=}')`,
		result: "out, y, z, last if data else None, globals().get('w')",
	}),
	(r) => ({
		lines: `def averager():
    total, count = 0, 0
    try:
        while True:
            try:
                got = yield (total / count if count else None)
            except ${r.of('ValueError', 'KeyError', 'Exception')} as e:
                total = 0; got = len(e.args)
            if got is None: ${r.of("return 'end', total", 'continue', 'break')}
            total += got; count += 1
    finally:
        log.append(('closed', total))
log = []
def outer(): 
    r = yield from averager()
    log.append(r)
    return r
g = ${r.of('averager()', 'outer()')}
out = [next(g)]
for step in (${r.some(5, '1', '2', "'t'", "'e'", '10', 'None', "'c'")},):
    try:
        if step == 't': out.append(g.throw(ValueError('v', 1)))
        elif step == 'e': out.append(g.throw(KeyError))
        elif step == 'c': out.append(g.close())
        else: out.append(g.send(step))
    except BaseException as e: out.append((type(e).__name__, e.args))`,
		result: 'out, log, g.gi_frame is None',
	}),
	(r) => ({
		lines: `from contextlib import contextmanager, ExitStack, suppress, nullcontext, closing, redirect_stdout, ContextDecorator
log = []
@contextmanager
def opened(name, ${r.of('quiet=False', 'quiet=True')}):
    log.append('in ' + name)
    try: yield name.upper()
    except ValueError as e:
        log.append(('caught', str(e)))
        if not quiet: raise
    finally: log.append('out ' + name)
class Deco(ContextDecorator):
    def __enter__(self): log.append('enter'); return self
    def __exit__(self, *exc): log.append(('exit', exc[0] and exc[0].__name__)); return ${r.of('True', 'False', 'None')}
@Deco()
def work(x):
    if x > 1: raise LookupError(x)
    return x
try:
    with ExitStack() as stack, suppress(${r.of('KeyError', 'LookupError', 'ZeroDivisionError')}):
        names = [stack.enter_context(opened(n)) for n in 'ab']
        stack.callback(log.append, 'callback')
        log.append((names, work(${r.number(3)})))
        with nullcontext(5) as five, opened('c') as c: log.append((five, c))
        ${r.of('raise ValueError("boom")', '1 / 0', 'pass', "{}['k']")}
except Exception as e: log.append(('outside', type(e).__name__))`,
		result: 'log',
	}),
	(r) => ({
		lines: `def risky(kind):
    try:
        if kind == 0: raise ValueError('a') from KeyError('b')
        if kind == 1: raise ExceptionGroup('g', [ValueError(1), TypeError(2), ExceptionGroup('in', [ValueError(3)])])
        if kind == 2: return [][0]
        e = RuntimeError('noted'); e.add_note('n1'); raise e
    finally:
        log.append(kind)
log = []
def handled(kind):
    try: return risky(kind)
    except* ValueError as eg: log.append(('vals', [str(x) for x in eg.exceptions]))
    except* ${r.of('TypeError', 'LookupError', 'RuntimeError')} as eg: log.append(('other', len(eg.exceptions), getattr(eg.exceptions[0], '__notes__', None)))
out = []
for k in range(4):
    try: handled(k)
    except BaseException as e: out.append((type(e).__name__, str(e), type(e.__cause__).__name__, type(e.__context__).__name__))`,
		result: 'out, log',
	}),
	(r) => ({
		lines: `first, *middle, last = ${r.of("'hello'", 'range(5)', '[1, 2]', "{'a': 1, 'b': 2, 'c': 3}")}
(a, b), *c = [(1, 2), ${r.value()}, ${r.value()}]
d = {**{'x': 1}, 'x': 2, **dict(y=${r.value()})}
def f(a, /, b=2, *args, c, d=${r.value()}, **kw): return a, b, args, c, d, kw
x = y = [*range(2), *'ab']
x += [1]
i = 0
i, x[i] = 1, 'moved'
del x[-1], d['x']
for k, (v, *w) in enumerate([(1, 2, 3), 'xy']): pass`,
		result: `first, middle, last, a, b, c, d, f(1, c=3, ${r.of('e=4', '**{"z": 5}', 'd=1')}), f(*[1, 2, 3], c=0), x is y, x, k, v, w`,
	}),
];

const library: readonly Maker[] = [
	(r) => ({
		result: `'${r.of('{:>10}|{:<5}|{:^7}', '{0!r:.3}{1:{2}}', '{:+,.2f} {:#x} {:b}', '{a[k]} {b.real:05d} {c!s:*^9}', '{:%Y} {:e} {:g}', '{{}}{}', '{:,} {:_} {:.1%}', '{!a} {:>{w}} {:c}')}'.format(${r.of("3, 4, '2'", "'abc', 5, 6", '1234567.891, 255, 7', '1, 2.5, 65')}, a={'k': ${r.value()}}, b=${r.number()}, c=${r.text()}, w=${r.number(8)})`,
	}),
	(r) => ({
		lines: `width, prec, val, s = ${r.number(14)}, ${r.number(5)}, ${r.of('3.14159', '-1234567.5', '0.000123', '1e20', '5')}, ${r.text()}`,
		result: `f'{val:{width}.{prec}f}|{val!r:>{width}}|{s:{width}.{prec}}|{s!r}|{val:g}|{val:+e}|{width:0{prec}d}|{"nested " + f"{s:>{width}}"}|{val:,}|{width:#06x}|{s.upper():^{width}}'`,
	}),
	(r) => ({
		lines: 'import textwrap',
		result: r.of(
			`textwrap.dedent('''\n    ${r.of('a', 'if x:')}\n      b\n\n    c\n    ''')`,
			`textwrap.wrap('The quick brown fox jumps over the lazy dog ' * ${1 + r.number(2)}, ${5 + r.number(25)})`,
			`textwrap.fill('alpha beta-gamma delta_epsilon', ${6 + r.number(10)}, initial_indent='> ', subsequent_indent='  ')`,
			`textwrap.indent('a\\n\\nb\\n', '${r.of('  ', '# ')}'), textwrap.shorten('Hello  wide world', width=${5 + r.number(15)}, placeholder='…')`,
		),
	}),
	(r) => ({
		lines: `import re
pattern = re.compile(r'${r.of('(\\w+)=(\\w*)', '(?P<k>[a-z]+)(?P<n>\\d+)?', '(a)|(b)', '\\b(\\w)(\\w*)', '^\\s*#?(.*)$', '(?<=/)[^/]+', '(.)\\1', '[^\\W\\d_]+', '(?i:HE)llo|\\d{2,}?', '')}'${r.of('', ', re.I', ', re.M', ', re.X', ', re.S | re.I')})
text = ${r.of("'key=value x= y=1'", "'ab12 c d3'", "'abba book'", "'# one\\n two\\n#three'", "'/srv/www/site'", "'Hello hELLO 12345'")}
def swap(m): return ${r.of('m.group(0)[::-1]', "f'<{m.group()}>'", 'str(m.span())', "(m.group(1) or '-') if m.re.groups else 'g'", "'\\\\1'")}`,
		result: r.of(
			`pattern.sub(swap, text${r.of('', ', count=1')}), pattern.subn(r'[\\g<0>]', text)`,
			'pattern.findall(text), pattern.split(text), [m.groupdict() for m in pattern.finditer(text)]',
			'(m := pattern.search(text)) and (m.groups(), m.start(), m.lastindex, m.lastgroup, m.string[m.end():])',
			`re.escape(text), bool(pattern.fullmatch(text)), pattern.groups, pattern.groupindex`,
			`[m.expand(r'\\g<0>!') for m in pattern.finditer(text)][:3], pattern.match(text, ${r.number(4)})`,
		),
	}),
	(r) => ({
		lines: `from datetime import datetime, date, time, timedelta, timezone
d = datetime(${2000 + r.number(60)}, ${1 + r.number(12)}, ${1 + r.number(28)}, ${r.number(24)}, ${r.number(60)}${r.of('', ', 30, 123456', ', tzinfo=timezone.utc', ', tzinfo=timezone(timedelta(hours=-5))')})
t = timedelta(${r.of('days=1', 'hours=36, minutes=-5', 'weeks=2', 'seconds=90061.5', 'days=-1, seconds=1', 'milliseconds=1500')})`,
		result: r.of(
			'd + t, d - t, (d + t) - d, t * 2, t / 2, -t, abs(-t)',
			'd.isoformat(), str(d), repr(d), d.date(), d.time(), d.timetuple().tm_yday',
			"d.strftime('%Y-%m-%d %H:%M:%S %j %a %b %p %I %y %%'), d.weekday(), tuple(d.isocalendar())",
			't, str(t), t.total_seconds(), t.days, t.seconds, divmod(t, timedelta(hours=5)), t // timedelta(minutes=7), t > timedelta(1)',
			'd.replace(year=2001), d < datetime(2030, 1, 1, tzinfo=d.tzinfo), d == d + timedelta(0), sorted([date(2020, 2, 2), date(2019, 5, 5)])',
			"datetime.strptime('2024-02-29 13:45', '%Y-%m-%d %H:%M'), date.fromisoformat('2024-12-31'), datetime.fromisoformat('2024-01-02T03:04:05+02:00'), timedelta.max",
			'd.astimezone(timezone.utc) if d.tzinfo else d.utcoffset(), d.tzname(), time(1, 2, 3).isoformat(), date.min, d.toordinal(), date.fromordinal(730000)',
		),
	}),
	(r) => ({
		lines: `from decimal import Decimal, ROUND_HALF_UP, getcontext, localcontext
from fractions import Fraction
a, b = Decimal('${r.of('1.10', '-3', '1E+3', '0.000', '123.456', '7')}'), Decimal(${r.of("'2'", '3', "'0.05'", '(0, (1, 2, 5), -2)', "'1e-7'")})`,
		result: r.of(
			'a + b, a - b, a * b, a / b, -a, abs(a)',
			'a // b, a % b, divmod(a, b), a ** 2, a.sqrt() if a >= 0 else None',
			"a.quantize(Decimal('0.01'), rounding=ROUND_HALF_UP), round(a, 1), int(a), float(b), f'{a:.2f} {b:,}'",
			'a < b, a == Decimal(str(a)), max(a, b), sum([a, b]), a.normalize(), str(a), repr(b), a.as_tuple(), hash(Decimal(7)) == hash(7)',
			`Fraction(${1 + r.number(9)}, ${1 + r.number(9)}) + Fraction('0.25'), Fraction(3, 4) * 2, Fraction(1.5), Fraction(7, 3) // 1, str(Fraction(6, 4))`,
		),
	}),
	(r) => ({
		lines: `from pathlib import Path, PurePosixPath, PureWindowsPath
p = PurePosixPath(${r.of("'/srv/app/site.tar.gz'", "'a//b/./c'", "'.env'", "'/'", "''", "'../x/y.py'", "'/a', 'b', '/c/d'")})`,
		result: r.of(
			'p, p.name, p.stem, p.suffix, p.suffixes, p.parent, p.parts, p.anchor',
			"p / 'sub' / 'f.txt', p.joinpath('/abs'), list(p.parents), p.is_absolute(), p.as_posix(), str(p)",
			"p.with_suffix('.bak'), p.with_name('n')",
			"p.match('*.py'), p == PurePosixPath(str(p)), sorted([PurePosixPath('b'), PurePosixPath('a/c'), p])",
			"p.relative_to('/srv'), p.is_relative_to('/')",
			"PureWindowsPath('C:\\\\a\\\\b.txt').drive, PureWindowsPath('c:/x/y').parts, Path('a/b') / p, 'pre' / p, hash(p) == hash(PurePosixPath(str(p)))",
			"p.with_stem('new'), p.relative_to(p.parent)",
		),
	}),
	(r) => ({
		lines: `from urllib.parse import urlparse, urlsplit, urljoin, urlencode, parse_qs, parse_qsl, quote, unquote, quote_plus, urlunsplit
u = ${r.of("'postgres://us%40er:p%3Aw@db.host:5432/name?sslmode=require&a=1#frag'", "'//cdn.x/y'", "'/static/'", "'http://[::1]:80/p;q?a=b&a=c&d'", "'sqlite:///tmp/db.sqlite3'", "'redis://:secret@h/0'", "'mailto:a@b.c'")}`,
		result: r.of(
			'urlparse(u), urlsplit(u).hostname, urlsplit(u).port, urlsplit(u).username, urlsplit(u).password',
			"parse_qs(urlsplit(u).query), parse_qsl('a=1&b=&a=2&c', keep_blank_values=True)",
			"urljoin('https://h/a/b/c', u), urljoin(u, '../z'), urlsplit(u)._replace(scheme='x').geturl()",
			"quote('a b/ü&=?', safe='/'), unquote('%C3%BC%zz+'), quote_plus('a b+'), urlencode({'q': 'x y', 'n': [1, 2]}, doseq=True), urlencode([('a', None), ('é', b'b')])",
			"urlunsplit(('s', 'n', 'p', 'q=1', '')), urlsplit(u).netloc, bool(urlsplit(u).scheme)",
		),
	}),
	(r) => ({
		lines: 'import itertools as it, operator as op',
		result: r.of(
			`list(it.chain.from_iterable([[1], 'ab', ()])), list(it.islice(it.count(${r.number()}, 3), 4)), list(it.accumulate([1, 2, 3], op.mul, initial=${r.number()}))`,
			`[(k, list(g)) for k, g in it.groupby(${r.of("'aabbba'", '[1, 3, 2, 4]')}, key=${r.of('None', 'lambda x: x in (1, 3, "a")')})]`,
			`list(it.product('ab', repeat=2))[:3], list(it.permutations(range(3), 2)), list(it.combinations('abcd', ${r.number(4)}))[:4], list(it.combinations_with_replacement('ab', 2))`,
			`list(it.zip_longest('abc', [1], fillvalue=${r.value()})), list(it.takewhile(lambda x: x < 3, [1, 5, 2])), list(it.dropwhile(bool, [1, 0, 2])), list(it.filterfalse(None, [0, 1, ''])), list(it.compress('abc', [1, 0, 1]))`,
			`list(it.starmap(pow, [(2, 3), (3, 2)])), list(it.pairwise('abcd')), [list(t) for t in it.tee('ab')], list(it.repeat(7, 2)), list(zip(it.cycle('xy'), range(3)))`,
			`op.itemgetter(1, 0)('ab'), op.attrgetter('real', 'imag')(3), op.methodcaller('split', ',')('a,b'), op.add('a', 'b'), op.contains([1], 1), op.or_(1, 4), op.not_([]), op.getitem({'k': 1}, 'k'), op.truth(''), op.concat([1], [2])`,
		),
	}),
	(r) => ({
		lines: `from collections import ChainMap, Counter, OrderedDict, defaultdict, deque, namedtuple, UserDict
c = Counter(${r.of("'mississippi'", "['a', 'b', 'a']", '{"x": 3, "y": -1}', 'a=2, b=0')})
m = ChainMap({'a': 1}, {'a': 2, 'b': ${r.value()}})
o = OrderedDict([('x', 1), ('y', 2), ('z', 3)])
q = deque(${r.of('[1, 2, 3]', "'abc', maxlen=2", '')})
dd = defaultdict(${r.of('list', 'int', 'lambda: "d"', 'None')})`,
		result: r.of(
			"c, c.most_common(2), c + Counter('ab'), c - Counter(a=1), c & Counter(a=1, x=1), c | Counter(a=9), +c, sorted(c.elements()), c['none'], c.total()",
			"m['a'], dict(m), m.new_child({'n': 0}), list(m), len(m), m.maps, m.parents, 'b' in m, m.get('q', 9)",
			"o.move_to_end('x') or o, o.popitem(last=False), list(reversed(o)), o == {'z': 3, 'x': 1}, o == OrderedDict(z=3, x=1), o | {'w': 0}",
			"q.append(9) or q, q.appendleft(0) or list(q), q.rotate(1) or q, q.pop(), q.popleft(), q.extend('zz') or q, q.maxlen, q.count('z')",
			"dd['k'], dd, dict(dd), dd.get('zz')",
			"namedtuple('P', 'x y', defaults=[5])(1), namedtuple('Q', ['a', 'def', 'a'], rename=True)._fields, UserDict(a=1), c.update('aa') or c.subtract('a') or c",
		),
	}),
	(r) => ({
		lines: `import json, os, string, copy, types, base64, hashlib, configparser, io, csv, ast, shlex, uuid, html, fnmatch, posixpath, warnings, inspect, importlib, sys, logging, secrets, math, bisect, heapq, statistics, keyword, numbers, weakref, tempfile, pprint
data = {'b': [1, 2.5, None, True], 'a': {'é': ${r.value().replace("b'x'", "'x'").replace('(1, "a")', '[1]')}}, 'c': ''}`,
		result: r.of(
			"json.dumps(data), json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False), json.loads(json.dumps(data)) == data, json.dumps([1], separators=(',', ':'))",
			"string.Template('$a ${b} $$ $c').safe_substitute(a=1), string.ascii_letters[:3], string.capwords('a b'), string.Formatter().format('{0} {k}', 1, k=2)",
			"copy.deepcopy(data) == data, copy.copy(data)['b'] is data['b'], types.SimpleNamespace(a=1, b='x'), types.MappingProxyType(data)['c']",
			"base64.b64encode(b'hello').decode(), base64.urlsafe_b64decode('aGk_'), hashlib.sha256(b'x').hexdigest()[:12], hashlib.md5(b'').hexdigest()",
			`(c := configparser.ConfigParser(${r.of('', 'interpolation=None')})).read_string('[a]\\nk = 1\\nl: %(k)s2\\n[b]\\nx=yes') or (c.sections(), c['a']['l'], c.getint('a', 'k'), c.getboolean('b', 'x'), c.get('b', 'no', fallback=3))`,
			"list(csv.reader(io.StringIO('a,\"b,c\"\\n1,2'))), list(csv.DictReader(['x,y', '1,2'])), ast.literal_eval(\"{'a': [1, (2,)], 'b': -1.5}\"), shlex.split('a \"b c\" d\\\\ e')",
			"uuid.UUID('12345678123456781234567812345678'), uuid.uuid5(uuid.NAMESPACE_DNS, 'x.y'), html.escape('<a \"b\">'), html.unescape('&lt;&amp;&#39;'), fnmatch.fnmatch('a.py', '*.p[xy]'), fnmatch.translate('a*')",
			"posixpath.join('/a', 'b', '../c'), posixpath.normpath('/a/./b/../c'), posixpath.splitext('x.tar.gz'), posixpath.commonprefix(['/ab', '/ac']), posixpath.relpath('/a/b', '/a/c'), os.path.basename('/x/y/'), posixpath.split('/a/b')",
			"[str(inspect.signature(f)) for f in (lambda a, /, b=1, *c, d, **e: 0,)], inspect.isclass(dict), importlib.import_module('json').__name__, sys.version_info >= (3, 8), sys.modules['json'] is json",
			"math.ceil(2.1), math.gcd(12, 18), math.isclose(0.1 + 0.2, 0.3), math.prod([2, 3]), math.floor(-0.5), bisect.bisect([1, 3, 5], 3), heapq.nsmallest(2, [3, 1, 2]), statistics.mean([1, 2, 4]), keyword.iskeyword('match'), isinstance(1, numbers.Number), math.log2(8), math.inf > 1",
			"logging.getLevelName(30), logging.getLogger('a.b').name, logging.DEBUG, pprint.pformat({'b': 1, 'a': [2]}), 'x'.isidentifier(), str.maketrans('ab', 'cd'), 'abc'.translate(str.maketrans({'a': None}))",
			"sorted(data, key=str.lower), sorted(data.items(), key=lambda kv: kv[0], reverse=True), list(map(str.title, data)), any(x is None for x in data['b']), all([]), dict(zip(data, range(9))), max(data, key=len, default=0), [*reversed(data)], sum([[1], [2]], [])",
		),
	}),
	(r) => ({
		lines: `import os
os.environ['APP_X'] = ${r.of("'1'", "'true'", "''", "'a,b'")}
def env(name, default=None, cast=str):
    raw = os.environ.get(name, default)
    if raw is default: return default
    if cast is bool: return raw.lower() in ('1', 'true', 'yes')
    if cast is list: return [x.strip() for x in raw.split(',') if x.strip()]
    return cast(raw)`,
		result: `env('APP_X', cast=${r.of('bool', 'list', 'int', 'str')}), env('NOT_THERE_X', ${r.value()}), 'APP_X' in os.environ, os.getenv('NOT_THERE_X', 'd'), os.environ.pop('APP_X'), os.environ.get('APP_X')`,
	}),
];

/** A module's text; what each piece comes to is bound to a name, or the exception instead. */
export function generateConfiguration(random: Random): string {
	const choices = new Choices(random);
	const lines: string[] = [];
	for (let index = 0, count = 3 + random.below(5); index < count; index++) {
		const { lines: before = '', result } = random.pick(random.pick([classes, flows, library, library]))(choices);
		lines.push('try:');
		for (const line of before.split('\n')) if (line.trim() !== '') lines.push(`    ${line}`);
		lines.push(`    v${index} = ${result}`, 'except Exception as _e:', `    v${index} = ('raised', type(_e).__name__, str(_e))`);
	}
	return `${lines.join('\n')}\n`;
}
