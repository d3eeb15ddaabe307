/** Statements and blocks, by CPython's grammar. What is no statement becomes an `ErrorStmt`, and the next line is read afresh. */

import type {
	Alias,
	Arguments,
	BinaryOperator,
	ClassDef,
	ExceptHandler,
	Expr,
	FunctionDef,
	If,
	Keyword,
	MatchCase,
	Stmt,
	TypeParameter,
	WithItem,
} from './ast';
import { type ClassHeader, ParsedClass } from './class-body';
import { MAX_DEPTH } from './cursor';
import { type FunctionHeader, ParsedFunction, type Signature } from './function-body';
import { PatternParser } from './patterns';
import { reattach } from './reattach';
import { startsExpression, T } from './tokens';

const noArguments: Arguments = { posonly: [], args: [], kwonly: [] };

export class StatementParser extends PatternParser {
	/** Reads every statement up to the end of the text. */
	module(): Stmt[] {
		const body: Stmt[] = [];
		while (this.kind !== T.Eof) this.statementsInto(body);
		return body;
	}

	/** The same for a function's body, with whether it yields. */
	functionBody(): { body: Stmt[]; generator: boolean } {
		this.yields = false;
		const body = this.module();
		return { body, generator: this.yields };
	}

	/** One line or compound statement, or one token of layout that has no business here. */
	private statementsInto(body: Stmt[]): void {
		switch (this.kind) {
			case T.Indent:
				this.strayBlock(body);
				return;
			case T.Dedent:
			case T.Newline:
			case T.Body:
				this.skip();
				return;
			default:
				this.statement(body);
		}
		this.looseItems(body);
	}

	/** Items that a broken bracket had swallowed and nothing around it took: statements of their own. */
	private looseItems(body: Stmt[]): void {
		if (this.swallowed.length === 0) return;
		for (const value of this.swallowed) body.push({ kind: 'Expr', start: value.start, end: value.end, value });
		this.swallowed = [];
	}

	private statement(body: Stmt[]): void {
		switch (this.kind) {
			case T.If:
				body.push(this.ifStatement());
				return;
			case T.For:
				body.push(this.forStatement(this.start, false));
				return;
			case T.While:
				body.push(this.whileStatement());
				return;
			case T.Try:
				body.push(this.tryStatement());
				return;
			case T.With:
				body.push(this.withStatement(this.start, false));
				return;
			case T.Def:
				body.push(this.functionDef([], this.start, this.start, false));
				return;
			case T.Class:
				body.push(this.classDef([], this.start));
				return;
			case T.At:
				body.push(this.decorated());
				return;
			case T.Async:
				body.push(this.asyncStatement());
				return;
			case T.Name:
				if (this.isWord('match') && this.startsMatch()) {
					body.push(this.matchStatement());
					return;
				}
		}
		this.simpleLine(body);
	}

	/** Simple statements up to the end of the line. */
	private simpleLine(body: Stmt[]): void {
		for (;;) {
			const at = this.at;
			body.push(this.simpleStatement());
			if (this.accept(T.Semicolon)) {
				if (this.kind === T.Newline || this.kind === T.Eof) break;
				continue;
			}
			if (this.kind === T.Newline || this.kind === T.Eof) break;
			body.push(this.errorRest(at));
			break;
		}
		if (this.kind === T.Newline) this.skip();
	}

	/** The rest of a line that is no statement. `from` is the index of the token that the statement before it began with. */
	private errorRest(from: number): Stmt {
		const { start } = this;
		this.unexpected(from === this.at ? 'Expected a statement' : 'Invalid syntax');
		const parts: Expr[] = [];
		while (this.kind > T.Body) {
			if (startsExpression[this.kind] === 1) parts.push(this.expression());
			else this.take();
		}
		return { kind: 'ErrorStmt', start, end: Math.max(start, this.lastEnd), parts };
	}

	private simpleStatement(): Stmt {
		const { kind, start } = this;
		switch (kind) {
			case T.Return: {
				this.take();
				const value = this.startsItem() || this.kind === T.Yield ? this.expressionsOrYield() : undefined;
				return { kind: 'Return', start, end: this.lastEnd, ...(value && { value }) };
			}
			case T.Import: {
				this.take();
				const names = this.aliases(true);
				return { kind: 'Import', start, end: this.lastEnd, names };
			}
			case T.From:
				return this.importFrom();
			case T.Pass:
				this.take();
				return { kind: 'Pass', start, end: this.lastEnd };
			case T.Break:
				this.take();
				return { kind: 'Break', start, end: this.lastEnd };
			case T.Continue:
				this.take();
				return { kind: 'Continue', start, end: this.lastEnd };
			case T.Raise: {
				this.take();
				const exc = this.startsItem() ? this.expression() : undefined;
				const cause = this.accept(T.From) ? this.expression() : undefined;
				return { kind: 'Raise', start, end: this.lastEnd, ...(exc && { exc }), ...(cause && { cause }) };
			}
			case T.Del: {
				this.take();
				const targets = [this.target()];
				while (this.accept(T.Comma) && this.startsItem()) targets.push(this.target());
				return { kind: 'Delete', start, end: this.lastEnd, targets };
			}
			case T.Assert: {
				this.take();
				const test = this.expression();
				const msg = this.accept(T.Comma) ? this.expression() : undefined;
				return { kind: 'Assert', start, end: this.lastEnd, test, ...(msg && { msg }) };
			}
			case T.Global:
			case T.Nonlocal: {
				this.take();
				const names = [this.takeName('a name')];
				while (this.accept(T.Comma)) names.push(this.takeName('a name'));
				return { kind: kind === T.Global ? 'Global' : 'Nonlocal', start, end: this.lastEnd, names };
			}
			case T.Name:
				if (this.isWord('type') && this.kindAt(this.at + 1) === T.Name) return this.typeAlias();
		}
		if (!this.startsItem() && kind !== T.Yield) {
			return this.errorRest(this.at);
		}
		return this.expressionStatement();
	}

	private expressionStatement(): Stmt {
		const { start } = this;
		const first = this.expressionsOrYield();
		switch (this.kind) {
			case T.Assign: {
				const targets = [first];
				let value = first;
				while (this.accept(T.Assign)) {
					value = this.expressionsOrYield();
					targets.push(value);
				}
				targets.pop();
				return { kind: 'Assign', start, end: this.lastEnd, targets, value };
			}
			case T.AugAssign: {
				const op = this.written.slice(0, -1) as BinaryOperator;
				this.take();
				const value = this.expressionsOrYield();
				return { kind: 'AugAssign', start, end: this.lastEnd, target: first, op, value };
			}
			case T.Colon: {
				this.take();
				const annotation = this.expression();
				const value = this.accept(T.Assign) ? this.expressionsOrYield() : undefined;
				return { kind: 'AnnAssign', start, end: this.lastEnd, target: first, annotation, ...(value && { value }) };
			}
			default:
				return { kind: 'Expr', start, end: this.lastEnd, value: first };
		}
	}

	private typeAlias(): Stmt {
		const { start } = this;
		this.take();
		const name = this.takeName('a name');
		const typeParams = this.typeParameters();
		this.expect(T.Assign, "'='");
		const value = this.expression();
		return { kind: 'TypeAlias', start, end: this.lastEnd, name, value, ...(typeParams && { typeParams }) };
	}

	private dottedName(): string {
		let name = this.takeName('a module');
		while (this.accept(T.Dot)) {
			if (this.kind !== T.Name) break;
			name += `.${this.takeName('a module')}`;
		}
		return name;
	}

	/** Names to import, up to the end of the line or the closing parenthesis. */
	private aliases(dotted: boolean): Alias[] {
		const names: Alias[] = [];
		while (this.kind === T.Name) {
			const { start } = this;
			const name = dotted ? this.dottedName() : this.takeName('a name');
			const asname = this.accept(T.As) ? this.takeName('a name') : undefined;
			names.push({ start, end: this.lastEnd, name, ...(asname !== undefined && { asname }) });
			// Without its comma (a line just being typed) the next name still counts inside parentheses.
			if (!this.accept(T.Comma)) {
				if (this.kind !== T.Name || dotted) break;
				this.unexpected('Expected a comma');
			}
		}
		if (names.length === 0) this.unexpected('Expected a name to import');
		return names;
	}

	private importFrom(): Stmt {
		const { start } = this;
		this.take();
		let level = 0;
		while (this.kind === T.Dot || this.kind === T.Ellipsis) {
			level += this.kind === T.Dot ? 1 : 3;
			this.take();
		}
		const module = this.kind === T.Name || level === 0 ? this.dottedName() : undefined;
		let names: Alias[] = [];
		if (this.expect(T.Import, "'import'")) {
			if (this.kind === T.Star) {
				names = [{ start: this.start, end: this.end, name: '*' }];
				this.take();
			} else if (this.accept(T.ParenL)) {
				names = this.aliases(false);
				this.closeBracket(T.ParenR);
			} else names = this.aliases(false);
		}
		return { kind: 'ImportFrom', start, end: this.lastEnd, level, names, ...(module !== undefined && { module }) };
	}

	/** ':' and a block, or statements on the same line. */
	private block(): Stmt[] {
		const body: Stmt[] = [];
		if (!this.accept(T.Colon)) {
			this.unexpected("Expected ':'");
			while (this.kind > T.Body) this.take();
		}
		if (!this.is(T.Newline)) {
			if (this.kind > T.Body) this.simpleLine(body);
			this.looseItems(body);
			return body;
		}
		this.skip();
		if (this.kind !== T.Indent) {
			this.unexpected('Expected an indented block');
			return body;
		}
		this.skip();
		this.depth++;
		while (!this.is(T.Dedent) && !this.is(T.Eof)) {
			this.statementsInto(body);
		}
		this.depth--;
		this.skip();
		return body;
	}

	/** Lines indented for no reason: they belong to the block they stand in, up to where the indentation ends. */
	private strayBlock(body: Stmt[]): void {
		this.problem(this.start, this.end, 'Unexpected indent');
		const from = body.length;
		let open = 0;
		do {
			if (this.kind === T.Indent) {
				open++;
				this.skip();
			} else if (this.kind === T.Dedent) {
				open--;
				this.skip();
			} else this.statementsInto(body);
		} while (open > 0 && this.kind !== T.Eof);
		reattach(body, from);
	}

	private ifStatement(): Stmt {
		// `elif`s are collected and folded from the last, so that a thousand of them don't nest calls.
		const clauses: { start: number; test: Expr; body: Stmt[] }[] = [];
		do {
			const { start } = this;
			this.take();
			const test = this.named();
			clauses.push({ start, test, body: this.block() });
		} while (this.kind === T.Elif);
		let orelse = this.elseBlock();
		let result: If | undefined;
		for (let index = clauses.length - 1; index >= 0; index--) {
			const { start, test, body } = clauses[index] as (typeof clauses)[number];
			result = { kind: 'If', start, end: this.lastEnd, test, body, orelse };
			orelse = [result];
		}
		return result as If;
	}

	private elseBlock(): Stmt[] {
		if (this.kind !== T.Else) return [];
		this.take();
		return this.block();
	}

	private forStatement(start: number, async: boolean): Stmt {
		this.take();
		const target = this.targets();
		const iter = this.expect(T.In, "'in'") ? this.expressions() : this.errorExpr(this.lastEnd, this.lastEnd);
		const body = this.block();
		const orelse = this.elseBlock();
		return { kind: 'For', start, end: this.lastEnd, async, target, iter, body, orelse };
	}

	private whileStatement(): Stmt {
		const { start } = this;
		this.take();
		const test = this.named();
		const body = this.block();
		const orelse = this.elseBlock();
		return { kind: 'While', start, end: this.lastEnd, test, body, orelse };
	}

	private tryStatement(): Stmt {
		const { start } = this;
		this.take();
		const body = this.block();
		const handlers: ExceptHandler[] = [];
		let star = false;
		while (this.kind === T.Except) {
			const handlerStart = this.start;
			this.take();
			if (this.accept(T.Star)) star = true;
			// PEP 758 (3.14): several exceptions need no parentheses.
			const type = this.startsItem() ? this.expressions() : undefined;
			const name = this.accept(T.As) ? this.takeName('a name') : undefined;
			const handlerBody = this.block();
			handlers.push({
				start: handlerStart,
				end: this.lastEnd,
				body: handlerBody,
				...(type && { type }),
				...(name !== undefined && { name }),
			});
		}
		const orelse = this.elseBlock();
		const finalbody = this.accept(T.Finally) ? this.block() : [];
		if (handlers.length === 0 && finalbody.length === 0)
			this.problem(start, start + 3, "'try' has neither 'except' nor 'finally'");
		return { kind: 'Try', start, end: this.lastEnd, star, body, handlers, orelse, finalbody };
	}

	private withStatement(start: number, async: boolean): Stmt {
		this.take();
		const items: WithItem[] = [];
		if (this.parenthesizedItems()) {
			this.take();
			do {
				if (this.kind === T.ParenR) break;
				items.push(this.withItem());
			} while (this.accept(T.Comma));
			this.closeBracket(T.ParenR);
		} else {
			do items.push(this.withItem());
			while (this.accept(T.Comma));
		}
		const body = this.block();
		return { kind: 'With', start, end: this.lastEnd, async, items, body };
	}

	/** Whether the parenthesis after `with` holds its items: it reaches to the colon and isn't an expression's own. */
	private parenthesizedItems(): boolean {
		if (this.kind !== T.ParenL) return false;
		const close = this.closing(this.at);
		if (this.kindAt(close + 1) !== T.Colon) return false;
		let open = 0;
		let itemBegins = true;
		for (let index = this.at + 1; index < close; index++) {
			const kind = this.kindAt(index);
			if (kind === T.ParenL || kind === T.BracketL || kind === T.BraceL) open++;
			else if (kind === T.ParenR || kind === T.BracketR || kind === T.BraceR) open--;
			else if (open === 0 && (kind === T.Walrus || kind === T.For || kind === T.Yield || (itemBegins && kind === T.Star)))
				return false;
			itemBegins = open === 0 && kind === T.Comma;
		}
		return close > this.at + 1;
	}

	private withItem(): WithItem {
		const context = this.expression();
		const target = this.accept(T.As) ? this.target() : undefined;
		return { context, ...(target && { target }) };
	}

	private asyncStatement(): Stmt {
		const { start } = this;
		switch (this.kindAt(this.at + 1)) {
			case T.Def:
				this.take();
				return this.functionDef([], start, start, true);
			case T.For:
				this.take();
				return this.forStatement(start, true);
			case T.With:
				this.take();
				return this.withStatement(start, true);
			default: {
				const rest = this.errorRest(this.at);
				if (this.kind === T.Newline) this.skip();
				return rest;
			}
		}
	}

	private decorated(): Stmt {
		const { start } = this;
		const decorators: Expr[] = [];
		while (this.accept(T.At)) {
			decorators.push(this.named());
			if (this.kind !== T.Newline) {
				this.unexpected('Expected the end of the line');
				while (this.kind > T.Body) this.take();
			}
			if (this.kind === T.Newline) this.skip();
		}
		if (this.kind === T.Class) return this.classDef(decorators, start);
		const definition = this.start;
		const async = this.kind === T.Async && this.kindAt(this.at + 1) === T.Def;
		if (async) this.take();
		if (this.kind === T.Def) return this.functionDef(decorators, start, definition, async);
		this.unexpected("Expected 'def' or 'class' after a decorator");
		return { kind: 'ErrorStmt', start, end: this.lastEnd, parts: decorators };
	}

	private functionDef(decorators: readonly Expr[], decorated: number, start: number, async: boolean): FunctionDef {
		this.take();
		const nameStart = this.start;
		const name = this.takeName('a name');
		const typeParams = this.typeParameters();
		const { text, problems } = this;
		const skipped = this.kind === T.Signature ? { text, start: this.start, end: this.end, problems } : undefined;
		if (skipped) this.take();
		const header: FunctionHeader = {
			start,
			async,
			name,
			nameStart,
			signature: skipped ?? this.signature(),
			decorators,
			decorated,
			...(typeParams && { typeParams }),
		};
		if (this.kind === T.Colon && this.kindAt(this.at + 2) === T.Body) {
			this.take();
			this.skip();
			const bodyStart = this.start;
			const bodyEnd = this.end;
			this.take();
			return ParsedFunction.unread(header, { text: this.text, start: bodyStart, end: bodyEnd, problems: this.problems });
		}
		const outer = this.yields;
		this.yields = false;
		const body = this.depth < MAX_DEPTH ? this.block() : [];
		const generator = this.yields;
		this.yields = outer;
		return ParsedFunction.read(header, this.lastEnd, body, generator);
	}

	/** `(a, b: int) -> str`. */
	signature(): Signature {
		let args = noArguments;
		if (this.expect(T.ParenL, "'('")) {
			args = this.parameters(T.ParenR, true);
			this.closeBracket(T.ParenR);
		}
		return { args, returns: this.accept(T.Arrow) ? this.expressions() : undefined };
	}

	private classDef(decorators: readonly Expr[], decorated: number): ClassDef {
		const { start } = this;
		this.take();
		const nameStart = this.start;
		const name = this.takeName('a name');
		const typeParams = this.typeParameters();
		let bases: readonly Expr[] = [];
		let keywords: readonly Keyword[] = [];
		if (this.kind === T.ParenL) {
			const found = this.callArguments();
			bases = found.args;
			keywords = found.keywords;
		}
		const header: ClassHeader = {
			start,
			name,
			nameStart,
			bases,
			keywords,
			decorators,
			decorated,
			...(typeParams && { typeParams }),
		};
		if (this.kind === T.Colon && this.kindAt(this.at + 2) === T.Body) {
			this.take();
			this.skip();
			const range = { text: this.text, start: this.start, end: this.end, problems: this.problems };
			this.take();
			return new ParsedClass(header, range);
		}
		const body = this.block();
		return { kind: 'ClassDef', ...header, end: this.lastEnd, body };
	}

	/** `[T: bound = default, *Ts, **P]`; bounds and defaults are read and left. */
	private typeParameters(): TypeParameter[] | undefined {
		if (!this.accept(T.BracketL)) return undefined;
		const all: TypeParameter[] = [];
		while (this.kind !== T.BracketR && this.kind > T.Body) {
			const kind = this.accept(T.Star) ? 'TypeVarTuple' : this.accept(T.DoubleStar) ? 'ParamSpec' : 'TypeVar';
			all.push({ name: this.takeName('a type parameter'), kind });
			if (this.accept(T.Colon)) this.expression();
			if (this.accept(T.Assign)) this.target();
			if (!this.accept(T.Comma)) break;
		}
		this.closeBracket(T.BracketR);
		return all;
	}

	/** `match` is a name too: it begins a statement where its line ends with a colon and `case` follows indented. */
	private startsMatch(): boolean {
		if (this.at > 0 && this.kindAt(this.at - 1) > T.Body) return false;
		let index = this.at + 1;
		const next = this.kindAt(index);
		if (startsExpression[next] !== 1 && next !== T.Star && next !== T.Yield) return false;
		while (this.kindAt(index) > T.Body) index++;
		return this.kindAt(index - 1) === T.Colon && this.kindAt(index + 1) === T.Indent && this.isWord('case', index + 2);
	}

	private matchStatement(): Stmt {
		const { start } = this;
		this.take();
		const subject = this.expressions();
		this.expect(T.Colon, "':'");
		while (this.kind > T.Body) this.take();
		this.skip();
		this.skip();
		const cases: MatchCase[] = [];
		while (this.isWord('case')) {
			const caseStart = this.start;
			this.take();
			const pattern = this.patterns();
			const guard = this.accept(T.If) ? this.named() : undefined;
			const body = this.block();
			cases.push({ start: caseStart, end: this.lastEnd, pattern, body, ...(guard && { guard }) });
		}
		const end = this.lastEnd;
		if (!this.is(T.Dedent) && !this.is(T.Eof)) {
			this.unexpected("Expected 'case'");
			const rest: Stmt[] = [];
			while (this.kind !== T.Dedent && this.kind !== T.Eof) {
				this.statementsInto(rest);
			}
			(cases[cases.length - 1]?.body as Stmt[] | undefined)?.push(...rest);
		}
		this.skip();
		return { kind: 'Match', start, end, subject, cases };
	}
}
