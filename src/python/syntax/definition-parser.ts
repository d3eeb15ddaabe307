/** Functions and classes with their decorators; what the lexer has skipped of them is read on demand. */

import type { Arguments, ClassDef, Expr, FunctionDef, Keyword, Stmt } from './ast';
import { type ClassHeader, ParsedClass } from './class-body';
import { MAX_DEPTH } from './cursor';
import { type FunctionHeader, ParsedFunction, type Signature } from './function-body';
import { SimpleStatementParser } from './simple-statements';
import { T } from './tokens';

const noArguments: Arguments = { posonly: [], args: [], kwonly: [] };

export abstract class DefinitionParser extends SimpleStatementParser {
	/** ':' and a block, or statements on the same line. */
	protected abstract block(): Stmt[];

	protected decorated(): Stmt {
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

	protected functionDef(decorators: readonly Expr[], decorated: number, start: number, async: boolean): FunctionDef {
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

	protected classDef(decorators: readonly Expr[], decorated: number): ClassDef {
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
}
