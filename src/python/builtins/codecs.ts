import type { Interpreter } from '../runtime/interpreter';
import { charset, decodeByTable, encodeByTable } from './charsets';
import { escaped, escapes, unescaped } from './unicode-escape';

/** `str.encode` and `bytes.decode` for the encodings that configuration is written in. */

type Name = 'utf-8' | 'utf-8-sig' | 'ascii' | 'latin-1';

const names: Readonly<Record<string, Name>> = {
	utf8: 'utf-8',
	utf_8: 'utf-8',
	u8: 'utf-8',
	utf: 'utf-8',
	cp65001: 'utf-8',
	utf_8_sig: 'utf-8-sig',
	utf8_sig: 'utf-8-sig',
	ascii: 'ascii',
	us_ascii: 'ascii',
	'646': 'ascii',
	latin_1: 'latin-1',
	latin1: 'latin-1',
	latin: 'latin-1',
	l1: 'latin-1',
	iso_8859_1: 'latin-1',
	iso8859_1: 'latin-1',
};

const unify = (name: string): string => name.toLowerCase().replace(/[- ]/g, '_');

/** The encoding's own name as CPython has it; raises LookupError for one that is not known here. */
export function encodingName(py: Interpreter, name: string): string {
	const plain = unify(name);
	const wide = wideEncoding(name);
	if (wide) return `utf-${wide.size * 8}${wide.mark ? '' : wide.little ? '-le' : '-be'}`;
	if (/^(idna|punycode|unicode_escape|raw_unicode_escape)$/.test(plain)) return plain.replace(/_/g, '-');
	const found = names[plain] ?? charset(name)?.name;
	return found === 'latin-1' ? 'iso8859-1' : (found ?? py.raise('LookupError', `unknown encoding: ${name}`));
}

export function encode(py: Interpreter, text: string, encoding = 'utf-8', errors = 'strict'): Uint8Array {
	if (/^idna$/i.test(encoding)) return new TextEncoder().encode(asciiHost(text));
	const wide = wideEncoding(encoding);
	if (wide) return encodeWide(text, wide);
	if (escapes.test(encoding)) return Uint8Array.from(escaped(text, encoding), (char) => char.charCodeAt(0));
	const name = names[unify(encoding)];
	if (name === undefined) return encodeByTable(py, text, encoding, errors);
	if (name === 'utf-8') return new TextEncoder().encode(text);
	if (name === 'utf-8-sig') return new TextEncoder().encode(`\ufeff${text}`);
	const limit = name === 'ascii' ? 128 : 256;
	const bytes: number[] = [];
	let at = 0;
	for (const char of text) {
		const code = char.codePointAt(0) ?? 0;
		if (code < limit) bytes.push(code);
		else for (const byte of substitute(py, char, code, name, errors, at, limit)) bytes.push(byte.charCodeAt(0));
		at++;
	}
	return Uint8Array.from(bytes);
}

/** A host name in ASCII, by the rules that URLs have for it. */
function asciiHost(name: string): string {
	if (/^[\x00-\x7f]*$/.test(name)) return name;
	try {
		return new URL(`http://${name}/`).hostname;
	} catch {
		return name;
	}
}

function substitute(
	py: Interpreter,
	char: string,
	code: number,
	encoding: string,
	errors: string,
	at: number,
	limit: number,
): string {
	switch (errors) {
		case 'ignore':
			return '';
		case 'replace':
			return '?';
		case 'xmlcharrefreplace':
			return `&#${code};`;
		case 'backslashreplace':
			return code < 256
				? `\\x${code.toString(16).padStart(2, '0')}`
				: code < 65536
					? `\\u${code.toString(16).padStart(4, '0')}`
					: `\\U${code.toString(16).padStart(8, '0')}`;
		case 'strict':
			return py.raise('UnicodeEncodeError', encoding, char, at, at + 1, `ordinal not in range(${limit})`);
		default:
			return py.raise('LookupError', `unknown error handler name '${errors}'`);
	}
}

/** UTF-16 and UTF-32: bytes a unit, their order, and whether a byte order mark leads. */
interface WideEncoding {
	readonly size: 2 | 4;
	readonly little: boolean;
	readonly mark: boolean;
}

function wideEncoding(name: string): WideEncoding | undefined {
	const match = /^utf[-_ ]?(16|32)[-_ ]?(le|be)?$/i.exec(name);
	if (!match) return undefined;
	return { size: match[1] === '16' ? 2 : 4, little: match[2]?.toLowerCase() !== 'be', mark: match[2] === undefined };
}

function encodeWide(text: string, { size, little, mark }: WideEncoding): Uint8Array {
	const marked = mark ? `\ufeff${text}` : text;
	const units =
		size === 2 ? marked.split('').map((char) => char.charCodeAt(0)) : [...marked].map((char) => char.codePointAt(0) ?? 0);
	const view = new DataView(new ArrayBuffer(units.length * size));
	for (const [index, unit] of units.entries()) {
		if (size === 2) view.setUint16(index * 2, unit, little);
		else view.setUint32(index * 4, unit, little);
	}
	return new Uint8Array(view.buffer);
}

function decodeWide(bytes: Uint8Array, { size, little, mark }: WideEncoding): string {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const read = (at: number, order: boolean) => (size === 2 ? view.getUint16(at, order) : view.getUint32(at, order));
	let at = 0;
	let order = little;
	if (mark && bytes.length >= size) {
		if (read(0, true) === 0xfeff) at = size;
		else if (read(0, false) === 0xfeff) {
			at = size;
			order = false;
		}
	}
	let text = '';
	for (; at + size <= bytes.length; at += size) {
		const unit = read(at, order);
		text += size === 2 ? String.fromCharCode(unit) : unit <= 0x10ffff ? String.fromCodePoint(unit) : '\ufffd';
	}
	return text;
}

export function decode(py: Interpreter, bytes: Uint8Array, encoding = 'utf-8', errors = 'strict'): string {
	const wide = wideEncoding(encoding);
	if (wide) return decodeWide(bytes, wide);
	if (escapes.test(encoding)) return unescaped(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''), encoding);
	const name = names[unify(/^idna$/i.test(encoding) ? 'ascii' : encoding)];
	if (name === undefined) return decodeByTable(py, bytes, encoding, errors);
	if (name === 'utf-8' || name === 'utf-8-sig') return decodeUtf8(py, bytes, name === 'utf-8-sig', errors);
	const limit = name === 'ascii' ? 128 : 256;
	let text = '';
	bytes.forEach((byte, at) => {
		if (byte < limit) text += String.fromCharCode(byte);
		else if (errors === 'replace') text += '\ufffd';
		else if (errors === 'backslashreplace') text += `\\x${byte.toString(16)}`;
		else if (errors === 'surrogateescape') text += String.fromCharCode(0xdc00 + byte);
		else if (errors !== 'ignore')
			py.raise('UnicodeDecodeError', name, `byte 0x${byte.toString(16)}`, at, at + 1, 'ordinal not in range(128)');
	});
	return text;
}

function decodeUtf8(py: Interpreter, bytes: Uint8Array, dropMark: boolean, errors: string): string {
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: !dropMark }).decode(bytes);
	} catch {
		const lenient = new TextDecoder('utf-8', { ignoreBOM: !dropMark }).decode(bytes);
		if (errors === 'ignore') return lenient.replaceAll('\ufffd', '');
		if (errors === 'replace' || errors === 'surrogateescape' || errors === 'backslashreplace') return lenient;
		return py.raise('UnicodeDecodeError', 'utf-8', '', 0, 1, 'invalid start byte');
	}
}
