import type { BinaryOperator, UnaryOp } from '../syntax/ast';
import {
	bytesType,
	int,
	listType,
	notImplemented,
	PyBuiltin,
	PyBytes,
	type PyClass,
	PyComplex,
	PyFloat,
	PyList,
	PyObject,
	PyTuple,
	strType,
	tupleType,
	unwrap,
	type Value,
	wrote,
} from '../values';
import type { Machine } from './machine';

/** Arithmetic: short cuts for plain values, the special methods for the rest. */

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
export function tryMethod(py: Machine, self: Value, name: string, other: Value): Value {
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
		else if (b instanceof PyList || b instanceof PyTuple) {
			const added = py.list(b);
			py.budget.items(a.items.length + added.length);
			for (const item of added) a.items.push(item);
		} else {
			for (const item of py.iterate(b)) {
				a.items.push(item);
				py.budget.items(a.items.length);
			}
		}
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
			py.budget.writes(x.length * y);
			return x.repeat(Math.max(0, y));
		}
		return undefined;
	}
	if (typeof x === 'number' && op === '*' && (typeof y === 'string' || y instanceof PyList || y instanceof PyTuple))
		return plainBinary(py, op, y, x);
	if (x instanceof PyList && x.cls.immutable) {
		if (op === '+' && y instanceof PyList) return new PyList(joined(py, x.items, y.items));
		if (op === '*' && typeof y === 'number') return new PyList(repeat(py, x.items, y));
	}
	if (x instanceof PyTuple) {
		if (op === '+' && y instanceof PyTuple && !overrides(x, '__add__')) return new PyTuple(joined(py, x.items, y.items));
		if (op === '*' && typeof y === 'number') return new PyTuple(repeat(py, x.items, y));
	}
	if (x instanceof PyBytes && y instanceof PyBytes && op === '+') {
		py.budget.writes(x.value.length + y.value.length);
		const bytes = new Uint8Array(x.value.length + y.value.length);
		bytes.set(x.value);
		bytes.set(y.value, x.value.length);
		return new PyBytes(bytes, x.mutable ? x.cls : bytesType);
	}
	return undefined;
}

/** Whether a class of the project defines the method itself. */
export function overrides(value: PyObject, name: string): boolean {
	return !value.cls.immutable && !(value.cls.lookup(name) instanceof PyBuiltin);
}

function joined(py: Machine, a: readonly Value[], b: readonly Value[]): Value[] {
	py.budget.fills(a.length + b.length);
	return [...a, ...b];
}

function repeat(py: Machine, items: readonly Value[], times: number): Value[] {
	py.budget.fills(items.length * times);
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
	py.budget.bits(4 * Math.max(a.toString(16).length, b.toString(16).length));
	switch (op) {
		case '+':
			return int(a + b);
		case '-':
			return int(a - b);
		case '*':
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
			py.budget.bits(4 * a.toString(16).length * Number(b));
			return int(a ** b);
		case '<<':
			if (b < 0n) return py.raise('ValueError', 'negative shift count');
			py.budget.bits(4 * a.toString(16).length + Number(b));
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
