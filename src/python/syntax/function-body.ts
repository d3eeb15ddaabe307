/**
 * A function whose body is read when it is first asked for. Of all the code that a project's settings and URLconfs reach,
 * a few functions in a hundred are ever called, and their bodies are most of the text.
 */

import type { Arg, Arguments, Expr, FunctionDef, Stmt, SyntaxProblem, TypeParameter } from './ast';
import { nameEnd } from './characters';
import { Char, prefixKind } from './extent';
import { tokenize } from './lexer';
import { LogicalLines } from './logical-lines';
import { StatementParser } from './statements';

export interface FunctionHeader {
	readonly start: number;
	readonly async: boolean;
	readonly name: string;
	readonly nameStart: number;
	/** Read, or where it stands. */
	readonly signature: Signature | TextRange;
	readonly decorators: readonly Expr[];
	readonly decorated: number;
	readonly typeParams?: readonly TypeParameter[];
}

/** A function's parameters, and the annotation of what it returns. */
export interface Signature {
	readonly args: Arguments;
	readonly returns: Expr | undefined;
}

/** Where an unread body or signature stands; its problems go to its module's. */
export interface TextRange {
	readonly text: string;
	readonly start: number;
	readonly end: number;
	readonly problems: SyntaxProblem[];
}

export class ParsedFunction implements FunctionDef {
	readonly kind = 'FunctionDef';
	readonly start: number;
	readonly end: number;
	readonly async: boolean;
	readonly name: string;
	readonly nameStart: number;
	readonly decorators: readonly Expr[];
	readonly decorated: number;
	declare readonly typeParams?: readonly TypeParameter[];

	private constructor(
		header: FunctionHeader,
		end: number,
		private range: TextRange | undefined,
		private statements: readonly Stmt[],
		private yields: boolean,
	) {
		this.start = header.start;
		this.end = end;
		this.async = header.async;
		this.name = header.name;
		this.nameStart = header.nameStart;
		this.signature = header.signature;
		this.decorators = header.decorators;
		this.decorated = header.decorated;
		if (header.typeParams) this.typeParams = header.typeParams;
	}

	static read(header: FunctionHeader, end: number, body: readonly Stmt[], generator: boolean): ParsedFunction {
		return new ParsedFunction(header, end, undefined, body, generator);
	}

	static unread(header: FunctionHeader, range: TextRange): ParsedFunction {
		return new ParsedFunction(header, range.end, range, [], false);
	}

	private signature: Signature | TextRange;

	/** The parameters are unread; such have no defaults. */
	get isSimple(): boolean {
		return !('args' in this.signature);
	}

	/** A parameter or what the function returns has an annotation. */
	get isAnnotated(): boolean {
		if ('args' in this.signature) return isAnnotated(this.signature);
		const { text, start, end } = this.signature;
		const colon = text.indexOf(':', start);
		return (colon >= 0 && colon < end) || text.charCodeAt(end - 1) !== Char.ParenR;
	}

	get args(): Arguments {
		return this.readSignature().args;
	}

	get returns(): Expr | undefined {
		return this.readSignature().returns;
	}

	private readSignature(): Signature {
		if ('args' in this.signature) return this.signature;
		const { text, start, end, problems } = this.signature;
		const tokens = tokenize(text, start, end, { indent: 0, bracketed: true, lazy: false, recover: false });
		const signature = new StatementParser(text, tokens, problems, false).signature();
		this.signature = signature;
		return signature;
	}

	get body(): readonly Stmt[] {
		if (this.range) this.readBody(this.range);
		return this.statements;
	}

	/** The first statement where it is a string; an unread body is read no further than that. */
	get docstring(): string | undefined {
		if (!this.range) return docstringOf(this.statements);
		const { text, start, end } = this.range;
		if (!mayBeString(text, start)) return undefined;
		const lines = new LogicalLines(text, start, end);
		lines.next();
		lines.finish();
		if (lines.broken) return docstringOf(this.body);
		return docstringOf(readStatements({ text, start, end: lines.end, problems: [] }).body);
	}

	/** Where the body stands, while it is unread. */
	get bodyRange(): { readonly start: number; readonly end: number } | undefined {
		return this.range;
	}

	/** The function is called: what its body says has an effect from now on. */
	use(): void {
		this.used = true;
		this.told?.();
	}

	/** It was called. */
	used = false;
	private told: (() => void) | undefined;

	/** The body is another by now; when the function is called nonetheless, that is told. */
	supersede(told: () => void): void {
		this.told = told;
	}

	get generator(): boolean {
		if (this.range) this.readBody(this.range);
		return this.yields;
	}

	private readBody(range: TextRange): void {
		this.range = undefined;
		const { body, generator } = readStatements(range);
		this.statements = body;
		this.yields = generator;
	}
}

/** The parameters in the order of the text. */
export function parametersOf(args: Arguments): Arg[] {
	const all = [...args.posonly, ...args.args];
	if (args.vararg) all.push(args.vararg);
	all.push(...args.kwonly);
	if (args.kwarg) all.push(args.kwarg);
	return all;
}

export function isAnnotated({ args, returns }: { readonly args: Arguments; readonly returns?: Expr | undefined }): boolean {
	return returns !== undefined || parametersOf(args).some(({ annotation }) => annotation);
}

/** The statements of a body, and whether they yield. */
export function readStatements({ text, start, end, problems }: TextRange): { body: Stmt[]; generator: boolean } {
	const tokens = tokenize(text, start, end, { indent: columnOf(text, start), bracketed: false, lazy: true, recover: false });
	return new StatementParser(text, tokens, problems, true).functionBody();
}

/** The string that a body begins with. */
export function docstringOf([first]: readonly Stmt[]): string | undefined {
	const value = first?.kind === 'Expr' && first.value.kind === 'Constant' ? first.value.value : undefined;
	return typeof value === 'string' ? value : undefined;
}

/** Whether an expression that begins here can be a string: a quote comes first, but for a prefix or a bracket. */
function mayBeString(text: string, at: number): boolean {
	const end = nameEnd(text, at);
	const code = text.charCodeAt(end);
	if (end === at && code === Char.ParenL) return true;
	return (code === Char.Quote || code === Char.DoubleQuote) && (end === at || prefixKind(text, at, end) === 1);
}

/** Column of an offset whose line holds nothing but blanks before it. */
function columnOf(text: string, at: number): number {
	let begin = at;
	while (begin > 0) {
		const code = text.charCodeAt(begin - 1);
		if (code !== 32 && code !== 9) break;
		begin--;
	}
	let column = 0;
	for (let i = begin; i < at; i++) column = text.charCodeAt(i) === 9 ? (column & ~7) + 8 : column + 1;
	return column;
}
