import type { Interpreter } from '../runtime/interpreter';
import { getter, type Member, method, native, nativeModule, newType, PyNative } from '../runtime/native';
import { notImplemented, PyClass, PyObject, PyTuple, PyUnknown, type Value } from '../values';
import { cachedProperty, PyCachedFunction, wrapperType } from './functools-cache';
import { singleDispatch, singleDispatchMethod } from './functools-dispatch';
import { partial, partialmethod } from './functools-partial';
import { assignments, updateWrapper } from './functools-wraps';

/** Native: `_functools` is written in C, and `wraps` is on every decorated view's way. */

/** `reduce(function, iterable[, initial])`. */
function reduce(py: Interpreter, func: Value, iterable: Value, initial: Value | undefined): Value {
	let total = initial;
	for (const value of py.iterate(iterable)) total = total === undefined ? value : py.call(func, [total, value]);
	if (total !== undefined) return total;
	return iterable instanceof PyUnknown ? iterable : py.raise('TypeError', 'reduce() of empty iterable with no initial value');
}

/** What each order gives the others by: [name, from the result, does equality count]. */
const derived: Readonly<
	Record<string, readonly (readonly [string, (py: Interpreter, self: Value, other: Value, result: boolean) => boolean])[]>
> = {
	__lt__: [
		['__gt__', (py, self, other, result) => !result && !py.equals(self, other)],
		['__le__', (py, self, other, result) => result || py.equals(self, other)],
		['__ge__', (_, __, ___, result) => !result],
	],
	__le__: [
		['__ge__', (py, self, other, result) => !result || py.equals(self, other)],
		['__lt__', (py, self, other, result) => result && !py.equals(self, other)],
		['__gt__', (_, __, ___, result) => !result],
	],
	__gt__: [
		['__lt__', (py, self, other, result) => !result && !py.equals(self, other)],
		['__ge__', (py, self, other, result) => result || py.equals(self, other)],
		['__le__', (_, __, ___, result) => !result],
	],
	__ge__: [
		['__le__', (py, self, other, result) => !result || py.equals(self, other)],
		['__gt__', (py, self, other, result) => result && !py.equals(self, other)],
		['__lt__', (_, __, ___, result) => !result],
	],
};

function totalOrdering(py: Interpreter, cls: Value): Value {
	if (!(cls instanceof PyClass)) return cls;
	const own = (name: string): boolean => cls.mro.some((one) => !one.immutable && one.dict.has(name));
	const root = Object.keys(derived).find(own);
	if (!root) return py.raise('ValueError', 'must define at least one ordering operation: < > <= >=');
	for (const [name, combine] of derived[root] ?? []) {
		if (own(name)) continue;
		const member = method(name, 'self, other, /', (inner, [self, other]) => {
			const result = inner.callMethod(self, root, other);
			return result === notImplemented ? result : combine(inner, self, other, inner.truth(result));
		});
		py.setAttr(cls, name, member);
	}
	return cls;
}

/** `cmp_to_key`: an object that is ordered by the comparison function. */
const keyType: PyClass = newType('K', 'functools', [
	getter('obj', (_, self) => (self instanceof PyNative ? (self.data as Keyed).object : null)),
	...(
		[
			['__lt__', (order: number) => order < 0],
			['__gt__', (order: number) => order > 0],
			['__eq__', (order: number) => order === 0],
			['__le__', (order: number) => order <= 0],
			['__ge__', (order: number) => order >= 0],
		] as const
	).map(([name, holds]) =>
		method(name, 'self, other, /', (py, [self, other]) => {
			if (!(self instanceof PyNative) || !(other instanceof PyNative)) return notImplemented;
			const { compare, object } = self.data as Keyed;
			return holds(Number(py.call(compare, [object, (other.data as Keyed).object])));
		}),
	),
]);

interface Keyed {
	readonly compare: Value;
	readonly object: Value;
}

const decorators: readonly Member[] = [
	native(
		'update_wrapper',
		'wrapper, wrapped, assigned?, updated?',
		(py, [wrapper, wrapped, assigned, updated]) => updateWrapper(py, wrapper, wrapped, assigned, updated),
		{ acceptsUnknown: true },
	),
	native(
		'wraps',
		'wrapped, assigned?, updated?',
		(_, [wrapped, assigned, updated]) =>
			native('wraps', 'wrapper', (py, [wrapper]) => updateWrapper(py, wrapper, wrapped, assigned, updated), {
				acceptsUnknown: true,
			}),
		{ acceptsUnknown: true },
	),
	native('lru_cache', 'maxsize=128, typed=False', (py, [maxsize]) => {
		if (maxsize instanceof PyObject) return cachedFunction(py, maxsize, 128);
		return native('lru_cache', 'func', (inner, [func]) => cachedFunction(inner, func, maxsize));
	}),
	native('cache', 'user_function, /', (py, [func]) => cachedFunction(py, func, null)),
	native('total_ordering', 'cls', (py, [cls]) => totalOrdering(py, cls)),
	native('singledispatch', 'func', (py, [func]) => singleDispatch(py, func)),
];

function cachedFunction(py: Interpreter, func: Value, maxsize: Value): Value {
	const wrapper = new PyCachedFunction(func, maxsize);
	return updateWrapper(py, wrapper, func, undefined, undefined);
}

export const functools = nativeModule(
	'functools',
	[
		...decorators,
		['partial', partial],
		['partialmethod', partialmethod],
		['_lru_cache_wrapper', wrapperType],
		['cached_property', cachedProperty],
		['singledispatchmethod', singleDispatchMethod],
		native('reduce', 'function, iterable, initial?, /', (py, [func, iterable, initial]) => reduce(py, func, iterable, initial), {
			acceptsUnknown: true,
		}),
		native('cmp_to_key', 'mycmp', (_, [compare]) =>
			native('K', 'obj', (__, [object]) => new PyNative<Keyed>(keyType, { compare, object })),
		),
		['WRAPPER_UPDATES', new PyTuple(['__dict__'])],
	],
	{ lazy: { WRAPPER_ASSIGNMENTS: assignments } },
);
