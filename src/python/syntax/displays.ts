/** What stands in brackets of its own: parenthesized expressions, tuples, lists, sets and dicts, with their comprehensions. */

import type { Expr, List, SetExpr, Tuple } from './ast';
import { ComprehensionParser } from './comprehensions';
import { T } from './tokens';

export abstract class DisplayParser extends ComprehensionParser {
	protected abstract yieldExpression(): Expr;

	protected parenthesized(): Expr {
		const start = this.start;
		this.take();
		if (this.kind === T.Yield) {
			const value = this.yieldExpression();
			this.closeBracket(T.ParenR);
			return value;
		}
		if (this.accept(T.ParenR)) return { kind: 'Tuple', start, end: this.lastEnd, elts: [] };
		const first = this.starOrNamed();
		if (this.startsComprehension()) {
			const generators = this.comprehensions();
			this.closeBracket(T.ParenR);
			return { kind: 'GeneratorExp', start, end: this.lastEnd, elt: first, generators };
		}
		if (this.kind === T.ParenR && first.kind !== 'Starred') {
			this.closeBracket(T.ParenR);
			return first;
		}
		const elts = this.items(start, first, T.ParenR);
		const tuple: Tuple = { kind: 'Tuple', start, end: this.lastEnd, elts };
		if (this.text.charCodeAt(this.lastEnd - 1) !== 41) this.openSequence = tuple;
		return tuple;
	}

	protected list(): Expr {
		const start = this.start;
		this.take();
		if (this.accept(T.BracketR)) return { kind: 'List', start, end: this.lastEnd, elts: [] };
		const first = this.starOrNamed();
		if (this.startsComprehension()) {
			const generators = this.comprehensions();
			this.closeBracket(T.BracketR);
			return { kind: 'ListComp', start, end: this.lastEnd, elt: first, generators };
		}
		const elts = this.items(start, first, T.BracketR);
		const list: List = { kind: 'List', start, end: this.lastEnd, elts };
		if (this.text.charCodeAt(this.lastEnd - 1) !== 93) this.openSequence = list;
		return list;
	}

	protected braces(): Expr {
		const start = this.start;
		this.take();
		if (this.accept(T.BraceR)) return { kind: 'Dict', start, end: this.lastEnd, keys: [], values: [] };
		if (this.kind === T.DoubleStar) return this.dict(start, undefined);
		const first = this.starOrNamed();
		if (this.kind === T.Colon) return this.dict(start, first);
		if (this.startsComprehension()) {
			const generators = this.comprehensions();
			this.closeBracket(T.BraceR);
			return { kind: 'SetComp', start, end: this.lastEnd, elt: first, generators };
		}
		const elts = this.items(start, first, T.BraceR);
		const set: SetExpr = { kind: 'Set', start, end: this.lastEnd, elts };
		if (this.text.charCodeAt(this.lastEnd - 1) !== 125) this.openSequence = set;
		return set;
	}

	/** From the first `:` or `**` on. */
	private dict(start: number, firstKey: Expr | undefined): Expr {
		const keys: (Expr | undefined)[] = [];
		const values: Expr[] = [];
		let key = firstKey;
		for (;;) {
			if (key === undefined && this.accept(T.DoubleStar)) {
				const value = this.binary(1);
				if (keys.length === 0 && this.startsComprehension()) {
					const generators = this.comprehensions();
					this.closeBracket(T.BraceR);
					return { kind: 'DictComp', start, end: this.lastEnd, value, generators };
				}
				keys.push(undefined);
				values.push(value);
			} else {
				key ??= this.expression();
				keys.push(key);
				if (this.expect(T.Colon, "':' and a value")) values.push(this.expression());
				else values.push(this.errorExpr(this.lastEnd, this.lastEnd));
				if (keys.length === 1 && this.startsComprehension()) {
					const generators = this.comprehensions();
					this.closeBracket(T.BraceR);
					return { kind: 'DictComp', start, end: this.lastEnd, key, value: values[0] as Expr, generators };
				}
			}
			key = undefined;
			if (!this.nextItem(T.BraceR, (kind) => kind === T.DoubleStar)) break;
		}
		this.closeBracket(T.BraceR);
		return { kind: 'Dict', start, end: this.lastEnd, keys, values };
	}
}
