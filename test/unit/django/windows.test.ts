import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { analyzeProject } from '../../../src/django/analyze';
import { nodeHost, withDriveOf } from '../../../src/server/nodeHost';
import { OverlayHost } from '../../../src/server/overlayHost';
import type { Place, ProjectModel, UrlEntry } from '../../../src/shared/model';
import { windowsHost } from '../windowsHost';

const environment = resolve('examples/bookshop/.venv');

/** A place from the package or project folder on, the same on every system. */
const told = (place: Place | undefined) =>
	place
		? `${place.file.replaceAll('\\', '/').replace(/^.*(?:site-packages|examples\/bookshop|C:\/proj)\//i, '')}:${place.line}`
		: '-';

function rows(entries: readonly UrlEntry[], out: string[] = [], indent = ''): string[] {
	for (const entry of entries) {
		if (entry.type === 'unknown') out.push(`${indent}? ${entry.problem.message} ${told(entry.problem.place)}`);
		else if (entry.type === 'include') {
			out.push(`${indent}${entry.pattern.pattern} ${told(entry.site)}`);
			rows(entry.children, out, `${indent}  `);
		} else out.push(`${indent}${entry.pattern.pattern} ${entry.view} ${told(entry.site)} ${told(entry.place)}`);
	}
	return out;
}

describe('a project on Windows', () => {
	let here: ProjectModel;
	let host: ReturnType<typeof windowsHost>;

	before(async function () {
		this.timeout(300_000);
		const { prepareExample }: { prepareExample(): Promise<unknown> } = await import(
			pathToFileURL(resolve('scripts/example.mjs')).href
		);
		await prepareExample();
		const folder = resolve('examples/bookshop');
		here = analyzeProject(nodeHost({ cwd: folder, environment: {} }), { folder, python: environment }).model;
		const { stdlib = '', sitePackages } = here.environment;
		const home = 'C:\\Python';
		host = windowsHost(
			nodeHost(),
			{
				...Object.fromEntries(
					readdirSync(folder, { withFileTypes: true })
						.filter((entry) => entry.isDirectory() && entry.name !== '.venv')
						.map(({ name }) => [`C:\\proj\\${name}`, `${folder}/${name}`]),
				),
				'C:\\proj\\.venv\\Lib\\site-packages': sitePackages[0] ?? '',
				[`${home}\\Lib`]: stdlib,
			},
			{
				'C:\\proj\\manage.py': "import os\r\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'bookshop.settings')\r\n",
				'C:\\proj\\.venv\\pyvenv.cfg': `home = ${home}\r\nversion = ${here.python ?? ''}\r\n`,
				'C:\\proj\\.venv\\Scripts\\python.exe': '',
				[`${home}\\python.exe`]: '',
			},
			{ cwd: 'C:\\proj', saved: 'C:\\proj', environment: { Path: home, USERPROFILE: 'C:\\Users\\me' } },
		);
	});

	const routes = () => analyzeProject(host, { folder: 'C:\\proj' }).model;

	it('is found with its environment', () => {
		const { environment: found, settingsModule } = routes();
		assert.equal(settingsModule, 'bookshop.settings');
		assert.equal(found.interpreter, 'C:\\proj\\.venv\\Scripts\\python.exe');
		assert.deepEqual(found.sitePackages, ['C:\\proj\\.venv\\Lib\\site-packages']);
	});

	it('has the same routes, views and places, whatever the line ends', () => {
		const model = routes();
		assert.deepEqual(rows(model.urls), rows(here.urls));
		assert.deepEqual(
			model.middleware.map(({ path, place, settingPlace }) => `${path} ${told(place)} ${told(settingPlace)}`),
			here.middleware.map(({ path, place, settingPlace }) => `${path} ${told(place)} ${told(settingPlace)}`),
		);
	});

	it('has places with backslashes alone, as the editor names its files', () => {
		const files = JSON.stringify(routes()).match(/"file":"[^"]*"/g) ?? [];
		assert.deepEqual(
			files.filter((file) => file.includes('/') || !file.includes('C:\\\\')),
			[],
		);
	});

	it('is the same where the editor writes the drive small', () => {
		assert.deepEqual(rows(analyzeProject(host, { folder: 'c:\\proj' }).model.urls).length, rows(here.urls).length);
		assert.equal(withDriveOf('c:\\proj\\x', 'C:\\proj\\x'), 'c:\\proj\\x');
		assert.equal(withDriveOf('/proj/x', '/real/x'), '/real/x');
	});

	it('is read as it stands in the editor, in either case and slash', () => {
		const overlay = new OverlayHost(host, host.environment);
		const text = 'from django.urls import path\nurlpatterns = [path("edited/", lambda request: None)]\n';
		overlay.change({ path: 'c:\\proj\\bookshop\\urls.py', text });
		const { urls } = analyzeProject(overlay, { folder: 'C:\\proj' }).model;
		assert.deepEqual(
			urls.map((entry) => (entry.type === 'unknown' ? '?' : entry.pattern.pattern)),
			['edited/'],
		);
	});
});
