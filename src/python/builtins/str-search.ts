import type { Interpreter } from '../runtime/interpreter';
import { method } from '../runtime/native';
import { PyList, PyTuple, PyUnknown, textOf, type Value } from '../values';
import { bounds, index, text, typeName } from './arguments';
import { pointLength, pointsToUnits, unitsToPoints } from './codepoints';

/** `str` methods that look for something in the text, split it or take something away. */

interface Window {
	readonly text: string;
	readonly start: number;
	readonly end: number;
	readonly valid: boolean;
}

/** `text[start:end]` as a range of UTF-16 units. */
function window(py: Interpreter, self: string, start: Value, end: Value): Window {
	const length = pointLength(self);
	const [from, to] = bounds(py, start, end, length);
	if (length === self.length) return { text: self, start: from, end: to, valid: from <= to };
	return { text: self, start: pointsToUnits(self, from), end: pointsToUnits(self, to), valid: from <= to };
}

function find(py: Interpreter, self: Value, sub: Value, start: Value, end: Value, last: boolean): number {
	const needle = text(py, sub);
	const { text: all, start: from, end: to, valid } = window(py, text(py, self), start, end);
	if (!valid) return -1;
	const part = all.slice(from, to);
	const found = last ? part.lastIndexOf(needle) : part.indexOf(needle);
	return found < 0 ? -1 : unitsToPoints(all, from + found);
}

function affix(py: Interpreter, self: Value, wanted: Value, start: Value, end: Value, atEnd: boolean): boolean {
	const name = atEnd ? 'endswith' : 'startswith';
	const { text: all, start: from, end: to, valid } = window(py, text(py, self), start, end);
	const options = wanted instanceof PyTuple ? wanted.items : [wanted];
	const part = all.slice(from, to);
	return options.some((option) => {
		const one = textOf(option);
		if (one === undefined)
			return py.raise(
				'TypeError',
				wanted instanceof PyTuple
					? `tuple for ${name} must only contain str, not ${typeName(py, option)}`
					: `${name} first arg must be str or a tuple of str, not ${typeName(py, option)}`,
			);
		return valid && (atEnd ? part.endsWith(one) : part.startsWith(one));
	});
}

const whitespace = '\t-\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const leading = new RegExp(`^[${whitespace}]+`);
const spaces = new RegExp(`[${whitespace}]+`, 'g');
const spaceBefore = new RegExp(`[${whitespace}]`);

function stripLeft(py: Interpreter, value: string, chars: Value): string {
	if (chars === null) return value.replace(leading, '');
	const set = new Set(text(py, chars, 'strip arg'));
	let at = 0;
	for (const char of value) {
		if (!set.has(char)) break;
		at += char.length;
	}
	return value.slice(at);
}

function stripRight(py: Interpreter, value: string, chars: Value): string {
	let end = value.length;
	if (chars === null) {
		while (end > 0 && spaceBefore.test(value[end - 1] ?? '')) end--;
		return value.slice(0, end);
	}
	const set = new Set(text(py, chars, 'strip arg'));
	while (end > 0) {
		const pair = end > 1 && (value.codePointAt(end - 2) ?? 0) > 0xffff;
		if (!set.has(value.slice(end - (pair ? 2 : 1), end))) break;
		end -= pair ? 2 : 1;
	}
	return value.slice(0, end);
}

function split(py: Interpreter, value: string, separator: Value, most: number): string[] {
	const limit = most < 0 ? Number.POSITIVE_INFINITY : most;
	if (separator === null) {
		const words: string[] = [];
		const rest = value.replace(leading, '');
		let from = 0;
		for (const gap of rest.matchAll(spaces)) {
			if (words.length >= limit) break;
			words.push(rest.slice(from, gap.index));
			from = gap.index + gap[0].length;
		}
		const tail = rest.slice(from);
		if (tail !== '') words.push(words.length >= limit ? tail : tail);
		return words;
	}
	const by = text(py, separator);
	if (by === '') return py.raise('ValueError', 'empty separator');
	const parts: string[] = [];
	let from = 0;
	while (parts.length < limit) {
		const at = value.indexOf(by, from);
		if (at < 0) break;
		parts.push(value.slice(from, at));
		from = at + by.length;
	}
	parts.push(value.slice(from));
	return parts;
}

function splitFromRight(py: Interpreter, value: string, separator: Value, most: number): string[] {
	if (most < 0) return split(py, value, separator, -1);
	const parts: string[] = [];
	if (separator === null) {
		let rest = stripRight(py, value, null);
		while (rest !== '' && parts.length < most) {
			let at = rest.length;
			while (at > 0 && !spaceBefore.test(rest[at - 1] ?? '')) at--;
			parts.unshift(rest.slice(at));
			rest = stripRight(py, rest.slice(0, at), null);
		}
		if (rest !== '') parts.unshift(rest);
		return parts;
	}
	const by = text(py, separator);
	if (by === '') return py.raise('ValueError', 'empty separator');
	let end = value.length;
	while (parts.length < most) {
		const at = end - by.length < 0 ? -1 : value.lastIndexOf(by, end - by.length);
		if (at < 0) break;
		parts.unshift(value.slice(at + by.length, end));
		end = at;
	}
	parts.unshift(value.slice(0, end));
	return parts;
}

/** `str.splitlines`: more line ends than `\n`. */
function splitLines(value: string, keepEnds: boolean): string[] {
	const lines: string[] = [];
	let from = 0;
	for (const found of value.matchAll(/\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]/g)) {
		const end = found.index + found[0].length;
		lines.push(value.slice(from, keepEnds ? end : found.index));
		from = end;
	}
	if (from < value.length) lines.push(value.slice(from));
	return lines;
}

function count(py: Interpreter, self: Value, sub: Value, start: Value, end: Value): number {
	const needle = text(py, sub);
	const { text: all, start: from, end: to, valid } = window(py, text(py, self), start, end);
	if (!valid) return 0;
	const part = all.slice(from, to);
	return needle === '' ? pointLength(part) + 1 : occurrences(part, needle);
}

function occurrences(value: string, needle: string): number {
	let count = 0;
	for (let at = value.indexOf(needle); at >= 0; at = value.indexOf(needle, at + needle.length)) count++;
	return count;
}

function replace(py: Interpreter, value: string, old: string, by: string, most: number): string {
	const found = old === '' ? value.length + 1 : by.length > old.length ? occurrences(value, old) : 0;
	py.budget.writes(value.length + (most < 0 ? found : Math.min(most, found)) * (by.length - old.length));
	if (most < 0) {
		const result = old === '' ? Array.from(value, (char) => by + char).join('') + by : value.replaceAll(old, () => by);
		return result;
	}
	if (old === '') {
		const chars = Array.from(value);
		return chars.map((char, at) => (at < most ? by + char : char)).join('') + (most > chars.length ? by : '');
	}
	const parts = split(py, value, old, most);
	return parts.join(by);
}

export const searchMethods = [
	method('find', 'self, sub, start=None, end=None, /', (py, [self, sub, start, end]) => find(py, self, sub, start, end, false)),
	method('rfind', 'self, sub, start=None, end=None, /', (py, [self, sub, start, end]) => find(py, self, sub, start, end, true)),
	method('index', 'self, sub, start=None, end=None, /', (py, [self, sub, start, end]) => {
		const found = find(py, self, sub, start, end, false);
		return found < 0 ? py.raise('ValueError', 'substring not found') : found;
	}),
	method('rindex', 'self, sub, start=None, end=None, /', (py, [self, sub, start, end]) => {
		const found = find(py, self, sub, start, end, true);
		return found < 0 ? py.raise('ValueError', 'substring not found') : found;
	}),
	method('count', 'self, sub, start=None, end=None, /', (py, [self, sub, start, end]) => count(py, self, sub, start, end)),
	method('startswith', 'self, prefix, start=None, end=None, /', (py, [self, prefix, start, end]) =>
		affix(py, self, prefix, start, end, false),
	),
	method('endswith', 'self, suffix, start=None, end=None, /', (py, [self, suffix, start, end]) =>
		affix(py, self, suffix, start, end, true),
	),
	method('removeprefix', 'self, prefix, /', (py, [self, prefix]) => {
		const [value, one] = [text(py, self), text(py, prefix)];
		return value.startsWith(one) ? value.slice(one.length) : value;
	}),
	method('removesuffix', 'self, suffix, /', (py, [self, suffix]) => {
		const [value, one] = [text(py, self), text(py, suffix)];
		return one !== '' && value.endsWith(one) ? value.slice(0, -one.length) : value;
	}),
	method('strip', 'self, chars=None, /', (py, [self, chars]) => stripRight(py, stripLeft(py, text(py, self), chars), chars)),
	method('lstrip', 'self, chars=None, /', (py, [self, chars]) => stripLeft(py, text(py, self), chars)),
	method('rstrip', 'self, chars=None, /', (py, [self, chars]) => stripRight(py, text(py, self), chars)),
	method(
		'split',
		'self, sep=None, maxsplit=-1',
		(py, [self, sep, most]) => new PyList(split(py, text(py, self), sep, index(py, most))),
	),
	method(
		'rsplit',
		'self, sep=None, maxsplit=-1',
		(py, [self, sep, most]) => new PyList(splitFromRight(py, text(py, self), sep, index(py, most))),
	),
	method('splitlines', 'self, keepends=False', (py, [self, keep]) => new PyList(splitLines(text(py, self), py.truth(keep)))),
	method('partition', 'self, sep, /', (py, [self, sep]) => {
		const [value, by] = [text(py, self), text(py, sep)];
		if (by === '') py.raise('ValueError', 'empty separator');
		const at = value.indexOf(by);
		return new PyTuple(at < 0 ? [value, '', ''] : [value.slice(0, at), by, value.slice(at + by.length)]);
	}),
	method('rpartition', 'self, sep, /', (py, [self, sep]) => {
		const [value, by] = [text(py, self), text(py, sep)];
		if (by === '') py.raise('ValueError', 'empty separator');
		const at = value.lastIndexOf(by);
		return new PyTuple(at < 0 ? ['', '', value] : [value.slice(0, at), by, value.slice(at + by.length)]);
	}),
	method('replace', 'self, old, new, count=-1', (py, [self, old, by, most]) =>
		replace(py, text(py, self), text(py, old, 'replace() argument 1'), text(py, by, 'replace() argument 2'), index(py, most)),
	),
	method('join', 'self, iterable, /', (py, [self, iterable]) => {
		const parts: string[] = [];
		let size = 0;
		let unknown: PyUnknown | undefined;
		const separator = text(py, self);
		for (const item of py.iterate(iterable)) {
			if (item instanceof PyUnknown) unknown ??= item;
			const part = unknown ? '' : textOf(item);
			if (part === undefined)
				return py.raise('TypeError', `sequence item ${parts.length}: expected str instance, ${typeName(py, item)} found`);
			size += part.length + separator.length;
			py.budget.text(size);
			parts.push(part);
		}
		py.budget.writes(size);
		return unknown ?? parts.join(separator);
	}),
];
