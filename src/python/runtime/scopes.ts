import type { Arguments, ClassDef, Comprehension, Expr, FunctionDef, GeneratorExp, Lambda, Pattern, Stmt } from '../syntax/ast';
import { ParsedFunction } from '../syntax/function-body';

/** Which names a function, lambda, class body, comprehension or generator expression binds and uses. */
export interface ScopeNames {
	/** Assigned, imported, defined, or a parameter; without those declared global or nonlocal. */
	readonly bound: Set<string>;
	readonly globals: Set<string>;
	readonly nonlocals: Set<string>;
	/** Loaded by its own code (comprehensions in it included). */
	readonly used: Set<string>;
	/** Needed by functions, classes and generator expressions inside of it, from here or further out. */
	readonly inner: Set<string>;
}

export type ScopeNode = FunctionDef | Lambda | ClassDef | GeneratorExp | ComprehensionNode;
export type ComprehensionNode = Extract<Expr, { kind: 'ListComp' | 'SetComp' | 'DictComp' }>;

/** Derived from immutable trees only, so that it may outlive an interpreter. */
const known = new WeakMap<ScopeNode, ScopeNames>();

/** The names that a function or class binds, uses and declares; worked out once. */
export function namesOf(node: ScopeNode): ScopeNames {
	let names = known.get(node);
	if (!names) {
		names = analyse(node);
		known.set(node, names);
	}
	return names;
}

/** What a scope needs from outside: used or passed on, and not bound by itself. */
export function freeNames(node: ScopeNode): Set<string> {
	const names = namesOf(node);
	const free = new Set<string>();
	for (const name of names.used) if (!names.bound.has(name) && !names.globals.has(name)) free.add(name);
	for (const name of names.nonlocals) free.add(name);
	for (const name of names.inner) {
		// A class's own names are invisible to its functions; `__class__` is what it offers them.
		if (node.kind === 'ClassDef' ? name !== '__class__' : !names.bound.has(name) && !names.globals.has(name)) free.add(name);
	}
	return free;
}

function analyse(node: ScopeNode): ScopeNames {
	const reader = new Reader(node.kind === 'ClassDef');
	switch (node.kind) {
		case 'FunctionDef':
			reader.parameters(node.args);
			reader.body(node.body);
			break;
		case 'Lambda':
			reader.parameters(node.args);
			reader.expr(node.body);
			break;
		case 'ClassDef':
			reader.body(node.body);
			break;
		case 'GeneratorExp':
		case 'ListComp':
		case 'SetComp':
			reader.generators(node.generators);
			reader.expr(node.elt);
			break;
		case 'DictComp':
			reader.generators(node.generators);
			if (node.key) reader.expr(node.key);
			reader.expr(node.value);
			break;
	}
	for (const name of reader.globals) reader.bound.delete(name);
	for (const name of reader.nonlocals) reader.bound.delete(name);
	return reader;
}

/** Names bound by walrus operators inside a comprehension belong to the scope around it. */
function walrusTargets(node: ComprehensionNode | GeneratorExp): Iterable<string> {
	return (namesOf(node) as Reader).walrus;
}

class Reader implements ScopeNames {
	readonly bound = new Set<string>();
	readonly globals = new Set<string>();
	readonly nonlocals = new Set<string>();
	readonly used = new Set<string>();
	readonly inner = new Set<string>();
	readonly walrus = new Set<string>();
	private inComprehension = false;

	constructor(private readonly isClass: boolean) {}

	parameters(args: Arguments): void {
		for (const arg of [...args.posonly, ...args.args, ...args.kwonly]) this.bound.add(arg.name);
		if (args.vararg) this.bound.add(args.vararg.name);
		if (args.kwarg) this.bound.add(args.kwarg.name);
	}

	/** The scope's own comprehension clauses; the first iterable is evaluated outside. */
	generators(clauses: readonly Comprehension[]): void {
		this.inComprehension = true;
		clauses.forEach((clause, index) => {
			this.target(clause.target);
			if (index > 0) this.expr(clause.iter);
			this.exprs(clause.ifs);
		});
	}

	body(statements: readonly Stmt[]): void {
		for (const statement of statements) this.stmt(statement);
	}

	private stmt(node: Stmt): void {
		switch (node.kind) {
			case 'FunctionDef':
				this.bound.add(node.name);
				this.exprs(node.decorators);
				if (!(node instanceof ParsedFunction && node.isSimple)) this.defaults(node.args);
				this.nested(node);
				break;
			case 'ClassDef':
				this.bound.add(node.name);
				this.exprs(node.decorators);
				this.exprs(node.bases);
				for (const keyword of node.keywords) this.expr(keyword.value);
				this.nested(node);
				break;
			case 'Return':
				this.maybe(node.value);
				break;
			case 'Delete':
				for (const target of node.targets) this.target(target);
				break;
			case 'Assign':
				this.expr(node.value);
				for (const target of node.targets) this.target(target);
				break;
			case 'AugAssign':
				this.expr(node.target);
				this.target(node.target);
				this.expr(node.value);
				break;
			case 'AnnAssign':
				this.target(node.target);
				if (this.isClass) this.expr(node.annotation);
				this.maybe(node.value);
				break;
			case 'TypeAlias':
				this.bound.add(node.name);
				break;
			case 'For':
				this.expr(node.iter);
				this.target(node.target);
				this.body(node.body);
				this.body(node.orelse);
				break;
			case 'While':
			case 'If':
				this.expr(node.test);
				this.body(node.body);
				this.body(node.orelse);
				break;
			case 'With':
				for (const item of node.items) {
					this.expr(item.context);
					if (item.target) this.target(item.target);
				}
				this.body(node.body);
				break;
			case 'Match':
				this.expr(node.subject);
				for (const branch of node.cases) {
					this.pattern(branch.pattern);
					this.maybe(branch.guard);
					this.body(branch.body);
				}
				break;
			case 'Raise':
				this.maybe(node.exc);
				this.maybe(node.cause);
				break;
			case 'Try':
				this.body(node.body);
				for (const handler of node.handlers) {
					this.maybe(handler.type);
					if (handler.name !== undefined) this.bound.add(handler.name);
					this.body(handler.body);
				}
				this.body(node.orelse);
				this.body(node.finalbody);
				break;
			case 'Assert':
				this.expr(node.test);
				this.maybe(node.msg);
				break;
			case 'Import':
				for (const alias of node.names) this.bound.add(alias.asname ?? alias.name.split('.', 1)[0] ?? alias.name);
				break;
			case 'ImportFrom':
				for (const alias of node.names) if (alias.name !== '*') this.bound.add(alias.asname ?? alias.name);
				break;
			case 'Global':
				for (const name of node.names) this.globals.add(name);
				break;
			case 'Nonlocal':
				for (const name of node.names) this.nonlocals.add(name);
				break;
			case 'Expr':
				this.expr(node.value);
				break;
			case 'ErrorStmt':
				this.exprs(node.parts);
				break;
			case 'Pass':
			case 'Break':
			case 'Continue':
				break;
		}
	}

	private pattern(node: Pattern): void {
		switch (node.kind) {
			case 'MatchValue':
				this.expr(node.value);
				break;
			case 'MatchSingleton':
				break;
			case 'MatchSequence':
			case 'MatchOr':
				for (const pattern of node.patterns) this.pattern(pattern);
				break;
			case 'MatchMapping':
				this.exprs(node.keys);
				for (const pattern of node.patterns) this.pattern(pattern);
				if (node.rest !== undefined) this.bound.add(node.rest);
				break;
			case 'MatchClass':
				this.expr(node.cls);
				for (const pattern of [...node.patterns, ...node.kwdPatterns]) this.pattern(pattern);
				break;
			case 'MatchStar':
				if (node.name !== undefined) this.bound.add(node.name);
				break;
			case 'MatchAs':
				if (node.pattern) this.pattern(node.pattern);
				if (node.name !== undefined) this.bound.add(node.name);
				break;
		}
	}

	private target(node: Expr): void {
		switch (node.kind) {
			case 'Name':
				this.bound.add(node.id);
				break;
			case 'Tuple':
			case 'List':
				for (const element of node.elts) this.target(element);
				break;
			case 'Starred':
				this.target(node.value);
				break;
			default:
				this.expr(node);
		}
	}

	private maybe(node: Expr | undefined): void {
		if (node) this.expr(node);
	}

	private exprs(nodes: readonly Expr[]): void {
		for (const node of nodes) this.expr(node);
	}

	private defaults(args: Arguments): void {
		for (const arg of [...args.posonly, ...args.args, ...args.kwonly]) this.maybe(arg.default);
	}

	/** A scope with a frame of its own. */
	private nested(node: FunctionDef | Lambda | ClassDef | GeneratorExp): void {
		for (const name of freeNames(node)) this.inner.add(name);
	}

	expr(node: Expr): void {
		switch (node.kind) {
			case 'Name':
				this.used.add(node.id);
				if (node.id === 'super') this.used.add('__class__');
				break;
			case 'Constant':
				break;
			case 'Attribute':
			case 'Starred':
			case 'Await':
			case 'YieldFrom':
				this.expr(node.value);
				break;
			case 'Yield':
				this.maybe(node.value);
				break;
			case 'Call':
				this.expr(node.func);
				this.exprs(node.args);
				for (const keyword of node.keywords) this.expr(keyword.value);
				break;
			case 'BoolOp':
				this.exprs(node.values);
				break;
			case 'NamedExpr':
				this.expr(node.value);
				if (this.inComprehension) {
					this.walrus.add(node.target.id);
					this.used.add(node.target.id);
				} else this.target(node.target);
				break;
			case 'BinOp':
				this.expr(node.left);
				this.expr(node.right);
				break;
			case 'UnaryOp':
				this.expr(node.operand);
				break;
			case 'Lambda':
				this.defaults(node.args);
				this.nested(node);
				break;
			case 'IfExp':
				this.expr(node.test);
				this.expr(node.body);
				this.expr(node.orelse);
				break;
			case 'Dict':
				for (const key of node.keys) this.maybe(key);
				this.exprs(node.values);
				break;
			case 'Set':
			case 'List':
			case 'Tuple':
				this.exprs(node.elts);
				break;
			case 'ListComp':
			case 'SetComp':
			case 'DictComp':
				this.comprehension(node);
				break;
			case 'GeneratorExp':
				this.maybe(node.generators[0]?.iter);
				this.walrusOf(node);
				this.nested(node);
				break;
			case 'Compare':
				this.expr(node.left);
				this.exprs(node.comparators);
				break;
			case 'JoinedStr':
			case 'TemplateStr':
				for (const part of node.values) {
					if (part.kind !== 'FormattedValue') continue;
					this.expr(part.value);
					this.maybe(part.formatSpec);
				}
				break;
			case 'Subscript':
				this.expr(node.value);
				this.expr(node.slice);
				break;
			case 'Slice':
				this.maybe(node.lower);
				this.maybe(node.upper);
				this.maybe(node.step);
				break;
			case 'ErrorExpr':
				this.exprs(node.parts);
				break;
		}
	}

	/** Runs in this scope's frame: what it uses, this scope uses (unless this is a class, whose names it doesn't see). */
	private comprehension(node: ComprehensionNode): void {
		this.maybe(node.generators[0]?.iter);
		this.walrusOf(node);
		const names = namesOf(node);
		const uses = this.isClass ? this.inner : this.used;
		for (const name of names.used) if (!names.bound.has(name)) uses.add(name);
		for (const name of names.inner) if (!names.bound.has(name)) this.inner.add(name);
	}

	private walrusOf(node: ComprehensionNode | GeneratorExp): void {
		for (const name of walrusTargets(node)) {
			if (this.inComprehension) this.walrus.add(name);
			else this.bound.add(name);
		}
	}
}
