import { outside } from '../../builtins/file';
import { machine } from '../../builtins/model/object';
import type { Found } from '../../runtime/importing/finder';
import type { Interpreter } from '../../runtime/interpreter';
import { classMethod, type Member, method, native, nativeModule, newType, staticMethod } from '../../runtime/native';
import { PyBytes, type PyClass, PyInstance, PyList, PyModule, textOf, type Value } from '../../values';

/** `importlib.machinery`: specs, and the loaders and finders that plugin systems use by hand. */

export const parentOf = (name: string): string => name.split('.').slice(0, -1).join('.');

function object(cls: PyClass, fields: Readonly<Record<string, Value>>): Value {
	const made = new PyInstance(cls);
	made.attrs = new Map(Object.entries(fields));
	return made;
}

const specDefaults = {
	origin: null,
	loader: null,
	parent: '',
	submodule_search_locations: null,
	has_location: false,
	cached: null,
};

const moduleSpecType: PyClass = newType('ModuleSpec', 'importlib.machinery', [
	staticMethod(
		'__new__',
		'cls, name, loader, *, origin=None, loader_state=None, is_package=None',
		(_, [, name, loader, origin, state, isPackage]) =>
			moduleSpec({
				name,
				loader,
				origin,
				loader_state: state,
				parent: isPackage === true ? name : parentOf(textOf(name) ?? ''),
				submodule_search_locations: isPackage === true ? new PyList([]) : null,
			}),
	),
]);

export function moduleSpec(fields: Readonly<Record<string, Value>>): Value {
	return object(moduleSpecType, { ...specDefaults, ...fields });
}

/** The spec of what was found under that name. */
function specOf(name: string, found: Found | undefined): Value {
	return moduleSpec({
		name,
		origin: found?.path ?? 'built-in',
		loader: fileLoader(name, found?.path ?? null),
		parent: found?.folders ? name : parentOf(name),
		submodule_search_locations: found?.folders ? new PyList([...found.folders]) : null,
		has_location: found !== undefined,
	});
}

/** The spec of a module that exists; None otherwise. */
export function findSpec(py: Interpreter, name: string): Value {
	return py.findModule(name) ? specOf(name, machine(py).imports.locate(name)) : null;
}

/** An empty module as its spec describes it. */
export function moduleOf(py: Interpreter, spec: Value): PyModule {
	const module = new PyModule(textOf(py.getAttr(spec, 'name')) ?? '');
	const folders = py.findAttr(spec, 'submodule_search_locations') ?? null;
	module.names.set('__name__', module.name);
	module.names.set('__file__', py.findAttr(spec, 'origin') ?? null);
	module.names.set('__spec__', spec);
	module.names.set('__loader__', py.findAttr(spec, 'loader') ?? null);
	module.names.set('__package__', py.findAttr(spec, 'parent') ?? '');
	if (folders !== null) {
		module.path = py.list(folders).map((folder) => py.str(folder));
		module.names.set('__path__', folders);
	}
	return module;
}

const pathOf = (py: Interpreter, self: Value): string => textOf(py.getAttr(self, 'path')) ?? '';

const loaderMembers: readonly Member[] = [
	staticMethod('__new__', 'cls, fullname, path', (py, [, name, path]) => fileLoader(name, py.str(path))),
	method('create_module', 'self, spec', () => null),
	method('exec_module', 'self, module', (py, [self, module]) => {
		if (module instanceof PyModule) fill(py, module, py.getAttr(self, 'path'));
		return null;
	}),
	method('load_module', 'self, fullname=None', (py, [self, fullname]) => {
		const name = textOf(fullname) ?? textOf(py.getAttr(self, 'name')) ?? '';
		const loaded = machine(py).loaded.get(name);
		if (loaded) return loaded;
		const path = pathOf(py, self);
		if (machine(py).imports.locate(name)?.path === path) return py.importModule(name);
		const folders = /^(.*)\/__init__\.py$/.exec(path)?.[1];
		const module = moduleOf(
			py,
			moduleSpec({
				name,
				origin: path,
				loader: self,
				parent: folders === undefined ? parentOf(name) : name,
				submodule_search_locations: folders === undefined ? null : new PyList([folders]),
				has_location: true,
			}),
		);
		machine(py).modules.set(name, module);
		try {
			fill(py, module, path);
		} catch (error) {
			machine(py).modules.delete(name);
			throw error;
		}
		return module;
	}),
	method('get_filename', 'self, name=None', (py, [self]) => pathOf(py, self)),
	method('is_package', 'self, fullname=None', (py, [self]) => /\/__init__\.\w+$/.test(pathOf(py, self))),
	method('get_source', 'self, fullname=None', (py, [self]) => machine(py).readText(pathOf(py, self)) ?? null),
	method('get_data', 'self, path', (py, [, path]) => {
		const file = py.str(path);
		if (py.host.outside(file)) return outside(py, 'content', file);
		const bytes = py.host.readFile(file);
		return bytes ? new PyBytes(bytes) : py.raise('FileNotFoundError', 2, 'No such file or directory', file);
	}),
];
const fileLoaderType: PyClass = newType('SourceFileLoader', 'importlib.machinery', loaderMembers);

export function fileLoader(name: Value, path: Value): Value {
	return object(fileLoaderType, { name, path });
}

/** Runs the file as the module's body; a module that is implemented here gives its names. */
function fill(py: Interpreter, module: PyModule, path: Value): void {
	const file = textOf(path);
	if (file === undefined) {
		const native = py.importModule(module.name);
		if (native instanceof PyModule)
			for (const [name, value] of native.names) if (!module.names.has(name)) module.names.set(name, value);
	} else if (py.host.outside(file) && py.host.stat(file)) outside(py, 'content', file);
	else if (!machine(py).imports.runFile(module, file)) py.raise('FileNotFoundError', 2, 'No such file or directory', file);
}

/** The module of that name directly in the finder's folder. */
function findIn(py: Interpreter, folders: readonly string[], name: string): Value {
	const found = machine(py).imports.finder.find(name.slice(name.lastIndexOf('.') + 1), folders);
	return found ? specOf(name, found) : null;
}

const finderType = newType('FileFinder', 'importlib.machinery', [
	staticMethod('__new__', 'cls, path, *loader_details', (py, [, path]) => fileFinder(py.str(path))),
	method('find_spec', 'self, fullname, target=None', (py, [self, name]) => findIn(py, [pathOf(py, self)], textOf(name) ?? '')),
	method('find_module', 'self, fullname, path=None', (py, [self, name]) => {
		const spec = findIn(py, [pathOf(py, self)], textOf(name) ?? '');
		return spec === null ? null : py.getAttr(spec, 'loader');
	}),
	method('invalidate_caches', 'self', () => null),
]);

export function fileFinder(folder: string): Value {
	return object(finderType, { path: folder });
}

export const pathFinder = newType('PathFinder', 'importlib.machinery', [
	classMethod('find_spec', 'cls, fullname, path=None, target=None', (py, [, name, path]) => {
		const folders = path === null ? py.sysPath : py.list(path).map((folder) => py.str(folder));
		return findIn(py, folders, textOf(name) ?? '');
	}),
	classMethod('invalidate_caches', 'cls', () => null),
]);

export const importlibMachinery = nativeModule('importlib.machinery', [
	['ModuleSpec', moduleSpecType],
	['SourceFileLoader', fileLoaderType],
	['SOURCE_SUFFIXES', new PyList(['.py'])],
	['EXTENSION_SUFFIXES', new PyList(['.so'])],
	['BYTECODE_SUFFIXES', new PyList(['.pyc'])],
	native('all_suffixes', '', () => new PyList(['.py', '.pyc', '.so'])),
	['FileFinder', finderType],
	['PathFinder', pathFinder],
	...['BuiltinImporter', 'FrozenImporter', 'ExtensionFileLoader', 'SourcelessFileLoader', 'NamespaceLoader'].map(
		(name): Member => [name, newType(name, 'importlib.machinery', [])],
	),
]);
