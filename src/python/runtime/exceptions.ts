import {
	baseExceptionType,
	PyClass,
	PyException,
	type PyObject,
	PyRaise,
	PyTuple,
	PyUnknown,
	textOf,
	type Value,
} from '../values';
import type { Frame } from './frames';
import type { Machine } from './machine';
import { traceFrom } from './stack';

/** Raising and catching. */

/** `raise value [from cause]`. */
export function throwValue(py: Machine, value: Value, cause?: Value): never {
	const exception = instantiate(py, value);
	if (cause !== undefined) exception.cause = cause === null ? null : instantiate(py, cause);
	throw raised(py, exception);
}

function instantiate(py: Machine, value: Value): PyException {
	if (value instanceof PyException) return value;
	if (value instanceof PyClass && value.derivesFrom(baseExceptionType)) {
		const made = py.call(value);
		if (made instanceof PyException) return made;
		if (made instanceof PyUnknown) return unknownException(py, made);
	}
	if (value instanceof PyUnknown) return unknownException(py, value);
	return py.makeException('TypeError', ['exceptions must derive from BaseException']);
}

function unknownException(py: Machine, unknown: PyUnknown): PyException {
	return py.makeException('Exception', [unknown]);
}

/** Notes where it was raised and what was being handled. */
export function raised(py: Machine, exception: PyException): PyRaise {
	if (exception.traceback.length === 0) {
		py.budget.work(py.budget.depth);
		exception.traceback = traceFrom(py.frame);
	}
	if (exception.context === null) {
		const handled = currentlyHandled(py.frame);
		if (handled && handled !== exception) exception.context = handled;
	}
	return new PyRaise(exception);
}

/** The exception whose handler runs in this frame or around it. */
export function currentlyHandled(frame: Frame | undefined): PyException | undefined {
	for (let f = frame; f; f = f.back) if (f.handled) return f.handled;
	return undefined;
}

/** Bare `raise`. */
export function reraise(py: Machine, frame: Frame): never {
	const exception = currentlyHandled(frame);
	if (!exception) return py.raise('RuntimeError', 'No active exception to reraise');
	throw new PyRaise(exception);
}

/**
 * The Python exception a thrown JavaScript value stands for; undefined for what Python code must not catch. A JavaScript
 * stack overflow is a RecursionError, what it has no room for a MemoryError.
 */
export function asException(py: Machine, error: unknown, frame: Frame | undefined): PyException | undefined {
	if (error instanceof PyRaise) {
		py.frame = frame ?? py.frame;
		return error.exception instanceof PyException ? error.exception : undefined;
	}
	if (error instanceof RangeError && /call stack/i.test(error.message)) {
		return py.makeException('RecursionError', ['maximum recursion depth exceeded']);
	}
	// A text, an array or an integer that JavaScript can't make.
	if (error instanceof RangeError && /invalid .*length|bigint|maximum size/i.test(error.message))
		return py.makeException('MemoryError', []);
	return undefined;
}

/** Whether `except type` takes the exception. */
export function matches(py: Machine, exception: PyException, type: Value): boolean {
	if (type instanceof PyTuple) return type.items.some((item) => matches(py, exception, item));
	return type instanceof PyClass && py.isInstance(exception, type);
}

/** `Type: message`, as the last line of a traceback. */
export function describe(py: Machine, exception: PyObject): string {
	const name = exception.cls.name;
	if (!(exception instanceof PyException)) return name;
	try {
		const [first] = exception.args.items;
		const text =
			exception.args.items.length === 1 && first !== undefined
				? (textOf(first) ?? py.repr(first))
				: exception.args.items.map((item) => py.repr(item)).join(', ');
		return text === '' ? name : `${name}: ${text}`;
	} catch {
		return name;
	}
}
