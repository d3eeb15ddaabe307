import type { Random } from '../../fuzz/random';

/** What an expression comes to, unless it raises. */
export type Type = 'int' | 'float' | 'bool' | 'str' | 'list' | 'tuple' | 'dict' | 'set' | 'bytes';
export const types: readonly Type[] = [
	'int',
	'int',
	'str',
	'str',
	'str',
	'list',
	'list',
	'dict',
	'dict',
	'tuple',
	'set',
	'float',
	'bool',
	'bytes',
];

/** Those whose repr doesn't depend on hashing. */
export const ordered = types.filter((type) => type !== 'set');

/** Makes typed expressions over the built-in types. */
export class Expressions {
	constructor(private readonly random: Random) {}

	/** An expression of that type, `depth` operators deep at the most. It may raise. */
	of(type: Type, depth: number): string {
		const { random } = this;
		if (depth <= 0 || random.chance(0.15)) return this.literal(type);
		const e = (of: Type): string => this.of(of, depth - 1);
		const any = (): string => this.of(random.pick(ordered), depth - 1);
		const key = (): string => random.pick(["'a'", "'b'", '1', e('str'), e('int')]);
		if (random.chance(0.08)) return `(${e(type)} if ${e('bool')} else ${e(type)})`;
		switch (type) {
			case 'int':
				return random.pick([
					() => `(${e('int')} ${random.pick(['+', '-', '*', '//', '%', '&', '|', '^'])} ${e('int')})`,
					() => `(${e('int')} ** ${random.below(5)})`,
					() => `(${e('int')} ${random.pick(['<<', '>>'])} ${random.below(70)})`,
					() => `-${e('int')}`,
					() => `(~${e('int')})`,
					() => `len(${e(random.pick(['str', 'list', 'dict', 'tuple', 'set', 'bytes'] as const))})`,
					() =>
						`int(${random.pick([e('float'), `str(${e('int')})`, e('str'), e('bool'), `'${random.pick(['0x1f', 'ff', '0b11', '1_0', ' 7 '])}', ${random.pick(['16', '0', '36'])}`])})`,
					() => `sum(${e('list')})`,
					() => `${e('str')}.${random.pick(['find', 'count', 'index', 'rfind'])}(${e('str')})`,
					() => `${random.pick(['max', 'min'])}(${e('int')}, ${e('int')})`,
					() => `abs(${e('int')})`,
					() => `round(${e('float')})`,
					() => `divmod(${e('int')}, ${e('int')})[${random.below(2)}]`,
					() => `pow(${e('int')}, ${random.below(9)}, ${1 + random.below(20)})`,
					() => `ord(${e('str')}[0])`,
					() => `${e('list')}.${random.pick(['index', 'count'])}(${any()})`,
					() => `(${e('int')}).bit_length()`,
					() => `hash(${e('int')})`,
				])();
			case 'float':
				return random.pick([
					() =>
						`(${e('float')} ${random.pick(['+', '-', '*', '/', '//', '%', '**'])} ${random.chance(0.5) ? e('float') : e('int')})`,
					() => `(${e('int')} / ${e('int')})`,
					() => `float(${random.pick([e('int'), "'1e3'", "' -2.5 '", "'nan'", "'inf'", e('str')])})`,
					() => `round(${e('float')}, ${random.below(4) - 1})`,
					() => `abs(${e('float')})`,
					() => `${random.pick(['max', 'min'])}(${e('float')}, ${e('int')})`,
				])();
			case 'bool':
				return random.pick([
					() =>
						`(${e('int')} ${random.pick(['<', '<=', '==', '!=', '>', '>='])} ${e(random.pick(['int', 'float', 'bool'] as const))})`,
					() => `(${e('str')} ${random.pick(['<', '==', 'in', 'not in'])} ${e('str')})`,
					() => `(${any()} == ${any()})`,
					() => `(${any()} ${random.pick(['in', 'not in'])} ${e(random.pick(['list', 'tuple', 'dict', 'set'] as const))})`,
					() => `(${e('int')} < ${e('int')} <= ${e('int')})`,
					() => `(not ${any()})`,
					() => `bool(${any()})`,
					() => `${random.pick(['any', 'all'])}(${e('list')})`,
					() => `isinstance(${any()}, ${random.pick(['int', 'str', '(list, tuple)', 'bool', 'object', 'float', 'int | None'])})`,
					() =>
						`${e('str')}.${random.pick(['startswith', 'endswith'])}(${random.chance(0.3) ? `(${e('str')}, ${e('str')})` : e('str')})`,
					() =>
						`${e('str')}.${random.pick(['isdigit', 'isalpha', 'isupper', 'islower', 'isidentifier', 'isspace', 'isalnum', 'istitle'])}()`,
					() => `(${e('set')} ${random.pick(['<=', '<', '>=', '=='])} ${e('set')})`,
					() => `(${e('list')} ${random.pick(['<', '<=', '=='])} ${e('list')})`,
				])();
			case 'str':
				return random.pick([
					() => `(${e('str')} + ${e('str')})`,
					() => `(${e('str')} * ${random.below(4)})`,
					() => `${e('str')}[${this.slice(depth)}]`,
					() => `${random.pick(['str', 'repr', 'ascii'])}(${any()})`,
					() =>
						`${e('str')}.${random.pick(['upper', 'lower', 'title', 'capitalize', 'swapcase', 'strip', 'lstrip', 'rstrip', 'casefold'])}()`,
					() => `${e('str')}.${random.pick(['strip', 'lstrip', 'rstrip', 'removeprefix', 'removesuffix'])}(${e('str')})`,
					() => `${e('str')}.replace(${e('str')}, ${e('str')}${random.chance(0.3) ? ', 1' : ''})`,
					() => `${e('str')}.join(map(str, ${e(random.pick(['list', 'tuple', 'dict', 'str'] as const))}))`,
					() => `${e('str')}.${random.pick(['center', 'ljust', 'rjust', 'zfill'])}(${random.below(12)})`,
					() =>
						`f'${random.pick(['', 'x', '{{'])}{(${any().replaceAll("'", '"').replaceAll('\\', '')})${random.pick(['', '!r', '!s', '!a'])}}'`,
					() => `f'{${this.plain('int')}:${this.numberSpec()}}'`,
					() => `f'{${this.plain('float')}:${this.floatSpec()}}'`,
					() => `format(${e('int')}, '${this.numberSpec()}')`,
					() => `format(${e('str')}, '${random.pick(['', '>10', '<7', '^9', '*^9', '.2', '10.3', 's', 'd'])}')`,
					() => `format(${e('float')}, '${this.floatSpec()}')`,
					() => `('${random.pick(['%s', '%r', '%5s|', '%-5s|', '%.2s', '%a'])}' % (${any()},))`,
					() => `('${random.pick(['%d', '%5d', '%05d', '%+d', '%x', '%#o', '%c', '%i'])}' % ${e('int')})`,
					() => `('${random.pick(['%f', '%.2f', '%8.3f', '%e', '%g', '%.0f', '%+.1f'])}' % ${e('float')})`,
					() => `('%(a)s and %(b)r' % ${e('dict')})`,
					() => `'{} {}'.format(${any()}, ${any()})`,
					() => `'{0!r:>8} {1[0]} {k.real}'.format(${e('str')}, ${e('list')}, k=${e('int')})`,
					() => `chr(${32 + random.below(200)})`,
					() => `${random.pick(['hex', 'oct', 'bin'])}(${e('int')})`,
					() => `${e('bytes')}.decode(${random.pick(['', "'latin-1'", "'ascii', 'replace'", "'utf-8', 'ignore'"])})`,
					() => `max(${e('str')}, ${e('str')}, key=len)`,
					() => `${e('str')}.translate({97: 'X', 98: None})`,
					() => `${e('str')}.expandtabs(4)`,
				])();
			case 'bytes':
				return random.pick([
					() => `(${e('bytes')} + ${e('bytes')})`,
					() => `${e('str')}.encode(${random.pick(['', "'utf-8'", "'latin-1'", "'ascii', 'ignore'"])})`,
					() => `${e('bytes')}[${random.pick([':2', '1:', '::-1'])}]`,
					() => `bytes(${random.pick([String(random.below(4)), '[1, 65, 200]', 'range(3)'])})`,
					() => `${e('bytes')}.${random.pick(['upper()', 'hex().encode()', 'strip()', "replace(b'a', b'zz')"])}`,
				])();
			case 'list':
				return random.pick([
					() => `(${e('list')} + ${e('list')})`,
					() => `(${e('list')} * ${random.below(3)})`,
					() => `${e('list')}[${this.slice(depth)}]`,
					() => `list(${e(random.pick(['str', 'tuple', 'dict', 'list', 'bytes'] as const))})`,
					() =>
						`sorted(${e(random.pick(['list', 'str', 'tuple', 'set'] as const))}${random.pick(['', ', key=str', ', key=repr, reverse=True', ', reverse=True'])})`,
					() =>
						`${e('str')}.${random.pick(['split()', "split('a')", "split(',', 1)", 'splitlines()', "rsplit('b', 1)", "partition('a')", "rpartition('b')", 'splitlines(True)'])}`,
					() =>
						`[_x ${random.pick(['', '* 2 ', 'in "abc" '])}for _x in ${e(random.pick(['list', 'str', 'tuple'] as const))}${random.pick(['', ' if _x', ' if not _x'])}]`,
					() => `[(_i, _j) for _i in ${e('str')} for _j in range(${random.below(3)}) if _i != 'a']`,
					() =>
						`list(range(${e('int')} % 10${random.chance(0.5) ? `, ${e('int')} % 20, ${random.pick(['1', '2', '-1', '-3'])}` : ''}))`,
					() => `list(zip(${e('list')}, ${e('str')}${random.chance(0.2) ? ', strict=True' : ''}))`,
					() => `list(enumerate(${e('str')}, ${random.below(3)}))`,
					() => `list(map(lambda _x: ${random.pick(['_x', '(_x, _x)', 'str(_x)', 'len(_x)'])}, ${e('list')}))`,
					() => `list(filter(${random.pick(['None', 'lambda _x: _x', 'str'])}, ${e('list')}))`,
					() => `list(reversed(${e('list')}))`,
					() => `list(${e('dict')}.${random.pick(['items', 'keys', 'values'])}())`,
					() => `[${any()}, ${any()}]`,
				])();
			case 'tuple':
				return random.pick([
					() => `(${e('tuple')} + ${e('tuple')})`,
					() => `tuple(${e(random.pick(['list', 'str'] as const))})`,
					() => `${e('tuple')}[${this.slice(depth)}]`,
					() => `(${any()}, ${any()})`,
					() => `divmod(${e('int')}, ${e('int')})`,
					() => `${e('str')}.partition(${e('str')})`,
					() => `tuple(_x for _x in ${e('list')} if _x)`,
				])();
			case 'dict':
				return random.pick([
					() => `{${key()}: ${any()}, ${key()}: ${any()}}`,
					() => `{**${e('dict')}, ${key()}: ${any()}}`,
					() => `(${e('dict')} | ${e('dict')})`,
					() => `{_k: ${random.pick(['_v', '_k', '(_v,)'])} for _k, _v in ${e('dict')}.items()}`,
					() => `dict(zip(${e('str')}, ${e('list')}))`,
					() => `dict(a=${any()}, **${e('dict')})`,
					() => `dict.fromkeys(${e('str')}, ${e('int')})`,
					() => `{'got': ${e('dict')}.get(${key()}${random.chance(0.5) ? `, ${any()}` : ''})}`,
					() => `{'item': ${e('dict')}[${key()}]}`,
				])();
			case 'set':
				return random.pick([
					() => `(${e('set')} ${random.pick(['|', '&', '-', '^'])} ${e('set')})`,
					() => `set(${e(random.pick(['str', 'list', 'tuple'] as const))})`,
					() => `{_x for _x in ${e('str')} if _x > 'a'}`,
				])();
		}
	}

	/** An expression without quotes and braces, fit for an f-string's inside. */
	private plain(type: 'int' | 'float'): string {
		const { random } = this;
		return type === 'int'
			? `${random.below(3000) - 500}`
			: `${((random.next() - 0.3) * 10 ** (random.below(12) - 4)).toString().replace('e+', 'e')}`;
	}

	private numberSpec(): string {
		return this.random.pick([
			'',
			'd',
			'5',
			'05',
			'<6',
			'>6d',
			'^7',
			'+',
			'+d',
			' d',
			'x',
			'#x',
			'#010x',
			'X',
			'b',
			'#b',
			'o',
			',',
			'_',
			'10,',
			'_x',
			'e',
			'.2f',
			'%',
			'n',
			'c',
			'*>8',
			'=+7',
			'08.2f',
			's',
		]);
	}

	private floatSpec(): string {
		return this.random.pick([
			'',
			'.2f',
			'.0f',
			'8.3f',
			'08.3f',
			'+.1f',
			'e',
			'.3e',
			'g',
			'.3g',
			'G',
			'%',
			'.1%',
			',.2f',
			'_.1f',
			'>12',
			'<10.2f',
			'^12.1f',
			'.3',
			'#.0f',
			'n',
			'E',
			'd',
		]);
	}

	private slice(depth: number): string {
		const { random } = this;
		const bound = (): string =>
			random.chance(0.3) ? '' : random.chance(0.8) ? String(random.below(9) - 4) : this.of('int', Math.min(1, depth - 1));
		return random
			.pick([
				() => `${random.below(6) - 3}`,
				() => `${bound()}:${bound()}`,
				() => `${bound()}:${bound()}:${random.pick(['1', '2', '-1', '-2', ''])}`,
			])()
			.replace(/^(-?\d+)$/, '$1:');
	}

	private literal(type: Type): string {
		const { random } = this;
		const atom = (): string => this.literal(random.pick(['int', 'str', 'int', 'str', 'bool', 'float'] as const));
		switch (type) {
			case 'int':
				return String(random.pick([0, 1, 2, 3, 7, 10, -1, -5, 255, 1000, 65537, '10**18', '(2**70)', '(-3**40)']));
			case 'float':
				return random.pick([
					'0.0',
					'1.5',
					'-2.25',
					'3.14159',
					'1e10',
					'1e-7',
					'123456.789',
					'0.1',
					'1e22',
					'-0.0',
					'2.0',
					'1e16',
					'5e-324',
				]);
			case 'bool':
				return random.pick(['True', 'False']);
			case 'str':
				return random.pick([
					"''",
					"'a'",
					"'abc'",
					"'Hello World'",
					"'b,a,c'",
					"'  pad\\t'",
					'"it\'s"',
					"'\\n'",
					"'äöü'",
					"'日本'",
					"'123'",
					"'x' 'y'",
					"'A\\x00\\\\'",
					"'😀'",
					"'aXbXa'",
				]);
			case 'bytes':
				return random.pick(["b''", "b'abc'", "b'\\xff\\x00'", "b'a b'"]);
			case 'list':
				return random.pick([
					() => '[]',
					() => `[${atom()}]`,
					() => `[${atom()}, ${atom()}, ${atom()}]`,
					() => '[3, 1, 2]',
					() => `[[${atom()}], ${atom()}]`,
					() => "['b', 'a']",
					() => '[None, True, 0]',
				])();
			case 'tuple':
				return random.pick([() => '()', () => `(${atom()},)`, () => `(${atom()}, ${atom()})`, () => '(1, (2, 3))'])();
			case 'dict':
				return random.pick([
					() => '{}',
					() => `{'a': ${atom()}}`,
					() => `{'a': ${atom()}, 'b': ${atom()}, 1: ${atom()}}`,
					() => '{1: 2, True: 3}',
					() => "{'b': [1], 'a': {'c': 2}}",
				])();
			case 'set':
				return random.pick(['set()', '{1}', "{'a'}", '{2}', 'frozenset([1])']);
		}
	}
}
