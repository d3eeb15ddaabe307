import type { PyClass } from './class';
import { generatorType, iteratorType } from './core-types';
import { PyObject, type Value } from './value';

/** A Python iterator over a JavaScript one (`iter(list)`, `map`, `zip` …). `name` is what its type is called in a repr. */
export class PyIterator extends PyObject {
	constructor(
		readonly iterator: Iterator<Value>,
		readonly name = 'iterator',
		cls: PyClass = iteratorType,
	) {
		super(cls);
	}
}

/** A generator (or coroutine) object: suspended JavaScript generator, to be resumed with a value or an exception. */
export class PyGenerator extends PyObject {
	running = false;
	finished = false;
	started = false;
	constructor(
		readonly body: Generator<Value, Value, Value>,
		readonly name: string,
		/** The runtime's frame, to be put on the stack while it runs. */
		readonly frame: object | undefined = undefined,
		cls: PyClass = generatorType,
	) {
		super(cls);
	}
}
