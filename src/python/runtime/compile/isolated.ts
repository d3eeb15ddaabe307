import type { Expr, Stmt } from '../../syntax/ast';
import { type Exec, type Frame, NORMAL, type Run } from '../frames';
import { isolated } from '../isolation';
import type { Context } from './context';

/** Code that runs when its module is imported, in no `try` that expects it to fail. */
const isolates = (c: Context): boolean => c.scope.kind === 'module' && !c.guarded;

/** An item of a display or an argument: what it raises makes it unknown, not the whole. See isolation.ts. */
export function isolatedItem(c: Context, node: Expr, run: Run): Run {
	if (!isolates(c) || node.kind === 'Constant' || node.kind === 'Lambda') return run;
	return (f) => {
		try {
			return run(f);
		} catch (error) {
			const unknown = isolated(f.py, error, f);
			if (!unknown) throw error;
			return unknown;
		}
	};
}

/** A statement: the names it would have bound are unknown, and the next one runs. */
export function isolatedStatement(c: Context, node: Stmt, exec: Exec): Exec {
	if (!isolates(c)) return exec;
	return (f: Frame) => {
		try {
			return exec(f);
		} catch (error) {
			const unknown = isolated(f.py, error, f);
			if (!unknown) throw error;
			for (const name of boundNames(node)) if (!f.names.has(name)) f.names.set(name, unknown);
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

/** A block whose exceptions something around it catches: while it runs, nothing is isolated. */
export function watched(body: Exec): Exec {
	return (f) => {
		f.py.guards++;
		try {
			return body(f);
		} finally {
			f.py.guards--;
		}
	};
}
