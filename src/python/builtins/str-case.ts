import type { Interpreter } from '../runtime/interpreter';
import { method } from '../runtime/native';
import { PyDict, PyObject, textOf, type Value } from '../values';
import { index, integerOf, text } from './arguments';
import {
	caseFold,
	isAlphabetic,
	isCased,
	isDecimal,
	isDigit,
	isIdentifier,
	isLower,
	isNumeric,
	isPrintable,
	isSpace,
	isUpper,
	titleOf,
	toTitle,
} from './char-classes';
import { pointLength } from './codepoints';

/** `str` methods about letters: case, classification, padding, translation. */

function every(name: string, test: (char: string) => boolean) {
	return method(name, 'self, /', (py, [self]) => {
		const value = text(py, self);
		return value !== '' && Array.from(value).every(test);
	});
}

function change(name: string, make: (value: string) => string) {
	return method(name, 'self, /', (py, [self]) => {
		const value = text(py, self);
		py.budget.writes(value.length);
		return make(value);
	});
}

function filled(py: Interpreter, self: Value, width: Value, fill: Value, side: 'left' | 'right' | 'both'): string {
	const value = text(py, self);
	const char = text(py, fill, 'The fill character');
	if (pointLength(char) !== 1) py.raise('TypeError', 'The fill character must be exactly one character long');
	const target = index(py, width);
	const missing = target - pointLength(value);
	if (missing <= 0) return value;
	py.budget.writes(target);
	if (side === 'left') return char.repeat(missing) + value;
	if (side === 'right') return value + char.repeat(missing);
	const before = (missing >> 1) + (missing & target & 1);
	return char.repeat(before) + value + char.repeat(missing - before);
}

function isTitle(value: string): boolean {
	let seen = false;
	let previousCased = false;
	for (const char of value) {
		const upper = isUpper(char) || /^\p{Lt}$/u.test(char);
		if (upper ? previousCased : isLower(char) && !previousCased) return false;
		previousCased = isCased(char);
		seen ||= previousCased;
	}
	return seen;
}

function expandTabs(py: Interpreter, value: string, size: number): string {
	let column = 0;
	let result = '';
	for (const char of value) {
		if (char === '\t') {
			const gap = size > 0 ? size - (column % size) : 0;
			py.budget.writes(result.length + gap);
			result += ' '.repeat(gap);
			column += gap;
		} else {
			result += char;
			column = char === '\n' || char === '\r' ? 0 : column + 1;
		}
	}
	return result;
}

function translate(py: Interpreter, value: string, table: Value): string {
	let result = '';
	for (const char of value) {
		const code = char.codePointAt(0) ?? 0;
		let target: Value | undefined;
		if (table instanceof PyDict) target = table.get(py, code);
		else
			try {
				target = py.getItem(table, code);
			} catch (error) {
				if (!py.caught(error, 'LookupError')) throw error;
			}
		const number = target === undefined ? undefined : integerOf(target);
		if (target === undefined) result += char;
		else if (target === null) continue;
		else if (number !== undefined) result += String.fromCodePoint(Number(number));
		else result += text(py, target, 'character mapping');
		py.budget.text(result.length);
	}
	py.budget.writes(value.length);
	return result;
}

/** `str.maketrans`. */
export function makeTranslation(py: Interpreter, x: Value, y: Value | undefined, z: Value | undefined): PyDict {
	const table = new PyDict();
	if (y === undefined) {
		if (!(x instanceof PyDict)) return py.raise('TypeError', 'if you give only one argument to maketrans it must be a dict');
		for (const { key, value } of x.entries()) {
			const char = textOf(key);
			table.set(py, char === undefined ? key : (char.codePointAt(0) ?? 0), value);
		}
		return table;
	}
	const [from, to] = [Array.from(text(py, x)), Array.from(text(py, y))];
	if (from.length !== to.length) py.raise('ValueError', 'the first two maketrans arguments must have equal length');
	from.forEach((char, at) => {
		table.set(py, char.codePointAt(0) ?? 0, to[at]?.codePointAt(0) ?? 0);
	});
	if (z !== undefined) for (const char of text(py, z)) table.set(py, char.codePointAt(0) ?? 0, null);
	return table;
}

export const caseMethods = [
	change('lower', (value) => value.toLowerCase()),
	change('upper', (value) => value.toUpperCase()),
	change('casefold', caseFold),
	change('title', toTitle),
	change('capitalize', (value) => {
		const [first = ''] = value;
		return titleOf(first) + value.slice(first.length).toLowerCase();
	}),
	change('swapcase', (value) => Array.from(value, (char) => (isUpper(char) ? char.toLowerCase() : char.toUpperCase())).join('')),
	every('isalpha', isAlphabetic),
	every('isalnum', (char) => isAlphabetic(char) || isNumeric(char) || isDigit(char)),
	every('isdecimal', isDecimal),
	every('isdigit', isDigit),
	every('isnumeric', isNumeric),
	every('isspace', isSpace),
	method('isascii', 'self, /', (py, [self]) => /^[\x00-\x7f]*$/.test(text(py, self))),
	method('isprintable', 'self, /', (py, [self]) => Array.from(text(py, self)).every(isPrintable)),
	method('isidentifier', 'self, /', (py, [self]) => isIdentifier(text(py, self))),
	method('istitle', 'self, /', (py, [self]) => isTitle(text(py, self))),
	method('isupper', 'self, /', (py, [self]) => {
		const chars = Array.from(text(py, self)).filter(isCased);
		return chars.length > 0 && chars.every(isUpper);
	}),
	method('islower', 'self, /', (py, [self]) => {
		const chars = Array.from(text(py, self)).filter(isCased);
		return chars.length > 0 && chars.every(isLower);
	}),
	method('center', "self, width, fillchar=' ', /", (py, [self, width, fill]) => filled(py, self, width, fill, 'both')),
	method('ljust', "self, width, fillchar=' ', /", (py, [self, width, fill]) => filled(py, self, width, fill, 'right')),
	method('rjust', "self, width, fillchar=' ', /", (py, [self, width, fill]) => filled(py, self, width, fill, 'left')),
	method('zfill', 'self, width, /', (py, [self, width]) => {
		const value = text(py, self);
		const sign = /^[+-]/.exec(value)?.[0] ?? '';
		return sign + (filled(py, value.slice(sign.length), index(py, width) - sign.length, '0', 'left') as string);
	}),
	method('expandtabs', 'self, tabsize=8', (py, [self, size]) => expandTabs(py, text(py, self), index(py, size))),
	method('translate', 'self, table, /', (py, [self, table]) =>
		translate(py, text(py, self), table instanceof PyObject ? table : py.raise('TypeError', 'table must be a mapping')),
	),
];
