import { isPrintable } from './char-classes';

const plain = /^[\x20-\x26\x28-\x5b\x5d-\x7e]*$/;
const named: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** `repr(str)`. */
export function textRepr(text: string): string {
	if (plain.test(text)) return `'${text}'`;
	const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
	let body = '';
	for (const char of text) {
		if (char === quote) body += `\\${char}`;
		else if (named[char] !== undefined) body += named[char];
		else if (isPrintable(char)) body += char;
		else body += escaped(char);
	}
	return quote + body + quote;
}

function escaped(char: string): string {
	const code = char.codePointAt(0) ?? 0;
	if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
	if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
	return `\\U${code.toString(16).padStart(8, '0')}`;
}

/** What `ascii()` makes of a repr: everything that is not ASCII escaped. */
export function asciiRepr(repr: string): string {
	return repr.replace(/[^\x00-\x7f]/gu, escaped);
}

/** `repr(bytes)`. */
export function bytesRepr(bytes: Uint8Array): string {
	let body = '';
	const quote = bytes.includes(39) && !bytes.includes(34) ? '"' : "'";
	for (const byte of bytes) {
		const char = String.fromCharCode(byte);
		if (char === quote) body += `\\${char}`;
		else if (named[char] !== undefined) body += named[char];
		else if (byte >= 32 && byte < 127) body += char;
		else body += `\\x${byte.toString(16).padStart(2, '0')}`;
	}
	return `b${quote}${body}${quote}`;
}
