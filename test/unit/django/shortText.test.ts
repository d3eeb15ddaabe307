import assert from 'node:assert/strict';
import { shortText } from '../../../src/django/shortText';
import { makeSource } from '../../../src/python/runtime/source';

const short = (text: string) => shortText(makeSource('/p/a.py', text), { start: 0, end: text.length });

describe('the text of a node on one line', () => {
	it('is the text as it stands, where it stands on one line', () => {
		assert.equal(short('path( "a  b" ,  view )'), 'path( "a  b" ,  view )');
	});

	it('joins lines without a space behind a bracket, or a comma before one', () => {
		assert.equal(
			short('path(\n    "x",\n    include(\n        [a, b]\n    ),\n    {\n        "a": 1,\n    },\n)'),
			'path("x", include([a, b]), {"a": 1})',
		);
		assert.equal(short('f(  # why\n  a,\n  # not this\n  b  # c\n)'), 'f(a, b)');
		assert.equal(short('a = b + \\\n    c'), 'a = b + c');
	});

	it('keeps the comma of a tuple of one item', () => {
		assert.equal(short('(\n    a,\n)'), '(a,)');
		assert.equal(short('x = (\n    a,\n    b,\n)'), 'x = (a, b)');
		assert.equal(short('f(\n    (\n        a,\n    ),\n)'), 'f((a,))');
		assert.equal(short('a[\n    0,\n]'), 'a[0,]');
		assert.equal(short('[\n    0,\n]'), '[0]');
	});

	it('keeps strings, but for line breaks', () => {
		assert.equal(short('f(\n  "a  (\\n",\n  """b\n     c  d""")'), 'f("a  (\\n", """b c  d""")');
	});

	it('is bounded, and takes what is broken', () => {
		const list = `[\n${"    'something',\n".repeat(3000)}]`;
		assert.equal(short(list).length, 201);
		assert.ok(short(list).endsWith('…'));
		assert.equal(short('f(\n  a, [b'), 'f(a, [b');
		assert.equal(short('f(\n  "a'), 'f("a');
		assert.equal(short('f(\n  a]'), 'f(a]');
	});
});
