import { PyList, PyModule, PyUnknown, type Value } from '../values';
import type { Machine } from './machine';

/**
 * A module that a finder of the program's own makes, as `six` and vendored packages register in `sys.meta_path`
 * (PEP 451: `find_spec`, then the loader's `create_module` and `exec_module`). Undefined when none has it.
 */
export function importByMetaPath(
	py: Machine,
	name: string,
	path: readonly string[] | undefined,
): PyModule | PyUnknown | undefined {
	const sys = py.modules.get('sys');
	const finders = sys instanceof PyModule ? py.getAttr(sys, 'meta_path') : undefined;
	if (!(finders instanceof PyList)) return undefined;
	for (const finder of [...finders.items]) {
		const find = py.findAttr(finder, 'find_spec');
		const spec = find === undefined ? null : py.call(find, [name, path ? py.listOf([...path]) : null]);
		if (spec === null) continue;
		if (spec instanceof PyUnknown) return spec;
		const module = load(py, name, spec);
		if (module) return module;
	}
	return undefined;
}

function load(py: Machine, name: string, spec: Value): PyModule | PyUnknown | undefined {
	const loader = py.getAttr(spec, 'loader');
	const create = py.findAttr(loader, 'create_module');
	const created = create === undefined ? null : py.call(create, [spec]);
	if (created instanceof PyUnknown) return created;
	const module = created instanceof PyModule ? created : created === null ? new PyModule(name) : undefined;
	if (!module) return undefined;
	if (!module.names.has('__name__')) module.names.set('__name__', name);
	py.modules.set(name, module);
	const execute = py.findAttr(loader, 'exec_module');
	if (execute !== undefined) py.call(execute, [module]);
	module.state = 'done';
	// A loader may have put another one in its place.
	return py.modules.get(name) ?? module;
}
