/** Makes programs from a seed: typed expressions over the built-in types, and statements around them. */

import type { Random } from '../../fuzz/random';
import { Expressions, ordered, types } from './expressions';

/** A module's text. Every value is bound to a name; what an expression raises is bound instead of it. */
export function generate(random: Random): string {
	const writer = new Writer(random);
	const rounds = 6 + random.below(10);
	for (let index = 0; index < rounds; index++) writer.block();
	return writer.text();
}

class Writer {
	private readonly lines: string[] = [];
	private count = 0;
	private readonly expressions: Expressions;

	constructor(private readonly random: Random) {
		this.expressions = new Expressions(random);
	}

	text(): string {
		return `${this.lines.join('\n')}\n`;
	}

	block(): void {
		this.random.pick([
			() => this.value(),
			() => this.value(),
			() => this.value(),
			() => this.loop(),
			() => this.closure(),
			() => this.generator(),
			() => this.classes(),
			() => this.exceptions(),
			() => this.starred(),
			() => this.matching(),
			() => this.unpacking(),
			() => this.mutation(),
			() => this.descriptors(),
		])();
	}

	private name(prefix = 'v'): string {
		return `${prefix}${this.count++}`;
	}

	private add(text: string): void {
		this.lines.push(...text.split('\n'));
	}

	/** Binds a name to what the lines compute, or to the exception. `result` is an expression over their names. */
	private guarded(lines: readonly string[], result: string): void {
		const name = this.name();
		this.add('try:');
		for (const line of lines) this.lines.push(...line.split('\n').map((part) => `    ${part}`));
		this.add(`    ${name} = ${result}\nexcept Exception as _e:\n    ${name} = ('raised', type(_e).__name__, str(_e))`);
	}

	private value(): void {
		const type = this.random.pick(types);
		const value = this.expressions.of(type, 3);
		this.guarded([], type === 'set' ? `sorted(${value}, key=repr)` : value);
	}

	private loop(): void {
		const { random } = this;
		const total = this.name('_t');
		const iterable = this.expressions.of(random.pick(['list', 'str', 'tuple', 'dict'] as const), 2);
		this.guarded(
			[
				`${total} = []`,
				`for _i, _x in enumerate(${iterable}):`,
				`    if _i == ${random.below(5)}: ${random.pick(['continue', 'break', 'pass'])}`,
				`    ${total}.append(${random.pick(['_x', '(_i, _x)', '_x * 2', 'str(_x)', `[_x, ${this.expressions.of('int', 1)}]`])})`,
				'else:',
				`    ${total}.append('else')`,
			],
			total,
		);
	}

	private closure(): void {
		const { random } = this;
		const f = this.name('_f');
		const declared = random.pick(['nonlocal _n', 'nonlocal _n', 'global _g', 'pass']);
		this.add(`_g = 0
def ${f}(a, b=${this.expressions.of('int', 1)}, *args, c=${this.expressions.of('str', 1)}, **kwargs):
    _n = a
    def _inner(x=b):
        ${declared}
        ${declared === 'nonlocal _n' ? '_n += x' : declared === 'global _g' ? '_g = x' : 'y = x'}
        return (x, args, c, sorted(kwargs))
    _r = [_inner(), _inner(${this.expressions.of('int', 1)})]
    return _r, _n, [(lambda i=i: i + ${random.below(9)})() for i in range(${random.below(4)})]`);
		this.guarded([], `${f}(${this.arguments()}), _g`);
	}

	private arguments(): string {
		const { random } = this;
		const parts: string[] = [];
		for (let index = random.below(4); index >= 0; index--) parts.push(this.expressions.of('int', 1));
		if (random.chance(0.3)) parts.push(`*${this.expressions.of('list', 1)}`);
		if (random.chance(0.3)) parts.push(`c=${this.expressions.of('str', 1)}`);
		if (random.chance(0.3)) parts.push(`z=${this.expressions.of('int', 1)}`);
		if (random.chance(0.3)) parts.push(`**{${random.pick(["'k'", "'b'", "'c'", "'y'"])}: ${this.expressions.of('int', 1)}}`);
		return parts.join(', ');
	}

	private generator(): void {
		const { random } = this;
		const g = this.name('_g');
		this.add(
			`def ${g}(n):
    try:
        for i in range(n):
            got = yield i ${random.pick(['*', '+', '-'])} ${random.below(5)}
            if got: yield ('got', got)
        ${random.pick(['yield from ', 'yield from reversed('])}${random.chance(0.5) ? 'abc' : 'xy'}`
				.replace(/(yield from )(abc|xy)$/, "$1'$2'")
				.replace(/reversed\((abc|xy)$/, "reversed('$1')"),
		);
		this.add(`        return 'done'
    finally:
        _log.append(n)`);
		this.lines.unshift('_log = []');
		const drive = random.pick([
			[`_gen = ${g}(${random.below(5)})`, '_out = []', 'for _x in _gen: _out.append(_x)'],
			[`_gen = ${g}(3)`, '_out = [next(_gen), _gen.send("s"), next(_gen, None)]', '_gen.close()'],
			[
				`_gen = ${g}(2)`,
				'_out = [next(_gen)]',
				'try: _gen.throw(ValueError("t"))',
				'except ValueError as _err: _out.append(str(_err))',
			],
			[`def _outer():\n    _r = yield from ${g}(1)\n    yield _r`, '_out = list(_outer())'],
			[`_out = [*${g}(2)], dict(enumerate(${g}(1))), max(${g}(3), key=str)`],
		]);
		this.guarded(drive, '(_out, list(_log))');
	}

	private classes(): void {
		const { random } = this;
		const [a, b, c, d] = [this.name('A'), this.name('B'), this.name('C'), this.name('D')];
		const order = random.pick([`${b}, ${c}`, `${c}, ${b}`, `${b}`, `${b}, ${a}`, `${a}, ${b}`]);
		this.add(`class ${a}:
    shared = ${this.expressions.of('list', 1)}
    registry = []
    def __init_subclass__(cls, **kw):
        super().__init_subclass__()
        ${a}.registry.append((cls.__name__, sorted(kw)))
    def __init__(self, x=${this.expressions.of('int', 1)}):
        self.x = x
    def who(self): return ['A', self.x]
    def __repr__(self): return f'<{type(self).__name__} {self.x!r}>'
    ${random.pick(['def __eq__(self, other): return isinstance(other, type(self)) and self.x == other.x\n    __hash__ = None', 'def __len__(self): return 3', "def __getattr__(self, name): return 'got ' + name", 'def __lt__(self, other): return self.x < other.x'])}
class ${b}(${a}):
    def who(self): return super().who() + ['B']
    @classmethod
    def make(cls, *a): return cls(*a)
    @staticmethod
    def plain(v): return v
    @property
    def double(self): return self.x * 2
    @double.setter
    def double(self, v): self.x = v // 2
class ${c}(${a}${random.chance(0.4) ? ', flag=True' : ''}):
    def who(self): return ['C'] + super().who()
    def __add__(self, other): return ('add', self.x, other)
    def __radd__(self, other): return ('radd', other, self.x)
    def __getitem__(self, key): return (key, self.shared[key])
    def __contains__(self, item): return item == self.x
    def __iter__(self): return iter([self.x, 'it'])
    def __call__(self, *a, **k): return (a, sorted(k.items()))
    def __bool__(self): return False
    def __enter__(self): return self
    def __exit__(self, *exc): return ${random.pick(['True', 'False'])}`);
		this.guarded(
			[`class ${d}(${order}):`, '    __slots__ = ()', `    y = ${this.expressions.of('dict', 1)}`],
			`[k.__name__ for k in ${d}.__mro__]`,
		);
		for (let index = random.below(3); index >= 0; index--) {
			const target = random.pick([a, b, c, d, d]);
			this.guarded(
				[`_o = ${target}(${random.chance(0.5) ? this.expressions.of('int', 1) : ''})`],
				random.pick([
					'_o.who()',
					'_o, str(_o), f"{_o}"',
					'_o.double, type(_o).make(7)',
					'_o + 1',
					'1 + _o',
					'_o[1], _o[-1:]',
					'_o.x in _o, list(_o)',
					'_o(1, *[2], k=3)',
					'bool(_o), not _o',
					'_o.missing',
					'hasattr(_o, "double"), getattr(_o, "nothing", 5), sorted(vars(_o))',
					`isinstance(_o, ${a}), issubclass(type(_o), ${c}), type(_o).__mro__[1].__name__`,
					`${a}.registry`,
					'[_o == type(_o)(), _o != 1, _o is _o]',
					'sorted([type(_o)(3), type(_o)(1), type(_o)(2)])',
					'{_o: 1}[_o]',
					`type('Made', (${target},), {'x': 1, 'who': lambda self: super(${target}, self).who()})().who()`,
				]),
			);
		}
		if (random.chance(0.4))
			this.guarded(
				['_seen = []', `with ${c}(1) as _w:`, '    _seen.append(_w.x)', '    raise KeyError("k")', '_seen.append("after")'],
				'_seen',
			);
	}

	private exceptions(): void {
		const { random } = this;
		const raised = random.pick([
			'ValueError("v")',
			'KeyError("k")',
			'IndexError',
			'TypeError("t", 2)',
			'StopIteration(3)',
			'ZeroDivisionError()',
			'_Own("own", code=4)',
			'LookupError("l")',
		]);
		const caught = random.pick(['ValueError', 'LookupError', '(KeyError, TypeError)', '_Own', 'Exception', 'ArithmeticError']);
		this.add(`class _Own(ValueError):
    def __init__(self, *a, code=0):
        super().__init__(*a)
        self.code = code
    def __str__(self): return f'own {self.args} {self.code}'`);
		const f = this.name('_f');
		this.add(`def ${f}(_t):
    try:
        _t.append('try')
        ${random.pick(['raise ', 'raise ', 'str('])}${raised}${this.lines.length ? '' : ''}`);
		// The call form needs its parenthesis.
		const last = this.lines.length - 1;
		if (this.lines[last]?.includes('str(')) this.lines[last] += ')';
		this.add(`    except ${caught} as e:
        _t.append(('except', type(e).__name__, e.args))
        ${random.pick(['raise', "raise RuntimeError('again') from e", "return 'returned'", 'pass', "raise RuntimeError('during')"])}
    else:
        _t.append('else')
        ${random.pick(["return 'else'", 'pass'])}
    finally:
        _t.append('finally')
        ${random.pick(['pass', 'pass', "return 'finally'"])}
    return 'end'`);
		this.guarded(
			[
				'_t = []',
				`try: _t.append(${f}(_t))`,
				'except Exception as _x: _t.append((type(_x).__name__, str(_x), type(_x.__cause__).__name__, type(_x.__context__).__name__))',
			],
			'_t',
		);
	}

	private starred(): void {
		const { random } = this;
		this.guarded(
			[],
			random.pick([
				`[*${this.expressions.of('list', 1)}, *${this.expressions.of('tuple', 1)}]`,
				`{**${this.expressions.of('dict', 1)}, **${this.expressions.of('dict', 1)}}`,
				`(lambda *a, **k: (a, k))(*${this.expressions.of('list', 1)}, **{'a': ${this.expressions.of('int', 1)}})`,
				`(lambda a, /, b, *, c: (a, b, c))(${this.expressions.of('int', 1)}, b=2, c=3)`,
				`(lambda a, /, b, *, c: (a, b, c))(1, 2${random.pick(['', ', 3', ', c=3', ', c=3, a=1'])})`,
				`print(*${this.expressions.of('list', 1)}, sep='-', end='')`,
			]),
		);
	}

	private matching(): void {
		const { random } = this;
		this.guarded(
			[
				`match ${this.expressions.of(random.pick(ordered), 2)}:`,
				"    case 0 | 1: _m = 'small'",
				"    case int(n) if n > 3: _m = ('int', n)",
				"    case str() as s: _m = ('str', s)",
				"    case [x, *rest]: _m = ('seq', x, rest)",
				"    case {'a': v, **others}: _m = ('map', v, others)",
				"    case {}: _m = 'any map'",
				"    case float(): _m = 'float'",
				"    case _: _m = 'other'",
			],
			'_m',
		);
	}

	private unpacking(): void {
		const { random } = this;
		const targets = random.pick(['_a, _b', '_a, *_b', '*_a, _b', '_a, (_b, *_c)', '[_a, _b]', '(_a, _b), *_c', '*_a,']);
		const shown = targets
			.replace(/[^_a-c]+/g, ' ')
			.trim()
			.split(' ')
			.join(', ');
		this.guarded(
			[`${targets} = ${this.expressions.of(random.pick(['list', 'tuple', 'str', 'dict'] as const), 2)}`],
			`(${shown},)`,
		);
	}

	private mutation(): void {
		const { random } = this;
		const kind = random.pick(['list', 'dict', 'set'] as const);
		const changes = {
			list: [
				'_c.append(1)',
				'_c.extend("ab")',
				'_c.insert(1, None)',
				'_c.pop()',
				'_c.pop(0)',
				'_c.remove(1)',
				'_c.reverse()',
				'_c.sort(key=str)',
				'_c[1:2] = [7, 8, 9]',
				'del _c[0]',
				'del _c[::2]',
				'_c *= 2',
				'_c += (5,)',
				'_c[0] = "z"',
				'_c[-1] += 1',
				'_c.clear()',
				'_c[::-1] = _c[:]',
			],
			dict: [
				'_c["n"] = 1',
				'_c.update(a=5)',
				'_c.setdefault("q", []).append(1)',
				'_c.pop("a", None)',
				'_c.pop("zz")',
				'del _c["a"]',
				'_c.popitem()',
				'_c |= {"z": 26}',
				'_c.update([(1, 2)])',
				'_c[1, 2] = 3',
				'_c.clear()',
				'_c = dict(reversed(_c.items()))',
				'_c = {v: k for k, v in _c.items()}',
			],
			set: [
				'_c.add(3)',
				'_c.discard(1)',
				'_c.remove(99)',
				'_c |= {5}',
				'_c &= {1, 2, 3}',
				'_c -= {1}',
				'_c ^= {2}',
				'_c.update("ab")',
				'_c.clear()',
			],
		}[kind];
		const lines = [`_c = ${this.expressions.of(kind, 1)}`];
		for (let index = 1 + random.below(4); index > 0; index--) lines.push(random.pick(changes));
		this.guarded(lines, kind === 'set' ? 'sorted(_c, key=repr)' : '_c');
	}

	private descriptors(): void {
		const { random } = this;
		const k = this.name('K');
		this.add(`class _Field:
    def __set_name__(self, owner, name): self.name = name; owner.fields = getattr(owner, 'fields', ()) + (name,)
    def __get__(self, obj, cls=None): return self if obj is None else obj.__dict__.get(self.name, ${this.expressions.of('int', 1)})
    ${random.pick(['def __set__(self, obj, value): obj.__dict__[self.name] = value + 1', 'pass'])}
    def __repr__(self): return f'Field({self.name})'
def _deco(label):
    def wrap(f):
        def inner(*a, **kw): return (label, f(*a, **kw))
        inner.__name__ = f.__name__
        return inner
    return wrap
class _Meta(type):
    def __new__(mcs, name, bases, ns, **kw):
        ns['made'] = sorted(k for k in ns if not k.startswith('__'))
        return super().__new__(mcs, name, bases, ns)
    def __call__(cls, *a): return super().__call__(*a)
    def __getitem__(cls, item): return (cls.__name__, item)
    @property
    def label(cls): return cls.__name__.lower()
class ${k}(metaclass=_Meta):
    a = _Field()
    b = _Field()
    @_deco('outer')
    @_deco('inner')
    def m(self, x=1): return x
    def __init__(self, v=0): self.a = v`);
		this.guarded(
			[`_o = ${k}(${random.below(5)})`],
			random.pick([
				'_o.a, _o.b',
				`${k}.a, ${k}.fields, ${k}.made`,
				'_o.m(), _o.m(x=2), type(_o).m.__name__',
				`${k}['i'], ${k}.label`,
				'sorted(_o.__dict__)',
				`type(${k}).__name__, ${k}.__qualname__, ${k}.__module__`,
				'_o.label',
			]),
		);
	}
}
