import assert from 'node:assert/strict';
import { type ReadResult, readCapture } from '../../../src/capture/read';
import { MiddlewareStatistics } from '../../../src/editor/captures/middlewareTimes';
import type { Capture } from '../../../src/shared/capture';

async function recorded(situation: string): Promise<Capture> {
	const read = await readCapture(`test/fixtures/captures/${situation}.cycle.json.gz`);
	assert.ok(read.ok);
	return read.capture;
}

describe('what middleware did in the newest captures', () => {
	it('has its times, its last outcome, and the capture that it answered', async () => {
		const page = await recorded('page-of-templates');
		const refusal = await recorded('rule-refusal');
		const captures = [page, refusal];
		const opened: string[] = [];
		const statistics = new MiddlewareStatistics({
			summaries: captures.map((capture) => capture.summary),
			open: async (id): Promise<ReadResult> => {
				opened.push(id);
				const capture = captures.find((one) => one.id === id);
				assert.ok(capture);
				return { ok: true, capture };
			},
		});
		await statistics.look();
		await statistics.look();
		assert.deepEqual(opened, [page.id, refusal.id], 'each is opened once');
		const rules = statistics.of('bookshop.middleware.HouseRulesMiddleware');
		assert.equal(rules?.of, 2);
		assert.equal(rules?.lastOutcome, 'passed on');
		assert.deepEqual(rules?.decided?.id, refusal.id);
	});
});
