/** Expressions, by the names and the order of CPython's grammar (Grammar/python.gram, 3.14). */

import type { BinaryOperator, CompareOperator, Comprehension, ConstantValue, Expr, Keyword, List, SetExpr, Tuple } from './ast';
import { MAX_DEPTH } from './cursor';
import { ParameterParser } from './parameters';
import { precedence, startsExpression, T } from './tokens';

const ellipsis: ConstantValue = { type: 'ellipsis' };

export abstract class ExpressionParser extends ParameterParser {
	/** Set by a `yield`; whoever reads a function's own body looks at it. */
	protected yields = false;

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

	/** Passes over what nests too deep: up to the end of the bracket or line it stands in. */
	private tooDeep(): Expr {
		const start = this.start;
		this.unexpected('Nested too deeply');
		while (this.kind > T.Body) {
			if (this.kind === T.ParenR || this.kind === T.BracketR || this.kind === T.BraceR) break;
			if (this.kind === T.ParenL || this.kind === T.BracketL || this.kind === T.BraceL) this.moveTo(this.closing(this.at));
			this.take();
		}
		return this.errorExpr(start, Math.max(start, this.lastEnd));
	}

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
		for (;;) {
			const own = precedence[this.kind] as number;
			if (own === 0 || own < level) return left;
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

	private primary(): Expr {
		const start = this.start;
		let value = this.atom();
		for (;;) {
			const { kind } = this;
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

	private parenthesized(): Expr {
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

	private list(): Expr {
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

	private braces(): Expr {
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
				keys.push(undefined);
				values.push(this.binary(1));
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

	private slices(): Expr {
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
			args.push({ kind: 'Starred', start, end: this.lastEnd, value });
			return;
		}
		if (this.kind === T.Name && this.kindAt(this.at + 1) === T.Assign) {
			const arg = this.takeName('a name');
			this.take();
			const value = this.onNewItem() ? this.errorExpr(this.lastEnd, this.lastEnd) : this.expression();
			keywords.push({ start, end: this.lastEnd, arg, value });
			return;
		}
		const value = this.named();
		if (!this.startsComprehension()) {
			args.push(value);
			return;
		}
		const generators = this.comprehensions();
		// A lone generator takes the call's parentheses as its own.
		const alone = args.length === 0 && keywords.length === 0 && this.kind === T.ParenR;
		args.push({
			kind: 'GeneratorExp',
			start: alone ? opened : start,
			end: alone ? this.end : this.lastEnd,
			elt: value,
			generators,
		});
	}

	private startsComprehension(): boolean {
		return this.kind === T.For || (this.kind === T.Async && this.kindAt(this.at + 1) === T.For);
	}

	private comprehensions(): readonly Comprehension[] {
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

	private lambda(): Expr {
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
