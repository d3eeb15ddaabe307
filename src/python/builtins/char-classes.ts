/** Character properties that `str.isX()` and case methods ask for, by Unicode's general categories. */

export const isAlphabetic = (char: string): boolean => /^\p{L}$/u.test(char);
export const isDecimal = (char: string): boolean => /^\p{Nd}$/u.test(char);
/** Decimal digits, and superscripts and circled ones (numeric type Digit). */
export const isDigit = (char: string): boolean =>
	/^[\p{Nd}\u00b2\u00b3\u00b9\u1369-\u1371\u19da\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468\u2474-\u247c\u2488-\u2490\u24ea\u24f5-\u24fd\u24ff\u2776-\u277e\u2780-\u2788\u278a-\u2792]$/u.test(
		char,
	);
export const isNumeric = (char: string): boolean =>
	/^[\p{N}\u3007\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341\u767e\u5343\u842c]$/u.test(char);
export const isSpace = (char: string): boolean =>
	/^[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/.test(char);
export const isCased = (char: string): boolean => /^[\p{Lt}\p{Uppercase}\p{Lowercase}]$/u.test(char);
export const isUpper = (char: string): boolean => /^\p{Uppercase}$/u.test(char);
export const isLower = (char: string): boolean => /^\p{Lowercase}$/u.test(char);
/** What `repr` shows as it is: everything but separators (the space aside) and category C. */
export const isPrintable = (char: string): boolean => char === ' ' || !/^[\p{C}\p{Z}]$/u.test(char);
export const isIdentifier = (text: string): boolean => /^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(text.normalize('NFKC'));

/** `str.title`: the first letter of each run of cased characters. */
export function toTitle(text: string): string {
	let titled = '';
	let inWord = false;
	for (const char of text) {
		const cased = isCased(char);
		titled += cased ? (inWord ? char.toLowerCase() : titleOf(char)) : char;
		inWord = cased;
	}
	return titled;
}

/** One character in title case (`ǆ` → `ǅ`, `ß` → `Ss`). */
export function titleOf(char: string): string {
	const upper = char.toUpperCase();
	if (upper.length === char.length) return digraphs[upper] ?? upper;
	return upper.slice(0, 1) + upper.slice(1).toLowerCase();
}

const digraphs: Readonly<Record<string, string>> = { Ǆ: 'ǅ', Ǉ: 'ǈ', Ǌ: 'ǋ', Ǳ: 'ǲ' };

/** `str.casefold`, as far as lower case and the sharp s go. */
export function caseFold(text: string): string {
	return text.replace(/[ßẞ]/g, 'ss').replace(/ς/g, 'σ').replace(/ſ/g, 's').toLowerCase().replace(/µ/g, 'μ');
}
