/** Operators by precedence, from `or` to `**` and `await`. */

import type { BinaryOperator, CompareOperator, Expr } from './ast';
import { MAX_CHAIN, MAX_DEPTH } from './cursor';
import { PrimaryParser } from './primaries';
import { precedence, T } from './tokens';

export abstract class OperatorParser extends PrimaryParser {
	protected disjunction(): Expr {
		const start = this.start;
		const first = this.conjunction();
		if (this.kind !== T.Or) return first;
		const values = [first];
		while (this.accept(T.Or)) values.push(this.conjunction());
		return { kind: 'BoolOp', start, end: this.lastEnd, op: 'or', values };
	}

	private conjunction(): Expr {
		const start = this.start;
		const first = this.inversion();
		if (this.kind !== T.And) return first;
		const values = [first];
		while (this.accept(T.And)) values.push(this.inversion());
		return { kind: 'BoolOp', start, end: this.lastEnd, op: 'and', values };
	}

	private inversion(): Expr {
		if (this.kind !== T.Not) return this.comparison();
		if (this.depth >= MAX_DEPTH) return this.tooDeep();
		this.depth++;
		const start = this.start;
		this.take();
		const operand = this.inversion();
		this.depth--;
		return { kind: 'UnaryOp', start, end: this.lastEnd, op: 'not', operand };
	}

	private comparison(): Expr {
		const start = this.start;
		const left = this.binary(1);
		let op = this.compareOperator();
		if (op === undefined) return left;
		const ops: CompareOperator[] = [];
		const comparators: Expr[] = [];
		while (op !== undefined) {
			ops.push(op);
			comparators.push(this.binary(1));
			op = this.compareOperator();
		}
		return { kind: 'Compare', start, end: this.lastEnd, left, ops, comparators };
	}

	private compareOperator(): CompareOperator | undefined {
		const { kind } = this;
		if (kind >= T.Less && kind <= T.NotEqual) {
			const op = this.written === '<>' ? '!=' : (this.written as CompareOperator);
			this.take();
			return op;
		}
		if (kind === T.In) {
			this.take();
			return 'in';
		}
		if (kind === T.Not && this.kindAt(this.at + 1) === T.In) {
			this.take();
			this.take();
			return 'not in';
		}
		if (kind === T.Is) {
			this.take();
			return this.accept(T.Not) ? 'is not' : 'is';
		}
		return undefined;
	}

	/** The binary operators from `|` (level 1) to `*` (level 6), by precedence climbing: a long chain doesn't nest calls. */
	protected binary(level: number): Expr {
		const start = this.start;
		let left = this.unary();
		for (let links = 0; ; links++) {
			const own = precedence[this.kind] as number;
			if (own === 0 || own < level) return left;
			if (links >= MAX_CHAIN) return this.tooDeep();
			const op = this.written as BinaryOperator;
			this.take();
			const right = this.binary(own + 1);
			left = { kind: 'BinOp', start, end: this.lastEnd, left, op, right };
		}
	}

	private unary(): Expr {
		const { kind } = this;
		if (kind !== T.Minus && kind !== T.Plus && kind !== T.Tilde) return this.power();
		if (this.depth >= MAX_DEPTH) return this.tooDeep();
		this.depth++;
		const start = this.start;
		const op = kind === T.Minus ? '-' : kind === T.Plus ? '+' : '~';
		this.take();
		const operand = this.unary();
		this.depth--;
		return { kind: 'UnaryOp', start, end: this.lastEnd, op, operand };
	}

	private power(): Expr {
		const start = this.start;
		const left = this.awaited();
		if (this.kind !== T.DoubleStar) return left;
		if (this.depth >= MAX_DEPTH) return this.tooDeep();
		this.depth++;
		this.take();
		const right = this.unary();
		this.depth--;
		return { kind: 'BinOp', start, end: this.lastEnd, left, op: '**', right };
	}

	private awaited(): Expr {
		if (this.kind !== T.Await) return this.primary();
		const start = this.start;
		this.take();
		const value = this.primary();
		return { kind: 'Await', start, end: this.lastEnd, value };
	}
}
