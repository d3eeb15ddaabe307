/** What follows the element of a comprehension, and the targets of loops. */

import type { Comprehension, Expr } from './ast';
import { ParameterParser } from './parameters';
import { T } from './tokens';

export abstract class ComprehensionParser extends ParameterParser {
	protected abstract disjunction(): Expr;
	protected abstract binary(level: number): Expr;

	protected startsComprehension(): boolean {
		return this.kind === T.For || (this.kind === T.Async && this.kindAt(this.at + 1) === T.For);
	}

	protected comprehensions(): readonly Comprehension[] {
		const generators: Comprehension[] = [];
		while (this.startsComprehension()) {
			const async = this.accept(T.Async);
			this.take();
			const target = this.targets();
			this.expect(T.In, "'in'");
			const iter = this.disjunction();
			const ifs: Expr[] = [];
			while (this.accept(T.If)) ifs.push(this.disjunction());
			generators.push({ target, iter, ifs, async });
		}
		return generators;
	}

	/** star_targets: what a `for` assigns to. */
	protected targets(): Expr {
		const start = this.start;
		const first = this.target();
		if (!this.is(T.Comma)) return first;
		const elts = [first];
		while (this.accept(T.Comma)) {
			if (!this.startsItem()) break;
			elts.push(this.target());
		}
		return { kind: 'Tuple', start, end: this.lastEnd, elts };
	}

	protected target(): Expr {
		if (this.kind !== T.Star) return this.binary(1);
		const start = this.start;
		this.take();
		const value = this.binary(1);
		return { kind: 'Starred', start, end: this.lastEnd, value };
	}
}
