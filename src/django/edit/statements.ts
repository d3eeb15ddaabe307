import type { Expr, FunctionDef, Module, Stmt } from '../../python/syntax/ast';
import { definedFunctions, innerBodies } from '../../python/syntax/definitions';

/** A statement at the top level of a module's newest text. */
export class Statement {
	/** Where it stands with its decorators. */
	readonly start: number;
	readonly end: number;
	readonly text: string;
	/** Names that it binds in the module, and names whose values it changes: `x.append(…)`, `x[…] = …`. */
	readonly binds: ReadonlySet<string>;
	readonly changes: ReadonlySet<string>;
	private words: ReadonlySet<string> | undefined;

	constructor(
		readonly node: Stmt,
		text: string,
	) {
		this.start = node.kind === 'FunctionDef' || node.kind === 'ClassDef' ? node.decorated : node.start;
		this.end = node.end;
		this.text = text.slice(this.start, this.end);
		const binds = new Set<string>();
		const changes = new Set<string>();
		bindings(node, binds, changes);
		this.binds = binds;
		this.changes = changes;
	}

	get functions(): readonly FunctionDef[] {
		return definedFunctions([this.node]);
	}

	/** Whether the word occurs in its text at all. */
	mentions(word: string): boolean {
		if (!this.text.includes(word)) return false;
		this.words ??= wordsOf(this.text);
		return this.words.has(word);
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

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.match(/[\p{L}_][\p{L}\p{N}_]*/gu));

export const statementsOf = (tree: Module, text: string): Statement[] => tree.body.map((node) => new Statement(node, text));

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
