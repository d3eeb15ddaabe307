import type { Interpreter } from '../runtime/interpreter';
import { intOf, int as normal, PyBytes, PyInstance, PyObject, type PySlice, textOf, type Value } from '../values';

/** What natives ask of their arguments: each function gives the JavaScript value or raises Python's TypeError. */

/** The name of a value's type, as error messages have it. */
export function typeName(py: Interpreter, value: Value): string {
	return py.typeOf(value).name;
}

export function text(py: Interpreter, value: Value | undefined, what = 'argument'): string {
	const found = textOf(value ?? null);
	if (found !== undefined) return found;
	return py.raise('TypeError', `${what} must be str, not ${typeName(py, value ?? null)}`);
}

/** An int of any size; undefined when the value is none. */
export function integerOf(value: Value): number | bigint | undefined {
	if (typeof value === 'number' || typeof value === 'bigint') return value;
	if (typeof value === 'boolean') return value ? 1 : 0;
	if (value instanceof PyInstance && (typeof value.payload === 'number' || typeof value.payload === 'bigint'))
		return value.payload;
	return undefined;
}

/** An int, or what `__index__` gives. */
export function integer(py: Interpreter, value: Value | undefined, message?: string): number | bigint {
	const direct = integerOf(value ?? null);
	if (direct !== undefined) return direct;
	if (value instanceof PyObject) {
		const index = py.special(value, '__index__');
		const result = index === undefined ? undefined : integerOf(py.call(index));
		if (result !== undefined) return result;
	}
	return py.raise('TypeError', message ?? `'${typeName(py, value ?? null)}' object cannot be interpreted as an integer`);
}

/** An int that fits a JavaScript number; larger ones are clamped, as indexes are. */
export function index(py: Interpreter, value: Value | undefined, message?: string): number {
	const quick = intOf(value ?? null);
	if (quick !== undefined) return quick;
	const found = integer(py, value, message);
	if (typeof found === 'number') return found;
	return found < 0n ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER;
}

/** `start` and `end` as `str.find` and `list.index` take them, clipped to the length. */
export function bounds(py: Interpreter, start: Value | undefined, end: Value | undefined, length: number): [number, number] {
	const clip = (value: Value | undefined, fallback: number): number => {
		if (value === undefined || value === null) return fallback;
		const at = index(py, value, 'slice indices must be integers or None or have an __index__ method');
		return at < 0 ? Math.max(0, at + length) : at;
	};
	return [clip(start, 0), Math.min(clip(end, length), length)];
}

export interface SliceRange {
	readonly start: number;
	readonly stop: number;
	readonly step: number;
	readonly count: number;
}

/** `slice.indices(length)` with the number of items it takes. */
export function sliceRange(py: Interpreter, slice: PySlice, length: number): SliceRange {
	const message = 'slice indices must be integers or None or have an __index__ method';
	const step = slice.step === null ? 1 : index(py, slice.step, message);
	if (step === 0) return py.raise('ValueError', 'slice step cannot be zero');
	const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
	const place = (value: Value, fallback: number): number => {
		if (value === null) return fallback;
		const at = index(py, value, message);
		return at < 0 ? Math.max(at + length, low) : Math.min(at, high);
	};
	const start = place(slice.start, step > 0 ? low : high);
	const stop = place(slice.stop, step > 0 ? high : low);
	const count = Math.max(0, step > 0 ? Math.ceil((stop - start) / step) : Math.ceil((start - stop) / -step));
	return { start, stop, step, count };
}

/** The items that a slice takes. */
export function sliced<T>(py: Interpreter, items: readonly T[], slice: PySlice): T[] {
	const { start, stop, step, count } = sliceRange(py, slice, items.length);
	if (step === 1) return items.slice(start, Math.max(start, stop));
	const taken: T[] = [];
	for (let i = 0, at = start; i < count; i++, at += step) taken.push(items[at] as T);
	return taken;
}

/** The place in a sequence that a subscript names; raises IndexError. */
export function position(py: Interpreter, key: Value, length: number, what: string): number {
	const at = index(py, key, `${what} indices must be integers or slices, not ${typeName(py, key)}`);
	const found = at < 0 ? at + length : at;
	if (found < 0 || found >= length) return py.raise('IndexError', `${what} index out of range`);
	return found;
}

/** The bytes of a bytes-like value; undefined for others. */
export function bytesOf(value: Value | undefined): Uint8Array | undefined {
	return value instanceof PyBytes ? value.value : undefined;
}

export { normal };
