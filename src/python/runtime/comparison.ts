import type { CompareOperator } from '../syntax/ast';
import {
	notImplemented,
	PyBuiltin,
	PyBytes,
	PyClass,
	PyDict,
	PyFloat,
	PyInstance,
	PyList,
	PyObject,
	PyRange,
	PySet,
	PyTuple,
	PyUnknown,
	unwrap,
	type Value,
} from '../values';
import { overrides, tryMethod } from './arithmetic';
import { isIterable } from './iteration';
import type { Machine } from './machine';

/** Comparison, identity and membership: short cuts for plain values, the special methods for the rest. */

/** One comparison, by the methods of both sides; TypeError where neither knows. */
export function compare(py: Machine, op: CompareOperator, a: Value, b: Value): Value {
	switch (op) {
		case 'is':
			return same(py, a, b);
		case 'is not':
			return !same(py, a, b);
		case 'in':
		case 'not in': {
			const unknown = py.unknownIn(b) ?? (a instanceof PyUnknown ? a : undefined);
			if (unknown) return unknown;
			return contains(py, b, a) === (op === 'in');
		}
		case '==':
		case '!=':
			return equality(py, op, a, b);
		default:
			return order(py, op, a, b);
	}
}

/** `is`. */
export function same(_py: Machine, a: Value, b: Value): boolean {
	if (a === b) return true;
	// Python keeps one bound method a fetch and one empty tuple; identity of those is never asked for.
	return typeof a === 'bigint' && typeof b === 'bigint' && a === b;
}

const swapped: Record<string, string> = { __lt__: '__gt__', __le__: '__ge__', __gt__: '__lt__', __ge__: '__le__' };
const methods: Record<string, string> = { '<': '__lt__', '<=': '__le__', '>': '__gt__', '>=': '__ge__' };

function order(py: Machine, op: CompareOperator, a: Value, b: Value): Value {
	const x = ordinal(a);
	const y = ordinal(b);
	if (x !== undefined && y !== undefined && (typeof x === 'string') === (typeof y === 'string'))
		return ordered(op, compareScalars(x, y));
	if (
		((a instanceof PyList && b instanceof PyList) || (a instanceof PyTuple && b instanceof PyTuple)) &&
		!overrides(a, '__lt__')
	) {
		const length = Math.min(a.items.length, b.items.length);
		for (let i = 0; i < length; i++) {
			const left = a.items[i] ?? null;
			const right = b.items[i] ?? null;
			if (!equals(py, left, right)) return order(py, op, left, right);
		}
		return ordered(op, a.items.length - b.items.length);
	}
	const unknown = py.unknownIn(a) ?? py.unknownIn(b);
	if (unknown) return unknown;
	const name = methods[op] ?? '__lt__';
	const result = tryMethod(py, a, name, b);
	if (result !== notImplemented) return result;
	const reflected = tryMethod(py, b, swapped[name] ?? name, a);
	if (reflected !== notImplemented) return reflected;
	return py.raise('TypeError', `'${op}' not supported between instances of '${py.typeOf(a).name}' and '${py.typeOf(b).name}'`);
}

function ordinal(value: Value): string | number | bigint | undefined {
	if (value instanceof PyFloat) return value.value;
	if (typeof value === 'boolean') return Number(value);
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? value : undefined;
}

/** Negative, 0, positive; NaN when there is no order. Strings compare by code point. */
function compareScalars(a: string | number | bigint, b: string | number | bigint): number {
	if (a === b) return 0;
	if (typeof a !== 'string' || typeof b !== 'string') return a < b ? -1 : a > b ? 1 : a <= b ? 0 : Number.NaN;
	const length = Math.min(a.length, b.length);
	for (let i = 0; i < length; i++) {
		if (a[i] !== b[i]) return (a.codePointAt(i) ?? 0) - (b.codePointAt(i) ?? 0);
	}
	return a.length - b.length;
}

function ordered(op: CompareOperator, difference: number): boolean {
	if (op === '<') return difference < 0;
	if (op === '<=') return difference <= 0;
	return op === '>' ? difference > 0 : difference >= 0;
}

function equality(py: Machine, op: '==' | '!=', a: Value, b: Value): Value {
	const plain = plainEquals(py, a, b);
	if (plain !== undefined) return plain === (op === '==');
	const unknown = py.unknownIn(a) ?? py.unknownIn(b);
	if (unknown) return unknown;
	if (op === '!=') {
		const found = py.typeOf(a).lookup('__ne__');
		if (found !== undefined && !(found instanceof PyBuiltin)) {
			const result = py.call(py.bindSpecial(found, a), [b]);
			if (result !== notImplemented) return result;
		}
	}
	const right = py.typeOf(b);
	const left = py.typeOf(a);
	const reflectedFirst = left !== right && right.derivesFrom(left);
	let result: Value = reflectedFirst ? tryMethod(py, b, '__eq__', a) : tryMethod(py, a, '__eq__', b);
	if (result === notImplemented) result = reflectedFirst ? tryMethod(py, a, '__eq__', b) : tryMethod(py, b, '__eq__', a);
	if (result === notImplemented) result = a === b;
	if (op === '==') return result;
	return result instanceof PyUnknown ? result : !py.truth(result);
}

const isNumber = (value: unknown): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';

/** Steps that comparing two objects is worth: what they hold may be the same again and again. */
const equalitySteps = 2;

/** Equality of values whose types don't define their own; undefined when methods must be asked. */
function plainEquals(py: Machine, a: Value, b: Value): boolean | undefined {
	if (a === b) return !(a instanceof PyFloat && Number.isNaN(a.value)) && !(a instanceof PyUnknown) ? true : undefined;
	const x = typeof a === 'boolean' ? Number(a) : a instanceof PyFloat ? a.value : a;
	const y = typeof b === 'boolean' ? Number(b) : b instanceof PyFloat ? b.value : b;
	if (!(x instanceof PyObject) && !(y instanceof PyObject))
		return x === y || (typeof x !== typeof y && isNumber(x) && isNumber(y) && x <= y && x >= y);
	if (x instanceof PyInstance && x.payload !== undefined && !overrides(x, '__eq__')) return plainEquals(py, x.payload, y);
	if (y instanceof PyInstance && y.payload !== undefined && !overrides(y, '__eq__')) return plainEquals(py, x, y.payload);
	if (!(x instanceof PyObject) || !(y instanceof PyObject)) {
		const object = x instanceof PyObject ? x : y;
		return object instanceof PyObject && object.cls.immutable && isData(object) ? false : undefined;
	}
	if (overrides(x, '__eq__') || overrides(y, '__eq__')) return undefined;
	py.budget.work(equalitySteps);
	if (x instanceof PyList) return y instanceof PyList ? sameItems(py, x.items, y.items) : isData(y) ? false : undefined;
	if (x instanceof PyTuple) return y instanceof PyTuple ? sameItems(py, x.items, y.items) : isData(y) ? false : undefined;
	if (x instanceof PyDict) {
		if (!(y instanceof PyDict)) return isData(y) ? false : undefined;
		if (x.size !== y.size) return false;
		for (const { key, value } of x.entries()) {
			const other = y.get(py, key);
			if (other === undefined || !equals(py, value, other)) return false;
		}
		return true;
	}
	if (x instanceof PySet) {
		if (!(y instanceof PySet)) return isData(y) ? false : undefined;
		if (x.size !== y.size) return false;
		for (const item of x.values()) if (!y.has(py, item)) return false;
		return true;
	}
	if (x instanceof PyBytes)
		return y instanceof PyBytes && x.value.length === y.value.length && x.value.every((byte, i) => byte === y.value[i]);
	if (x instanceof PyRange && y instanceof PyRange)
		return x.length === y.length && (x.length === 0 || (x.start === y.start && x.step === y.step));
	if (x instanceof PyClass && x.cls.immutable && y instanceof PyClass && y.cls.immutable) return false;
	return undefined;
}

function isData(value: PyObject): boolean {
	return (
		value instanceof PyList ||
		value instanceof PyTuple ||
		value instanceof PyDict ||
		value instanceof PySet ||
		value instanceof PyBytes ||
		value instanceof PyFloat
	);
}

function sameItems(py: Machine, a: readonly Value[], b: readonly Value[]): boolean {
	if (a.length !== b.length) return false;
	for (let i = 0; i < a.length; i++) {
		const left = a[i] ?? null;
		const right = b[i] ?? null;
		if (left !== right && !equals(py, left, right)) return false;
	}
	return true;
}

/** `a == b` as a decision: an unknown answer is no. */
export function equals(py: Machine, a: Value, b: Value): boolean {
	const result = equality(py, '==', a, b);
	return typeof result === 'boolean' ? result : !(result instanceof PyUnknown) && py.truth(result);
}

/** `in`. */
export function contains(py: Machine, container: Value, item: Value): boolean {
	const raw = unwrap(container);
	if (typeof raw === 'string') {
		const text = unwrap(item);
		if (typeof text !== 'string')
			return py.raise('TypeError', `'in <string>' requires string as left operand, not ${py.typeOf(item).name}`);
		return raw.includes(text);
	}
	if (container instanceof PyObject && !overrides(container, '__contains__')) {
		if (container instanceof PyDict || container instanceof PySet) return container.has(py, item);
		if (container instanceof PyList || container instanceof PyTuple) {
			return container.items.some((other) => other === item || equals(py, other, item));
		}
		if (container instanceof PyRange && typeof item === 'number') {
			const { start, step, length } = container;
			const index = (item - start) / step;
			return Number.isInteger(index) && index >= 0 && index < length;
		}
	}
	const method = py.special(container, '__contains__');
	if (method !== undefined) return py.truth(py.call(method, [item]));
	if (!isIterable(py, container)) return py.raise('TypeError', `argument of type '${py.typeOf(container).name}' is not iterable`);
	for (const other of py.iterate(container)) if (other === item || equals(py, other, item)) return true;
	return false;
}
