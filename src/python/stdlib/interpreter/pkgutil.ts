import { outside } from '../../builtins/file';
import { machine } from '../../builtins/model/object';
import type { Interpreter } from '../../runtime/interpreter';
import { native, nativeModule } from '../../runtime/native';
import { PyBytes, PyList, PyModule, PyTuple, PyUnknown, textOf, type Value } from '../../values';
import { fileFinder, findSpec } from './importlib-machinery';

/** `pkgutil`: what modules there are. */
function moduleInfos(py: Interpreter, path: Value, prefix: Value): Value[] {
	const folders = path === null ? py.sysPath : py.list(path).map((folder) => py.str(folder));
	const text = textOf(prefix) ?? '';
	const cls = py.state(moduleInfoKey, () =>
		py.call(py.getAttr(py.importModule('collections'), 'namedtuple'), ['ModuleInfo', 'module_finder name ispkg']),
	);
	return machine(py)
		.imports.finder.list(folders)
		.map(({ name, isPackage, folder }) => py.call(cls, [fileFinder(folder), `${text}${name}`, isPackage]));
}
const moduleInfoKey = Symbol('pkgutil.ModuleInfo');

function* walk(py: Interpreter, path: Value, prefix: Value): IterableIterator<Value> {
	for (const info of moduleInfos(py, path, prefix)) {
		yield info;
		const [, name, isPackage] = py.list(info);
		if (isPackage !== true || name === undefined) continue;
		const module = py.importModule(textOf(name) ?? '');
		if (module instanceof PyUnknown) continue;
		yield* walk(py, py.findAttr(module, '__path__') ?? new PyTuple([]), `${textOf(name) ?? ''}.`);
	}
}

function loaderOf(py: Interpreter, name: Value): Value {
	const spec = findSpec(py, textOf(name) ?? '');
	return spec === null ? null : py.getAttr(spec, 'loader');
}

export const pkgutil = nativeModule(
	'pkgutil',
	[
		native('iter_modules', "path=None, prefix=''", (py, [path, prefix]) => py.iterator(moduleInfos(py, path, prefix))),
		native('walk_packages', "path=None, prefix='', onerror=None", (py, [path, prefix]) => py.iterator(walk(py, path, prefix))),
		native('extend_path', 'path, name', (py, [path, name]) => {
			const folders = py.list(path);
			const parts = (textOf(name) ?? '').split('.').join('/');
			for (const entry of py.sysPath) {
				const folder = `${entry}/${parts}`;
				if (py.host.stat(folder)?.type === 'directory' && !folders.includes(folder)) folders.push(folder);
			}
			return new PyList(folders);
		}),
		native('get_data', 'package, resource', (py, [name, resource]) => {
			const module = py.importModule(textOf(name) ?? '');
			if (module instanceof PyUnknown) return module;
			const folder = module.path?.[0] ?? module.source?.path.replace(/\/[^/]*$/, '');
			const path = `${folder ?? ''}/${textOf(resource) ?? ''}`;
			if (py.host.outside(path)) return outside(py, 'content', path);
			const bytes = py.host.readFile(path);
			return bytes ? new PyBytes(bytes) : py.raise('FileNotFoundError', 2, 'No such file or directory', path);
		}),
		native('find_loader', 'name', (py, [name]) => loaderOf(py, name)),
		native('get_loader', 'name', (py, [name]) => loaderOf(py, name)),
		native('resolve_name', 'name', (py, [name]) => {
			const text = textOf(name) ?? '';
			const [moduleName = '', path] = text.split(':');
			if (path !== undefined) {
				let value: Value = py.importModule(moduleName);
				for (const part of path === '' ? [] : path.split('.')) value = py.getAttr(value, part);
				return value;
			}
			const parts = text.split('.');
			let value: Value = py.importModule(parts[0] ?? '');
			for (let i = 1; i < parts.length; i++) {
				const dotted = parts.slice(0, i + 1).join('.');
				value = value instanceof PyModule && py.findModule(dotted) ? py.importModule(dotted) : py.getAttr(value, parts[i] ?? '');
			}
			return value;
		}),
	],
	{ partial: true },
);
