/** The parameters of functions and lambdas. */

import type { Arg, Arguments, Expr } from './ast';
import { BracketParser } from './brackets';
import { T } from './tokens';

export abstract class ParameterParser extends BracketParser {
	protected abstract expression(): Expr;
	protected abstract target(): Expr;

	/** The parameters up to `closer`, which stays. */
	protected parameters(closer: T, annotated: boolean): Arguments {
		const posonly: Arg[] = [];
		let args: Arg[] = [];
		const kwonly: Arg[] = [];
		let vararg: Arg | undefined;
		let kwarg: Arg | undefined;
		let starred = false;
		while (this.kind !== closer && this.kind > T.Body) {
			if (this.accept(T.Slash)) {
				posonly.push(...args);
				args = [];
			} else if (this.accept(T.Star)) {
				starred = true;
				if (this.kind === T.Name) vararg = this.parameter(annotated, true);
			} else if (this.accept(T.DoubleStar)) kwarg = this.parameter(annotated, false);
			// `lambda` typed before `path(…)`: that is what comes next, not its parameter.
			else if (!annotated && this.kind === T.Name && this.kindAt(this.at + 1) === T.ParenL) break;
			else if (this.kind === T.Name) (starred ? kwonly : args).push(this.parameter(annotated, false));
			else if (this.kind === T.ParenR || this.kind === T.BracketR || this.kind === T.BraceR) break;
			else {
				this.unexpected('Expected a parameter');
				this.take();
				continue;
			}
			if (this.kind !== closer && !this.accept(T.Comma)) {
				this.unexpected('Expected a comma');
				// A lambda that is being typed before something else: that is not its parameters.
				if (!annotated) break;
				if (this.kind === T.Newline || this.kind === T.Eof) break;
				if (this.kind !== T.Name && this.kind !== T.Star && this.kind !== T.DoubleStar) this.take();
			}
		}
		return { posonly, args, kwonly, ...(vararg && { vararg }), ...(kwarg && { kwarg }) };
	}

	private parameter(annotated: boolean, variadic: boolean): Arg {
		const start = this.start;
		const name = this.takeName('a parameter');
		let annotation: Expr | undefined;
		if (annotated && this.accept(T.Colon)) annotation = variadic ? this.starredAnnotation() : this.expression();
		const end = this.lastEnd;
		const value = this.accept(T.Assign) ? this.expression() : undefined;
		return { start, end, name, ...(annotation && { annotation }), ...(value && { default: value }) };
	}

	/** An annotation that may be starred: `*args: *Ts`. */
	private starredAnnotation(): Expr {
		return this.kind === T.Star ? this.target() : this.expression();
	}
}
