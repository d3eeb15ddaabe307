import type { With, WithItem } from '../../syntax/ast';
import { PyBuiltin, PyException, type Value } from '../../values';
import { type Completion, type Exec, type Frame, NORMAL, type Run, type Store } from '../frames';
import { awaitValue } from '../iteration';
import type { Context } from './context';
import { compileExpr } from './expressions';
import { watched } from './isolated';
import { compileBlock } from './statements';
import { compileStore } from './targets';

/** A context manager's part of a `with` statement. */
export interface Manager {
	readonly context: Run;
	readonly store: Store | undefined;
	readonly async: boolean;
	readonly item: WithItem;
}

export function compileManager(c: Context, item: WithItem, async: boolean): Manager {
	return { context: compileExpr(c, item.context), store: item.target && compileStore(c, item.target), async, item };
}

/** A manager that has been entered. */
export interface Entered {
	/** Its `__exit__`, with the exception or None: whether that was swallowed. */
	readonly leave: (exception: PyException | undefined) => boolean;
	/** Locks, files and what else is built in let exceptions pass. */
	readonly swallows: boolean;
}

export function enter(f: Frame, manager: Manager): Entered {
	const { py } = f;
	const context = manager.context(f);
	f.node = manager.item.context;
	const unknown = py.unknownIn(context);
	if (unknown) {
		manager.store?.(f, unknown);
		return { leave: () => false, swallows: false };
	}
	const [enterName, exitName] = manager.async ? ['__aenter__', '__aexit__'] : ['__enter__', '__exit__'];
	const enterMethod = py.special(context, enterName);
	const exit = py.special(context, exitName);
	if (enterMethod === undefined || exit === undefined) {
		return py.raise('TypeError', `'${py.typeOf(context).name}' object does not support the context manager protocol`);
	}
	const settle = (value: Value): Value => (manager.async ? awaitValue(py, value) : value);
	const value = settle(py.call(enterMethod));
	manager.store?.(f, value);
	const leave = (exception: PyException | undefined): boolean => {
		const args: Value[] = exception ? [exception.cls, exception, null] : [null, null, null];
		const result = settle(py.call(exit, args));
		return exception !== undefined && !py.unknownIn(result) && py.truth(result);
	};
	return { leave, swallows: !(py.typeOf(context).lookup(exitName) instanceof PyBuiltin) };
}

export function compileWith(c: Context, node: With): Exec {
	const managers = node.items.map((item) => compileManager(c, item, node.async));
	const block = compileBlock(c, node.body);
	const body = watched(block);
	const run = (f: Frame, at: number, swallowed: boolean): Completion => {
		const manager = managers[at];
		if (!manager) return swallowed ? body(f) : block(f);
		const { leave, swallows } = enter(f, manager);
		let done: Completion;
		try {
			done = run(f, at + 1, swallowed || swallows);
		} catch (error) {
			const exception = f.py.asException(error, f);
			if (!(exception instanceof PyException)) throw error;
			if (leave(exception)) return NORMAL;
			throw error;
		}
		const { result } = f;
		leave(undefined);
		f.result = result;
		return done;
	};
	return (f) => run(f, 0, false);
}
