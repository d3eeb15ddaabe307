import assert from 'node:assert/strict';
import { analyzeProject } from '../../../src/django/analyze';
import { findSettings } from '../../../src/django/discovery/discovery';
import { openProject } from '../../../src/django/project';
import { memoryHost } from '../memoryHost';

const short = (files: Record<string, string>, environment: Record<string, string> = {}) =>
	findSettings(memoryHost(files, { environment }), '/p').map(
		({ module, root, source, place }) => `${module} in ${root} by ${source}${place ? `:${place.line}` : ''}`,
	);
const manage = (module: string) => `import os\ndef main():\n    os.environ.setdefault('DJANGO_SETTINGS_MODULE', '${module}')\n`;

describe('settings modules of a folder', () => {
	it('are named by manage.py, which stands before wsgi.py', () => {
		const files = {
			'/p/manage.py': manage('shop.settings.dev'),
			'/p/shop/settings/dev.py': '',
			'/p/shop/settings/prod.py': '',
			'/p/shop/wsgi.py': 'import os\nos.environ["DJANGO_SETTINGS_MODULE"] = "shop.settings.prod"',
		};
		assert.deepEqual(short(files), ['shop.settings.dev in /p by manage.py:3', 'shop.settings.prod in /p by wsgi.py:2']);
	});

	it("are first of all the process's own", () => {
		const files = { '/p/manage.py': manage('shop.settings'), '/p/shop/settings.py': '' };
		assert.equal(
			short(files, { DJANGO_SETTINGS_MODULE: 'elsewhere.settings' })[0],
			'elsewhere.settings in /p by DJANGO_SETTINGS_MODULE',
		);
	});

	it('of several projects keep their own roots; a named module without a file is left out', () => {
		const files = {
			'/p/a/manage.py': manage('one.settings'),
			'/p/a/one/settings.py': '',
			'/p/b/manage.py': manage('two.settings'),
			'/p/b/two/settings/__init__.py': '',
			'/p/c/manage.py': manage('gone.settings'),
		};
		assert.deepEqual(short(files), ['one.settings in /p/a by manage.py:3', 'two.settings in /p/b by manage.py:3']);
	});

	it('are read from test configuration and .env too', () => {
		const files = {
			'/p/s.py': '',
			'/p/t.py': '',
			'/p/u.py': '',
			'/p/v.py': '',
			'/p/pyproject.toml': '[tool.pytest.ini_options]\nDJANGO_SETTINGS_MODULE = "s"\n',
			'/p/setup.cfg': '[tool:pytest]\naddopts = -q\nDJANGO_SETTINGS_MODULE = t\n',
			'/p/tox.ini': '[testenv]\nsetenv =\n    A = 1\n    DJANGO_SETTINGS_MODULE = u\n',
			'/p/.env': '# x\nexport DJANGO_SETTINGS_MODULE="v"\n',
		};
		assert.deepEqual(short(files), [
			'v in /p by .env:2',
			's in /p by pyproject.toml:2',
			't in /p by setup.cfg:3',
			'u in /p by tox.ini:4',
		]);
	});

	it('are guessed by name and content when nothing names one, and the reason says so', () => {
		const files = {
			'/p/src/shop/__init__.py': '',
			'/p/src/shop/settings.py': 'ROOT_URLCONF = "shop.urls"',
			'/p/venv/pyvenv.cfg': '',
			'/p/venv/settings.py': 'ROOT_URLCONF = 1',
		};
		assert.deepEqual(short(files), ['shop.settings in /p/src by its name and content:1']);
	});

	it('half-typed TOML and commented lines name nothing', () => {
		const files = {
			'/p/s.py': '',
			'/p/pyproject.toml': '[tool.pytest\nDJANGO_SETTINGS_MODULE = "s"',
			'/p/manage.py': '# os.environ.setdefault("DJANGO_SETTINGS_MODULE", "s")',
		};
		assert.deepEqual(short(files), []);
	});
});

describe('settings classes', () => {
	const files = {
		'/p/manage.py': `${manage('s')}\n    os.environ.setdefault('DJANGO_CONFIGURATION', 'Dev')\n`,
		'/p/s.py': '',
	};

	it('are named beside the module', () => {
		assert.equal(findSettings(memoryHost(files), '/p')[0]?.configuration, 'Dev');
		assert.equal(openProject(memoryHost(files), { folder: '/p' }).configuration, 'Dev');
	});

	it("are the environment's own where it names one", () => {
		const environment = { DJANGO_CONFIGURATION: 'Prod' };
		assert.equal(openProject(memoryHost(files, { environment }), { folder: '/p' }).configuration, 'Prod');
	});

	it('without a name are told, at the line that imports them', () => {
		const text = 'import os\nfrom configurations import Configuration\nclass Dev(Configuration): pass\nclass Prod(Dev): pass\n';
		const host = memoryHost({ '/p/manage.py': manage('s'), '/p/s.py': text, '/p/django/__init__.py': '' });
		const told = analyzeProject(host, { folder: '/p' }).model.problems.find(({ message }) =>
			message.includes('DJANGO_CONFIGURATION'),
		);
		assert.match(told?.message ?? '', /settings classes \(Dev, Prod\)/);
		assert.deepEqual(told?.place, { file: '/p/s.py', line: 2 });
	});
});
