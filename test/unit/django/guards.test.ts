import assert from 'node:assert/strict';
import { conditionText } from '../../../src/django/conditions';
import { guarded, loops } from '../../../src/django/guards';
import { makeSource } from '../../../src/python/runtime/source';
import { parseModule } from '../../../src/python/syntax/parse';

/** `name: what it stands under` of each statement that is a name alone. */
function conditions(text: string): string[] {
	const source = makeSource('/p/a.py', text);
	return [...guarded(parseModule(text).body)].flatMap((one) => {
		const { statement, guards } = one;
		if (statement.kind !== 'Expr' || statement.value.kind !== 'Name') return [];
		const mark = loops(one) ? ' (perhaps)' : '';
		return [`${statement.value.id}: ${conditionText(guards, source)}${mark}`];
	});
}

describe('what statements stand under', () => {
	it('is the answer of each test around them', () => {
		assert.deepEqual(conditions('a\nif x:\n  b\n  if not y:\n    c\nelif z == 1:\n  d\nelse:\n  e\n'), [
			'a: ',
			'b: x',
			'c: x and not y',
			'd: not (x) and z == 1',
			'e: not (x) and not (z == 1)',
		]);
	});

	it('is the other answer behind a branch that leaves the function or the round', () => {
		for (const leave of ['return', 'raise X', 'continue', 'break', 'if y:\n    return\n  else:\n    raise X'])
			assert.deepEqual(conditions(`if x:\n  ${leave}\na\n`), ['a: not (x)'], leave);
		assert.deepEqual(conditions('if x:\n  a\nelse:\n  return\nb\n'), ['a: x', 'b: x']);
		assert.deepEqual(conditions('if x:\n  if y:\n    return\na\n'), ['a: ']);
	});

	it('is a round of a loop, and its end where a break may leave it before', () => {
		assert.deepEqual(conditions('for i in x:\n  a\nelse:\n  b\nwhile y:\n  c\nelse:\n  d\n'), [
			'a: there is an item in x (perhaps)',
			'b: ',
			'c: y (perhaps)',
			'd: ',
		]);
		assert.deepEqual(conditions('for i in x:\n  if i:\n    break\n  a\nelse:\n  b\n'), [
			'a: there is an item in x and not (i) (perhaps)',
			'b: no break in the loop over x (perhaps)',
		]);
		assert.deepEqual(conditions('while x:\n  for i in y:\n    break\nelse:\n  a\n'), ['a: ']);
		assert.deepEqual(
			conditions('while x:\n  for i in y:\n    z\n  else:\n    break\nelse:\n  a\n').at(-1),
			'a: no break in the loop while x (perhaps)',
		);
	});

	it('is how far a try gets, and which case a match takes; nothing in a with', () => {
		assert.deepEqual(conditions('try:\n  a\nexcept E:\n  b\nexcept:\n  c\nelse:\n  d\nfinally:\n  e\n'), [
			'a: no E, exception (perhaps)',
			'b: E (perhaps)',
			'c: an exception (perhaps)',
			'd: no E, exception (perhaps)',
			'e: ',
		]);
		assert.deepEqual(conditions('with f():\n  a\nmatch x:\n  case 1 if y:\n    b\n  case _:\n    c\n'), [
			'a: ',
			'b: x is 1 if y (perhaps)',
			'c: x is _ (perhaps)',
		]);
	});

	it('is nothing of functions and classes, which run for themselves', () => {
		assert.deepEqual(conditions('if x:\n  def f():\n    a\n  class C:\n    b\nc\n'), ['c: ']);
	});
});
