import assert from 'node:assert/strict';
import type { Expr, FunctionDef, Stmt } from '../../../../src/python/syntax/ast';
import { docstringOf, type ParsedFunction } from '../../../../src/python/syntax/function-body';
import { parseModule } from '../../../../src/python/syntax/parse';
import { dump } from '../../../differential/syntax/dump';
import { processorSince } from '../../processor';

/** The tree without places. */
const shape = (text: string): string => dump(parseModule(text), text).replace(/@[\d:-]+/g, '');
const only = (text: string): Stmt => parseModule(text).body[0] as Stmt;
const value = (text: string): Expr => {
	const statement = only(text);
	assert.equal(statement.kind, 'Expr');
	return (statement as Extract<Stmt, { kind: 'Expr' }>).value;
};
const constant = (text: string): unknown => {
	const expression = value(text);
	assert.equal(expression.kind, 'Constant', `${text} is ${expression.kind}`);
	return (expression as Extract<Expr, { kind: 'Constant' }>).value;
};

describe('literals', () => {
	const cases: readonly (readonly [string, unknown])[] = [
		['9007199254740991', 9007199254740991],
		['9007199254740992', 9007199254740992n],
		['0x1F_FFFF_FFFF_FFFF_FFFF', 0x1fffffffffffffffffn],
		['1_000', 1000],
		['15.', { type: 'float', value: 15 }],
		['1e400', { type: 'float', value: Number.POSITIVE_INFINITY }],
		['2J', { type: 'complex', imag: 2 }],
		['\'a\\x41\\n\' "b"', 'aA\nb'],
		["r'\\n'", '\\n'],
		["'\\d'", '\\d'],
		["'\\N{EN DASH}\\N{NO SUCH NAME}'", '–\\N{NO SUCH NAME}'],
		["'''a\r\nb'''", 'a\nb'],
		["b'\\xff\\101'", { type: 'bytes', value: new Uint8Array([255, 65]) }],
		['...', { type: 'ellipsis' }],
		['None', null],
	];
	for (const [text, expected] of cases) it(text, () => assert.deepEqual(constant(text), expected));
});

describe('syntax newer than the 3.13 that fixtures are held against', () => {
	it('t-strings (3.14)', () => {
		const template = value("t'a{x!r:>3}b'");
		assert.equal(template.kind, 'TemplateStr');
		assert.equal(
			shape("t'a{x!r:>3}b'"),
			shape("f'a{x!r:>3}b'").replace('JoinedStr', 'TemplateStr').replace('FormattedValue ', 'Interpolation "x"'),
		);
	});
	it('except without parentheses (3.14)', () => {
		assert.equal(shape('try: pass\nexcept A, B: pass'), shape('try: pass\nexcept (A, B): pass'));
	});
	it('lazy imports (3.15), and the name lazy', () => {
		assert.equal(shape('lazy import a.b as c, d'), shape('import a.b as c, d').replace('(Import ', '(Import lazy'));
		assert.equal(
			shape('lazy from ..a import (b as c)'),
			shape('from ..a import (b as c)').replace('(ImportFrom ', '(ImportFrom lazy'),
		);
		assert.match(shape('lazy = lazy.x\nlazy(1)'), /^\[\(Assign .*\(Expr \(Call \(Name "lazy"\)/);
	});
	it('unpacking in comprehensions (3.15)', () => {
		assert.match(shape('[*x for x in y]'), /\(ListComp \(Starred /);
		assert.match(shape('f(*x for x in y)'), /\(Call \(Name "f"\)\[\(GeneratorExp \(Starred /);
		assert.match(shape('{**x for x in y}'), /\(DictComp \(Name "x"\)forfalse/);
	});
});

describe('a function read on demand', () => {
	it('keeps its place, its body and whether it yields', () => {
		const text = '@d\nasync def f(a=1):\n    # nothing yet\n    x = (\n0)\n    yield x  # a comment\n    # more\n\nlast = 1\n';
		const [lazy, last] = parseModule(text).body as [FunctionDef, Stmt];
		assert.equal(text.slice(lazy.start, lazy.end), 'async def f(a=1):\n    # nothing yet\n    x = (\n0)\n    yield x');
		assert.equal(lazy.decorated, 0);
		assert.equal(lazy.nameStart, text.indexOf('f('));
		assert.equal(lazy.body.length, 2);
		assert.equal(lazy.generator, true);
		assert.equal(last.kind, 'Assign');
	});
	it('tells its problems to the module when it is read', () => {
		const module = parseModule('def f():\n    x = = 1\n    y = 2\n');
		assert.equal(module.errors.length, 0);
		assert.equal((module.body[0] as FunctionDef).body.length >= 2, true);
		assert.equal(module.errors.length > 0, true);
		assert.equal(parseModule('def f():\n    x = = 1\n', { whole: true }).errors.length > 0, true);
	});
	it('has its parameters read on demand, where they are simple', () => {
		const headers: readonly (readonly [string, boolean])[] = [
			['f()', true],
			['f(self, *args, **kwargs)', true],
			['f(a, /, b, *, c,\n      d: int) -> None', true],
			['f(a: str | None, b: dict[str, x.Y]) -> list[int]', true],
			['f[T](a: T)', false],
			['f(a=1)', false],
			["f(a: 'str')", false],
			['f(a, class)', false],
			['f(a b)', false],
			['f(a, # why\n    b)', false],
		];
		for (const [header, simple] of headers) {
			const text = `def ${header}:\n    return a\n`;
			const lazy = parseModule(text);
			const [node] = lazy.body as [ParsedFunction];
			assert.equal(node.isSimple, simple, header);
			assert.equal(node.isAnnotated, /: \w|->|: '/.test(header), header);
			const whole = parseModule(text, { whole: true });
			assert.equal(dump(lazy, text), dump(whole, text), header);
			assert.deepEqual(lazy.errors, whole.errors, header);
		}
	});
	it('tells its docstring without being read', () => {
		const docstrings: readonly (readonly [string, string | undefined])[] = [
			["'one'", 'one'],
			['r"""a\\nb""" # more\n    return 1', 'a\\nb'],
			["# first\n\n    'a' \\\n    'b'; x = 1", 'ab'],
			["('in'\n'brackets')", 'inbrackets'],
			["f'{x}'", undefined],
			["b'bytes'", undefined],
			["'a' + 'b'", undefined],
			['(x)', undefined],
			['x', undefined],
		];
		for (const [body, expected] of docstrings) {
			const [node] = parseModule(`def f():\n    ${body}\n`).body as [ParsedFunction];
			assert.equal(node.docstring, expected, body);
			assert.notEqual(node.bodyRange, undefined, 'still unread');
			assert.equal(docstringOf(node.body), expected, body);
		}
	});
});

describe('text that nests or goes on', () => {
	const problems = (text: string): number => parseModule(text, { whole: true }).errors.length;
	it('a sum of 5,000 terms', () => {
		assert.equal(problems(Array(5000).fill('1').join(' + ')), 0);
	});
	it('a call chain of 5,000', () => {
		assert.equal(problems(`a${'.b()'.repeat(5000)}`), 0);
	});
	it('5,000 elifs', () => {
		assert.equal(problems(`if a: pass\n${'elif b: pass\n'.repeat(5000)}`), 0);
	});
	for (const open of [
		'(',
		'[',
		'{',
		'-',
		'not ',
		'lambda: ',
		'~',
		'f(',
		'a[',
		'x if y else ',
		'2**',
		'{1: ',
		"f'{",
		'await ',
		'*',
		'(yield ',
	])
		it(`${open} 100,000 times is bounded and said`, () => {
			const before = process.cpuUsage();
			assert.ok(problems(open.repeat(100_000)) > 0);
			assert.ok(problems(`x = ${open.repeat(100_000)}\n`) > 0);
			assert.ok(processorSince(before) < 5000);
		});
	it('100,000 levels of indentation', () => {
		let text = '';
		for (let level = 0; level < 1000; level++) text += `${' '.repeat(level)}if x:\n`;
		assert.ok(problems(text) > 0);
	});
	it('a pattern 100,000 deep', () => {
		assert.ok(problems(`match x:\n    case ${'['.repeat(100_000)}: pass\n`) > 0);
	});
	it('160 brackets are still Python', () => {
		assert.equal(problems(`${'('.repeat(160)}1${')'.repeat(160)}`), 0);
	});
});

describe('text that is not Python', () => {
	const kinds = (text: string): string[] => parseModule(text).body.map((statement) => statement.kind);
	const cases: readonly (readonly [string, readonly string[]])[] = [
		['', []],
		['\n\n# only\n', []],
		['x = \ny = 2\n', ['Assign', 'Assign']],
		['print "x"\ny = 2\n', ['Expr', 'ErrorStmt', 'Assign']],
		['if x\n    y = 1\nz = 2\n', ['If', 'Assign']],
		['if x:\nz = 2\n', ['If', 'Assign']],
		['def f(:\n    pass\nz = 2\n', ['FunctionDef', 'Assign']],
		['def f(a, b\n    pass\nz = 2\n', ['FunctionDef', 'Assign']],
		['class\nz = 2\n', ['ClassDef', 'Assign']],
		['    x = 1\ny = 2\n', ['Assign', 'Assign']],
		['else:\n    x = 1\ny = 2\n', ['ErrorStmt', 'Assign', 'Assign']],
		['x = (1,\nimport a\n', ['Assign', 'Import']],
		['x = [1,\n\ndef f():\n    return 1\n', ['Assign', 'FunctionDef']],
		['x = "abc\ny = 2\n', ['Assign', 'Assign']],
		['x = 1)\ny = 2\n', ['Assign', 'ErrorStmt', 'Assign']],
		['import\ny = 2\n', ['Import', 'Assign']],
		['from a import\ny = 2\n', ['ImportFrom', 'Assign']],
		['from a import (b,\nc\ny = 2\n', ['ImportFrom', 'Assign']],
		['@\ny = 2\n', ['ErrorStmt', 'Assign']],
		['x = $\ny = ?\nz = 1', ['Assign', 'ErrorStmt', 'Assign', 'ErrorStmt', 'Assign']],
		['\0\x01\x02', ['ErrorStmt']],
	];
	for (const [text, expected] of cases) it(JSON.stringify(text), () => assert.deepEqual(kinds(text), expected));
});
