import assert from 'node:assert/strict';
import { matchText } from '../../../src/cli/matchText';
import type { DryRun } from '../../../src/shared/model';

const run = (method: string, match: Partial<NonNullable<DryRun['match']>>): string => {
	const route = { fullPath: '/books/<int:pk>/', fullName: 'book' } as NonNullable<DryRun['match']>['route'];
	const text = matchText({
		method,
		path: '/books/7/',
		match: { route, args: [], kwargs: { pk: '7' }, includes: [], ...match },
		tried: [],
		problems: [],
	});
	return text.trim().split('\n')[0] ?? '';
};

describe('a dry run in the terminal', () => {
	it('names the view with its arguments', () => {
		assert.equal(run('GET', { view: 'shop.views.Book', allowed: ['GET'] }), 'GET /books/7/ → shop.views.Book(pk=7)');
	});

	it('says 405 where the view does not answer the method', () => {
		assert.equal(run('POST', { allowed: ['GET', 'HEAD'] }), 'POST /books/7/ → 405: the view answers GET, HEAD');
	});
});
