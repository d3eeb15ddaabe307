import {
	intOf,
	listType,
	PyBytes,
	PyClass,
	PyDict,
	PyList,
	PyObject,
	PyRange,
	PySlice,
	PyTuple,
	PyUnknown,
	unwrap,
	type Value,
	wrote,
} from '../values';
import type { Machine } from './machine';

/** `object[key]`, its assignment and its deletion. */

/** `object[key]`. */
export function getItem(py: Machine, object: Value, key: Value): Value {
	if (object instanceof PyUnknown) return py.unknowns.derive(object, '[…]');
	if (!(object instanceof PyObject) || object.cls.immutable) {
		const plain = plainItem(py, object, key);
		if (plain !== undefined) return plain;
	}
	if (object instanceof PyClass) return classItem(py, object, key);
	const method = py.special(object, '__getitem__');
	if (method !== undefined) return py.call(method, [key]);
	return py.raise('TypeError', `'${py.typeOf(object).name}' object is not subscriptable`);
}

/** `Class[item]`: the metaclass's `__getitem__`, then `__class_getitem__`. */
function classItem(py: Machine, cls: PyClass, key: Value): Value {
	const method = py.special(cls, '__getitem__');
	if (method !== undefined) return py.call(method, [key]);
	const generic = py.findAttr(cls, '__class_getitem__');
	if (generic !== undefined) return py.call(generic, [key]);
	const make = cls.immutable ? listType.lookup('__class_getitem__') : undefined;
	if (make === undefined) return py.raise('TypeError', `type '${cls.name}' is not subscriptable`);
	return py.call(make, [cls, key]);
}

/** Items of plain lists, tuples, strings, dicts; undefined when the special method must be asked. */
function plainItem(py: Machine, object: Value, key: Value): Value | undefined {
	if (object instanceof PyDict) {
		const unknown = key instanceof PyUnknown ? key : undefined;
		if (unknown) return unknown;
		const value = object.get(py, key);
		if (value !== undefined) return value;
		if (object.cls.lookup('__missing__') !== undefined) return undefined;
		return py.unknowns.lacking(object) ?? py.raise('KeyError', key);
	}
	const raw = unwrap(object);
	const sequence =
		object instanceof PyList || object instanceof PyTuple ? object.items : typeof raw === 'string' ? raw : undefined;
	if (sequence === undefined) return undefined;
	if (key instanceof PyUnknown) return key;
	if (key instanceof PySlice) {
		for (const part of [key.start, key.stop, key.step]) if (part instanceof PyUnknown) return part;
		for (const part of [key.start, key.stop, key.step]) if (part instanceof PyUnknown) return part;
		if (typeof sequence === 'string') {
			const points = codePoints(sequence);
			const indices = sliceIndices(py, key, points.length);
			if (indices.step === 1 && points === sequence) return sequence.slice(indices.start, Math.max(indices.start, indices.stop));
			return pick(points, indices).join('');
		}
		const indices = sliceIndices(py, key, sequence.length);
		const items =
			indices.step === 1 ? sequence.slice(indices.start, Math.max(indices.start, indices.stop)) : pick(sequence, indices);
		return object instanceof PyTuple ? new PyTuple(items) : new PyList(items);
	}
	const index = indexOf(py, key);
	if (index === undefined) {
		const kind = typeof sequence === 'string' ? 'string' : object instanceof PyTuple ? 'tuple' : 'list';
		return py.raise('TypeError', `${kind} indices must be integers or slices, not ${py.typeOf(key).name}`);
	}
	const items = typeof sequence === 'string' ? codePoints(sequence) : sequence;
	const item = items[index < 0 ? index + items.length : index];
	if (item !== undefined) return item;
	const kind = typeof sequence === 'string' ? 'string' : object instanceof PyTuple ? 'tuple' : 'list';
	return py.raise('IndexError', `${kind} index out of range`);
}

/** The text itself when every character is one UTF-16 unit, else its characters. */
function codePoints(text: string): string | readonly string[] {
	if (text.length < 64) return surrogate.test(text) ? [...text] : text;
	// A loop over the places of a long text asks for the same one each time.
	if (text !== lastText) {
		lastText = text;
		lastPoints = surrogate.test(text) ? [...text] : text;
	}
	return lastPoints;
}

const surrogate = /[\ud800-\udfff]/;
let lastText = '';
let lastPoints: string | readonly string[] = '';

/** An int, or what `__index__` gives. */
export function indexOf(py: Machine, key: Value): number | undefined {
	const plain = intOf(key);
	if (plain !== undefined) return plain;
	const method = key instanceof PyObject ? py.special(key, '__index__') : undefined;
	return method === undefined ? undefined : intOf(py.call(method));
}

export interface Indices {
	readonly start: number;
	readonly stop: number;
	readonly step: number;
}

/** `slice.indices(length)`. */
function sliceIndices(py: Machine, slice: PySlice, length: number): Indices {
	const number = (value: Value, fallback: number): number => {
		if (value === null) return fallback;
		// Beyond any length one bound is as good as another.
		if (typeof value === 'bigint') return value < 0n ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER;
		const index = indexOf(py, value);
		if (index === undefined) return py.raise('TypeError', 'slice indices must be integers or None or have an __index__ method');
		return index;
	};
	const step = number(slice.step, 1);
	if (step === 0) return py.raise('ValueError', 'slice step cannot be zero');
	const low = step < 0 ? -1 : 0;
	const high = step < 0 ? length - 1 : length;
	const clamp = (index: number): number => Math.min(high, Math.max(low, index < 0 ? index + length : index));
	const start = slice.start === null ? (step < 0 ? high : low) : clamp(number(slice.start, 0));
	const stop = slice.stop === null ? (step < 0 ? low : high) : clamp(number(slice.stop, 0));
	return { start, stop, step };
}

function pick<T>(items: ArrayLike<T>, { start, stop, step }: Indices): T[] {
	const picked: T[] = [];
	for (let i = start; step > 0 ? i < stop : i > stop; i += step) {
		const item = items[i];
		if (item !== undefined) picked.push(item);
	}
	return picked;
}

/** `object[key] = value`. */
export function setItem(py: Machine, object: Value, key: Value, value: Value): void {
	if (object instanceof PyUnknown) return;
	if (object instanceof PyObject && object.cls.immutable) {
		if (object instanceof PyDict && !object.readOnly) {
			if (key instanceof PyUnknown) py.dropped(key);
			else {
				object.set(py, key, value);
				py.budget.items(object.size);
			}
			return;
		}
		if (object instanceof PyList && setListItem(py, object, key, value)) return;
	}
	const method = py.special(object, '__setitem__');
	if (method === undefined) py.raise('TypeError', `'${py.typeOf(object).name}' object does not support item assignment`);
	else py.call(method, [key, value]);
}

/** False when the key is neither a slice nor a known index. */
function setListItem(py: Machine, list: PyList, key: Value, value: Value): boolean {
	wrote(list);
	if (key instanceof PySlice) {
		const { start, stop, step } = sliceIndices(py, key, list.items.length);
		const values = py.list(value);
		if (step === 1) list.items = [...list.items.slice(0, start), ...values, ...list.items.slice(Math.max(start, stop))];
		else {
			const count = Math.max(0, Math.ceil((stop - start) / step));
			if (values.length !== count)
				py.raise('ValueError', `attempt to assign sequence of size ${values.length} to extended slice of size ${count}`);
			let at = start;
			for (const item of values) {
				list.items[at] = item;
				at += step;
			}
		}
		return true;
	}
	const index = indexOf(py, key);
	if (index === undefined) return false;
	const at = index < 0 ? index + list.items.length : index;
	if (at < 0 || at >= list.items.length) py.raise('IndexError', 'list assignment index out of range');
	list.items[at] = value;
	return true;
}

/** `del object[key]`. */
export function delItem(py: Machine, object: Value, key: Value): void {
	if (object instanceof PyUnknown || key instanceof PyUnknown) return;
	if (object instanceof PyObject && object.cls.immutable) {
		if (object instanceof PyDict && !object.readOnly) {
			if (!object.delete(py, key)) py.raise('KeyError', key);
			return;
		}
		if (object instanceof PyList && deleteListItem(py, object, key)) return;
	}
	const method = py.special(object, '__delitem__');
	if (method === undefined) py.raise('TypeError', `'${py.typeOf(object).name}' object doesn't support item deletion`);
	else py.call(method, [key]);
}

function deleteListItem(py: Machine, list: PyList, key: Value): boolean {
	wrote(list);
	if (key instanceof PySlice) {
		const { start, stop, step } = sliceIndices(py, key, list.items.length);
		const gone = new Set<number>();
		for (let i = start; step > 0 ? i < stop : i > stop; i += step) gone.add(i);
		list.items = list.items.filter((_item, index) => !gone.has(index));
		return true;
	}
	const index = indexOf(py, key);
	if (index === undefined) return false;
	const at = index < 0 ? index + list.items.length : index;
	if (at < 0 || at >= list.items.length) py.raise('IndexError', 'list assignment index out of range');
	list.items.splice(at, 1);
	return true;
}

/** `len()`. */
export function length(py: Machine, object: Value): number {
	const raw = unwrap(object);
	if (typeof raw === 'string') return codePoints(raw).length;
	if (object instanceof PyObject && object.cls.immutable) {
		if (object instanceof PyList || object instanceof PyTuple) return object.items.length;
		if (object instanceof PyDict) return object.size;
		if (object instanceof PyRange) return object.length;
		if (object instanceof PyBytes) return object.value.length;
	}
	const method = py.special(object, '__len__');
	if (method === undefined) return py.raise('TypeError', `object of type '${py.typeOf(object).name}' has no len()`);
	const result = py.call(method);
	return intOf(result) ?? 0;
}
