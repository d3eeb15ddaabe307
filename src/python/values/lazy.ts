import type { Value } from './value';

/** A name whose value is made when it is first asked for: what an import or a definition that waits has bound. Lives in namespaces only. */
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

/** `from module import name` that waits. */
export class LazyImport extends LazyBinding {
	constructor(
		resolve: () => Value,
		/** Absolute. */
		readonly module: string,
		readonly name: string,
	) {
		super(resolve, `${module}.${name}`);
	}
}
