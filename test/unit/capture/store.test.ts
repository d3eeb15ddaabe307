import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readControl, writeControl } from '../../../src/capture/control';
import { CaptureStore } from '../../../src/capture/store';
import type { Capture, CaptureSummary } from '../../../src/shared/capture';
import { processorSince } from '../processor';

const summary = (id: string): CaptureSummary => ({
	id,
	startedAt: '2026-01-01T00:00:00.000Z',
	durationNs: 1_000_000,
	method: 'GET',
	path: `/${id}`,
	queries: 0,
	queryNs: 0,
	static: false,
	pid: 1,
});

const capture = (id: string): Capture => ({
	format: 1,
	id,
	process: { pid: 1, python: '3.11', django: '5.2', settingsModule: 's', protocol: 'wsgi', cwd: '/p', startup: [] },
	startedAt: '2026-01-01T00:00:00.000Z',
	durationNs: 1_000_000,
	request: { method: 'GET', scheme: 'http', path: `/${id}`, query: '', queryParams: [], headers: [] },
	stages: [],
	summary: summary(id),
	losses: [],
	recorderNs: 1,
});

const id = (count: number) => `lq0${(100_000 + count).toString(36)}-7-${count}`;

describe('the store of captures', () => {
	let folder = '';
	const index = () => join(folder, 'index.jsonl');
	const put = (name: string, indexed = true) => {
		writeFileSync(join(folder, `${name}.cycle.json`), JSON.stringify(capture(name)));
		if (indexed) appendFileSync(index(), `${JSON.stringify(summary(name))}\n`);
	};
	const ids = (store: CaptureStore) => store.entries().map((entry) => entry.id);

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'captures-'));
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	it('lists newest first, counters by number, and follows what is appended', async () => {
		const store = new CaptureStore(folder);
		put('lq0aaaaa-7-9');
		put('lq0aaaaa-7-10');
		put('lq0aaaab-7-11');
		assert.deepEqual((await store.refresh()).added.length, 3);
		assert.deepEqual(ids(store), ['lq0aaaab-7-11', 'lq0aaaaa-7-10', 'lq0aaaaa-7-9']);
		put('lq0aaaac-7-12');
		const change = await store.refresh();
		assert.deepEqual(
			change.added.map((entry) => entry.id),
			['lq0aaaac-7-12'],
		);
		assert.deepEqual(change.removed, []);
		assert.equal(ids(store)[0], 'lq0aaaac-7-12');
	});

	it('waits for the end of a half-written line', async () => {
		const store = new CaptureStore(folder);
		put('lq0aaaaa-7-1', false);
		const line = JSON.stringify({ ...summary('lq0aaaaa-7-1'), path: '/from-the-index' });
		put('lq0aaaaa-7-2');
		appendFileSync(index(), line.slice(0, 20));
		await store.refresh();
		appendFileSync(index(), `${line.slice(20)}\n`);
		put('lq0aaaaa-7-3');
		await store.refresh();
		assert.equal(ids(store).length, 3);
		assert.equal(
			store.entries().every((entry) => entry.summary !== undefined),
			true,
		);
	});

	it('rebuilds a lost index and one full of rubbish from the files', async () => {
		for (let count = 0; count < 60; count++) put(id(count), false);
		writeFileSync(index(), '\0\0\0 no json\n{"id": 3}\n[]\n');
		const store = new CaptureStore(folder);
		await store.refresh();
		assert.equal(ids(store).length, 60);
		const lines = readFileSync(index(), 'utf8').trim().split('\n');
		assert.equal(lines.length, 60);
		assert.equal(JSON.parse(lines[0] ?? '').id, id(0));
	});

	it('drops what has no file and says what is wrong with a file that is no capture', async () => {
		put('lq0aaaaa-7-1');
		put('lq0aaaaa-7-2');
		writeFileSync(join(folder, 'lq0aaaaa-7-3.cycle.json'), '{"format": 1, "id": "lq0');
		const store = new CaptureStore(folder);
		await store.refresh();
		assert.equal(store.entry('lq0aaaaa-7-3')?.problem?.kind, 'truncated');
		rmSync(join(folder, 'lq0aaaaa-7-1.cycle.json'));
		assert.deepEqual((await store.refresh()).removed, ['lq0aaaaa-7-1']);
	});

	it('deletes one, prunes by count and by bytes, deletes all', async () => {
		for (let count = 0; count < 10; count++) put(id(count));
		writeFileSync(join(folder, 'recorder-7.json'), JSON.stringify({ pid: 7, errors: 1, lost: 2, messages: ['disk full'] }));
		const store = new CaptureStore(folder);
		await store.refresh();
		assert.equal((await store.health())[0]?.lost, 2);
		await store.delete([id(5)]);
		assert.equal(ids(store).includes(id(5)), false);
		assert.deepEqual(await store.prune({ captures: 6, bytes: 1e9 }), [id(2), id(1), id(0)]);
		const size = JSON.stringify(capture(id(9))).length;
		await store.prune({ captures: 100, bytes: size * 2 + 10 });
		assert.deepEqual(ids(store), [id(9), id(8)]);
		await store.deleteAll();
		assert.deepEqual(ids(store), []);
		assert.deepEqual(await store.health(), []);
	});

	it('opens compressed captures, and says when one is gone', async () => {
		writeFileSync(join(folder, 'lq0aaaaa-7-1.cycle.json.gz'), gzipSync(JSON.stringify(capture('lq0aaaaa-7-1'))));
		const store = new CaptureStore(folder);
		await store.refresh();
		const result = await store.open('lq0aaaaa-7-1');
		assert.equal(result.ok && result.capture.request.path, '/lq0aaaaa-7-1');
		const gone = await store.open('nowhere');
		assert.equal(!gone.ok && gone.problem.kind, 'missing');
	});

	it('shares one look among calls made together, and sees what came in between', async () => {
		const store = new CaptureStore(folder);
		put('lq0aaaaa-7-1');
		const first = store.refresh();
		put('lq0aaaaa-7-2');
		await Promise.all([first, store.refresh(), store.refresh()]);
		assert.equal(ids(store).length, 2);
	});

	it('lists 20,000 captures from the index at once, and one more for the price of one', async () => {
		for (let count = 0; count < 20_000; count++) writeFileSync(join(folder, `${id(count)}.cycle.json`), '');
		writeFileSync(index(), Array.from({ length: 20_000 }, (_, count) => `${JSON.stringify(summary(id(count)))}\n`).join(''));
		const store = new CaptureStore(folder);
		const timed = async (act: () => Promise<unknown>) => {
			const before = process.cpuUsage();
			await act();
			return processorSince(before);
		};
		assert.ok((await timed(() => store.refresh())) < 3000);
		assert.equal(store.entries().length, 20_000);
		assert.equal(store.entries()[0]?.id, id(19_999));
		put(id(20_000));
		assert.ok((await timed(() => store.refresh())) < 500);
		assert.equal(store.entries()[0]?.id, id(20_000));
		const filtered = await timed(async () => store.entries().filter((entry) => entry.summary?.path.includes('9-7')));
		assert.ok(filtered < 100);
	});

	it('counts a folder that is not there as empty', async () => {
		const store = new CaptureStore(join(folder, 'nowhere'));
		assert.deepEqual(await store.refresh(), { added: [], removed: [] });
	});

	it('writes control.json whole and reads it back', async () => {
		await writeControl(folder, { paused: true, limits: { captures: 5 } });
		assert.deepEqual(await readControl(folder), { paused: true, limits: { captures: 5 } });
		writeFileSync(join(folder, 'control.json'), '[1');
		assert.deepEqual(await readControl(folder), {});
	});
});
