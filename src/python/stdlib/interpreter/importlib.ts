import { machine } from '../../builtins/model/object';
import type { Interpreter } from '../../runtime/interpreter';
import { native, nativeModule } from '../../runtime/native';
import { gotByName, textOf, type Value } from '../../values';
import { fileLoader, findSpec, moduleOf, moduleSpec, parentOf } from './importlib-machinery';

/** `importlib` and its `util`: finding and running modules by name. */

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

export const importlib = nativeModule(
	'importlib',
	[
		native('import_module', 'name, package=None', (py, [name, packageName]) =>
			gotByName(machine(py).imports.value(absoluteName(py, name, packageName))),
		),
		native('reload', 'module', (_py, [module]) => module),
		native('invalidate_caches', '', () => null),
		native('__import__', 'name, globals=None, locals=None, fromlist=(), level=0', (py, [name, , , fromlist]) =>
			gotByName(machine(py).imports.statements.module(textOf(name) ?? '', py.truth(fromlist))),
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
		const loader = py.findAttr(spec, 'loader') ?? null;
		const create = loader === null ? undefined : py.findAttr(loader, 'create_module');
		const created = create === undefined ? null : py.call(create, [spec]);
		return created === null ? moduleOf(py, spec) : created;
	}),
	native(
		'spec_from_file_location',
		'name, location=None, *, loader=None, submodule_search_locations=None',
		(py, [name, location, loader, folders]) =>
			moduleSpec({
				name,
				origin: location === null ? null : py.str(location),
				loader: loader ?? fileLoader(name, location === null ? null : py.str(location)),
				parent: folders === null ? parentOf(textOf(name) ?? '') : name,
				submodule_search_locations: folders,
				has_location: true,
			}),
	),
	native('spec_from_loader', 'name, loader, *, origin=None, is_package=None', (_py, [name, loader, origin]) =>
		moduleSpec({ name, origin, loader, parent: parentOf(textOf(name) ?? '') }),
	),
]);
