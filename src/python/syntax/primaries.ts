/** Atoms, and primaries: an atom with its attributes, calls and subscripts. Also lambdas and yields, which stand where atoms do. */

import type { ConstantValue, Expr } from './ast';
import { MAX_CHAIN } from './cursor';
import { T } from './tokens';
import { TrailerParser } from './trailers';

const ellipsis: ConstantValue = { type: 'ellipsis' };

export abstract class PrimaryParser extends TrailerParser {
	protected abstract expressions(): Expr;

	/** Set by a `yield`; whoever reads a function's own body looks at it. */
	protected yields = false;

	protected primary(): Expr {
		const start = this.start;
		let value = this.atom();
		for (let links = 0; ; links++) {
			const { kind } = this;
			if (links >= MAX_CHAIN && (kind === T.Dot || kind === T.ParenL || kind === T.BracketL)) return this.tooDeep();
			switch (kind) {
				case T.Dot: {
					this.take();
					if (this.kind < T.And && this.kind !== T.Name) {
						this.unexpected('Expected a name after the dot');
						return this.errorExpr(start, this.lastEnd, [value]);
					}
					const attrStart = this.start;
					if (this.onNewItem()) return this.errorExpr(start, this.lastEnd, [value]);
					if (this.kind !== T.Name) {
						// A keyword on the next line is the next statement, not an attribute.
						if (this.text.slice(this.lastEnd, attrStart).includes('\n')) return this.errorExpr(start, this.lastEnd, [value]);
						this.unexpected('A keyword cannot be an attribute');
					}
					const attr = this.attributeName();
					value = { kind: 'Attribute', start, end: this.lastEnd, value, attr, attrStart };
					break;
				}
				case T.ParenL: {
					const { args, keywords } = this.callArguments();
					value = { kind: 'Call', start, end: this.lastEnd, func: value, args, keywords };
					break;
				}
				case T.BracketL: {
					this.take();
					const slice = this.slices();
					this.closeBracket(T.BracketR);
					value = { kind: 'Subscript', start, end: this.lastEnd, value, slice };
					break;
				}
				default:
					return value;
			}
		}
	}

	private attributeName(): string {
		if (this.kind === T.Name) return this.takeName('an attribute');
		const name = this.written;
		this.take();
		return name;
	}

	private atom(): Expr {
		const { kind, start } = this;
		switch (kind) {
			case T.Name: {
				const id = this.takeName('a name');
				return { kind: 'Name', start, end: this.lastEnd, id };
			}
			case T.Number:
				return this.number();
			case T.String:
				return this.strings();
			case T.None:
				return this.constant(null);
			case T.True:
				return this.constant(true);
			case T.False:
				return this.constant(false);
			case T.Ellipsis:
				return this.constant(ellipsis);
			case T.ParenL:
				return this.parenthesized();
			case T.BracketL:
				return this.list();
			case T.BraceL:
				return this.braces();
			case T.Lambda:
				return this.expression();
			case T.Yield:
				this.unexpected('A yield needs parentheses here');
				return this.yieldExpression();
			default:
				this.unexpected('Expected an expression');
				return this.errorExpr(this.lastEnd, this.lastEnd);
		}
	}

	private constant(value: ConstantValue): Expr {
		const start = this.start;
		this.take();
		return { kind: 'Constant', start, end: this.lastEnd, value };
	}

	protected yieldExpression(): Expr {
		const start = this.start;
		this.yields = true;
		this.take();
		if (this.accept(T.From)) {
			const value = this.expression();
			return { kind: 'YieldFrom', start, end: this.lastEnd, value };
		}
		if (!this.startsItem()) return { kind: 'Yield', start, end: this.lastEnd };
		const value = this.expressions();
		return { kind: 'Yield', start, end: this.lastEnd, value };
	}

	protected lambda(): Expr {
		const start = this.start;
		this.take();
		const args = this.parameters(T.Colon, false);
		if (!this.accept(T.Colon)) {
			this.unexpected("Expected ':'");
			return this.errorExpr(start, this.lastEnd);
		}
		const outer = this.yields;
		this.yields = false;
		const body = this.expression();
		const generator = this.yields;
		this.yields = outer;
		return { kind: 'Lambda', start, end: this.lastEnd, args, body, generator };
	}
}
