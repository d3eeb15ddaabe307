import assert from 'node:assert/strict';
import { createInterpreter } from '../../../../src/python/create';
import type { Value } from '../../../../src/python/values';
import { nodeHost } from '../../../../src/server/nodeHost';
import { runEngine, runPython } from '../compare';

const paths = [
	'C:\\proj\\shop\\urls.py',
	'C:/proj/shop/urls.py',
	'c:proj\\x',
	'\\\\server\\share\\folder\\file.txt',
	'//server/share/folder',
	'\\\\?\\UNC\\server\\share\\x',
	'\\rooted\\x',
	'relative\\..\\x\\.\\y',
	'..\\..\\x',
	'C:\\a\\..\\..\\b',
	'C:\\',
	'C:',
	'',
	'x.tar.gz',
	'C:\\.hidden',
	'C:\\folder.d\\name',
	'D:\\other',
	'a/b\\c/',
];

const program = `
import ntpath
paths = ${JSON.stringify(paths)}
${['normpath', 'normcase', 'dirname', 'basename', 'split', 'splitext', 'splitdrive']
	.map((name) => `${name} = [ntpath.${name}(path) for path in paths]`)
	.join('\n')}
join = [ntpath.join(a, b) for a in paths for b in paths]
isabs = [ntpath.isabs(path) for path in paths if not path.startswith('\\\\rooted')]
relpath = [ntpath.relpath(a, b) for a in paths for b in ['C:\\\\proj', 'C:\\\\PROJ\\\\other\\\\deep'] if a[:3].upper().startswith('C:\\\\')]
commonpath = ntpath.commonpath(['C:\\\\a\\\\b\\\\c', 'c:/A/b/d'])
constants = [ntpath.sep, ntpath.altsep, ntpath.pathsep, ntpath.curdir, ntpath.pardir, ntpath.devnull]
`;

const settings = `
import os
import os.path
from pathlib import Path
file = 'C:\\\\proj\\\\shop\\\\settings\\\\base.py'
base = os.path.dirname(os.path.dirname(os.path.abspath(file)))
templates = os.path.join(base, 'templates')
root = str(Path(file).resolve().parent.parent)
static = str(Path(root) / 'static' / 'css')
same = Path('C:/Proj') == Path('c:\\\\proj')
relative = os.path.abspath('db.sqlite3')
parts = Path(file).parts
uri = Path(file).as_uri()
posix = Path(file).as_posix()
names = [os.name, os.sep, os.pathsep, os.linesep]
home = os.path.expanduser('~\\\\x')
variable = os.environ.get('Secret_Key'), os.environ['SECRET_KEY'], os.path.expandvars('%SECRET_KEY%/x')
`;

describe('paths of Windows', () => {
	it('are what CPython makes of them in ntpath', function () {
		const python = runPython([program]);
		if (!python) return this.skip();
		const [theirs] = python.outcomes;
		const ours = runEngine(program, python);
		assert.equal(ours['raised'], undefined);
		for (const [name, value] of Object.entries(theirs ?? {})) assert.equal(ours[name], value, name);
	});

	it('are those of os.path and pathlib where the project runs on Windows', function () {
		const python = runPython(['']);
		if (!python) return this.skip();
		const disk = nodeHost();
		const host = {
			...disk,
			platform: 'win32' as const,
			cwd: 'C:\\proj',
			environment: { Secret_Key: 'k', USERPROFILE: 'C:\\Users\\me' },
			realpath: (path: string) => path,
		};
		const py = createInterpreter({
			host,
			sysPath: [...python.sysPath],
			standardFolders: [...python.sysPath],
			version: python.version,
		});
		const names = new Map<string, Value>([['__name__', 'main']]);
		py.execute(settings, 'C:\\proj\\main.py', names);
		const shown = (name: string) => py.repr(names.get(name) ?? null).replaceAll('\\\\', '\\');
		const expected: Readonly<Record<string, string>> = {
			base: "'C:\\proj\\shop'",
			templates: "'C:\\proj\\shop\\templates'",
			root: "'C:\\proj\\shop'",
			static: "'C:\\proj\\shop\\static\\css'",
			same: 'True',
			relative: "'C:\\proj\\db.sqlite3'",
			parts: "('C:\\', 'proj', 'shop', 'settings', 'base.py')",
			uri: "'file:///C:/proj/shop/settings/base.py'",
			posix: "'C:/proj/shop/settings/base.py'",
			names: "['nt', '\\', ';', '\\r\\n']",
			home: "'C:\\Users\\me\\x'",
			variable: "('k', 'k', 'k/x')",
		};
		assert.deepEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, shown(name)])), expected);
	});
});
