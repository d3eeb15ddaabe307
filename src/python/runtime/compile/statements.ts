import type { AnnAssign, Assign, AugAssign, Expr, For, If, Name, Stmt, While } from '../../syntax/ast';
import { PyRange, PyUnknown, type Value } from '../../values';
import { defersAnnotations, LazyAnnotations, PyAnnotate } from '../annotations';
import { inPlace } from '../arithmetic';
import { BREAK, CONTINUE, type Exec, type Frame, NORMAL, RETURN, type Run } from '../frames';
import { compileDelete, compileStore } from './assignment';
import { compileClass } from './classes';
import { type Context, mangle, statementContext } from './context';
import { Rounds } from './endless';
import { compileRaise, compileTry } from './exceptions';
import { compileExpr } from './expressions';
import { annotation, compileFunction } from './functions';
import { compileImport, compileImportFrom } from './imports';
import { isolatedStatement } from './isolated';
import { compileLater } from './later';
import { compileMatch } from './match';
import { storeName } from './names';
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

function compileAssign(c: Context, node: Assign): Exec {
	const later = c.later && compileLater(c, c.later, node);
	if (later) return later;
	const value = compileExpr(c, node.value);
	const stores = node.targets.map((target) => compileStore(c, target));
	const [store] = stores;
	if (store && stores.length === 1) {
		return (f) => {
			store(f, value(f));
			return NORMAL;
		};
	}
	return (f) => {
		const result = value(f);
		for (const each of stores) each(f, result);
		return NORMAL;
	};
}

/** The object and the key of the target are evaluated once. */
function compileAugmented(c: Context, node: AugAssign): Exec {
	const { target, op } = node;
	const value = compileExpr(c, node.value);
	const update = (f: Frame, old: Value): Value => {
		const operand = value(f);
		f.node = node;
		return inPlace(f.py, op, old, operand);
	};
	if (target.kind === 'Attribute') {
		const object = compileExpr(c, target.value);
		const name = mangle(c, target.attr);
		return (f) => {
			const owner = object(f);
			f.py.setAttr(owner, name, update(f, f.py.getAttr(owner, name)));
			return NORMAL;
		};
	}
	if (target.kind === 'Subscript') {
		const object = compileExpr(c, target.value);
		const key = compileExpr(c, target.slice);
		return (f) => {
			const owner = object(f);
			const index = key(f);
			f.py.setItem(owner, index, update(f, f.py.getItem(owner, index)));
			return NORMAL;
		};
	}
	const load = compileExpr(c, target);
	const store = compileStore(c, target);
	return (f) => {
		store(f, update(f, load(f)));
		return NORMAL;
	};
}

/** Where the module has somebody who knows, an assignment inside of an `if` waits as it would outside. */
function mayWait(c: Context, node: Assign | AnnAssign, exec: Exec): Exec {
	const defer = c.scope.kind === 'module' ? c.defer : undefined;
	return defer ? (f) => (defer(node) ? NORMAL : exec(f)) : exec;
}

/** In a class's or module's body the annotation is kept (unevaluated until asked for); elsewhere only the assignment counts. */
function compileAnnotated(c: Context, node: AnnAssign): Exec {
	const value = node.value && compileExpr(c, node.value);
	const store = value && compileStore(c, node.target);
	const { target } = node;
	const name = c.scope.kind !== 'function' && target.kind === 'Name' ? mangle(c, target.id) : undefined;
	return (f) => {
		if (value && store) store(f, value(f));
		if (name !== undefined) annotate(c, f, name, node.annotation);
		return NORMAL;
	};
}

function annotate(c: Context, f: Frame, name: string, node: Expr): void {
	const { annotations } = f;
	const made = annotation(c, name, node, f);
	if (annotations) annotations.push(made);
	else {
		const list = [made];
		f.annotations = list;
		if (defersAnnotations(f.py) && !c.lazyAnnotations)
			f.names.set(c.scope.kind === 'class' ? '__annotate_func__' : '__annotate__', new PyAnnotate(() => list));
		else f.names.set('__annotations__', new LazyAnnotations(list));
	}
}

/** `beforeRaise`: what follows the statement is a `raise`. */
function compileIf(c: Context, node: If, beforeRaise = false): Exec {
	const body = compileBlock(c, node.body);
	const orelse = compileBlock(c, node.orelse);
	const raises = endsWithRaise(node.body) && !endsWithRaise(node.orelse);
	const leaves = node.body[node.body.length - 1]?.kind === 'Return' && node.orelse.length === 0;
	const elseRaises = (endsWithRaise(node.orelse) || (beforeRaise && leaves)) && !endsWithRaise(node.body);
	const ends = loopEnds.has(node) || stopsIteration(node.body);
	const test =
		(raises || elseRaises ? compileCheck(c, node.test, raises ? 'is not' : 'is') : undefined) ?? compileExpr(c, node.test);
	return (f) => {
		const value = test(f);
		if (value === true) return body(f);
		if (value === false) return orelse(f);
		const unknown = f.py.unknownIn(value);
		if (unknown && ends) {
			// Else the loop would have no end.
			f.node = node.test;
			f.py.unknowns.used(unknown, 'Taken as the end of the loop');
			return body(f);
		}
		if (unknown && (raises || elseRaises)) {
			// A check of what can't be known is taken to have passed.
			f.node = node.test;
			f.py.unknowns.used(unknown, 'Taken as fine');
			return raises ? orelse(f) : body(f);
		}
		return f.py.truth(value) ? body(f) : orelse(f);
	};
}

/**
 * `value is not None` where the statement raises then: of a value that can't be known it is the value, so that the check is taken to have
 * passed. Elsewhere what is unknown is something, so not None.
 */
function compileCheck(c: Context, node: Expr, raising: 'is' | 'is not'): Run | undefined {
	if (node.kind !== 'Compare' || node.ops.length !== 1) return undefined;
	const [right] = node.comparators;
	if (node.ops[0] !== raising || right?.kind !== 'Constant' || right.value !== null) return undefined;
	const left = compileExpr(c, node.left);
	return (f) => {
		const value = left(f);
		if (value instanceof PyUnknown) return value;
		return (value === null) === (raising === 'is');
	};
}

/** The block ends by raising, whatever happens in it. */
function endsWithRaise(body: readonly Stmt[]): boolean {
	const last = body[body.length - 1];
	if (last?.kind === 'If') return endsWithRaise(last.body) && endsWithRaise(last.orelse);
	return last?.kind === 'Raise';
}

function compileFor(c: Context, node: For): Exec {
	const iter = compileExpr(c, node.iter);
	const store = compileStore(c, node.target);
	const body = compileBlock({ ...c, inLoop: true }, node.body);
	const orelse = compileBlock(c, node.orelse);
	const filled = filledNames(node.body).map((name) => compileExpr(c, name));
	return (f) => {
		const { py } = f;
		const source = iter(f);
		f.node = node.iter;
		if (source instanceof PyRange) {
			const { start, step, length } = source;
			for (let i = 0; i < length; i++) {
				py.budget.step();
				store(f, start + i * step);
				const done = body(f);
				if (done === BREAK) return NORMAL;
				if (done === RETURN) return RETURN;
			}
			return orelse(f);
		}
		// What the loop would leave in its variables is as unknown as what it goes over.
		const unknown = py.unknownIn(source);
		if (unknown) {
			store(f, unknown);
			for (const name of filled) {
				const dict = boundValue(f, name);
				if (dict) py.unknowns.leaveIncomplete(dict, unknown);
			}
		}
		for (const item of py.iterate(source)) {
			py.budget.step();
			store(f, item);
			const done = body(f);
			if (done === BREAK) return NORMAL;
			if (done === RETURN) return RETURN;
		}
		return orelse(f);
	};
}

/** The value of a name; undefined while it has none. */
function boundValue(f: Frame, name: (f: Frame) => Value): Value | undefined {
	try {
		return name(f);
	} catch (error) {
		if (f.py.caught(error, 'NameError')) return undefined;
		throw error;
	}
}

/** `registry.add(path(…), path(…))` in a function of the project: what one of them raises costs that one, as in a list. */
function givesCalls({ own, scope }: Context, value: Expr): boolean {
	return own && scope.kind === 'function' && value.kind === 'Call' && value.args.some(({ kind }) => kind === 'Call');
}

/** The names of `name[…] = …` in a loop's body. */
function filledNames(body: readonly Stmt[]): Name[] {
	return body.flatMap((statement): Name[] => {
		switch (statement.kind) {
			case 'Assign':
				return statement.targets.flatMap((target) =>
					target.kind === 'Subscript' && target.value.kind === 'Name' ? [target.value] : [],
				);
			case 'If':
			case 'For':
				return [...filledNames(statement.body), ...filledNames(statement.orelse)];
			case 'With':
			case 'Try':
				return filledNames(statement.body);
			default:
				return [];
		}
	});
}

/** What has slipped out of its function, while it is typed, has nothing to return. */
const outsideFunction = (node: Stmt): Exec => {
	return (f) => {
		f.py.problem("syntax error: 'return' outside of a function", f.module.place(node));
		return NORMAL;
	};
};

/** `if …: break` of a `while` loop. */
const loopEnds = new WeakSet<If>();

function compileWhile(c: Context, node: While): Exec {
	for (const one of node.body) if (one.kind === 'If' && leavesLoop(one.body)) loopEnds.add(one);
	const test = compileExpr(c, node.test);
	const body = compileBlock({ ...c, inLoop: true }, node.body);
	const orelse = compileBlock(c, node.orelse);
	return (f) => {
		const { py } = f;
		const rounds = new Rounds(f, node);
		while (py.truth(test(f))) {
			py.budget.step();
			const done = body(f);
			if (done === BREAK) return NORMAL;
			if (done === RETURN) return RETURN;
			if (rounds.over()) break;
		}
		return orelse(f);
	};
}

/** The block ends with `raise StopIteration`. */
function stopsIteration(body: readonly Stmt[]): boolean {
	const last = body[body.length - 1];
	if (last?.kind !== 'Raise') return false;
	const raised = last.exc?.kind === 'Call' ? last.exc.func : last.exc;
	return raised?.kind === 'Name' && raised.id === 'StopIteration';
}

function leavesLoop(body: readonly Stmt[]): boolean {
	const last = body[body.length - 1];
	return last?.kind === 'Break' || last?.kind === 'Return';
}
