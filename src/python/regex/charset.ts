/** Character categories and case folding as CPython's `_sre` sees them for str patterns, and for bytes or ASCII ones. */

export type Category = 'd' | 'D' | 's' | 'S' | 'w' | 'W';

export type SetItem = { readonly from: number; readonly to: number } | { readonly category: Category };

const letterOrNumber = /^[\p{L}\p{N}]$/u;
const decimal = /^\p{Nd}$/u;

export function isWord(code: number, ascii: boolean): boolean {
	if (code < 128) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
	return !ascii && letterOrNumber.test(String.fromCodePoint(code));
}

export function isDigit(code: number, ascii: boolean): boolean {
	if (code < 128) return code >= 48 && code <= 57;
	return !ascii && decimal.test(String.fromCodePoint(code));
}

/** `str.isspace` of one character: bidirectional type WS, B or S, or category Zs; differs from JavaScript's `\s`. */
export function isSpace(code: number, ascii: boolean): boolean {
	if (code < 128) return code === 32 || (code >= 9 && code <= 13) || (!ascii && code >= 28 && code <= 31);
	if (ascii) return false;
	return (
		code === 0x85 ||
		code === 0xa0 ||
		code === 0x1680 ||
		(code >= 0x2000 && code <= 0x200a) ||
		code === 0x2028 ||
		code === 0x2029 ||
		code === 0x202f ||
		code === 0x205f ||
		code === 0x3000
	);
}

function inCategory(category: Category, code: number, ascii: boolean): boolean {
	switch (category) {
		case 'd':
			return isDigit(code, ascii);
		case 'D':
			return !isDigit(code, ascii);
		case 's':
			return isSpace(code, ascii);
		case 'S':
			return !isSpace(code, ascii);
		case 'w':
			return isWord(code, ascii);
		case 'W':
			return !isWord(code, ascii);
	}
}

const dotlessI = 0x131;
const dottedI = 0x130;

/** One representative of all characters that IGNORECASE takes for the same. */
export function foldCase(code: number, ascii: boolean): number {
	if (code < 128) return code >= 65 && code <= 90 ? code + 32 : code;
	if (ascii) return code;
	if (code === dottedI || code === dotlessI) return 0x69;
	return single(single(code, 'toUpperCase'), 'toLowerCase');
}

function single(code: number, change: 'toUpperCase' | 'toLowerCase'): number {
	const text = String.fromCodePoint(code)[change]();
	const changed = text.codePointAt(0) ?? code;
	return text.length === (changed > 0xffff ? 2 : 1) ? changed : code;
}

/** Characters whose case mapping leads here but that changing the case of the target doesn't reach. */
const strangers: Readonly<Record<number, readonly number[]>> = {
	105: [dottedI, dotlessI],
	107: [0x212a],
	115: [0x17f],
	229: [0x212b],
	956: [0xb5],
	963: [0x3c2],
	969: [0x2126],
};

/** The characters that fold to the same as `code`, as far as changing the case reaches them. */
function variants(code: number, ascii: boolean): number[] {
	const folded = foldCase(code, ascii);
	if (ascii) return folded >= 97 && folded <= 122 ? [folded, folded - 32] : [code];
	const found = [code, folded, single(folded, 'toUpperCase'), single(code, 'toLowerCase')];
	found.push(...(strangers[folded] ?? []));
	return found;
}

/** A predicate over code points; the first 128 are looked up in a table. */
export function characterSet(
	items: readonly SetItem[],
	negate: boolean,
	fold: boolean,
	ascii: boolean,
): (code: number) => boolean {
	const holds = (code: number): boolean =>
		items.some((item) => ('category' in item ? inCategory(item.category, code, ascii) : code >= item.from && code <= item.to));
	const accepts = (code: number): boolean => (fold ? variants(code, ascii).some(holds) : holds(code)) !== negate;
	const table = new Uint8Array(128);
	return (code) => {
		if (code >= 128) return accepts(code);
		const known = table[code];
		if (known) return known === 1;
		const answer = accepts(code);
		table[code] = answer ? 1 : 2;
		return answer;
	};
}
