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
});
