/** Expressions, by the names and the order of CPython's grammar (Grammar/python.gram, 3.15). */

import type { Expr } from './ast';
import { MAX_DEPTH } from './cursor';
import { OperatorParser } from './operators';
import { T } from './tokens';

export abstract class ExpressionParser extends OperatorParser {
	/** star_expressions: one expression, or a tuple without parentheses. */
	protected expressions(): Expr {
		const start = this.start;
		const first = this.starOrNamed();
		if (!this.is(T.Comma)) return first;
		const elts = [first];
		while (this.accept(T.Comma)) {
			if (!this.startsItem()) break;
			elts.push(this.starOrNamed());
		}
		return { kind: 'Tuple', start, end: this.lastEnd, elts };
	}

	protected expressionsOrYield(): Expr {
		return this.kind === T.Yield ? this.yieldExpression() : this.expressions();
	}

	protected starOrNamed(): Expr {
		if (this.kind !== T.Star) return this.named();
		const start = this.start;
		this.take();
		const value = this.binary(1);
		return { kind: 'Starred', start, end: this.lastEnd, value };
	}

	/** namedexpr_test. */
	protected named(): Expr {
		const start = this.start;
		const left = this.expression();
		if (this.kind !== T.Walrus) return left;
		if (left.kind !== 'Name') this.unexpected('Only a name can be assigned to by :=');
		this.take();
		const value = this.expression();
		if (left.kind !== 'Name') return this.errorExpr(start, this.lastEnd, [left, value]);
		return { kind: 'NamedExpr', start, end: this.lastEnd, target: left, value };
	}

	/** expression: a conditional or a lambda. */
	protected expression(): Expr {
		if (this.depth >= MAX_DEPTH) return this.tooDeep();
		this.depth++;
		const result = this.kind === T.Lambda ? this.lambda() : this.conditional();
		this.depth--;
		return result;
	}

	private conditional(): Expr {
		const start = this.start;
		const body = this.disjunction();
		if (this.kind !== T.If) return body;
		this.take();
		const test = this.disjunction();
		let orelse: Expr;
		if (this.accept(T.Else)) orelse = this.expression();
		else {
			this.unexpected("Expected 'else'");
			orelse = this.errorExpr(this.lastEnd, this.lastEnd);
		}
		return { kind: 'IfExp', start, end: this.lastEnd, test, body, orelse };
	}
}
