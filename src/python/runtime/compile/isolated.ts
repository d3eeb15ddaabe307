import type { Expr, Stmt } from '../../syntax/ast';
import type { PyUnknown, Value } from '../../values';
import { OutOfBudget } from '../budget';
import { type Exec, type Frame, NORMAL, type Run } from '../frames';
import { type Guard, isolated } from '../isolation';
import type { Context } from './context';
import { storeName } from './names';

/** Code of the project that runs when its module is imported, or is half-typed, in no `try` that expects it to fail. */
const isolates = (c: Context): boolean => c.own && !c.guarded && (c.scope.kind !== 'function' || c.broken === true);

/** What stands for a part that raised; undefined where the error shall pass. */
function standIn(c: Context, f: Frame, error: unknown): PyUnknown | undefined {
	return c.inLoop && error instanceof OutOfBudget && f.py.budget.isWorn ? undefined : isolated(f.py, error, f);
}

/**
 * An item of a display or an argument: what it raises makes it unknown, not the whole. See isolation.ts. In functions that goes for
 * calls in lists and tuples and for their arguments, as in the `[path(…), …]` of a `get_urls()`.
 */
export function isolatedItem(c: Context, node: Expr, run: Run): Run {
	if (node.kind === 'Constant' || node.kind === 'Lambda') return run;
	if (!isolates(c) && !(c.own && !c.guarded && c.item)) return run;
	return (f) => {
		try {
			return run(f);
		} catch (error) {
			const unknown = standIn(c, f, error);
			if (!unknown) throw error;
			return unknown;
		}
	};
}

/** A statement: the names it would have bound are unknown, and the next one runs. */
export function isolatedStatement(c: Context, node: Stmt, exec: Exec): Exec {
	if (!isolates(c)) return exec;
	const stores = c.scope.kind === 'function' ? boundNames(node).map((name) => ({ name, store: storeName(c, name) })) : undefined;
	return (f: Frame) => {
		try {
			return exec(f);
		} catch (error) {
			const unknown = standIn(c, f, error);
			if (!unknown) throw error;
			if (stores) for (const { name, store } of stores) if (f.local(name) === undefined) store(f, unknown);
			if (!stores) for (const name of boundNames(node)) if (!f.names.has(name)) f.names.set(name, unknown);
			return NORMAL;
		}
	};
}

function boundNames(node: Stmt): readonly string[] {
	switch (node.kind) {
		case 'FunctionDef':
		case 'ClassDef':
			return [node.name];
		case 'Import':
			return node.names.map(({ name, asname }) => asname ?? name.split('.')[0] ?? name);
		case 'ImportFrom':
			return node.names.map(({ name, asname }) => asname ?? name).filter((name) => name !== '*');
		case 'Assign':
			return node.targets.flatMap(targetNames);
		case 'AnnAssign':
			return targetNames(node.target);
		default:
			return [];
	}
}

function targetNames(target: Expr): readonly string[] {
	if (target.kind === 'Name') return [target.id];
	if (target.kind === 'Starred') return targetNames(target.value);
	return target.kind === 'Tuple' || target.kind === 'List' ? target.elts.flatMap(targetNames) : [];
}

/** A block whose exceptions something around it catches: while it runs, what that may catch is not isolated. */
export function watched(body: Exec, guard: (f: Frame) => Guard = () => 'any'): Exec {
	return (f) => {
		const { guards } = f.py;
		guards.push(guard(f));
		try {
			return body(f);
		} finally {
			guards.pop();
		}
	};
}

/** `*iterable` in a list: what can't be unpacked stands for itself, as when the star is all that has been typed. */
export function unpacked(c: Context, f: Frame, value: Value): Iterable<Value> {
	if (!isolates(c)) return f.py.iterate(value);
	try {
		return f.py.list(value);
	} catch (error) {
		if (!standIn(c, f, error)) throw error;
		return [value];
	}
}
