import assert from 'node:assert/strict';
import { createInterpreter } from '../../../../src/python/create';
import { boundedHost } from '../../../../src/python/runtime/importing/boundary';
import { PyModule, PyUnknown } from '../../../../src/python/values';
import { memoryHost } from '../../memoryHost';

const files = {
	'/proj/settings.py': '',
	'/proj/.env': 'SECRET=1',
	'/proj/data/a.json': '{}',
	'/proj/out': { link: '/secret' },
	'/proj/one.txt': { link: '/secret/key' },
	'/proj/inner': { link: '/proj/data' },
	'/proj/venv': { link: '/venvs/p' },
	'/venvs/p/lib/python3.12/site-packages/django/__init__.py': '',
	'/venvs/p/lib/python3.12/site-packages/linked': { link: '/home/me/linked' },
	'/home/me/linked/__init__.py': '',
	'/home/me/linked/data.txt': '',
	'/home/me/.ssh/id': '',
	'/secret/key': 'k',
	'/secret/mod.py': 'x = 1',
	'/etc/app.cfg': '',
	'/etc/shadow': '',
	'/beside/sibling.py': '',
};
const site = '/venvs/p/lib/python3.12/site-packages';

function host(sysPath: readonly string[] = ['/proj', site], variables: Record<string, string> = {}) {
	const environment = { HOME: '/home/me', ...variables };
	return boundedHost(memoryHost(files, { environment }), {
		projects: ['/proj'],
		environment: () => sysPath,
		variables: environment,
	});
}

describe('the boundary of what is read', () => {
	const table = (rows: Readonly<Record<string, boolean>>, bounded = host()) => {
		for (const [path, outside] of Object.entries(rows)) assert.equal(bounded.outside(path), outside, path);
	};

	it('is the project and its environment', () => {
		table({
			'/proj/settings.py': false,
			'/proj/.env': false,
			'/proj/data': false,
			[`${site}/django/__init__.py`]: false,
			'/secret/key': true,
			'/etc/shadow': true,
			'/': true,
			'/proj2/x': true,
		});
	});

	it('decides links of the project by what they lead to', () => {
		table({
			'/proj/out/key': true,
			'/proj/out': true,
			'/proj/one.txt': true,
			'/proj/inner/a.json': false,
			'/proj/data/../../secret/key': true,
			'/proj/out/../proj/settings.py': false,
		});
	});

	it('follows links of installed packages, and a virtual environment that is linked in', () => {
		const bounded = host(['/proj', '/proj/venv/lib/python3.12/site-packages', site]);
		bounded.readDir(site);
		table({ [`${site}/linked/data.txt`]: false, '/home/me/linked/data.txt': false, '/home/me/.ssh/id': true }, bounded);
		table({ '/proj/venv/lib/python3.12/site-packages/django/__init__.py': false, '/proj/venv/pyvenv.cfg': true }, bounded);
	});

	it('takes modules alone from a folder above the project', () => {
		table({ '/beside/sibling.py': false, '/etc/shadow': true, '/home/me/.ssh/id': true }, host(['/', '/proj']));
	});

	it('reads what a variable of the project names, and not what those of the system do', () => {
		const bounded = host(undefined, { APP_CONFIG: '/etc/app.cfg', SSH_AUTH_SOCK: '/secret', XDG_RUNTIME_DIR: '/secret' });
		table({ '/etc/app.cfg': false, '/etc/shadow': true, '/secret/key': true, '/home/me/.ssh/id': true }, bounded);
	});

	it('gives no content and lists nothing beyond it, but says what exists', () => {
		const bounded = host();
		assert.equal(bounded.readFile('/secret/key'), undefined);
		assert.equal(bounded.readFile('/proj/one.txt'), undefined);
		assert.equal(bounded.readDir('/secret'), undefined);
		assert.equal(bounded.stat('/secret/key')?.type, 'file');
		assert.ok(bounded.readFile('/proj/.env'));
	});

	it('makes what Python code reads there unknown, with the reason and the place', () => {
		const attempts: Readonly<Record<string, string>> = {
			open: "open('/secret/key').read()",
			'open of a link': "open('/proj/one.txt').read()",
			'os.listdir': "__import__('os').listdir('/secret')",
			'os.scandir': "list(__import__('os').scandir('/secret'))",
			'os.walk': "list(__import__('os').walk('/secret'))",
			'pkgutil.get_data': "__import__('pkgutil').get_data('settings', '../secret/key')",
			'exec(open())': "exec(open('/secret/mod.py').read())",
		};
		for (const [name, text] of Object.entries(attempts)) {
			const py = createInterpreter({ host: memoryHost(files), sysPath: ['/proj'], projectRoots: ['/proj'] });
			const module = py.makeModule('m', new Map());
			py.execute(`\nvalue = ${text}\n`, '/proj/m.py', module.names as never);
			const value = module.names.get('value');
			const empty = ['os.scandir', 'os.walk', 'exec(open())'].includes(name);
			assert.ok(empty || value instanceof PyUnknown, `${name}: ${String(value)}`);
			const said = py.problems.find(({ reason }) => /outside of the project and its environment/.test(reason));
			assert.ok(said, name);
			assert.equal(said.place?.line, 2, name);
		}
	});

	it('still raises for what is not there', () => {
		const py = createInterpreter({ host: memoryHost(files), sysPath: ['/proj'], projectRoots: ['/proj'] });
		const module = py.makeModule('m', new Map());
		const text = "try:\n    open('/secret/none')\nexcept FileNotFoundError:\n    value = 'missing'\n";
		py.execute(text, '/proj/m.py', module.names as never);
		assert.equal(module.names.get('value'), 'missing');
		assert.deepEqual(py.problems, []);
	});

	it('imports what editable installs map', () => {
		const py = createInterpreter({
			host: memoryHost({ '/proj/x.py': '', '/src/pkg/__init__.py': 'n = 1', '/src/pkg/sub.py': 'n = 2', '/src/one.py': 'n = 3' }),
			sysPath: ['/proj'],
			projectRoots: ['/proj'],
			readable: ['/src/pkg', '/src/one.py'],
			editable: new Map([
				['pkg', ['/src/pkg']],
				['one', ['/src/one']],
			]),
		});
		for (const [name, n] of Object.entries({ pkg: 1, 'pkg.sub': 2, one: 3 })) {
			const module = py.importModule(name);
			assert.ok(module instanceof PyModule, name);
			assert.equal(py.getAttr(module, 'n'), n);
		}
	});
});
