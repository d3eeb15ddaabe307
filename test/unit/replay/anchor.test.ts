import assert from 'node:assert/strict';
import { anchor, definitionAround } from '../../../src/replay/anchor';
import { cluesOf } from '../../../src/replay/clues';
import { hashesOf } from '../../../src/replay/hashes';
import { outline } from '../../../src/replay/outline';
import { SourceText } from '../../../src/replay/sourceText';
import { recorded } from './fixtures';

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
const now = (text: string, sha1 = 'new') => ({ text: new SourceText(text), sha1 });

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
		assert.deepEqual(anchor(location(8), now(text), { recorded: new SourceText(old) }), { line: 9, moved: true });
		assert.deepEqual(anchor(location(13), now(text), { recorded: new SourceText(old) }), { line: 14, moved: true });
		assert.deepEqual(anchor(location(12), now(text), { recorded: new SourceText(old) }), {
			withheld: 'the line has changed since the recording',
		});
	});

	it('tells equal lines of two functions apart', () => {
		const before = 'def a():\n    x = 1\n    return x\n\ndef b():\n    x = 1\n    return x\n';
		const after = `${before.replace('def b', 'def c():\n    pass\n\ndef b')}`;
		assert.deepEqual(anchor(location(6), now(after), { recorded: new SourceText(before) }), { line: 9, moved: true });
	});

	it('withholds a line that went into another function', () => {
		const after = old
			.replace('    total = 0\n', '')
			.replace('        return response', '        total = 0\n        return response');
		assert.ok(
			'withheld' in
				anchor(location(12), now(after.replace('        total = 0', '    total = 0')), { recorded: new SourceText(old) }),
		);
	});

	it('takes a library as it is, up to its end', () => {
		const { sha1: _, ...library } = location(3);
		assert.deepEqual(anchor(library, now(old)), { line: 3, moved: false });
		assert.ok('withheld' in anchor({ ...library, line: 300 }, now(old)));
	});
});

describe('the clues of a capture', () => {
	it('tell definitions from lines within them, and know the text of an exception’s lines', async () => {
		const capture = await recorded('view-raises');
		const clues = cluesOf(capture);
		const view = capture.stages.find((stage) => stage.kind === 'view');
		assert.ok(view?.location);
		assert.equal(clues({ ...view.location }).definition, true);
		const frame = view.detail.exception?.frames.findLast((one) => one.project);
		assert.ok(frame);
		assert.equal(frame.location.symbol, view.location.symbol, 'the same symbol, another place');
		assert.deepEqual(clues({ ...frame.location }), { source: frame.source });
		const query = capture.stages.flatMap((stage) => stage.events).find((event) => event.location?.file === view.location?.file);
		assert.ok(query?.location);
		assert.deepEqual(clues(query.location), {});
	});

	it('have an event of a changed file withheld where its definition is found again', async () => {
		const capture = await recorded('n-plus-one');
		const clues = cluesOf(capture);
		const view = capture.stages.find((stage) => stage.kind === 'view');
		const event = view?.events.find((one) => one.location?.file === view.location?.file)?.location;
		assert.ok(view?.location?.symbol && event);
		const hash = hashesOf(capture).get(event.file);
		assert.equal(hash, view.location.sha1, 'an event’s own location has none');
		const place = { ...event, sha1: 'recorded' };
		const name = view.location.symbol.split('.').at(-1);
		const text = new SourceText(`import os\n\n\ndef ${name}(request):\n${'    x = 1\n'.repeat(200)}`);
		const changed = { text, sha1: 'another' };
		assert.deepEqual(anchor(view.location, changed, clues(view.location)), { line: 4, moved: true });
		assert.ok('withheld' in anchor(place, changed, clues(place)));
		assert.equal(definitionAround(place, text), 4);
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
