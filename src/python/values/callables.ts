import type { FunctionDef, Lambda } from '../syntax/ast';
import type { PyClass } from './class';
import {
	cellType,
	classmethodType,
	functionType,
	memberType,
	methodType,
	propertyType,
	staticmethodType,
	superType,
} from './core-types';
import type { Namespace, PyModule } from './module';
import { PyObject, type Value } from './value';

/** A variable shared by closures; undefined while unbound. */
export class PyCell extends PyObject {
	constructor(public value: Value | undefined = undefined) {
		super(cellType);
	}
}

/** What the compiler makes of a function's text; opaque outside of the runtime. */
export interface Code {
	readonly node: FunctionDef | Lambda;
	readonly name: string;
	/** Names of the variables it closes over, in the order of the function's cells. */
	readonly closure: readonly string[];
	/** Lets it work out `made.attribute = …` of a class when somebody asks for the attribute. */
	leaveForLater(attribute: string): void;
}

/** What one parameter, attribute or result is annotated with. */
export interface Annotation {
	readonly name: string;
	evaluate(): Value;
	/** As it is written; of a string, what it says. */
	text(): string;
}

/** A function written in Python. `name`, `qualname`, `doc` may be rewritten (`functools.wraps`); `node` stays. */
export class PyFunction extends PyObject {
	/** `__doc__` once it is set; else it is read from the text. */
	doc: Value | undefined = undefined;
	annotations: Value | undefined = undefined;
	/** The annotations that it is written with; evaluated when they are first asked for. */
	annotate: (() => readonly Annotation[]) | undefined = undefined;
	/** `__annotate__` once it was asked for or set (Python 3.14). */
	annotateFunction: Value | undefined = undefined;
	/** The namespace it was defined in, where that is not its module's (`exec`). */
	globals: Namespace | undefined = undefined;
	constructor(
		public name: string,
		public qualname: string,
		readonly module: PyModule,
		/** `__module__`, which `functools.wraps` rewrites. */
		public moduleName: Value,
		readonly code: Code,
		readonly closure: readonly PyCell[],
		/** By parameter name, positional and keyword-only. */
		public defaults: ReadonlyMap<string, Value>,
	) {
		super(functionType);
	}
	get node(): FunctionDef | Lambda {
		return this.code.node;
	}
}

/** A function or builtin bound to its first argument. */
export class PyBoundMethod extends PyObject {
	constructor(
		readonly func: Value,
		readonly self: Value,
	) {
		super(methodType);
	}
}

export class PyProperty extends PyObject {
	doc: Value = null;
	constructor(
		public fget: Value,
		public fset: Value = null,
		public fdel: Value = null,
		cls: PyClass = propertyType,
	) {
		super(cls);
	}
}

export class PyClassMethod extends PyObject {
	constructor(
		public func: Value,
		cls: PyClass = classmethodType,
	) {
		super(cls);
	}
}

export class PyStaticMethod extends PyObject {
	constructor(
		public func: Value,
		cls: PyClass = staticmethodType,
	) {
		super(cls);
	}
}

/** `super(start, self)`: attributes are looked up in the MRO of `objectClass` past `start`. */
export class PySuper extends PyObject {
	constructor(
		readonly start: PyClass,
		readonly self: Value,
		readonly objectClass: PyClass,
	) {
		super(superType);
	}
}

/** What `__slots__` puts into a class for each name. The value itself is kept with the instance's attributes. */
export class PyMember extends PyObject {
	constructor(
		readonly name: string,
		readonly owner: PyClass,
	) {
		super(memberType);
	}
}
