/** Headers of functions that need no parser to be told right: most functions are never called, nor are their parameters looked at. */

import { nameEnd } from './characters';
import { Char } from './extent';
import { keywordAt, T } from './tokens';

const blank = '[ \\t\\r\\n]*';
/** Not a keyword: the words are looked at afterwards, since a list of them in each place makes a pattern that takes 20 ms to compile. */
const identifier = '(?!None\\b)[A-Za-z_]\\w*';
const dotted = `(?:None\\b|${identifier})(?:\\.${identifier})*`;
const subscribed = `${dotted}(?:\\[${blank}${dotted}(?:${blank},${blank}${dotted})*${blank}\\])?`;
/** `Name`, `a.Name`, `Name[A, B]`, and unions of these. */
const annotation = (space: string): string => `${subscribed}(?:${space}\\|${space}${subscribed})*`;
const parameter = `(?:(?:\\*\\*?)?${identifier}(?:${blank}:${blank}${annotation(blank)})?|\\*|/)`;
const parameters = `\\(${blank}(?:${parameter}(?:${blank},${blank}${parameter})*${blank}(?:,${blank})?)?\\)`;
const header = new RegExp(`${parameters}(?:[ \\t]*->[ \\t]*${annotation('[ \\t]*')})?[ \\t]*:(?!=)`, 'y');

export interface SimpleHeader {
	readonly nameStart: number;
	readonly nameEnd: number;
	/** The opening parenthesis. */
	readonly start: number;
	/** Of the parameters and the return annotation: the colon. */
	readonly end: number;
}

/** What follows a `def` that ends at `at`, where it has no defaults and nothing in it is out of the ordinary. */
export function simpleHeader(text: string, at: number): SimpleHeader | undefined {
	const nameStart = pastBlanks(text, at);
	const end = nameEnd(text, nameStart);
	if (end === nameStart || nameStart === at || keywordAt(text, nameStart, end) !== T.Name) return undefined;
	const start = pastBlanks(text, end);
	header.lastIndex = start;
	if (!header.test(text)) return undefined;
	const colon = header.lastIndex - 1;
	return hasKeyword(text, start, colon) ? undefined : { nameStart, nameEnd: end, start, end: colon };
}

/** Other than `None`, which stands where the pattern lets it stand. */
function hasKeyword(text: string, from: number, to: number): boolean {
	let at = from;
	while (at < to) {
		const end = nameEnd(text, at);
		if (end === at) at++;
		else {
			const kind = keywordAt(text, at, end);
			if (kind !== T.Name && kind !== T.None) return true;
			at = end;
		}
	}
	return false;
}

function pastBlanks(text: string, at: number): number {
	let i = at;
	for (;;) {
		const code = text.charCodeAt(i);
		if (code !== Char.Space && code !== Char.Tab) return i;
		i++;
	}
}
