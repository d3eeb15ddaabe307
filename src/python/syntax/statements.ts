/** Statements and blocks, by CPython's grammar. What is no statement becomes an `ErrorStmt`, and the next line is read afresh. */

import type { ExceptHandler, Expr, If, MatchCase, Stmt, WithItem } from './ast';
import { MAX_CHAIN } from './cursor';
import { DefinitionParser } from './definition-parser';
import { reattach } from './reattach';
import { startsExpression, T } from './tokens';

export class StatementParser extends DefinitionParser {
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

	/** ':' and a block, or statements on the same line. */
	protected block(): Stmt[] {
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
		for (let links = 0; links === 0 || this.kind === T.Elif; links++) {
			const { start } = this;
			this.take();
			const test = this.named();
			const body = this.block();
			if (links === MAX_CHAIN) this.problem(start, test.end, 'Nested too deeply');
			if (links < MAX_CHAIN) clauses.push({ start, test, body });
		}
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
