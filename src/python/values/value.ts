import type { PyClass } from './class';
import { trial } from './trial';

/**
 * A Python value. The hot ones are raw: `null` is None, `boolean` bool, `string` str, `number` an int within the safe
 * range, `bigint` a larger int (never one that fits a `number`). All else is a `PyObject`.
 */
export type Value = null | boolean | string | number | bigint | PyObject;

/** Names to values, in order of insertion; what modules, classes and instances keep their attributes in. */
export type Attributes = Map<string, Value>;

/**
 * A Python object that is no raw JavaScript value. An instance of a subclass written in Python of a built-in type is of
 * the built-in's own JavaScript class (a `PyList` whose `cls` is the subclass), so that natives find their payload by `instanceof`.
 */
export abstract class PyObject {
	/** `__dict__`, made when first written to. */
	attrs: Attributes | undefined = undefined;
	constructor(public cls: PyClass) {
		if (trial !== undefined) trial.add(this);
	}
}

/** An instance of a class written in Python, of an exception, or of a str or int subclass (whose raw value is `payload`). */
export class PyInstance extends PyObject {
	constructor(
		cls: PyClass,
		readonly payload: string | number | bigint | undefined = undefined,
	) {
		super(cls);
	}
}

/** The raw value behind an instance of a str or int subclass; any other value as it is. */
export function unwrap(value: Value): Value {
	return value instanceof PyInstance && value.payload !== undefined ? value.payload : value;
}

/** The text of a str or of an instance of its subclasses; undefined for everything else. */
export function textOf(value: Value): string | undefined {
	if (typeof value === 'string') return value;
	return value instanceof PyInstance && typeof value.payload === 'string' ? value.payload : undefined;
}

/** The number behind an int, bool or an instance of an int subclass as long as it is a safe integer; undefined for everything else. */
export function intOf(value: Value): number | undefined {
	if (typeof value === 'number') return value;
	if (typeof value === 'boolean') return value ? 1 : 0;
	return value instanceof PyInstance && typeof value.payload === 'number' ? value.payload : undefined;
}
