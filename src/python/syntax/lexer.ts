/**
 * Text to tokens, as CPython's tokenizer sees it: indentation becomes `Indent`/`Dedent`, line breaks inside brackets vanish.
 * Two things are ours. A function's body can come out as one `Body` token, its inside not looked at (most are never run).
 * And `recover` reads a text whose brackets don't pair so that they do: see layout.ts.
 */

import { isDigit, isNameStart, nameEnd } from './characters';
import { Char, formatStringEnd, isLong, lineEnd, numberEnd, plainStringEnd, prefixKind, stringShape } from './extent';
import { BracketLayout } from './layout';
import { blockExtent } from './logical-lines';
import { simpleHeader } from './simple-header';
import { keywordAt, T, type Tokens } from './tokens';

export interface LexOptions {
	/** Column of the block that `from` stands in. */
	readonly indent: number;
	/** The range is inside brackets: line breaks mean nothing. */
	readonly bracketed: boolean;
	/** Bodies of functions, and of classes at a module's own level, come as one token. */
	readonly lazy: boolean;
	readonly recover: boolean;
}

/** CPython's MAXINDENT; a deeper block is read as if it stood at this level. */
const MAX_INDENTATION = 100;

/** Where tokens are put while a text is read, to be copied out in one go: most texts are a function's few lines. */
const emptyRoom = () => ({ kinds: [] as T[], starts: [] as number[], ends: [] as number[], brackets: new BracketLayout() });
let room = emptyRoom();
/** Tokens of a text after which the room is given back. */
const MAX_ROOM = 100_000;

export function tokenize(text: string, from: number, to: number, options: LexOptions): Tokens {
	return new Lexer(text, from, to, options).run();
}

class Lexer {
	private readonly kinds: T[];
	private readonly starts: number[];
	private readonly ends: number[];
	private count = 0;
	private broken = false;
	private readonly problems: { start: number; end: number; message: string }[] = [];
	private readonly indents: number[];
	private readonly brackets: BracketLayout;
	/** Column of the physical line being read. */
	private column: number;
	/** The logical line being read began with `def`, or with `class` at a module's own level. */
	private definition = false;

	constructor(
		private readonly text: string,
		private readonly from: number,
		private readonly to: number,
		private readonly options: LexOptions,
	) {
		this.kinds = room.kinds;
		this.starts = room.starts;
		this.ends = room.ends;
		this.indents = [options.indent];
		this.column = options.indent;
		this.brackets = room.brackets;
		this.brackets.clear();
	}

	run(): Tokens {
		const { text, to } = this;
		let at = this.options.bracketed ? this.from : this.lineStart(this.from, true);
		while (at < to) {
			const code = text.charCodeAt(at);
			if (code === Char.Space || code === Char.Tab || code === Char.FormFeed) at++;
			else if (code === Char.LineFeed || code === Char.Return) at = this.lineBreak(at);
			else if (code === Char.Hash) at = lineEnd(text, at, to);
			else if (isNameStart(text, at)) at = this.name(at);
			else if (code === Char.Quote || code === Char.DoubleQuote) at = this.string(at, at, false);
			else if (isDigit(code) || (code === Char.Dot && isDigit(text.charCodeAt(at + 1))))
				at = this.emit(T.Number, at, numberEnd(text, at));
			else if (code === Char.Backslash) at = this.continuation(at);
			else at = this.operator(code, at);
		}
		this.finish();
		const { kinds, starts, ends, count } = this;
		if (kinds.length > MAX_ROOM) room = emptyRoom();
		return {
			kinds: kinds.slice(0, count),
			starts: starts.slice(0, count),
			ends: ends.slice(0, count),
			count,
			broken: this.broken,
			problems: this.problems,
		};
	}

	private emit(kind: T, start: number, end: number): number {
		this.kinds[this.count] = kind;
		this.starts[this.count] = start;
		this.ends[this.count++] = end;
		return end;
	}

	private problem(start: number, end: number, message: string): void {
		this.problems.push({ start, end, message });
	}

	private finish(): void {
		const { to } = this;
		if (this.brackets.depth > 0) {
			this.broken = true;
			this.problem(this.brackets.innermost, to, 'A bracket is never closed');
			this.closeAll(to);
		}
		const last = this.count === 0 ? T.Newline : (this.kinds[this.count - 1] as T);
		if (last !== T.Newline && last !== T.Body && last !== T.Dedent) this.emit(T.Newline, to, to);
		if (!this.options.bracketed) for (let level = this.indents.length; level > 1; level--) this.emit(T.Dedent, to, to);
		this.emit(T.Eof, to, to);
	}

	/** From the first character of a physical line outside brackets to its first token, telling of indentation on the way. */
	private lineStart(start: number, first = false): number {
		const { text, to } = this;
		let at = start;
		for (;;) {
			let column = first ? this.options.indent : 0;
			let code = text.charCodeAt(at);
			for (; at < to; code = text.charCodeAt(++at)) {
				if (code === Char.Space) column++;
				else if (code === Char.Tab) column = (column & ~7) + 8;
				else if (code === Char.FormFeed) column = 0;
				else if (code === Char.Backslash && this.isLineBreak(at + 1)) at = this.afterBreak(at + 1) - 1;
				else break;
			}
			if (at >= to) return to;
			if (code === Char.LineFeed || code === Char.Return) {
				at++;
				first = false;
				continue;
			}
			if (code === Char.Hash) {
				at = lineEnd(text, at, to);
				continue;
			}
			this.column = column;
			this.indent(column, at);
			this.definition = false;
			return at;
		}
	}

	private indent(column: number, at: number): void {
		const { indents } = this;
		let level = indents[indents.length - 1] as number;
		if (column > level) {
			if (indents.length >= MAX_INDENTATION) {
				if (indents.length === MAX_INDENTATION) this.problem(at, at, 'Too many levels of indentation');
				return;
			}
			indents.push(column);
			this.emit(T.Indent, at, at);
			return;
		}
		while (column < level && indents.length > 1) {
			indents.pop();
			this.emit(T.Dedent, at, at);
			level = indents[indents.length - 1] as number;
		}
		if (column > level) {
			// Between two levels: it continues the inner block, the nearest thing to what was meant.
			this.problem(at, at, 'Unindent does not match any outer indentation level');
			indents.push(column);
			this.emit(T.Indent, at, at);
		}
	}

	private isLineBreak(at: number): boolean {
		const code = this.text.charCodeAt(at);
		return at < this.to && (code === Char.LineFeed || code === Char.Return);
	}

	private afterBreak(at: number): number {
		return this.text.charCodeAt(at) === Char.Return && this.text.charCodeAt(at + 1) === Char.LineFeed ? at + 2 : at + 1;
	}

	private lineBreak(at: number): number {
		const next = this.afterBreak(at);
		if (this.options.bracketed) return next;
		if (this.brackets.depth > 0) return this.options.recover ? this.bracketedLine(next) : next;
		return this.logicalLineEnd(at, next);
	}

	private logicalLineEnd(at: number, next: number): number {
		const colon = this.definition && this.kinds[this.count - 1] === T.Colon;
		this.emit(T.Newline, at, at);
		if (!colon || !this.options.lazy) return this.lineStart(next);
		return this.skippedBody(next);
	}

	/** Passes over the body of a function or class as one token; `start` is the first line's start. */
	private skippedBody(start: number): number {
		const { text, to } = this;
		// The first line of the body that has a token tells its column.
		let at = start;
		let column = 0;
		for (; at < to; at++) {
			const code = text.charCodeAt(at);
			if (code === Char.Space) column++;
			else if (code === Char.Tab) column = (column & ~7) + 8;
			else if (code === Char.Hash) at = lineEnd(text, at, to) - 1;
			else if (code === Char.LineFeed || code === Char.Return || code === Char.FormFeed) column = 0;
			else break;
		}
		const level = this.indents[this.indents.length - 1] as number;
		if (at >= to || column <= level || text.charCodeAt(at) === Char.Backslash) return this.lineStart(start);
		const block = blockExtent(text, lineStartBefore(text, at, start), to, column);
		if (block.broken) this.broken = true;
		this.emit(T.Body, at, block.end);
		return this.lineStart(block.next);
	}

	/** A new line inside brackets, in a text known to be broken: maybe they should have been closed before it. */
	private bracketedLine(start: number): number {
		const { text, to } = this;
		let at = start;
		let column = 0;
		for (; at < to; at++) {
			const code = text.charCodeAt(at);
			if (code === Char.Space) column++;
			else if (code === Char.Tab) column = (column & ~7) + 8;
			else break;
		}
		if (at >= to) return to;
		this.column = column;
		const level = this.indents[this.indents.length - 1] as number;
		if (!this.brackets.endsBefore(text, at, column, level)) {
			const closer = closerKind(text.charCodeAt(at));
			const depth = closer === undefined ? 0 : this.brackets.openedAtColumn(closer, column);
			if (depth > 0 && depth < this.brackets.depth) {
				this.broken = true;
				this.problem(this.brackets.innermost, at, 'A bracket is never closed');
				this.closeTo(depth, at);
			}
			return at;
		}
		this.broken = true;
		this.problem(this.brackets.innermost, at, 'A bracket is never closed');
		this.closeAll(start - 1);
		return this.logicalLineEnd(start - 1, start);
	}

	/** Closes, by tokens of no width, every bracket inside the one at `depth`. */
	private closeTo(depth: number, at: number): void {
		while (depth > 0 && this.brackets.depth > depth) this.emit(this.brackets.pop(), at, at);
	}

	private closeAll(at: number): void {
		while (this.brackets.depth > 0) this.emit(this.brackets.pop(), at, at);
	}

	private continuation(at: number): number {
		if (this.isLineBreak(at + 1)) return this.afterBreak(at + 1);
		this.problem(at, at + 1, 'Unexpected character after line continuation');
		return this.emit(T.Stray, at, at + 1);
	}

	private name(at: number): number {
		const { text } = this;
		const end = nameEnd(text, at);
		const next = text.charCodeAt(end);
		if ((next === Char.Quote || next === Char.DoubleQuote) && end < this.to) {
			const kind = prefixKind(text, at, end);
			if (kind !== 0) return this.string(at, end, kind === 2);
		}
		const kind = keywordAt(text, at, end);
		if (
			(kind === T.Def || (kind === T.Class && this.indents.length === 1 && this.options.indent === 0)) &&
			this.startsDefinition()
		) {
			this.definition = true;
			if (kind === T.Def && this.options.lazy) return this.header(at, end);
		}
		return this.emit(kind, at, end);
	}

	/** A `def`, with its name and parameters where they are simple. */
	private header(at: number, end: number): number {
		this.emit(T.Def, at, end);
		const simple = simpleHeader(this.text, end);
		if (!simple || simple.end >= this.to) return end;
		this.emit(T.Name, simple.nameStart, simple.nameEnd);
		return this.emit(T.Signature, simple.start, simple.end);
	}

	/** Whether a `def` met now begins the logical line, `async` aside. */
	private startsDefinition(): boolean {
		let before = this.count - 1;
		if (before >= 0 && this.kinds[before] === T.Async) before--;
		return before < 0 || (this.kinds[before] as T) <= T.Body;
	}

	private string(start: number, quoteAt: number, format: boolean): number {
		const { text, to } = this;
		let end = -1;
		if (format) end = formatStringEnd(text, quoteAt, to, stringShape(text, start).raw);
		if (end < 0) end = plainStringEnd(text, quoteAt, to);
		const long = isLong(text, quoteAt, text.charCodeAt(quoteAt));
		if (end >= 0 && end <= to && !(long && this.options.recover && this.brackets.swallows(text, quoteAt, end)))
			return this.emit(T.String, start, end);
		this.broken = true;
		end = lineEnd(text, quoteAt, to);
		this.problem(start, end, 'Unterminated string literal');
		return this.emit(T.String, start, end);
	}

	private open(kind: T, at: number): number {
		this.brackets.push((kind + 1) as T, this.column, at);
		return this.emit(kind, at, at + 1);
	}

	private close(kind: T, at: number): number {
		const { brackets } = this;
		if (brackets.depth > 0 && brackets.expected === kind) {
			if (
				this.options.recover &&
				!this.options.bracketed &&
				brackets.closesEarly(this.text, at, this.indents[this.indents.length - 1] as number)
			) {
				this.problem(at, at + 1, 'This closing bracket ends the statement, but more of it follows');
				return this.emit(T.Stray, at, at + 1);
			}
			brackets.pop();
			return this.emit(kind, at, at + 1);
		}
		this.broken = true;
		const depth = this.options.recover ? brackets.lastOf(kind) : 0;
		if (depth === 0 || brackets.closesOuterEarly(this.text, at, depth)) {
			this.problem(at, at + 1, 'This closing bracket closes nothing');
			return this.emit(T.Stray, at, at + 1);
		}
		this.problem(brackets.innermost, at, 'A bracket is never closed');
		this.closeTo(depth, at);
		brackets.pop();
		return this.emit(kind, at, at + 1);
	}

	/** An operator that may be doubled (`*`, `**`) and take a `=`. */
	private arithmetic(at: number, code: number, single: T, doubled: T): number {
		const { text } = this;
		const next = text.charCodeAt(at + 1);
		if (next === Char.Equals) return this.emit(T.AugAssign, at, at + 2);
		if (next !== code || doubled === T.Stray) return this.emit(single, at, at + 1);
		if (text.charCodeAt(at + 2) === Char.Equals) return this.emit(T.AugAssign, at, at + 3);
		return this.emit(doubled, at, at + 2);
	}

	private withEquals(at: number, alone: T, withEquals: T): number {
		return this.text.charCodeAt(at + 1) === Char.Equals ? this.emit(withEquals, at, at + 2) : this.emit(alone, at, at + 1);
	}

	private operator(code: number, at: number): number {
		const { text } = this;
		const next = text.charCodeAt(at + 1);
		switch (code) {
			case 40:
				return this.open(T.ParenL, at);
			case 41:
				return this.close(T.ParenR, at);
			case 91:
				return this.open(T.BracketL, at);
			case 93:
				return this.close(T.BracketR, at);
			case 123:
				return this.open(T.BraceL, at);
			case 125:
				return this.close(T.BraceR, at);
			case 44:
				return this.emit(T.Comma, at, at + 1);
			case 46:
				if (next === Char.Dot && text.charCodeAt(at + 2) === Char.Dot) return this.emit(T.Ellipsis, at, at + 3);
				return this.emit(T.Dot, at, at + 1);
			case 58:
				return this.withEquals(at, T.Colon, T.Walrus);
			case 59:
				return this.emit(T.Semicolon, at, at + 1);
			case 61:
				return this.withEquals(at, T.Assign, T.Equal);
			case 42:
				return this.arithmetic(at, code, T.Star, T.DoubleStar);
			case 47:
				return this.arithmetic(at, code, T.Slash, T.DoubleSlash);
			case 43:
				return this.arithmetic(at, code, T.Plus, T.Stray);
			case 45:
				if (next === 62) return this.emit(T.Arrow, at, at + 2);
				return this.arithmetic(at, code, T.Minus, T.Stray);
			case 37:
				return this.arithmetic(at, code, T.Percent, T.Stray);
			case 64:
				return this.arithmetic(at, code, T.At, T.Stray);
			case 38:
				return this.arithmetic(at, code, T.Amp, T.Stray);
			case 124:
				return this.arithmetic(at, code, T.Bar, T.Stray);
			case 94:
				return this.arithmetic(at, code, T.Caret, T.Stray);
			case 126:
				return this.emit(T.Tilde, at, at + 1);
			case 60:
				if (next === 60) return this.arithmetic(at, code, T.Less, T.LShift);
				if (next === 62) return this.emit(T.NotEqual, at, at + 2);
				return this.withEquals(at, T.Less, T.LessEqual);
			case 62:
				if (next === 62) return this.arithmetic(at, code, T.Greater, T.RShift);
				return this.withEquals(at, T.Greater, T.GreaterEqual);
			case 33:
				if (next === Char.Equals) return this.emit(T.NotEqual, at, at + 2);
				break;
		}
		this.problem(at, at + 1, 'Unexpected character');
		return this.emit(T.Stray, at, at + 1);
	}
}

function closerKind(code: number): T | undefined {
	return code === 41 ? T.ParenR : code === 93 ? T.BracketR : code === 125 ? T.BraceR : undefined;
}

function lineStartBefore(text: string, at: number, floor: number): number {
	let start = at;
	while (start > floor) {
		const code = text.charCodeAt(start - 1);
		if (code === Char.LineFeed || code === Char.Return) break;
		start--;
	}
	return start;
}
