import type { Interpreter } from '../runtime/interpreter';
import { classMethod, defineType, getter, method, staticMethod } from '../runtime/native';
import { floatType, hashKey, int, PyBytes, PyClass, PyFloat, PyTuple, textOf, type Value } from '../values';
import { index, integerOf, text, typeName } from './arguments';
import { exactFraction, floatRepr, roundFloat } from './digits';
import { formatFloat } from './format-spec';
import { hashNumber } from './hash-number';
import { fromFloat } from './int';
import { asFloat } from './integer';
import { numberMethods } from './number-methods';

/** A float, or an int as one; undefined for everything else. */
export function realOf(value: Value): number | undefined {
	if (value instanceof PyFloat) return value.value;
	const whole = integerOf(value);
	return whole === undefined ? undefined : Number(whole);
}

/** A real number, or what `__float__` gives; raises TypeError. */
export function real(py: Interpreter, value: Value): number {
	const whole = integerOf(value);
	if (whole !== undefined) return asFloat(py, whole);
	const direct = realOf(value);
	if (direct !== undefined) return direct;
	const convert = py.special(value, '__float__') ?? py.special(value, '__index__');
	const result = convert === undefined ? undefined : realOf(py.call(convert));
	return result ?? py.raise('TypeError', `must be real number, not ${typeName(py, value)}`);
}

const own = (py: Interpreter, self: Value): number =>
	realOf(self) ?? py.raise('TypeError', `descriptor requires a 'float' object but received a '${typeName(py, self)}'`);

const { binary, comparison } = numberMethods(realOf, own);

function modulo(py: Interpreter, a: number, b: number): number {
	if (b === 0) return py.raise('ZeroDivisionError', 'float modulo by zero');
	if (!Number.isFinite(b)) return Number.isFinite(a) && a !== 0 && a < 0 !== b < 0 ? b : a;
	const rest = a % b;
	return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

function floorDivide(py: Interpreter, a: number, b: number): number {
	if (b === 0) return py.raise('ZeroDivisionError', 'float floor division by zero');
	return Math.floor((a - modulo(py, a, b)) / b + 0.5);
}

function raised(py: Interpreter, a: number, b: number): Value {
	if (a === 0 && b < 0) return py.raise('ZeroDivisionError', '0.0 cannot be raised to a negative power');
	return new PyFloat(a ** b);
}

/** `float(x)`. */
function toFloat(py: Interpreter, value: Value): number {
	const literal = textOf(value) ?? (value instanceof PyBytes ? String.fromCharCode(...value.value) : undefined);
	if (literal === undefined) {
		if (value instanceof PyFloat) return value.value;
		const whole = integerOf(value);
		if (whole !== undefined) return asFloat(py, whole);
		const convert = py.special(value, '__float__') ?? py.special(value, '__index__');
		const result = convert === undefined ? undefined : realOf(py.call(convert));
		return result ?? py.raise('TypeError', `float() argument must be a string or a real number, not '${typeName(py, value)}'`);
	}
	const body = literal.trim().toLowerCase();
	const special = /^([+-]?)(inf|infinity|nan)$/.exec(body);
	if (special) return special[2] === 'nan' ? Number.NaN : special[1] === '-' ? -Infinity : Infinity;
	if (/^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/.test(body))
		return Number(body.replaceAll('_', ''));
	return py.raise('ValueError', `could not convert string to float: ${py.repr(value)}`);
}

defineType(floatType, [
	staticMethod('__new__', 'cls, x=0, /', (py, [cls, x]) => new PyFloat(toFloat(py, x), cls instanceof PyClass ? cls : floatType)),
	...binary('add', (_, a, b) => new PyFloat(a + b)),
	...binary('sub', (_, a, b) => new PyFloat(a - b)),
	...binary('mul', (_, a, b) => new PyFloat(a * b)),
	...binary('truediv', (py, a, b) => (b === 0 ? py.raise('ZeroDivisionError', 'division by zero') : new PyFloat(a / b))),
	...binary('floordiv', (py, a, b) => new PyFloat(floorDivide(py, a, b))),
	...binary('mod', (py, a, b) => new PyFloat(modulo(py, a, b))),
	...binary('divmod', (py, a, b) => new PyTuple([new PyFloat(floorDivide(py, a, b)), new PyFloat(modulo(py, a, b))])),
	...binary('pow', raised),
	comparison('__eq__', (a, b) => a === b),
	comparison('__ne__', (a, b) => a !== b),
	comparison('__lt__', (a, b) => a < b),
	comparison('__le__', (a, b) => a <= b),
	comparison('__gt__', (a, b) => a > b),
	comparison('__ge__', (a, b) => a >= b),
	method('__neg__', 'self, /', (py, [self]) => new PyFloat(-own(py, self))),
	method('__pos__', 'self, /', (py, [self]) => new PyFloat(own(py, self))),
	method('__abs__', 'self, /', (py, [self]) => new PyFloat(Math.abs(own(py, self)))),
	method('__bool__', 'self, /', (py, [self]) => own(py, self) !== 0),
	method('__int__', 'self, /', (py, [self]) => fromFloat(py, own(py, self))),
	method('__trunc__', 'self, /', (py, [self]) => fromFloat(py, own(py, self))),
	method('__floor__', 'self, /', (py, [self]) => fromFloat(py, Math.floor(own(py, self)))),
	method('__ceil__', 'self, /', (py, [self]) => fromFloat(py, Math.ceil(own(py, self)))),
	method('__float__', 'self, /', (py, [self]) => new PyFloat(own(py, self))),
	method('__round__', 'self, ndigits=None, /', (py, [self, digits]) => {
		const value = own(py, self);
		if (digits !== null) return new PyFloat(Number.isFinite(value) ? roundFloat(value, index(py, digits)) : value);
		return fromFloat(py, Number.isFinite(value) ? roundFloat(value, 0) : value);
	}),
	method('__hash__', 'self, /', (py, [self]) => hashNumber(hashKey(py, new PyFloat(own(py, self))))),
	method('__repr__', 'self, /', (py, [self]) => floatRepr(own(py, self))),
	method('__format__', 'self, format_spec, /', (py, [self, spec]) => formatFloat(py, own(py, self), text(py, spec))),
	method('is_integer', 'self, /', (py, [self]) => Number.isInteger(own(py, self))),
	method('as_integer_ratio', 'self, /', (py, [self]) => {
		const value = own(py, self);
		if (!Number.isFinite(value)) py.raise('OverflowError', 'cannot convert Infinity to integer ratio');
		const { numerator, shift } = exactFraction(value);
		return new PyTuple([int(numerator), int(1n << BigInt(shift))]);
	}),
	method('conjugate', 'self, /', (py, [self]) => new PyFloat(own(py, self))),
	classMethod('fromhex', 'cls, string, /', (py) => py.unknown('float.fromhex')),
	getter('real', (py, self) => new PyFloat(own(py, self))),
	getter('imag', () => new PyFloat(0)),
]);
