import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { parseCapture } from '../../../src/capture/read';

const bytes = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

const minimal = {
	format: 1,
	id: 'a-1-1',
	process: { pid: 1, python: '3.11', django: '5.2', settingsModule: 's', protocol: 'wsgi', cwd: '/p', startup: [] },
	startedAt: '2026-01-01T00:00:00.000Z',
	durationNs: 10,
	request: { method: 'GET', scheme: 'http', path: '/', query: '', queryParams: [], headers: [['Host', 'x']] },
	stages: [] as unknown[],
	summary: {
		id: 'a-1-1',
		startedAt: '',
		durationNs: 10,
		method: 'GET',
		path: '/',
		queries: 0,
		queryNs: 0,
		static: false,
		pid: 1,
	},
	losses: [],
	recorderNs: 1,
};
const stage = {
	id: 1,
	kind: 'view',
	name: 'v',
	startNs: 0,
	endNs: 1,
	selfNs: 1,
	outcome: 'passed',
	changes: [],
	events: [],
	detail: {},
};

describe('reading a capture', () => {
	it('takes plain and compressed ones, told by their bytes', async () => {
		assert.equal((await parseCapture(bytes(minimal))).ok, true);
		assert.equal((await parseCapture(gzipSync(bytes(minimal)))).ok, true);
	});

	const whole = gzipSync(bytes({ ...minimal, startedAt: 'x'.repeat(5000) + Math.random() }));
	const deep = `${'{"type":"x","repr":"","children":[{"key":"k","value":'.repeat(5000)}1${'}]}'.repeat(5000)}`;
	const wrong: [string, Uint8Array, string, RegExp][] = [
		['nothing', bytes(''), 'truncated', /empty/],
		['text that was cut', bytes(JSON.stringify(minimal).slice(0, 80)), 'truncated', /cut off/],
		['compressed data that were cut', whole.subarray(0, whole.length - 30), 'truncated', /cut off/],
		['compressed rubbish', Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), Buffer.alloc(50, 0xfe)]), 'foreign', /damaged/],
		['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe]), 'foreign', /UTF-8/],
		['prose', bytes('hello'), 'foreign', /not JSON/],
		['JSON of another kind', bytes({ log: { version: '1.2' } }), 'foreign', /another kind/],
		['a list', bytes([]), 'foreign', /another kind/],
		['a newer format', bytes({ ...minimal, format: 2, stages: 'changed' }), 'newer', /newer version/],
		['a missing field', bytes({ ...minimal, request: { method: 'GET' } }), 'invalid', /damaged/],
		['wrong types', bytes({ ...minimal, stages: [{ ...stage, startNs: '0' }] }), 'invalid', /damaged/],
		['two stages with one id', bytes({ ...minimal, stages: [stage, stage] }), 'invalid', /damaged/],
		[
			'an endless preview',
			bytes(
				JSON.stringify({ ...minimal, stages: [{ ...stage, changes: [{ path: 'x', after: 0 }] }] }).replace(
					'"after":0',
					`"after":${deep}`,
				),
			),
			'invalid',
			/damaged/,
		],
	];
	for (const [what, data, kind, message] of wrong) {
		it(`says what is wrong with ${what}`, async () => {
			const result = await parseCapture(data);
			assert.equal(result.ok, false);
			if (result.ok) return;
			assert.equal(result.problem.kind, kind);
			assert.match(result.problem.message, message);
		});
	}

	it('names the place of what is wrong', async () => {
		const result = await parseCapture(bytes({ ...minimal, stages: [stage, { ...stage, id: 2, startNs: '0' }] }));
		assert.equal(!result.ok && result.problem.detail, 'The document.stages[1].startNs is a text, not a number.');
	});

	it('leaves fields alone that it does not know', async () => {
		assert.equal((await parseCapture(bytes({ ...minimal, later: { more: 1 } }))).ok, true);
	});
});
