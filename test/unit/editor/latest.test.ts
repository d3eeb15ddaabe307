import assert from 'node:assert/strict';
import { Latest } from '../../../src/editor/replay/latest';

describe('doing the latest alone', () => {
	it('does one thing at a time, and of those asked for meanwhile the last', async () => {
		const latest = new Latest();
		const done: number[] = [];
		let running = 0;
		const act = (id: number) => async () => {
			assert.equal(++running, 1);
			await new Promise((next) => setTimeout(next, 5));
			running--;
			done.push(id);
		};
		await Promise.all([1, 2, 3, 4].map((id) => latest.run(act(id))));
		assert.deepEqual(done, [1, 4]);
		await latest.run(act(5));
		assert.deepEqual(done, [1, 4, 5]);
	});

	it('goes on after an error, and tells of that of the last', async () => {
		const latest = new Latest();
		await assert.rejects(
			latest.run(() => Promise.reject(new Error('gone'))),
			/gone/,
		);
		let reached = false;
		const failing = latest.run(() => Promise.reject(new Error('overtaken')));
		await latest.run(async () => {
			reached = true;
		});
		await failing;
		assert.ok(reached);
	});
});
