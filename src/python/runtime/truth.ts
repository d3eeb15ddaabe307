import { PyDict, PyInstance, PyList, type PyObject, PyTuple, PyUnknown, type Value } from '../values';
import type { Machine } from './machine';

/** `bool(value)`. */
export function truth(py: Machine, value: Value): boolean {
	if (typeof value === 'boolean') return value;
	if (value === null) return false;
	if (typeof value === 'string') return value !== '';
	if (typeof value === 'number') return value !== 0;
	if (typeof value === 'bigint') return true;
	return objectTruth(py, value);
}

/** The truth of what is no plain number, text, bool or None. That of an unknown is false, and said. */
function objectTruth(py: Machine, value: PyObject): boolean {
	if (value instanceof PyUnknown) {
		py.unknowns.used(value, 'Taken as false');
		return false;
	}
	if (value.cls.immutable && (value instanceof PyList || value instanceof PyTuple)) return value.items.length > 0;
	if (value.cls.immutable && value instanceof PyDict) return value.size > 0;
	const bool = py.special(value, '__bool__');
	if (bool !== undefined) {
		const result = py.call(bool);
		return result instanceof PyUnknown ? objectTruth(py, result) : result === true || result === 1;
	}
	if (value.cls.lookup('__len__') !== undefined) {
		const length = py.call(py.special(value, '__len__') ?? null);
		return py.truth(length);
	}
	if (value instanceof PyInstance && value.payload !== undefined) return py.truth(value.payload);
	return true;
}
