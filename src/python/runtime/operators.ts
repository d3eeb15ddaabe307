import type { BinaryOperator, CompareOperator, UnaryOp } from '../syntax/ast';
import {
	bytesType,
	int,
	listType,
	notImplemented,
	PyBuiltin,
	PyBytes,
	PyClass,
	PyComplex,
	PyDict,
	PyFloat,
	PyInstance,
	PyList,
	PyObject,
	PyRange,
	PySet,
	PyTuple,
	PyUnknown,
	strType,
	tupleType,
	unwrap,
	type Value,
	wrote,
} from '../values';
import { isIterable } from './iteration';
import type { Machine } from './machine';

/** Arithmetic, comparison and membership: short cuts for plain values, the special methods for the rest. */

const names: Record<BinaryOperator, string> = {
	'+': 'add',
	'-': 'sub',
	'*': 'mul',
	'/': 'truediv',
	'//': 'floordiv',
	'%': 'mod',
	'**': 'pow',
	'@': 'matmul',
	'<<': 'lshift',
	'>>': 'rshift',
	'|': 'or',
	'&': 'and',
	'^': 'xor',
};

/** `assigning` only changes what an error says. */
export function binary(py: Machine, op: BinaryOperator, a: Value, b: Value, assigning = false): Value {
	const plain = plainBinary(py, op, a, b);
	if (plain !== undefined) return plain;
	const unknown = py.unknownIn(a) ?? py.unknownIn(b);
	if (unknown) return unknown;
	const name = names[op];
	// The right operand goes first when its type is a subclass that overrides the reflected method.
	const left = py.typeOf(a);
	const right = py.typeOf(b);
	// So does a reflected method beside a sequence, whose concatenation and repetition are no number methods in CPython.
	const reflected = `__r${name}__`;
	const besideSequence = (op === '+' || op === '*') && isSequence(a) && !isSequence(b) && right.lookup(reflected) !== undefined;
	const overridden = left !== right && right.derivesFrom(left) && right.lookup(reflected) !== left.lookup(reflected);
	const reflectedFirst = besideSequence || overridden;
	if (reflectedFirst) {
		const result = tryMethod(py, b, `__r${name}__`, a);
		if (result !== notImplemented) return result;
	}
	const result = tryMethod(py, a, `__${name}__`, b);
	if (result !== notImplemented) return result;
	if (!reflectedFirst && left !== right) {
		const other = tryMethod(py, b, reflected, a);
		if (other !== notImplemented) return other;
	}
	return py.raise('TypeError', unsupported(op, left, right, assigning));
}

function unsupported(op: BinaryOperator, left: PyClass, right: PyClass, assigning: boolean): string {
	// Sequences have a `+` of their own in CPython, with a message of its own.
	if (op === '+' && (left === strType || left === tupleType || (left === listType && !assigning)))
		return `can only concatenate ${left.name} (not "${right.name}") to ${left.name}`;
	const shown = assigning ? `${op}=` : op === '**' ? '** or pow()' : op;
	return `unsupported operand type(s) for ${shown}: '${left.name}' and '${right.name}'`;
}

function isSequence(value: Value): boolean {
	return typeof unwrap(value) === 'string' || value instanceof PyList || value instanceof PyTuple || value instanceof PyBytes;
}

/** Calls a special method; NotImplemented when the type has none. */
function tryMethod(py: Machine, self: Value, name: string, other: Value): Value {
	const found = py.typeOf(self).lookup(name);
	if (found === undefined || found === null) return notImplemented;
	return py.call(py.bindSpecial(found, self), [other]);
}

/** `a += b`. */
export function inPlace(py: Machine, op: BinaryOperator, a: Value, b: Value): Value {
	if (a instanceof PyList && op === '+' && a.cls.immutable) {
		wrote(a);
		const unknown = py.unknownIn(b);
		if (unknown) py.dropped(unknown);
		else for (const item of b === a ? [...a.items] : py.iterate(b)) a.items.push(item);
		return a;
	}
	if (a instanceof PyObject) {
		const found = a.cls.lookup(`__i${names[op]}__`);
		if (found !== undefined) {
			const result = py.call(py.bindSpecial(found, a), [b]);
			if (result !== notImplemented) return result;
		}
	}
	return binary(py, op, a, b, true);
}

function plainBinary(py: Machine, op: BinaryOperator, a: Value, b: Value): Value | undefined {
	if (typeof a === 'boolean' && typeof b === 'boolean') {
		if (op === '|') return a || b;
		if (op === '&') return a && b;
		if (op === '^') return a !== b;
	}
	const x = typeof a === 'boolean' ? Number(a) : a;
	const y = typeof b === 'boolean' ? Number(b) : b;
	if (typeof x === 'number' && typeof y === 'number') return smallIntegers(py, op, x, y);
	if ((typeof x === 'bigint' || typeof x === 'number') && (typeof y === 'bigint' || typeof y === 'number'))
		return bigIntegers(py, op, BigInt(x), BigInt(y));
	if (x instanceof PyFloat || y instanceof PyFloat) return floats(py, op, x, y);
	if (typeof x === 'string') {
		if (op === '+' && typeof y === 'string') {
			py.budget.text(x.length + y.length);
			return x + y;
		}
		if (op === '*' && typeof y === 'number') {
			py.budget.text(x.length * y);
			return x.repeat(Math.max(0, y));
		}
		return undefined;
	}
	if (typeof x === 'number' && op === '*' && (typeof y === 'string' || y instanceof PyList || y instanceof PyTuple))
		return plainBinary(py, op, y, x);
	if (x instanceof PyList && x.cls.immutable) {
		if (op === '+' && y instanceof PyList) return new PyList([...x.items, ...y.items]);
		if (op === '*' && typeof y === 'number') return new PyList(repeat(py, x.items, y));
	}
	if (x instanceof PyTuple) {
		if (op === '+' && y instanceof PyTuple && !overrides(x, '__add__')) return new PyTuple([...x.items, ...y.items]);
		if (op === '*' && typeof y === 'number') return new PyTuple(repeat(py, x.items, y));
	}
	if (x instanceof PyBytes && y instanceof PyBytes && op === '+') {
		const joined = new Uint8Array(x.value.length + y.value.length);
		joined.set(x.value);
		joined.set(y.value, x.value.length);
		return new PyBytes(joined, x.mutable ? x.cls : bytesType);
	}
	return undefined;
}

function overrides(value: PyObject, name: string): boolean {
	return !value.cls.immutable && !(value.cls.lookup(name) instanceof PyBuiltin);
}

function repeat(py: Machine, items: readonly Value[], times: number): Value[] {
	py.budget.items(items.length * times);
	const result: Value[] = [];
	for (let i = 0; i < times; i++) for (const item of items) result.push(item);
	return result;
}

function smallIntegers(py: Machine, op: BinaryOperator, a: number, b: number): Value | undefined {
	switch (op) {
		case '+':
		case '-':
		case '*': {
			const result = op === '+' ? a + b : op === '-' ? a - b : a * b;
			// `0 * -1` is 0, not -0.
			return Number.isSafeInteger(result) ? result + 0 : bigIntegers(py, op, BigInt(a), BigInt(b));
		}
		case '/':
			if (b === 0) return py.raise('ZeroDivisionError', 'division by zero');
			return new PyFloat(a / b);
		case '//':
			if (b === 0) return py.raise('ZeroDivisionError', 'integer division or modulo by zero');
			return Math.floor(a / b) + 0;
		case '%': {
			if (b === 0) return py.raise('ZeroDivisionError', 'integer modulo by zero');
			const rest = a % b;
			return (rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest) + 0;
		}
		case '&':
		case '|':
		case '^':
			if (a >= 0 && b >= 0 && a <= 0x7fffffff && b <= 0x7fffffff) return op === '&' ? a & b : op === '|' ? a | b : a ^ b;
			return bigIntegers(py, op, BigInt(a), BigInt(b));
		case '@':
			return undefined;
		default:
			if (op === '**' && b < 0) return floatPower(py, a, b);
			return bigIntegers(py, op, BigInt(a), BigInt(b));
	}
}

function bigIntegers(py: Machine, op: BinaryOperator, a: bigint, b: bigint): Value | undefined {
	switch (op) {
		case '+':
			return int(a + b);
		case '-':
			return int(a - b);
		case '*':
			py.budget.text((a.toString(16).length + b.toString(16).length) * 1);
			return int(a * b);
		case '/':
			if (b === 0n) return py.raise('ZeroDivisionError', 'division by zero');
			return trueDivide(py, a, b);
		case '//':
		case '%': {
			if (b === 0n)
				return py.raise('ZeroDivisionError', op === '%' ? 'integer modulo by zero' : 'integer division or modulo by zero');
			let quotient = a / b;
			if (a % b !== 0n && a < 0n !== b < 0n) quotient -= 1n;
			return int(op === '//' ? quotient : a - quotient * b);
		}
		case '**':
			if (b < 0n) return floatPower(py, Number(a), Number(b));
			py.budget.text(a.toString(16).length * Number(b));
			return int(a ** b);
		case '<<':
			if (b < 0n) return py.raise('ValueError', 'negative shift count');
			py.budget.text(Number(b));
			return int(a << b);
		case '>>':
			if (b < 0n) return py.raise('ValueError', 'negative shift count');
			return int(a >> b);
		case '&':
			return int(a & b);
		case '|':
			return int(a | b);
		case '^':
			return int(a ^ b);
		case '@':
			return undefined;
	}
}

function floatOf(value: Value): number | undefined {
	if (value instanceof PyFloat) return value.value;
	return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;
}

function floats(py: Machine, op: BinaryOperator, x: Value, y: Value): Value | undefined {
	const a = floatOf(x);
	const b = floatOf(y);
	if (a === undefined || b === undefined) return undefined;
	switch (op) {
		case '+':
			return new PyFloat(a + b);
		case '-':
			return new PyFloat(a - b);
		case '*':
			return new PyFloat(a * b);
		case '**':
			return floatPower(py, a, b);
		case '/':
			if (b === 0) return py.raise('ZeroDivisionError', 'float division by zero');
			return new PyFloat(a / b);
		case '//':
			if (b === 0) return py.raise('ZeroDivisionError', 'float floor division by zero');
			return new PyFloat(floorDivide(a, b));
		case '%':
			if (b === 0) return py.raise('ZeroDivisionError', 'float modulo');
			return new PyFloat(modulo(a, b));
		default:
			return undefined;
	}
}

/** The remainder with the sign of the divisor; C's fmod, which JavaScript's `%` is, has that of the dividend. */
function modulo(a: number, b: number): number {
	const rest = a % b;
	if (rest === 0) return b < 0 || Object.is(b, -0) ? -0 : 0;
	return rest < 0 !== b < 0 ? rest + b : rest;
}

/** As CPython's float_floor_div: exact where `Math.floor(a / b)` would have rounded up. */
function floorDivide(a: number, b: number): number {
	const quotient = (a - modulo(a, b)) / b;
	if (quotient === 0) return a / b < 0 || Object.is(a / b, -0) ? -0 : 0;
	const floor = Math.floor(quotient);
	return quotient - floor > 0.5 ? floor + 1 : floor;
}

function floatPower(py: Machine, a: number, b: number): Value {
	if (a === 0 && b < 0) return py.raise('ZeroDivisionError', '0.0 cannot be raised to a negative power');
	if (a === 1) return new PyFloat(1);
	if (a < 0 && Number.isFinite(a) && Number.isFinite(b) && !Number.isInteger(b)) {
		const size = (-a) ** b;
		return new PyComplex(size * Math.cos(Math.PI * b), size * Math.sin(Math.PI * b));
	}
	if (a === -1 && !Number.isFinite(b) && !Number.isNaN(b)) return new PyFloat(1);
	const result = a ** b;
	if (!Number.isFinite(result) && Number.isFinite(a) && Number.isFinite(b))
		return py.raise('OverflowError', "(34, 'Numerical result out of range')");
	return new PyFloat(result);
}

/** `a / b` rounded once, as CPython divides ints too large for a float. */
function trueDivide(py: Machine, a: bigint, b: bigint): Value {
	const negative = a < 0n !== b < 0n;
	const [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
	const shift = BigInt(Math.max(0, 66 + y.toString(2).length - x.toString(2).length));
	const scaled = (x << shift) / y;
	// A sticky bit keeps ties from rounding to even when something was left over.
	const exact = scaled * y === x << shift;
	const value = Number(exact ? scaled : (scaled << 1n) | 1n) / 2 ** (Number(shift) + (exact ? 0 : 1));
	if (!Number.isFinite(value)) return py.raise('OverflowError', 'integer division result too large for a float');
	return new PyFloat(negative ? -value : value);
}

export function unary(py: Machine, op: UnaryOp['op'], value: Value): Value {
	if (op === 'not') return !py.truth(value);
	const plain = typeof value === 'boolean' ? Number(value) : value;
	if (typeof plain === 'number' || typeof plain === 'bigint') {
		if (op === '+') return plain;
		if (op === '~') return typeof plain === 'number' ? -plain - 1 : int(~plain);
		return typeof plain === 'number' ? 0 - plain : int(-plain);
	}
	if (plain instanceof PyFloat && op !== '~') return op === '-' ? new PyFloat(-plain.value) : plain;
	if (plain instanceof PyComplex && op === '-') return new PyComplex(-plain.real, -plain.imag);
	const unknown = py.unknownIn(value);
	if (unknown) return unknown;
	const name = op === '-' ? '__neg__' : op === '+' ? '__pos__' : '__invert__';
	const method = py.special(value, name);
	if (method !== undefined) return py.call(method);
	return py.raise('TypeError', `bad operand type for unary ${op}: '${py.typeOf(value).name}'`);
}

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
	if (typeof a !== 'string' || typeof b !== 'string') return a < b ? -1 : a > b ? 1 : Number(a) === Number(b) ? 0 : Number.NaN;
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

/** Equality of values whose types don't define their own; undefined when methods must be asked. */
function plainEquals(py: Machine, a: Value, b: Value): boolean | undefined {
	if (a === b) return !(a instanceof PyFloat && Number.isNaN(a.value)) && !(a instanceof PyUnknown) ? true : undefined;
	const x = typeof a === 'boolean' ? Number(a) : a instanceof PyFloat ? a.value : a;
	const y = typeof b === 'boolean' ? Number(b) : b instanceof PyFloat ? b.value : b;
	if (!(x instanceof PyObject) && !(y instanceof PyObject))
		return x === y || (x !== null && y !== null && typeof x !== 'string' && typeof y !== 'string' && Number(x) === Number(y));
	if (x instanceof PyInstance && x.payload !== undefined && !overrides(x, '__eq__')) return plainEquals(py, x.payload, y);
	if (y instanceof PyInstance && y.payload !== undefined && !overrides(y, '__eq__')) return plainEquals(py, x, y.payload);
	if (!(x instanceof PyObject) || !(y instanceof PyObject)) {
		const object = x instanceof PyObject ? x : y;
		return object instanceof PyObject && object.cls.immutable && isData(object) ? false : undefined;
	}
	if (overrides(x, '__eq__') || overrides(y, '__eq__')) return undefined;
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
