/** Expressions, by the names and the order of CPython's grammar (Grammar/python.gram, 3.14). */

import type {
	Arg,
	Arguments,
	BinaryOperator,
	CompareOperator,
	Comprehension,
	ConstantValue,
	Expr,
	Keyword,
	List,
	Tuple,
} from './ast';
import { MAX_DEPTH } from './cursor';
import { StringParser } from './strings';
import { precedence, startsExpression, T } from './tokens';

const ellipsis: ConstantValue = { type: 'ellipsis' };

export abstract class ExpressionParser extends StringParser {
	/** Set by a `yield`; whoever reads a function's own body looks at it. */
	protected yields = false;
	/** Items found inside a bracket that was left open, but laid out as items of the one around it: see `layoutItems`. */
	protected swallowed: Expr[] = [];
	/** The last list or tuple that was never closed. */
	private openSequence: List | Tuple | undefined;

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

	protected startsItem(): boolean {
		return startsExpression[this.kind] === 1 || this.kind === T.Star;
	}

	private starOrNamed(): Expr {
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

	private moveTo(index: number): void {
		this.at = index;
		this.kind = this.kindAt(index);
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
		return { kind: 'Set', start, end: this.lastEnd, elts };
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

	/** The items after the first up to and with the closing bracket, those swallowed by a broken one among them. */
	private items(opened: number, first: Expr, closer: T): readonly Expr[] {
		const elts: Expr[] = [];
		this.addItem(first, elts);
		while (this.nextItem(closer, (kind) => kind === T.Star)) this.addItem(this.starOrNamed(), elts);
		return this.closeBracket(closer) ? this.layoutItems(elts, opened) : elts;
	}

	private addItem(item: Expr, elts: Expr[]): void {
		// One in another that is never closed is a stray bracket: its items are those of the one around it.
		if (item === this.openSequence) elts.push(...this.openSequence.elts);
		else elts.push(item);
		this.unswallow(elts);
	}

	private unswallow(elts: Expr[]): void {
		if (this.swallowed.length === 0) return;
		const { swallowed } = this;
		this.swallowed = [];
		elts.push(...swallowed);
	}

	/**
	 * Of a bracket that was left open: the items that begin a line no further right than the line of the bracket's own first
	 * token were meant to follow it, not to stand in it. They go to whoever reads the sequence around it.
	 */
	private layoutItems(elts: Expr[], opened: number): Expr[] {
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
	private onNewItem(): boolean {
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
	private nextItem(closer: T, alsoStarts: (kind: T) => boolean): boolean {
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
		this.expect(T.Colon, "':'");
		const outer = this.yields;
		this.yields = false;
		const body = this.expression();
		const generator = this.yields;
		this.yields = outer;
		return { kind: 'Lambda', start, end: this.lastEnd, args, body, generator };
	}

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
			else if (this.kind === T.Name) (starred ? kwonly : args).push(this.parameter(annotated, false));
			else if (this.kind === T.ParenR || this.kind === T.BracketR || this.kind === T.BraceR) break;
			else {
				this.unexpected('Expected a parameter');
				this.take();
				continue;
			}
			if (this.kind !== closer && !this.accept(T.Comma)) {
				this.unexpected('Expected a comma');
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
