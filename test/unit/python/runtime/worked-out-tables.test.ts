import assert from 'node:assert/strict';
import { defaultLimits } from '../../../../src/python/runtime/budget';
import { evaluate } from './evaluate';

const files = {
	'site-packages/string.py': 'digits = "0123456789"\npunctuation = "!."',
	'site-packages/marks.py': [
		'import sys',
		'from string import punctuation',
		'from unicodedata import category',
		'import string',
		'letters = (chr(i) for i in range(70))',
		'marks = set.union({"a"}, {c for c in letters if category(c).startswith("P")})',
		'names = ["x", "y"]',
		'listed = [name for name in names]',
		'names.append("z")',
		'count = 3',
		'squares = {i: i * i for i in range(count)}',
		'own = [ord(c) for c in "ab"]',
		'late = [hex(c) for c in (1, 2)]',
		'codes = (oct(i) for i in range(2))',
		'octal = {c for c in codes}',
		'def hex(c): return "late"',
		'def oct(c): return "late"',
		'digits = [int(d) for d in string.digits if d > "7"]',
		'try:',
		'    guarded = [int(d) for d in "1a"]',
		'except ValueError:',
		'    guarded = None',
	].join('\n'),
	'site-packages/html/__init__.py': '',
	'site-packages/html/entities.py': 'import log\nlog.seen.append("html")\nhtml5 = {"lt;": "<"}',
	'site-packages/log.py': 'seen = []',
	'site-packages/markup.py': 'import html.entities\nnames = {k.rstrip(";"): v for k, v in html.entities.html5.items()}',
	'own.py': 'squares = [i * i for i in range(3)]',
};
const run = (text: string) => {
	const { r, ...rest } = evaluate(text, files, { sysPath: ['/lib', '/lib/site-packages'], projectRoots: ['/lib'] });
	assert.deepEqual(rest, {});
	return r;
};
/** What has been worked out of these names, once the module has run. */
const ask = (expression: string) => run(`import marks\nr = ${expression}\ndel marks`);

describe('tables that a library works out', () => {
	it('are what they would have been at their place', () => {
		assert.equal(
			ask('[sorted(marks.marks)[:3], marks.squares, marks.own, marks.digits]'),
			"[['!', '\"', '#'], {0: 0, 1: 1, 2: 4}, [97, 98], [8, 9]]",
		);
		assert.equal(ask('[marks.listed, marks.names]'), "[['x', 'y'], ['x', 'y', 'z']]");
		assert.equal(ask('[marks.late, sorted(marks.octal), marks.hex(1)]'), "[['0x1', '0x2'], ['0o0', '0o1'], 'late']");
		assert.equal(ask('marks.guarded'), 'None');
	});

	it('wait with what they are made of', () => {
		assert.equal(ask('[next(marks.letters, "all gone"), len(marks.marks)]'), "['all gone', 18]");
		assert.equal(ask('[len(marks.marks), next(marks.letters, "all gone")]'), "[18, 'all gone']");
	});

	it('take no steps before they are asked for, whether or not the modules that they need have run', () => {
		const module =
			'import sys\nevery = (chr(i) for i in range(sys.maxunicode + 1))\nblank = {c for c in every if c.isspace()}\nother = 1';
		for (const before of ['', 'sys.maxunicode\n'])
			assert.deepEqual(
				evaluate(
					`import sys, blanks\n${before}r = blanks.other\ndel sys, blanks`,
					{ 'site-packages/blanks.py': module },
					{ sysPath: ['/lib', '/lib/site-packages'], projectRoots: ['/lib'], limits: { ...defaultLimits, steps: 20_000 } },
				),
				{ r: '1' },
			);
	});

	it('wait with modules that hold no more than tables', () => {
		assert.equal(
			run('import log, markup\nr = [list(log.seen), markup.names, log.seen]\ndel log, markup'),
			"[[], {'lt': '<'}, ['html']]",
		);
	});

	it('are made once', () => {
		assert.equal(ask('marks.own is marks.own'), 'True');
		assert.equal(run('import own\nr = own.squares\ndel own'), '[0, 1, 4]');
	});
});
