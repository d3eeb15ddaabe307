import type { ClassDef } from '../syntax/ast';
import type { PyModule } from './module';
import { type Attributes, PyObject, type Value } from './value';

/** Where a class statement stands. */
export interface ClassSource {
	readonly module: PyModule;
	readonly node: ClassDef;
}

/**
 * A class, built-in or written in Python; `cls` is its metaclass. Built-in types are shared by all interpreters of the process and never written to.
 */
export class PyClass extends PyObject {
	/** The method resolution order, itself first. Empty until the class is finished. */
	mro: readonly PyClass[] = [];
	/** The class statement; undefined for built-in types and those `type()` made. */
	source: ClassSource | undefined = undefined;
	/** The class body still to be run (lazy class bodies); undefined once `dict` is complete. Attribute lookup runs it. */
	pending: (() => void) | undefined = undefined;
	qualname: string;
	/** Counts changes of `dict`, for caches of lookups. */
	version = 0;
	/** `__slots__` without `__dict__` in every class of the MRO: instances take no other attributes. */
	slotted = false;

	constructor(
		public name: string,
		/** The dotted name of the module (`__module__`). */
		public moduleName: string,
		public bases: readonly PyClass[],
		public dict: Attributes,
		metaclass: PyClass,
	) {
		super(metaclass);
		this.qualname = name;
	}

	/** Not written in Python: immutable. */
	get builtin(): boolean {
		return this.immutable;
	}
	immutable = false;

	/** `module.qualname`, as Django prints a view. */
	get fullName(): string {
		return `${this.moduleName}.${this.qualname}`;
	}

	/** True when `other` is in the MRO; `__subclasscheck__` is the interpreter's business. */
	derivesFrom(other: PyClass): boolean {
		if (this === other) return true;
		return this.mro.includes(other);
	}

	/** The attribute as the MRO's dicts hold it, no descriptor called; undefined where there is none. Runs pending class bodies. */
	lookup(name: string): Value | undefined {
		for (const cls of this.mro) {
			if (cls.pending) cls.pending();
			const value = cls.dict.get(name);
			if (value !== undefined) return value;
		}
		return undefined;
	}
}
