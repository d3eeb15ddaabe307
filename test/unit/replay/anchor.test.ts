import assert from 'node:assert/strict';
import { anchor } from '../../../src/replay/anchor';
import { outline } from '../../../src/replay/outline';

const old = `import os

class Timing:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        return response

def view(request):
    total = 0
    return total
`;
const location = (line: number, symbol?: string) => ({
	file: '/p/a.py',
	line,
	sha1: 'old',
	...(symbol === undefined ? {} : { symbol }),
});
const now = (text: string, sha1 = 'new') => ({ text, sha1 });

describe('a recorded place in a file that may have changed', () => {
	it('is where it was when the hash agrees', () => {
		assert.deepEqual(anchor(location(8), now(old, 'old')), { line: 8, moved: false });
	});

	it('is withheld when the file is gone, or changed with nothing to go by', () => {
		assert.deepEqual(anchor(location(8), undefined), { withheld: 'the file is gone' });
		assert.deepEqual(anchor(location(8, 'Timing.__call__'), now(`\n${old}`)), {
			withheld: 'the file has changed since the recording',
		});
	});

	it('finds a definition again by its symbol', () => {
		const text = old.replace('class Timing', '# a comment\n\nclass Timing');
		assert.deepEqual(anchor(location(7, 'shop.middleware.Timing.__call__'), now(text), { definition: true }), {
			line: 9,
			moved: true,
		});
		const twice = `${old}\ndef view(request):\n    pass\n`;
		assert.ok('withheld' in anchor(location(11, 'shop.views.view'), now(twice), { definition: true }));
	});

	it('finds a line by its recorded text within its symbol', () => {
		const text = old.replace('    total = 0', '    # more\n    total = 0');
		assert.deepEqual(anchor(location(13, 'shop.views.view'), now(text), { source: 'return total' }), { line: 14, moved: true });
		assert.ok('withheld' in anchor(location(13, 'shop.views.view'), now(text), { source: 'return 1' }));
	});

	it('follows an unchanged line by the text around it, and withholds a changed one', () => {
		const text = `# new\n${old.replace('    total = 0', '    total = 1')}`;
		assert.deepEqual(anchor(location(8), now(text), { recorded: old }), { line: 9, moved: true });
		assert.deepEqual(anchor(location(13), now(text), { recorded: old }), { line: 14, moved: true });
		assert.deepEqual(anchor(location(12), now(text), { recorded: old }), {
			withheld: 'the line has changed since the recording',
		});
	});

	it('tells equal lines of two functions apart', () => {
		const before = 'def a():\n    x = 1\n    return x\n\ndef b():\n    x = 1\n    return x\n';
		const after = `${before.replace('def b', 'def c():\n    pass\n\ndef b')}`;
		assert.deepEqual(anchor(location(6), now(after), { recorded: before }), { line: 9, moved: true });
	});

	it('withholds a line that went into another function', () => {
		const after = old
			.replace('    total = 0\n', '')
			.replace('        return response', '        total = 0\n        return response');
		assert.ok('withheld' in anchor(location(12), now(after.replace('        total = 0', '    total = 0')), { recorded: old }));
	});

	it('takes a library as it is, up to its end', () => {
		const { sha1: _, ...library } = location(3);
		assert.deepEqual(anchor(library, now(old)), { line: 3, moved: false });
		assert.ok('withheld' in anchor({ ...library, line: 300 }, now(old)));
	});
});

describe('the outline of a file', () => {
	it('names nested definitions as Python does and passes over what stands in texts', () => {
		const text =
			'def outer():\n    """\ndef no(): pass\n"""\n    def inner():\n        x = "\'\'\'"\n    class C:\n        async def m(self): ...\n';
		assert.deepEqual(
			outline(text).map(({ qualname, line }) => `${qualname}:${line}`),
			['outer:1', 'outer.<locals>.inner:5', 'outer.<locals>.C:7', 'outer.<locals>.C.m:8'],
		);
	});
});
