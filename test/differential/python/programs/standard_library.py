# What settings and URLconfs use of the standard library.
import collections
import contextlib
import copy
import dataclasses
import datetime
import enum
import functools
import importlib
import inspect
import itertools
import json
import operator
import os
import re
import string
import sys
import textwrap
import types
import typing
import urllib.parse
from abc import ABC, abstractmethod
from collections import OrderedDict, ChainMap, Counter, defaultdict, deque, namedtuple
from functools import cached_property, lru_cache, partial, partialmethod, reduce, singledispatch, total_ordering, wraps
from pathlib import Path, PurePosixPath

Point = namedtuple('Point', 'x y z', defaults=[0])
nt = Point(1, 2), Point(1, y=5)._replace(z=3), Point._fields, Point(1, 2)._asdict(), Point(1, 2) == (1, 2, 0)
counted = Counter('abracadabra').most_common(2), Counter(a=1) + Counter(a=2, b=3), Counter('aab')['z']
dd = defaultdict(list)
dd['a'].append(1)
dd_shown = dd, dict(dd), dd.get('zz')
dq = deque([1, 2, 3], maxlen=3)
dq.append(4)
dq.appendleft(0)
dq.rotate(1)
od = OrderedDict([('b', 1), ('a', 2)])
od.move_to_end('b')
od_shown = list(od), od.popitem(last=False), od
cm = ChainMap({'a': 1}, {'a': 2, 'b': 3})
cm_shown = cm['a'], cm['b'], sorted(cm), len(cm)

chained = list(itertools.chain([1], 'ab')), list(itertools.chain.from_iterable([[1], [2, 3]]))
islice = list(itertools.islice(itertools.count(5, 2), 3)), list(itertools.islice('abcdef', 1, None, 2))
product = list(itertools.product('ab', repeat=2)), list(itertools.permutations([1, 2, 3], 2)), list(itertools.combinations('abc', 2))
grouped = [(k, list(g)) for k, g in itertools.groupby('aabbbc')]
others = list(itertools.zip_longest([1, 2], 'a', fillvalue='-')), list(itertools.accumulate([1, 2, 3])), list(itertools.takewhile(lambda x: x < 3, [1, 2, 3, 1]))
more_iter = list(itertools.dropwhile(str.isalpha, 'ab1c')), list(itertools.starmap(pow, [(2, 3), (3, 2)])), list(itertools.compress('abc', [1, 0, 1])), list(itertools.repeat('x', 2)), list(itertools.pairwise('abc'))
tee_a, tee_b = itertools.tee([1, 2])
teed = list(tee_a), list(tee_b)
cycled = [x for x, _ in zip(itertools.cycle('ab'), range(5))]

reduced = reduce(lambda a, b: a * 10 + b, [1, 2, 3]), reduce(operator.add, [[1], [2]], [])
part = partial(int, base=2)
part_shown = part('101'), part.args, part.keywords, part.func is int


@lru_cache(maxsize=None)
def _fib(n):
    return n if n < 2 else _fib(n - 1) + _fib(n - 2)


fibs = [_fib(i) for i in range(20)], _fib.cache_info().hits > 5


@functools.cache
def _once(x):
    calls.append(x)
    return x


calls = []
_once(1), _once(1), _once(2)


def logged(f):
    @wraps(f)
    def inner(*args, **kwargs):
        """Inner doc."""
        return 'logged', f(*args, **kwargs)

    return inner


@logged
def documented(x: int) -> str:
    """The doc."""
    return str(x)


wrapped = documented.__name__, documented.__doc__, documented(3), documented.__wrapped__(3), documented.__annotations__


@singledispatch
def _kind(x):
    return 'other'


@_kind.register
def _(x: int):
    return 'int'


@_kind.register(list)
def _(x):
    return 'list'


dispatched = _kind(1), _kind([]), _kind('a'), _kind(True)


class Cell:
    def set_state(self, state):
        self.state = state

    on = partialmethod(set_state, 'on')

    @cached_property
    def costly(self):
        calls.append('costly')
        return 42


cell = Cell()
cell.on()
cells = cell.state, cell.costly, cell.costly, calls, 'costly' in vars(cell)


@total_ordering
class Version:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == other.n

    def __lt__(self, other):
        return self.n < other.n


ordering = Version(1) <= Version(2), Version(3) > Version(2), max([Version(1), Version(5), Version(2)]).n

got = operator.itemgetter(1)('abc'), operator.itemgetter(0, 2)('abc'), operator.attrgetter('x')(Point(7, 8)), operator.methodcaller('upper')('a')
ops = operator.mul(3, 4), operator.contains([1], 1), operator.truth([]), operator.or_(1, 2), operator.not_(0)


@dataclasses.dataclass(order=True)
class Item:
    name: str
    price: float = 1.0
    tags: list = dataclasses.field(default_factory=list, compare=False)

    def __post_init__(self):
        self.name = self.name.title()


item = Item('tea', tags=['hot'])
data = item, dataclasses.asdict(item), dataclasses.replace(item, price=2), Item('a') < Item('b'), [f.name for f in dataclasses.fields(Item)], Item('x') == Item('x')


@dataclasses.dataclass(frozen=True)
class Frozen(object):
    a: int
    b: typing.ClassVar[int] = 3


try:
    Frozen(1).a = 2
except dataclasses.FrozenInstanceError as e:
    frozen = str(e), hash(Frozen(1)) == hash(Frozen(1)), Frozen(1)


class Color(enum.Enum):
    RED = 1
    GREEN = 'g'
    ALIAS = 1

    @property
    def pretty(self):
        return self.name.lower()


class Level(enum.IntEnum):
    LOW = 1
    HIGH = enum.auto()


class Perm(enum.Flag):
    R = enum.auto()
    W = enum.auto()
    RW = R | W


class Mode(str, enum.Enum):
    A = 'a'
    B = 'b'


enums = Color.RED, Color(1), Color['GREEN'], list(Color), Color.ALIAS is Color.RED, Color.RED.pretty, Color.GREEN.value, isinstance(Color.RED, Color), Color.RED in Color
levels = Level.HIGH, Level.HIGH > Level.LOW, Level.LOW + 1, int(Level.HIGH), Level(2).name, [l.value for l in Level]
perms = Perm.R | Perm.W, Perm.RW & Perm.R, bool(Perm.R & Perm.W), Perm.R in Perm.RW, Perm.RW.value
modes = Mode.A == 'a', Mode.B.value, Mode('b'), [m.value for m in Mode], Mode.A.upper()

matched = re.match(r'(?P<year>\d{4})-(\d+)', '2024-05 x')
regexes = matched.groups(), matched.groupdict(), matched.span('year'), matched.group(0, 2), matched[1], matched.end()
found = re.findall(r'\b(\w)(\w*)', 'one two'), re.sub(r'(\w+) (\w+)', r'\2 \1', 'a b'), re.split(r'[,;]\s*', 'a, b;c'), re.sub('x', lambda m: m.group() * 2, 'axb')
compiled = re.compile('^a.c$', re.I | re.S), re.fullmatch('a+', 'aab'), bool(re.search('(?m)^b', 'a\nb')), re.escape('a.b/c'), [m.start() for m in re.finditer('a', 'banana')]

paths = os.path.join('/a', 'b', '..', 'c.txt'), os.path.normpath('/a/b/../c'), os.path.splitext('x.tar.gz'), os.path.basename('/a/b/'), os.path.dirname('/a/b'), os.path.isabs('a'), os.path.abspath('/x/./y'), os.path.relpath('/a/b', '/a/c'), os.path.commonprefix(['/ab', '/ac']), os.sep
pure = PurePosixPath('/a/b.tar.gz')
pures = pure.name, pure.stem, pure.suffix, pure.suffixes, pure.parent, pure.parents[1], pure / 'c', pure.with_suffix('.zip'), pure.parts, pure.relative_to('/a'), str(pure), pure.as_posix(), pure.is_absolute(), PurePosixPath('a') / '/b'
path = Path('/x') / 'y' / '..' / 'z', Path('/x/y').parent.parent, str(Path('a') / 'b'), Path('/tmp/nothing/here').exists(), Path('a/b').joinpath('c', 'd')

jsons = json.dumps({'b': [1, 2.5, None, True], 'a': 'é"'}, sort_keys=True), json.loads('{"x": [1, {"y": null}], "z": 1e3}'), json.dumps([1, {'a': 2}], indent=2), json.dumps('é', ensure_ascii=False), json.dumps({1: (2,)}, separators=(',', ':'))
dates = datetime.timedelta(days=1, hours=2), datetime.timedelta(minutes=90).total_seconds(), datetime.date(2024, 2, 28) + datetime.timedelta(days=2), datetime.datetime(2024, 1, 2, 3, 4, 5).isoformat(), datetime.date(2024, 1, 1).strftime('%Y/%m/%d'), datetime.timedelta(weeks=2).days, str(datetime.timedelta(seconds=3661))
strings = string.ascii_lowercase[:5], string.digits, string.Template('$a ${b} $$').substitute(a=1, b=2), string.capwords('a bc'), string.punctuation
wrapped_text = textwrap.dedent('  a\n    b\n'), textwrap.indent('a\nb', '> '), textwrap.shorten('hello big world', 12)
copied = copy.copy([1, [2]]), copy.deepcopy({'a': [1]}), copy.copy(Point(1, 2))
urls = urllib.parse.urlparse('https://u:p@h:80/p;x?q=1#f'), urllib.parse.urljoin('http://a/b/c', '../d'), urllib.parse.quote('a b/é'), urllib.parse.unquote('a%20b'), urllib.parse.urlencode({'a': 1, 'b': 'x y'}), urllib.parse.parse_qs('a=1&a=2&b=')


@contextlib.contextmanager
def managed(log):
    log.append('in')
    try:
        yield 'value'
    except ValueError as e:
        log.append(str(e))
    finally:
        log.append('out')


log = []
with managed(log) as value:
    log.append(value)
    raise ValueError('inside')
with contextlib.suppress(KeyError):
    {}['x']
    log.append('never')
with contextlib.ExitStack() as stack:
    stack.enter_context(managed(log))
    stack.callback(log.append, 'callback')
with contextlib.nullcontext(5) as five:
    log.append(five)


class Shape(ABC):
    @abstractmethod
    def area(self): ...

    @property
    @abstractmethod
    def name(self): ...


class Square(Shape):
    name = 'square'

    def area(self):
        return 4


try:
    Shape()
except TypeError as e:
    abstract = type(e).__name__, Square().area(), sorted(Shape.__abstractmethods__), inspect.isabstract(Shape), inspect.isabstract(Square)


def signed(a, /, b: int = 1, *args, c, d='x', **kw) -> None: ...


sig = str(inspect.signature(signed)), list(inspect.signature(signed).parameters), inspect.isfunction(signed), inspect.isclass(Shape), inspect.ismodule(os), inspect.getmembers(Point(1, 2), lambda v: isinstance(v, int))[:3]
typed = typing.Optional[int] is not None, typing.cast(int, 'x'), typing.get_type_hints(documented), typing.TYPE_CHECKING


class Movie(typing.NamedTuple):
    title: str
    year: int = 1999


class Config(typing.TypedDict, total=False):
    debug: bool


movies = Movie('M'), Movie('N', 2000).year, Movie._field_defaults, Config(debug=True)
made = types.SimpleNamespace(a=1, b=2), types.MappingProxyType({'a': 1})['a'], type('X', (), {})().__class__.__name__
imported = importlib.import_module('collections.abc').Mapping.__name__, isinstance({}, collections.abc.Mapping), isinstance([], collections.abc.Sequence), issubclass(dict, collections.abc.MutableMapping), callable(len)
system = sys.version_info >= (3, 8), sys.version_info[0], 'os' in sys.modules, isinstance(sys.path, list), sys.maxsize > 2**32
environ = os.environ.get('SURELY_NOT_SET', 'default'), os.getenv('SURELY_NOT_SET'), 'SURELY_NOT_SET' in os.environ

# Logging's table of loggers

import logging

logging.getLogger('shop.cart')
loggers = 'shop.cart' in logging.Logger.manager.loggerDict, logging.getLogger('shop.cart').manager is logging.Logger.manager, logging.root.manager.root.name, logging.Logger.manager.disable



def _trace(self, message, *args):
    return f'{self.name}: {message}'


logging.addLevelName(5, 'TRACE')
setattr(logging.Logger, 'trace', _trace)
traced = logging.getLogger('shop.cart').trace('full'), logging.getLogger('later').trace('new'), isinstance(logging.getLogger('shop'), logging.Logger), logging.Logger.__name__, logging.getLoggerClass() is logging.Logger
del logging.Logger.trace

import struct

sizes = struct.calcsize('P'), struct.calcsize('bP'), struct.calcsize('<l'), struct.calcsize('l')

_scan = re.compile(r"(\w)(\d)?")
found_between = [one.span() for one in _scan.finditer("a1 b2 c3", 2, 6)]
listed_between = [_scan.findall("a1 b2 c3", 3), _scan.findall("é1 b2", 1, 4), _scan.findall("ab", 5)]

import locale

try:
    raise locale.Error('no such locale')
except Exception as error:
    locale_error = type(error).__mro__[1].__name__, str(error)
locale_names = locale.setlocale(locale.LC_MONETARY), locale.setlocale(locale.LC_MONETARY, 'POSIX'), locale.setlocale(locale.LC_ALL, 'C'), locale.setlocale(locale.LC_ALL)
locale_conventions = sorted(locale.localeconv().items())

import datetime as _dates

date_modules = _dates.datetime.__module__, _dates.timedelta.__module__, repr(_dates.date), _dates.datetime.now.__qualname__

import unicodedata

_sampled = 'aAǅʰא̀ःa҈0Ⅳ½_-([«!»+$^©\u00a0\u2028\u2029\u00ad\n\ue000\u0378'
character_categories = [unicodedata.category(one) for one in _sampled]
