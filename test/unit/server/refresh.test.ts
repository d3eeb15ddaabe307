import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createEngine } from '../../../src/server/djangoEngine';
import { indexModel } from '../../../src/server/modelIndex';
import { processorSince } from '../processor';

describe('an edit of a URLconf or a view', () => {
	const root = resolve('examples/bookshop');
	const file = (...parts: string[]) => join(root, ...parts);
	const urls = readFileSync(file('catalog', 'urls.py'), 'utf8');
	const inserted = (line: string) => urls.replace('    path("search/"', `    ${line}\n    path("search/"`);
	const engine = createEngine();
	const names = async () => new Set(indexModel(await engine.model(root)).byName.keys());
	let first = '';

	before(async function () {
		this.timeout(300_000);
		const { prepareExample }: { prepareExample(): Promise<unknown> } = await import(
			pathToFileURL(resolve('scripts/example.mjs')).href
		);
		await prepareExample();
		first = JSON.stringify(await engine.model(root));
	});

	it('counts as it is typed, without evaluating the settings and apps again', async () => {
		const before = process.cpuUsage();
		engine.changed([{ path: file('catalog', 'urls.py'), text: inserted('path("typed/", views.home, name="typed"),') }]);
		assert.ok((await names()).has('catalog:typed'));
		assert.ok(processorSince(before) < 1000);
	});

	it('leaves the rest where it is half typed', async () => {
		engine.changed([{ path: file('catalog', 'urls.py'), text: inserted('path("half') }]);
		assert.ok((await names()).has('orders:basket'));
	});

	it('leaves no trace once it is taken back', async () => {
		engine.changed([{ path: file('catalog', 'urls.py') }]);
		assert.equal(JSON.stringify(await engine.model(root)), first);
	});

	it('moves the views that stand below it', async () => {
		const views = readFileSync(file('catalog', 'views.py'), 'utf8');
		const line = async () => indexModel(await engine.model(root)).byName.get('catalog:home')?.[0]?.place?.line ?? 0;
		const before = await line();
		engine.changed([{ path: file('catalog', 'views.py'), text: `\n\n${views}` }]);
		assert.equal(await line(), before + 2);
		engine.changed([{ path: file('catalog', 'views.py') }]);
		assert.equal(await line(), before);
	});

	it('answers as a whole evaluation does', async () => {
		engine.changed([{ path: file('catalog', 'urls.py'), text: inserted('path("typed/", views.home, name="typed"),') }]);
		const refreshed = JSON.stringify(await engine.model(root));
		assert.equal(JSON.stringify(await engine.settle(root)), refreshed);
	});

	it('of a model is followed too, by a whole evaluation', async () => {
		const models = readFileSync(file('catalog', 'models.py'), 'utf8');
		engine.changed([{ path: file('catalog', 'models.py'), text: `\n${models}` }, { path: file('catalog', 'urls.py') }]);
		assert.ok((await names()).has('catalog:home'));
		engine.changed([{ path: file('catalog', 'models.py') }]);
		assert.equal(JSON.stringify(await engine.model(root)), first);
	});
});
