// What a new user may meet instead of a tree: node test/ui/states.mjs [--shots FOLDER] [NAME ...]
// Each state is a small project opened in a real VS Code; the view has to say what is wrong and what to do next. Pictures are taken.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { prepareExample } from '../../scripts/example.mjs';
import { ensureChromium, ensureHost, root } from '../../scripts/setup.mjs';
import { makeProfile } from '../host/profile.mjs';

ensureChromium();
ensureHost();
await prepareExample({ log: console.log });
const { openWorkbench } = await import('../host/host.mjs');
const args = process.argv.slice(2);
const at = args.indexOf('--shots');
const shots = at < 0 ? join(root, '.vscode-test/states') : args.splice(at, 2)[1];
mkdirSync(shots, { recursive: true });

const manage = `import os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
from django.core.management import execute_from_command_line
execute_from_command_line(sys.argv)
`;
const settings = 'SECRET_KEY = "x"\nROOT_URLCONF = "shop.urls"\nMIDDLEWARE = ["django.middleware.common.CommonMiddleware"]\n';
const urls = `from django.http import HttpResponse
from django.urls import path

def home(request):
    return HttpResponse("home")

urlpatterns = [
    path("home/", home, name="home"),
    path("other/", home, name="other"),
]
`;
const project = { 'manage.py': manage, 'shop/__init__.py': '', 'shop/settings.py': settings, 'shop/urls.py': urls };
/** A virtual environment without packages. */
const bare = {
	'.venv/pyvenv.cfg': 'home = /usr/bin\nversion = 3.11.2\n',
	'.venv/bin/python': '',
	'.venv/lib/python3.11/site-packages/README.txt': '',
};

/** `says`: what has to stand in the view; `acts`: the rows or buttons that offer the next step. */
const states = {
	whole: { files: project, venv: true, says: [/URLs/, /home\//], acts: [] },
	'no-django': {
		files: { ...project, ...bare },
		says: [/Django was not found/, /\.venv\/bin\/python/, /home\//, /not evaluated/],
		acts: ['Select Interpreter…', 'Create Virtual Environment…'],
	},
	'interpreter-gone': {
		files: { ...project, '.vscode/settings.json': '{"requestCycle.interpreter": "/nowhere/bin/python"}' },
		says: [/\/nowhere\/bin\/python/, /requestCycle\.interpreter/],
		acts: ['Select Interpreter…'],
	},
	'no-settings': {
		files: { 'manage.py': 'from django.core.management import execute_from_command_line\n' },
		venv: true,
		says: [/No settings module/i],
		acts: ['Select Settings Module…'],
	},
	'settings-want-variable': {
		files: { ...project, 'shop/settings.py': `import os\nSECRET_KEY = os.environ["SHOP_SECRET"]\n${settings}` },
		venv: true,
		says: [/home\//, /line 2 fails/],
		acts: [],
	},
	'settings-raise': {
		files: { ...project, 'shop/settings.py': `${settings}raise ValueError("no database is configured")\n` },
		venv: true,
		says: [/home\//, /line 4 fails/],
		acts: [],
	},
	'settings-import-what-is-not-installed': {
		files: { ...project, 'shop/settings.py': `import environ\nenv = environ.Env()\n${settings}DEBUG = env.bool("DEBUG")\n` },
		venv: true,
		says: [/home\//, /Not known/],
		acts: [],
	},
	'syntax-error-in-urls': {
		files: { ...project, 'shop/urls.py': urls.replace('path("other/", home, name="other"),', 'path("other/", home, name=') },
		venv: true,
		says: [/home\//],
		acts: [],
	},
	'several-settings': {
		files: {
			...project,
			'shop/settings_production.py': settings,
			'pytest.ini': '[pytest]\nDJANGO_SETTINGS_MODULE = shop.settings_production\n',
		},
		venv: true,
		says: [/home\//],
		acts: [],
	},
	'no-project': { files: { 'README.md': '# nothing of Django\n' }, says: [/No Django project was found/], acts: ['Look Again'] },
	'no-folder': { says: [/Open a folder with a Django project/], acts: ['Open Folder'] },
};

const folder = mkdtempSync(join(tmpdir(), 'drc-s-'));
const profile = makeProfile({ 'python.defaultInterpreterPath': '' });
const wanted = Object.entries(states).filter(([name]) => args.length === 0 || args.includes(name));
for (const [name, { files, venv }] of wanted) {
	for (const [file, text] of Object.entries(files ?? {})) {
		mkdirSync(dirname(join(folder, name, file)), { recursive: true });
		writeFileSync(join(folder, name, file), text);
	}
	if (venv) symlinkSync(join(root, 'examples/bookshop/.venv'), join(folder, name, '.venv'));
}
const { page, server, close } = await openWorkbench({
	userDataDir: profile.userDataDir,
	extensionsDir: profile.extensionsDir,
	extensionDevelopmentPath: root,
});
page.setDefaultTimeout(60_000);
let failed = 0;
try {
	for (const [name, { files, says, acts }] of wanted) {
		const query = files ? `folder=${join(folder, name)}` : 'ew=true';
		await page.goto(`${server.url}/?${query}`);
		const icon = page.locator('.activitybar a[aria-label^="Request Cycle"]').first();
		await icon.waitFor();
		const pane = page.locator('.pane').filter({ has: page.locator('.pane-header[aria-label^="Cycle"]') });
		if (!(await pane.isVisible().catch(() => false))) await icon.click();
		await pane.waitFor();
		const text = async () => {
			const rows = await pane
				.locator('.monaco-list-row')
				.evaluateAll((all) => all.map((row) => row.getAttribute('aria-label') ?? ''));
			return `${await pane.innerText()}\n${rows.join('\n')}`;
		};
		const missing = async () => {
			const now = await text();
			return [...says.filter((one) => !one.test(now)), ...acts.filter((one) => !now.includes(one))];
		};
		for (const end = Date.now() + 40_000; Date.now() < end; ) {
			const now = await text();
			if ((await missing()).length === 0 && !/reading…|refreshing…/.test(now)) break;
			await page.waitForTimeout(250);
		}
		await page.mouse.move(900, 700);
		await page.waitForTimeout(500);
		await page.screenshot({ path: join(shots, `${name}.png`) });
		const left = await missing();
		if (left.length > 0) failed++;
		console.log(
			`${left.length > 0 ? 'FAILED' : 'ok'} ${name}${left.length > 0 ? `: not there: ${left.join(', ')}\n${await text()}` : ''}`,
		);
	}
} finally {
	await close();
	rmSync(folder, { recursive: true, force: true });
	profile.remove();
}
console.log(`${wanted.length - failed} passed, ${failed} failed; pictures in ${shots}`);
process.exit(failed ? 1 : 0);
