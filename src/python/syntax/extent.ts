/** How far a literal reaches, found without building anything: strings (f-strings with what is nested in them) and numbers. */

import { isDigit, isHexDigit, isNamePartCode } from './characters';

export enum Char {
	Tab = 9,
	LineFeed = 10,
	FormFeed = 12,
	Return = 13,
	Space = 32,
	Bang = 33,
	DoubleQuote = 34,
	Hash = 35,
	Quote = 39,
	ParenL = 40,
	ParenR = 41,
	Dot = 46,
	Zero = 48,
	Colon = 58,
	Equals = 61,
	BracketL = 91,
	Backslash = 92,
	BracketR = 93,
	BraceL = 123,
	BraceR = 125,
}

/** Replacement fields may nest this deep; CPython allows 150, nobody needs ten. */
const FIELD_DEPTH = 40;

export interface StringShape {
	/** Offset of the quote that opens it. */
	readonly quoteAt: number;
	readonly quote: number;
	readonly long: boolean;
	readonly raw: boolean;
	readonly bytes: boolean;
	/** f-string, t-string or neither. */
	readonly format: '' | 'f' | 't';
}

/** The shape of the string literal whose prefix begins at `start`. */
export function stringShape(text: string, start: number): StringShape {
	let raw = false;
	let bytes = false;
	let format: '' | 'f' | 't' = '';
	let at = start;
	for (; at < start + 2; at++) {
		const letter = text.charCodeAt(at) | 32;
		if (letter === 114) raw = true;
		else if (letter === 98) bytes = true;
		else if (letter === 102) format = 'f';
		else if (letter === 116) format = 't';
		else if (letter !== 117) break;
	}
	const quote = text.charCodeAt(at);
	return { quoteAt: at, quote, long: isLong(text, at, quote), raw, bytes, format };
}

export const isLong = (text: string, at: number, quote: number): boolean =>
	text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote;

const prefixes = new Set(['r', 'b', 'u', 'f', 't', 'rb', 'br', 'rf', 'fr', 'rt', 'tr']);

/** Whether the one or two letters before a quote are a string's prefix, and if so whether it formats: 0 no, 1 plain, 2 f or t. */
export function prefixKind(text: string, start: number, end: number): 0 | 1 | 2 {
	if (end - start > 2) return 0;
	const prefix = text.slice(start, end).toLowerCase();
	if (!prefixes.has(prefix)) return 0;
	return prefix.includes('f') || prefix.includes('t') ? 2 : 1;
}

/** The end of the plain string whose opening quote is at `at`, or -1 where it doesn't end before `to`. */
export function plainStringEnd(text: string, at: number, to: number): number {
	const quote = text.charCodeAt(at);
	if (isLong(text, at, quote)) {
		for (let i = at + 3; i < to; i++) {
			const code = text.charCodeAt(i);
			if (code === Char.Backslash) i++;
			else if (code === quote && isLong(text, i, quote)) return i + 3 <= to ? i + 3 : -1;
		}
		return -1;
	}
	for (let i = at + 1; i < to; i++) {
		const code = text.charCodeAt(i);
		if (code === quote) return i + 1;
		if (code === Char.Backslash) {
			i++;
			if (text.charCodeAt(i) === Char.Return && text.charCodeAt(i + 1) === Char.LineFeed) i++;
		} else if (code === Char.LineFeed || code === Char.Return) return -1;
	}
	return -1;
}

/** The end of the f- or t-string whose opening quote is at `at` (PEP 701: fields may hold the same quotes), or -1. */
export function formatStringEnd(text: string, at: number, to: number, raw: boolean, depth = 0): number {
	const quote = text.charCodeAt(at);
	const long = isLong(text, at, quote);
	let i = at + (long ? 3 : 1);
	while (i < to) {
		const code = text.charCodeAt(i);
		if (code === Char.Backslash) i = afterBackslash(text, i, raw);
		else if (code === quote) {
			if (!long) return i + 1;
			if (isLong(text, i, quote)) return i + 3;
			i++;
		} else if (code === Char.BraceL) {
			if (text.charCodeAt(i + 1) === Char.BraceL) i += 2;
			else {
				i = fieldParts(text, i, to, quote, long, raw, depth + 1).end;
				if (i < 0) return -1;
			}
		} else if (!long && (code === Char.LineFeed || code === Char.Return)) return -1;
		else i++;
	}
	return -1;
}

/** Past an escape in a format string: braces after a backslash still open fields, but not those of `\N{…}`. */
export function afterBackslash(text: string, at: number, raw: boolean): number {
	const next = text.charCodeAt(at + 1);
	if (next === Char.BraceL || next === Char.BraceR) return at + 1;
	if (!raw && next === 78 && text.charCodeAt(at + 2) === Char.BraceL) {
		const close = text.indexOf('}', at);
		return close < 0 ? at + 2 : close + 1;
	}
	return next === Char.Return && text.charCodeAt(at + 2) === Char.LineFeed ? at + 3 : at + 2;
}

/** The parts of a replacement field `{expression=!r:spec}`; each is -1 where absent, `end` where it can't be read. */
export interface FieldParts {
	readonly expressionEnd: number;
	/** Offset of the `=` of a self-documenting field. */
	readonly equals: number;
	/** Offset of the `!`. */
	readonly conversion: number;
	/** Offset of the `:`. */
	readonly spec: number;
	/** Just after the closing brace. */
	readonly end: number;
}

const unread: FieldParts = { expressionEnd: -1, equals: -1, conversion: -1, spec: -1, end: -1 };

/** Reads the field whose opening brace is at `at`, inside a string of the given quote. */
export function fieldParts(
	text: string,
	at: number,
	to: number,
	quote: number,
	long: boolean,
	raw: boolean,
	depth: number,
): FieldParts {
	if (depth > FIELD_DEPTH) return unread;
	let equals = -1;
	let conversion = -1;
	let open = 0;
	let i = at + 1;
	for (; i < to; i++) {
		const code = text.charCodeAt(i);
		if (code === Char.Quote || code === Char.DoubleQuote) {
			const end = nestedStringEnd(text, i, to, depth);
			if (end < 0) return unread;
			i = end - 1;
		} else if (code === Char.ParenL || code === Char.BracketL || code === Char.BraceL) open++;
		else if (code === Char.Hash) {
			const line = text.indexOf('\n', i);
			if (line < 0 || line >= to) return unread;
			i = line;
		} else if (open > 0) {
			if (code === Char.ParenR || code === Char.BracketR || code === Char.BraceR) open--;
		} else if (code === Char.BraceR) break;
		else if (code === Char.Colon) break;
		else if (code === Char.ParenR || code === Char.BracketR) return unread;
		else if (code === Char.Bang) {
			if (text.charCodeAt(i + 1) === Char.Equals) i++;
			else if (conversion < 0) conversion = i;
		} else if (code === Char.Equals && conversion < 0) {
			const before = text.charCodeAt(i - 1);
			// `==`, `<=`, `>=`, `!=` compare; a lone `=` before the end documents.
			if (text.charCodeAt(i + 1) === Char.Equals) i++;
			else if (before !== 60 && before !== 62 && before !== Char.Bang) equals = i;
		} else if (equals >= 0 && conversion < 0 && code > Char.Space) equals = -1;
	}
	if (i >= to) return unread;
	const last = equals >= 0 ? equals : conversion >= 0 ? conversion : i;
	if (text.charCodeAt(i) === Char.BraceR) return { expressionEnd: last, equals, conversion, spec: -1, end: i + 1 };
	const end = specEnd(text, i + 1, to, quote, long, raw, depth);
	return end < 0 ? unread : { expressionEnd: last, equals, conversion, spec: i, end: end + 1 };
}

/** The closing brace after a format spec, or -1. */
function specEnd(text: string, at: number, to: number, quote: number, long: boolean, raw: boolean, depth: number): number {
	let i = at;
	while (i < to) {
		const code = text.charCodeAt(i);
		if (code === Char.BraceR) return i;
		if (code === Char.BraceL) {
			i = fieldParts(text, i, to, quote, long, raw, depth + 1).end;
			if (i < 0) return -1;
		} else if (code === quote && (!long || isLong(text, i, quote))) return -1;
		else if (!long && (code === Char.LineFeed || code === Char.Return)) return -1;
		else i = code === Char.Backslash ? afterBackslash(text, i, raw) : i + 1;
	}
	return -1;
}

/** The end of a string whose quote is met in running text, its prefix being looked up backwards. */
export function nestedStringEnd(text: string, at: number, to: number, depth: number): number {
	const before = text.charCodeAt(at - 1) | 32;
	if (before === 102 || before === 116 || before === 114) {
		let start = at;
		while (start > at - 3 && isNamePartCode(text.charCodeAt(start - 1))) start--;
		if (prefixKind(text, start, at) === 2) {
			const raw = text.slice(start, at).toLowerCase().includes('r');
			const end = formatStringEnd(text, at, to, raw, depth);
			// Inside a field there is no second way to read it: trying both at each level would take exponential time.
			if (end >= 0 || depth > 0) return end;
		}
	}
	return plainStringEnd(text, at, to);
}

/** The end of the number that begins at `at`. */
export function numberEnd(text: string, at: number): number {
	let i = at;
	if (text.charCodeAt(i) === Char.Zero) {
		const base = text.charCodeAt(i + 1) | 32;
		if (base === 120 || base === 111 || base === 98) {
			i += 2;
			for (;;) {
				const code = text.charCodeAt(i);
				if (!(code === 95 || (base === 120 ? isHexDigit(code) : isDigit(code)))) return i;
				i++;
			}
		}
	}
	i = digitsEnd(text, i);
	if (text.charCodeAt(i) === Char.Dot) i = digitsEnd(text, i + 1);
	if ((text.charCodeAt(i) | 32) === 101) {
		const sign = text.charCodeAt(i + 1);
		const from = sign === 43 || sign === 45 ? i + 2 : i + 1;
		if (isDigit(text.charCodeAt(from))) i = digitsEnd(text, from);
	}
	return (text.charCodeAt(i) | 32) === 106 ? i + 1 : i;
}

function digitsEnd(text: string, at: number): number {
	let i = at;
	for (;;) {
		const code = text.charCodeAt(i);
		if (!isDigit(code) && code !== 95) return i;
		i++;
	}
}

/** The offset of the line break that ends the line (`to` where there is none). */
export function lineEnd(text: string, at: number, to: number): number {
	let i = at;
	for (; i < to; i++) {
		const code = text.charCodeAt(i);
		if (code === Char.LineFeed || code === Char.Return) return i;
	}
	return to;
}
