import assert from 'node:assert/strict';
import { lineTable } from '../../../../src/python/syntax/lines';
import { decodeSource } from '../../../../src/python/syntax/source';

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('decodeSource', () => {
	const cases: readonly (readonly [string, Uint8Array, string])[] = [
		['UTF-8 by default', utf8('x = "é€😀"'), 'x = "é€😀"'],
		['a byte order mark', utf8('\ufeffx = 1'), 'x = 1'],
		['latin-1, declared', latin1('# -*- coding: latin-1 -*-\nx = "\xe9\x80"'), '# -*- coding: latin-1 -*-\nx = "é\x80"'],
		[
			'declared in the second line',
			latin1('#!/bin/py\n# vim: set fileencoding=iso_8859-1 :\n\xe9'),
			'#!/bin/py\n# vim: set fileencoding=iso_8859-1 :\né',
		],
		['not in the third', utf8('#\n#\n# coding: latin-1\né'), '#\n#\n# coding: latin-1\né'],
		['not after code', utf8('x = 1\n# coding: latin-1\né'), 'x = 1\n# coding: latin-1\né'],
		['cp1251', latin1('# coding: cp1251\n\xcf'), '# coding: cp1251\nП'],
	];
	for (const [title, bytes, text] of cases) it(title, () => assert.deepEqual(decodeSource(bytes), { text }));

	it('replaces what is invalid and says so', () => {
		assert.deepEqual(decodeSource(latin1('x = "\xe9"')), { text: 'x = "\ufffd"', problem: 'Not valid UTF-8' });
		assert.deepEqual(decodeSource(utf8('# coding: klingon\né')), {
			text: '# coding: klingon\né',
			problem: 'Unknown encoding: klingon',
		});
	});
});

describe('lineTable', () => {
	const text = 'a\r\n"é😀" b\rc\n';
	const table = lineTable(text);
	it('counts lines from 1, by any line break', () => {
		assert.deepEqual([...text].length > 0 && [0, 1, 3, text.indexOf('c'), text.length].map(table.lineAt), [1, 1, 2, 3, 4]);
		assert.equal(table.lineCount, 4);
	});
	it('counts columns in UTF-16 units and in bytes', () => {
		const b = text.indexOf('b');
		assert.equal(table.columnAt(b), 6);
		assert.equal(table.byteColumnAt(b), 9);
		assert.equal(table.lineStart(2), 3);
		assert.equal(table.lineStart(9), text.length);
	});
});
