import assert from 'node:assert/strict';
import { dryRunPage } from '../../../src/editor/dryRun/text';
import { book, home } from '../shopModel';

describe('a dry run as text', () => {
	it('gives the answer first, then what was tried', () => {
		const page = dryRunPage(
			{
				method: 'GET',
				path: '/shop/3/',
				match: { route: book, args: [], kwargs: { pk: '3' }, includes: [] },
				tried: [
					{
						id: 'a',
						pattern: { kind: 'route', pattern: 'shop/' },
						depth: 0,
						outcome: 'prefix',
						site: { file: '/p/urls.py', line: 5 },
					},
					{ id: 'b', pattern: home.pattern, depth: 1, outcome: 'no match', reason: 'the path goes on' },
					{ id: 'c', pattern: book.pattern, depth: 1, outcome: 'matched' },
				],
				problems: [],
			},
			(file) => file,
		);
		assert.equal(
			page.text,
			`GET /shop/3/

reaches   shop.views.Book  (/p/shop/views.py:20)
by        /shop/<int:pk>/  named eu:book  (/p/shop/urls.py:2)
with      pk=3

Tried in this order (3)
  → shop/  begins so, the rest is tried within  (/p/urls.py:5)
    · ''  the path goes on
    ✓ <int:pk>/
`,
		);
		assert.deepEqual(
			page.links.map((link) => link.line),
			[2, 3, 7],
		);
	});
});
