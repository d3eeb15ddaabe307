import type { Maker } from './pieces';

/** The standard library's everyday parts. */
export const library: readonly Maker[] = [
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
