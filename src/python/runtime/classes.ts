import {
	type Annotation,
	type ClassSource,
	LazyBinding,
	type Namespace,
	objectType,
	PyBuiltin,
	type PyCell,
	PyClass,
	PyClassMethod,
	PyDict,
	PyFunction,
	PyMember,
	PyObject,
	PyStaticMethod,
	PyTuple,
	PyUnknown,
	textOf,
	trial,
	typeType,
	type Value,
	WaitingAttributes,
} from '../values';
import { LazyAnnotations, PyAnnotate } from './annotations';
import { bind, bindToClass } from './attributes';
import type { Machine } from './machine';
import { PreparedNames } from './prepared-names';
import { mangled } from './private-names';
import { Subclasses } from './subclasses';
import { DeferredClasses } from './waiting/deferred-class';

/** Steps of the budget that making a class is worth: it takes memory, and the time of so many calls. */
const classSteps = 100;

/** A class statement between its bases and the end of its body. */
export interface ClassPlan {
	readonly name: string;
	readonly bases: readonly Value[];
	/** The bases as written, when `__mro_entries__` replaced some. */
	readonly originalBases: readonly Value[] | undefined;
	readonly metaclass: Value;
	readonly keywords: ReadonlyMap<string, Value>;
	readonly names: Namespace;
	/** What `__prepare__` gave, when the metaclass has one. */
	readonly prepared: Value | undefined;
	readonly unknownBase: PyUnknown | undefined;
}

/** A class statement whose metaclass is being called. */
interface PendingClass {
	readonly source: ClassSource;
	readonly qualname: string;
	readonly bases: readonly Value[];
	readonly cell: PyCell;
	readonly unknownBase: PyUnknown | undefined;
}

/** Making classes: bases, metaclass, MRO, `__set_name__`, `__init_subclass__`. */
export class Classes {
	readonly deferred = new DeferredClasses();
	readonly subclasses = new Subclasses(this.deferred);
	private births = 0;
	/** Of the class statement that runs late: its birth, for it is as if those after it had not been reached. */
	time = Number.POSITIVE_INFINITY;

	constructor(private readonly py: Machine) {}

	/** Tells classes by the order in which their statements were reached. */
	nextBirth(): number {
		return ++this.births;
	}

	/** Works out bases and metaclass, and the namespace the body runs in. */
	prepare(name: string, given: readonly Value[], keywords: Map<string, Value>): ClassPlan {
		const { py } = this;
		let metaclass: Value | undefined = keywords.get('metaclass');
		keywords.delete('metaclass');
		let unknownBase: PyUnknown | undefined;
		const bases: Value[] = [];
		let replaced = false;
		for (const base of given) {
			if (base instanceof PyClass) bases.push(base);
			else if (base instanceof PyUnknown) unknownBase ??= base;
			else {
				const entries = py.findAttr(base, '__mro_entries__');
				if (entries !== undefined) {
					replaced = true;
					for (const entry of py.iterate(py.call(entries, [new PyTuple(given)]))) {
						if (entry instanceof PyUnknown) unknownBase ??= entry;
						else if (!bases.includes(entry)) bases.push(entry);
					}
				} else bases.push(base);
			}
		}
		if (metaclass instanceof PyUnknown) {
			py.dropped(metaclass);
			metaclass = undefined;
		}
		if (metaclass === undefined || metaclass instanceof PyClass) {
			// A base may be no class: what makes it then makes this one as well.
			let winner: PyClass = metaclass ?? (bases[0] === undefined ? typeType : py.typeOf(bases[0]));
			for (const base of bases) {
				const candidate = py.typeOf(base);
				if (winner === candidate || winner.derivesFrom(candidate)) continue;
				if (candidate.derivesFrom(winner)) winner = candidate;
				else if (!unknownBase)
					py.raise(
						'TypeError',
						'metaclass conflict: the metaclass of a derived class must be a subclass of the metaclasses of all its bases',
					);
			}
			metaclass = winner;
		}
		for (const base of bases) if (base instanceof PyClass) py.outlines.completeBefore(base);
		let prepared: Value | undefined;
		let names: Namespace = new Map();
		if (metaclass !== typeType) {
			const maker = py.findAttr(metaclass, '__prepare__');
			if (maker !== undefined && !(maker instanceof PyBuiltin && maker === typeType.dict.get('__prepare__'))) {
				prepared = py.call(maker, [name, new PyTuple(bases)], keywords);
				if (prepared instanceof PyDict) names = new PreparedNames(py, prepared);
			}
		}
		return { name, bases, originalBases: replaced ? given : undefined, metaclass, keywords, names, prepared, unknownBase };
	}

	/** Calls the metaclass with what the body has bound. */
	finish(plan: ClassPlan, source: ClassSource, qualname: string, cell: PyCell): Value {
		const { py } = this;
		const { names, metaclass, bases, name, keywords } = plan;
		if (plan.originalBases) names.set('__orig_bases__', new PyTuple([...plan.originalBases]));
		let cls: Value;
		this.pending.push({ source, qualname, cell, bases, unknownBase: plan.unknownBase });
		try {
			if (metaclass instanceof PyClass && this.plainMetaclass(metaclass)) {
				const classes = bases.filter((base) => base instanceof PyClass);
				const attributes = new WaitingAttributes();
				let annotate: (() => readonly Annotation[]) | undefined;
				for (const [key, value] of names) {
					if (value instanceof LazyAnnotations) annotate = () => value.list;
					else if (value instanceof LazyBinding) attributes.wait(key, value);
					else attributes.set(key, value);
				}
				cls = this.make(metaclass, name, classes, attributes, keywords, annotate);
			} else {
				const dict = plan.prepared instanceof PyDict ? plan.prepared : new PyDict();
				if (names instanceof PreparedNames) names.settle();
				else for (const [key, value] of names) dict.setStr(key, value instanceof LazyBinding ? value.resolve() : value);
				cls = py.call(metaclass, [name, new PyTuple([...bases]), dict], keywords);
			}
		} finally {
			this.pending.pop();
		}
		if (cls instanceof PyClass && cell.value === undefined) cell.value = cls;
		return cls;
	}

	/** Class statements that are being finished, innermost last: `type.__new__` takes its source from there. */
	private readonly pending: PendingClass[] = [];

	private plainMetaclass(metaclass: PyClass): boolean {
		if (metaclass === typeType) return true;
		return (
			metaclass.lookup('__new__') === typeType.dict.get('__new__') &&
			metaclass.lookup('__init__') === typeType.dict.get('__init__') &&
			metaclass.cls === typeType
		);
	}

	/** `type.__new__(metaclass, name, bases, attributes, **keywords)`. */
	make(
		metaclass: PyClass,
		name: string,
		given: readonly PyClass[],
		attributes: Map<string, Value>,
		keywords: ReadonlyMap<string, Value>,
		annotate?: () => readonly Annotation[],
	): PyClass {
		const { py } = this;
		const statement = this.pending[this.pending.length - 1];
		const own = statement && isOf(statement, name, given, attributes) ? statement : undefined;
		const moduleName = attributes.get('__module__') ?? py.frame?.globals.get('__name__');
		const bases = given.length > 0 ? given : [objectType];
		for (const base of bases) if (base.pending) base.pending();
		py.budget.work(classSteps);
		const outlined = own && py.outlines.takeOver(own.source.node);
		const cls =
			outlined ?? new PyClass(name, typeof moduleName === 'string' ? moduleName : 'builtins', bases, attributes, metaclass);
		cls.dict = attributes;
		const qualname = attributes.get('__qualname__');
		if (typeof qualname === 'string') cls.qualname = qualname;
		if (!outlined) cls.born = this.nextBirth();
		attributes.delete('__qualname__');
		attributes.delete('__classcell__');
		if (!attributes.has('__module__') && typeof moduleName === 'string') attributes.set('__module__', moduleName);
		cls.annotate = annotate;
		const annotateFunction = attributes.get('__annotate_func__');
		if (annotateFunction instanceof PyAnnotate) annotateFunction.owner ??= cls;
		cls.unknownBase = bases.find((base) => base.unknownBase)?.unknownBase;
		if (own) {
			cls.source = own.source;
			cls.unknownBase = own.unknownBase ?? cls.unknownBase;
			own.cell.value = cls;
		}
		// Python makes these class methods and static methods by themselves.
		for (const implicit of ['__init_subclass__', '__class_getitem__']) {
			const value = attributes.get(implicit);
			if (value instanceof PyFunction) attributes.set(implicit, new PyClassMethod(value));
		}
		const maker = attributes.get('__new__');
		if (maker instanceof PyFunction) attributes.set('__new__', new PyStaticMethod(maker));
		if (!outlined) this.link(cls, metaclass);
		this.slots(cls, attributes);
		if (own) py.summaries.replaceMethods(py, cls);
		const made = attributes instanceof WaitingAttributes ? attributes.made() : [...attributes];
		for (const [key, value] of made) {
			if (!(value instanceof PyObject) || value instanceof PyFunction || value instanceof PyClass || value instanceof PyUnknown)
				continue;
			const hook = value.cls.lookup('__set_name__');
			if (hook !== undefined) py.call(py.bindSpecial(hook, value), [cls, key]);
		}
		const hook = cls.lookupAfter(cls, '__init_subclass__');
		if (hook !== undefined && hook !== objectType.dict.get('__init_subclass__'))
			py.call(bindToClass(py, hook, cls), [], keywords);
		return cls;
	}

	/** What `type(name, bases, dict)` does, with the metaclass worked out. */
	call(name: string, bases: readonly PyClass[], own: ReadonlyMap<string, Value>, module?: string): PyClass {
		const names = new Map(own);
		if (module !== undefined) names.set('__module__', module);
		let metaclass = typeType;
		for (const base of bases) if (base.cls.derivesFrom(metaclass)) metaclass = base.cls;
		if (metaclass === typeType) return this.make(typeType, name, bases, names, new Map());
		const dict = new PyDict();
		for (const [key, value] of names) dict.setStr(key, value);
		const made = this.py.call(metaclass, [name, new PyTuple([...bases]), dict]);
		return made instanceof PyClass ? made : this.make(typeType, name, bases, names, new Map());
	}

	/** Gives the class its place among others. */
	private link(cls: PyClass, metaclass: PyClass): void {
		cls.mro = this.linearise(cls, metaclass);
		trial?.classes.push(cls);
		for (const base of cls.bases) this.subclasses.note(base, cls);
	}

	private slots(cls: PyClass, attributes: Map<string, Value>): void {
		const slots = attributes.get('__slots__');
		if (slots === undefined) return;
		const text = textOf(slots);
		const names =
			text !== undefined ? [text] : slots instanceof PyUnknown ? [] : this.py.list(slots).map((item) => textOf(item) ?? '');
		for (const written of names) {
			const name = mangled(cls.name, written);
			if (!attributes.has(name) && name !== '__dict__') attributes.set(name, new PyMember(name, cls));
		}
		cls.slotted = !names.includes('__dict__') && cls.bases.every((base) => base === objectType || base.slotted);
	}

	private linearise(cls: PyClass, metaclass: PyClass): PyClass[] {
		const { py } = this;
		if (metaclass !== typeType) {
			const own = metaclass.lookup('mro');
			if (own instanceof PyFunction) return py.list(py.call(own, [cls])).filter((item) => item instanceof PyClass);
		}
		const order = mergeOrders(cls);
		if (order) return order;
		const list = cls.bases.map((base) => base.name).join(', ');
		return py.raise('TypeError', `Cannot create a consistent method resolution\norder (MRO) for bases ${list}`);
	}

	/** `cls.__bases__ = …`. */
	rebase(cls: PyClass, bases: readonly PyClass[]): void {
		cls.bases = bases;
		const update = (one: PyClass): void => {
			one.mro = mergeOrders(one) ?? one.mro;
			for (const child of one.children) update(child);
		};
		update(cls);
		for (const base of bases) if (!base.immutable && !base.children.includes(cls)) base.children.push(cls);
		cls.invalidate();
	}

	/** `isinstance(value, cls)`. */
	isInstance(value: Value, cls: Value): boolean {
		const { py } = this;
		if (cls instanceof PyTuple) return cls.items.some((item) => this.isInstance(value, item));
		if (cls instanceof PyUnknown || value instanceof PyUnknown) return false;
		if (cls instanceof PyClass) {
			const type = py.typeOf(value);
			if (type === cls || (cls.cls === typeType && type.mro.includes(cls))) return true;
			if (cls.cls !== typeType) {
				const hook = cls.cls.lookup('__instancecheck__');
				if (hook !== undefined && hook !== typeType.dict.get('__instancecheck__'))
					return py.truth(py.call(bind(py, hook, cls, cls.cls), [value]));
				if (type.mro.includes(cls)) return true;
			}
			// Proxies (Django's LazyObject) pretend by `__class__`.
			if (value instanceof PyObject && !type.immutable && type.lookup('__class__') !== undefined) {
				const declared = type.lookup('__class__');
				const pretended = declared instanceof PyClass ? declared : py.findAttr(value, '__class__');
				return pretended instanceof PyClass && pretended !== type && this.isSubclass(pretended, cls);
			}
			return false;
		}
		const hook = cls instanceof PyObject ? py.special(cls, '__instancecheck__') : undefined;
		if (hook !== undefined) return py.truth(py.call(hook, [value]));
		return py.raise('TypeError', 'isinstance() arg 2 must be a type, a tuple of types, or a union');
	}

	/** `issubclass(cls, of)`. */
	isSubclass(cls: PyClass, of: Value): boolean {
		const { py } = this;
		if (of instanceof PyTuple) return of.items.some((item) => this.isSubclass(cls, item));
		if (of instanceof PyUnknown) return false;
		if (of instanceof PyClass) {
			if (cls.mro.includes(of)) return true;
			if (of.cls !== typeType) {
				const hook = of.cls.lookup('__subclasscheck__');
				if (hook !== undefined && hook !== typeType.dict.get('__subclasscheck__'))
					return py.truth(py.call(bind(py, hook, of, of.cls), [cls]));
			}
			return false;
		}
		const hook = of instanceof PyObject ? py.special(of, '__subclasscheck__') : undefined;
		if (hook !== undefined) return py.truth(py.call(hook, [cls]));
		return py.raise('TypeError', 'issubclass() arg 2 must be a class, a tuple of classes, or a union');
	}
}

/**
 * Whether `type.__new__` makes the class of the statement, not another one on the way. A metaclass may keep the names of the body
 * back, `__qualname__` with them (Django 2.0 and 2.1, db/models/base.py): then name and bases tell.
 */
function isOf(statement: PendingClass, name: string, given: readonly PyClass[], attributes: Map<string, Value>): boolean {
	if (statement.source.node.name !== name) return false;
	const qualname = attributes.get('__qualname__');
	if (qualname !== undefined) return qualname === statement.qualname;
	return (
		statement.cell.value === undefined &&
		given.length > 0 &&
		given.length === statement.bases.length &&
		given.every((base, at) => base === statement.bases[at])
	);
}

/** C3: undefined when the bases' orders contradict each other. */
export function mergeOrders(cls: PyClass): PyClass[] | undefined {
	const [only] = cls.bases;
	if (only && cls.bases.length === 1 && only.mro[0] === only) return [cls, ...only.mro];
	const lists = [...cls.bases.map((base) => [...base.mro]), [...cls.bases]];
	const order: PyClass[] = [cls];
	for (;;) {
		const left = lists.filter((list) => list.length > 0);
		if (left.length === 0) return order;
		const next = left.map((list) => list[0]).find((head) => head && left.every((list) => list.indexOf(head, 1) < 0));
		if (!next) return undefined;
		order.push(next);
		for (const list of left) if (list[0] === next) list.shift();
	}
}
