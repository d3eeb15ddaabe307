import assert from 'node:assert/strict';
import type { StoreEntry } from '../../../src/capture/store';
import { requestRows } from '../../../src/editor/requests/rows';
import type { CaptureSummary } from '../../../src/shared/capture';

function entry(id: string, fields: Partial<CaptureSummary> = {}): StoreEntry {
	const summary: CaptureSummary = {
		id,
		startedAt: '2026-01-01T00:00:00.000Z',
		durationNs: 12_000_000,
		method: 'GET',
		path: `/${id}/`,
		status: 200,
		queries: 0,
		queryNs: 0,
		static: false,
		pid: 1,
		...fields,
	};
	return { id, file: `/captures/${id}.cycle.json`, summary };
}
const rows = (entries: readonly StoreEntry[], more: Partial<Parameters<typeof requestRows>[0]> = {}) =>
	requestRows({ entries, health: [], problem: '', filter: '', shown: 200, pinned: undefined, ...more });

describe('rows of the Requests view', () => {
	it('show method, path, status, duration and queries', () => {
		const row = rows([entry('a', { queries: 3, method: 'POST', status: 403, refusedBy: 'x.Y' })]).row('a');
		assert.equal(row?.label, 'POST /a/');
		assert.equal(row?.description, '403 · 12 ms · 3 queries');
		assert.equal(row?.icon, 'shield');
	});

	it('put static files below the page that asked for them', () => {
		const list = [entry('c', { static: true, page: 'a' }), entry('b', { static: true, page: 'gone' }), entry('a')];
		const found = rows(list);
		assert.deepEqual(found.top, ['b', 'a']);
		assert.deepEqual(found.row('a')?.children, ['c']);
	});

	it('filter by words of method, path, status, view and exception', () => {
		const list = [
			entry('a', { status: 404 }),
			entry('b', { method: 'POST', view: 'shop.views.pay' }),
			entry('c', { exception: 'E: boom' }),
		];
		assert.deepEqual(rows(list, { filter: '4xx' }).top, ['a']);
		assert.deepEqual(rows(list, { filter: 'post PAY' }).top, ['b']);
		assert.deepEqual(rows(list, { filter: 'boom' }).top, ['c']);
		assert.deepEqual(rows(list, { filter: 'nothing' }).top, []);
	});

	it('keep captures that can’t be read, with the reason', () => {
		const broken = { id: 'x', file: '/x', problem: { kind: 'truncated' as const, message: 'cut off' } };
		assert.equal(rows([broken]).row('x')?.description, 'cut off');
	});

	it('say what the recorder lost', () => {
		const found = rows([], { health: [{ pid: 7, errors: 2, lost: 1, messages: ['m'] }] });
		assert.deepEqual(
			found.top.map((id) => found.row(id)?.description),
			['1 capture lost, 2 errors'],
		);
	});

	it('are a window of 20,000 captures, filtered within 100 ms', () => {
		const list = Array.from({ length: 20_000 }, (_, at) => entry(`id${at}`, { status: at % 7 === 0 ? 500 : 200 }));
		const timed = () => {
			const before = process.cpuUsage();
			rows(list, { filter: '5xx' });
			const { user, system } = process.cpuUsage(before);
			return (user + system) / 1000;
		};
		const found = rows(list, { filter: '5xx' });
		const spent = Math.min(timed(), timed(), timed());
		assert.equal(found.top.length, 201);
		assert.equal(found.row('more')?.label, 'Show 200 more');
		assert.ok(spent < 100, `${spent} ms`);
	});
});
