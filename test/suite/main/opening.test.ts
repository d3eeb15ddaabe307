import * as assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import { type LogOutputChannel, Uri, window, workspace } from 'vscode';
import { routeHits } from '../../../src/editor/captures/hits';
import { PythonEnvironment } from '../../../src/editor/client/pythonEnvironment';
import type { CycleNode } from '../../../src/editor/cycle/node';
import { projectNodes } from '../../../src/editor/cycle/nodes';
import { DisposableStore } from '../../../src/editor/disposables';
import { Projects } from '../../../src/editor/projects/projects';
import type { Api } from '../../../src/extension';
import { activated, eventually, projectFile } from '../extension';

/** What a window that is opened next would show: a second language server over the same files and the same cache. */
describe('opening the project again', () => {
	let api: Api;
	let log: LogOutputChannel;
	const store = new DisposableStore();
	const facts = () => Uri.joinPath(api.extension.globalStorageUri, 'facts').fsPath;

	/** What it shows, in order: the mark of each model, and the rows. */
	async function opened(): Promise<{ readonly mark: string; readonly rows: readonly CycleNode[] }[]> {
		const projects = store.add(new Projects(api.extension, store.add(new PythonEnvironment()), log));
		const shown: { mark: string; rows: readonly CycleNode[] }[] = [];
		const look = () => {
			const [project] = projects.list;
			const model = project && projects.modelOf(project.root);
			if (!model || shown.at(-1)?.mark === (model.provisional ?? 'whole')) return;
			const rows = projectNodes({ project, model, filter: [], hits: routeHits([], [model]) });
			shown.push({ mark: model.provisional ?? 'whole', rows });
		};
		store.add(projects.onDidChange(look));
		await projects.firstModels();
		look();
		assert.ok(shown.length > 0, 'something is shown at once');
		await eventually('the whole model follows', () => shown.at(-1)?.mark === 'whole', 40);
		projects.dispose();
		return shown;
	}
	const urls = (rows: readonly CycleNode[]) => rows.find((node) => node.label === 'URLs');

	before(async function () {
		this.timeout(60_000);
		api = await activated();
		// Not disposed of: a server's process still says there that it has ended, after its client is gone.
		log = window.createOutputChannel('Opening', { log: true });
		await api.projects.allModels();
	});
	after(() => store.dispose());

	it('without a cache shows what the text says, marked as being read, and then all', async function () {
		this.timeout(60_000);
		await rm(facts(), { recursive: true, force: true });
		const shown = await opened();
		assert.deepEqual(
			shown.map(({ mark }) => mark),
			['outline', 'whole'],
		);
		const [first, whole] = shown;
		assert.match(first?.rows[0]?.description ?? '', /reading…/);
		assert.match(urls(first?.rows ?? [])?.description ?? '', /^bookshop\.urls · reading…$/);
		const labels = urls(first?.rows ?? [])?.children.map((node) => node.label) ?? [];
		assert.deepEqual(labels.slice(0, 4), ['admin/', 'accounts/', 'basket/', 'api/v1/']);
		assert.doesNotMatch(JSON.stringify(whole?.rows), /reading…/i);
	});

	it('after a change shows what was known, marked as being refreshed, and then what is', async function () {
		this.timeout(60_000);
		await eventually('an answer is kept', async () =>
			(await readdir(facts()).catch(() => [])).some((name) => name.endsWith('.gz')),
		);
		const file = Uri.file(projectFile('catalog', 'urls.py'));
		const before = await workspace.fs.readFile(file);
		const text = new TextDecoder().decode(before);
		await workspace.fs.writeFile(file, new TextEncoder().encode(text.replace('path("search/"', 'path("found/"')));
		try {
			const [first, last] = await opened();
			assert.equal(first?.mark, 'earlier');
			assert.match(first.rows[0]?.description ?? '', /as read before, refreshing…/);
			assert.ok(JSON.stringify(first.rows).includes('"label":"search/"'));
			assert.equal(last?.mark, 'whole');
			assert.doesNotMatch(last.rows[0]?.description ?? '', /refreshing/);
			assert.ok(JSON.stringify(last.rows).includes('"label":"found/"'));
			assert.ok(!JSON.stringify(last.rows).includes('"label":"search/"'));
		} finally {
			await workspace.fs.writeFile(file, before);
		}
	});
});
