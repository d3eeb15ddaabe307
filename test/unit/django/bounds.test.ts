import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { analyzeProject } from '../../../src/django/analyze';
import { nodeHost } from '../../../src/server/nodeHost';
import type { ProjectModel, UrlEntry } from '../../../src/shared/model';

const files: Readonly<Record<string, string>> = {
	'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site_of_knots.settings')\n",
	'site_of_knots/__init__.py': '',
	'site_of_knots/settings.py': "SECRET_KEY = 'k'\nROOT_URLCONF = 'site_of_knots.urls'\n",
	'site_of_knots/one.py': 'from site_of_knots.two import b\na = 1\n',
	'site_of_knots/two.py': 'from site_of_knots.one import a\nb = 2\n',
	'site_of_knots/forever.py': 'count = 0\nwhile True:\n    count += 1\nview = lambda request: None\n',
	'site_of_knots/deeper.py': 'def deeper(n):\n    return deeper(n + 1)\nnumber = deeper(0)\nview = lambda request: None\n',
	'site_of_knots/nested.py': `x = ${'('.repeat(50_000)}\nview = lambda request: None\n`,
	'site_of_knots/chained.py': `x = ${'1 + '.repeat(50_000)}1\ny = view${'.a'.repeat(50_000)}\nif x == 0: pass\n${'elif x == 1: pass\n'.repeat(13_000)}z = ${'1 + '.repeat(5_000)}1\nview = lambda request: None\n`,
	'site_of_knots/counted.py':
		'import itertools, sys\nx = {n: n for n in range(10**12)}\ny = list(itertools.count())\nfor n in itertools.cycle([1]): pass\nsys.exit(1)\nview = lambda request: None\n',
	...Object.fromEntries(
		Array.from({ length: 20 }, (_, at) => [
			`twice/urls${at}.py`,
			`from django.urls import include, path\nurlpatterns = [path('x/', lambda request: None)${at < 19 ? `, path('a/', include('twice.urls${at + 1}')), path('b/', include('twice.urls${at + 1}'))` : ''}]\n`,
		]),
	),
	'site_of_knots/huge.py': 'view = lambda request: None\n',
	'site_of_knots/inner.py':
		"from django.urls import include, path\nurlpatterns = [path('outer/', include('site_of_knots.urls'))]\n",
	'site_of_knots/urls.py': `import os
from django.urls import include, path
from site_of_knots import chained, counted, deeper, forever, huge, nested, one
urlpatterns = [
    path('self/', include('site_of_knots.urls')),
    path('inner/', include('site_of_knots.inner')),
    path('forever/', forever.view),
    path('deeper/', deeper.view),
    path('nested/', nested.view),
    path('chained/', chained.view),
    path('counted/', counted.view),
    path('huge/', huge.view),
    path('one/', one.view),
    path('folders-%d/' % len(list(os.walk('linked', followlinks=True))), lambda request: None),
]
`,
};

describe('a project that never ends', () => {
	let folder = '';
	let model: ProjectModel;

	before(async function () {
		this.timeout(300_000);
		const { prepareExample }: { prepareExample(): Promise<unknown> } = await import(
			pathToFileURL(resolve('scripts/example.mjs')).href
		);
		await prepareExample();
		folder = mkdtempSync(join(tmpdir(), 'knots-'));
		mkdirSync(join(folder, 'site_of_knots'));
		mkdirSync(join(folder, 'twice'));
		mkdirSync(join(folder, 'linked'));
		for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
		// 100 MB, without room on the disk.
		truncateSync(join(folder, 'site_of_knots/huge.py'), 100e6);
		symlinkSync('.', join(folder, 'linked/again'));
		symlinkSync('around', join(folder, 'linked/around'));
		const host = nodeHost({ cwd: folder, environment: {} });
		model = analyzeProject(host, { folder, python: resolve('examples/bookshop/.venv') }).model;
	});

	after(() => rmSync(folder, { recursive: true, force: true }));

	const entry = (pattern: string): UrlEntry | undefined =>
		model.urls.find((one) => one.type !== 'unknown' && one.pattern.pattern === pattern);
	const said = (message: RegExp, file: string, line?: number): boolean =>
		model.problems.some(
			(problem) =>
				message.test(problem.message) &&
				problem.place?.file === join(folder, 'site_of_knots', file) &&
				(line === undefined || problem.place.line === line),
		);

	it('keeps every line of the URLconf', () => {
		const lines = model.urls.map((one) => (one.type === 'unknown' ? one.problem.place?.line : one.site?.line));
		assert.deepEqual(lines, [5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
	});

	it('says of an include that it goes in a circle', () => {
		for (const pattern of ['self/', 'inner/']) {
			const found = JSON.stringify(entry(pattern));
			assert.match(found, /includes itself/, pattern);
		}
	});

	it('leaves a loop without an end, at its line', () => assert.ok(said(/^This loop was left/, 'forever.py', 2)));

	it('ends a recursion, at its line', () => assert.ok(said(/recursion/i, 'deeper.py')));

	it('says where text nests too deeply', () => assert.ok(said(/nested too deeply|never closed/i, 'nested.py')));

	it('says where operators, attributes and `elif`s are chained without an end', () => {
		for (const line of [1, 2, 12003]) assert.ok(said(/nested too deeply/i, 'chained.py', line), String(line));
	});

	it('stops what goes on without an end, and a module that exits, at that statement', () => {
		assert.ok(said(/a collection of/, 'counted.py', 2));
		for (const line of [3, 4]) assert.ok(said(/an iterator without an end/, 'counted.py', line), String(line));
		assert.ok(said(/SystemExit/, 'counted.py', 5));
		for (const pattern of ['chained/', 'counted/']) assert.equal(entry(pattern)?.type, 'route', pattern);
	});

	it('ends a tree whose includes make ever more rows, and tells what stands beside', () => {
		writeFileSync(
			join(folder, 'twice/urls.py'),
			"from twice.urls0 import *\nurlpatterns.append(path('last/', lambda request: None))\n",
		);
		writeFileSync(join(folder, 'twice/settings.py'), "SECRET_KEY = 'k'\nROOT_URLCONF = 'twice.urls'\n");
		const host = nodeHost({ cwd: folder, environment: {} });
		const { urls } = analyzeProject(host, {
			folder,
			settingsModule: 'twice.settings',
			python: resolve('examples/bookshop/.venv'),
		}).model;
		assert.match(JSON.stringify(urls), /more than 200,000 rows/);
		const last = urls.at(-1);
		assert.equal(last?.type === 'route' && last.pattern.pattern, 'last/');
	});

	it('says that a file is too large to be read', () =>
		assert.ok(model.problems.some(({ message, place }) => /huge/.test(message) || place?.file.endsWith('huge.py'))));

	it('says which name a circle of imports lacks', () => assert.ok(said(/circular|partially|cannot import/i, 'two.py', 1)));

	it('leaves links that lead in a circle', () => {
		const last = model.urls.at(-1);
		const folders = Number(last?.type === 'route' ? /^folders-(\d+)/.exec(last.pattern.pattern)?.[1] : undefined);
		assert.ok(folders > 0 && folders < 1000, String(folders));
	});
});
