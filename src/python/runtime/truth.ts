import { PyDict, PyInstance, PyList, type PyObject, PyTuple, PyUnknown } from '../values';
import type { Machine } from './machine';

/** The truth of what is no plain number, text, bool or None. That of an unknown is false, and said. */
export function objectTruth(py: Machine, value: PyObject): boolean {
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
