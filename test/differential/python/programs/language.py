# Corners of the language that configuration code runs into.
class Base:
    created = []

    def __new__(cls, *args, **kwargs):
        obj = super().__new__(cls)
        cls.created.append(cls.__name__)
        return obj

    def __init__(self, x=0):
        self.x = x

    def __setattr__(self, name, value):
        object.__setattr__(self, name, value if name != 'x' else value + 1)

    def __getattribute__(self, name):
        if name == 'magic':
            return 'magic!'
        return super().__getattribute__(name)

    def __delattr__(self, name):
        self.__dict__['deleted'] = name
        super().__delattr__(name)


b = Base(1)
del b.x
based = Base.created, b.deleted, b.magic, hasattr(b, 'x')


class Meta(type):
    registry = {}

    @classmethod
    def __prepare__(mcs, name, bases, **kw):
        return {'prepared': name}

    def __new__(mcs, name, bases, namespace, tag=None):
        cls = super().__new__(mcs, name, bases, dict(namespace))
        cls.tag = tag
        mcs.registry[name] = cls
        return cls

    def __init__(cls, name, bases, namespace, **kw):
        super().__init__(name, bases, namespace)
        cls.inited = True

    def __iter__(cls):
        return iter(cls.tag or ())

    def __contains__(cls, item):
        return item == cls.tag

    def __len__(cls):
        return 7

    def __instancecheck__(cls, instance):
        return instance == 'instance'


class Plain(metaclass=Meta, tag='ab'):
    pass


class Derived(Plain):
    pass


metas = sorted(Meta.registry), Plain.tag, list(Plain), Derived.tag, Plain.prepared, Derived.inited, 'ab' in Plain, len(Plain), isinstance('instance', Plain), type(Derived) is Meta


class Descriptor:
    def __init__(self, default):
        self.default = default

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, obj, objtype=None):
        return (self.name, obj is None, objtype.__name__)

    def __set__(self, obj, value):
        obj.__dict__[self.name] = ('set', value)


class NonData:
    def __get__(self, obj, objtype=None):
        return 'nondata'


class Holder:
    data = Descriptor(1)
    nondata = NonData()


h = Holder()
h.data = 5
h.nondata = 6
descriptors = h.data, Holder.data, h.nondata, Holder.nondata, h.__dict__


class A:
    def f(self):
        return ['A']

    @classmethod
    def c(cls):
        return cls.__name__

    @staticmethod
    def s():
        return 's'


class B(A):
    def f(self):
        return ['B'] + super().f()

    @classmethod
    def c(cls):
        return 'B' + super().c()


class C(A):
    def f(self):
        return ['C'] + super().f()


class D(B, C):
    def f(self):
        return ['D'] + super(D, self).f() + [__class__.__name__]


mro = D().f(), D.c(), D.s(), D().c(), [k.__name__ for k in D.mro()], B.f.__qualname__, D.__bases__ == (B, C), super(B, D()).f()


def scopes():
    x = 1

    def inner():
        nonlocal x
        x += 1

        class K:
            x = 'class'
            y = [x for _ in range(1)]
            z = x

            def m(self):
                return x

        return K.y, K.z, K().m()

    return inner(), x, [lambda: i for i in range(3)][0](), [(lambda i=i: i)() for i in range(3)]


scoped = scopes()
comp = [y := 10, y**2], y, [x for x in range(3) if x % 2], {k: v for k, v in zip('ab', range(2))}
defaults = []


def mutable(x, acc=[]):
    acc.append(x)
    return acc


mutable(1)
mutated = mutable(2), mutable.__defaults__


def gen():
    received = yield 1
    while received:
        received = yield received * 2
    return 'end'


def delegating():
    result = yield from gen()
    yield ('result', result)


g = delegating()
driven = [next(g), g.send(5), g.send(6), next(g)]
g2 = (x * x for x in range(10) if x % 3)
consumed = next(g2), sum(g2), list(g2)


def cleanup(log):
    try:
        yield 1
        yield 2
    except GeneratorExit:
        log.append('closed')
        raise
    finally:
        log.append('finally')


log = []
c = cleanup(log)
next(c)
c.close()


def flow():
    for i in range(3):
        try:
            if i == 0:
                continue
            if i == 1:
                break
        finally:
            log.append(i)
    else:
        log.append('else')
    while True:
        try:
            return 'try'
        finally:
            log.append('returned')


flowed = flow(), log


def chained():
    try:
        try:
            1 / 0
        except ZeroDivisionError as e:
            raise KeyError('k') from e
    except KeyError as e:
        return type(e.__cause__).__name__, e.args, e.__suppress_context__, str(e), repr(e)


chain = chained()
try:
    try:
        [][1]
    finally:
        log.append('inner finally')
except (KeyError, IndexError) as error:
    caught = type(error).__name__, str(error)
try:
    error
except NameError as e:
    unbound = str(e)


class Context:
    def __init__(self, swallow):
        self.swallow = swallow

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        log.append(kind.__name__ if kind else None)
        return self.swallow


with Context(True) as one, Context(False):
    raise LookupError('swallowed')
groups = []
try:
    raise ExceptionGroup('g', [ValueError(1), TypeError('t'), ExceptionGroup('h', [KeyError('k')])])
except* ValueError as eg:
    groups.append(('value', [str(e) for e in eg.exceptions]))
except* (TypeError, KeyError) as eg:
    groups.append(('rest', len(eg.exceptions)))


class Box:
    def __init__(self, v):
        self.v = v

    def __add__(self, o):
        return Box(self.v + (o.v if isinstance(o, Box) else o))

    __radd__ = __add__

    def __iadd__(self, o):
        self.v += 100
        return self

    def __eq__(self, o):
        return isinstance(o, Box) and o.v == self.v

    def __hash__(self):
        return hash(self.v)

    def __lt__(self, o):
        return self.v < o.v

    def __repr__(self):
        return f'Box({self.v})'

    def __format__(self, spec):
        return f'<{self.v}:{spec}>'

    def __getitem__(self, k):
        if isinstance(k, slice):
            return (k.start, k.stop, k.step)
        if isinstance(k, int) and k >= 3:
            raise IndexError(k)
        return k

    def __len__(self):
        return 2

    def __bool__(self):
        return self.v > 0

    def __call__(self, *a, **k):
        return a, k

    def __neg__(self):
        return Box(-self.v)

    def __index__(self):
        return self.v

    def __contains__(self, x):
        return x == self.v

    def __reversed__(self):
        return iter('reversed')

    def __missing__(self, k):
        return 'never'


box = Box(1)
box2 = box
box2 += 5
boxes = Box(1) + Box(2), 1 + Box(2), sum([Box(1), Box(2)], Box(0)), box is box2, box.v, Box(1) == Box(1), {Box(1), Box(1)}, sorted([Box(3), Box(1)]), f'{Box(1):>3}', Box(1)[1:2], Box(1)['a', 1], list(Box(1)), bool(Box(0)), Box(1)(2, k=3), -Box(1), [10, 20, 30][Box(1)], 1 in Box(1), list(reversed(Box(1))), len(Box(1)), hex(Box(255))


class MissingDict(dict):
    def __missing__(self, key):
        return key * 2


missing = MissingDict(a=1)['a'], MissingDict()['b'], MissingDict().get('c')


def star(a, b=2, *args, c, d=4, **kw):
    return a, b, args, c, d, kw


starred = star(1, c=3), star(1, 2, 3, 4, c=5, e=6), star(*[1, 2], **{'c': 1, 'z': 2}), star(*'ab', *'cd', c=0)
first, *middle, last = range(5)
(p, q), [r, *s] = (1, 2), 'xyz'
m = n = [1]
m += [2]
unpacked = first, middle, last, p, q, r, s, n
conditional = 'yes' if [] else 'no', None or 'default', 0 and 1, 1 < 2 < 3, 1 < 3 < 2, not None, [] == (), 1 == 1.0 == True, 'a' 'b'
slices = 'abcdef'[::-1], 'abcdef'[-3:-1], [1, 2, 3, 4][1::2], (1, 2, 3)[:-1], 'abc'[5:], range(10)[2:8:3], list(range(5, 0, -2))
lst = [1, 2, 3, 4, 5]
lst[1:3] = ['x']
del lst[-1]
lst[::2] = ['a', 'b']
sets = {1, 2} | {3}, {1, 2} & {2}, {1, 2} ^ {2, 3}, {1} < {1, 2}, frozenset([1]) == {1}, {1, 2}.isdisjoint({3})
dicts = {'a': 1, 'b': 2} | {'b': 3}, list({'a': 1, 'b': 2}.items()), {'a': 1}.keys() | {'b'}, dict([('x', 1)], y=2), {**{'a': 1}, 'a': 2}, {1: 'a', 1.0: 'b', True: 'c'}
numbers = 7 // -2, -7 % 3, 7 % -3, -7 // 2, 2**-1, divmod(-7, 2), round(2.5), round(3.5), round(1.005, 2), round(-1234, -2), int(-3.9), 1e16, 1e15, 0.1 + 0.2, 1_000, float('1e-5'), 3.0, 1 / 3, 10**20, -(2**63), 5 & 3 | 8, ~5, 1 << 40, True + True, int('ff', 16), complex(1, -2)
texts = 'a,b,,c'.split(','), ' a  b '.split(), 'a-b'.partition('-'), 'abc'.find('z'), 'x'.join(['1', '2']), 'Ab'.swapcase(), 'title case'.title(), '%s=%d' % ('a', 3), '%(k)s' % {'k': 'v'}, '{:>5}|{:<5}|{:^5}'.format('a', 'b', 'c'), '{0}{1}{0}'.format('x', 'y'), f'{3.14159:.2f}', f'{1234567:,}', f'{255:#x}', f'{"q"!r:>5}', f'{5:03d}', 'é'.encode(), b'abc'.decode(), 'a\tb'.expandtabs(4), 'abc'.center(9, '*'), 'aXbX'.replace('X', '', 1), 'abc'.startswith(('x', 'a')), 'ß'.upper(), 'İ'.lower(), '\u00e9' == 'é', 'a' < 'b', 'Z' < 'a', ascii('é'), repr('it\'s "q"'), str(b'x'), 'abc'.isidentifier(), '１'.isdigit(), 'line1\nline2\r\n'.splitlines()


def matcher(x):
    match x:
        case {'type': 'a', 'v': [first, *_]} if first:
            return 'dict', first
        case Box(v=v):
            return 'box', v
        case [1, 2, *rest] | (3, *rest):
            return 'seq', rest
        case str() | bytes() as s:
            return 'text', s
        case int(n) if n > 100:
            return 'big', n
        case True | None:
            return 'singleton'
        case -1 | 0.5:
            return 'number'
        case Holder.nondata:
            return 'dotted'
        case _:
            return 'other'


matches = [matcher(x) for x in ({'type': 'a', 'v': [1, 2]}, {'type': 'a', 'v': [0]}, Box(3), [1, 2, 3], (3,), 'text', b'b', 101, 5, True, None, -1, 0.5, 'nondata', {})]


def annotated(x: 'int', y: list[int] = None, *a: str, z: 'undefined' = 1) -> dict[str, int]:
    v: int = 1
    w: str
    return v


annotations = annotated.__annotations__['x'], annotated.__annotations__['y'], sorted(annotated.__annotations__), annotated.__kwdefaults__, annotated.__code__.co_varnames[:2], annotated.__code__.co_argcount
module_annotation: int = 3
glob = 'module_annotation' in globals(), __name__, __annotations__


class Ann:
    x: int = 1
    y: 'str'


class_ann = Ann.__annotations__, hasattr(Ann, 'y'), Ann.__dict__['x'], Ann.__module__, Ann.__doc__, Ann.__name__
_executed = {}
exec('a = 1\ndef f(): return a + 1\nb = f()', _executed)
evaluated = _executed['b'], eval('1 + x', {'x': 2}), eval('[i for i in range(3)]'), (lambda: locals())()
attrs = getattr(box, 'v'), getattr(box, 'w', None), setattr(box, 'w', 9), box.w, vars(box), isinstance(box, (int, Box)), callable(box), type(box).__name__, 'x' in dir(Ann), id(box) == id(box2)
iterated = list(zip([1, 2], 'ab')), list(map(None.__class__, [])), sorted('bca', reverse=True), list(enumerate('ab', 1)), any([0, 1]), all([]), min(3, 1, 2), max('abc'), min([], default='d'), sum([1, 2], 10), list(filter(None, [0, 1, ''])), next(iter([]), 'none'), list(iter(iter([1, 2]).__next__, 2)), abs(-3), chr(97), ord('a'), bin(5), hash('a') == hash('a'), sorted([(2, 'a'), (1, 'b')], key=lambda t: t[1]), list(reversed([1, 2]))
printed = print('x', end=''), repr(Ellipsis), repr(NotImplemented), type(None).__name__, (1).__class__, [].__class__.__name__, int.__name__, object().__class__ is object, isinstance(True, int), issubclass(bool, int), type(type), range(3), slice(1, 2), bytearray(b'x'), memoryview(b'ab')[0]


# `__class__` is a variable of a method only where the method says so


class Counted:
    def names(self):
        return sorted(locals())

    def own(self):
        return sorted(locals()), __class__.__name__

    def above(self):
        return sorted(locals()), super().__init__ is not None


class_cells = Counted().names(), Counted().own(), Counted().above()


# A comprehension's names, as `locals()` in it gives them

texts = ['^%(page)s$' % locals() for page in ['a', 'b']], [eval('page') for page in [1]]


def _locals_of_comprehensions(taken):
    return [taken and '%(taken)s %(page)s' % locals() for page in [1]]


texts_of_function = _locals_of_comprehensions(1)


class ItemsAsAttributes(dict):
    __getattribute__ = dict.__getitem__
    __missing__ = object.__getattribute__


items_as_attributes = ItemsAsAttributes(a=1).a, ItemsAsAttributes(a=1).get('a'), hasattr(ItemsAsAttributes(), 'b')


# Classes as zope.interface makes them: slots of private names, bases that are no classes, a metaclass that hides `__module__`


class PrivateSlot:
    __slots__ = ('__kept', 'open')

    def __init__(self):
        self.__kept = 1


class Interfaces:
    def __init__(self, name, bases=(), own=None, **keywords):
        self.made = name, bases, 'value' in own if own else None


an_interface = Interfaces('root')


class AnInterface(an_interface):
    value = 1


class ModuleHidden(type):
    @property
    def __module__(cls):
        return 'hidden.' + cls.__name__


class WithHiddenModule(metaclass=ModuleHidden):
    pass


as_zope_makes_them = PrivateSlot()._PrivateSlot__kept, type(AnInterface).__name__, AnInterface.made[2], WithHiddenModule.__module__, globals() is locals()
del an_interface, AnInterface


# exec() with names apart from the globals

_outer_names = {'base': 2, '__name__': 'apart'}
inner_names = {'factor': 3}
exec('''
result = base * factor
def reader():
    return base, late
class Made:
    size = factor
''', _outer_names, inner_names)
_outer_names['late'] = 'seen'
executed = inner_names['result'], inner_names['reader'](), inner_names['Made'].size, inner_names['Made'].__module__, sorted(k for k in _outer_names if k != '__builtins__'), sorted(inner_names)
exec(compile('more = len([1, 2])', '<made>', 'exec'), _outer_names)
in_globals = _outer_names['more']


# unions of types

from typing import Any as _Any, List as _List, Optional as _Optional, TypeVar as _TypeVar, get_args as _get_args

_T, _U = _TypeVar('T'), _TypeVar('U')
union_members = _get_args(str | None), _get_args(int | str | int), int | int, None | int, (int | str) | (str | float)
union_equal = (str | None) == _Optional[str], int | str == str | int, hash(int | str) == hash(str | int), {int | str: 1}[str | int], (int | str) == 3
union_mixed = int | _Optional[str], _Optional[str] | int, int | _List[int], list[int] | None, int | _T
union_checks = isinstance(None, int | None), isinstance(1, str | None), issubclass(bool, int | str)
union_parameters = (list[_T] | None).__parameters__, dict[str, _T].__parameters__, dict[_T, list[_U]].__parameters__
filled_in = dict[str, _T][int], dict[_T, list[_U]][int, str], (list[_T] | None)[int], list[None]
try:
    int | 'str'
except TypeError as error:
    no_union = str(error)
