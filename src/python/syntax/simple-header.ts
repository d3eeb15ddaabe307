/** Headers of functions that need no parser to be told right: most functions are never called, nor are their parameters looked at. */

import { nameEnd } from './characters';
import { Char } from './extent';
import { keywordAt, T } from './tokens';

const blank = '[ \\t\\r\\n]*';
const keywords =
	'and|as|assert|async|await|break|class|continue|def|del|elif|else|except|False|finally|for|from|global|if|import|in|is|lambda|None|nonlocal|not|or|pass|raise|return|True|try|while|with|yield';
const identifier = `(?!(?:${keywords})\\b)[A-Za-z_]\\w*`;
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
	return header.test(text) ? { nameStart, nameEnd: end, start, end: header.lastIndex - 1 } : undefined;
}

function pastBlanks(text: string, at: number): number {
	let i = at;
	for (;;) {
		const code = text.charCodeAt(i);
		if (code !== Char.Space && code !== Char.Tab) return i;
		i++;
	}
}
