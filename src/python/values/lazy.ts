import type { Value } from './value';

/** A name bound by an import that has not been asked for yet. Lives in namespaces only. */
export class LazyBinding {
	/** Set while it is being resolved: a package that imports a submodule of its own by name meets itself here. */
	resolving = false;
	constructor(
		/** Runs the import; throws what the import statement would have thrown. */
		readonly resolve: () => Value,
		/** For messages: `module` or `module.name`. */
		readonly target: string,
	) {}
}
