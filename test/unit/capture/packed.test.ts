import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import Ajv from 'ajv/dist/2020.js';
import { captureName, parseCapture, readCapture } from '../../../src/capture/read';
import { unsqueezed } from '../../../src/capture/squeezed';
import { CaptureStore } from '../../../src/capture/store';
import { isPacked, joined, partsOf, unpack } from '../../../src/capture/unpack';
import texts from '../../../src/recorder/django_request_cycle/writing/dictionary.json';

/** Files as a recorder wrote them, and beside each what the recorder's own reader (`opened.py`) makes of it. */
const fixtures = 'test/fixtures/packed-3';
/** What earlier recorders wrote stays readable. */
const earlier = ['test/fixtures/packed-2', 'test/fixtures/packed'];
/** With lines, which packing 4 has in columns, and their values by numbers. */
const lined = 'test/fixtures/packed-4';
const names = readdirSync(fixtures);
const packedNames = names.filter((name) => name.endsWith('.z'));
const table = names.find((name) => name.endsWith('.process.jsonl')) ?? '';
const [first = ''] = packedNames;

const captures = [lined, fixtures, ...earlier].flatMap((folder) =>
	readdirSync(folder)
		.filter((name) => name.endsWith('.z'))
		.map((name) => ({ folder, name, id: name.replace(captureName, '') })),
);

/** The packed document with what stands behind it. */
const document = async (folder: string, name: string) => {
	const whole = await unsqueezed(readFileSync(join(folder, name)), 1e8);
	assert.ok(whole);
	const { document: head, body } = partsOf(whole.data);
	const value: unknown = JSON.parse(Buffer.from(head).toString('utf8'));
	assert.ok(isPacked(value));
	return value.packed === 1 ? value : (joined(value, body, whole.behind) ?? assert.fail());
};
const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));
const beside = async () => readFileSync(join(fixtures, table));

describe('a packed capture', () => {
	for (const { folder, name, id } of captures) {
		it(`is what the recorder says it is: ${id}`, async () => {
			const result = await readCapture(join(folder, name));
			assert.ok(result.ok, JSON.stringify(result));
			assert.deepEqual(result.capture, JSON.parse(readFileSync(join(folder, `${id}.unpacked.json`), 'utf8')));
			assert.equal(result.capture.id, id);
		});

		it(`fits its schema, and unpacked the capture's: ${id}`, async () => {
			for (const [file, value] of [
				['packed', await document(folder, name)],
				['capture', JSON.parse(readFileSync(join(folder, `${id}.unpacked.json`), 'utf8'))],
			]) {
				const schema = JSON.parse(readFileSync(`src/capture/${file}.schema.json`, 'utf8'));
				const validate = new Ajv({ strict: false, logger: false, validateFormats: false }).compile(schema);
				assert.ok(validate(value), JSON.stringify(validate.errors?.slice(0, 3)));
			}
		});
	}

	it('says which file it needs, where it stands alone', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'packed-'));
		try {
			cpSync(join(fixtures, first), join(folder, first));
			const result = await readCapture(join(folder, first));
			assert.equal(!result.ok && result.problem.kind, 'incomplete');
			assert.ok(!result.ok && result.problem.message.includes(table), JSON.stringify(result));
			cpSync(join(fixtures, table), join(folder, table));
			assert.ok((await readCapture(join(folder, first))).ok);
		} finally {
			rmSync(folder, { recursive: true });
		}
	});

	it('says so where it is newer, cut off, damaged, or its table is', async () => {
		const whole = readFileSync(join(fixtures, first));
		const third = await document(fixtures, first);
		const packed = { ...third, packed: 2 };
		const rows = (...own: readonly unknown[]) => ({ ...packed, packed: 1, stages: own });
		const [text = ''] = texts;
		const other = deflateSync(bytes(packed), { dictionary: Buffer.from(`${text}another`) });
		const wrong: readonly [Uint8Array, string][] = [
			[other, 'newer'],
			[bytes({ ...packed, packed: 5, stages: 'changed' }), 'newer'],
			[bytes({ ...packed, packed: 0 }), 'invalid'],
			[bytes({ ...packed, format: 99 }), 'newer'],
			[whole.subarray(0, whole.length - 20), 'truncated'],
			[whole.subarray(0, whole.length - 1), 'truncated'],
			[whole.subarray(0, 4), 'truncated'],
			[Buffer.concat([whole.subarray(0, 6), Buffer.alloc(50, 0xff)]), 'foreign'],
			[bytes(rows([1, 2])), 'invalid'],
			[bytes(rows([0, 1, 1, 0, 7])), 'invalid'],
			[bytes(rows([99_999, 1, 1])), 'invalid'],
			[bytes({ ...packed, stages: [[1], [2]] }), 'invalid'],
			[bytes({ ...packed, stages: [[1], [2], [3], []] }), 'invalid'],
			[bytes({ ...packed, stages: [[1], ['x'], [3], [0]] }), 'invalid'],
			[bytes({ ...packed, stages: [[99_999], [1], [1], [0]] }), 'invalid'],
			[bytes({ ...packed, own: [[1]] }), 'invalid'],
			[bytes({ ...packed, events: [[1, 2, 3]] }), 'invalid'],
			[bytes({ ...packed, events: [[99_999, 2, 3, -1]] }), 'invalid'],
			[bytes({ ...packed, events: [[0, 2, 3, -1, 'x']] }), 'invalid'],
			[bytes({ ...packed, process: 99_999 }), 'invalid'],
			[bytes({ ...packed, sources: [0] }), 'invalid'],
			[bytes({ ...packed, events: [3] }), 'invalid'],
			[bytes({ ...packed, table: '../../secret-1' }), 'invalid'],
			[bytes({ ...packed, summary: { queries: 'x' } }), 'invalid'],
			[bytes({ ...packed, summary: 0 }), 'invalid'],
			[bytes({ ...packed, own: [[1, { changes: [0] }]] }), 'invalid'],
			[bytes({ ...third, request: 99_999 }), 'invalid'],
			[bytes({ ...third, request: { method: 'GET', path: '/', headers: [99_999] } }), 'invalid'],
			[bytes({ ...third, request: { method: 'GET', path: '/', headers: 'x' } }), 'invalid'],
			[bytes({ ...third, request: 'x' }), 'invalid'],
			[bytes({ ...third, response: true }), 'invalid'],
			[bytes({ ...third, summary: 'x' }), 'invalid'],
			[bytes({ ...third, own: 0 }), 'invalid'],
			[bytes({ ...third, own: { 1: {} } }), 'invalid'],
			[bytes({ ...third, own: [[1, { detail: 99_999 }]] }), 'invalid'],
			[bytes({ ...third, own: [1, 'x', [2]] }), 'invalid'],
			[bytes({ ...third, stageEvents: [[1, [1, 2]]] }), 'invalid'],
			[bytes({ ...third, stageEvents: 'x' }), 'invalid'],
			[bytes({ ...third, stages: [0, [1], [1], [0]] }), 'invalid'],
			[bytes({ ...third, stages: 'x' }), 'invalid'],
		];
		for (const [data, kind] of wrong) {
			const result = await parseCapture(data, beside);
			assert.equal(result.ok ? 'ok' : result.problem.kind, kind, Buffer.from(data).toString('latin1').slice(0, 300));
		}
		const torn = await parseCapture(whole, async () => Buffer.from('{"kind":\n[1]\n{}'));
		assert.equal(!torn.ok && torn.problem.kind, 'invalid');
	});

	it('says what is wrong with its lines', async () => {
		const [name = ''] = readdirSync(lined).filter((one) => one.endsWith('.z'));
		const [tableName = ''] = readdirSync(lined).filter((one) => one.endsWith('.jsonl'));
		const whole = await document(lined, name);
		const value = { type: 'int', repr: '1' };
		const list = (inner: unknown) => ({ type: 'list', repr: '<list of 1>', size: 1, children: [{ key: '0', value: inner }] });
		const columns = { lines: [1], since: [1], places: [0], names: ['name'], left: [0], values: [value] };
		// The table's first entry is no location.
		const { location } = (JSON.parse(readFileSync(join(lined, tableName), 'utf8').split('\n', 1)[0] ?? '') as never)[
			'startup'
		][0];
		const entries = async () => Buffer.from(`${readFileSync(join(lined, tableName), 'utf8')}${JSON.stringify(location)}\n`);
		const at = (await entries()).toString().trimEnd().split('\n').length - 1;
		const frames = { calls: [1, 0, 1, at, 1, 1, 0], more: [], ...columns };
		const result = async (wrong: object) => parseCapture(bytes({ ...whole, frames: { ...frames, ...wrong } }), entries);
		assert.ok((await result({})).ok, JSON.stringify(await result({})));
		for (const wrong of [
			...['calls', 'more', 'lines', 'since', 'places', 'names', 'left', 'values'].map((one) => ({ [one]: 'x' })),
			{ calls: undefined },
			{ calls: [1, 0, 1, 99_999, 1, 1, 0] },
			{ calls: [1, 0, 1, at, 1, 1, 99_999] },
			{ calls: [1, 0, 1] },
			{ calls: ['x'] },
			{ lines: ['x'] },
			{ since: ['x'] },
			{ names: [1] },
			{ left: [99_999] },
			{ values: [1] },
			{ values: [] },
			{ more: [0, { raised: 1 }] },
			{ values: [list(0)] },
			{ values: [list(1), value] },
			{ values: [value, list(0), list(1)] },
		]) {
			const read = await result(wrong);
			assert.equal(read.ok ? 'ok' : read.problem.kind, 'invalid', JSON.stringify(wrong));
		}
	});

	it('has each value of its lines once, those inside them too', () => {
		const value = (number: number) => ({ type: 'int', repr: String(number) });
		const list = (...inner: readonly unknown[]) => ({
			...{ type: 'list', repr: `<list of ${inner.length}>`, size: inner.length },
			children: inner.map((one, at) => ({ key: String(at), value: one })),
		});
		const rest = { packed: 4, table: 'a-7', process: 0, id: 'i', startedAt: '', durationNs: 1, encodeNs: 1 };
		const told = { request: { method: 'GET', path: '/', headers: [] }, stages: [[], [], [], []], own: [], summary: {} };
		const frames = {
			calls: [1, 0, 2, 0, 3, 3, 0, 2, 1, 2, 0, 1, 1, -1],
			more: [1, { raised: 'KeyError', truncated: true }],
			lines: [3, 4, 3, 8],
			since: [-5, 15, 10, -5],
			places: [1, 1, 2, 0],
			names: ['one', 'some', 'many', 'some'],
			left: [0, 1, 3, 2],
			values: [value(5), list(value(6), value(7)), value(8), list(1, 2, value(9))],
		};
		const capture = unpack({ ...rest, ...told, frames }, [{ pid: 7 }]);
		assert.ok(typeof capture !== 'string', String(capture));
		assert.deepEqual(capture['frames'], [
			{
				...{ id: 1, stage: 2, location: { pid: 7 }, returned: value(5) },
				lines: [
					{ line: 3, atNs: 0 },
					{ line: 4, atNs: 10, values: { one: value(5), some: list(value(6), value(7)) } },
					{ line: 3, atNs: 20, values: { many: list(list(value(6), value(7)), value(8), value(9)) } },
				],
			},
			{
				...{ id: 2, parent: 1, stage: 2, location: { pid: 7 }, raised: 'KeyError', truncated: true },
				lines: [{ line: 8, atNs: 15, values: { some: value(8) } }],
			},
		]);
	});

	it('has numbers for what came before, as a whole and inside', () => {
		const change = { path: 'request.user', after: { type: 'str', repr: "'ada'" } };
		const entries = [
			{ pid: 7 },
			{ kind: 'view', name: 'v' },
			['Host', 'shop.test'],
			{ method: 'GET', path: '/', headers: [2] },
			change,
			{ status: 200 },
			[[1, { changes: [4], detail: 5 }]],
			{ route: '' },
			[1, 1],
		];
		const common = { packed: 3, table: 'a-7', process: 0, id: 'i', startedAt: '', durationNs: 1, encodeNs: 1, sentNs: 9 };
		const events = [{ kind: 'log', atNs: 1, detail: {} }];
		const response = { status: 200, body: { size: 2 } };
		const named = { request: 3, response, own: 6, summary: 7, stages: [8, [1, 1], [2, 2], [0, 0]] };
		const capture = unpack({ ...common, ...named, bodyText: 'ok', stageEvents: [[2, events]] }, entries);
		assert.ok(typeof capture !== 'string', String(capture));
		const stage = { kind: 'view', name: 'v', selfNs: 2, outcome: 'passed' };
		assert.deepEqual(capture['stages'], [
			{ id: 1, ...stage, startNs: 1, endNs: 3, changes: [change], events: [], detail: { status: 200 } },
			{ id: 2, ...stage, startNs: 2, endNs: 4, changes: [], events, detail: {} },
		]);
		assert.deepEqual(capture['request'], { method: 'GET', path: '/', headers: [['Host', 'shop.test']] });
		assert.deepEqual(capture['response'], { status: 200, body: { size: 2, text: 'ok' }, sentNs: 9 });
		assert.equal((capture['summary'] as { route?: unknown }).route, '');
	});

	it('gives nested stages and the way out back what follows from the rest', () => {
		const entries = [
			{ pid: 7 },
			{ kind: 'view', name: 'v', location: { file: 'f', line: 1 } },
			{ kind: 'template', name: 't', detail: { origin: 'o' } },
			{ kind: 'middleware.response', name: 'm', detail: { hook: 'h' } },
		];
		const rows = [
			[1, 100, 1000, 0, { detail: { status: 200 } }],
			[2, 50, 300, 1],
			[2, 400, 100, 1, { outcome: 'raised', selfNs: 60 }],
			[3, 700, 10, 1],
		];
		const value = { packed: 1, table: 'a-7', process: 0, id: 'i', startedAt: '', durationNs: 1, stages: rows, summary: {} };
		const capture = unpack({ ...value, request: { method: 'GET', path: '/' } }, entries);
		assert.ok(typeof capture !== 'string');
		const common = { changes: [], events: [] };
		assert.deepEqual(capture['stages'], [
			{
				...{ id: 1, kind: 'view', name: 'v', location: { file: 'f', line: 1 }, startNs: 100, endNs: 1100, selfNs: 600 },
				...{ outcome: 'passed', ...common, detail: { status: 200 } },
			},
			{
				...{ id: 2, parent: 1, kind: 'template', name: 't', startNs: 150, endNs: 450, selfNs: 300 },
				...{ outcome: 'passed', ...common, detail: { origin: 'o' } },
			},
			{
				...{ id: 3, parent: 1, kind: 'template', name: 't', startNs: 550, endNs: 650, selfNs: 60 },
				...{ outcome: 'raised', ...common, detail: { origin: 'o' } },
			},
			{
				...{ id: 4, kind: 'middleware.response', name: 'm', startNs: 1250, endNs: 1260, selfNs: 10 },
				...{ outcome: 'passed', ...common, detail: { hook: 'h', enteredBy: 1 } },
			},
		]);
	});

	it('has in columns what was in rows, and statements by their entry', () => {
		const entries = [
			{ pid: 7 },
			{ kind: 'view', name: 'v' },
			{ kind: 'template', name: 't' },
			{ kind: 'sql', detail: { sql: 'SELECT %s', alias: 'default', vendor: 'sqlite' } },
			{ file: 'f', line: 3 },
		];
		const common = {
			table: 'a-7',
			process: 0,
			id: 'i',
			startedAt: '',
			durationNs: 1,
			summary: {},
			request: { method: 'GET', path: '/' },
		};
		const own = {
			detail: { status: 200 },
			events: [
				[3, 120, 5, 4, { params: '1' }],
				[3, 130, null, -1],
			],
		};
		const capture = unpack(
			{
				...common,
				packed: 2,
				stages: [
					[1, 2],
					[100, 50],
					[1000, 300],
					[0, 1],
				],
				own: [[1, own]],
				encodeNs: 1,
			},
			entries,
		);
		const statement = { sql: 'SELECT %s', alias: 'default', vendor: 'sqlite' };
		const events = [
			{ kind: 'sql', atNs: 120, durationNs: 5, location: { file: 'f', line: 3 }, detail: { ...statement, params: '1' } },
			{ kind: 'sql', atNs: 130, detail: statement },
		];
		const rows = [
			[1, 100, 1000, 0, { ...own, events: [] }],
			[2, 50, 300, 1],
		];
		const before = unpack({ ...common, packed: 1, stages: rows, encodeNs: 1 }, entries);
		assert.ok(typeof capture !== 'string' && typeof before !== 'string');
		const [view, ...others] = before['stages'] as readonly object[];
		assert.deepEqual(capture, { ...before, stages: [{ ...view, events }, ...others] });
	});

	it('is known by its id in the store, and its table goes with the last that names it', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'packed-'));
		try {
			for (const name of [...packedNames, table]) cpSync(join(fixtures, name), join(folder, name));
			const old = new Date(Date.now() - 3_600_000);
			utimesSync(join(folder, table), old, old);
			writeFileSync(join(folder, 'zzzzzzzz-9.process.jsonl'), '1\n'); // of a process that is about to write
			const store = new CaptureStore(folder);
			await store.refresh();
			const ids = store.entries().map((entry) => entry.id);
			assert.deepEqual([...ids].sort(), packedNames.map((name) => name.replace(captureName, '')).sort());
			assert.ok(store.entries().every((entry) => entry.summary?.status === 200));
			await store.delete(ids.slice(1));
			assert.ok((await store.open(ids[0] ?? '')).ok);
			await store.delete(ids);
			const tables = readdirSync(folder).filter((name) => name.endsWith('.process.jsonl'));
			assert.deepEqual(tables, ['zzzzzzzz-9.process.jsonl']);
		} finally {
			rmSync(folder, { recursive: true });
		}
	});
});
