import type { Interpreter } from '../../python/runtime/interpreter';
import { PyModule } from '../../python/values';
import type { ProjectModel } from '../../shared/model';
import { moduleOf } from '../places';
import { urlconfFiles } from '../urls/entries';
import { mentions } from './importers';

const reachedOnce = Symbol('modules with problems that something led to');

/**
 * Files of loaded modules that nothing leads to any more: a URLconf whose `include()` was edited away is still loaded here, a whole
 * evaluation would not have met its problems. Only modules with problems are looked at, and of those only what the project's texts
 * led to at first: who imports a module by a name that is put together can't be told.
 */
export function unreached(
	py: Interpreter,
	{ urls, otherRoots, rootUrlconf }: ProjectModel,
	early: ReadonlySet<string>,
	isProject: (path: string) => boolean,
): ReadonlySet<string> {
	const files = new Set(py.problems.flatMap(({ place }) => (place && isProject(place.path) ? [place.path] : [])));
	const once = py.state(reachedOnce, () => new WeakSet<PyModule>());
	const out = new Set<string>();
	let roots: ReadonlySet<string> | undefined;
	for (const file of files) {
		const module = moduleOf(py, file);
		if (!module || early.has(module.name)) continue;
		roots ??= urlconfFiles([urls, ...otherRoots.map((one) => one.urls)], rootUrlconf?.file);
		if (leads(py, module, roots, early, isProject)) once.add(module);
		else if (once.has(module)) out.add(file);
	}
	return out;
}

/** Whether something that is reached leads to the module. */
function leads(
	py: Interpreter,
	module: PyModule,
	roots: ReadonlySet<string>,
	early: ReadonlySet<string>,
	isProject: (path: string) => boolean,
): boolean {
	const seen = new Set([module]);
	for (const one of seen) {
		if (early.has(one.name) || (one.source && roots.has(one.source.path))) return true;
		// A package is loaded for what is in it.
		for (const inner of py.modules.values())
			if (one.path !== undefined && inner instanceof PyModule && inner.name.startsWith(`${one.name}.`)) seen.add(inner);
		for (const user of mentions(py, one, isProject)) seen.add(user);
	}
	return false;
}
