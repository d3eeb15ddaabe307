import type { Interpreter } from '../runtime/interpreter';
import { getter, method, newType } from '../runtime/native';
import {
	frozensetType,
	PyClass,
	PyClassMethod,
	PyFunction,
	PyObject,
	PyProperty,
	PySet,
	PyStaticMethod,
	typeType,
} from '../values';
import { keywordMap } from './keywords';

/** `abc.ABCMeta`, and abstract classes of the standard library that recognise others by their methods (`Iterable`, `PathLike`). */

const registered = Symbol('abc registry');
const tests = new Map<PyClass, (cls: PyClass) => boolean>();

/** Classes that `cls.register(other)` named. */
function registry(py: Interpreter, cls: PyClass): Set<PyClass> {
	const all = py.state(registered, () => new Map<PyClass, Set<PyClass>>());
	let own = all.get(cls);
	if (!own) {
		own = new Set();
		all.set(cls, own);
	}
	return own;
}

/** `issubclass(cls, abstract)` as `ABCMeta.__subclasscheck__` decides it. */
function isVirtualSubclass(py: Interpreter, abstract: PyClass, cls: PyClass): boolean {
	if (cls.derivesFrom(abstract)) return true;
	const known = tests.get(abstract);
	if (known) {
		if (known(cls)) return true;
	} else {
		const hook = abstract.lookup('__subclasshook__');
		if (hook !== undefined) {
			const answer = py.call(py.getAttr(abstract, '__subclasshook__'), [cls]);
			if (answer === true || answer === false) return answer;
		}
	}
	const all = py.state(registered, () => new Map<PyClass, Set<PyClass>>());
	for (const [holder, classes] of all) {
		if (holder !== abstract && !holder.derivesFrom(abstract)) continue;
		for (const one of classes)
			if (cls.derivesFrom(one) || (one !== abstract && isAbstract(one) && py.isSubclass(cls, one))) return true;
	}
	return py.madeSubclasses(abstract).some((child) => isAbstract(child) && child !== cls && isVirtualSubclass(py, child, cls));
}

const knownMethods = new WeakMap<PyClass, readonly string[]>();

/** Names whose value in the class is marked by `@abstractmethod`, sorted. */
function abstractMethods(py: Interpreter, cls: PyClass): readonly string[] {
	const known = knownMethods.get(cls);
	if (known) return known;
	const names = new Set<string>();
	for (const one of cls.mro) {
		if (one.immutable) continue;
		if (one.pending) one.pending();
		for (const [name, value] of one.dict) if (value instanceof PyObject && isMarked(py, value)) names.add(name);
	}
	const missing = [...names].filter((name) => {
		const value = cls.lookup(name);
		return value instanceof PyObject && isMarked(py, value);
	});
	missing.sort();
	knownMethods.set(cls, missing);
	return missing;
}

function isMarked(py: Interpreter, value: PyObject): boolean {
	if (value instanceof PyFunction) return value.attrs?.get('__isabstractmethod__') === true;
	if (value instanceof PyClassMethod || value instanceof PyStaticMethod)
		return value.func instanceof PyObject && isMarked(py, value.func);
	if (value instanceof PyProperty)
		return [value.fget, value.fset, value.fdel].some((one) => one instanceof PyObject && isMarked(py, one));
	return value.attrs?.get('__isabstractmethod__') === true;
}

const isAbstract = (cls: PyClass): boolean => cls.cls.derivesFrom(abcMeta);

export const abcMeta: PyClass = newType(
	'ABCMeta',
	'abc',
	[
		method('register', 'cls, subclass', (py, [cls, subclass]) => {
			if (cls instanceof PyClass && subclass instanceof PyClass) registry(py, cls).add(subclass);
			return subclass;
		}),
		method('__instancecheck__', 'cls, instance, /', (py, [cls, instance]) =>
			cls instanceof PyClass ? isVirtualSubclass(py, cls, py.typeOf(instance)) : false,
		),
		method('__subclasscheck__', 'cls, subclass, /', (py, [cls, subclass]) =>
			cls instanceof PyClass && subclass instanceof PyClass ? isVirtualSubclass(py, cls, subclass) : false,
		),
		getter('__abstractmethods__', (py, cls) => {
			const set = new PySet(frozensetType);
			if (cls instanceof PyClass) for (const name of abstractMethods(py, cls)) set.add(py, name);
			return set;
		}),
		method(
			'__call__',
			'cls, /, *args, **kwargs',
			(py, [cls, args, kwargs]) => {
				const missing = cls instanceof PyClass ? abstractMethods(py, cls) : [];
				if (missing.length > 0 && cls instanceof PyClass) {
					const names = missing.map((name) => `'${name}'`).join(', ');
					py.raise(
						'TypeError',
						`Can't instantiate abstract class ${cls.name} without an implementation for abstract method${missing.length > 1 ? 's' : ''} ${names}`,
					);
				}
				return py.call(typeType.dict.get('__call__') ?? null, [cls, ...args.items], keywordMap(kwargs));
			},
			{ acceptsUnknown: true },
		),
		method('_abc_caches_clear', 'cls', () => null),
	],
	[typeType],
);

/** An abstract class of the standard library: `test` says which classes are taken for subclasses without naming it. */
export function abstractClass(
	name: string,
	moduleName: string,
	members: Parameters<typeof newType>[2] = [],
	bases?: readonly PyClass[],
	test: (cls: PyClass) => boolean = () => false,
): PyClass {
	const cls = newType(name, moduleName, members, bases);
	cls.cls = abcMeta;
	tests.set(cls, test);
	return cls;
}

/** A test for classes that have all of these methods, none of them None. */
export function hasMethods(...names: readonly string[]): (cls: PyClass) => boolean {
	return (cls) => names.every((name) => (cls.lookup(name) ?? null) !== null);
}
