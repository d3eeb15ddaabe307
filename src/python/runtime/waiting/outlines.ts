import type { ClassDef, Expr } from '../../syntax/ast';
import { type LazyBinding, offTrial, PyClass, type PyModule, typeType, UnfinishedAttributes, type Value } from '../../values';
import { mergeOrders } from '../classes';
import type { Interpreter } from '../interpreter';
import type { Machine } from '../machine';

/** A class statement, as far as it is known before its body has run. */
export interface OutlineQuestion {
	readonly node: ClassDef;
	readonly module: PyModule;
	readonly bases: readonly PyClass[];
	/** The order of its bases' attributes, its own left out. */
	readonly ancestors: readonly PyClass[];
	/** What a name, or a dotted one, of its module stands for; a class whose statement waits comes as its binding. */
	readonly peek: (expr: Expr) => Value | LazyBinding | undefined;
	/** Whether a decorator does no more than give a result. */
	readonly isQuietDecorator: (expr: Expr) => boolean;
}

/** Attributes that are known before the body has run, and what is to be done with the class at its place. */
export interface Outline {
	readonly known?: (cls: PyClass) => ReadonlyMap<string, Value>;
	readonly made?: (cls: PyClass) => void;
	/** What the class will have beside special methods and its body's names; undefined where that can't be told. */
	readonly added?: readonly string[];
}

/** Of a metaclass. */
export interface Outliner {
	/** What is known of a class; undefined where its statement has to run in its place. */
	outline(py: Interpreter, question: OutlineQuestion): Outline | undefined;
	/** Whether completing `other` may give `cls`, or its instances, an attribute that it lacks. */
	mayGain(cls: PyClass, name: string, other: PyClass): boolean;
}

/** Whether somebody may wait for a class's body, by the metaclass of a base. */
export interface OutlinedClasses {
	readonly outliners: Map<PyClass, Outliner>;
	/** Its body has not run to its end. */
	isUnfinished(cls: PyClass): boolean;
	/** Its body has not begun. */
	isWaiting(cls: PyClass): boolean;
	/** How many bodies are running that had waited. */
	readonly depth: number;
	/** The class whose body has run last, while its metaclass still works on it. */
	readonly innermost: PyClass | undefined;
	/** Runs what makes a class of this kind: what it lacks meanwhile, no other class will give it. */
	making<T>(body: () => T): T;
	/** Runs the body, if it waits. */
	complete(cls: PyClass): void;
	/** Runs all that wait, in the order of their statements. */
	completeAll(): void;
	/** Runs those of them; false where there was none. */
	completeSome(which: (cls: PyClass) => boolean): boolean;
	/** After the bodies that are running, this class's runs as well. */
	completeAfter(cls: PyClass): void;
}

/** Classes of which only an outline was made: name, bases, and what their metaclass's outliner knows. Their bodies run when somebody asks for more. */
export class Outlines implements OutlinedClasses {
	readonly outliners = new Map<PyClass, Outliner>();
	private readonly waiting = new Map<PyClass, () => void>();
	private readonly running: { readonly cls: PyClass; readonly node: ClassDef }[] = [];
	private held = 0;
	private readonly afterwards = new Set<PyClass>();

	get depth(): number {
		return this.running.length;
	}

	get innermost(): PyClass | undefined {
		const cls = this.running[this.running.length - 1]?.cls;
		return cls?.dict instanceof UnfinishedAttributes ? undefined : cls;
	}

	isWaiting(cls: PyClass): boolean {
		return this.waiting.has(cls);
	}

	isUnfinished(cls: PyClass): boolean {
		return this.waiting.has(cls) || this.running.some((one) => one.cls === cls);
	}

	/** Makes the outline of a class. `complete` runs its statement, which ends in `takeOver`. */
	make(
		py: Machine,
		question: Pick<OutlineQuestion, 'node' | 'module' | 'bases' | 'ancestors'>,
		metaclass: PyClass,
		outline: Outline,
		complete: (cls: PyClass) => void,
	): PyClass {
		const { node, module, bases } = question;
		const cls = new PyClass(node.name, module.name, bases, new Map(), metaclass);
		cls.mro = [cls, ...question.ancestors];
		cls.source = { module, node };
		this.waiting.set(cls, () => this.run(cls, node, () => atBottom(py, () => complete(cls))));
		const known = new Map<string, Value>(outline.known?.(cls));
		known.set('__module__', module.name);
		let bound: ReadonlySet<string> | undefined;
		const isAbsent = (name: string) => {
			// Special methods are those of the body: nobody but it gives a class any.
			if (outline.added ? outline.added.includes(name) : !(name.startsWith('__') && name.endsWith('__'))) return false;
			if (worked.has(name) || isPrivate(name)) return false;
			bound ??= boundNames(node);
			return !bound.has(name);
		};
		const finished = () => {
			this.complete(cls);
			return cls.dict;
		};
		cls.dict = new UnfinishedAttributes(known, finished, isAbsent);
		cls.born = py.classes.nextBirth();
		for (const base of bases) py.classes.subclasses.note(base, cls);
		outline.made?.(cls);
		return cls;
	}

	/** The outline of the class that a statement is making, once. */
	takeOver(node: ClassDef): PyClass | undefined {
		const innermost = this.running[this.running.length - 1];
		return innermost?.node === node && innermost.cls.dict instanceof UnfinishedAttributes ? innermost.cls : undefined;
	}

	making<T>(body: () => T): T {
		this.held++;
		try {
			return body();
		} finally {
			this.held--;
		}
	}

	complete(cls: PyClass): void {
		this.waiting.get(cls)?.();
	}

	/**
	 * Completes what a class is derived from before its body runs, where a metaclass works on both: fields are told by the order in
	 * which they were made.
	 */
	completeBefore(base: PyClass): void {
		if (this.waiting.size === 0 || base.cls === typeType) return;
		const waiting = base.mro.filter((one) => one.cls !== typeType && this.waiting.has(one));
		for (const one of waiting.sort((a, b) => a.born - b.born)) this.complete(one);
	}

	/** Completes those classes that may give this one, or its instances, an attribute that it lacks; false where there is none. */
	completeFor(cls: PyClass, name: string): boolean {
		if (this.waiting.size === 0 || this.held > 0 || this.running.length > 0) return false;
		const outliner = this.outliners.get(cls.cls);
		return outliner !== undefined && this.completeSome((other) => outliner.mayGain(cls, name, other));
	}

	completeSome(which: (cls: PyClass) => boolean): boolean {
		const some = [...this.waiting.keys()].filter((cls) => this.outliners.has(cls.cls) && which(cls));
		for (const cls of some) this.complete(cls);
		return some.length > 0;
	}

	completeAll(): void {
		this.completeSome(() => true);
	}

	completeAfter(cls: PyClass): void {
		this.afterwards.add(cls);
	}

	private run(cls: PyClass, node: ClassDef, body: () => void): void {
		if (!this.waiting.delete(cls)) return;
		this.running.push({ cls, node });
		cls.invalidate();
		try {
			// It is of the time of its statement: nothing that is on trial now.
			offTrial(body);
		} finally {
			this.running.pop();
			// What raised has left no more than the name.
			if (cls.dict instanceof UnfinishedAttributes) cls.dict = new Map(cls.dict.known);
			cls.invalidate();
		}
		if (this.running.length > 0) return;
		for (const one of this.afterwards) {
			this.afterwards.delete(one);
			this.complete(one);
		}
	}
}

/** The linearised bases of a class that is not there yet; undefined where they contradict each other. */
export function ancestorsOf(name: string, bases: readonly PyClass[], metaclass: PyClass): readonly PyClass[] | undefined {
	return mergeOrders(new PyClass(name, '', bases, new Map(), metaclass))?.slice(1);
}

function boundNames(node: ClassDef): ReadonlySet<string> {
	const names = new Set<string>();
	const target = (one: Expr): void => {
		if (one.kind === 'Name') names.add(one.id);
		else if (one.kind === 'Tuple' || one.kind === 'List') one.elts.forEach(target);
		else if (one.kind === 'Starred') target(one.value);
	};
	for (const one of node.body) {
		if (one.kind === 'FunctionDef' || one.kind === 'ClassDef') names.add(one.name);
		else if (one.kind === 'Assign') one.targets.forEach(target);
		else if (one.kind === 'AnnAssign') target(one.target);
	}
	return names;
}

/** Its statement was not within what asks for it now: a chain of models that name each other is no deep recursion. */
function atBottom(py: Machine, body: () => void): void {
	const { depth } = py.budget;
	py.budget.depth = 0;
	try {
		body();
	} finally {
		py.budget.depth = depth;
	}
}

/** Special attributes that making a class works out. */
const worked: ReadonlySet<string> = new Set([
	'__doc__',
	'__annotations__',
	'__annotate__',
	'__dict__',
	'__parameters__',
	'__orig_bases__',
]);

/** `__x`, which its class's body has under another name. */
const isPrivate = (name: string) => /^_[^_].*__/.test(name) || (name.startsWith('__') && !name.endsWith('__'));
