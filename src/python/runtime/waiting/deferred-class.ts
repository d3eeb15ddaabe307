import { LazyBinding, PyClass, type Value } from '../../values';

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
		/** Its decorators have no effect that waits for somebody else. */
		readonly alone: boolean,
	) {
		super(resolve, target);
	}

	/** While it, or a base of its, is being made, its statement has not run. */
	get unborn(): boolean {
		return this.resolving || this.bases.some((base) => base instanceof DeferredClass && base.made === undefined && base.unborn);
	}
}

/** Class statements that wait, by what they derive from. */
export class DeferredClasses {
	private readonly byBase = new Map<PyClass | DeferredClass, Set<DeferredClass>>();
	private readonly origins = new Map<Value, DeferredClass>();

	add(deferred: DeferredClass): void {
		for (const base of deferred.bases) {
			const known = this.byBase.get(base);
			if (known) known.add(deferred);
			else this.byBase.set(base, new Set([deferred]));
		}
	}

	/** It has been made. */
	made(deferred: DeferredClass, made: Value): void {
		this.origins.set(made, deferred);
		this.forget(deferred);
	}

	/** The class that a name is bound to, if it has been made; one that waits no longer does. */
	bound(binding: Value | LazyBinding | undefined): PyClass | undefined {
		if (binding instanceof PyClass) return binding;
		if (!(binding instanceof DeferredClass)) return undefined;
		this.forget(binding);
		return binding.made instanceof PyClass ? binding.made : undefined;
	}

	/** Whether nothing but the class that a name is bound to has come of its statement. */
	isAlone(binding: Value | LazyBinding | undefined): boolean {
		const origin = binding instanceof PyClass ? this.origins.get(binding) : binding;
		return origin instanceof DeferredClass && origin.alone;
	}

	private forget(deferred: DeferredClass): void {
		for (const base of deferred.bases) this.byBase.get(base)?.delete(deferred);
	}

	/** Makes those that are direct subclasses of this one: somebody asks for all of them. */
	makeSubclasses(cls: PyClass): void {
		const origin = this.origins.get(cls);
		for (const base of origin ? [cls, origin] : [cls])
			for (const one of [...(this.byBase.get(base) ?? [])]) if (one.made === undefined && !one.resolving) one.resolve();
	}
}
