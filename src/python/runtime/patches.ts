import { type PyClass, type Value, wrote } from '../values';

/**
 * What a program adds to a class that is implemented here (`Path.tree = …`). The class itself is shared by all interpreters and stays
 * as it is; what it has already is not replaced.
 */
export class Patches {
	private readonly added = new Map<PyClass, Map<string, Value>>();

	add(cls: PyClass, name: string, value: Value): void {
		if (cls.lookup(name) !== undefined) return;
		wrote(cls);
		const own = this.added.get(cls);
		if (own) own.set(name, value);
		else this.added.set(cls, new Map([[name, value]]));
	}

	own(cls: PyClass, name: string): Value | undefined {
		return this.added.size === 0 ? undefined : this.added.get(cls)?.get(name);
	}

	/** As the class or one above it was given it. */
	find(cls: PyClass, name: string): Value | undefined {
		if (this.added.size === 0) return undefined;
		for (const one of cls.mro) {
			const value = this.added.get(one)?.get(name);
			if (value !== undefined) return value;
		}
		return undefined;
	}
}
