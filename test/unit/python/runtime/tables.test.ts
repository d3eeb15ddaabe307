import assert from 'node:assert/strict';
import { createInterpreter } from '../../../../src/python/create';
import { inertImports } from '../../../../src/python/runtime/importing/inert';
import type { Host } from '../../../../src/shared/host';
import { memoryHost } from '../../memoryHost';
import { evaluate } from './evaluate';

describe('a large table of data', () => {
	const rows = Array.from({ length: 3000 }, (_, at) => `    ('AD-${at}', "a (town, ${at})"),  # ${at}\n`).join('');
	const files = {
		'geo/__init__.py': '',
		'geo/data/__init__.py': "from .towns import TOWNS\nfrom .few import (\n    FEW,\n)\n\nALL = {'towns': TOWNS, 'few': FEW}\n",
		'geo/data/towns.py': `"""Towns.\nMany."""\nTOWNS = (\n${rows})\n`,
		'geo/data/few.py': 'FEW = [1, 2.5, None, True]\n',
		'geo/data/acting.py': `from .few import FEW\nimport sys\nTOWNS = (\n${rows})\nprint(FEW)\n`,
		'geo/forms.py': 'from .data import ALL\nclass Form:\n    def towns(self): return ALL\n',
	};
	const run = (text: string) => evaluate(`import sys\n${text}\ndel sys`, files)['r'];

	it('is read when a name of it is asked for, and so is what gathers it', () => {
		assert.equal(
			run("from geo.forms import Form\nr = sorted(one for one in sys.modules if 'geo' in one)"),
			"['geo', 'geo.forms']",
		);
		assert.equal(
			run(
				"from geo.forms import Form\nr = [len(Form().towns()['towns']), Form().towns()['few'], 'geo.data.towns' in sys.modules]",
			),
			'[3000, [1, 2.5, None, True], True]',
		);
	});

	it('runs in its place where it does more', () => {
		assert.equal(run("import geo.data.acting\nr = 'geo.data.acting' in sys.modules"), 'True');
	});

	it('costs no other module a second reading', () => {
		const host = memoryHost({
			'/p/a.py': 'import b.c\nfrom b import d\n',
			'/p/b/__init__.py': '',
			'/p/b/c.py': 'from .d import D\nprint(D)\n',
			'/p/b/d.py': 'D = [1]\n',
		});
		const read: string[] = [];
		const counting: Host = {
			...host,
			readFile: (path) => {
				read.push(path);
				return host.readFile(path);
			},
		};
		const py = createInterpreter({ host: counting, sysPath: ['/p'], projectRoots: ['/p'] });
		py.importModule('a');
		assert.deepEqual(
			read.filter((path) => path.startsWith('/p/')),
			['/p/a.py', '/p/b/c.py', '/p/b/__init__.py', '/p/b/d.py'],
		);
	});

	it('is data as far as its text tells', () => {
		const data = [
			'A = 1\n',
			'A: str = "x(y)"\n',
			"from ..a.b import c, d\nA = (c, [d], {'e': -1})\n",
			"'''f()\n'''\n# g()\n",
			'A = "\\"("\n',
		];
		for (const text of data) assert.notEqual(inertImports(text), undefined, text);
		const acting = [
			'f()\n',
			'A = f ()\n',
			'a.b = 1\n',
			'A[0] = 1\n',
			'@d\n',
			'class A: B = 1\n',
			'A = [f for f in g]\n',
			'A = f"{g()}"\n',
			'import a\n',
			'from a import *\n',
			'del A\n',
			'A = "x".join(B)\n',
			'(f\n("x"))\n',
			"A = 'x\n",
			'A = b @ c\n',
		];
		for (const text of acting) assert.equal(inertImports(text), undefined, text);
		assert.deepEqual(inertImports('from . import a\nfrom .b import (\n    c,\n)\n'), [
			{ level: 1, module: '' },
			{ level: 1, module: 'b' },
		]);
	});
});
