/** The patterns of `case` (PEP 634). */

import type { Expr, Pattern } from './ast';
import { MAX_DEPTH } from './cursor';
import { ExpressionParser } from './expressions';
import { T } from './tokens';

export abstract class PatternParser extends ExpressionParser {
	/** patterns: one pattern, or a sequence without brackets. */
	protected patterns(): Pattern {
		const start = this.start;
		const first = this.starPattern();
		if (!this.is(T.Comma)) return first;
		const patterns = [first];
		while (this.accept(T.Comma)) {
			if (this.kind === T.Colon || this.kind === T.If || this.kind <= T.Body) break;
			patterns.push(this.starPattern());
		}
		return { kind: 'MatchSequence', start, end: this.lastEnd, patterns };
	}

	private starPattern(): Pattern {
		if (this.kind !== T.Star) return this.asPattern();
		const start = this.start;
		this.take();
		const name = this.takeName('a name');
		return { kind: 'MatchStar', start, end: this.lastEnd, ...(name !== '_' && { name }) };
	}

	private asPattern(): Pattern {
		if (this.depth >= MAX_DEPTH) return this.noPattern('Nested too deeply');
		this.depth++;
		const start = this.start;
		let pattern = this.orPattern();
		if (this.accept(T.As)) {
			const name = this.takeName('a name');
			pattern = { kind: 'MatchAs', start, end: this.lastEnd, pattern, name };
		}
		this.depth--;
		return pattern;
	}

	private orPattern(): Pattern {
		const start = this.start;
		const first = this.closedPattern();
		if (this.kind !== T.Bar) return first;
		const patterns = [first];
		while (this.accept(T.Bar)) patterns.push(this.closedPattern());
		return { kind: 'MatchOr', start, end: this.lastEnd, patterns };
	}

	private closedPattern(): Pattern {
		const { kind, start } = this;
		switch (kind) {
			case T.None:
			case T.True:
			case T.False:
				this.take();
				return { kind: 'MatchSingleton', start, end: this.lastEnd, value: kind === T.None ? null : kind === T.True };
			case T.Number:
			case T.Minus:
			case T.String: {
				const value = kind === T.String ? this.strings() : this.binary(5);
				return { kind: 'MatchValue', start, end: this.lastEnd, value };
			}
			case T.Name:
				return this.namePattern();
			case T.ParenL:
				return this.groupPattern();
			case T.BracketL: {
				this.take();
				const patterns = this.patternItems(T.BracketR);
				return { kind: 'MatchSequence', start, end: this.lastEnd, patterns };
			}
			case T.BraceL:
				return this.mappingPattern();
			default:
				return this.noPattern('Expected a pattern');
		}
	}

	/** Stands for a pattern that can't be read: a value that nothing equals. */
	private noPattern(message: string): Pattern {
		this.unexpected(message);
		const { start } = this;
		while (this.kind > T.Body && !this.endsPattern()) this.take();
		const end = Math.max(start, this.lastEnd);
		return { kind: 'MatchValue', start, end, value: this.errorExpr(start, end) };
	}

	private endsPattern(): boolean {
		const { kind } = this;
		return kind === T.Colon || kind === T.Comma || kind === T.If || kind === T.ParenR || kind === T.BracketR || kind === T.BraceR;
	}

	private namePattern(): Pattern {
		const { start } = this;
		const name = this.takeName('a name');
		let value: Expr = { kind: 'Name', start, end: this.lastEnd, id: name };
		while (this.accept(T.Dot)) {
			const attrStart = this.start;
			const attr = this.takeName('a name');
			value = { kind: 'Attribute', start, end: this.lastEnd, value, attr, attrStart };
		}
		if (this.kind === T.ParenL) return this.classPattern(start, value);
		if (value.kind === 'Attribute') return { kind: 'MatchValue', start, end: this.lastEnd, value };
		return { kind: 'MatchAs', start, end: this.lastEnd, ...(name !== '_' && { name }) };
	}

	private classPattern(start: number, cls: Expr): Pattern {
		this.take();
		const patterns: Pattern[] = [];
		const kwdAttrs: string[] = [];
		const kwdPatterns: Pattern[] = [];
		while (this.kind !== T.ParenR && this.kind > T.Body) {
			const before = this.at;
			if (this.kind === T.Name && this.kindAt(this.at + 1) === T.Assign) {
				kwdAttrs.push(this.takeName('a name'));
				this.take();
				kwdPatterns.push(this.asPattern());
			} else patterns.push(this.asPattern());
			if (!this.accept(T.Comma) && this.at === before) break;
		}
		this.closeBracket(T.ParenR);
		return { kind: 'MatchClass', start, end: this.lastEnd, cls, patterns, kwdAttrs, kwdPatterns };
	}

	private patternItems(closer: T): Pattern[] {
		const patterns: Pattern[] = [];
		while (this.kind !== closer && this.kind > T.Body) {
			patterns.push(this.starPattern());
			if (!this.accept(T.Comma)) break;
		}
		this.closeBracket(closer);
		return patterns;
	}

	private groupPattern(): Pattern {
		const { start } = this;
		this.take();
		if (this.kind !== T.ParenR && this.kind !== T.Star) {
			const first = this.asPattern();
			if (this.kind !== T.Comma) {
				this.closeBracket(T.ParenR);
				return first;
			}
			this.take();
			const patterns = [first, ...this.patternItems(T.ParenR)];
			return { kind: 'MatchSequence', start, end: this.lastEnd, patterns };
		}
		const patterns = this.patternItems(T.ParenR);
		return { kind: 'MatchSequence', start, end: this.lastEnd, patterns };
	}

	private mappingPattern(): Pattern {
		const { start } = this;
		this.take();
		const keys: Expr[] = [];
		const patterns: Pattern[] = [];
		let rest: string | undefined;
		while (this.kind !== T.BraceR && this.kind > T.Body) {
			if (this.accept(T.DoubleStar)) rest = this.takeName('a name');
			else {
				keys.push(this.binary(5));
				if (!this.expect(T.Colon, "':' and a pattern")) break;
				patterns.push(this.asPattern());
			}
			if (!this.accept(T.Comma)) break;
		}
		this.closeBracket(T.BraceR);
		return { kind: 'MatchMapping', start, end: this.lastEnd, keys, patterns, ...(rest !== undefined && { rest }) };
	}
}
