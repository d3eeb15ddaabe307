/** Bytes to text, as CPython decodes a source file: byte order mark, PEP 263 declaration, else UTF-8. */

export interface DecodedSource {
	readonly text: string;
	/** What could not be decoded; the text then has U+FFFD in its place. */
	readonly problem?: string;
}

const declaration = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const blankOrComment = /^[ \t\f]*(?:#.*)?$/;

/** Never throws. A byte order mark is not part of the text. */
export function decodeSource(bytes: Uint8Array): DecodedSource {
	const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
	const body = marked ? bytes.subarray(3) : bytes;
	if (bytes.length >= 2 && ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)))
		return {
			text: decoded(bytes, bytes[0] === 0xff ? 'utf-16le' : 'utf-16be'),
			problem: 'UTF-16 is no encoding of Python source',
		};
	const declared = marked ? undefined : declaredEncoding(body);
	const label = declared === undefined ? 'utf-8' : (labels[declared.toLowerCase().replaceAll('_', '-')] ?? declared);
	if (label === 'latin-1') return { text: latin1(body) };
	if (label === 'windows-1252') return { text: latin1(body).replace(/[\x80-\x9f]/g, windows1252) };
	try {
		return { text: new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(body) };
	} catch (error) {
		if (error instanceof RangeError) return { text: decoded(body, 'utf-8'), problem: `Unknown encoding: ${declared}` };
		return { text: decoded(body, label), problem: `Not valid ${label === 'utf-8' ? 'UTF-8' : declared}` };
	}
}

/** Python's names whose meaning differs from the Encoding Standard's, where `latin-1` is windows-1252. */
const labels: Readonly<Record<string, string>> = {
	'latin-1': 'latin-1',
	latin1: 'latin-1',
	'iso-8859-1': 'latin-1',
	'iso8859-1': 'latin-1',
	'iso-latin-1': 'latin-1',
	l1: 'latin-1',
	ascii: 'utf-8',
	'us-ascii': 'utf-8',
	utf8: 'utf-8',
	'utf-8': 'utf-8',
	'utf-8-sig': 'utf-8',
	u8: 'utf-8',
	cp1252: 'windows-1252',
	'windows-1252': 'windows-1252',
	cp1251: 'windows-1251',
	'koi8-r': 'koi8-r',
	'euc-jp': 'euc-jp',
	sjis: 'shift_jis',
	'shift-jis': 'shift_jis',
	gbk: 'gbk',
	big5: 'big5',
};

/** The declaration stands in the first line, or in the second if the first is blank or a comment. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
	const head = latin1(bytes.subarray(0, 400)).split(/\r\n?|\n/, 2);
	for (const line of head) {
		const found = declaration.exec(line)?.[1];
		if (found !== undefined) return found;
		if (!blankOrComment.test(line)) return undefined;
	}
	return undefined;
}

function decoded(bytes: Uint8Array, label: string): string {
	return new TextDecoder(label, { ignoreBOM: true }).decode(bytes);
}

function latin1(bytes: Uint8Array): string {
	let text = '';
	for (let from = 0; from < bytes.length; from += 8192)
		text += String.fromCharCode.apply(null, bytes.subarray(from, from + 8192) as unknown as number[]);
	return text;
}

/** What windows-1252 has where Latin-1 has control characters. Some Node versions decode the one as the other. */
const WINDOWS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const windows1252 = (control: string): string => WINDOWS[control.charCodeAt(0) - 0x80] ?? control;
