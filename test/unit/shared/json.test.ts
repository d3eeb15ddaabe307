import assert from 'node:assert/strict';
import { difference, patched, sameJson } from '../../../src/shared/json';

describe('the difference of two JSON values', () => {
	const routes = [1, 2, 3, 4, 5].map((id) => ({ id, place: { file: 'urls.py', line: id } }));
	const model = { root: '/shop', urls: routes, problems: [] as readonly string[] };
	const cases: readonly (readonly [string, unknown])[] = [
		['nothing', model],
		['a line', { ...model, urls: routes.with(2, { id: 3, place: { file: 'urls.py', line: 9 } }) }],
		[
			'a route more',
			{ ...model, urls: [...routes.slice(0, 2), { id: 9, place: { file: 'urls.py', line: 9 } }, ...routes.slice(2)] },
		],
		[
			'a route more, and the places of those after it',
			{
				...model,
				urls: [
					...routes.slice(0, 2),
					{ id: 9, place: { file: 'urls.py', line: 3 } },
					...routes.slice(2).map(({ id }) => ({ id, place: { file: 'urls.py', line: id + 1 } })),
				],
			},
		],
		['a route less', { ...model, urls: routes.toSpliced(1, 1) }],
		['no routes', { ...model, urls: [] }],
		['a field more and one less', { urls: routes, problems: ['one'], django: '5.2' }],
		['another kind', [model]],
	];
	for (const [name, after] of cases)
		it(name, () => {
			const patch = difference(model, after);
			const sent = patch && JSON.parse(JSON.stringify(patch));
			assert.deepEqual(sent ? patched(model, sent) : model, after);
			assert.equal(patch === undefined, sameJson(model, after));
		});

	it('is small, and leaves the rest as it is', () => {
		const patch = difference(model, { ...model, urls: routes.with(0, { id: 1, place: { file: 'urls.py', line: 7 } }) });
		assert.ok(patch && JSON.stringify(patch).length < 120);
		const after = patched(model, patch) as typeof model;
		assert.equal(after.urls[1], routes[1]);
	});
});
