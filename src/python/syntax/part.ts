/** A part of a module that is read for itself: of a text in which one statement was edited, the others stay what they are. */

import type { Stmt, SyntaxProblem } from './ast';
import { tokenize } from './lexer';
import { StatementParser } from './statements';

/** The statements of this part of the text, which begins and ends between statements of a module's top level. */
export function parsePart(text: string, from: number, to: number, errors: SyntaxProblem[]): Stmt[] {
	const tokens = tokenize(text, from, to, { indent: 0, bracketed: false, lazy: true, recover: false });
	return new StatementParser(text, tokens, errors, true).module();
}

/**
 * Whether brackets and strings pair within this part, bodies of functions included: then what stands after it is read
 * as it would be without.
 */
export function isWhole(text: string, from: number, to: number): boolean {
	if (/\\\s*$/.test(text.slice(Math.max(from, to - 200), to))) return false;
	const tokens = tokenize(text, from, to, { indent: 0, bracketed: false, lazy: false, recover: false });
	return !tokens.broken && tokens.problems.length === 0;
}
