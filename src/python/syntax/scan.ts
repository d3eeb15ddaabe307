/**
 * A module's outline: what it imports, defines and does when it is imported, without reading a function that imports nothing.
 * The engine asks it of modules that it may never need to run.
 *
 * It stands on the parser's lazy reading, which passes over function bodies: a scanner of lines alone was measured slower.
 */

import type { Alias, ClassDef, Expr, FunctionDef, Stmt } from './ast';
import { parseModule } from './parse';
import { someExpr } from './walk';

/** The blocks around a statement, outermost first. `if`, `try` and the like run with the module, `function` does not. */
export type Around = 'if' | 'try' | 'for' | 'while' | 'with' | 'match' | 'class' | 'function';

interface Item {
	readonly start: number;
	readonly end: number;
	readonly around: readonly Around[];
}
/** `import a.b as c`. Those inside functions are listed too. */
export interface OutlineImport extends Item {
	readonly kind: 'Import';
	readonly names: readonly Alias[];
}
/** `from ..a import b`: see `ImportFrom` in ast.ts. */
export interface OutlineImportFrom extends Item {
	readonly kind: 'ImportFrom';
	readonly module?: string;
	readonly level: number;
	readonly names: readonly Alias[];
}
/** A function outside classes and functions. */
export interface OutlineFunction extends Item {
	readonly kind: 'FunctionDef';
	readonly name: string;
	/** Their text, without the `@`. */
	readonly decorators: readonly string[];
}
export interface OutlineClass extends Item {
	readonly kind: 'ClassDef';
	readonly name: string;
	readonly decorators: readonly string[];
	/** Their text; a starred one as written. */
	readonly bases: readonly string[];
	/** Names of its keywords (`metaclass` among them); `**` for an unpacked one. */
	readonly keywords: readonly string[];
	/** Of `__init_subclass__`, `__set_name__`, `__class_getitem__` and `__new__`: those its body defines. */
	readonly hooks: readonly string[];
	/** Something besides definitions is called while its body runs, decorators included. */
	readonly calls: boolean;
}
/** Targets that are names; `calls` where the statement contains a call. */
export interface OutlineAssign extends Item {
	readonly kind: 'Assign';
	readonly names: readonly string[];
	readonly calls: boolean;
}
/** An assignment to an attribute or an item, alone or beside names: it may reach into another module. */
export interface OutlineStore extends Item {
	readonly kind: 'Store';
	/** Text of the targets. */
	readonly targets: readonly string[];
	readonly calls: boolean;
}
/** An expression statement; docstrings and other lone constants don't count. */
export interface OutlineExpression extends Item {
	readonly kind: 'Expr';
	readonly calls: boolean;
}
/** A block's header (all clauses of an `if` or `try` as one); the statements in it follow as items of their own. */
export interface OutlineBlock extends Item {
	readonly kind: 'Block';
	readonly word: 'if' | 'try' | 'for' | 'while' | 'with' | 'match';
	readonly calls: boolean;
}
/** `del`, `assert`, `raise`, `global`, a type alias, or text that is no statement. */
export interface OutlineOther extends Item {
	readonly kind: 'Other';
	readonly calls: boolean;
}

export type OutlineItem =
	| OutlineImport
	| OutlineImportFrom
	| OutlineFunction
	| OutlineClass
	| OutlineAssign
	| OutlineStore
	| OutlineExpression
	| OutlineBlock
	| OutlineOther;

export interface Outline {
	readonly items: readonly OutlineItem[];
	/** The text has syntax errors: the outline is of what could be read. */
	readonly broken: boolean;
}

/** Never throws. Linear in the text. */
export function scanModule(text: string): Outline {
	const module = parseModule(text);
	const scanner = new Scanner(text);
	scanner.block(module.body, []);
	return { items: scanner.items, broken: module.errors.length > 0 };
}

const HOOKS = new Set(['__init_subclass__', '__set_name__', '__class_getitem__', '__new__']);

/** Decorators of methods that only wrap them. */
const QUIET_DECORATORS = new Set(['property', 'staticmethod', 'classmethod', 'cached_property', 'abstractmethod']);

/** What is learnt of a class while its body is read. */
interface ClassBody {
	readonly hooks: string[];
	calls: boolean;
}

class Scanner {
	readonly items: OutlineItem[] = [];

	/** Where the word stands next, as far as looked. */
	private nextImport = -1;

	constructor(private readonly text: string) {}

	/** `classBody` where the statements are a class's own; `runs` false inside functions, where only imports count. */
	block(statements: readonly Stmt[], around: readonly Around[], runs = true, classBody?: ClassBody): void {
		for (const node of statements) this.statement(node, around, runs, classBody);
	}

	private source({ start, end }: Expr): string {
		return this.text.slice(start, end);
	}

	private statement(node: Stmt, around: readonly Around[], runs: boolean, classBody: ClassBody | undefined): void {
		const { start, end } = node;
		const inner = (words: Around, ...bodies: readonly (readonly Stmt[])[]): void => {
			for (const body of bodies) this.block(body, [...around, words], runs, classBody);
		};
		const header = (word: OutlineBlock['word'], headerEnd: number, ...exprs: readonly (Expr | undefined)[]): void => {
			const calls = exprs.some((expr) => expr !== undefined && containsCall(expr));
			if (calls && classBody) classBody.calls = true;
			if (runs && !classBody) this.items.push({ kind: 'Block', start, end: headerEnd, around, word, calls });
		};
		switch (node.kind) {
			case 'Import':
				this.items.push({ kind: 'Import', start, end, around, names: node.names });
				return;
			case 'ImportFrom': {
				const { module, level, names } = node;
				this.items.push({ kind: 'ImportFrom', start, end, around, level, names, ...(module !== undefined && { module }) });
				return;
			}
			case 'FunctionDef':
				this.functionDef(node, around, runs, classBody);
				return;
			case 'ClassDef':
				this.classDef(node, around, runs, classBody);
				return;
			case 'If':
				header('if', node.test.end, node.test);
				inner('if', node.body, node.orelse);
				return;
			case 'While':
				header('while', node.test.end, node.test);
				inner('while', node.body, node.orelse);
				return;
			case 'For':
				header('for', node.iter.end, node.target, node.iter);
				inner('for', node.body, node.orelse);
				return;
			case 'With': {
				const last = node.items[node.items.length - 1];
				header('with', (last?.target ?? last?.context)?.end ?? start, ...node.items.map((item) => item.context));
				inner('with', node.body);
				return;
			}
			case 'Try':
				header('try', start + 3, ...node.handlers.map((handler) => handler.type));
				inner('try', node.body, ...node.handlers.map((handler) => handler.body), node.orelse, node.finalbody);
				return;
			case 'Match':
				header('match', node.subject.end, node.subject, ...node.cases.map((clause) => clause.guard));
				inner('match', ...node.cases.map((clause) => clause.body));
				return;
			default:
				if (runs) this.simple(node, around, classBody);
		}
	}

	private simple(node: Stmt, around: readonly Around[], classBody: ClassBody | undefined): void {
		const { start, end } = node;
		switch (node.kind) {
			case 'Pass':
				return;
			case 'Expr': {
				const calls = containsCall(node.value);
				if (classBody) classBody.calls ||= calls;
				else if (node.value.kind !== 'Constant') this.items.push({ kind: 'Expr', start, end, around, calls });
				return;
			}
			case 'Assign':
				this.assignment(node.targets, node.value, node, around, classBody);
				return;
			case 'AugAssign':
			case 'AnnAssign':
				this.assignment([node.target], node.value, node, around, classBody);
				return;
			default:
				// Rare in a module's own body; what they contain is not looked into.
				if (classBody) classBody.calls = true;
				else this.items.push({ kind: 'Other', start, end, around, calls: true });
		}
	}

	private assignment(
		targets: readonly Expr[],
		value: Expr | undefined,
		{ start, end }: Stmt,
		around: readonly Around[],
		classBody: ClassBody | undefined,
	): void {
		const calls = (value !== undefined && containsCall(value)) || targets.some(containsCall);
		if (classBody) {
			classBody.calls ||= calls;
			return;
		}
		const names: string[] = [];
		const bindsOnly = targets.every((target) => collectNames(target, names));
		if (bindsOnly) this.items.push({ kind: 'Assign', start, end, around, names, calls });
		else this.items.push({ kind: 'Store', start, end, around, targets: targets.map((target) => this.source(target)), calls });
	}

	private functionDef(node: FunctionDef, around: readonly Around[], runs: boolean, classBody: ClassBody | undefined): void {
		const { start, end, name } = node;
		const decorators = node.decorators.map((decorator) => this.source(decorator));
		if (classBody) {
			if (HOOKS.has(name)) classBody.hooks.push(name);
			if (decorators.some((decorator) => !QUIET_DECORATORS.has(decorator))) classBody.calls = true;
		} else if (runs) this.items.push({ kind: 'FunctionDef', start, end, around, name, decorators });
		// A body is only read where it may import something.
		if (this.nextImport < start) {
			const found = this.text.indexOf('import', start);
			this.nextImport = found < 0 ? this.text.length : found;
		}
		if (this.nextImport < end) this.block(node.body, [...around, 'function'], false);
	}

	private classDef(node: ClassDef, around: readonly Around[], runs: boolean, classBody: ClassBody | undefined): void {
		const { start, end, name } = node;
		const body: ClassBody = { hooks: [], calls: false };
		const inside: readonly Around[] = [...around, 'class'];
		if (!runs) {
			this.block(node.body, inside, false);
			return;
		}
		const at = this.items.length;
		this.block(node.body, inside, true, body);
		if (classBody && (body.calls || node.bases.length > 0 || node.decorators.length > 0)) classBody.calls = true;
		this.items.splice(at, 0, {
			kind: 'ClassDef',
			start,
			end,
			around,
			name,
			decorators: node.decorators.map((decorator) => this.source(decorator)),
			bases: node.bases.map((base) => this.source(base)),
			keywords: node.keywords.map((keyword) => keyword.arg ?? '**'),
			hooks: body.hooks,
			calls: body.calls,
		});
	}
}

/** Whether evaluating it calls something written as a call (a lambda's inside counts too). */
const containsCall = (expr: Expr): boolean => someExpr(expr, (node) => node.kind === 'Call');

/** Adds the names a target binds; false where it stores elsewhere too. */
function collectNames(target: Expr, names: string[]): boolean {
	switch (target.kind) {
		case 'Name':
			names.push(target.id);
			return true;
		case 'Tuple':
		case 'List':
			return target.elts.every((element) => collectNames(element, names));
		case 'Starred':
			return collectNames(target.value, names);
		default:
			return false;
	}
}
