import { LazyBinding, PyClass, PyList, PyModule, PyUnknown, type Value } from '../../values';
import type { Machine } from '../machine';

type When = 'before the path' | 'after the path';

/**
 * A module that a finder of the program's own makes (PEP 451: `find_spec`, then the loader's `create_module` and `exec_module`). Finders
 * stand in `sys.meta_path` before the one that searches `sys.path`, as settings classes and import hooks put theirs, or after it, as `six` and
 * vendored packages do. Undefined when none has the module, or it is to be read as any other.
 */
export function importByMetaPath(
	py: Machine,
	name: string,
	path: readonly string[] | undefined,
	when: When,
): PyModule | PyUnknown | undefined {
	for (const finder of finders(py, when)) {
		const find = py.findAttr(finder, 'find_spec');
		const spec = find === undefined ? null : py.call(find, [name, path ? py.listOf([...path]) : null]);
		if (spec === null) continue;
		if (spec instanceof PyUnknown) return spec;
		if (when === 'before the path' && isPlain(py, spec)) return undefined;
		const module = load(py, name, spec);
		if (module) return module;
	}
	return undefined;
}

function finders(py: Machine, when: When): readonly Value[] {
	const sys = py.modules.get('sys');
	const all = sys instanceof PyModule ? sys.names.get('meta_path') : undefined;
	// Nobody has asked for the list: it holds Python's own alone.
	if (!(all instanceof PyList) || all instanceof LazyBinding) return [];
	const own = all.items.findIndex((finder) => finder instanceof PyClass && finder.name === 'PathFinder');
	return when === 'before the path' ? all.items.slice(0, Math.max(own, 0)) : all.items.slice(own + 1);
}

/** The module would be loaded as if there were no finder. */
function isPlain(py: Machine, spec: Value): boolean {
	return py.typeOf(py.getAttr(spec, 'loader')).name === 'SourceFileLoader';
}

function load(py: Machine, name: string, spec: Value): PyModule | PyUnknown | undefined {
	const loader = py.getAttr(spec, 'loader');
	const execute = py.findAttr(loader, 'exec_module');
	if (execute === undefined) return loadOfOld(py, name, loader);
	const created = py.call(py.getAttr(py.importModule('importlib.util'), 'module_from_spec'), [spec]);
	if (created instanceof PyUnknown) return created;
	if (!(created instanceof PyModule)) return undefined;
	if (!created.names.has('__name__')) created.names.set('__name__', name);
	py.modules.set(name, created);
	try {
		py.call(execute, [created]);
	} catch (error) {
		py.modules.delete(name);
		throw error;
	}
	created.state = 'done';
	// A loader may have put another one in its place.
	return py.modules.get(name) ?? created;
}

/** Loaders of before PEP 451, whose `load_module` does everything. */
function loadOfOld(py: Machine, name: string, loader: Value): PyModule | PyUnknown | undefined {
	const old = py.findAttr(loader, 'load_module');
	const loaded = old === undefined ? undefined : py.call(old, [name]);
	if (loaded instanceof PyModule || loaded instanceof PyUnknown) return py.modules.get(name) ?? loaded;
	return undefined;
}
