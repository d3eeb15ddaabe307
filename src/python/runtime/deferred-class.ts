import { LazyBinding, type PyClass, type Value } from '../values';

/**
 * A class statement of a module's own level that waits until its name is asked for. Only where nobody could tell the difference:
 * nothing but the class itself comes of making it, and what it reads stays as it is at its place.
 */
export class DeferredClass extends LazyBinding {
	/** Once it was asked for. */
	made: Value | undefined = undefined;

	constructor(
		resolve: () => Value,
		target: string,
		/** Of the same rank as a class's `bases`. */
		readonly bases: readonly (PyClass | DeferredClass)[],
		/** A class with `__init_subclass__` makes its subclasses register, as far as anybody knows. */
		readonly quiet: boolean,
		/** When its statement was reached, among those of classes. */
		readonly born: number,
	) {
		super(resolve, target);
	}

	/** While it, or a base of its, is being made, its statement has not run. */
	get unborn(): boolean {
		return this.resolving || this.bases.some((base) => base instanceof DeferredClass && base.made === undefined && base.unborn);
	}
}

/** Makes those waiting classes that are direct subclasses of this one: somebody asks for all of them. */
export function makeSubclasses(deferred: readonly DeferredClass[], cls: PyClass): void {
	for (let i = 0; i < deferred.length; i++) {
		const one = deferred[i];
		if (!one || one.made !== undefined || one.resolving) continue;
		if (one.bases.some((base) => base === cls || (base instanceof DeferredClass && base.made === cls))) one.resolve();
	}
}
