import type { Value } from './value';

/** A name bound by an import that has not been asked for yet. Lives in namespaces only. */
export class LazyBinding {
	constructor(
		/** Runs the import; throws what the import statement would have thrown. */
		readonly resolve: () => Value,
		/** For messages: `module` or `module.name`. */
		readonly target: string,
	) {}
}
