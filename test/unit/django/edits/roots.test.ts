import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { UrlEntry } from '../../../../src/shared/model';
import { Edited, told } from './edited';

const files: Readonly<Record<string, string>> = {
	'manage.py': '',
	'settings.py': "SECRET_KEY = 'k'\nROOT_URLCONF = 'urls'\nMIDDLEWARE = ['tenants.tenant']\n",
	'views.py': 'def home(request):\n    return None\n',
	'shared.py': "from django.urls import path\nimport views\npatterns = [path('shared/', views.home)]\n",
	'urls.py':
		"from django.urls import include, path\nimport shared, views\nurlpatterns = [\n    path('', views.home),\n    path('in/', include(shared.patterns)),\n]\n",
	'other.py': `import functools
import shared
def wrapped(view):
    @functools.wraps(view)
    def wrap(request):
        return view(request)
    return wrap
for one in shared.patterns:
    one.callback = wrapped(one.callback)
urlpatterns = shared.patterns
`,
	'tenants.py': `def tenant(get_response):
    def middleware(request):
        if request.tenant:
            request.urlconf = 'other'
        if request.home:
            request.urlconf = 'urls'
        return get_response(request)
    return middleware
`,
};

describe('a root that a middleware names as well', () => {
	let folder = '';

	before(async function () {
		this.timeout(300_000);
		const { prepareExample }: { prepareExample(): Promise<unknown> } = await import(
			pathToFileURL(resolve('scripts/example.mjs')).href
		);
		await prepareExample();
		folder = mkdtempSync(join(tmpdir(), 'roots-'));
		for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
	});

	after(() => rmSync(folder, { recursive: true, force: true }));

	it('stays what it was when it was loaded, though another one has changed its patterns since', () => {
		const python = resolve('examples/bookshop/.venv');
		const project = new Edited({ folder, settingsModule: 'settings', python });
		const wrappers = (entries: readonly UrlEntry[]): number[] =>
			entries.flatMap((one) =>
				one.type === 'include' ? wrappers(one.children) : one.type === 'route' ? [one.wrappers?.length ?? 0] : [],
			);
		const all = () => [wrappers(project.now.model.urls), ...project.now.model.otherRoots.map(({ urls }) => wrappers(urls))];
		const before = [[0, 0], [1], [0, 0]];
		assert.deepEqual(all(), before);
		assert.ok(project.follow(join(folder, 'views.py'), `${files['views.py']}\ndef added(request):\n    return None\n`));
		assert.deepEqual(all(), before);
		assert.equal(told(project.now), told(project.fresh()));
		assert.ok(project.follow(join(folder, 'urls.py'), (files['urls.py'] ?? '').replace("path('',", "path('home/',")));
		assert.deepEqual(all(), before);
		assert.equal(told(project.now), told(project.fresh()));
	});

	it('is evaluated as a whole where the function that chooses it is edited', () => {
		const chosen = "from tenant_names import HOME\ndef urlconf_of(request):\n    return 'other' if request.tenant else HOME\n";
		const middleware = `from choosing import urlconf_of
def tenant(get_response):
    def middleware(request):
        request.urlconf = urlconf_of(request)
        return get_response(request)
    return middleware
`;
		for (const [name, text] of Object.entries({
			'choosing.py': chosen,
			'tenants.py': middleware,
			'tenant_names.py': "HOME = 'urls'\n",
		}))
			writeFileSync(join(folder, name), text);
		const project = new Edited({ folder, settingsModule: 'settings', python: resolve('examples/bookshop/.venv') });
		const roots = () => project.now.model.otherRoots.map(({ urlconf }) => urlconf.name);
		assert.deepEqual(roots(), ['other', 'urls']);
		assert.ok(project.follow(join(folder, 'views.py'), `${files['views.py']}\ndef added(request):\n    return None\n`));
		assert.deepEqual(roots(), ['other', 'urls']);
		assert.ok(!project.follow(join(folder, 'choosing.py'), chosen.replace('else HOME', "else 'shared'")));
		assert.deepEqual(roots(), ['other', 'shared']);
		project.follow(join(folder, 'choosing.py'), chosen);
		project.follow(join(folder, 'tenant_names.py'), "HOME = 'other'\n");
		assert.deepEqual(roots(), ['other']);
		assert.equal(told(project.now), told(project.fresh()));
	});

	it('is what a table says after an edit, however the function that chooses gets at it', () => {
		const ways = {
			'from tenant_names import HOME': 'HOME',
			'import tenant_names': 'tenant_names.HOME',
			'from tenant_table import NAMES': 'NAMES["home"]',
			'from tenant_table import home': 'home()',
		};
		const table = (name: string) => `HOME = '${name}'\n`;
		const names = join(folder, 'tenant_names.py');
		writeFileSync(
			join(folder, 'tenant_table.py'),
			'import tenant_names\nNAMES = {"home": tenant_names.HOME}\ndef home():\n    return tenant_names.HOME\n',
		);
		for (const [line, expression] of Object.entries(ways)) {
			writeFileSync(names, table('urls'));
			writeFileSync(
				join(folder, 'tenants.py'),
				`${line}
def tenant(get_response):
    def middleware(request):
        request.urlconf = ${expression}
        return get_response(request)
    return middleware
`,
			);
			const project = new Edited({ folder, settingsModule: 'settings', python: resolve('examples/bookshop/.venv') });
			const roots = () => project.now.model.otherRoots.map(({ urlconf }) => urlconf.name);
			assert.deepEqual(roots(), ['urls'], line);
			for (const name of ['other', 'urls']) {
				project.follow(names, table(name));
				assert.deepEqual(roots(), [name], line);
				assert.equal(told(project.now), told(project.fresh()));
			}
			assert.ok(project.follow(join(folder, 'views.py'), `${files['views.py']}\ndef added(request):\n    return None\n`));
			assert.equal(told(project.now), told(project.fresh()));
		}
	});
});
