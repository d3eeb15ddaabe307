import type { Maker } from './pieces';

/** Classes that register others, enumerations, descriptors, what the data model asks of them. */
export const classes: readonly Maker[] = [
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
