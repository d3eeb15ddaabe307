import type { Interpreter } from '../runtime/interpreter';
import { method, newType } from '../runtime/native';
import { PyClass, typeType } from '../values';

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
	return py.subclasses(abstract).some((child) => isAbstract(child) && child !== cls && isVirtualSubclass(py, child, cls));
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
