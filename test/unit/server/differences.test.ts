import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createEngine } from '../../../src/server/djangoEngine';
import { Session } from '../../../src/server/session';
import { patched } from '../../../src/shared/json';

describe('what the editor is sent', () => {
	const root = resolve('examples/bookshop');
	const quiet = { modelChanged() {}, provisionalChanged() {}, projectsChanged() {}, status() {}, log() {} };
	const session = new Session(createEngine(), quiet, [root]);

	before(async function () {
		this.timeout(300_000);
		const { prepareExample }: { prepareExample(): Promise<unknown> } = await import(
			pathToFileURL(resolve('scripts/example.mjs')).href
		);
		await prepareExample();
	});
	after(() => session.dispose());

	it('after an edit is the difference alone, and nothing where there is none', async () => {
		const first = await session.model({ root });
		assert.ok(first.model);
		assert.ok((await session.model({ root, version: first.version })).unchanged);
		const path = join(root, 'catalog/urls.py');
		const text = readFileSync(path, 'utf8').replace('path("search/"', 'path("found/"');
		session.changed([{ path, text }], false);
		const second = await session.model({ root, version: first.version });
		assert.ok(second.patch);
		assert.ok(JSON.stringify(second.patch).length < JSON.stringify(first.model).length / 20);
		const after = patched(first.model, second.patch);
		assert.deepEqual(after, (await session.model({ root })).model);
		assert.ok(JSON.stringify(after).includes('found/'));
	});
});
