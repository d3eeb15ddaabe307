/** `unicode_escape` and `raw_unicode_escape`: text as a Python literal would write it, in Latin-1. */

export const escapes = /^(raw[-_ ])?unicode[-_ ]escape$/i;

const hex = (code: number, size: number): string => code.toString(16).padStart(size, '0');

function numbered(code: number): string {
	return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
}

const letters: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

export function escaped(text: string, encoding: string): string {
	const raw = /^raw/i.test(encoding);
	let result = '';
	for (const char of text) {
		const code = char.codePointAt(0) ?? 0;
		if (raw) result += code < 256 ? char : numbered(code);
		else if (letters[char] !== undefined) result += letters[char];
		else if (code >= 32 && code < 127) result += char;
		else result += code < 256 ? `\\x${hex(code, 2)}` : numbered(code);
	}
	return result;
}

const meanings: Readonly<Record<string, string>> = {
	n: '\n',
	r: '\r',
	t: '\t',
	a: '\x07',
	b: '\b',
	f: '\f',
	v: '\v',
	'\\': '\\',
	"'": "'",
	'"': '"',
	'\n': '',
};

export function unescaped(text: string, encoding: string): string {
	const point = (digits: string): string => {
		const code = Number.parseInt(digits, 16);
		return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
	};
	if (/^raw/i.test(encoding))
		return text.replace(/\\u([0-9a-f]{4})|\\U([0-9a-f]{8})/gi, (_, four?: string, eight?: string) => point(four ?? eight ?? ''));
	return text.replace(
		/\\(?:u([0-9a-f]{4})|U([0-9a-f]{8})|x([0-9a-f]{2})|([0-7]{1,3})|([\s\S]))/gi,
		(all: string, four?: string, eight?: string, two?: string, octal?: string, letter?: string) => {
			const digits = four ?? eight ?? two;
			if (digits !== undefined) return point(digits);
			if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
			return meanings[letter ?? ''] ?? all;
		},
	);
}
