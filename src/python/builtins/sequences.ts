import type { Interpreter } from '../runtime/interpreter';
import { method } from '../runtime/native';
import { notImplemented, type PyBuiltin, type PyObject, type Value } from '../values';
import { bounds, index, integerOf } from './arguments';

/** What list and tuple have in common. */

/** `is` or `==`, as containers compare their items. */
export function sameOrEqual(py: Interpreter, a: Value, b: Value): boolean {
	return a === b || py.equals(a, b);
}

/** Where `value` stands between `start` and `end`; -1 when it doesn't. */
export function find(py: Interpreter, items: readonly Value[], value: Value, start: Value = null, end: Value = null): number {
	const [from, to] = bounds(py, start, end, items.length);
	for (let at = from; at < Math.min(to, items.length); at++) if (sameOrEqual(py, items[at] ?? null, value)) return at;
	return -1;
}

/** Items times a count; `notImplemented` when that is no int. */
export function repeated(py: Interpreter, items: readonly Value[], times: Value): Value[] | undefined {
	if (integerOf(times) === undefined && py.special(times, '__index__') === undefined) return undefined;
	const count = Math.max(0, index(py, times));
	py.budget.fills(items.length * count);
	const result: Value[] = [];
	for (let i = 0; i < count; i++) result.push(...items);
	return result;
}

const nesting = new WeakMap<Interpreter, Set<PyObject>>();

/** Runs `body` unless the container is being shown already (it contains itself). */
export function guarded(py: Interpreter, container: PyObject, body: () => string, cyclic: string): string {
	let active = nesting.get(py);
	if (!active) {
		active = new Set();
		nesting.set(py, active);
	}
	if (active.has(container)) return cyclic;
	active.add(container);
	py.budget.step();
	try {
		const text = body();
		py.budget.writes(text.length);
		return text;
	} finally {
		active.delete(container);
	}
}

/** `==` and the order of two sequences, item by item. `itemsOf`: undefined for another type. */
export function sequenceComparisons(itemsOf: (value: Value) => readonly Value[] | undefined): PyBuiltin[] {
	const equal = (py: Interpreter, a: readonly Value[], b: readonly Value[]): boolean =>
		a.length === b.length &&
		a.every((item, at) => {
			py.budget.step();
			return sameOrEqual(py, item, b[at] ?? null);
		});
	const ordered = (name: string, onTie: (difference: number) => boolean, less: boolean) =>
		method(name, 'self, value, /', (py, [self, other]) => {
			const [a, b] = [itemsOf(self), itemsOf(other)];
			if (!a || !b) return notImplemented;
			for (let at = 0; at < Math.min(a.length, b.length); at++) {
				const [x, y] = [a[at] ?? null, b[at] ?? null];
				if (!sameOrEqual(py, x, y)) return less ? py.less(x, y) : py.less(y, x);
			}
			return onTie(a.length - b.length);
		});
	return [
		method('__eq__', 'self, value, /', (py, [self, other]) => {
			const [a, b] = [itemsOf(self), itemsOf(other)];
			return a && b ? equal(py, a, b) : notImplemented;
		}),
		method('__ne__', 'self, value, /', (py, [self, other]) => {
			const [a, b] = [itemsOf(self), itemsOf(other)];
			return a && b ? !equal(py, a, b) : notImplemented;
		}),
		ordered('__lt__', (difference) => difference < 0, true),
		ordered('__le__', (difference) => difference <= 0, true),
		ordered('__gt__', (difference) => difference > 0, false),
		ordered('__ge__', (difference) => difference >= 0, false),
	];
}
