import assert from 'node:assert/strict';
import { readCapture } from '../../../src/capture/read';
import { LeftOut } from '../../../src/editor/captures/leftOut';

describe('middleware that Django left out', () => {
	it('is known from how the newest capture’s server started', async () => {
		const read = await readCapture('test/fixtures/captures/page-of-templates.cycle.json.gz');
		assert.ok(read.ok);
		const page = read.capture;
		const step = { kind: 'middleware' as const, name: 'shop.Absent', durationNs: 1, notUsed: 'no header is set' };
		const started = { ...page, process: { ...page.process, startup: [...page.process.startup, step] } };
		const served = [{ ...page.summary, id: 'first' }];
		const leftOut = new LeftOut({
			get summaries() {
				return [...served];
			},
			open: async (id) => ({ ok: true, capture: id === 'first' ? started : page }),
		});
		assert.equal(leftOut.why('shop.Absent'), undefined, 'not looked yet');
		assert.equal(await leftOut.look(), true);
		assert.equal(leftOut.why('shop.Absent'), 'no header is set');
		assert.equal(leftOut.why('bookshop.middleware.HouseRulesMiddleware'), undefined);
		assert.equal(await leftOut.look(), false, 'nothing is new');
		// The server was started again, and took it.
		served.unshift({ ...page.summary, id: 'second' });
		assert.equal(await leftOut.look(), true);
		assert.equal(leftOut.why('shop.Absent'), undefined);
	});
});
