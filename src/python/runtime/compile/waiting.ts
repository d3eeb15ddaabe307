import type { Assign, ClassDef, Expr, Stmt } from '../../syntax/ast';
import { someExpr } from '../../syntax/walk';
import { LazyBinding, PyClass, type Value } from '../../values';
import { type Exec, type Frame, NORMAL } from '../frames';
import { isolated } from '../isolation';
import { DeferredClass } from '../waiting/deferred-class';
import { peek } from '../waiting/peek';
import type { Context } from './context';
import { compileExpr } from './expressions';
import { compileStmt } from './statements';

/**
 * Attributes of a class that wait until somebody asks for them: `form_class = ArticleForm`, `queryset = Article.objects.all()`. A view
 * is routed without its forms, filters and tables being made. They name classes and queries, on which making the class calls nothing.
 */
export function compileWaiting(c: Context, body: readonly Stmt[]): ReadonlyMap<Stmt, Exec> {
	const bound = boundNames(body);
	const waiting = new Map<Stmt, Exec>();
	for (const node of body) {
		if (node.kind !== 'Assign') continue;
		const exec = compileAttribute(c, node, bound);
		if (exec) waiting.set(node, exec);
	}
	return waiting;
}

/** How often each name is bound in a class's body, which is no more than definitions and assignments. */
export function boundNames(body: readonly Stmt[]): ReadonlyMap<string, number> {
	const names = new Map<string, number>();
	const bind = (name: string): void => void names.set(name, (names.get(name) ?? 0) + 1);
	const target = (node: Expr): void => {
		if (node.kind === 'Name') bind(node.id);
		else if (node.kind === 'Tuple' || node.kind === 'List') node.elts.forEach(target);
	};
	for (const node of body) {
		if (node.kind === 'FunctionDef' || node.kind === 'ClassDef') bind((node as ClassDef).name);
		else if (node.kind === 'Assign') node.targets.forEach(target);
		else if (node.kind === 'AnnAssign' || node.kind === 'AugAssign') target(node.target);
	}
	return names;
}

function compileAttribute(c: Context, node: Assign, bound: ReadonlyMap<string, number>): Exec | undefined {
	const [target] = node.targets;
	if (target?.kind !== 'Name' || node.targets.length > 1 || target.id.startsWith('__') || bound.get(target.id) !== 1)
		return undefined;
	const { value } = node;
	const manager = value.kind === 'Call' ? managerOwner(value) : undefined;
	const named = manager ?? (value.kind === 'Name' || value.kind === 'Attribute' ? value : undefined);
	if (!named || someExpr(value, (part) => isOwn(part, bound))) return undefined;
	const now = compileStmt(c, node);
	return (f) => {
		const found = peek(f.py, f, named);
		if (!(found instanceof DeferredClass) && !(manager && found instanceof PyClass)) return now(f);
		f.names.set(target.id, new LazyBinding(late(c, value, f), `${f.name}.${target.id}`));
		return NORMAL;
	};
}

/** `Model` of `Model.objects. … (…)`, a query that is not made. */
function managerOwner(call: Expr): Expr | undefined {
	let node = call;
	for (;;) {
		if (node.kind === 'Call') node = node.func;
		else if (node.kind === 'Attribute') {
			if (node.value.kind === 'Name' && /^(?:objects|_default_manager)$/.test(node.attr)) return node.value;
			node = node.value;
		} else return undefined;
	}
}

/** What can't be evaluated after the class's body has ended. */
function isOwn(node: Expr, bound: ReadonlyMap<string, number>): boolean {
	switch (node.kind) {
		case 'Name':
			return bound.has(node.id) || node.id.startsWith('__');
		case 'Lambda':
		case 'ListComp':
		case 'SetComp':
		case 'DictComp':
		case 'GeneratorExp':
		case 'NamedExpr':
			return true;
		default:
			return false;
	}
}

/** What it meets then is met by the statement that runs now. */
export function late(c: Context, node: Expr, frame: Frame): () => Value {
	const { py } = frame;
	const { running } = py;
	return () => (running ? py.attributed(running, () => evaluateLate(c, node, frame)) : evaluateLate(c, node, frame));
}

/** As the statement around it would have. What it raises costs the attribute. */
function evaluateLate(c: Context, node: Expr, frame: Frame): Value {
	const { py } = frame;
	const { guards } = py;
	py.guards = [];
	try {
		return py.inFrame(frame, (late) => {
			late.node = node;
			try {
				return compileExpr(c, node)(late);
			} catch (error) {
				const unknown = isolated(py, error, late) ?? py.imports.unreadable(frame.module, error);
				if (!unknown) throw error;
				return unknown;
			}
		});
	} finally {
		py.guards = guards;
	}
}
