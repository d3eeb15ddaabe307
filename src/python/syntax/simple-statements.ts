/** Statements that stand on one line, and several of them on one. */

import type { Alias, BinaryOperator, Expr, Import, ImportFrom, Stmt, TypeParameter } from './ast';
import { PatternParser } from './patterns';
import { startsExpression, T } from './tokens';

export abstract class SimpleStatementParser extends PatternParser {
	/** Simple statements up to the end of the line. */
	protected simpleLine(body: Stmt[]): void {
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
	protected errorRest(from: number): Stmt {
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
			case T.Import:
				return this.importModules();
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
				if (this.isWord('lazy') && (this.kindAt(this.at + 1) === T.Import || this.kindAt(this.at + 1) === T.From)) {
					this.take();
					const statement = this.kind === T.Import ? this.importModules() : this.importFrom();
					return { ...statement, start, lazy: true };
				}
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

	/** What is no name to import, up to the next one: after a comma or on a line of its own. */
	private passOver(): void {
		this.unexpected('Invalid syntax');
		for (let first = true; this.kind !== T.ParenR && this.kind > T.Body; first = false) {
			if (this.accept(T.Comma)) return;
			if (!first && this.kind === T.Name && this.text.slice(this.lastEnd, this.start).includes('\n')) return;
			if (this.kind === T.ParenL || this.kind === T.BracketL || this.kind === T.BraceL) this.moveTo(this.closing(this.at));
			this.take();
		}
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

	private importModules(): Import {
		const { start } = this;
		this.take();
		const names = this.aliases(true);
		return { kind: 'Import', start, end: this.lastEnd, names };
	}

	private importFrom(): ImportFrom {
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
				while (this.kind !== T.ParenR && this.kind > T.Body) {
					this.passOver();
					if (this.kind === T.Name) names.push(...this.aliases(false));
				}
				this.closeBracket(T.ParenR);
			} else names = this.aliases(false);
		}
		return { kind: 'ImportFrom', start, end: this.lastEnd, level, names, ...(module !== undefined && { module }) };
	}

	/** `[T: bound = default, *Ts, **P]`; bounds and defaults are read and left. */
	protected typeParameters(): TypeParameter[] | undefined {
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
}
