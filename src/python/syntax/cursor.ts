/** The parser's place in the tokens: looking, taking, telling of problems. */

import type { ErrorExpr, Expr, SyntaxProblem } from './ast';
import { canonicalName } from './characters';
import { tokenize } from './lexer';
import { T, type Tokens } from './tokens';

/** Problems kept of one text; a binary file has thousands. */
const MAX_PROBLEMS = 500;

/** How deep expressions and blocks nest before the rest is passed over (CPython allows 200 brackets and 100 blocks). */
export const MAX_DEPTH = 220;

/** How long a chain of operators, attributes, calls or `elif`s is: its nodes nest, and so do the calls of whoever walks them. */
export const MAX_CHAIN = 12_000;

export class Cursor {
	private tokens: Tokens;
	protected at = 0;
	/** The kind of the current token. */
	protected kind: T;
	/** End of the last token taken. */
	protected lastEnd = 0;
	protected depth = 0;
	/** Brackets of the text don't pair: layout has a say in what belongs to what. */
	protected readonly recovering: boolean;

	constructor(
		protected readonly text: string,
		tokens: Tokens,
		readonly problems: SyntaxProblem[],
		protected readonly lazy: boolean,
	) {
		this.tokens = tokens;
		this.kind = tokens.kinds[0] as T;
		this.recovering = tokens.broken;
		this.addLexical(tokens);
	}

	private addLexical(tokens: Tokens): void {
		for (const { start, end, message } of tokens.problems) this.problem(start, end, message);
	}

	protected problem(start: number, end: number, message: string): void {
		if (this.problems.length < MAX_PROBLEMS) this.problems.push({ start, end, message });
	}

	/** At the current token. */
	protected unexpected(message: string): void {
		this.problem(this.start, this.end, message);
	}

	protected get start(): number {
		return this.tokens.starts[this.at] as number;
	}

	protected get end(): number {
		return this.tokens.ends[this.at] as number;
	}

	protected get written(): string {
		return this.text.slice(this.start, this.end);
	}

	protected kindAt(index: number): T {
		return index < this.tokens.count ? (this.tokens.kinds[index] as T) : T.Eof;
	}

	protected startAt(index: number): number {
		return this.tokens.starts[index] as number;
	}

	protected endAt(index: number): number {
		return this.tokens.ends[index] as number;
	}

	/** Takes a token of the text itself (layout tokens are passed by `skip`). */
	protected take(): void {
		this.lastEnd = this.tokens.ends[this.at] as number;
		this.skip();
	}

	protected skip(): void {
		if (this.at < this.tokens.count - 1) this.at++;
		this.kind = this.tokens.kinds[this.at] as T;
	}

	/** Compares without narrowing `kind` for the checker, which would believe that it stays so after a `take`. */
	protected is(kind: T): boolean {
		return this.kind === kind;
	}

	protected accept(kind: T): boolean {
		if (this.kind !== kind) return false;
		this.take();
		return true;
	}

	protected expect(kind: T, what: string): boolean {
		if (this.accept(kind)) return true;
		this.unexpected(`Expected ${what}`);
		return false;
	}

	/** The name at the current token, taken; an empty one and a problem where there is none. */
	protected takeName(what: string): string {
		if (this.kind !== T.Name) {
			this.unexpected(`Expected ${what}`);
			return '';
		}
		const name = canonicalName(this.written);
		this.take();
		return name;
	}

	protected isWord(word: string, index = this.at): boolean {
		return (
			this.kindAt(index) === T.Name &&
			this.endAt(index) - this.startAt(index) === word.length &&
			this.text.startsWith(word, this.startAt(index))
		);
	}

	/** The index of the bracket that closes the one at `index`, the tokens being balanced. */
	protected closing(index: number): number {
		let open = 0;
		for (let i = index; i < this.tokens.count; i++) {
			const kind = this.tokens.kinds[i] as T;
			if (kind === T.ParenL || kind === T.BracketL || kind === T.BraceL) open++;
			else if ((kind === T.ParenR || kind === T.BracketR || kind === T.BraceR) && --open === 0) return i;
		}
		return this.tokens.count - 1;
	}

	/** Reads another range of the text with `read`, as if it stood in brackets, and comes back. */
	protected within<R>(from: number, to: number, read: () => R): R {
		const { tokens, at, kind, lastEnd } = this;
		this.tokens = tokenize(this.text, from, to, { indent: 0, bracketed: true, lazy: false, recover: this.recovering });
		this.addLexical(this.tokens);
		this.at = 0;
		this.kind = this.tokens.kinds[0] as T;
		try {
			return read();
		} finally {
			this.tokens = tokens;
			this.at = at;
			this.kind = kind;
			this.lastEnd = lastEnd;
		}
	}

	/** Stands for an expression that isn't there, or for text that is none. */
	protected errorExpr(start: number, end: number, parts: readonly Expr[] = []): ErrorExpr {
		return { kind: 'ErrorExpr', start, end, parts };
	}
}
