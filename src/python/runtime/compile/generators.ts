import type { Expr, FunctionDef, Lambda, Node, Stmt } from '../../syntax/ast';
import type { PyException, Value } from '../../values';
import { BREAK, type Completion, type Exec, type Frame, NORMAL, RETURN } from '../frames';
import { delegate } from '../iteration';
import type { Context } from './context';
import { Rounds } from './endless';
import { catchesImportError, compileHandler, matchHandler, namesOwnExceptions, trying } from './exceptions';
import { compileExpr } from './expressions';
import { compilePattern } from './match';
import { compileStmt } from './statements';
import { compileStore } from './targets';
import { compileManager, enter } from './with';

/** The execution of a generator's statement: yields Python values, ends as the statement does. */
export type Steps = Generator<Value, Completion, Value>;
type Suspendable = (f: Frame) => Steps;
type Yielding = Extract<Expr, { kind: 'Yield' | 'YieldFrom' }>;

/**
 * Generator functions. Statements without a yield are compiled as everywhere else; those around one become JavaScript
 * generators. The yields of an expression are run ahead of it, in order, and leave their results in slots.
 */
export function compileGeneratorBody(c: Context, node: FunctionDef | Lambda): Suspendable {
	if (node.kind === 'Lambda') {
		const [prelude, inside] = compilePrelude(c, [node.body]);
		const value = compileExpr(inside, node.body);
		return function* (f) {
			yield* prelude(f);
			f.result = value(f);
			return RETURN;
		};
	}
	return suspendableBlock(c, node.body);
}

function suspendableBlock(c: Context, nodes: readonly Stmt[]): Suspendable {
	const parts = nodes.map((node) =>
		holdsYield(node)
			? { node, steps: suspendable(c, node), exec: undefined }
			: { node, steps: undefined, exec: compileStmt(c, node) },
	);
	return function* (f) {
		for (const { node, steps, exec } of parts) {
			f.py.budget.step();
			f.node = node;
			const done: Completion = exec ? exec(f) : yield* steps(f);
			if (done !== NORMAL) return done;
		}
		return NORMAL;
	};
}

function suspendable(c: Context, node: Stmt): Suspendable {
	switch (node.kind) {
		case 'If': {
			const [prelude, inside] = compilePrelude(c, [node.test]);
			const test = compileExpr(inside, node.test);
			const body = suspendableBlock(c, node.body);
			const orelse = suspendableBlock(c, node.orelse);
			return function* (f) {
				yield* prelude(f);
				return yield* f.py.truth(test(f)) ? body(f) : orelse(f);
			};
		}
		case 'While': {
			const [prelude, inside] = compilePrelude(c, [node.test]);
			const test = compileExpr(inside, node.test);
			const body = suspendableBlock(c, node.body);
			const orelse = suspendableBlock(c, node.orelse);
			return function* (f) {
				const rounds = new Rounds(f, node);
				for (;;) {
					yield* prelude(f);
					if (!f.py.truth(test(f))) break;
					f.py.budget.step();
					const done = yield* body(f);
					if (done === BREAK) return NORMAL;
					if (done === RETURN) return RETURN;
					if (rounds.over()) break;
				}
				return yield* orelse(f);
			};
		}
		case 'For': {
			const [prelude, inside] = compilePrelude(c, [node.iter]);
			const iter = compileExpr(inside, node.iter);
			const store = compileStore(c, node.target);
			const body = suspendableBlock(c, node.body);
			const orelse = suspendableBlock(c, node.orelse);
			return function* (f) {
				yield* prelude(f);
				for (const item of f.py.iterate(iter(f))) {
					f.py.budget.step();
					store(f, item);
					const done = yield* body(f);
					if (done === BREAK) return NORMAL;
					if (done === RETURN) return RETURN;
				}
				return yield* orelse(f);
			};
		}
		case 'With':
			return suspendableWith(c, node);
		case 'Try':
			return suspendableTry(c, node);
		case 'Match': {
			const [prelude, inside] = compilePrelude(c, [node.subject]);
			const subject = compileExpr(inside, node.subject);
			const cases = node.cases.map((branch) => ({
				matches: compilePattern(c, branch.pattern),
				guard: branch.guard && compileExpr(c, branch.guard),
				body: suspendableBlock(c, branch.body),
			}));
			return function* (f) {
				yield* prelude(f);
				const value = subject(f);
				for (const { matches, guard, body } of cases) {
					if (matches(f, value) && (!guard || f.py.truth(guard(f)))) return yield* body(f);
				}
				return NORMAL;
			};
		}
		default: {
			const [prelude, inside] = compilePrelude(c, [node]);
			const exec: Exec = compileStmt(inside, node);
			return function* (f) {
				yield* prelude(f);
				return exec(f);
			};
		}
	}
}

function suspendableWith(c: Context, node: Extract<Stmt, { kind: 'With' }>): Suspendable {
	const [prelude, inside] = compilePrelude(
		c,
		node.items.map((item) => item.context),
	);
	const managers = node.items.map((item) => compileManager(inside, item, node.async));
	const body = suspendableBlock(c, node.body);
	function* run(f: Frame, at: number): Steps {
		const manager = managers[at];
		if (!manager) return yield* body(f);
		const { leave } = enter(f, manager);
		let done: Completion;
		try {
			done = yield* run(f, at + 1);
		} catch (error) {
			const exception = f.py.asException(error, f);
			if (!exception) throw error;
			if (leave(exception)) return NORMAL;
			throw error;
		}
		const { result } = f;
		leave(undefined);
		f.result = result;
		return done;
	}
	return function* (f) {
		yield* prelude(f);
		return yield* run(f, 0);
	};
}

function suspendableTry(c: Context, node: Extract<Stmt, { kind: 'Try' }>): Suspendable {
	const body = suspendableBlock(catchesImportError(node) ? { ...c, guarded: true } : c, node.body);
	const handlers = node.handlers.map((handler) => compileHandler(c, handler));
	const blocks = node.handlers.map((handler) => suspendableBlock(c, handler.body));
	const orelse = suspendableBlock(c, node.orelse);
	const final = suspendableBlock(c, node.finalbody);
	const isNoted = namesOwnExceptions(node);
	function* caught(f: Frame): Steps {
		let done: Completion = NORMAL;
		const { trying: before } = f;
		if (isNoted) f.trying = trying(f, handlers);
		try {
			done = yield* body(f);
		} catch (error) {
			f.trying = before;
			const exception: PyException | undefined = f.py.asException(error, f);
			if (!exception) throw error;
			const at = matchHandler(f, handlers, exception);
			const block = blocks[at];
			if (!block) throw error;
			const outer = f.handled;
			f.handled = exception;
			try {
				return yield* block(f);
			} finally {
				f.handled = outer;
				handlers[at]?.unbind?.(f);
			}
		} finally {
			f.trying = before;
		}
		return done === NORMAL ? yield* orelse(f) : done;
	}
	if (node.finalbody.length === 0) return caught;
	return function* (f) {
		let done: Completion;
		try {
			done = yield* caught(f);
		} catch (error) {
			if (!f.py.asException(error, f)) throw error;
			const ended = yield* final(f);
			if (ended !== NORMAL) return ended;
			throw error;
		}
		const { result } = f;
		const ended = yield* final(f);
		if (ended !== NORMAL) return ended;
		f.result = result;
		return done;
	};
}

/** Runs the yields of these nodes, and the context in which the nodes find their results. */
function compilePrelude(c: Context, nodes: readonly Node[]): [Suspendable, Context] {
	const found: Yielding[] = [];
	for (const node of nodes) collect(node, found);
	if (found.length === 0) return [nothing, c];
	const yields = new Map(c.yields);
	for (const node of found) yields.set(node, c.scope.layout.temporary());
	const inside = { ...c, yields };
	const parts = found.map((node) => ({
		node,
		value: node.value && compileExpr(inside, node.value),
		slot: yields.get(node) ?? 0,
	}));
	const prelude: Suspendable = function* (f) {
		for (const { node, value, slot } of parts) {
			const operand = value ? value(f) : null;
			f.node = node;
			f.slots[slot] = node.kind === 'Yield' ? yield operand : yield* delegate(f.py, operand);
		}
		return NORMAL;
	};
	return [prelude, inside];
}

// biome-ignore lint/correctness/useYield: the prelude of what holds no yield
function* nothing(): Steps {
	return NORMAL;
}

function holdsYield(node: Node): boolean {
	const found: Yielding[] = [];
	collect(node, found);
	return found.length > 0;
}

/** The yields below a node in order of evaluation; nested functions, lambdas and classes keep theirs. */
function collect(node: unknown, found: Yielding[]): void {
	if (typeof node !== 'object' || node === null) return;
	if (Array.isArray(node)) {
		for (const item of node) collect(item, found);
		return;
	}
	const { kind } = node as { kind?: string };
	if (kind === 'FunctionDef' || kind === 'Lambda' || kind === 'ClassDef' || kind === 'GeneratorExp' || kind === 'Constant')
		return;
	for (const child of Object.values(node)) if (typeof child === 'object') collect(child, found);
	if (kind === 'Yield' || kind === 'YieldFrom') found.push(node as Yielding);
}
