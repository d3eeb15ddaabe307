import assert from 'node:assert/strict';
import { createInterpreter } from '../../../../src/python/create';
import { memoryHost } from '../../memoryHost';

describe('the entries of a folder', () => {
	const files = { '/p/a.py': '', '/p/b.py': '', '/p/c/d.py': '' };
	const run = (listDir?: (path: string) => readonly string[] | undefined) => {
		const host = { ...memoryHost(files), ...(listDir ? { listDir } : {}) };
		const py = createInterpreter({ host, sysPath: ['/p'], projectRoots: ['/p'] });
		const names = new Map();
		py.execute(
			"import os\nr = os.listdir('/p')\ns = [e.name for e in os.scandir('/p')]\nt = next(os.walk('/p'))[2]",
			'/p/main.py',
			names,
		);
		return ['r', 's', 't'].map((name) => py.repr(names.get(name)));
	};

	it("come in the file system's own order, as in Python", () => {
		assert.deepEqual(
			run((path) => (path === '/p' ? ['c', 'b.py', 'a.py'] : undefined)),
			["['c', 'b.py', 'a.py']", "['c', 'b.py', 'a.py']", "['b.py', 'a.py']"],
		);
	});
	it('come by their names where that is not told', () => {
		assert.deepEqual(run(), ["['a.py', 'b.py', 'c']", "['a.py', 'b.py', 'c']", "['a.py', 'b.py']"]);
	});
});
