import { outside } from '../../builtins/file';
import { machine } from '../../builtins/model/object';
import type { Interpreter } from '../../runtime/interpreter';
import { method, native, nativeModule, newType } from '../../runtime/native';
import { PyBytes, PyInstance, PyList, PyModule, PyTuple, PyUnknown, textOf, type Value } from '../../values';

/** `importlib`, its `util` and `machinery`: finding and running modules by name. */

function absoluteName(py: Interpreter, name: Value, packageName: Value): string {
	const text = textOf(name) ?? py.raise('TypeError', 'the name of a module must be a str');
	const level = /^\.*/.exec(text)?.[0].length ?? 0;
	if (level === 0) return text;
	const base = textOf(packageName);
	if (base === undefined)
		return py.raise('TypeError', `the 'package' argument is required to perform a relative import for '${text}'`);
	const parts = base.split('.');
	if (level > parts.length) return py.raise('ImportError', 'attempted relative import beyond top-level package');
	const stem = parts.slice(0, parts.length - level + 1).join('.');
	return text.length > level ? `${stem}.${text.slice(level)}` : stem;
}

export const moduleSpecType = newType('ModuleSpec', 'importlib.machinery', []);
const loaderType = newType('SourceFileLoader', 'importlib.machinery', [
	method('exec_module', '*args', () => null),
	method('create_module', '*args', () => null),
]);

function object(cls: typeof moduleSpecType, fields: Readonly<Record<string, Value>>): Value {
	const made = new PyInstance(cls);
	made.attrs = new Map(Object.entries(fields));
	return made;
}

/** The spec of a module that exists; None otherwise. */
function findSpec(py: Interpreter, name: string): Value {
	if (!py.findModule(name)) return null;
	const found = machine(py).imports.locate(name);
	return object(moduleSpecType, {
		name,
		origin: found?.path ?? 'built-in',
		loader: object(loaderType, { name, path: found?.path ?? null }),
		parent: found?.folders ? name : name.split('.').slice(0, -1).join('.'),
		submodule_search_locations: found?.folders ? new PyList([...found.folders]) : null,
		has_location: found !== undefined,
		cached: null,
	});
}

export const importlib = nativeModule(
	'importlib',
	[
		native('import_module', 'name, package=None', (py, [name, packageName]) =>
			machine(py).imports.value(absoluteName(py, name, packageName)),
		),
		native('reload', 'module', (_py, [module]) => module),
		native('invalidate_caches', '', () => null),
		native('__import__', 'name, globals=None, locals=None, fromlist=(), level=0', (py, [name, , , fromlist]) =>
			machine(py).imports.statement(textOf(name) ?? '', py.truth(fromlist)),
		),
		native('find_loader', 'name, path=None', (py, [name]) => findSpec(py, textOf(name) ?? '')),
	],
	{ package: true },
);

export const importlibUtil = nativeModule('importlib.util', [
	native('find_spec', 'name, package=None', (py, [name, packageName]) => {
		const full = absoluteName(py, name, packageName);
		const dot = full.lastIndexOf('.');
		// A missing parent is an error here, as in CPython.
		if (dot > 0 && !py.findModule(full.slice(0, dot))) py.importModule(full.slice(0, dot));
		return findSpec(py, full);
	}),
	native('resolve_name', 'name, package', (py, [name, packageName]) => absoluteName(py, name, packageName)),
	native('module_from_spec', 'spec', (py, [spec]) => {
		const module = new PyModule(textOf(py.getAttr(spec, 'name')) ?? '');
		module.names.set('__name__', module.name);
		module.names.set('__file__', py.findAttr(spec, 'origin') ?? null);
		module.names.set('__spec__', spec);
		module.names.set('__package__', py.findAttr(spec, 'parent') ?? '');
		return module;
	}),
	native(
		'spec_from_file_location',
		'name, location=None, *, loader=None, submodule_search_locations=None',
		(py, [name, location, , folders]) =>
			object(moduleSpecType, {
				name,
				origin: location === null ? null : py.str(location),
				loader: object(fileLoaderType, { name, path: location === null ? null : py.str(location) }),
				parent: (textOf(name) ?? '').split('.').slice(0, -1).join('.'),
				submodule_search_locations: folders,
				has_location: true,
				cached: null,
			}),
	),
	native('spec_from_loader', 'name, loader, *, origin=None, is_package=None', (_py, [name, loader, origin]) =>
		object(moduleSpecType, {
			name,
			origin,
			loader,
			parent: '',
			submodule_search_locations: null,
			has_location: false,
			cached: null,
		}),
	),
]);

const fileLoaderType = newType('SourceFileLoader', 'importlib.machinery', [
	method('create_module', '*args', () => null),
	method('exec_module', 'self, module', (py, [, module]) =>
		runFile(py, module, py.getAttr(py.getAttr(module, '__spec__'), 'origin')),
	),
	method('load_module', 'self, name=None', (py, [self]) => {
		const module = new PyModule(textOf(py.getAttr(self, 'name')) ?? '');
		module.names.set('__name__', module.name);
		runFile(py, module, py.getAttr(self, 'path'));
		return module;
	}),
]);

/** Runs a file as the body of a module that was made by hand. */
function runFile(py: Interpreter, module: Value, path: Value): Value {
	const file = textOf(path);
	if (!(module instanceof PyModule) || file === undefined) return null;
	if (py.host.outside(file) && py.host.stat(file)) return outside(py, 'content', file);
	if (!machine(py).imports.runFile(module, file)) return py.raise('FileNotFoundError', 2, 'No such file or directory', file);
	return null;
}

export const importlibMachinery = nativeModule('importlib.machinery', [
	['ModuleSpec', moduleSpecType],
	['SourceFileLoader', fileLoaderType],
	['SOURCE_SUFFIXES', new PyList(['.py'])],
	['EXTENSION_SUFFIXES', new PyList(['.so'])],
	['BYTECODE_SUFFIXES', new PyList(['.pyc'])],
	native('all_suffixes', '', () => new PyList(['.py', '.pyc', '.so'])),
	['FileFinder', newType('FileFinder', 'importlib.machinery', [])],
	['PathFinder', newType('PathFinder', 'importlib.machinery', [])],
	['BuiltinImporter', newType('BuiltinImporter', 'importlib.machinery', [])],
	['ExtensionFileLoader', newType('ExtensionFileLoader', 'importlib.machinery', [])],
	['SourcelessFileLoader', newType('SourcelessFileLoader', 'importlib.machinery', [])],
	['NamespaceLoader', newType('NamespaceLoader', 'importlib.machinery', [])],
]);

/** `pkgutil`: what modules there are. */
function moduleInfos(py: Interpreter, path: Value, prefix: Value): Value[] {
	const folders = path === null ? py.sysPath : py.list(path).map((folder) => py.str(folder));
	const text = textOf(prefix) ?? '';
	const cls = py.state(moduleInfoKey, () =>
		py.call(py.getAttr(py.importModule('collections'), 'namedtuple'), ['ModuleInfo', 'module_finder name ispkg']),
	);
	return machine(py)
		.imports.finder.list(folders)
		.map(({ name, isPackage, folder }) => py.call(cls, [object(finderType, { path: folder }), `${text}${name}`, isPackage]));
}
const finderType = newType('FileFinder', 'importlib.machinery', [
	method('find_spec', 'self, name, target=None', (py, [, name]) => findSpec(py, textOf(name) ?? '')),
	method('find_module', 'self, name, path=None', (py, [, name]) => findSpec(py, textOf(name) ?? '')),
]);
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
		native('find_loader', 'name', (py, [name]) => findSpec(py, textOf(name) ?? '')),
		native('get_loader', 'name', (py, [name]) => findSpec(py, textOf(name) ?? '')),
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
