import { unknownType } from './core-types';
import type { Place } from './module';
import { PyObject } from './value';

/**
 * A value that can't be known without running the project. It flows: what is computed from it is unknown for the same reason.
 */
export class PyUnknown extends PyObject {
	constructor(
		/** A sentence's object: "the variable DATABASE_URL is not set", "a row of the database". */
		readonly reason: string,
		/** Where it came up first. */
		readonly place: Place | undefined,
		/** The dotted path of what was taken from the root (`.objects.all()`), for messages. */
		readonly trail: string = '',
	) {
		super(unknownType);
	}
}

/** Something the user should know of: dropped content, or a decision that an unknown value made. */
export interface Problem {
	readonly reason: string;
	readonly place: Place | undefined;
}
