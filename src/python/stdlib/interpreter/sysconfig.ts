import { machine } from '../../builtins/model/object';
import type { Interpreter } from '../../runtime/interpreter';
import { native, nativeModule } from '../../runtime/native';
import { PyDict, textOf } from '../../values';

/** The installation's folders, by the names of `sysconfig.get_path_names()`. */
function paths(py: Interpreter): Map<string, string> {
	const { prefix, standardFolders } = machine(py);
	const version = `python${py.version[0]}.${py.version[1]}`;
	const packages =
		py.sysPath.find((folder) => /[\\/](?:site|dist)-packages$/.test(folder)) ?? `${prefix}/lib/${version}/site-packages`;
	const standard = standardFolders[0] ?? `${prefix}/lib/${version}`;
	return new Map([
		['stdlib', standard],
		['platstdlib', standard],
		['purelib', packages],
		['platlib', packages],
		['include', `${prefix}/include/${version}`],
		['platinclude', `${prefix}/include/${version}`],
		['scripts', `${prefix}/bin`],
		['data', prefix],
	]);
}

/** Native: the source reads how the interpreter was built. */
export const sysconfig = nativeModule(
	'sysconfig',
	[
		native('get_path', 'name, scheme=None, vars=None, expand=True', (py, [name]) => {
			const key = textOf(name) ?? '';
			return paths(py).get(key) ?? py.raise('KeyError', key);
		}),
		native('get_paths', 'scheme=None, vars=None, expand=True', (py) => {
			const dict = new PyDict();
			for (const [name, path] of paths(py)) dict.setStr(name, path);
			return dict;
		}),
		native('get_python_version', '', (py) => `${py.version[0]}.${py.version[1]}`),
		native('get_config_var', 'name', (py) => py.unknown('how the interpreter was built')),
		native('get_config_vars', '*args', (py) => py.unknown('how the interpreter was built')),
		native('get_platform', '', (py) => py.unknown('what machine this is')),
		native('is_python_build', '*args', () => false),
	],
	{ open: true },
);
