/** Logical lines and the blocks they make, told by indentation, brackets and strings alone: the fast pass over text not parsed. */

import { Char, lineEnd, nestedStringEnd } from './extent';

/** Walks the logical lines of a range that have a token (blank lines and comments are passed over). */
export class LogicalLines {
	/** Offset of the line's first token. */
	start: number;
	/** Start of the physical line that `start` stands on. */
	lineStart: number;
	/** Column of `start`, tabs to multiples of eight. */
	column = 0;
	/** End of the line's last token. */
	end: number;
	/** A bracket or a string in the lines so far doesn't end, or closes nothing. */
	broken = false;
	private at: number;

	constructor(
		private readonly text: string,
		from: number,
		private readonly to: number,
	) {
		this.at = from;
		this.start = from;
		this.lineStart = from;
		this.end = from;
	}

	/** To the first token of the next line; false at the end of the range. Its extent is known after `finish`. */
	next(): boolean {
		const { text, to } = this;
		let { at } = this;
		for (;;) {
			const line = at;
			let column = 0;
			let code = 0;
			for (; at < to; at++) {
				code = text.charCodeAt(at);
				if (code === Char.Space) column++;
				else if (code === Char.Tab) column = (column & ~7) + 8;
				else if (code === Char.FormFeed) column = 0;
				else break;
			}
			if (at >= to) {
				this.at = to;
				return false;
			}
			if (code === Char.LineFeed || code === Char.Return) at++;
			else if (code === Char.Hash) at = lineEnd(text, at, to);
			else {
				this.lineStart = line;
				this.start = at;
				this.column = column;
				this.at = at;
				return true;
			}
		}
	}

	/** Passes over the line that `next` came to. */
	finish(): void {
		const { text, to } = this;
		let open = 0;
		let at = this.start;
		for (; at < to; at++) {
			const code = text.charCodeAt(at);
			if (code > Char.BracketR) {
				if (code === Char.BraceL) open++;
				else if (code === Char.BraceR) open--;
			} else if (code > Char.ParenR) {
				if (code === Char.BracketL) open++;
				else if (code === Char.BracketR) open--;
				else if (code === Char.Backslash) {
					if (text.charCodeAt(at + 1) === Char.Return && text.charCodeAt(at + 2) === Char.LineFeed) at++;
					at++;
				}
			} else if (code === Char.LineFeed || code === Char.Return) {
				if (open <= 0) break;
			} else if (code === Char.Quote || code === Char.DoubleQuote) {
				let stop = nestedStringEnd(text, at, to, 0);
				if (stop < 0) {
					this.broken = true;
					stop = lineEnd(text, at, to);
				}
				at = stop - 1;
			} else if (code === Char.ParenL) open++;
			else if (code === Char.ParenR) open--;
			else if (code === Char.Hash) {
				if (open <= 0) break;
				at = lineEnd(text, at, to) - 1;
			}
		}
		if (open !== 0) this.broken = true;
		at = Math.min(at, to);
		this.end = trimmedEnd(text, at);
		this.at = at;
	}
}

export interface Block {
	/** End of its last statement. */
	readonly end: number;
	/** Start of the line after it, which is indented less, or the range's end. */
	readonly next: number;
	/** A bracket or a string in it doesn't end. */
	readonly broken: boolean;
}

/** The extent of the block of statements indented by `column` or more, whose first line begins at `lineStart`. */
export function blockExtent(text: string, lineStart: number, to: number, column: number): Block {
	const lines = new LogicalLines(text, lineStart, to);
	let end = lineStart;
	while (lines.next()) {
		if (lines.column < column) return { end, next: lines.lineStart, broken: lines.broken };
		lines.finish();
		end = lines.end;
	}
	return { end, next: to, broken: lines.broken };
}

function trimmedEnd(text: string, at: number): number {
	let end = at;
	for (;;) {
		const code = text.charCodeAt(end - 1);
		if (code !== Char.Space && code !== Char.Tab && code !== Char.FormFeed) return end;
		end--;
	}
}
