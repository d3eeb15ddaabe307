import assert from 'node:assert/strict';
import { middlewareShares } from '../../../src/replay/middlewareShares';
import { recorded } from './fixtures';

describe('what each middleware itself had', () => {
	it('adds up its halves and hooks, and leaves out what lay inside', async () => {
		const capture = await recorded('page-of-templates');
		const shares = middlewareShares(capture);
		const csrf = capture.stages.filter((stage) => stage.name.endsWith('CsrfViewMiddleware'));
		assert.ok(csrf.length === 3, 'in, process_view, out');
		const share = shares.get('django.middleware.csrf.CsrfViewMiddleware');
		assert.equal(
			share?.ownNs,
			csrf.reduce((sum, stage) => sum + stage.selfNs, 0),
		);
		assert.equal(share.outcome, 'passed on');
		assert.ok([...shares.values()].reduce((sum, one) => sum + one.ownNs, 0) < capture.durationNs);
	});

	it('tells who answered, and leaves out whom the request never reached', async () => {
		const shares = middlewareShares(await recorded('rule-refusal'));
		assert.deepEqual(
			[...shares].filter(([, share]) => share.decided).map(([name, share]) => `${name} ${share.outcome}`),
			['bookshop.middleware.HouseRulesMiddleware answered 403'],
		);
		assert.equal(shares.has('orders.middleware.BasketMiddleware'), false);
	});

	it('does not blame a middleware for an exception that went through it', async () => {
		const shares = middlewareShares(await recorded('disallowed-host'));
		assert.deepEqual(
			[...shares].filter(([, share]) => share.decided).map(([name, share]) => `${name} ${share.outcome}`),
			['django.middleware.common.CommonMiddleware raised DisallowedHost'],
		);
	});
});
