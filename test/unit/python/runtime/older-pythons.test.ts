import assert from 'node:assert/strict';
import { compilePattern, RegexPattern } from '../../../../src/python/regex/pattern';
import { evaluate } from './evaluate';

const aliases = `
def __getattr__(name):
    if name == 'Mapping':
        import _collections_abc
        return _collections_abc.Mapping
    raise AttributeError(name)
`;

describe('older Pythons', () => {
	const files = { 'collections/__init__.py': aliases, '_collections_abc.py': '' };
	const options = { standardFolders: ['/lib'], version: [3, 8, 18] } as const;

	it('a module that is native in part answers by the __getattr__ of its source', () => {
		const found = evaluate('from collections import Mapping\na = Mapping.__name__, issubclass(dict, Mapping)', files, options);
		assert.equal(found['a'], "('Mapping', True)");
	});

	it('what that refuses is missing', () => {
		assert.match(
			evaluate('from collections import Nothing\na = Nothing', files, options)['raised'] ?? '',
			/^ImportError: cannot import name 'Nothing'/,
		);
	});

	it("a pattern's flags may stand anywhere before Python 3.11, and mean all of it", () => {
		const text = "import re\na = re.match('^AB/(?i)c$', 'ab/C') is not None";
		assert.equal(evaluate(text, {}, options)['a'], 'True');
		assert.match(evaluate(text, {}, { version: [3, 11, 0] })['raised'] ?? '', /^error: global flags not at the start/);
		assert.ok(compilePattern('a(?s).', 0, { lateFlags: true }) instanceof RegexPattern);
		assert.ok(!(compilePattern('a(?s).') instanceof RegexPattern));
	});

	it('locals() of a comprehension are those of a function of its own before Python 3.12', () => {
		const text = `
y = 5
a = ['^%(x)s$' % locals() for x in ['b', 'c']], [sorted({'x', 'y'} & set(vars())) for x in [1]]
def f(u, v): return [u and sorted({'u', 'v', 'x', 'z'} & set(locals())) for z in 'd' for x in z]
b = f(1, 2), [[sorted({'x', 'y', 'z'} & set(locals())) for z in [0]][0] for x in [1]]
class A: c = [sorted({'m', 'x'} & set(locals())) for m in [1]]
c = A.c
`;
		const on = (minor: number) => {
			const { a, b, c } = evaluate(text, {}, { version: [3, minor, 0] });
			return [a, b, c];
		};
		assert.deepEqual(on(11), ["(['^b$', '^c$'], [['x']])", "([['u', 'x', 'z']], [['z']])", "[['m']]"]);
		assert.deepEqual(on(12), ["(['^b$', '^c$'], [['x', 'y']])", "([['u', 'v', 'x', 'z']], [['x', 'y', 'z']])", "[['m']]"]);
		assert.deepEqual(on(13), ["(['^b$', '^c$'], [['x']])", "([['u', 'v', 'x', 'z']], [['x', 'z']])", "[['m']]"]);
	});
});
