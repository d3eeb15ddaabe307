import type { Interpreter } from '../runtime/interpreter';
import { defineType, getter, type Member, method, staticMethod } from '../runtime/native';
import { complexType, hashKey, notImplemented, PyComplex, PyFloat, textOf, type Value } from '../values';
import { typeName } from './arguments';
import { floatRepr } from './digits';
import { real, realOf } from './float';
import { hashNumber } from './hash-number';

/** A number as a complex one; undefined for everything else. */
function complexOf(value: Value): PyComplex | undefined {
	if (value instanceof PyComplex) return value;
	const plain = realOf(value);
	return plain === undefined ? undefined : new PyComplex(plain, 0);
}

const own = (py: Interpreter, self: Value): PyComplex =>
	self instanceof PyComplex
		? self
		: py.raise('TypeError', `descriptor requires a 'complex' object but received a '${typeName(py, self)}'`);

function shown({ real: re, imag }: PyComplex): string {
	const part = (value: number): string => floatRepr(value).replace(/\.0$/, '');
	if (Object.is(re, 0)) return `${part(imag)}j`;
	return `(${part(re)}${imag < 0 || Object.is(imag, -0) ? '' : '+'}${part(imag)}j)`;
}

function product(a: PyComplex, b: PyComplex): PyComplex {
	return new PyComplex(a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real);
}

/** By Smith's method, as CPython divides. */
function quotient(py: Interpreter, a: PyComplex, b: PyComplex): PyComplex {
	if (b.real === 0 && b.imag === 0) return py.raise('ZeroDivisionError', 'complex division by zero');
	if (Math.abs(b.real) >= Math.abs(b.imag)) {
		const ratio = b.imag / b.real;
		const divisor = b.real + b.imag * ratio;
		return new PyComplex((a.real + a.imag * ratio) / divisor, (a.imag - a.real * ratio) / divisor);
	}
	const ratio = b.real / b.imag;
	const divisor = b.real * ratio + b.imag;
	return new PyComplex((a.real * ratio + a.imag) / divisor, (a.imag * ratio - a.real) / divisor);
}

/** By repeated multiplication for a small whole exponent, else by the polar form, as CPython does. */
function power(py: Interpreter, a: PyComplex, b: PyComplex): PyComplex {
	if (b.imag === 0 && Number.isInteger(b.real) && Math.abs(b.real) <= 100) {
		let [result, base] = [new PyComplex(1, 0), a];
		for (let left = Math.abs(b.real); left > 0; left = Math.floor(left / 2)) {
			if (left % 2 === 1) result = product(result, base);
			base = product(base, base);
		}
		return b.real < 0 ? quotient(py, new PyComplex(1, 0), result) : result;
	}
	const size = Math.hypot(a.real, a.imag);
	if (size === 0) {
		if (b.imag !== 0 || b.real < 0) py.raise('ZeroDivisionError', 'zero to a negative or complex power');
		return new PyComplex(0, 0);
	}
	const angle = Math.atan2(a.imag, a.real);
	const length = size ** b.real * Math.exp(-angle * b.imag);
	const phase = angle * b.real + b.imag * Math.log(size);
	return new PyComplex(length * Math.cos(phase), length * Math.sin(phase));
}

const operations: Readonly<Record<string, (py: Interpreter, a: PyComplex, b: PyComplex) => PyComplex>> = {
	add: (_, a, b) => new PyComplex(a.real + b.real, a.imag + b.imag),
	sub: (_, a, b) => new PyComplex(a.real - b.real, a.imag - b.imag),
	mul: (_, a, b) => product(a, b),
	truediv: quotient,
	pow: power,
};

const arithmetic = Object.entries(operations).flatMap(([name, operate]): Member[] => [
	method(`__${name}__`, 'self, value, /', (py, [self, value]) => {
		const other = complexOf(value);
		return other ? operate(py, own(py, self), other) : notImplemented;
	}),
	method(`__r${name}__`, 'self, value, /', (py, [self, value]) => {
		const other = complexOf(value);
		return other ? operate(py, other, own(py, self)) : notImplemented;
	}),
]);

/** `complex('1+2j')`. */
function parsed(py: Interpreter, source: string): PyComplex {
	const number = String.raw`(?:\d[\d_]*\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan`;
	const text = source
		.trim()
		.replace(/^\((.*)\)$/, '$1')
		.trim()
		.toLowerCase();
	const value = (part: string): number => Number(part.replace(/_/g, '').replace(/inf(inity)?$/, 'Infinity'));
	const plain = new RegExp(`^[+-]?(?:${number})$`).exec(text);
	if (plain) return new PyComplex(value(text), 0);
	const both = new RegExp(`^([+-]?(?:${number}))?([+-]?(?:${number})?)j$`).exec(text);
	if (!both) return py.raise('ValueError', 'complex() arg is a malformed string');
	const [, first = '', second = ''] = both;
	const [re, im] = second === '' ? ['0', first] : [first || '0', second];
	return new PyComplex(value(re), im === '+' || im === '' ? 1 : im === '-' ? -1 : value(im));
}

function made(py: Interpreter, value: Value): PyComplex {
	const convert = value instanceof PyComplex ? undefined : py.special(value, '__complex__');
	const result = convert === undefined ? value : py.call(convert);
	return result instanceof PyComplex ? result : new PyComplex(real(py, result), 0);
}

defineType(complexType, [
	staticMethod('__new__', 'cls, real=0, imag=0', (py, [, re, im]) => {
		const source = textOf(re);
		if (source !== undefined) return parsed(py, source);
		const [a, b] = [made(py, re), made(py, im)];
		return new PyComplex(a.real - b.imag, a.imag + b.real);
	}),
	...arithmetic,
	method('__neg__', 'self, /', (py, [self]) => new PyComplex(-own(py, self).real, -own(py, self).imag)),
	method('__pos__', 'self, /', (py, [self]) => own(py, self)),
	method('__abs__', 'self, /', (py, [self]) => new PyFloat(Math.hypot(own(py, self).real, own(py, self).imag))),
	method('__bool__', 'self, /', (py, [self]) => own(py, self).real !== 0 || own(py, self).imag !== 0),
	method('__complex__', 'self, /', (py, [self]) => own(py, self)),
	method('conjugate', 'self, /', (py, [self]) => new PyComplex(own(py, self).real, -own(py, self).imag)),
	method('__repr__', 'self, /', (py, [self]) => shown(own(py, self))),
	method('__hash__', 'self, /', (py, [self]) => hashNumber(hashKey(py, own(py, self)))),
	method('__eq__', 'self, other, /', (py, [self, other]) => {
		const [a, b] = [own(py, self), complexOf(other)];
		return b ? a.real === b.real && a.imag === b.imag : notImplemented;
	}),
	getter('real', (py, self) => new PyFloat(own(py, self).real)),
	getter('imag', (py, self) => new PyFloat(own(py, self).imag)),
]);
