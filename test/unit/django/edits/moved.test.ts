import assert from 'node:assert/strict';
import { lineMap } from '../../../../src/django/edit/moved';

describe('the lines behind an edit', () => {
	const cases: readonly (readonly [title: string, before: string, from: number, to: number, by: string])[] = [
		['a line put in', 'a\nb\nc\n', 2, 2, 'new\n'],
		['one that ends with a carriage return alone', 'a\nb\nc\n', 2, 2, 'new\r'],
		['one of a file with Windows line ends', 'a\r\nb\r\nc\r\n', 3, 3, 'new\r\n'],
		['one between carriage returns', 'a\rb\rc\r', 2, 2, 'new\r'],
	];
	for (const [title, before, from, to, by] of cases)
		it(title, () => {
			const edit = { from, to, length: by.length };
			const map = lineMap('/urls.py', before, edit, before.slice(0, from) + by + before.slice(to), edit);
			assert.deepEqual(
				[1, 2, 3].map((line) => map?.lineNow(line)),
				[1, 3, 4],
			);
		});

	it('stay where no line is added', () => {
		const edit = { from: 0, to: 0, length: 1 };
		assert.equal(lineMap('/urls.py', 'a\r\nb\r\n', edit, 'xa\r\nb\r\n', edit), undefined);
	});

	it('stay where a line end becomes a pair of characters', () => {
		const edit = { from: 2, to: 2, length: 1 };
		assert.equal(lineMap('/urls.py', 'a\rb\r', edit, 'a\r\nb\r', edit), undefined);
	});
});
