import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { completion } from '../../../src/server/features/completion';
import { definition } from '../../../src/server/features/definition';
import { modelDiagnostics, nameDiagnostics } from '../../../src/server/features/diagnostics';
import { routesInFile } from '../../../src/server/features/routesInFile';
import { indexModel } from '../../../src/server/modelIndex';
import type { ProjectModel } from '../../../src/shared/model';
import { book, home, model } from '../shopModel';

describe('what the server makes of a model', () => {
	const index = indexModel(model([home, book]));
	const python = (text: string) => TextDocument.create('file:///p/a.py', 'python', 1, text);

	it('finds names by instance and by application namespace', () => {
		for (const name of ['eu:book', 'shop:book']) assert.equal(index.byName.get(name)?.[0]?.id, 'shop:book');
		assert.equal(index.byName.get('book'), undefined);
	});

	it('leads from names and dotted paths to lines', () => {
		const [found] = definition(python('reverse("eu:book")'), 12, [index]);
		assert.deepEqual([found?.uri, found?.range.start.line], ['file:///p/shop/urls.py', 1]);
		const [middleware] = definition(python('["shop.middleware.Timer"]'), 5, [index]);
		assert.deepEqual([middleware?.uri, middleware?.range.start.line], ['file:///p/shop/middleware.py', 4]);
	});

	it('completes names', () => {
		assert.deepEqual(
			completion(python('reverse("eu'), 11, [index])
				.map((item) => item.label)
				.sort(),
			['eu:book', 'eu:home', 'shop:book', 'shop:home'],
		);
	});

	it('reports unknown names only where every URL is known, and not in tests', () => {
		const said = (path: string, made: ProjectModel) =>
			nameDiagnostics(python('reverse("eu:nope")'), path, [indexModel(made)]).length;
		assert.equal(said('/p/a.py', model([home])), 1);
		assert.equal(said('/p/tests/a.py', model([home])), 0);
		assert.equal(said('/p/test_a.py', model([home])), 0);
		const unknown = { type: 'unknown', id: 'u', problem: { severity: 'warning', code: 'x', message: 'm' } } as const;
		assert.equal(said('/p/a.py', model([home, unknown])), 0);
	});

	it('puts problems where they are, in files of the project alone, and bounded', () => {
		const problem = (file: string, line: number) =>
			({ severity: 'warning', code: 'x', message: `m${line}`, place: { file, line } }) as const;
		const problems = [
			...Array.from({ length: 150 }, (_, at) => problem('/p/a.py', at + 1)),
			problem('/p/.venv/lib/b.py', 1),
			problem('/q/c.py', 1),
		];
		const found = modelDiagnostics(indexModel(model([home], { problems })));
		assert.deepEqual(
			[...found].map(([uri, list]) => [uri, list.length]),
			[['file:///p/a.py', 100]],
		);
	});

	it('tells the entries of a file by line', () => {
		assert.deepEqual(
			routesInFile('/p/shop/views.py', [index]).map((entry) => [entry.kind, entry.line, entry.routes.map((one) => one.fullPath)]),
			[
				['view', 10, ['/shop/']],
				['view', 20, ['/shop/<int:pk>/']],
				['view', 90, []],
			],
		);
	});
});
