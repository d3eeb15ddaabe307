import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createEngine } from '../../../src/server/djangoEngine';
import { nodeHost } from '../../../src/server/nodeHost';
import { OverlayHost } from '../../../src/server/overlayHost';

const manage = (settings: string) => `import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "${settings}")\n`;

describe('projects of a workspace', () => {
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'projects-'));
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	const write = (files: Readonly<Record<string, string>>) => {
		for (const [name, text] of Object.entries(files)) {
			mkdirSync(dirname(join(folder, name)), { recursive: true });
			writeFileSync(join(folder, name), text);
		}
	};
	const found = async (...folders: string[]) => {
		const { projects, reason } = await createEngine().projects(folders.length > 0 ? folders : [folder]);
		return { reason, projects: projects.map((one) => `${one.root.slice(folder.length) || '.'} ${one.settingsModule ?? '-'}`) };
	};

	it('is one where one manage.py stands, at the top or below', async () => {
		write({ 'manage.py': manage('shop.settings'), 'shop/settings.py': '' });
		assert.deepEqual((await found()).projects, ['. shop.settings']);
		rmSync(join(folder, 'manage.py'));
		write({ 'src/manage.py': manage('site.settings'), 'src/site/settings.py': '' });
		assert.equal((await found()).projects.length, 1);
	});

	it('are several where several stand', async () => {
		write({
			'a/manage.py': manage('a.settings'),
			'a/a/settings.py': '',
			'b/manage.py': manage('b.settings'),
			'b/b/settings.py': '',
		});
		assert.deepEqual((await found()).projects, ['/a a.settings', '/b b.settings']);
	});

	it('come from every opened folder', async () => {
		write({
			'a/manage.py': manage('a.settings'),
			'a/a/settings.py': '',
			'b/manage.py': manage('b.settings'),
			'b/b/settings.py': '',
		});
		assert.deepEqual((await found(join(folder, 'a'), join(folder, 'b'))).projects, ['/a a.settings', '/b b.settings']);
	});

	it('are not looked for in virtual environments and hidden folders', async () => {
		write({
			'env/pyvenv.cfg': 'home = /usr',
			'env/x/manage.py': manage('x.settings'),
			'.hidden/manage.py': manage('y.settings'),
			'node_modules/z/manage.py': manage('z.settings'),
		});
		assert.deepEqual((await found()).projects, []);
	});

	it('are none without Django, and it is said why', async () => {
		write({ 'main.py': 'print(1)\n', 'manage.py': 'print("not the one")\n' });
		const { projects, reason } = await found();
		assert.deepEqual(projects, []);
		assert.match(reason ?? '', /manage\.py/);
		assert.match((await createEngine().projects([])).reason ?? '', /folder/);
	});

	it('keep their model whatever stands in the files', async () => {
		write({
			'manage.py': manage('shop.settings'),
			'shop/settings.py': 'ROOT_URLCONF = "shop.urls"\nMIDDLEWARE = [',
			'shop/urls.py': '\0\xff def',
		});
		const engine = createEngine();
		const model = await engine.model(folder);
		assert.equal(model.settingsModule, 'shop.settings');
		assert.ok(model.problems.length > 0);
		engine.changed([{ path: join(folder, 'shop/settings.py'), text: 'ROOT_URLCONF = "shop.urls"\n' }]);
		assert.ok(await engine.model(folder));
	});
});

describe('open documents over the disk', () => {
	it('stand in place of their files while they differ', () => {
		const folder = mkdtempSync(join(tmpdir(), 'overlay-'));
		try {
			const path = join(folder, 'a.py');
			writeFileSync(path, 'x = 1\n');
			const disk = nodeHost();
			const host = new OverlayHost(disk, disk.environment);
			const text = () => new TextDecoder().decode(host.readFile(path));
			const before = host.stat(path);
			host.change({ path, text: 'x = 1\n' });
			assert.deepEqual(host.stat(path), before, 'the same text is no change');
			host.change({ path, text: 'x = 2é\n' });
			assert.equal(text(), 'x = 2é\n');
			assert.equal(host.stat(path)?.size, 8);
			assert.equal(host.withEnvironment({}).changes, 1);
			host.change({ path });
			assert.equal(text(), 'x = 1\n');
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	});
});
