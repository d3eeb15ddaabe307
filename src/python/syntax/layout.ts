/**
 * The open brackets of a text that is being typed. Where they don't pair, layout tells what was meant: a statement's keyword
 * never stands inside brackets, an assignment at the statement's own column begins a new one, and a closing bracket that
 * begins a line belongs to the opening one whose line has the same column.
 */

import { nameEnd } from './characters';
import { keywordAt, neverInExpression, T } from './tokens';

const assignment = /[A-Za-z_][\w.]*(?:\[[^\]\n]*\])?\s(?:=|\+=)\s|[A-Za-z_]\w*\s*:\s*[\w.[\], ]+\s=\s/y;
const fromImport = /from\s+[\w.]+\s+import\b/y;
const decorator = /@[\w.]+/y;
const blockHeader = /(?:if|for|else|async)\b[^\n]*:[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/y;
/** The code after a bracket on its line, then the indentation of the next line that has any. */
const restOfLine = /([^\n#]*)(?:#[^\n]*)?(?:\n[ \t]*(?:#[^\n]*)?(?=\n))*\n([ \t]*)(?=[^\s\])}])/y;
/** The rest of a bracket's line, then the indentation of the next line that has any code, a closing bracket. */
const closerBelow = /[^\n]*(?:\n[ \t]*(?:#[^\n]*)?(?=\n))*\n([ \t]*)[\])}]/y;
/** A line that is code rather than prose, at the left margin. */
const codeAtMargin =
	/\n(?:(?:def|class)\s+\w+\s*[(:]|import\s+[\w.]+\s*(?:\n|as\b)|from\s+[\w.]+\s+import\s|[A-Za-z_]\w*\s\+?=\s*[[({\w'"])/;

export class BracketLayout {
	private readonly closers: T[] = [];
	private readonly columns: number[] = [];
	private readonly offsets: number[] = [];

	/** How many are open; what stands further up in the lists is of no account. */
	depth = 0;

	clear(): void {
		this.depth = 0;
	}

	/** The closing bracket that would close the innermost one. */
	get expected(): T {
		return this.depth > 0 ? (this.closers[this.depth - 1] ?? T.Eof) : T.Eof;
	}

	/** Offset of the innermost open bracket. */
	get innermost(): number {
		return this.depth > 0 ? (this.offsets[this.depth - 1] ?? 0) : 0;
	}

	/** `column` is that of the physical line the bracket stands on. */
	push(closer: T, column: number, at: number): void {
		this.closers[this.depth] = closer;
		this.columns[this.depth] = column;
		this.offsets[this.depth++] = at;
	}

	pop(): T {
		return this.depth > 0 ? (this.closers[--this.depth] ?? T.Eof) : T.Eof;
	}

	/** Depth of the innermost bracket that `closer` closes, 0 if there is none. */
	lastOf(closer: T): number {
		return this.depth > 0 ? this.closers.lastIndexOf(closer, this.depth - 1) + 1 : 0;
	}

	/** The same, of those whose line begins at the given column; 0 too where the innermost one is meant anyway. */
	openedAtColumn(closer: T, column: number): number {
		for (let index = this.depth - 1; index >= 0; index--)
			if (this.closers[index] === closer && this.columns[index] === column) return index + 1;
		return 0;
	}

	/** Whether the line whose first token is at `at` must be a new statement, the brackets before it having been left open. */
	endsBefore(text: string, at: number, column: number, statementColumn: number): boolean {
		const word = keywordAt(text, at, nameEnd(text, at));
		if (neverInExpression[word] === 1) return true;
		if (word === T.From) return matchesAt(fromImport, text, at);
		if (column > statementColumn) return false;
		if (word === T.Name) return matchesAt(assignment, text, at) || matchesAt(decorator, text, at);
		return matchesAt(blockHeader, text, at);
	}

	/**
	 * Whether the closing bracket at `at` can't be the last one of its statement, because the next line is indented as only the
	 * inside of a bracket is.
	 */
	closesEarly(text: string, at: number, statementColumn: number): boolean {
		if (this.depth !== 1 || text.lastIndexOf('\n', at) < this.innermost) return false;
		restOfLine.lastIndex = at + 1;
		const [, rest = '', column = ''] = restOfLine.exec(text) ?? [];
		return column.length > statementColumn && !rest.trimEnd().endsWith(':');
	}

	/**
	 * Whether the closing bracket at `at`, which passes over brackets that are open, was not meant to close the one at `depth`: that
	 * one stands on an earlier line, and the next line is indented as what is inside of it, or closes a bracket in its column.
	 */
	closesOuterEarly(text: string, at: number, depth: number): boolean {
		const opened = this.offsets[depth - 1] ?? 0;
		const lineStart = text.lastIndexOf('\n', at) + 1;
		if (opened >= lineStart || text.slice(lineStart, at).trim() === '') return false;
		const own = this.columns[depth - 1] ?? 0;
		closerBelow.lastIndex = at + 1;
		const below = closerBelow.exec(text)?.[1];
		if (below !== undefined) return below.length === own;
		restOfLine.lastIndex = at + 1;
		const [, , column = ''] = restOfLine.exec(text) ?? [];
		return column.length > own;
	}

	/** Whether a long string from `at` to `end` looks as if it had lost its own closing quotes and found another's. */
	swallows(text: string, at: number, end: number): boolean {
		return codeAtMargin.test(text.slice(at, end));
	}
}

function matchesAt(pattern: RegExp, text: string, at: number): boolean {
	pattern.lastIndex = at;
	return pattern.test(text);
}
