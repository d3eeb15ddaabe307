import assert from 'node:assert/strict';
import { findEnvironment } from '../../../src/django/environment/environment';
import { memoryHost } from '../memoryHost';

const base = {
	'/opt/py/bin/python3.11': '',
	'/opt/py/lib/python3.11/os.py': '',
	'/opt/py/lib/python3.11/site-packages/pip/__init__.py': '',
};
const venv = (folder: string, more = '') => ({
	[`${folder}/pyvenv.cfg`]: `home = /opt/py/bin\ninclude-system-site-packages = false\nversion = 3.11.7\n${more}`,
	[`${folder}/bin/python`]: { link: '/opt/py/bin/python3.11' },
	[`${folder}/lib/python3.11/site-packages/django/__init__.py`]: '',
});

describe('the Python environment', () => {
	it('finds a virtual environment in the project, its packages and the standard library below it', () => {
		const found = findEnvironment(memoryHost({ ...base, ...venv('/p/.venv') }), ['/p']);
		assert.equal(found.foundBy, '.venv in p');
		assert.deepEqual(found.version, { major: 3, minor: 11, micro: 7 });
		assert.equal(found.stdlib, '/opt/py/lib/python3.11');
		assert.deepEqual(found.sitePackages, ['/p/.venv/lib/python3.11/site-packages']);
		assert.deepEqual(found.problems, []);
	});

	it('takes --python as an interpreter inside the environment although that is a link out of it', () => {
		const host = memoryHost({ ...base, ...venv('/envs/shop') });
		for (const python of ['/envs/shop/bin/python', '/envs/shop'])
			assert.deepEqual(findEnvironment(host, ['/p'], python).sitePackages, ['/envs/shop/lib/python3.11/site-packages']);
	});

	it('says that --python names nothing', () => {
		const found = findEnvironment(memoryHost(base), ['/p'], '/nowhere/python');
		assert.deepEqual(found.sitePackages, []);
		assert.match(found.problems[0]?.message ?? '', /^\/nowhere\/python, named by --python, is neither/);
	});

	it('prefers the environment that has Django', () => {
		const files = {
			...base,
			...venv('/p/venv'),
			'/old/pyvenv.cfg': 'home = /opt/py/bin\nversion = 3.11.7',
			'/old/lib/python3.11/site-packages/x.py': '',
		};
		assert.equal(findEnvironment(memoryHost(files, { environment: { VIRTUAL_ENV: '/old' } }), ['/p']).prefix, '/p/venv');
	});

	it("sees the base installation's and the user's packages where the environment asks for them", () => {
		const files: Parameters<typeof memoryHost>[0] = {
			...base,
			...venv('/p/.venv'),
			'/p/.venv/pyvenv.cfg': 'home = /opt/py/bin\ninclude-system-site-packages = true\nversion = 3.11.7',
			'/home/me/.local/lib/python3.11/site-packages/y.py': '',
		};
		assert.deepEqual(findEnvironment(memoryHost(files, { environment: { HOME: '/home/me' } }), ['/p']).sitePackages, [
			'/home/me/.local/lib/python3.11/site-packages',
			'/p/.venv/lib/python3.11/site-packages',
			'/opt/py/lib/python3.11/site-packages',
		]);
	});

	it('follows .pth files: folders, editable finders, namespace portions; a line that it would have to run is told', () => {
		const site = '/p/.venv/lib/python3.11/site-packages';
		const found = findEnvironment(
			memoryHost({
				...base,
				...venv('/p/.venv'),
				[`${site}/a.pth`]: '# a comment\n/src/lib\n/missing\n',
				[`${site}/__editable__.blog.pth`]: 'import __editable___blog_finder; __editable___blog_finder.install()',
				[`${site}/__editable___blog_finder.py`]:
					"MAPPING: dict[str, str] = {'blog': '/src/blog', 'it\\'s': '/x'}\nNAMESPACES: dict[str, list[str]] = {'ns': ['/src/ns']}\n",
				[`${site}/z-nspkg.pth`]: "import sys, types, os;p = os.path.join(sys._getframe(1).f_locals['sitedir'], *('zope', 'x'));",
				[`${site}/odd.pth`]: 'import mystery',
				[`${site}/distutils-precedence.pth`]: "import os; os.environ.get('X') and __import__('_distutils_hack').add_shim();",
				[`${site}/setuptools/_distutils/__init__.py`]: '',
				'/src/lib/m.py': '',
			}),
			['/p'],
		);
		assert.equal(found.sysPath.at(-1), '/src/lib');
		assert.equal(found.modules.get('distutils'), `${site}/setuptools/_distutils`);
		assert.equal(found.modules.get('blog'), '/src/blog');
		assert.deepEqual(found.namespaces.get('ns'), ['/src/ns']);
		assert.deepEqual(found.namespaces.get('zope.x'), [`${site}/zope/x`]);
		assert.deepEqual(
			found.problems.map(({ message }) => message),
			['Not run: import mystery'],
		);
	});

	it('reads PYTHONPATH from the working folder on, as Python does', () => {
		const host = memoryHost({ ...base, ...venv('/p/.venv') }, { cwd: '/w', environment: { PYTHONPATH: 'lib:/abs/./x' } });
		assert.deepEqual(findEnvironment(host, ['/p']).sysPath.slice(0, 3), ['/w/lib', '/abs/x', '/opt/py/lib/python3.11']);
	});

	it("follows pyenv: the project's version file before the global one", () => {
		const files = {
			'/home/me/.pyenv/version': '3.9.1',
			'/home/me/.pyenv/versions/3.9.1/lib/python3.9/os.py': '',
			'/home/me/.pyenv/versions/3.11.2/lib/python3.11/os.py': '',
			'/home/me/.pyenv/versions/3.11.2/lib/python3.11/site-packages/django/__init__.py': '',
			'/p/.python-version': '3.11\n',
		};
		const found = findEnvironment(memoryHost(files, { environment: { HOME: '/home/me' } }), ['/p/backend']);
		assert.deepEqual([found.prefix, found.version?.micro], ['/home/me/.pyenv/versions/3.11.2', 2]);
	});

	it('knows the layout of Windows', () => {
		const files = {
			'C:/py/Lib/os.py': '',
			'C:/p/.venv/pyvenv.cfg': 'home = C:/py\nversion = 3.12.4',
			'C:/p/.venv/Scripts/python.exe': '',
			'C:/p/.venv/Lib/site-packages/django/__init__.py': '',
		};
		const found = findEnvironment(memoryHost(files, { platform: 'win32', cwd: 'C:/p' }), ['C:/p']);
		assert.equal(found.stdlib, 'C:/py/Lib');
		assert.deepEqual(found.sitePackages, ['C:/p/.venv/Lib/site-packages']);
	});
});
