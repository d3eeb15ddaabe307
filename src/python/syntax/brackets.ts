/**
 * What stands in brackets: items up to the closing one, past whatever is no item, and what becomes of a bracket that was left
 * open (layout.ts has closed it by a token of no width): items that are laid out as those of the sequence around it go there.
 */

import type { Expr, List, SetExpr, Tuple } from './ast';
import { StringParser } from './strings';
import { startsExpression, T } from './tokens';

export abstract class BracketParser extends StringParser {
	/** Items found inside a bracket that was left open, but laid out as items of the one around it: see `layoutItems`. */
	protected swallowed: Expr[] = [];
	/** The last list, tuple or set that was never closed. */
	protected openSequence: List | Tuple | SetExpr | undefined;

	/** An element of a display. */
	protected abstract starOrNamed(): Expr;

	protected startsItem(): boolean {
		return startsExpression[this.kind] === 1 || this.kind === T.Star;
	}

	protected moveTo(index: number): void {
		this.at = index;
		this.kind = this.kindAt(index);
	}

	/** The items after the first up to and with the closing bracket, those swallowed by a broken one among them. */
	protected items(opened: number, first: Expr, closer: T): readonly Expr[] {
		const elts: Expr[] = [];
		this.addItem(first, elts);
		while (this.nextItem(closer, (kind) => kind === T.Star)) this.addItem(this.starOrNamed(), elts);
		return this.closeBracket(closer) ? this.layoutItems(elts, opened) : elts;
	}

	protected addItem(item: Expr, elts: Expr[]): void {
		// One in another that is never closed is a stray bracket: its items are those of the one around it.
		if (item === this.openSequence) elts.push(...this.openSequence.elts);
		else elts.push(item);
		this.unswallow(elts);
	}

	protected unswallow(elts: Expr[]): void {
		if (this.swallowed.length === 0) return;
		const { swallowed } = this;
		this.swallowed = [];
		elts.push(...swallowed);
	}

	/**
	 * Of a bracket that was left open: the items that begin a line no further right than the line of the bracket's own first
	 * token were meant to follow it, not to stand in it. They go to whoever reads the sequence around it.
	 */
	protected layoutItems(elts: Expr[], opened: number): Expr[] {
		let line = -1;
		const index = elts.findIndex((elt) => {
			const column = this.lineBreakBefore(elt.start);
			if (column < 0) return false;
			if (line < 0) line = this.lineColumn(opened);
			return column <= line;
		});
		if (index < 0) return elts;
		this.swallowed.push(...elts.slice(index));
		return elts.slice(0, index);
	}

	/** In broken text: whether the current token begins a line no further right than that of the last, half-typed one. */
	protected onNewItem(): boolean {
		if (!this.recovering) return false;
		const column = this.lineBreakBefore(this.start);
		return column >= 0 && column <= this.lineColumn(this.lastEnd);
	}

	/** The column of a token that begins its line, -1 for another. */
	private lineBreakBefore(at: number): number {
		for (let i = at - 1; i >= 0; i--) {
			const code = this.text.charCodeAt(i);
			if (code === 10 || code === 13) return this.lineColumn(at);
			if (code !== 32 && code !== 9) return -1;
		}
		return this.lineColumn(at);
	}

	/** Width of the white space that the line begins with. */
	private lineColumn(at: number): number {
		let column = 0;
		for (let i = this.text.lastIndexOf('\n', at - 1) + 1; ; i++) {
			const code = this.text.charCodeAt(i);
			if (code === 32) column++;
			else if (code === 9) column = (column & ~7) + 8;
			else return column;
		}
	}

	/**
	 * To the next item of a bracketed sequence: past the comma, or past what is neither comma nor item. False before the
	 * closing bracket (or the end of a nested range).
	 */
	protected nextItem(closer: T, alsoStarts: (kind: T) => boolean): boolean {
		let comma = this.accept(T.Comma);
		for (;;) {
			const { kind } = this;
			if (kind === closer || kind <= T.Body) return false;
			if (startsExpression[kind] === 1 || alsoStarts(kind)) {
				if (!comma) this.unexpected('Expected a comma');
				return true;
			}
			if (kind === T.ParenR || kind === T.BracketR || kind === T.BraceR) return false;
			this.unexpected(kind === T.Comma ? 'Expected an expression' : 'Invalid syntax');
			this.take();
			comma = true;
		}
	}

	/** Takes the closing bracket, whatever stands before it; true where the text has none. */
	protected closeBracket(closer: T): boolean {
		if (this.kind !== closer && this.kind > T.Body) {
			this.unexpected('Invalid syntax');
			while (this.kind !== closer && this.kind > T.Body) {
				if (this.kind === T.ParenL || this.kind === T.BracketL || this.kind === T.BraceL) this.moveTo(this.closing(this.at));
				else if (this.kind === T.ParenR || this.kind === T.BracketR || this.kind === T.BraceR) break;
				this.take();
			}
		}
		if (this.kind !== closer) return true;
		const lost = this.start === this.end;
		if (lost) this.skip();
		else this.take();
		return lost;
	}

	/** Passes over what nests too deep: up to the end of the bracket or line it stands in. */
	protected tooDeep(): Expr {
		const start = this.start;
		this.unexpected('Nested too deeply');
		while (this.kind > T.Body) {
			if (this.kind === T.ParenR || this.kind === T.BracketR || this.kind === T.BraceR) break;
			if (this.kind === T.ParenL || this.kind === T.BracketL || this.kind === T.BraceL) this.moveTo(this.closing(this.at));
			this.take();
		}
		return this.errorExpr(start, Math.max(start, this.lastEnd));
	}
}
