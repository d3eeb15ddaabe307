import assert from 'node:assert/strict';
import { evaluate } from '../runtime/evaluate';

/** As rpds-py 2026.9.1 answers: jsonschema's registries are kept in these. */
describe('the persistent collections of rpds', () => {
	const installed = { 'rpds/__init__.py': 'from .rpds import *\n' };

	it('are copied where one is added to', () => {
		const text = [
			'from rpds import HashTrieMap, HashTrieSet, List',
			"m = HashTrieMap({'a': 1}, b=2)",
			"more = m.insert('c', 3).update({'a': 4}).remove('b')",
			"r = [list(m.items()), list(more.items()), 'c' in m, more['c'], m.get('z', 0), len(more), HashTrieMap.convert(m) is m]",
			's = HashTrieSet([1, 2]); t = s.insert(3).discard(1)',
			'sets = [sorted(s), sorted(t), 1 in t, len(t), s == HashTrieSet([2, 1])]',
			"l = List(['x', 'y']).push_front('w')",
			'lists = [list(l), list(l.drop_first()), len(l)]',
			'del HashTrieMap, HashTrieSet, List, m, more, s, t, l',
		].join('\n');
		assert.deepEqual(evaluate(text, installed), {
			r: "[[('a', 1), ('b', 2)], [('a', 4), ('c', 3)], False, 3, 0, 2, True]",
			sets: '[[1, 2], [2, 3], False, 2, True]',
			lists: "[['w', 'x', 'y'], ['x', 'y'], 3]",
		});
	});

	it('are there only where they are installed', () => {
		assert.deepEqual(evaluate("try:\n    import rpds\nexcept ImportError:\n    r = 'no rpds'"), { r: "'no rpds'" });
	});
});
