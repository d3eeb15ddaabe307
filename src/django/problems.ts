import { OutOfBudget } from '../python/runtime/budget';
import type { Interpreter } from '../python/runtime/interpreter';
import { PyException, PyRaise } from '../python/values';
import type { Place, Problem } from '../shared/model';

/** `ImproperlyConfigured: The SECRET_KEY …`, as the last line of a traceback has it. */
export function exceptionText(py: Interpreter, raised: PyRaise): string {
	let text = '';
	try {
		text = py.str(raised.exception);
	} catch {
		// An exception whose own __str__ fails is told by its type.
	}
	return text ? `${raised.exception.cls.name}: ${text}` : raised.exception.cls.name;
}

/** Where an exception was raised: the innermost frame of its traceback. */
export function exceptionPlace(raised: PyRaise): Place | undefined {
	if (!(raised.exception instanceof PyException)) return undefined;
	const last = raised.exception.traceback.findLast(({ place }) => place)?.place;
	return last && { file: last.path, line: last.line };
}

/** The frames of a traceback, outermost first, as `Problem.trail` has them. */
function trailOf(raised: PyRaise): Place[] {
	if (!(raised.exception instanceof PyException)) return [];
	return raised.exception.traceback.flatMap(({ place }) => (place ? [{ file: place.path, line: place.line }] : []));
}

const problemsKey = Symbol('problems of the model');

/** Problems that parts of the analysis met on the way, in order. */
export const modelProblems = (py: Interpreter): Problem[] => py.state(problemsKey, () => []);

/**
 * Runs a part of the analysis so that what goes wrong in it is a problem of the model and the rest goes on:
 * a Python exception, a budget that ran out, a recursion too deep for JavaScript, and a mistake of the engine itself.
 */
export function guarded<T>(py: Interpreter, what: string, problems: Problem[], body: () => T): T | undefined {
	try {
		return body();
	} catch (error) {
		problems.push(problemFrom(py, what, error));
		return undefined;
	}
}

/** What stopped a part of the analysis, at the place of the exception; `what` was being done. */
export function problemFrom(py: Interpreter, what: string, error: unknown): Problem {
	if (error instanceof PyRaise) {
		const place = exceptionPlace(error);
		const trail = trailOf(error);
		return {
			severity: 'error',
			code: 'raised',
			message: `${what}: ${exceptionText(py, error)}`,
			...(place ? { place } : {}),
			...(trail.length > 0 ? { trail } : {}),
		};
	}
	if (error instanceof OutOfBudget) return { severity: 'error', code: 'budget', message: `${what}: stopped, ${error.reason}.` };
	const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
	return { severity: 'error', code: 'engine', message: `${what}: the engine failed (${message}).` };
}
