import assert from 'node:assert/strict';
import type { Call, Expr, Stmt } from '../../../../src/python/syntax/ast';
import { parseModule } from '../../../../src/python/syntax/parse';

/** The first arguments of the calls that stand directly in `urlpatterns`. */
function routes(text: string): unknown[] {
	const found: unknown[] = [];
	const listed = (value: Expr): void => {
		if (value.kind !== 'List') return;
		for (const element of value.elts) if (element.kind === 'Call') found.push(route(element));
	};
	for (const statement of parseModule(text).body as Stmt[]) {
		if (statement.kind === 'Assign' && statement.targets.some((target) => target.kind === 'Name' && target.id === 'urlpatterns'))
			listed(statement.value);
	}
	return found;
}

const route = (call: Call): unknown => {
	const first = call.args[0];
	return first?.kind === 'Constant' ? first.value : undefined;
};

const urlconf = (...lines: string[]): string =>
	['from django.urls import include, path', 'urlpatterns = [', ...lines.map((line) => `    ${line}`), ']', 'last = 1', ''].join(
		'\n',
	);

describe('a urlconf that is being typed', () => {
	const cases: readonly (readonly [string, string, readonly unknown[]])[] = [
		['whole', urlconf("path('a', a),", "path('b', b),"), ['a', 'b']],
		['a call without its end', urlconf("path('a', a),", "path('b',", "path('c', c),", "path('d', d),"), ['a', 'b', 'c', 'd']],
		['a call just opened', urlconf("path('a', a),", 'path(', "path('c', c),"), ['a', undefined, 'c']],
		['an open string', urlconf("path('a', a),", "path('b, b),", "path('c', c),"), ['a', 'b, b),', 'c']],
		['a missing comma', urlconf("path('a', a)", "path('b', b),"), ['a', 'b']],
		['an open include', urlconf("path('a', include([", "path('b', b),", "path('c', c),"), ['a', 'b', 'c']],
		[
			'a list never closed',
			"urlpatterns = [\n    path('a', a),\n    path('b', b),\n\ndef view(request):\n    pass\n",
			['a', 'b'],
		],
		['brackets swapped at the end', "urlpatterns = [\n    path('a', a),\n    path('b', b, name='b'],\n)\nlast = 1\n", ['a', 'b']],
		[
			'a stray bracket in the last call',
			"urlpatterns = [\n    path('a', a),\n    path('b', views].b, name='b'),\n]\nlast = 1\n",
			['a', 'b'],
		],
		['a dangling name', urlconf("path('a', a),", 'pa', "path('c', c),"), ['a', 'c']],
		['a lambda before a call', urlconf("path('a', a),lambda ", "path('b', b),", "path('c', c),"), ['a', 'b', 'c']],
		['a dangling dot', urlconf("path('a', views.),", "path('b', b),"), ['a', 'b']],
	];
	for (const [title, text, expected] of cases) it(title, () => assert.deepEqual(routes(text), expected));

	it('takes the names after a damaged one in an import', () => {
		const [statement] = parseModule("from views import (\n    a,\n    bf'{c,\n    d,\n    e+,\n    f,\n)\n").body;
		assert.equal(statement?.kind, 'ImportFrom');
		assert.deepEqual(statement?.kind === 'ImportFrom' && statement.names.map(({ name }) => name), ['a', 'bf', 'd', 'e', 'f']);
	});

	it('says where', () => {
		assert.ok(parseModule(urlconf("path('a', a)", "path('b',")).errors.length > 0);
		assert.deepEqual(parseModule(urlconf("path('a', a),")).errors, []);
	});
});
