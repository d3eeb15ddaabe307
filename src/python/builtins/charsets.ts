import type { Interpreter } from '../runtime/interpreter';

/** The encodings that JavaScript knows too, by its tables. */

export interface Charset {
	/** CPython's name of it. */
	readonly name: string;
	/** The Encoding Standard's label. */
	readonly label: string;
}

const families: readonly (readonly [RegExp, (digits: string) => Charset])[] = [
	[/^(?:windows_?|cp)(125[0-8]|874)$/, (page) => ({ name: `cp${page}`, label: `windows-${page}` })],
	[/^(?:cp_?|ibm_?)?(866)$/, () => ({ name: 'cp866', label: 'ibm866' })],
	[/^iso_?8859_(1?\d)$/, (part) => ({ name: `iso8859-${part}`, label: `iso-8859-${part}` })],
	[/^koi8_(r|u)$/, (kind) => ({ name: `koi8-${kind}`, label: `koi8-${kind}` })],
];

const others: Readonly<Record<string, Charset>> = {
	gbk: { name: 'gbk', label: 'gbk' },
	cp936: { name: 'gbk', label: 'gbk' },
	gb2312: { name: 'gb2312', label: 'gbk' },
	gb18030: { name: 'gb18030', label: 'gb18030' },
	big5: { name: 'big5', label: 'big5' },
	big5_hkscs: { name: 'big5hkscs', label: 'big5' },
	euc_jp: { name: 'euc_jp', label: 'euc-jp' },
	iso2022_jp: { name: 'iso2022_jp', label: 'iso-2022-jp' },
	iso_2022_jp: { name: 'iso2022_jp', label: 'iso-2022-jp' },
	shift_jis: { name: 'shift_jis', label: 'shift_jis' },
	sjis: { name: 'shift_jis', label: 'shift_jis' },
	cp932: { name: 'cp932', label: 'shift_jis' },
	euc_kr: { name: 'euc_kr', label: 'euc-kr' },
	cp949: { name: 'cp949', label: 'euc-kr' },
	mac_roman: { name: 'mac-roman', label: 'macintosh' },
	macintosh: { name: 'mac-roman', label: 'macintosh' },
	mac_cyrillic: { name: 'mac-cyrillic', label: 'x-mac-cyrillic' },
	latin2: { name: 'iso8859-2', label: 'iso-8859-2' },
	latin_2: { name: 'iso8859-2', label: 'iso-8859-2' },
	latin9: { name: 'iso8859-15', label: 'iso-8859-15' },
	latin_9: { name: 'iso8859-15', label: 'iso-8859-15' },
};

/** Undefined for a name that is no such encoding. */
export function charset(name: string): Charset | undefined {
	const plain = name.toLowerCase().replace(/[- ]/g, '_');
	for (const [family, make] of families) {
		const match = family.exec(plain);
		if (match) return make(match[1] ?? '');
	}
	return others[plain];
}

interface Decoder {
	decode(bytes: Uint8Array): string;
}

/** What windows-1252 has from 0x80 to 0x9f; Node 20 takes it for Latin-1, which has controls there. */
const western = '€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ';

function westernDecoder(fatal: boolean): Decoder {
	return {
		decode: (bytes) => {
			const text = Array.from(bytes, (byte) =>
				byte >= 0x80 && byte < 0xa0 ? western.charAt(byte - 0x80) : String.fromCharCode(byte),
			).join('');
			if (fatal && text.includes('\ufffd')) throw new TypeError('a byte that cp1252 does not have');
			return text;
		},
	};
}

function decoder(py: Interpreter, encoding: string, fatal: boolean): { readonly name: string; readonly decode: Decoder } {
	const found = charset(encoding);
	if (!found) return py.raise('LookupError', `unknown encoding: ${encoding}`);
	if (found.name === 'cp1252') return { name: found.name, decode: westernDecoder(fatal) };
	try {
		return { name: found.name, decode: new TextDecoder(found.label, { fatal }) };
	} catch {
		return py.raise('LookupError', `unknown encoding: ${encoding}`);
	}
}

export function decodeByTable(py: Interpreter, bytes: Uint8Array, encoding: string, errors: string): string {
	const { name, decode } = decoder(py, encoding, errors === 'strict');
	try {
		const text = decode.decode(bytes);
		return errors === 'ignore' ? text.replaceAll('\ufffd', '') : text;
	} catch {
		return py.raise('UnicodeDecodeError', name, '', 0, 1, 'character maps to <undefined>');
	}
}

/** By the table turned round: of one byte a character, then of two. */
export function encodeByTable(py: Interpreter, text: string, encoding: string, errors: string): Uint8Array {
	const { name } = decoder(py, encoding, false);
	const table = tableOf(py, encoding, /[^\x00-\x7f]/.test(text));
	const bytes: number[] = [];
	let at = 0;
	for (const char of text) {
		const found = char < '\x80' ? [char.charCodeAt(0)] : table.get(char);
		if (found) bytes.push(...found);
		else if (errors === 'replace') bytes.push(63);
		else if (errors === 'xmlcharrefreplace') for (const one of `&#${char.codePointAt(0)};`) bytes.push(one.charCodeAt(0));
		else if (errors !== 'ignore') return py.raise('UnicodeEncodeError', name, char, at, at + 1, 'character maps to <undefined>');
		at++;
	}
	return Uint8Array.from(bytes);
}

const tables = new Map<string, ReadonlyMap<string, readonly number[]>>();

function tableOf(py: Interpreter, encoding: string, needed: boolean): ReadonlyMap<string, readonly number[]> {
	const { name, decode } = decoder(py, encoding, false);
	const known = tables.get(name);
	if (known || !needed) return known ?? new Map();
	const table = new Map<string, readonly number[]>();
	const enter = (...bytes: number[]): void => {
		const char = decode.decode(Uint8Array.from(bytes));
		if ([...char].length === 1 && char !== '\ufffd' && !table.has(char)) table.set(char, bytes);
	};
	for (let first = 0x80; first < 0x100; first++) {
		enter(first);
		for (let second = 0x30; second < 0x100; second++) enter(first, second);
	}
	tables.set(name, table);
	return table;
}
