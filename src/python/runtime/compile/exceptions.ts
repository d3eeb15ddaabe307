import type { ExceptHandler, Expr, Raise, Try } from '../../syntax/ast';
import { builtinException, type PyClass, type PyException, PyUnknown, type Value } from '../../values';
import { matches, reraise, throwValue } from '../exceptions';
import { type Completion, type Exec, type Frame, NORMAL, type Run, type Store, type Trying } from '../frames';
import type { Guard } from '../isolation';
import type { Context } from './context';
import { compileExceptStar } from './exception-groups';
import { compileExpr } from './expressions';
import { watched } from './isolated';
import { storeName, unbindName } from './names';
import { compileBlock } from './statements';

export interface Handler {
	readonly type: Run | undefined;
	readonly store: Store | undefined;
	readonly unbind: ((f: Frame) => void) | undefined;
	readonly node: ExceptHandler;
}

export function compileHandler(c: Context, node: ExceptHandler): Handler {
	return {
		type: node.type && compileExpr(c, node.type),
		store: node.name === undefined ? undefined : storeName(c, node.name),
		unbind: node.name === undefined ? undefined : unbindName(c, node.name),
		node,
	};
}

/** The first handler that takes the exception; binds its name. */
export function matchHandler(f: Frame, handlers: readonly Handler[], exception: PyException): number {
	for (let i = 0; i < handlers.length; i++) {
		const handler = handlers[i];
		if (!handler) continue;
		f.node = handler.node;
		if (handler.type && !matches(f.py, exception, handler.type(f))) continue;
		handler.store?.(f, exception);
		return i;
	}
	return -1;
}

/** What these handlers catch, where they name classes by their built-in names; undefined where they have to be asked. */
function guardOf(handlers: readonly ExceptHandler[]): Guard | undefined {
	const classes: PyClass[] = [];
	for (const { type } of handlers) {
		for (const one of type?.kind === 'Tuple' ? type.elts : [type]) {
			const cls = one?.kind === 'Name' ? builtinException(one.id) : undefined;
			if (one && !cls && isDotted(one)) return undefined;
			if (!cls) return 'any';
			classes.push(cls);
		}
	}
	return classes;
}

const isDotted = (node: Expr): boolean => node.kind === 'Name' || (node.kind === 'Attribute' && isDotted(node.value));

/** Asks the handlers themselves, once something has been raised; what they name may not be there. */
const asking =
	(f: Frame, handlers: readonly Handler[]): Guard =>
	(exception) => {
		const mayTake = (type: Value): boolean => type instanceof PyUnknown || matches(f.py, exception, type);
		try {
			return f.py.inFrame(f, (late) => handlers.some(({ type }) => !type || mayTake(type(late))));
		} catch (error) {
			if (!f.py.asException(error, f)) throw error;
			return true;
		}
	};

/** Whether a handler names what is no exception of Python's own; a frame notes such statements while they run. */
export const namesOwnExceptions = (node: Try): boolean =>
	node.handlers.some(({ type }) => (type?.kind === 'Tuple' ? type.elts : [type]).some((one) => one && !isBuiltin(one)));

const isBuiltin = (type: Expr): boolean => type.kind === 'Name' && builtinException(type.id) !== undefined;

export function trying(f: Frame, handlers: readonly Handler[]): Trying {
	return {
		outer: f.trying,
		catches: (exception) => handlers.some(({ type }) => !type || matches(f.py, exception, type(f))),
	};
}

/** The body with the statement noted in its frame. */
function noted(body: Exec, handlers: readonly Handler[]): Exec {
	return (f) => {
		const { trying: outer } = f;
		f.trying = trying(f, handlers);
		try {
			return body(f);
		} finally {
			f.trying = outer;
		}
	};
}

export function compileTry(c: Context, node: Try): Exec {
	const plain = compileBlock(catchesImportError(node) ? { ...c, guarded: true } : c, node.body);
	const handlers = node.handlers.map((handler) => compileHandler(c, handler));
	const block = namesOwnExceptions(node) ? noted(plain, handlers) : plain;
	const expecting: Exec = namesImportError(node) ? (f) => f.py.imports.expecting(() => block(f)) : block;
	const guard = guardOf(node.handlers);
	const body = node.handlers.length > 0 ? watched(expecting, (f) => guard ?? asking(f, handlers)) : block;
	const blocks = node.handlers.map((handler) => compileBlock(c, handler.body));
	const orelse = compileBlock(c, node.orelse);
	const caught = node.star
		? compileExceptStar(c, node, body)
		: (f: Frame): Completion => {
				let exception: PyException | undefined;
				let done: Completion = NORMAL;
				try {
					done = body(f);
				} catch (error) {
					exception = f.py.asException(error, f);
					if (!exception) throw error;
					const at = matchHandler(f, handlers, exception);
					const block = blocks[at];
					if (!block) throw error;
					const outer = f.handled;
					f.handled = exception;
					try {
						return block(f);
					} finally {
						f.handled = outer;
						handlers[at]?.unbind?.(f);
					}
				}
				return done === NORMAL ? orelse(f) : done;
			};
	if (node.finalbody.length === 0) return caught;
	const final = compileBlock(c, node.finalbody);
	return (f) => {
		let done: Completion;
		try {
			done = caught(f);
		} catch (error) {
			if (!f.py.asException(error, f)) throw error;
			const ended = final(f);
			if (ended !== NORMAL) return ended;
			throw error;
		}
		const { result } = f;
		const ended = final(f);
		if (ended !== NORMAL) return ended;
		f.result = result;
		return done;
	};
}

const importErrors = new Set([
	'ImportError',
	'ModuleNotFoundError',
	'Exception',
	'BaseException',
	'AttributeError',
	'NameError',
	'ImproperlyConfigured',
]);

/** A failed import in the body shall be noticed there, not when the name is used. */
export function catchesImportError(node: Try): boolean {
	return node.handlers.some(({ type }) => !type || isVariable(type) || namesOf(type).some((name) => importErrors.has(name)));
}

/** `except caught:` with what stands in a variable, which may be an import error. */
const isVariable = (type: Expr): boolean => type.kind === 'Name' && /^[a-z]/.test(type.id);

/** A handler is for import errors and nothing wider: what fails to import in here is to be told, however it is imported. */
function namesImportError(node: Try): boolean {
	return node.handlers.some(
		({ type }) => type && namesOf(type).some((name) => name === 'ImportError' || name === 'ModuleNotFoundError'),
	);
}

function namesOf(type: Expr): string[] {
	if (type.kind === 'Name') return [type.id];
	if (type.kind === 'Attribute') return [type.attr];
	if (type.kind === 'Tuple') return type.elts.flatMap(namesOf);
	return [];
}

export function compileRaise(c: Context, node: Raise): Exec {
	const exc = node.exc && compileExpr(c, node.exc);
	const cause = node.cause && compileExpr(c, node.cause);
	return (f) => {
		const value = exc?.(f);
		const from = cause?.(f);
		f.node = node;
		return value === undefined ? reraise(f.py, f) : throwValue(f.py, value, from);
	};
}
