import type { Expr, Stmt } from '../../syntax/ast';
import { BREAK, CONTINUE, type Exec, NORMAL, RETURN } from '../frames';
import { compileAnnotated, compileAssign, compileAugmented, mayWait } from './assignments';
import { compileClass } from './classes';
import { compileIf } from './conditionals';
import { type Context, statementContext } from './context';
import { compileRaise, compileTry } from './exceptions';
import { compileExpr } from './expressions';
import { compileFunction } from './functions';
import { compileImport, compileImportFrom } from './imports';
import { isolatedStatement } from './isolated';
import { compileFor, compileWhile } from './loops';
import { compileMatch } from './match';
import { storeName } from './names';
import { compileDelete } from './targets';
import { compileTypeAlias } from './type-parameters';
import { compileWith } from './with';

/** A run of statements, some of them compiled already (`instead`): ends with the first one that doesn't end normally. */
export function compileBlock(c: Context, statements: readonly Stmt[], instead?: ReadonlyMap<Stmt, Exec>): Exec {
	const body = statements
		.filter((node) => node.kind !== 'Pass' && !isDocstring(node))
		.map((node, index, all) => {
			const own = statementContext(c, node);
			const special = node.kind === 'If' && all[index + 1]?.kind === 'Raise' ? compileIf(own, node, true) : instead?.get(node);
			const exec = special ?? compileStmt(own, node);
			return { node, exec: isolatedStatement(own, node, c.own && isNoted(c, node) ? noted(node, exec) : exec) };
		});
	const [first] = body;
	if (!first) return () => NORMAL;
	if (body.length === 1) {
		const { node, exec } = first;
		return (f) => {
			f.py.budget.step();
			f.node = node;
			return exec(f);
		};
	}
	return (f) => {
		const { budget } = f.py;
		for (let i = 0; i < body.length; i++) {
			budget.step();
			const statement = body[i] ?? first;
			f.node = statement.node;
			const done = statement.exec(f);
			if (done !== NORMAL) return done;
		}
		return NORMAL;
	};
}

/** Those at the top level of a module; of functions, whose statements run often, registrations by name alone: `router.register('users', …)`. */
function isNoted({ scope }: Context, node: Stmt): boolean {
	if (scope.kind === 'module') return true;
	if (node.kind !== 'Expr' || node.value.kind !== 'Call') return false;
	const { func, args } = node.value;
	return func.kind === 'Attribute' && func.attr === 'register' && args[0]?.kind === 'Constant';
}

/** Tells that the statement has ended. */
const noted =
	(node: Stmt, exec: Exec): Exec =>
	(f) => {
		const done = exec(f);
		const { source } = f.module;
		if (source) f.py.afterNested?.(source, node);
		return done;
	};

function isDocstring(node: Stmt): boolean {
	return node.kind === 'Expr' && node.value.kind === 'Constant';
}

export function compileStmt(c: Context, node: Stmt): Exec {
	switch (node.kind) {
		case 'Expr': {
			const value = compileExpr(givesCalls(c, node.value) ? { ...c, item: true } : c, node.value);
			return (f) => {
				value(f);
				return NORMAL;
			};
		}
		case 'Assign':
			return mayWait(c, node, compileAssign(c, node));
		case 'AugAssign':
			return compileAugmented(c, node);
		case 'AnnAssign':
			return mayWait(c, node, compileAnnotated(c, node));
		case 'Return': {
			if (c.scope.kind !== 'function') return outsideFunction(node);
			const value = node.value && compileExpr(c, node.value);
			return (f) => {
				f.result = value ? value(f) : null;
				return RETURN;
			};
		}
		case 'If':
			return compileIf(c, node);
		case 'For':
			return compileFor(c, node);
		case 'While':
			return compileWhile(c, node);
		case 'FunctionDef': {
			const value = compileFunction(c, node);
			const store = storeName(c, node.name);
			return (f) => {
				store(f, value(f));
				return NORMAL;
			};
		}
		case 'ClassDef':
			return compileClass(c, node);
		case 'Import':
			return compileImport(c, node);
		case 'ImportFrom':
			return compileImportFrom(c, node);
		case 'Try':
			return compileTry(c, node);
		case 'Raise':
			return compileRaise(c, node);
		case 'With':
			return compileWith(c, node);
		case 'Match':
			return compileMatch(c, node);
		case 'Assert': {
			const test = compileExpr(c, node.test);
			const message = node.msg && compileExpr(c, node.msg);
			return (f) => {
				const value = test(f);
				// What an assertion says is that the unknown is as expected.
				if (f.py.unknownIn(value) || f.py.truth(value)) return NORMAL;
				return f.py.raise('AssertionError', ...(message ? [message(f)] : []));
			};
		}
		case 'Delete': {
			const deletes = node.targets.map((target) => compileDelete(c, target));
			return (f) => {
				for (const run of deletes) run(f);
				return NORMAL;
			};
		}
		case 'TypeAlias':
			return compileTypeAlias(c, node);
		case 'Break':
			return () => BREAK;
		case 'Continue':
			return () => CONTINUE;
		case 'Pass':
		case 'Global':
		case 'Nonlocal':
			return () => NORMAL;
		case 'ErrorStmt':
			return (f) => {
				f.py.problem('a syntax error');
				return NORMAL;
			};
	}
}

/** `registry.add(path(…), path(…))` in a function of the project: what one of them raises costs that one, as in a list. */
function givesCalls({ own, scope }: Context, value: Expr): boolean {
	return own && scope.kind === 'function' && value.kind === 'Call' && value.args.some(({ kind }) => kind === 'Call');
}

/** What has slipped out of its function, while it is typed, has nothing to return. */
const outsideFunction = (node: Stmt): Exec => {
	return (f) => {
		f.py.problem("syntax error: 'return' outside of a function", f.module.place(node));
		return NORMAL;
	};
};
