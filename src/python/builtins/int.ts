import type { Interpreter } from '../runtime/interpreter';
import { classMethod, defineType, getter, method, staticMethod } from '../runtime/native';
import {
	boolType,
	hashKey,
	intType,
	noneType,
	int as normal,
	notImplemented,
	PyBytes,
	PyClass,
	PyFloat,
	PyInstance,
	PyObject,
	PyTuple,
	PyUnknown,
	textOf,
	type Value,
} from '../values';
import { limitsDigits, mostDigits } from '../values/digit-limit';
import { index, integer, integerOf, text, typeName } from './arguments';
import { formatInteger, formatText } from './format-spec';
import { hashNumber } from './hash-number';
import * as integers from './integer';
import { numberMethods } from './number-methods';
import { textRepr } from './string-repr';

type Int = integers.Int;

/** The int that `self` is, subclasses and bool included. */
const own = (py: Interpreter, self: Value): Int =>
	integerOf(self) ?? py.raise('TypeError', `descriptor requires a 'int' object but received '${typeName(py, self)}'`);

const { binary, comparison } = numberMethods(integerOf, own);

function trueDivide(py: Interpreter, a: Int, b: Int): Value {
	if (b === 0) return py.raise('ZeroDivisionError', 'division by zero');
	return new PyFloat(Number(a) / Number(b));
}

function raised(py: Interpreter, a: Int, b: Int, modulus?: Int): Value {
	if (b < 0 && modulus === undefined) {
		if (a === 0) return py.raise('ZeroDivisionError', '0.0 cannot be raised to a negative power');
		return new PyFloat(integers.asFloat(py, a) ** integers.asFloat(py, b));
	}
	return integers.power(py, a, b, modulus);
}

function fromText(py: Interpreter, literal: string, base: number, shown: string): Int {
	const found = integers.parseInteger(literal, base);
	if (found !== undefined && literal.length > mostDigits) limitDigits(py, literal, base);
	return found ?? py.raise('ValueError', `invalid literal for int() with base ${base}: ${shown}`);
}

/** A text of more digits is refused, except in bases of which every digit is some bits. */
function limitDigits(py: Interpreter, literal: string, base: number): void {
	const isBinary = base === 0 ? /^\s*[+-]?0[box]/i.test(literal) : (base & (base - 1)) === 0;
	const digits = literal.replace(/[\s_+-]/g, '').length;
	if (!isBinary && digits > mostDigits && limitsDigits(py.version))
		py.raise(
			'ValueError',
			`Exceeds the limit (${mostDigits} digits) for integer string conversion: value has ${digits} digits; use sys.set_int_max_str_digits() to increase the limit`,
		);
}

/** `int(x, base)`; unknown where `__int__` gives that. */
function toInteger(py: Interpreter, value: Value | undefined, base: Value | undefined): Int | PyUnknown {
	if (value === undefined) return 0;
	const literal = textOf(value) ?? (value instanceof PyBytes ? String.fromCharCode(...value.value) : undefined);
	if (base !== undefined) {
		if (literal === undefined) return py.raise('TypeError', "int() can't convert non-string with explicit base");
		const radix = index(py, base);
		if (radix !== 0 && (radix < 2 || radix > 36)) py.raise('ValueError', 'int() base must be >= 2 and <= 36, or 0');
		return fromText(py, literal, radix, py.repr(value));
	}
	if (literal !== undefined) return fromText(py, literal, 10, value instanceof PyBytes ? py.repr(value) : textRepr(literal));
	const direct = integerOf(value);
	if (direct !== undefined && !(value instanceof PyObject)) return direct;
	if (value instanceof PyFloat) return fromFloat(py, value.value);
	for (const name of ['__int__', '__index__', '__trunc__']) {
		const convert = py.special(value, name);
		const converted = convert === undefined ? undefined : py.call(convert);
		if (converted instanceof PyUnknown) return converted;
		const result = converted === undefined ? undefined : integerOf(converted);
		if (result !== undefined) return result;
	}
	if (direct !== undefined) return direct;
	return py.raise(
		'TypeError',
		`int() argument must be a string, a bytes-like object or a real number, not '${typeName(py, value)}'`,
	);
}

export function fromFloat(py: Interpreter, value: number): Int {
	if (Number.isNaN(value)) return py.raise('ValueError', 'cannot convert float NaN to integer');
	if (!Number.isFinite(value)) return py.raise('OverflowError', 'cannot convert float infinity to integer');
	const whole = Math.trunc(value);
	return Number.isSafeInteger(whole) ? whole + 0 : normal(BigInt(whole));
}

/** Rounds to a power of ten, half to even. */
function roundInteger(value: Int, places: number): Int {
	if (places >= 0) return value;
	if (-places > value.toString().length) return 0;
	const unit = 10n ** BigInt(-places);
	const exact = BigInt(value);
	const rest = ((exact % unit) + unit) % unit;
	const floor = exact - rest;
	const up = rest * 2n > unit || (rest * 2n === unit && (floor / unit) % 2n !== 0n);
	return normal(up ? floor + unit : floor);
}

function bitLength(value: Int): number {
	const size = BigInt(value) < 0n ? -BigInt(value) : BigInt(value);
	return size === 0n ? 0 : size.toString(2).length;
}

function toBytes(py: Interpreter, value: Int, length: number, order: string, signed: boolean): PyBytes {
	const limit = 1n << BigInt(8 * length);
	let left = BigInt(value);
	if (left < 0n && !signed) py.raise('OverflowError', "can't convert negative int to unsigned");
	if (left >= (signed ? limit / 2n : limit) || left < -limit / 2n) py.raise('OverflowError', 'int too big to convert');
	if (left < 0n) left += limit;
	const bytes = new Uint8Array(length);
	for (let at = 0; at < length; at++, left >>= 8n) bytes[order === 'little' ? at : length - 1 - at] = Number(left & 255n);
	return new PyBytes(bytes);
}

function fromBytes(bytes: Uint8Array, order: string, signed: boolean): Int {
	let value = 0n;
	for (const byte of order === 'little' ? [...bytes].reverse() : bytes) value = (value << 8n) | BigInt(byte);
	if (signed && bytes.length > 0 && value >= 1n << BigInt(8 * bytes.length - 1)) value -= 1n << BigInt(8 * bytes.length);
	return normal(value);
}

defineType(intType, [
	staticMethod('__new__', 'cls, x?, /, base?', (py, [cls, x, base]) => {
		const value = toInteger(py, x, base);
		return cls === intType || !(cls instanceof PyClass) || value instanceof PyUnknown ? value : new PyInstance(cls, value);
	}),
	...binary('add', (_, a, b) => integers.add(a, b)),
	...binary('sub', (_, a, b) => integers.subtract(a, b)),
	...binary('mul', (_, a, b) => integers.multiply(a, b)),
	...binary('truediv', trueDivide),
	...binary('floordiv', (py, a, b) => integers.floorDivide(py, a, b)),
	...binary('mod', (py, a, b) => integers.modulo(py, a, b)),
	...binary('divmod', (py, a, b) => new PyTuple([integers.floorDivide(py, a, b), integers.modulo(py, a, b)])),
	...binary('lshift', (py, a, b) => integers.shiftLeft(py, a, b)),
	...binary('rshift', (py, a, b) => integers.shiftRight(py, a, b)),
	...binary('and', (_, a, b) => integers.and(a, b)),
	...binary('or', (_, a, b) => integers.or(a, b)),
	...binary('xor', (_, a, b) => integers.xor(a, b)),
	method('__pow__', 'self, value, mod=None, /', (py, [self, other, mod]) => {
		const right = integerOf(other);
		const modulus = mod === null ? undefined : integer(py, mod);
		return right === undefined ? notImplemented : raised(py, own(py, self), right, modulus);
	}),
	method('__rpow__', 'self, value, mod=None, /', (py, [self, other]) => {
		const left = integerOf(other);
		return left === undefined ? notImplemented : raised(py, left, own(py, self));
	}),
	comparison('__eq__', (a, b) => a === b),
	comparison('__ne__', (a, b) => a !== b),
	comparison('__lt__', (a, b) => a < b),
	comparison('__le__', (a, b) => a <= b),
	comparison('__gt__', (a, b) => a > b),
	comparison('__ge__', (a, b) => a >= b),
	method('__neg__', 'self, /', (py, [self]) => integers.subtract(0, own(py, self))),
	method('__pos__', 'self, /', (py, [self]) => own(py, self)),
	method('__abs__', 'self, /', (py, [self]) => {
		const value = own(py, self);
		return value < 0 ? integers.subtract(0, value) : value;
	}),
	method('__invert__', 'self, /', (py, [self]) => integers.subtract(-1, own(py, self))),
	method('__bool__', 'self, /', (py, [self]) => own(py, self) !== 0),
	method('__int__', 'self, /', (py, [self]) => own(py, self)),
	method('__index__', 'self, /', (py, [self]) => own(py, self)),
	method('__trunc__', 'self, /', (py, [self]) => own(py, self)),
	method('__floor__', 'self, /', (py, [self]) => own(py, self)),
	method('__ceil__', 'self, /', (py, [self]) => own(py, self)),
	method('__float__', 'self, /', (py, [self]) => new PyFloat(integers.asFloat(py, own(py, self)))),
	method('__round__', 'self, ndigits=None, /', (py, [self, digits]) =>
		digits === null ? own(py, self) : roundInteger(own(py, self), index(py, digits)),
	),
	method('__hash__', 'self, /', (py, [self]) => hashNumber(hashKey(py, own(py, self)))),
	method('__repr__', 'self, /', (py, [self]) => own(py, self).toString()),
	method('__format__', 'self, format_spec, /', (py, [self, spec]) => formatInteger(py, own(py, self), text(py, spec))),
	method('__getnewargs__', 'self, /', (py, [self]) => new PyTuple([own(py, self)])),
	method('bit_length', 'self, /', (py, [self]) => bitLength(own(py, self))),
	method('bit_count', 'self, /', (py, [self]) => BigInt(own(py, self)).toString(2).replace(/[^1]/g, '').length),
	method('conjugate', 'self, /', (py, [self]) => own(py, self)),
	method('is_integer', 'self, /', () => true),
	method('as_integer_ratio', 'self, /', (py, [self]) => new PyTuple([own(py, self), 1])),
	method('to_bytes', "self, length=1, byteorder='big', *, signed=False", (py, [self, length, order, signed]) =>
		toBytes(py, own(py, self), index(py, length), text(py, order), py.truth(signed)),
	),
	classMethod('from_bytes', "cls, bytes, byteorder='big', *, signed=False", (py, [cls, bytes, order, signed]) => {
		const data = bytes instanceof PyBytes ? bytes.value : Uint8Array.from(py.list(bytes).map((byte) => index(py, byte)));
		const value = fromBytes(data, text(py, order), py.truth(signed));
		return cls === intType ? value : py.call(cls, [value]);
	}),
	getter('real', (py, self) => own(py, self)),
	getter('imag', () => 0),
	getter('numerator', (py, self) => own(py, self)),
	getter('denominator', () => 1),
]);

function logical(name: string, quick: (a: boolean, b: boolean) => boolean, wide: (a: Int, b: Int) => Int) {
	return [`__${name}__`, `__r${name}__`].map((dunder) =>
		method(dunder, 'self, value, /', (py, [self, other]) => {
			if (typeof self === 'boolean' && typeof other === 'boolean') return quick(self, other);
			const right = integerOf(other);
			return right === undefined ? notImplemented : wide(own(py, self), right);
		}),
	);
}

defineType(boolType, [
	staticMethod('__new__', 'cls, x=False, /', (py, [, x]) => py.truth(x)),
	method('__repr__', 'self, /', (_, [self]) => (self === true || self === 1 ? 'True' : 'False')),
	method('__format__', 'self, format_spec, /', (py, [self, spec]) => {
		const format = text(py, spec);
		if (format === '' || /s$/.test(format)) return formatText(py, py.str(self), format);
		return formatInteger(py, own(py, self), format);
	}),
	...logical('and', (a, b) => a && b, integers.and),
	...logical('or', (a, b) => a || b, integers.or),
	...logical('xor', (a, b) => a !== b, integers.xor),
]);

defineType(noneType, [
	staticMethod('__new__', 'cls', () => null),
	method('__repr__', 'self, /', () => 'None'),
	method('__bool__', 'self, /', () => false),
	method('__hash__', 'self, /', () => hashNumber(null)),
]);
