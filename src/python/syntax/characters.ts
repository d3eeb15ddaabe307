/** What a character can be in Python source, for the ASCII range by table and beyond it by Unicode's identifier classes. */

const NAME_START = 1;
const NAME_PART = 2;
const ascii = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
	if (/[A-Za-z_]/.test(String.fromCharCode(code))) ascii[code] = NAME_START | NAME_PART;
	else if (code >= 48 && code <= 57) ascii[code] = NAME_PART;
}

const unicodeStart = /[\p{ID_Start}\p{Nl}\u2118\u212E\u309B\u309C]/u;
const unicodePart = /[\p{ID_Continue}\u00B7\u0387\u1369-\u1371\u19DA]/u;

export const isNameStart = (text: string, at: number): boolean => {
	const code = text.charCodeAt(at);
	if (code < 128) return (ascii[code] as number) === 3;
	return code > 127 && unicodeStart.test(String.fromCodePoint(text.codePointAt(at) ?? 0));
};

/** Where the name that begins at `at` ends. */
export function nameEnd(text: string, at: number): number {
	let end = at;
	for (;;) {
		const code = text.charCodeAt(end);
		if (code < 128) {
			if (ascii[code] === 0) return end;
			end++;
		} else if (code > 127) {
			const point = text.codePointAt(end) ?? 0;
			if (!unicodePart.test(String.fromCodePoint(point))) return end;
			end += point > 0xffff ? 2 : 1;
		} else return end;
	}
}

export const isNamePartCode = (code: number): boolean => (code < 128 ? ascii[code] !== 0 : code > 127);

export const isDigit = (code: number): boolean => code >= 48 && code <= 57;

export const isHexDigit = (code: number): boolean =>
	(code >= 48 && code <= 57) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);

const nonAscii = /[^\0-\x7f]/;

/** The name as Python compares it: NFKC (reference, 2.3). */
export const canonicalName = (name: string): string => (nonAscii.test(name) ? name.normalize('NFKC') : name);
