/** The values of literals: numbers, and the text of strings with their escapes read. */

import type { ConstantValue } from './ast';
import { characterNames } from './character-names';
import { isHexDigit } from './characters';

/** The value of a number as written, underscores and all. */
export function numberValue(written: string): ConstantValue {
	const text = written.includes('_') ? written.replaceAll('_', '') : written;
	if (/^[0-9]+$/.test(text)) return integer(text);
	if (/^0[xXoObB]/.test(text)) {
		const value = text.length > 2 ? BigInt(text.toLowerCase()) : 0n;
		return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
	}
	const last = text[text.length - 1];
	if (last === 'j' || last === 'J') return { type: 'complex', imag: Number(text.slice(0, -1)) };
	return { type: 'float', value: Number(text) };
}

/** Longer than this, a decimal literal is cut: CPython's own limit for converting digits. */
const MAX_DIGITS = 4300;

function integer(digits: string): ConstantValue {
	if (digits.length < 16) return Number(digits);
	const value = BigInt(digits.slice(0, MAX_DIGITS));
	return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

const newlines = /\r\n?/g;

/** The text of a string's inside, between its quotes. Line breaks are `\n`, as CPython reads its source. */
export function stringText(inside: string, raw: boolean): string {
	const text = inside.includes('\r') ? inside.replace(newlines, '\n') : inside;
	return raw || !text.includes('\\') ? text : unescaped(text, false);
}

/** The bytes of a bytes literal's inside; a character beyond Latin-1 (an error in Python) leaves its low byte. */
export function bytesValue(inside: string, raw: boolean): Uint8Array {
	const source = inside.includes('\r') ? inside.replace(newlines, '\n') : inside;
	const text = raw || !source.includes('\\') ? source : unescaped(source, true);
	const bytes = new Uint8Array(text.length);
	for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index) & 0xff;
	return bytes;
}

const simple: Readonly<Record<string, string>> = {
	'\n': '',
	'\\': '\\',
	"'": "'",
	'"': '"',
	a: '\x07',
	b: '\b',
	f: '\f',
	n: '\n',
	r: '\r',
	t: '\t',
	v: '\v',
};

/** Reference, 2.4.1.1: an unknown escape stays as it is, backslash included. */
function unescaped(text: string, bytes: boolean): string {
	let result = '';
	let from = 0;
	for (;;) {
		const at = text.indexOf('\\', from);
		if (at < 0 || at + 1 >= text.length) return result + text.slice(from);
		result += text.slice(from, at);
		const letter = text[at + 1] as string;
		const known = simple[letter];
		if (known !== undefined) {
			result += known;
			from = at + 2;
			continue;
		}
		const [character, end] = numericEscape(text, at, letter, bytes);
		result += character;
		from = end;
	}
}

function numericEscape(text: string, at: number, letter: string, bytes: boolean): readonly [string, number] {
	const kept = [text.slice(at, at + 2), at + 2] as const;
	if (letter >= '0' && letter <= '7') {
		let end = at + 2;
		while (end < at + 4 && (text[end] ?? '') >= '0' && (text[end] ?? '') <= '7') end++;
		return [String.fromCharCode(Number.parseInt(text.slice(at + 1, end), 8)), end];
	}
	const digits = letter === 'x' ? 2 : bytes ? 0 : letter === 'u' ? 4 : letter === 'U' ? 8 : 0;
	if (digits > 0) {
		for (let index = at + 2; index < at + 2 + digits; index++) if (!isHexDigit(text.charCodeAt(index))) return kept;
		const point = Number.parseInt(text.slice(at + 2, at + 2 + digits), 16);
		return point > 0x10ffff ? kept : [String.fromCodePoint(point), at + 2 + digits];
	}
	if (letter === 'N' && !bytes && text[at + 2] === '{') {
		const close = text.indexOf('}', at);
		const character = close < 0 ? undefined : characterNames[text.slice(at + 3, close).toUpperCase()];
		if (close >= 0) return [character ?? text.slice(at, close + 1), close + 1];
	}
	return kept;
}
