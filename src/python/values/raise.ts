import type { PyObject } from './value';

/** A Python exception on its way through JavaScript. No `Error`: making a JavaScript stack trace would cost more than the evaluation does. */
export class PyRaise {
	constructor(
		/** An instance of a class that derives from BaseException. */
		readonly exception: PyObject,
	) {}
}

/** What the body makes; undefined where Python raises. */
export function unlessRaised<T>(body: () => T): T | undefined {
	try {
		return body();
	} catch (error) {
		if (error instanceof PyRaise) return undefined;
		throw error;
	}
}
