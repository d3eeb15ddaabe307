import { PySet, PyTuple } from './collections';
import { PyBytes, PyComplex, PyFloat } from './scalars';
import { PyInstance, PyObject, type Value } from './value';

/**
 * What stands for a value in a JavaScript Map: equal Python values have the same key (`1`, `1.0` and `True`; two equal tuples).
 * A str's key is the string itself; that of a tuple a string no source text contains.
 */
export type HashKey = null | string | number | bigint | PyObject;

/** The part of the interpreter that hashing needs. */
export interface Hasher {
	/** The key of an object whose class defines `__eq__`/`__hash__` in Python, or identity; raises TypeError for the unhashable. */
	hashObject(value: PyObject): HashKey;
	readonly budget: { writes(length: number): void };
}

const numbers = new WeakMap<PyObject, number>();
let counter = 0;

/** A number for each object, the same as long as it lives: `id()`. */
export function identity(value: PyObject): number {
	let id = numbers.get(value);
	if (id === undefined) {
		id = ++counter;
		numbers.set(value, id);
	}
	return id;
}

/** What a value is found by in a dict or set: equal values have the same key. */
export function hashKey(py: Hasher, value: Value): HashKey {
	if (typeof value === 'string' || typeof value === 'number') return value;
	if (value === null || typeof value === 'bigint') return value;
	if (typeof value === 'boolean') return value ? 1 : 0;
	if (value instanceof PyFloat) return value.value;
	if (value instanceof PyComplex) return value.imag === 0 ? value.real : `\u{10FFFF}c${value.real},${value.imag}`;
	if (value instanceof PyTuple && value.cls.lookup('__eq__') === tupleEquality(value)) {
		const key = `\u{10FFFF}(${value.items.map((item) => part(py, item)).join('\u{10FFFF},')})`;
		if (key.length > 1000) py.budget.writes(key.length);
		return key;
	}
	if (value instanceof PyBytes && !value.mutable) return `\u{10FFFF}b${Array.from(value.value).join()}`;
	if (value instanceof PySet && value.frozen) {
		const parts = [...value.values()].map((item) => part(py, item)).sort();
		return `\u{10FFFF}{${parts.join('\u{10FFFF},')}}`;
	}
	if (value instanceof PyInstance && value.payload !== undefined && !value.cls.dict.has('__eq__')) return value.payload;
	return py.hashObject(value);
}

/** Plain tuples and named tuples compare by their items; a subclass with an `__eq__` of its own doesn't. */
function tupleEquality(value: PyTuple): Value | undefined {
	return value.cls.mro.find((cls) => cls.immutable && cls.dict.has('__eq__'))?.dict.get('__eq__');
}

function part(py: Hasher, value: Value): string {
	const key = hashKey(py, value);
	if (key instanceof PyObject) return `o${identity(key)}`;
	return `${key === null ? 'n' : typeof key === 'string' ? 's' : 'i'}${key}`;
}
