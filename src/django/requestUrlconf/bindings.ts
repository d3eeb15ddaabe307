import type { Expr, FunctionDef, Lambda } from '../../python/syntax/ast';
import { type Guarded, guardedStatements } from '../guards';

/** A way in which a local variable gets a value: `path` leads into what is unpacked, an item of a loop is `'item'`. */
export interface Binding {
	readonly site: Guarded;
	readonly value: Expr | FunctionDef;
	readonly path: readonly (number | 'item')[];
}

const bindings = new WeakMap<FunctionDef | Lambda, ReadonlyMap<string, readonly (Binding | Guarded)[]>>();

/** The local variables of a function; a bare site is one that binds the name to what isn't followed. */
export function bindingsOf(node: FunctionDef | Lambda): ReadonlyMap<string, readonly (Binding | Guarded)[]> {
	let all = bindings.get(node);
	if (!all) {
		const out = new Map<string, (Binding | Guarded)[]>();
		for (const site of guardedStatements(node))
			for (const [name, binding] of boundBy(site)) {
				const list = out.get(name);
				if (list) list.push(binding);
				else out.set(name, [binding]);
			}
		all = out;
		bindings.set(node, all);
	}
	return all;
}

function* boundBy(site: Guarded): Generator<readonly [string, Binding | Guarded]> {
	const { statement } = site;
	for (const one of expressionsIn(statement))
		if (one.kind === 'NamedExpr') yield [one.target.id, { site, value: one.value, path: [] }];
	switch (statement.kind) {
		case 'Assign':
			for (const target of statement.targets) yield* targets(target, statement.value, [], site);
			break;
		case 'AnnAssign':
			if (statement.value) yield* targets(statement.target, statement.value, [], site);
			break;
		case 'AugAssign':
			if (statement.target.kind === 'Name') yield [statement.target.id, site];
			break;
		case 'For':
			yield* targets(statement.target, statement.iter, ['item'], site);
			break;
		case 'With':
			for (const { target } of statement.items) if (target?.kind === 'Name') yield [target.id, site];
			break;
		case 'FunctionDef':
			yield [statement.name, { site, value: statement, path: [] }];
			break;
		case 'ClassDef':
			yield [statement.name, site];
			break;
		case 'Import':
		case 'ImportFrom':
			for (const { name, asname } of statement.names) yield [asname ?? name.replace(/\..*/, ''), site];
			break;
		default:
	}
}

function* targets(
	target: Expr,
	value: Expr,
	path: Binding['path'],
	site: Guarded,
): Generator<readonly [string, Binding | Guarded]> {
	for (const { target: one, path: way } of parts(target, path))
		if (one.kind === 'Name') yield [one.id, way ? { site, value, path: way } : site];
}

/** The names, attributes and items that an assignment's target consists of, each with the way to what it gets; none for what is starred. */
export function* parts(
	target: Expr,
	path: Binding['path'] | undefined = [],
): Generator<{ readonly target: Expr; readonly path: Binding['path'] | undefined }> {
	if (target.kind === 'Starred') yield* parts(target.value, undefined);
	else if (target.kind === 'Tuple' || target.kind === 'List') {
		const starred = target.elts.findIndex(({ kind }) => kind === 'Starred');
		for (const [index, one] of target.elts.entries())
			yield* parts(one, path && [...path, starred >= 0 && index > starred ? index - target.elts.length : index]);
	} else yield { target, path };
}

/** The expressions of a statement itself, all the way down: not those of statements, functions and classes in it. */
export function* expressionsIn(node: object): Generator<Expr> {
	if ('kind' in node && (node.kind === 'FunctionDef' || node.kind === 'ClassDef' || node.kind === 'Constant')) return;
	for (const value of Object.values(node) as unknown[])
		for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
			if (typeof one !== 'object' || one === null) continue;
			if ('kind' in one && typeof one.kind === 'string') {
				if (apart.has(one.kind)) continue;
				yield one as Expr;
			}
			yield* expressionsIn(one);
		}
}

/** Statements have their own statements; what stands in a lambda doesn't run with the statement. */
const apart = new Set([
	...[
		'FunctionDef',
		'ClassDef',
		'Return',
		'Delete',
		'Assign',
		'AugAssign',
		'AnnAssign',
		'TypeAlias',
		'For',
		'While',
		'If',
		'With',
	],
	...['Match', 'Raise', 'Try', 'Assert', 'Import', 'ImportFrom', 'Global', 'Nonlocal', 'Expr', 'Pass', 'Break', 'Continue'],
	...['ErrorStmt', 'Lambda'],
]);
