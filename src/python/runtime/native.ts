import {
	type Binding,
	type NativeBody,
	objectType,
	PyBuiltin,
	PyClass,
	PyObject,
	PyProperty,
	typeType,
	type Value,
} from '../values';
import type { Interpreter } from './interpreter';
import type { Arguments } from './signature';

/** Gets the interpreter and the arguments, already bound and given their defaults. Raises with `py.raise`. */
type Body<S extends string> = (py: Interpreter, args: Arguments<S>) => Value;

export interface NativeOptions {
	/** The body wants `PyUnknown` arguments too; without it a call with one yields it. */
	readonly acceptsUnknown?: boolean;
}

function declare<S extends string>(
	name: string,
	signature: S,
	body: Body<S>,
	binding: Binding,
	options?: NativeOptions,
): PyBuiltin {
	// The binder hands over exactly what `Arguments<S>` says; that link between text and types is made here, once.
	return new PyBuiltin(name, signature, body as unknown as NativeBody, binding, options?.acceptsUnknown ?? false);
}

/** A function: `native('len', 'obj, /', (py, [obj]) => py.length(obj))`. Not bound by attribute access. */
export function native<S extends string>(name: string, signature: S, body: Body<S>, options?: NativeOptions): PyBuiltin {
	return declare(name, signature, body, 'function', options);
}

/** A method of a built-in type; the signature starts with `self`. The raw value is passed for a str or int subclass's instance. */
export function method<S extends string>(name: string, signature: S, body: Body<S>, options?: NativeOptions): PyBuiltin {
	return declare(name, signature, body, 'method', options);
}

/** A class method; the signature starts with `cls`. */
export function classMethod<S extends string>(name: string, signature: S, body: Body<S>, options?: NativeOptions): PyBuiltin {
	return declare(name, signature, body, 'class', options);
}

/** A static method, and `__new__`: `staticMethod('__new__', 'cls, iterable=()', …)`. */
export function staticMethod<S extends string>(name: string, signature: S, body: Body<S>, options?: NativeOptions): PyBuiltin {
	return declare(name, signature, body, 'static', options);
}

/** A read-only attribute that is computed. */
export function getter(
	name: string,
	body: (py: Interpreter, self: Value) => Value,
	set?: (py: Interpreter, self: Value, value: Value) => void,
): readonly [string, PyProperty] {
	const fget = method(name, 'self', (py, [self]) => body(py, self));
	const fset = set
		? method(name, 'self, value', (py, [self, value]) => {
				set(py, self, value);
				return null;
			})
		: null;
	return [name, new PyProperty(fget, fset)];
}

/** What fills a type or module: natives under their own name, or a name and any value. */
export type Member = PyBuiltin | readonly [name: string, value: Value];

function install(cls: PyClass, members: readonly Member[]): void {
	for (const member of members) {
		if (member instanceof PyBuiltin) {
			member.qualname = `${cls.name}.${member.name}`;
			cls.dict.set(member.name, member);
		} else cls.dict.set(member[0], member[1]);
	}
}

/** Fills one of the shells of `values/core-types.ts`. Called once, when the file that implements the type is loaded. */
export function defineType(cls: PyClass, members: readonly Member[]): PyClass {
	install(cls, members);
	return cls;
}

/** Makes a built-in type: `newType('deque', 'collections', [...members])`. Its instances are a class of your own that derives from `PyObject`. */
export function newType(
	name: string,
	moduleName: string,
	members: readonly Member[],
	bases: readonly PyClass[] = [objectType],
): PyClass {
	const cls = new PyClass(name, moduleName, bases, new Map(), typeType);
	cls.mro = [cls, ...(bases[0]?.mro ?? [])];
	for (const base of bases.slice(1)) for (const other of base.mro) if (!cls.mro.includes(other)) cls.mro = [...cls.mro, other];
	cls.mro = [...cls.mro.filter((other) => other !== objectType), objectType];
	cls.immutable = true;
	install(cls, members);
	return cls;
}

/** A module implemented in TypeScript. */
export interface NativeModule {
	readonly name: string;
	/** A thunk is called on first use of the name, once an interpreter: for what depends on it (`sys.path`, `os.environ`). */
	readonly members: Readonly<Record<string, Value | ((py: Interpreter) => Value)>>;
	/** Names that are missing here are looked up in the source file of the same name, which is then run. */
	readonly partial: boolean;
	/** Names that are missing here are unknown; a source file is not read. */
	readonly open: boolean;
	/** Set for packages, so that `import a.b` finds `a.b` (native or source). */
	readonly package: boolean;
	/** Stands for a library that is no part of Python: there only where `sys.path` has it. */
	readonly whereInstalled: boolean;
	/** What it lacks isn't there in Python either: `hasattr(sys, 'frozen')` is false. */
	readonly complete: boolean;
}

/** `nativeModule('operator', [native(...), ['itemgetter', type]], {thunk: py => …})`. */
export function nativeModule(
	name: string,
	members: readonly Member[],
	options: {
		readonly lazy?: Readonly<Record<string, (py: Interpreter) => Value>>;
		readonly partial?: boolean;
		readonly package?: boolean;
		readonly open?: boolean;
		readonly whereInstalled?: boolean;
		readonly complete?: boolean;
	} = {},
): NativeModule {
	const table: Record<string, Value | ((py: Interpreter) => Value)> = { ...options.lazy };
	for (const member of members) {
		if (member instanceof PyBuiltin) {
			member.moduleName = name;
			table[member.name] = member;
		} else table[member[0]] = member[1];
	}
	return {
		name,
		members: table,
		partial: options.partial ?? false,
		package: options.package ?? false,
		open: options.open ?? false,
		whereInstalled: options.whereInstalled ?? false,
		complete: options.complete ?? false,
	};
}

/**
 * Stands for something of a library module that isn't read from its source, with the reason why not. Applied when the
 * module binds the name (`qualname` `f`, `Class`) or finishes the class (`Class.method`); `original` is what the source defined.
 */
export interface Summary {
	readonly module: string;
	readonly qualname: string;
	readonly reason: string;
	readonly replace: (py: Interpreter, original: Value) => Value;
}

/** `intercept('django.conf', 'settings', 'reads …', (py, original) => …)`. */
export function intercept(
	module: string,
	qualname: string,
	reason: string,
	replace: (py: Interpreter, original: Value) => Value,
): Summary {
	return { module, qualname, reason, replace };
}

/** An object of a native type that needs no JavaScript class of its own: `data` is whatever the natives keep in it. */
export class PyNative<T> extends PyObject {
	constructor(
		cls: PyClass,
		readonly data: T,
	) {
		super(cls);
	}
}
