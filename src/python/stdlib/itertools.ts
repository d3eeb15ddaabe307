import { index, integer } from '../builtins/arguments';
import type { Interpreter } from '../runtime/interpreter';
import { classMethod, native, nativeModule, newType, staticMethod } from '../runtime/native';
import { iteratorType, type PyClass, PyIterator, PyTuple, type Value } from '../values';

/** Native: written in C. Each class makes an iterator. */

type Args = readonly (Value | undefined)[];

const items = (value: Value | undefined): readonly Value[] => (value instanceof PyTuple ? value.items : []);

function maker(
	name: string,
	signature: string,
	make: (py: Interpreter, args: Args) => Iterator<Value>,
): readonly [string, PyClass] {
	const cls: PyClass = newType(
		name,
		'itertools',
		[
			staticMethod('__new__', `cls, ${signature}`, (py, args) => new PyIterator(make(py, (args as Args).slice(1)), name, cls), {
				acceptsUnknown: true,
			}),
			...(name === 'chain'
				? [
						classMethod(
							'from_iterable',
							'cls, iterable, /',
							(py, [, source]) => new PyIterator(chained(py, py.iterate(source)), name, cls),
						),
					]
				: []),
		],
		[iteratorType],
	);
	return [name, cls];
}

function* chained(py: Interpreter, sources: Iterable<Value>): Generator<Value> {
	for (const source of sources) yield* py.iterate(source);
}

function* counted(py: Interpreter, start: Value, step: Value): Generator<Value> {
	for (let value = start, at = 0; ; value = py.binary('+', value, step)) {
		py.budget.endless(++at);
		yield value;
	}
}

function* cycled(py: Interpreter, source: Value): Generator<Value> {
	const seen: Value[] = [];
	for (const value of py.iterate(source)) {
		seen.push(value);
		yield value;
	}
	for (let round = 1; seen.length > 0; round++) {
		py.budget.endless(round * seen.length);
		yield* seen;
	}
}

function* repeated(py: Interpreter, value: Value, times: number): Generator<Value> {
	for (let at = 0; at < times; at++) {
		if (times === Number.POSITIVE_INFINITY) py.budget.endless(at);
		yield value;
	}
}

function* sliced(py: Interpreter, source: Value, args: readonly Value[]): Generator<Value> {
	const [start, stop, step] =
		args.length === 1 ? [null, args[0] ?? null, null] : [args[0] ?? null, args[1] ?? null, args[2] ?? null];
	const end = stop === null ? Number.POSITIVE_INFINITY : index(py, stop);
	const by = step === null ? 1 : index(py, step);
	let wanted = start === null ? 0 : index(py, start);
	if (wanted >= end) return;
	let at = 0;
	for (const value of py.iterate(source)) {
		if (at === wanted) {
			yield value;
			wanted += by;
			if (wanted >= end) return;
		}
		at++;
	}
}

function* accumulated(py: Interpreter, source: Value, func: Value, initial: Value): Generator<Value> {
	let total: Value | undefined = initial === null ? undefined : initial;
	if (total !== undefined) yield total;
	for (const value of py.iterate(source)) {
		total = total === undefined ? value : func === null ? py.binary('+', total, value) : py.call(func, [total, value]);
		yield total;
	}
}

function* product(py: Interpreter, pools: readonly Value[][]): Generator<Value> {
	const counters = pools.map(() => 0);
	if (pools.some((pool) => pool.length === 0)) return;
	for (;;) {
		py.budget.step();
		yield new PyTuple(pools.map((pool, at) => pool[counters[at] ?? 0] ?? null));
		let at = pools.length - 1;
		for (; at >= 0; at--) {
			counters[at] = (counters[at] ?? 0) + 1;
			if ((counters[at] ?? 0) < (pools[at]?.length ?? 0)) break;
			counters[at] = 0;
		}
		if (at < 0) return;
	}
}

function* chosen(
	py: Interpreter,
	pool: readonly Value[],
	count: number,
	from: number,
	again: boolean,
	taken: readonly Value[] = [],
): Generator<Value> {
	py.budget.work(taken.length);
	if (taken.length === count) {
		yield new PyTuple(taken);
		return;
	}
	for (let at = from; at < pool.length; at++)
		yield* chosen(py, pool, count, again ? at : at + 1, again, [...taken, pool[at] ?? null]);
}

function* permuted(pool: readonly Value[], count: number, used: readonly number[] = []): Generator<Value> {
	if (used.length === count) {
		yield new PyTuple(used.map((at) => pool[at] ?? null));
		return;
	}
	for (let at = 0; at < pool.length; at++) if (!used.includes(at)) yield* permuted(pool, count, [...used, at]);
}

function* zippedLongest(py: Interpreter, sources: readonly Value[], fill: Value): Generator<Value> {
	const iterators = sources.map((source) => py.iter(source));
	const done = iterators.map(() => false);
	for (;;) {
		const row = iterators.map((iterator, at) => {
			const value = done[at] ? undefined : py.next(iterator);
			if (value === undefined) done[at] = true;
			return value === undefined ? fill : value;
		});
		if (done.every(Boolean)) return;
		yield new PyTuple(row);
	}
}

function* grouped(py: Interpreter, source: Value, key: Value): Generator<Value> {
	const iterator = py.iterate(source)[Symbol.iterator]();
	const keyOf = (value: Value): Value => (key === null ? value : py.call(key, [value]));
	let step = iterator.next();
	while (!step.done) {
		const current = keyOf(step.value);
		const group: Value[] = [];
		while (!step.done && py.equals(keyOf(step.value), current)) {
			group.push(step.value);
			py.budget.items(group.length);
			step = iterator.next();
		}
		yield new PyTuple([current, py.iterator(group, '_grouper')]);
	}
}

function* kept(py: Interpreter, source: Value, keep: (value: Value) => 'yes' | 'no' | 'stop'): Generator<Value> {
	for (const value of py.iterate(source)) {
		const answer = keep(value);
		if (answer === 'stop') return;
		if (answer === 'yes') yield value;
	}
}

function droppingWhile(py: Interpreter, test: Value): (value: Value) => 'yes' | 'no' {
	let dropping = true;
	return (value) => {
		dropping &&= py.truth(py.call(test, [value]));
		return dropping ? 'no' : 'yes';
	};
}

function* batches(py: Interpreter, source: Value, size: number): Generator<Value> {
	let batch: Value[] = [];
	for (const value of py.iterate(source)) {
		batch.push(value);
		if (batch.length < size) continue;
		yield new PyTuple(batch);
		batch = [];
	}
	if (batch.length > 0) yield new PyTuple(batch);
}

function* pairs(py: Interpreter, source: Value): Generator<Value> {
	let before: Value | undefined;
	for (const value of py.iterate(source)) {
		if (before !== undefined) yield new PyTuple([before, value]);
		before = value;
	}
}

/** Several iterators over one source, which is read once. */
function tee(py: Interpreter, source: Value, count: number): PyTuple {
	const iterator = py.iterate(source)[Symbol.iterator]();
	const read: Value[] = [];
	function* replay(): Generator<Value> {
		for (let at = 0; ; at++) {
			if (at === read.length) {
				const step = iterator.next();
				if (step.done) return;
				read.push(step.value);
			}
			yield read[at] ?? null;
		}
	}
	return new PyTuple(Array.from({ length: count }, () => new PyIterator(replay(), 'itertools._tee')));
}

const value = (one: Value | undefined): Value => one ?? null;
const pool = (py: Interpreter, source: Value | undefined): Value[] => py.list(value(source));

export const itertools = nativeModule('itertools', [
	maker('chain', '*iterables', (py, [sources]) => chained(py, items(sources))),
	maker('count', 'start=0, step=1', (py, [start, step]) => counted(py, value(start), value(step))),
	maker('cycle', 'iterable, /', (py, [source]) => cycled(py, value(source))),
	maker('repeat', 'object, times=None', (py, [object, times]) =>
		repeated(py, value(object), value(times) === null ? Number.POSITIVE_INFINITY : Number(integer(py, value(times)))),
	),
	maker('islice', 'iterable, /, *args', (py, [source, args]) => sliced(py, value(source), items(args))),
	maker('accumulate', 'iterable, func=None, *, initial=None', (py, [source, func, initial]) =>
		accumulated(py, value(source), value(func), value(initial)),
	),
	maker('product', '*iterables, repeat=1', (py, [sources, repeat]) => {
		const pools = items(sources).map((source) => py.list(source));
		return product(py, Array.from({ length: index(py, value(repeat)) }, () => pools).flat());
	}),
	maker('combinations', 'iterable, r', (py, [source, r]) => chosen(py, pool(py, source), index(py, value(r)), 0, false)),
	maker('combinations_with_replacement', 'iterable, r', (py, [source, r]) =>
		chosen(py, pool(py, source), index(py, value(r)), 0, true),
	),
	maker('permutations', 'iterable, r=None', (py, [source, r]) => {
		const all = pool(py, source);
		return permuted(all, value(r) === null ? all.length : index(py, value(r)));
	}),
	maker('zip_longest', '*iterables, fillvalue=None', (py, [sources, fill]) => zippedLongest(py, items(sources), value(fill))),
	maker('groupby', 'iterable, key=None', (py, [source, key]) => grouped(py, value(source), value(key))),
	maker('starmap', 'function, iterable, /', (py, [func, source]) =>
		(function* () {
			for (const row of py.iterate(value(source))) yield py.call(value(func), py.list(row));
		})(),
	),
	maker('takewhile', 'predicate, iterable, /', (py, [test, source]) =>
		kept(py, value(source), (one) => (py.truth(py.call(value(test), [one])) ? 'yes' : 'stop')),
	),
	maker('dropwhile', 'predicate, iterable, /', (py, [test, source]) => kept(py, value(source), droppingWhile(py, value(test)))),
	maker('filterfalse', 'predicate, iterable, /', (py, [test, source]) =>
		kept(py, value(source), (one) => (py.truth(value(test) === null ? one : py.call(value(test), [one])) ? 'no' : 'yes')),
	),
	maker('compress', 'data, selectors', (py, [data, selectors]) => {
		const flags = py.iterate(value(selectors))[Symbol.iterator]();
		return kept(py, value(data), () => {
			const step = flags.next();
			return step.done ? 'stop' : py.truth(step.value) ? 'yes' : 'no';
		});
	}),
	maker('pairwise', 'iterable, /', (py, [source]) => pairs(py, value(source))),
	maker('batched', 'iterable, n, *, strict=False', (py, [source, size]) => batches(py, value(source), index(py, value(size)))),
	native('tee', 'iterable, n=2, /', (py, [source, count]) => tee(py, source, index(py, count))),
]);
