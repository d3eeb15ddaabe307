import type { Try } from '../../syntax/ast';
import { exceptionType, PyException, PyList, PyRaise, type Value } from '../../values';
import { matches } from '../exceptions';
import { type Completion, type Exec, type Frame, NORMAL } from '../frames';
import type { Machine } from '../machine';
import type { Context } from './context';
import { compileHandler } from './exceptions';
import { compileBlock } from './statements';

/** The part of `try … except*` before `else` and `finally` (PEP 654): each clause takes its part of the group. */
export function compileExceptStar(c: Context, node: Try, body: Exec): Exec {
	const handlers = node.handlers.map((handler) => compileHandler(c, handler));
	const blocks = node.handlers.map((handler) => compileBlock(c, handler.body));
	const orelse = compileBlock(c, node.orelse);
	return (f) => {
		let done: Completion;
		try {
			done = body(f);
		} catch (error) {
			const exception = f.py.asException(error, f);
			if (!exception) throw error;
			let rest: PyException | undefined = exception;
			for (let i = 0; i < handlers.length && rest; i++) {
				const handler = handlers[i];
				const type = handler?.type?.(f);
				if (!handler || type === undefined) continue;
				const [taken, left]: Split = split(f.py, rest, type);
				if (!taken) continue;
				rest = left;
				handler.store?.(f, isGroup(taken) ? taken : group(f.py, exceptionType('ExceptionGroup'), '', [taken]));
				handle(f, taken, blocks[i]);
				handler.unbind?.(f);
			}
			if (rest) throw rest === exception ? error : new PyRaise(rest);
			return NORMAL;
		}
		return done === NORMAL ? orelse(f) : done;
	};
}

function handle(f: Frame, exception: PyException, block: Exec | undefined): void {
	const outer = f.handled;
	f.handled = exception;
	try {
		block?.(f);
	} finally {
		f.handled = outer;
	}
}

type Split = readonly [taken: PyException | undefined, left: PyException | undefined];

const isGroup = (exception: PyException): boolean => exception.cls.derivesFrom(exceptionType('BaseExceptionGroup'));

function split(py: Machine, exception: PyException, type: Value): Split {
	if (matches(py, exception, type)) return [exception, undefined];
	if (!isGroup(exception)) return [undefined, exception];
	const taken: PyException[] = [];
	const left: PyException[] = [];
	const [message = '', members = null] = exception.args.items;
	for (const member of py.iterate(members)) {
		if (!(member instanceof PyException)) continue;
		const [a, b] = split(py, member, type);
		if (a) taken.push(a);
		if (b) left.push(b);
	}
	const part = (of: readonly PyException[]): PyException | undefined =>
		of.length > 0 ? group(py, exception.cls, message, of) : undefined;
	return [part(taken), part(left)];
}

function group(py: Machine, cls: PyException['cls'], message: Value, members: readonly PyException[]): PyException {
	const made = py.call(cls, [message, new PyList([...members])]);
	return made instanceof PyException ? made : py.raise('TypeError', 'An exception group makes something else than a group');
}
