import {
	PyBuiltin,
	PyBytes,
	PyDict,
	PyException,
	PyGenerator,
	PyIterator,
	PyList,
	PyObject,
	PyRaise,
	PyRange,
	PySet,
	PyTuple,
	PyUnknown,
	unwrap,
	type Value,
} from '../values';
import type { Frame } from './frames';
import type { Machine } from './machine';

/** Iteration, generators' suspension and resumption, awaiting. */

const nothing: readonly Value[] = [];

/** What a loop over the value goes through; nothing where it is unknown, which is said. TypeError for what can't be iterated. */
export function iterate(py: Machine, value: Value): Iterable<Value> {
	if (value instanceof PyUnknown) {
		py.dropped(value);
		return nothing;
	}
	if (value instanceof PyObject && !value.cls.immutable) {
		const own = value.cls.lookup('__iter__');
		if (own !== undefined && !(own instanceof PyBuiltin))
			return own === null ? py.raise('TypeError', notIterable(py, value)) : over(py, py.call(py.bindSpecial(own, value)));
	}
	if (value instanceof PyList || value instanceof PyTuple) return value.items;
	if (value instanceof PyDict) return value.keys();
	if (value instanceof PyIterator || value instanceof PyGenerator) return over(py, value);
	const raw = unwrap(value);
	if (typeof raw === 'string') return raw;
	if (value instanceof PySet) return value.values();
	if (value instanceof PyRange) return rangeItems(py, value);
	if (value instanceof PyBytes) return value.value;
	const method = py.special(value, '__iter__');
	if (method !== undefined) return over(py, py.call(method));
	const getItem = py.special(value, '__getitem__');
	if (getItem === undefined) return py.raise('TypeError', notIterable(py, value));
	return byIndex(py, getItem);
}

/** All items at once, within the budget. */
export function list(py: Machine, iterable: Value): Value[] {
	const { budget } = py;
	if ((iterable instanceof PyList || iterable instanceof PyTuple) && iterable.cls.immutable) {
		budget.fills(iterable.items.length);
		return [...iterable.items];
	}
	if (iterable instanceof PyRange) budget.items(iterable.length);
	const all: Value[] = [];
	const { items: most } = budget.limits;
	for (const item of iterate(py, iterable)) {
		all.push(item);
		if (all.length > most) budget.items(all.length);
	}
	if (all.length > 1000) budget.work(all.length);
	return all;
}

/** Whether `iterate` would take it. */
export function isIterable(py: Machine, value: Value): boolean {
	if (typeof unwrap(value) === 'string') return true;
	const builtin = [PyList, PyTuple, PyDict, PyIterator, PyGenerator, PySet, PyRange, PyBytes, PyUnknown];
	if (builtin.some((type) => value instanceof type)) return true;
	return py.special(value, '__iter__') !== undefined || py.special(value, '__getitem__') !== undefined;
}

function notIterable(py: Machine, value: Value): string {
	return `'${py.typeOf(value).name}' object is not iterable`;
}

/** The rest of an iterator; leaving a loop early leaves the iterator as it is, to be gone on with. */
function over(py: Machine, iterator: Value): Iterable<Value> {
	if (iterator instanceof PyUnknown) {
		py.dropped(iterator);
		return nothing;
	}
	return {
		[Symbol.iterator]: () => ({
			next: (): IteratorResult<Value> => {
				const value = next(py, iterator);
				return value === undefined ? { done: true, value: undefined } : { done: false, value };
			},
		}),
	};
}

function* rangeItems(py: Machine, { start, step, length }: PyRange): IterableIterator<Value> {
	for (let i = 0; i < length; i++) {
		py.budget.step();
		yield start + i * step;
	}
}

function* byIndex(py: Machine, getItem: Value): IterableIterator<Value> {
	for (let i = 0; ; i++) {
		let item: Value;
		try {
			item = py.call(getItem, [i]);
		} catch (error) {
			if (py.caught(error, 'IndexError', 'StopIteration')) return;
			throw error;
		}
		yield item;
	}
}

/** `iter()`. */
export function iter(py: Machine, value: Value): Value {
	if (value instanceof PyIterator || value instanceof PyGenerator || value instanceof PyUnknown) return value;
	if (value instanceof PyObject && !value.cls.immutable) {
		const own = value.cls.lookup('__iter__');
		if (own !== undefined && own !== null && !(own instanceof PyBuiltin)) return py.call(py.bindSpecial(own, value));
	}
	const iterator = iterate(py, value)[Symbol.iterator]();
	const name = value instanceof PyObject ? `${value.cls.name}_iterator` : 'str_iterator';
	return new PyIterator(iterator, name);
}

/** `next()`; undefined at the end. */
export function next(py: Machine, iterator: Value): Value | undefined {
	if (iterator instanceof PyIterator) {
		// What is written natively goes round without a statement: `sum(count())`.
		py.budget.step();
		const step = iterator.iterator.next();
		return step.done ? undefined : step.value;
	}
	if (iterator instanceof PyGenerator) {
		const step = resume(py, iterator, null);
		return step.done ? undefined : step.value;
	}
	if (iterator instanceof PyUnknown) {
		py.dropped(iterator);
		return undefined;
	}
	const method = py.special(iterator, '__next__');
	if (method === undefined) return py.raise('TypeError', `'${py.typeOf(iterator).name}' object is not an iterator`);
	try {
		return py.call(method);
	} catch (error) {
		if (py.caught(error, 'StopIteration')) return undefined;
		throw error;
	}
}

/** Lets a generator run to its next yield, giving it a value or throwing an exception into it. */
export function resume(py: Machine, generator: PyGenerator, value: Value, thrown?: PyRaise): IteratorResult<Value, Value> {
	if (generator.finished) {
		if (thrown) throw thrown;
		return { done: true, value: null };
	}
	if (generator.running) return py.raise('ValueError', 'generator already executing');
	const frame = generator.frame as Frame | undefined;
	const back = py.frame;
	if (frame) {
		frame.back = back;
		py.frame = frame;
	}
	py.deeper();
	generator.running = true;
	try {
		const step = thrown ? generator.body.throw(thrown) : generator.body.next(value);
		if (step.done) generator.finished = true;
		return step;
	} catch (error) {
		generator.finished = true;
		if (error instanceof PyRaise && error.exception instanceof PyException && py.caught(error, 'StopIteration')) {
			return py.raise('RuntimeError', 'generator raised StopIteration');
		}
		throw error;
	} finally {
		generator.running = false;
		generator.started = true;
		py.frame = back;
		py.budget.depth--;
	}
}

/** `yield from`: hands on what is sent and thrown, results in what the inner generator returns. */
export function* delegate(py: Machine, value: Value): Generator<Value, Value, Value> {
	const inner = iter(py, value);
	if (!(inner instanceof PyGenerator)) {
		for (const item of iterate(py, inner)) yield item;
		return null;
	}
	let sent: Value = null;
	let thrown: PyRaise | undefined;
	for (;;) {
		const step = resume(py, inner, sent, thrown);
		if (step.done) return step.value;
		thrown = undefined;
		try {
			sent = yield step.value;
		} catch (error) {
			if (!(error instanceof PyRaise)) throw error;
			thrown = error;
		}
	}
}

/** Runs a coroutine to its end: nothing ever waits here. */
export function awaitValue(py: Machine, value: Value): Value {
	if (value instanceof PyGenerator) {
		for (;;) {
			const step = resume(py, value, null);
			if (step.done) return step.value;
		}
	}
	if (value instanceof PyUnknown) return value;
	const method = py.special(value, '__await__');
	if (method === undefined) return py.raise('TypeError', `object ${py.typeOf(value).name} can't be used in 'await' expression`);
	const iterator = py.call(method);
	if (iterator instanceof PyGenerator) return awaitValue(py, iterator);
	for (const _ of iterate(py, iterator));
	return null;
}
