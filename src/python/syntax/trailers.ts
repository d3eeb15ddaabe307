/** What stands in the brackets behind a value: a call's arguments, and a subscript's slices. */

import type { Expr, Keyword } from './ast';
import { DisplayParser } from './displays';
import { startsExpression, T } from './tokens';

export abstract class TrailerParser extends DisplayParser {
	protected abstract named(): Expr;

	/** From `(` past `)`. */
	protected callArguments(): { args: Expr[]; keywords: Keyword[] } {
		const opened = this.start;
		this.take();
		let args: Expr[] = [];
		const keywords: Keyword[] = [];
		if (this.startsArgument() || (!this.is(T.ParenR) && this.nextArgument())) {
			do {
				this.argument(opened, args, keywords);
				this.unswallow(args);
			} while (this.nextArgument());
		}
		if (this.closeBracket(T.ParenR)) args = this.layoutItems(args, opened);
		return { args, keywords };
	}

	private startsArgument(): boolean {
		return this.startsItem() || this.kind === T.DoubleStar;
	}

	private nextArgument(): boolean {
		return this.nextItem(T.ParenR, (kind) => kind === T.Star || kind === T.DoubleStar);
	}

	private argument(opened: number, args: Expr[], keywords: Keyword[]): void {
		const start = this.start;
		if (this.accept(T.DoubleStar)) {
			const value = this.expression();
			keywords.push({ start, end: this.lastEnd, value });
			return;
		}
		if (this.kind === T.Star) {
			this.take();
			const value = this.expression();
			this.argumentValue({ kind: 'Starred', start, end: this.lastEnd, value }, opened, args, keywords);
			return;
		}
		if (this.kind === T.Name && this.kindAt(this.at + 1) === T.Assign) {
			const arg = this.takeName('a name');
			this.take();
			const value = this.onNewItem() ? this.errorExpr(this.lastEnd, this.lastEnd) : this.expression();
			keywords.push({ start, end: this.lastEnd, arg, value });
			return;
		}
		this.argumentValue(this.named(), opened, args, keywords);
	}

	/** The value, or the generator whose element it is. */
	private argumentValue(value: Expr, opened: number, args: Expr[], keywords: readonly Keyword[]): void {
		if (!this.startsComprehension()) {
			args.push(value);
			return;
		}
		const generators = this.comprehensions();
		// A lone generator takes the call's parentheses as its own.
		const alone = args.length === 0 && keywords.length === 0 && this.kind === T.ParenR;
		args.push({
			kind: 'GeneratorExp',
			start: alone ? opened : value.start,
			end: alone ? this.end : this.lastEnd,
			elt: value,
			generators,
		});
	}

	protected slices(): Expr {
		const start = this.start;
		const first = this.sliceItem();
		// A lone starred item makes a tuple here, without a comma (PEP 646).
		if (!this.is(T.Comma)) return first.kind === 'Starred' ? { kind: 'Tuple', start, end: this.lastEnd, elts: [first] } : first;
		const elts = [first];
		while (this.accept(T.Comma)) {
			if (this.kind === T.BracketR || !(this.startsItem() || this.kind === T.Colon)) break;
			elts.push(this.sliceItem());
		}
		return { kind: 'Tuple', start, end: this.lastEnd, elts };
	}

	private sliceItem(): Expr {
		const start = this.start;
		const lower = this.kind === T.Colon || this.kind === T.Walrus ? undefined : this.starOrNamed();
		if (this.kind !== T.Colon) return lower ?? this.errorExpr(start, start);
		this.take();
		const upper = startsExpression[this.kind] === 1 ? this.expression() : undefined;
		const step = this.accept(T.Colon) && startsExpression[this.kind] === 1 ? this.expression() : undefined;
		return {
			kind: 'Slice',
			start,
			end: this.lastEnd,
			...(lower && { lower }),
			...(upper && { upper }),
			...(step && { step }),
		};
	}
}
