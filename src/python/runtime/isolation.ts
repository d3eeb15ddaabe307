import { exceptionType, type PyClass, type PyException, type PyModule, PyUnknown } from '../values';
import { OutOfBudget } from './budget';
import type { Frame } from './frames';
import type { Machine } from './machine';

/** A block being run of which exceptions are caught: any, those of built-in classes, or those that its handlers take when they are asked. */
export type Guard = 'any' | readonly PyClass[] | ((exception: PyException) => boolean);

function catches(guard: Guard, exception: PyException): boolean {
	if (guard === 'any') return true;
	return typeof guard === 'function' ? guard(exception) : guard.some((cls) => exception.cls.derivesFrom(cls));
}

/**
 * What stands for a part of a project module's own code that raised where nothing catches it. Python would end here, and with
 * it everything the module has; whoever is typing `path("x", views.` still wants to see the other routes. So the engine says
 * what was raised, and goes on without that part. Undefined where the exception shall pass: something catches it, or the module
 * is a library's.
 */
export function isolated(py: Machine, error: unknown, frame: Frame): PyUnknown | undefined {
	if (error instanceof OutOfBudget) return stopped(py, error, frame);
	if (!isProjectModule(py, frame.module)) return undefined;
	const exception = py.asException(error, frame);
	// A settings module that calls sys.exit() misses something; the rest of it is told all the same.
	const ends = ['Exception', 'SystemExit'].some((name) => exception?.cls.derivesFrom(exceptionType(name)));
	if (!exception || !ends) return undefined;
	if (py.guards.some((guard) => catches(guard, exception))) return undefined;
	// What natives ask for and catch.
	if (exception.cls.derivesFrom(exceptionType('StopIteration'))) return undefined;
	// The project's own line says more than the library's that raised.
	const places = exception.traceback.flatMap(({ place: one }) => one ?? []);
	const place = places.findLast((one) => isProjectFile(py, one.path)) ?? places.at(-1) ?? py.place();
	const reason = py.describe(exception);
	py.unknowns.report(reason, place);
	return new PyUnknown(reason, place);
}

/** What took too many steps or too much room costs its statement, too; a few times. */
function stopped(py: Machine, { reason }: OutOfBudget, frame: Frame): PyUnknown | undefined {
	if (!isProjectModule(py, frame.module) || !py.budget.extend()) return undefined;
	const place = py.place();
	const text = `Stopped: ${reason}`;
	py.unknowns.report(text, place);
	return new PyUnknown(text, place);
}

/** Whether the module's file is the project's own. */
export function isProjectModule(py: Machine, module: PyModule): boolean {
	const path = module.source?.path;
	return path !== undefined && isProjectFile(py, path);
}

export function isProjectFile(py: Machine, path: string): boolean {
	if (py.installed.has(path)) return false;
	return py.projectRoots.some((root) => path.startsWith(root));
}
