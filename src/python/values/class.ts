import type { ClassDef } from '../syntax/ast';
import type { Annotation } from './callables';
import type { PyModule, StatementRun } from './module';
import { wrote } from './trial';
import type { PyUnknown } from './unknown';
import { type Attributes, PyObject, type Value } from './value';
import { WaitingAttributes } from './waiting';

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

	/** The order in which class statements were reached; 0 for built-in types. */
	born = 0;

	/** A built-in type. */
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

	/** Evaluates the annotations of the class body when they are first asked for. */
	annotate: (() => readonly Annotation[]) | undefined = undefined;
	/** A base that can't be known: attributes that no known class has are unknown for its reason. */
	unknownBase: PyUnknown | undefined = undefined;
	/** Direct subclasses in order of definition; not kept for built-in types, which outlive interpreters. */
	readonly children: PyClass[] = [];
	private readonly cache = new Map<string, Value | undefined>();

	/** The attribute as the MRO's dicts hold it, no descriptor called; undefined where there is none. Runs pending class bodies. */
	lookup(name: string): Value | undefined {
		const { cache } = this;
		const cached = cache.get(name);
		if (cached !== undefined) return cached;
		if (cache.has(name)) return undefined;
		const value = this.find(name);
		cache.set(name, value);
		return value;
	}

	private find(name: string): Value | undefined {
		// By index: the order may change under a body that runs, and an iterator costs more than the look-ups.
		for (let i = 0; i < this.mro.length; i++) {
			const cls = this.mro[i];
			if (cls?.pending) cls.pending();
			const value = cls?.dict.get(name);
			if (value !== undefined) return value;
		}
		return undefined;
	}

	/** `lookup` in the MRO past `start`, as super() does. */
	lookupAfter(start: PyClass, name: string): Value | undefined {
		const { mro } = this;
		for (let i = mro.indexOf(start) + 1; i < mro.length; i++) {
			const cls = mro[i];
			if (cls?.pending) cls.pending();
			const value = cls?.dict.get(name);
			if (value !== undefined) return value;
		}
		return undefined;
	}

	/** What the class itself has under the name, if it has been worked out. */
	madeOwn(name: string): Value | undefined {
		return this.dict instanceof WaitingAttributes && this.dict.isWaiting(name) ? undefined : this.dict.get(name);
	}

	/** Writes to the class's own dict, and drops what was looked up before. */
	setOwn(name: string, value: Value): void {
		if (this.madeOwn(name) !== value) wrote(this);
		this.dict.set(name, value);
		this.invalidate();
	}

	/** False when the class itself has no such attribute. */
	deleteOwn(name: string): boolean {
		wrote(this);
		const had = this.dict.delete(name);
		this.invalidate();
		return had;
	}

	/** Forgets lookups, here and in subclasses. */
	invalidate(): void {
		if (this.cache.size > 0) this.cache.clear();
		const { children } = this;
		for (let i = 0; i < children.length; i++) children[i]?.invalidate();
	}
}

/** The executions that asked for a name: undefined where none of a module's statements was running. */
const readers = new WeakMap<object, (StatementRun | undefined)[]>();
/** What is executed now. */
let running: StatementRun | undefined;

/** Told by the interpreter whenever another statement is executed. */
export function nowRunning(run: StatementRun | undefined): void {
	running = run;
}

/** Code has asked for the name of a class, or for the qualified name of a function in one. */
export function readName<T extends { readonly qualname: string }>(named: T): T {
	const runs = readers.get(named);
	if (!runs) readers.set(named, [running]);
	else if (!runs.includes(running)) addReader(runs, running);
	return named;
}

/** Executions of one statement count once: the list stays as short as the statements are few. */
function addReader(runs: (StatementRun | undefined)[], now: StatementRun | undefined): void {
	const same = now ? runs.findIndex((one) => one !== undefined && sameReader(one, now)) : -1;
	if (same >= 0) runs[same] = now;
	else runs.push(now);
}

/** Whether two executions are of what is one statement in the newest text. */
export const sameStatement = (a: StatementRun, b: StatementRun): boolean =>
	a.source.newest === b.source.newest && a.source.nowAt(a.start) === b.source.nowAt(b.start);

/** One of these tells as much as the other: parts of what stands in no file, a walk through the URLs, are as good as one, and are many. */
export const sameReader = (a: StatementRun, b: StatementRun): boolean =>
	sameStatement(a, b) || (a.source === b.source && a.source.path === '');

/** Who has asked for its name so far. */
export const nameReaders = (named: object): readonly (StatementRun | undefined)[] => readers.get(named) ?? [];

/** What has asked for its name asks again. */
export function forgetReaders(named: object): void {
	readers.delete(named);
}
