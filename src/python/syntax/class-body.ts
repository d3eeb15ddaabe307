/** A class whose body is read when it is first asked for: most classes of a library are never made. */

import type { ClassDef, Expr, Keyword, Stmt, TypeParameter } from './ast';
import { readStatements, type TextRange } from './function-body';

export interface ClassHeader {
	readonly start: number;
	readonly name: string;
	readonly nameStart: number;
	readonly bases: readonly Expr[];
	readonly keywords: readonly Keyword[];
	readonly decorators: readonly Expr[];
	readonly decorated: number;
	readonly typeParams?: readonly TypeParameter[];
}

export class ParsedClass implements ClassDef {
	readonly kind = 'ClassDef';
	readonly start: number;
	readonly end: number;
	readonly name: string;
	readonly nameStart: number;
	readonly bases: readonly Expr[];
	readonly keywords: readonly Keyword[];
	readonly decorators: readonly Expr[];
	readonly decorated: number;
	declare readonly typeParams?: readonly TypeParameter[];
	/** Where the body's first statement begins. */
	readonly bodyStart: number;
	private statements: readonly Stmt[] = [];

	constructor(
		header: ClassHeader,
		private range: TextRange | undefined,
	) {
		this.start = header.start;
		this.end = range?.end ?? header.start;
		this.bodyStart = range?.start ?? header.start;
		this.name = header.name;
		this.nameStart = header.nameStart;
		this.bases = header.bases;
		this.keywords = header.keywords;
		this.decorators = header.decorators;
		this.decorated = header.decorated;
		if (header.typeParams) this.typeParams = header.typeParams;
	}

	get body(): readonly Stmt[] {
		if (this.range) this.readBody(this.range);
		return this.statements;
	}

	private readBody(range: TextRange): void {
		this.range = undefined;
		this.statements = readStatements(range).body;
	}
}
