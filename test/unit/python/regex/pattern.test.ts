import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { compilePattern, flag, type RegexPattern } from '../../../../src/python/regex/pattern';
import { Random } from '../../../fuzz/random';

/** [pattern, flags, texts] */
type Case = readonly [string, number, readonly string[]];

const table: readonly Case[] = [
	['^articles/(?P<year>[0-9]{4})/$', 0, ['articles/2003/', 'articles/2003/\n', 'articles/20033/', 'x']],
	['^(?P<pk>[^/.]+)\\.(?P<format>[a-z0-9]+)/?\\Z', 0, ['12.json', '12.json/', '12.json\n', '1.2.json']],
	['(?P<slug>[-a-zA-Z0-9_]+)', 0, ['äöü-abc', '']],
	['\\w+', 0, ['äöü 日本 x_1', 'e\u0301', '²³ Ⅷ']],
	['\\w+', flag.ASCII, ['äöü abc']],
	['\\d+', 0, ['٣٤ 12', '²']],
	['\\s', 0, ['\x1c', '\ufeff', '\xa0', '\u2028', '\x85', '\x0b']],
	['\\bfoo\\b', 0, ['foo', 'äfoo', 'foo bar', 'foo_']],
	['a.c', 0, ['a\rc', 'a\nc', 'a\u2028c', 'a😀c']],
	['a.c', flag.DOTALL, ['a\nc']],
	['^b$', flag.MULTILINE, ['a\nb\nc', 'b', 'b\n']],
	['(^[ \t]*)(?:[^ \t\n])', flag.MULTILINE, ['\n\n  a\n b', '   \n', '', 'ab']],
	['(?:^|,)b', flag.MULTILINE, ['a,b', 'a\nb', 'ab']],
	['^', flag.MULTILINE, ['', 'a\n']],
	['(?:x|[0-9]+)y', 0, ['a12y', 'axy', '1', '😀x😀xy']],
	['(?:x|[0-9]*)y', 0, ['ay', 'a1', '😀y']],
	['(?!a)\\w+', 0, ['aab', 'a', '-é']],
	['a$', 0, ['a', 'a\n', 'a\n\n']],
	['STRASSE|ſ|k', flag.IGNORECASE, ['strasse', 'S', '\u212a']],
	['[a-z]+', flag.IGNORECASE, ['ABCſK', '\u212a']],
	['[^a-c]', flag.IGNORECASE, ['A', 'D']],
	['(?i:ab)c', 0, ['ABc', 'ABC']],
	['(?i)ab(?-i:c)', 0, ['ABc', 'ABC']],
	['(?x) a  b # comment\n c', 0, ['abc', 'a b c']],
	['(?s-i:.)', 0, ['\n']],
	['(a)?b(?(1)c|d)', 0, ['abc', 'bd', 'abd', 'bc']],
	['(a|(b))+', 0, ['ba', 'ab', 'bab']],
	['(a*)*', 0, ['aab', '', 'b']],
	['(a*)+', 0, ['aab', '', 'b']],
	['(?:a|b)*?c', 0, ['ababc', 'c']],
	['(a)|b\\1', 0, ['b', 'ba']],
	['(?P<q>[\'"]).*?(?P=q)', 0, ['"a\'b" c"', "'x'"]],
	['(?<=abc)def', 0, ['abcdef', 'xdef']],
	['(?<!-)\\d', 0, ['-1', '-12']],
	['a*+a', 0, ['aaa']],
	['(?>a+)b', 0, ['aab']],
	['a++b', 0, ['aab']],
	['x{2,3}', 0, ['x', 'xx', 'xxxx']],
	['x{,2}y', 0, ['xxy', 'y']],
	['x{a}', 0, ['x{a}']],
	['[]a]+', 0, [']a']],
	['[^]]+', 0, ['ab]']],
	['[a\\-z]+', 0, ['a-z', 'b']],
	['[\\w.-]+', 0, ['a.b-c/d']],
	['\\x41\\u0042\\101\\0', 0, ['ABA\0']],
	['(?#note)a', 0, ['a']],
	['(a)(b)?', 0, ['a', 'ab']],
	['((a)b)', 0, ['ab']],
	['', 0, ['', 'ab']],
	['\\B', 0, ['ab', 'a']],
	['(?=(a))a', 0, ['a']],
	['(?!a)b|a(?!b)', 0, ['ab', 'b', 'ac']],
	['(^|/)([^/]*)$', 0, ['a/b/c', '']],
	['<(?:(?P<converter>[^>:]+):)?(?P<parameter>[^>]+)>', 0, ['a/<int:pk>/<slug>/', '<a:b:c>']],
	['^a(?=b|$)|\\Ac', 0, ['ab', 'a', 'ac', 'c']],
	['(?:(x)|y)+\\1', 0, ['xyx', 'yy']],
	['[\\d\\s]+', 0, ['1 2\t٣']],
	['(', 0, []],
	[')', 0, []],
	['a**', 0, []],
	['*a', 0, []],
	['[a', 0, []],
	['[z-a]', 0, []],
	['(?P<a>x)(?P<a>y)', 0, []],
	['(?P<1>x)', 0, []],
	['(?P=x)', 0, []],
	['\\2(a)', 0, []],
	['\\q', 0, []],
	['(?<=a+)b', 0, []],
	['a(?i)b', 0, []],
	['x{3,2}', 0, []],
	['\\', 0, []],
	['(?', 0, []],
	['(?z)', 0, []],
	['a\n(', 0, []],
	['(?(2)a|b)', 0, []],
	['\\x4', 0, []],
	['(?P<n', 0, []],
];

const oracle = `
import json, re, sys
out = []
for pattern, flags, texts in json.load(sys.stdin):
    try:
        compiled = re.compile(pattern, flags)
    except re.error as error:
        out.append({'error': str(error)})
        continue
    rows = []
    for text in texts:
        row = {}
        for mode in ('match', 'fullmatch', 'search'):
            m = getattr(compiled, mode)(text)
            row[mode] = None if m is None else [[list(m.span(i)) for i in range(compiled.groups + 1)], m.lastindex, m.lastgroup]
        row['all'] = [list(m.span()) for m in compiled.finditer(text)]
        rows.append(row)
    out.append({'flags': int(compiled.flags), 'groups': compiled.groups, 'names': compiled.groupindex, 'rows': rows})
json.dump([out, sys.version_info[:2]], sys.stdout, default=dict)
`;

function askPython(cases: readonly Case[]): unknown[] | undefined {
	const run = spawnSync('python3', ['-c', oracle], { input: JSON.stringify(cases), encoding: 'utf8', maxBuffer: 1 << 28 });
	if (run.error || run.status !== 0) return undefined;
	const [answers, version] = JSON.parse(run.stdout) as [unknown[], [number, number]];
	return version[0] === 3 && version[1] >= 11 ? answers : undefined;
}

/** Offsets in code points, as Python counts. */
const points = (text: string, offset: number): number => (offset < 0 ? -1 : Array.from(text.slice(0, offset)).length);

function answer([pattern, flags, texts]: Case): unknown {
	const compiled = compilePattern(pattern, flags);
	if ('error' in compiled) return { error: compiled.error };
	return {
		flags: compiled.flags,
		groups: compiled.groups,
		names: Object.fromEntries(compiled.groupIndex),
		rows: texts.map((text) => ({
			...Object.fromEntries((['match', 'fullmatch', 'search'] as const).map((mode) => [mode, one(compiled, text, mode)])),
			all: all(compiled, text),
		})),
	};
}

function one(compiled: RegexPattern, text: string, mode: 'match' | 'fullmatch' | 'search'): unknown {
	const found = compiled.run(text, mode);
	if (found === 'gave up') return found;
	if (!found) return null;
	const spans = Array.from({ length: compiled.groups + 1 }, (_, i) => [
		points(text, found.spans[2 * i] ?? -1),
		points(text, found.spans[2 * i + 1] ?? -1),
	]);
	return [spans, found.lastIndex || null, compiled.lastGroup(found) ?? null];
}

function all(compiled: RegexPattern, text: string): unknown {
	const found = compiled.findAll(text);
	return found === 'gave up' ? found : found.map(({ start, end }) => [points(text, start), points(text, end)]);
}

/** Small patterns made from pieces. */
function generated(count: number): Case[] {
	const numbers = new Random(7);
	const random = (below: number) => numbers.below(below);
	const pieces = ['a', 'b', '.', '[ab]', '[^a]', '\\w', '\\b', '^', '$', '\\1', '(?=a)', '(?!b)', '(?<=a)', '|', '/'];
	const quantifiers = ['', '', '', '*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}', '*+', '{0,1}?'];
	const make = (depth: number): string => {
		let text = '';
		for (let i = random(4) + 1; i > 0; i--) {
			const nested = depth > 0 && random(3) === 0;
			const open = ['(', '(?:', '(?>', '(?i:', '(?P<n>'][random(5)] ?? '(';
			const piece = nested ? `${open}${make(depth - 1)})` : (pieces[random(pieces.length)] ?? 'a');
			text += piece + (quantifiers[random(quantifiers.length)] ?? '');
		}
		return text;
	};
	const texts = ['', 'a', 'ab', 'ba', 'aab/b', 'bbaa', 'A/b\n', 'abab'];
	return Array.from({ length: count }, () => [make(3), random(3) === 0 ? flag.IGNORECASE : 0, texts] as const);
}

/** Wider ones: classes, categories, escapes, conditions, references by name, flags; of texts with letters and digits of all scripts. */
function wide(count: number, seed: number): Case[] {
	const numbers = new Random(seed);
	const random = (below: number) => numbers.below(below);
	const of = <T>(list: readonly T[], otherwise: T): T => list[random(list.length)] ?? otherwise;
	const letters = [
		'a',
		'K',
		's',
		'é',
		'ß',
		'ſ',
		'İ',
		'ı',
		'µ',
		'Σ',
		'ς',
		'ǅ',
		'٣',
		'7',
		'²',
		'-',
		'_',
		'.',
		'/',
		' ',
		'\n',
		'\r',
		'😀',
		'日',
		'\0',
	];
	const escaped = (char: string) => (/[.\-/ ]/.test(char) ? `\\${char}` : char);
	const categories = ['\\d', '\\D', '\\w', '\\W', '\\s', '\\S'];
	const member = (): string => {
		const kind = random(6);
		if (kind === 0) return of(categories, '\\d');
		if (kind === 1) return of(['a-z', 'A-Z', '0-9', 'à-þ', 'α-ω', '\\x00-\\x1f', '\\u0370-\\u03ff', '😀-😎'], 'a-z');
		return escaped(of(letters, 'a'));
	};
	const set = (): string => `[${random(3) === 0 ? '^' : ''}${Array.from({ length: 1 + random(3) }, member).join('')}]`;
	const others = [
		'.',
		'^',
		'$',
		'\\A',
		'\\Z',
		'\\b',
		'\\B',
		'\\1',
		'\\2',
		'(?P=n)',
		'(?(1)a|7)',
		'(?(n)-|_)',
		'|',
		'\\t',
		'\\x41',
		'\\u00e9',
	];
	const quantifiers = [
		'',
		'',
		'',
		'',
		'*',
		'+',
		'?',
		'*?',
		'+?',
		'??',
		'{2}',
		'{1,2}',
		'{,2}',
		'{1,}?',
		'*+',
		'++',
		'?+',
		'{0,2}+',
	];
	const opens = [
		'(',
		'(',
		'(?:',
		'(?>',
		'(?i:',
		'(?-i:',
		'(?s:',
		'(?m:',
		'(?a:',
		'(?x: ',
		'(?P<n>',
		'(?=',
		'(?!',
		'(?<=',
		'(?<!',
	];
	const atom = (depth: number): string => {
		const kind = random(8);
		if (depth > 0 && kind < 3) return `${of(opens, '(')}${sequence(depth - 1)})`;
		if (kind === 3) return set();
		if (kind === 4) return of(categories, '\\w');
		return kind === 5 ? of(others, '.') : escaped(of(letters, 'a'));
	};
	const sequence = (depth: number): string =>
		Array.from({ length: 1 + random(3) }, () => atom(depth) + of(quantifiers, '')).join('');
	// Of an empty text versions of Python differ: since 3.14 `\B` matches there.
	const text = (): string => Array.from({ length: 1 + random(6) }, () => of(letters, 'a')).join('');
	const flags = [0, 0, 0, flag.IGNORECASE, flag.MULTILINE, flag.DOTALL, flag.ASCII, flag.IGNORECASE | flag.ASCII, flag.VERBOSE];
	return Array.from({ length: count }, () => [sequence(3), of(flags, 0), Array.from({ length: 6 }, text)] as const);
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, one]) => [key, sorted(one)]),
	);
}

describe('regular expressions', () => {
	it('behave as CPython says, written and generated', function () {
		const cases = [...table, ...generated(3000), ...wide(3000, 1)];
		const expected = askPython(cases);
		if (!expected) this.skip();
		const wrong = cases.flatMap((one, index) => {
			const [ours, theirs] = [JSON.stringify(sorted(answer(one))), JSON.stringify(sorted(expected[index]))];
			return ours === theirs ? [] : [`${JSON.stringify(one)}\n  ours   ${ours}\n  theirs ${theirs}`];
		});
		assert.deepEqual(wrong.slice(0, 20), [], `${wrong.length} of ${cases.length} differ`);
	});

	it('stop a search that runs away', () => {
		const compiled = compilePattern('^(a+)+$');
		assert.ok(!('error' in compiled));
		assert.equal(compiled.run(`${'a'.repeat(40)}b`, 'match'), 'gave up');
	});

	it('tell what they cannot read', () => {
		const compiled = compilePattern('\\N{BULLET}');
		assert.ok('error' in compiled);
		assert.equal(compiled.kind, 'unsupported');
	});
});
