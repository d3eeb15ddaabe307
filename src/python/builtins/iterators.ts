import type { Interpreter } from '../runtime/interpreter';
import { defineType, method, newType, staticMethod } from '../runtime/native';
import { iteratorType, type PyClass, PyIterator, PyList, PyRange, PyTuple, PyUnknown, type Value } from '../values';
import { integer, typeName } from './arguments';
import { add } from './integer';

/** The iterator type and the built-in classes that make iterators: `map`, `filter`, `zip`, `enumerate`, `reversed`. */

defineType(iteratorType, [
	method('__iter__', 'self, /', (_, [self]) => self),
	method('__next__', 'self, /', (py, [self]) => {
		if (!(self instanceof PyIterator)) return py.raise('TypeError', `'${typeName(py, self)}' object is not an iterator`);
		const step = self.iterator.next();
		return step.done ? py.raise('StopIteration') : step.value;
	}),
	method('__length_hint__', 'self, /', () => 0),
	method('__repr__', 'self, /', (_, [self]) => (self instanceof PyIterator ? `<${self.name} object>` : '<iterator>')),
]);

/** A class of iterators, called to make one. */
function iteratorClass(
	name: string,
	signature: string,
	make: (py: Interpreter, args: readonly (Value | undefined)[]) => Iterator<Value>,
): PyClass {
	const cls = newType(
		name,
		'builtins',
		[
			staticMethod(
				'__new__',
				`cls, ${signature}`,
				(py, args) => new PyIterator(make(py, (args as readonly (Value | undefined)[]).slice(1)), name, cls),
				{ acceptsUnknown: true },
			),
		],
		[iteratorType],
	);
	return cls;
}

const items = (value: Value | undefined): readonly Value[] => (value instanceof PyTuple ? value.items : []);

function* mapped(py: Interpreter, func: Value, sources: readonly Value[]): Generator<Value> {
	for (const row of rows(py, sources, false)) yield py.call(func, row);
}

/** One item of each source a round, until the shortest is out; `strict` raises when they differ. */
function* rows(py: Interpreter, sources: readonly Value[], strict: boolean): Generator<Value[]> {
	const unknown = sources.find((source) => source instanceof PyUnknown);
	if (unknown !== undefined) {
		for (const _ of py.iterate(unknown)) yield [];
		return;
	}
	const iterators = sources.map((source) => py.iter(source));
	if (iterators.length === 0) return;
	for (;;) {
		const row: Value[] = [];
		for (const iterator of iterators) {
			const value = py.next(iterator);
			if (value === undefined) {
				if (strict) checkLengths(py, iterators, row.length);
				return;
			}
			row.push(value);
		}
		yield row;
	}
}

function checkLengths(py: Interpreter, iterators: readonly Value[], ended: number): void {
	const others = ended === 1 ? ' ' : 's 1-';
	if (ended > 0) py.raise('ValueError', `zip() argument ${ended + 1} is shorter than argument${others}${ended}`);
	iterators.slice(1).forEach((iterator, at) => {
		if (py.next(iterator) !== undefined)
			py.raise('ValueError', `zip() argument ${at + 2} is longer than argument${at === 0 ? ' ' : 's 1-'}${at + 1}`);
	});
}

function* filtered(py: Interpreter, test: Value, source: Value): Generator<Value> {
	for (const value of py.iterate(source)) if (py.truth(test === null ? value : py.call(test, [value]))) yield value;
}

function* numbered(py: Interpreter, source: Value, start: Value): Generator<Value> {
	let at = integer(py, start);
	for (const value of py.iterate(source)) {
		yield new PyTuple([at, value]);
		at = add(at, 1);
	}
}

function* zipped(py: Interpreter, sources: readonly Value[], strict: boolean): Generator<Value> {
	for (const row of rows(py, sources, strict)) yield new PyTuple(row);
}

function* fromEnd(py: Interpreter, sequence: Value): Generator<Value> {
	for (let at = py.length(sequence) - 1; at >= 0; at--) yield py.getItem(sequence, at);
}

function backwards(py: Interpreter, sequence: Value): Iterator<Value> {
	if (sequence instanceof PyUnknown) return py.iterate(sequence)[Symbol.iterator]();
	if (sequence instanceof PyList || sequence instanceof PyTuple || sequence instanceof PyRange || sequence !== null) {
		const special = py.special(sequence, '__reversed__');
		if (special !== undefined) return py.iterate(py.call(special))[Symbol.iterator]();
		if (py.special(sequence, '__getitem__') !== undefined && py.special(sequence, '__len__') !== undefined)
			return fromEnd(py, sequence);
	}
	return py.raise('TypeError', `'${typeName(py, sequence)}' object is not reversible`);
}

export const iteratorClasses: readonly PyClass[] = [
	iteratorClass('map', 'func, /, *iterables', (py, [func, iterables]) => mapped(py, func ?? null, items(iterables))),
	iteratorClass('filter', 'function, iterable, /', (py, [test, source]) => filtered(py, test ?? null, source ?? null)),
	iteratorClass('zip', '*iterables, strict=False', (py, [sources, strict]) => {
		// The keyword-only parameter follows `*iterables` in the signature.
		return zipped(py, items(sources), py.truth(strict ?? false));
	}),
	iteratorClass('enumerate', 'iterable, start=0', (py, [source, start]) => numbered(py, source ?? null, start ?? 0)),
	iteratorClass('reversed', 'sequence, /', (py, [sequence]) => backwards(py, sequence ?? null)),
];
