import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../../../src/server/djangoEngine';
import { Session } from '../../../src/server/session';
import type { ProjectModel } from '../../../src/shared/model';

describe('what can be shown before a project is read', () => {
	let folder: string;
	let root: string;
	let cacheFolder: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'first-'));
		root = join(folder, 'project');
		// Where nothing of the project looks.
		cacheFolder = join(folder, 'elsewhere/kept');
		mkdirSync(cacheFolder, { recursive: true });
		mkdirSync(root);
		writeFileSync(join(root, 'manage.py'), 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "own.settings")\n');
		mkdirSync(join(root, 'own'));
		writeFileSync(join(root, 'own/settings.py'), 'ROOT_URLCONF = "own.urls"\nMIDDLEWARE = ["own.middleware.One"]\n');
		writeFileSync(join(root, 'own/urls.py'), 'urlpatterns = [path("a/", None, name="a")]\n');
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	/** Nothing of this machine's Python. */
	const variables = () => ({ PATH: '', VIRTUAL_ENV: '', PYENV_ROOT: folder, HOME: folder });
	/** A new language server's engine, as after VS Code was started again. */
	const engine = () => {
		const one = createEngine();
		one.configure({ cacheFolder, environment: variables() });
		return one;
	};
	const shown = async () => {
		const models: ProjectModel[] = [];
		const whole = await engine().model(root, (model) => models.push(model));
		assert.equal(whole.provisional, undefined);
		return models;
	};

	it('is the outline where nothing is kept', async () => {
		const [first] = await shown();
		assert.equal(first?.provisional, 'outline');
		assert.deepEqual(
			first.middleware.map(({ path }) => path),
			['own.middleware.One'],
		);
		assert.ok(first.urls.some((entry) => entry.type === 'route' && entry.fullPath === '/a/'));
	});

	it('is nothing where what is kept still holds', async () => {
		await shown();
		assert.deepEqual(await shown(), []);
	});

	it('is what is kept, marked as of earlier, where files have changed', async () => {
		await shown();
		appendFileSync(join(root, 'manage.py'), '# changed\n');
		const models = await shown();
		assert.deepEqual(
			models.map((model) => model.provisional),
			['earlier'],
		);
	});

	it('is nothing where an interpreter is named afterwards that is the one found', async () => {
		const environment = join(root, '.venv');
		mkdirSync(join(environment, 'lib/python3.11/site-packages/django'), { recursive: true });
		mkdirSync(join(environment, 'bin'));
		writeFileSync(join(environment, 'bin/python'), '');
		writeFileSync(join(environment, 'pyvenv.cfg'), 'home = /nowhere\nversion = 3.11.2\n');
		const one = engine();
		const first = await one.model(root);
		assert.equal(first.environment.foundBy, '.venv in project');
		const path = join(environment, 'bin/python');
		one.configure({ cacheFolder, environment: variables(), interpreters: { [root]: { path, namedBy: 'the Python extension' } } });
		assert.equal(await one.model(root), first);
		const other = { path: join(folder, 'nowhere'), namedBy: 'the Python extension' };
		one.configure({ cacheFolder, environment: variables(), interpreters: { [root]: other } });
		assert.match((await one.model(root)).problems[0]?.message ?? '', /nowhere, named by the Python extension/);
	});

	it('reaches the editor at once, and the whole model after it as the difference', async () => {
		const told: string[] = [];
		const events = {
			modelChanged: () => void told.push('whole'),
			provisionalChanged: () => void told.push('provisional'),
			projectsChanged() {},
			status() {},
			log() {},
		};
		const session = new Session(engine(), events, [root]);
		try {
			const first = await session.model({ root, provisional: true });
			const whole = await session.model({ root, version: first.version });
			assert.ok(told.includes('whole'));
			assert.ok(whole.unchanged || whole.patch || whole.model);
			const known = await session.model({ root });
			assert.equal(known.model?.provisional, undefined);
			assert.ok((await session.model({ root, provisional: true, version: known.version })).unchanged);
		} finally {
			session.dispose();
		}
	});
});
