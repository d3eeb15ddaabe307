/**
 * Python text to the abstract syntax of ast.ts: the one door of this folder for whole modules.
 *
 * The parser is written by hand after CPython's grammar: one pass over the tokens, no backtracking, time linear in the text.
 * Text that isn't Python still gives a module: see layout.ts for brackets that don't pair and statements.ts for the rest.
 */

import type { Module, SyntaxProblem } from './ast';
import { tokenize } from './lexer';
import { StatementParser } from './statements';

export interface ParseOptions {
	/** Read every function's body now, so that `errors` is complete. Else a body is read when asked for, and adds its own then. */
	readonly whole?: boolean;
}

/** Longer than this a text is data, not configuration: it is not read. In UTF-16 units. */
const MAX_LENGTH = 16 * 1024 * 1024;

/** Any text gives a module; what could not be read of it is in `errors`. Syntax of Python 3.8 to 3.15. */
export function parseModule(text: string, options: ParseOptions = {}): Module {
	if (text.length > MAX_LENGTH) {
		const message = `Longer than ${MAX_LENGTH >> 20} million characters, not read`;
		return { kind: 'Module', body: [], errors: [{ start: 0, end: 0, message }] };
	}
	const lazy = options.whole !== true;
	const errors: SyntaxProblem[] = [];
	let tokens = tokenize(text, 0, text.length, { indent: 0, bracketed: false, lazy, recover: false });
	if (tokens.broken) tokens = tokenize(text, 0, text.length, { indent: 0, bracketed: false, lazy: false, recover: true });
	const body = new StatementParser(text, tokens, errors, lazy).module();
	return { kind: 'Module', body, errors };
}
