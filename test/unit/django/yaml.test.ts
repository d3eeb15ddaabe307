import assert from 'node:assert/strict';
import { summaries } from '../../../src/django/summaries';
import { evaluate } from '../python/runtime/evaluate';

/** As much of PyYAML as says what was left to it. */
const yaml = {
	'yaml/__init__.py': [
		'from .loader import *',
		'def load(stream, Loader): return ("PyYAML", stream, Loader.__name__)',
		'def safe_load(stream): return load(stream, SafeLoader)',
	].join('\n'),
	'yaml/constructor.py': [
		'class SafeConstructor:',
		'    yaml_constructors = {}',
		'    def construct(self, node): pass',
		'for name in "map seq str int float bool null".split():',
		'    SafeConstructor.yaml_constructors["tag:yaml.org,2002:" + name] = SafeConstructor.construct',
	].join('\n'),
	'yaml/loader.py':
		'from .constructor import SafeConstructor\nclass SafeLoader(SafeConstructor): pass\nclass FullLoader(SafeConstructor): pass\n',
	'open.py': 'class File:\n    def __init__(self, text): self.text = text\n    def read(self): return self.text\n',
};
const run = (text: string) => evaluate(`import yaml\n${text}`, yaml, { summaries: summaries(() => false) })['r'];
const load = (text: string) => run(`r = yaml.safe_load(${JSON.stringify(text)})`);
const isLeft = (text: string) => assert.match(load(text) ?? '', /^\('PyYAML'/, text);

describe('a document of YAML', () => {
	it('is read as PyYAML reads it', () => {
		const documents: readonly (readonly [string, string])[] = [
			['', 'None'],
			['# nothing\n', 'None'],
			['---\na: 1\n', "{'a': 1}"],
			[
				'a: yes\nb: Off\nc: ~\nd:\ne: null # none\nf: nullable',
				"{'a': True, 'b': False, 'c': None, 'd': None, 'e': None, 'f': 'nullable'}",
			],
			['[1, -2, 3.50, x1, 0,]', "[1, -2, 3.5, 'x1', 0]"],
			['a:\n- 1\n- b: 2\n  c: 3\n-\n  - x\nd: e', "{'a': [1, {'b': 2, 'c': 3}, ['x']], 'd': 'e'}"],
			['- - 1\n  - 2\n- {a: [1, "x"], "b":2, c: \'it\'\'s\'}\n', "[[1, 2], {'a': [1, 'x'], 'b': 2, 'c': \"it's\"}]"],
			['a: one\n  two\n\n  three # end\nb: c#d e:f', "{'a': 'one two\\nthree', 'b': 'c#d e:f'}"],
			['a: "\\u00e9\\n\\"x\\x41"\n"b c": 1\n2: 3\n', "{'a': 'é\\n\"xA', 'b c': 1, 2: 3}"],
			[
				'a: |\n  x\n    y\n\n  z\n\nb: |-\n  x\nc: |+\n  x\n\nd: 1',
				"{'a': 'x\\n  y\\n\\nz\\n', 'b': 'x', 'c': 'x\\n\\n', 'd': 1}",
			],
			['a: >\n  x\n  y\n\n  z\n   more\n  end\n', "{'a': 'x y\\nz\\n more\\nend\\n'}"],
			['- |2\n   x\n- |\n  x', "[' x\\n', 'x']"],
			['a: 1\nb: 2\na: 3\n', "{'a': 3, 'b': 2}"],
			['{"flags": {"x": [true, null, "a:b"]},\n "n": 0}', "{'flags': {'x': [True, None, 'a:b']}, 'n': 0}"],
			['key with spaces : v\n', "{'key with spaces': 'v'}"],
		];
		for (const [text, value] of documents) assert.equal(load(text), value, text);
	});

	it('is read where the stream is named as well', () => {
		const named = 'yaml.load(Loader=yaml.SafeLoader, stream=';
		assert.equal(run(`from open import File\nr = ${named}"a: 1"), ${named}File("b: 2"))`), "({'a': 1}, {'b': 2})");
	});

	it('is left to PyYAML where it has unusual forms, or is wrong', () => {
		const numbers = ['1_000', '0x1f', '010', '1:30', '1e3', '.5', '+1', '.inf', '2001-12-14', '9007199254740993'];
		for (const text of numbers) isLeft(`a: ${text}`);
		const forms = [
			'a: &x 1\nb: *x',
			'<<: {a: 1}',
			'!!str 1',
			'a: !x y',
			'? a\n: b',
			'%YAML 1.1\n---\na: 1',
			'a: 1\n---\nb: 2',
			'--- a',
			'---',
		];
		for (const text of forms) isLeft(text);
		const wrong = [
			'a: b: c',
			'a: 1\n b: 2',
			'a:\n  b: 1\n c: 2',
			'[1, 2',
			'{a, b}',
			'[a: b]',
			'a: "x',
			'a: "x" y',
			'a: @x',
			'- a\nb: 1',
			'a:\t1',
			'a\nb: 1',
		];
		for (const text of wrong) isLeft(text);
		isLeft('a: "one\n  two"');
		isLeft('a: "\\ud83d\\ude00"');
		isLeft('a: 😀');
	});

	it('may stand in a file', () => {
		assert.equal(run('from open import File\nr = yaml.load(File("a: [1]"), Loader=yaml.FullLoader)'), "{'a': [1]}");
		assert.equal(
			run('from open import File\nr = yaml.load(File("a: *x"), yaml.SafeLoader)'),
			"('PyYAML', 'a: *x', 'SafeLoader')",
		);
		assert.equal(
			run('from open import File\nr = yaml.load(File(b"a: 1"), yaml.SafeLoader)'),
			"('PyYAML', b'a: 1', 'SafeLoader')",
		);
	});

	it("is left to a loader of somebody's own, and to one that somebody has added to", () => {
		assert.equal(run('class Own(yaml.SafeLoader): pass\nr = yaml.load("a: 1", Own)'), "('PyYAML', 'a: 1', 'Own')");
		const added = 'yaml.SafeLoader.yaml_implicit_resolvers = {}\nr = yaml.load("a: 1", yaml.SafeLoader)';
		assert.equal(run(added), "('PyYAML', 'a: 1', 'SafeLoader')");
		const ordered = 'yaml.SafeLoader.yaml_constructors["tag:yaml.org,2002:map"] = lambda *args: 1\nr = yaml.safe_load("a: 1")';
		assert.equal(run(ordered), "('PyYAML', 'a: 1', 'SafeLoader')");
	});
});
