import assert from 'node:assert/strict';
import { SettingTrail } from '../../../src/django/settingPlaces';
import { createInterpreter } from '../../../src/python/create';
import { memoryHost } from '../memoryHost';

/** `file:line` of each entry of MIDDLEWARE. */
function places(files: Readonly<Record<string, string>>, environment: Record<string, string> = {}): Record<string, string> {
	const host = memoryHost(Object.fromEntries(Object.entries(files).map(([name, text]) => [`/p/${name}`, text])), { environment });
	const py = createInterpreter({ host, sysPath: ['/p'], projectRoots: ['/p'] });
	const trail = new SettingTrail(py, 'MIDDLEWARE');
	const entries = trail.watch(() => py.list(py.getAttr(py.importModule('s'), 'MIDDLEWARE')).map((one) => py.str(one)));
	const found = trail.places('s', entries);
	return Object.fromEntries(entries.map((entry) => [entry, `${found.get(entry)?.file.slice(3)}:${found.get(entry)?.line}`]));
}

describe('the place of a middleware entry', () => {
	it('is where its text is written in the statement that added it, not where it stands besides', () => {
		const text = [
			'"""a.A, b.B"""',
			"# 'a.A' and 'b.B' are chosen below",
			"OPTIONAL = {'b.B': 1}",
			'MIDDLEWARE = [',
			"    'a.A',",
			']',
			"if OPTIONAL.get('b.B'):",
			'    x = 1',
			"    MIDDLEWARE.insert(0, 'b.B')",
		].join('\n');
		assert.deepEqual(places({ 's.py': text }), { 'b.B': 's.py:9', 'a.A': 's.py:5' });
	});

	it('is where another list or module wrote it', () => {
		const files = {
			'base.py': "MIDDLEWARE = ['a.A']\nEXTRA = [\n  'b.B',\n]\n",
			's.py': "from base import *\nMIDDLEWARE = EXTRA + MIDDLEWARE\nfor one in ['c.C', 'd.D']:\n    MIDDLEWARE.append(one)\n",
		};
		assert.deepEqual(places(files), { 'b.B': 'base.py:3', 'a.A': 'base.py:1', 'c.C': 's.py:3', 'd.D': 's.py:3' });
	});

	it('is the statement that added it where it is put together or comes from outside', () => {
		const text = [
			'import os',
			"base = 'shop'",
			'MIDDLEWARE = []',
			'if base:',
			"    name = 'Cart'",
			"    MIDDLEWARE += [f'{base}.{name}']",
			"MIDDLEWARE.append(os.environ['MORE'])",
			"MIDDLEWARE[:0] = ['%s.First' % base]",
		].join('\n');
		assert.deepEqual(places({ 's.py': text }, { MORE: 'x.X' }), {
			'shop.First': 's.py:8',
			'shop.Cart': 's.py:6',
			'x.X': 's.py:7',
		});
	});

	it('is the line of a file of data that was read', () => {
		const files = {
			's.py': "MIDDLEWARE = open('/p/conf/m.cfg').read().split()[2:]\n",
			'conf/m.cfg': 'middleware =\n  a.A\n',
		};
		assert.deepEqual(places(files), { 'a.A': 'conf/m.cfg:2' });
	});

	it('is that of a class whose attribute becomes the setting', () => {
		const text = [
			'class Dev:',
			"    BASE = 'a'",
			'    MIDDLEWARE = [',
			"        'b.B',",
			"        BASE + '.A',",
			'    ]',
			"globals()['MIDDLEWARE'] = getattr(Dev, 'MIDDLEWARE')",
		].join('\n');
		assert.deepEqual(places({ 's.py': text }), { 'b.B': 's.py:4', 'a.A': 's.py:7' });
	});
});
