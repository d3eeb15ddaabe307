import type { Expr, FunctionDef, Module, Stmt, SyntaxProblem } from '../../python/syntax/ast';
import { definedFunctions, innerBodies } from '../../python/syntax/definitions';
import { attributesAtOnce, namesAtOnce } from '../../python/syntax/names';
import { parsePart } from '../../python/syntax/part';

type ImportStmt = Extract<Stmt, { kind: 'Import' | 'ImportFrom' }>;

/** What a statement's text tells wherever it stands. */
interface Told {
	readonly kind: Stmt['kind'];
	/** Of a function or class. */
	readonly name: string | undefined;
	/** From its decorators to its first word. */
	readonly header: number;
	/** Names that it binds in the module, and names whose values it changes: `x.append(…)`, `x[…] = …`. */
	readonly binds: ReadonlySet<string>;
	readonly changes: ReadonlySet<string>;
	words?: ReadonlySet<string>;
	/** Names that run with the module. */
	used?: ReadonlySet<string>;
	/** It may get at names that it doesn't write. */
	byText?: boolean;
	imports?: readonly ImportStmt[];
	/** By a name: what it takes of it. */
	taken?: Map<string, ReturnType<typeof attributesAtOnce>>;
}

/** A text that statements stand in, and where the problems of what is read of it later go. */
export interface ReadText {
	readonly text: string;
	readonly errors: SyntaxProblem[];
}

/** A statement at the top level of a module's newest text. */
export class Statement {
	readonly text: string;

	private constructor(
		private readonly whole: ReadText,
		/** Where it stands with its decorators. */
		readonly start: number,
		readonly end: number,
		private readonly told: Told,
		private parsed: Stmt | undefined,
	) {
		this.text = whole.text.slice(start, end);
	}

	static read(node: Stmt, whole: ReadText): Statement {
		const definition = node.kind === 'FunctionDef' || node.kind === 'ClassDef';
		const start = definition ? node.decorated : node.start;
		const binds = new Set<string>();
		const changes = new Set<string>();
		bindings(node, binds, changes);
		const name = definition ? node.name : undefined;
		return new Statement(whole, start, node.end, { kind: node.kind, name, header: node.start - start, binds, changes }, node);
	}

	/** The same statement in another text, so many characters further down. */
	moved(delta: number, whole: ReadText): Statement {
		return new Statement(whole, this.start + delta, this.end + delta, this.told, undefined);
	}

	/** Read again where the statement has moved. */
	get node(): Stmt {
		this.parsed ??= parsePart(this.whole.text, this.start, this.end, this.whole.errors)[0];
		return this.parsed ?? { kind: 'Pass', start: this.start, end: this.end };
	}

	get kind(): Stmt['kind'] {
		return this.told.kind;
	}

	get name(): string | undefined {
		return this.told.name;
	}

	get nodeStart(): number {
		return this.start + this.told.header;
	}

	get binds(): ReadonlySet<string> {
		return this.told.binds;
	}

	get changes(): ReadonlySet<string> {
		return this.told.changes;
	}

	/** Imports that run with it. */
	get imports(): readonly ImportStmt[] {
		const { told, text } = this;
		told.imports ??= /\bimport\b/.test(text) ? importsIn(this.node) : [];
		return told.imports;
	}

	get functions(): readonly FunctionDef[] {
		return definedFunctions([this.node]);
	}

	/** The same text, read as the same: behind a syntax error on its line it may be none of what it was. */
	equals(other: Statement): boolean {
		return this.text === other.text && this.kind === other.kind;
	}

	/** Whether the word occurs in its text at all. */
	mentions(word: string): boolean {
		if (!this.text.includes(word)) return false;
		this.told.words ??= wordsOf(this.text);
		return this.told.words.has(word);
	}

	/** Whether all that it does with what has this name is to take other attributes than these: not where a string names it as well. */
	takesOthers(name: string, attributes: ReadonlySet<string>): boolean {
		if (this.name !== undefined || !/^\w+$/.test(name) || !this.text.includes(name)) return false;
		if (byText.test(this.text) || new RegExp(`["']${name}\\b`).test(this.text)) return false;
		this.told.taken ??= new Map();
		const taken = this.told.taken.get(name) ?? attributesAtOnce(this.node, name);
		this.told.taken.set(name, taken);
		if (taken.otherwise) return false;
		for (const one of taken.attributes) if (attributes.has(one)) return false;
		return true;
	}

	/** Whether what runs with the module uses the name; by the word alone where names may be put together. */
	usesAtOnce(name: string): boolean {
		if (!this.mentionsAtOnce(name)) return false;
		this.told.byText ??= byText.test(this.text);
		if (this.told.byText) return true;
		this.told.used ??= namesAtOnce(this.node);
		return this.told.used.has(name);
	}

	/** Whether the word occurs in what runs with the module: outside of functions' bodies. */
	mentionsAtOnce(word: string): boolean {
		if (!this.mentions(word)) return false;
		const { functions } = this;
		if (functions.length === 0) return true;
		let at = this.start;
		let outside = '';
		for (const { start, end, args } of functions) {
			const header = this.text.indexOf(':', Math.max(lastEnd(args), start) - this.start);
			outside += this.text.slice(at - this.start, header < 0 ? end - this.start : header + 1);
			at = end;
		}
		return wordsOf(outside + this.text.slice(at - this.start)).has(word);
	}
}

/** Where the last default or annotation of a function's parameters ends. */
function lastEnd(args: FunctionDef['args']): number {
	const all = [
		...args.posonly,
		...args.args,
		...args.kwonly,
		...(args.vararg ? [args.vararg] : []),
		...(args.kwarg ? [args.kwarg] : []),
	];
	return Math.max(0, ...all.flatMap(({ annotation, default: value }) => [annotation?.end ?? 0, value?.end ?? 0]));
}

const importsIn = (node: Stmt): readonly ImportStmt[] =>
	node.kind === 'Import' || node.kind === 'ImportFrom' ? [node] : innerBodies(node).flatMap((body) => body.flatMap(importsIn));

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.match(/[\p{L}_][\p{L}\p{N}_]*/gu));

/** Functions by which code gets at names that it doesn't write. */
export const byText = /\b(?:globals|locals|vars|exec|eval|__name__|modules|import_string)\b/;

export const statementsOf = (tree: Module, whole: ReadText): Statement[] => tree.body.map((node) => Statement.read(node, whole));

function bindings(node: Stmt, binds: Set<string>, changes: Set<string>): void {
	switch (node.kind) {
		case 'FunctionDef':
		case 'ClassDef':
			binds.add(node.name);
			return;
		case 'Import':
			for (const { name, asname } of node.names) binds.add(asname ?? name.split('.')[0] ?? name);
			return;
		case 'ImportFrom':
			for (const { name, asname } of node.names) binds.add(asname ?? name);
			return;
		case 'Assign':
			for (const target of node.targets) targetBindings(target, binds, changes);
			return;
		case 'AnnAssign':
		case 'AugAssign':
			targetBindings(node.target, binds, changes);
			return;
		case 'Delete':
			for (const target of node.targets) targetBindings(target, binds, changes);
			return;
		case 'Expr':
			if (node.value.kind === 'Call') receiver(node.value.func, changes);
			return;
		case 'For':
			targetBindings(node.target, binds, changes);
			break;
		case 'With':
			for (const { target } of node.items) if (target) targetBindings(target, binds, changes);
			break;
		case 'Try':
			for (const { name } of node.handlers) if (name) binds.add(name);
			break;
		default:
	}
	for (const body of innerBodies(node)) for (const inner of body) bindings(inner, binds, changes);
}

function targetBindings(target: Expr, binds: Set<string>, changes: Set<string>): void {
	switch (target.kind) {
		case 'Name':
			binds.add(target.id);
			return;
		case 'Tuple':
		case 'List':
			for (const element of target.elts) targetBindings(element, binds, changes);
			return;
		case 'Starred':
			targetBindings(target.value, binds, changes);
			return;
		default:
			receiver(target, changes);
	}
}

/** The name at the root of `name.a[0].b()`. */
function receiver(node: Expr, changes: Set<string>): void {
	let at = node;
	for (;;) {
		if (at.kind === 'Attribute' || at.kind === 'Subscript') at = at.value;
		else if (at.kind === 'Call') at = at.func;
		else break;
	}
	if (at.kind === 'Name' && at !== node) changes.add(at.id);
}
