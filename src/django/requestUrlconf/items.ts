import type { Interpreter } from '../../python/runtime/interpreter';
import { PyDict, PyList, PyRaise, PyTuple, PyUnknown, unlessRaised, type Value } from '../../python/values';
import { exceptionText } from '../problems';
import { known, type Possible, unknown } from './scope';

/** What the interpreter makes, unless it raises or has to guess on the way. */
export function made(py: Interpreter, make: () => Value): Possible {
	const before = py.timesMet;
	try {
		const value = make();
		return py.timesMet > before && !(value instanceof PyUnknown)
			? unknown('it depends on what only running tells')
			: known(value);
	} catch (error) {
		if (error instanceof PyRaise) return unknown(exceptionText(py, error));
		throw error;
	}
}

/** `one[key]`; of a table every value where the key depends on the request. */
export function itemOf(py: Interpreter, one: Possible, key: Possible): readonly Possible[] {
	if (one.kind === 'items') {
		const { items } = one;
		if (key.kind !== 'value' || typeof key.value !== 'number') return items.flat();
		return items[key.value < 0 ? items.length + key.value : key.value] ?? [];
	}
	if (one.kind !== 'value') return [one.kind === 'unknown' ? one : unknown('it depends on the request')];
	if (key.kind !== 'value') return valuesOf(one.value) ?? [key.kind === 'unknown' ? key : unknown('it depends on the request')];
	try {
		return [known(py.getItem(one.value, key.value))];
	} catch (error) {
		if (error instanceof PyRaise && py.caught(error, 'KeyError', 'IndexError')) return [];
		return [made(py, () => py.getItem(one.value, key.value))];
	}
}

/** The values of a dictionary, or the items of a list or tuple; undefined of anything else. */
export function valuesOf(value: Value): readonly Possible[] | undefined {
	if (value instanceof PyDict) return [...value.entries()].map((entry) => known(entry.value));
	if (value instanceof PyList || value instanceof PyTuple) return value.items.map(known);
	return undefined;
}

/** What a loop over it goes through. */
export function itemsOf(py: Interpreter, one: Possible): readonly Possible[] {
	if (one.kind === 'items') return one.items.flat();
	if (one.kind !== 'value') return [one.kind === 'unknown' ? one : unknown('it depends on the request')];
	return unlessRaised(() => py.list(one.value).map(known)) ?? [unknown('it is worked out on the way')];
}
