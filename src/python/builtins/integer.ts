import type { Interpreter } from '../runtime/interpreter';
import { int } from '../values';

/** Arithmetic on ints of any size: `number` while both operands and the result are safe, else `bigint`. */
export type Int = number | bigint;

function both(quick: (a: number, b: number) => number, exact: (a: bigint, b: bigint) => bigint): (a: Int, b: Int) => Int {
	return (a, b) => {
		if (typeof a === 'number' && typeof b === 'number') {
			const result = quick(a, b);
			if (Number.isSafeInteger(result)) return result === 0 ? 0 : result;
		}
		return int(exact(BigInt(a), BigInt(b)));
	};
}

/** The nearest float; raises OverflowError where there is none. */
export function asFloat(py: Interpreter, value: Int): number {
	const nearest = Number(value);
	return Number.isFinite(nearest) ? nearest : py.raise('OverflowError', 'int too large to convert to float');
}

export const add = both(
	(a, b) => a + b,
	(a, b) => a + b,
);
export const subtract = both(
	(a, b) => a - b,
	(a, b) => a - b,
);
export const multiply = both(
	(a, b) => a * b,
	(a, b) => a * b,
);
const quotient = both(
	(a, b) => Math.floor(a / b),
	(a, b) => (a - (((a % b) + b) % b)) / b,
);
const remainder = both(
	(a, b) => ((a % b) + b) % b,
	(a, b) => ((a % b) + b) % b,
);
const small = (value: Int): value is number => typeof value === 'number' && value >= -2147483648 && value <= 2147483647;

/** `//`, rounding down. */
export function floorDivide(py: Interpreter, a: Int, b: Int): Int {
	if (b === 0) return py.raise('ZeroDivisionError', 'integer division or modulo by zero');
	if (small(a) && small(b)) return Math.floor(a / b) + 0;
	return typeof a === 'number' && typeof b === 'number' ? int((BigInt(a) - BigInt(remainder(a, b))) / BigInt(b)) : quotient(a, b);
}

/** `%`, with the sign of the divisor. */
export function modulo(py: Interpreter, a: Int, b: Int): Int {
	if (b === 0) return py.raise('ZeroDivisionError', 'integer modulo by zero');
	return remainder(a, b);
}

/** The number that gives 1 with `a`, times it, modulo `modulus` (Euclid). */
function inverse(py: Interpreter, a: Int, modulus: Int): Int {
	let [rest, next] = [BigInt(modulo(py, a, modulus)), BigInt(modulus)];
	let [factor, nextFactor] = [1n, 0n];
	while (next !== 0n) {
		const whole = rest / next;
		[rest, next] = [next, rest - whole * next];
		[factor, nextFactor] = [nextFactor, factor - whole * nextFactor];
	}
	if (rest !== 1n && rest !== -1n) return py.raise('ValueError', 'base is not invertible for the given modulus');
	return modulo(py, int(factor * rest), modulus);
}

/** `a ** b` for b >= 0, with `% modulus` when given. */
export function power(py: Interpreter, a: Int, b: Int, modulus?: Int): Int {
	if (modulus !== undefined) {
		if (modulus === 0) return py.raise('ValueError', 'pow() 3rd argument cannot be 0');
		if (b < 0) return power(py, inverse(py, a, modulus), -b, modulus);
		let [result, base, left] = [1n, BigInt(modulo(py, a, modulus)), BigInt(b)];
		const by = BigInt(modulus);
		for (; left > 0n; left >>= 1n) {
			if (left & 1n) result = (result * base) % by;
			base = (base * base) % by;
		}
		return modulo(py, int(result), modulus);
	}
	const bits = Math.abs(Number(a)) <= 1 ? 1 : Math.log2(Math.abs(Number(a))) * Number(b);
	py.budget.bits(Math.min(Math.ceil(bits), Number.MAX_SAFE_INTEGER));
	if (typeof a === 'number' && typeof b === 'number') {
		const quick = a ** b;
		if (Number.isSafeInteger(quick)) return quick;
	}
	return int(BigInt(a) ** BigInt(b));
}

export function shiftLeft(py: Interpreter, a: Int, b: Int): Int {
	if (b < 0) return py.raise('ValueError', 'negative shift count');
	py.budget.bits(Number(b));
	return int(BigInt(a) << BigInt(b));
}

export function shiftRight(py: Interpreter, a: Int, b: Int): Int {
	if (b < 0) return py.raise('ValueError', 'negative shift count');
	return small(a) && small(b) && b < 32 ? a >> b : int(BigInt(a) >> BigInt(b));
}

const bitwise =
	(quick: (a: number, b: number) => number, exact: (a: bigint, b: bigint) => bigint) =>
	(a: Int, b: Int): Int =>
		small(a) && small(b) ? quick(a, b) : int(exact(BigInt(a), BigInt(b)));

export const and = bitwise(
	(a, b) => a & b,
	(a, b) => a & b,
);
export const or = bitwise(
	(a, b) => a | b,
	(a, b) => a | b,
);
export const xor = bitwise(
	(a, b) => a ^ b,
	(a, b) => a ^ b,
);

const digitsOf: Readonly<Record<number, RegExp>> = {
	2: /^(?:0[bB]_?)?([01]+(?:_[01]+)*)$/,
	8: /^(?:0[oO]_?)?([0-7]+(?:_[0-7]+)*)$/,
	10: /^([0-9]+(?:_[0-9]+)*)$/,
	16: /^(?:0[xX]_?)?([0-9a-fA-F]+(?:_[0-9a-fA-F]+)*)$/,
};

/** Other scripts' decimal digits as ASCII ones: each script's ten stand in a row. */
function asciiDigits(text: string): string {
	return text.replace(/[^\x00-\x7f]/gu, (char) => {
		const code = char.codePointAt(0) ?? 0;
		let start = code;
		while (/^\p{Nd}$/u.test(String.fromCodePoint(start - 1))) start--;
		return /^\p{Nd}$/u.test(char) ? String((code - start) % 10) : char;
	});
}

/** `int(text, base)`; undefined when the text is no such number. */
export function parseInteger(text: string, base: number): Int | undefined {
	const found = /^\s*([+-]?)(\S+)\s*$/.exec(asciiDigits(text));
	if (!found) return undefined;
	const [, sign, body = ''] = found;
	const size = base === 0 ? automatic(body) : inBase(body, base);
	if (size === undefined) return undefined;
	return int(sign === '-' ? -size : size);
}

function automatic(body: string): bigint | undefined {
	const mark = body.slice(0, 2).toLowerCase();
	if (mark === '0x') return inBase(body, 16);
	if (mark === '0o') return inBase(body, 8);
	if (mark === '0b') return inBase(body, 2);
	return /^0[0_]*[1-9]/.test(body) ? undefined : inBase(body, 10);
}

function inBase(body: string, base: number): bigint | undefined {
	const shape = digitsOf[base];
	if (shape) {
		const digits = shape.exec(body)?.[1]?.replaceAll('_', '');
		if (digits === undefined) return undefined;
		return BigInt(
			{ 2: '0b', 8: '0o', 16: '0x' }[base] === undefined ? digits : `${{ 2: '0b', 8: '0o', 16: '0x' }[base]}${digits}`,
		);
	}
	if (!/^[0-9a-zA-Z]+(?:_[0-9a-zA-Z]+)*$/.test(body)) return undefined;
	let value = 0n;
	for (const char of body.replaceAll('_', '')) {
		const digit = Number.parseInt(char, 36);
		if (digit >= base) return undefined;
		value = value * BigInt(base) + BigInt(digit);
	}
	return value;
}
