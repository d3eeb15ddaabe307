import type { Interpreter } from '../runtime/interpreter';
import { defineType, getter, method, staticMethod } from '../runtime/native';
import {
	hashKey,
	intOf,
	notImplemented,
	PyIterator,
	PyRange,
	PySlice,
	PyTuple,
	rangeType,
	sliceType,
	type Value,
} from '../values';
import { index, position, sliceRange, typeName } from './arguments';
import { hashNumber } from './hash-number';

function own(py: Interpreter, self: Value): PyRange {
	return self instanceof PyRange
		? self
		: py.raise('TypeError', `descriptor requires a 'range' object but received a '${typeName(py, self)}'`);
}

function* numbers(range: PyRange): Generator<number> {
	for (let count = range.length, value = range.start; count > 0; count--, value += range.step) yield value;
}

/** Its place in the range; -1 when it is not in there. */
function find(range: PyRange, value: Value): number {
	const number = intOf(value);
	if (number === undefined) return -1;
	const steps = (number - range.start) / range.step;
	return Number.isInteger(steps) && steps >= 0 && steps < range.length ? steps : -1;
}

function equal(a: PyRange, b: PyRange): boolean {
	if (a.length !== b.length) return false;
	return a.length === 0 || (a.start === b.start && (a.length === 1 || a.step === b.step));
}

defineType(rangeType, [
	staticMethod('__new__', 'cls, first, stop?, step=1, /', (py, [, first, stop, step]) => {
		const by = index(py, step);
		if (by === 0) py.raise('ValueError', 'range() arg 3 must not be zero');
		return stop === undefined ? new PyRange(0, index(py, first), 1) : new PyRange(index(py, first), index(py, stop), by);
	}),
	getter('start', (py, self) => own(py, self).start),
	getter('stop', (py, self) => own(py, self).stop),
	getter('step', (py, self) => own(py, self).step),
	method('__len__', 'self, /', (py, [self]) => own(py, self).length),
	method('__bool__', 'self, /', (py, [self]) => own(py, self).length > 0),
	method('__iter__', 'self, /', (py, [self]) => new PyIterator(numbers(own(py, self)), 'range_iterator')),
	method('__reversed__', 'self, /', (py, [self]) => {
		const { start, step, length } = own(py, self);
		return new PyIterator(numbers(new PyRange(start + (length - 1) * step, start - step, -step)), 'range_iterator');
	}),
	method('__contains__', 'self, key, /', (py, [self, key]) => find(own(py, self), key) >= 0),
	method('__getitem__', 'self, key, /', (py, [self, key]) => {
		const range = own(py, self);
		if (key instanceof PySlice) {
			const { start, stop, step } = sliceRange(py, key, range.length);
			return new PyRange(range.start + start * range.step, range.start + stop * range.step, range.step * step);
		}
		return range.start + position(py, key, range.length, 'range object') * range.step;
	}),
	method('index', 'self, value, /', (py, [self, value]) => {
		const at = find(own(py, self), value);
		return at < 0 ? py.raise('ValueError', `${py.repr(value)} is not in range`) : at;
	}),
	method('count', 'self, value, /', (py, [self, value]) => (find(own(py, self), value) < 0 ? 0 : 1)),
	method('__eq__', 'self, value, /', (py, [self, other]) =>
		other instanceof PyRange ? equal(own(py, self), other) : notImplemented,
	),
	method('__hash__', 'self, /', (py, [self]) => {
		const { length, start, step } = own(py, self);
		return hashNumber(hashKey(py, new PyTuple([length, length > 0 ? start : null, length > 1 ? step : null])));
	}),
	method('__repr__', 'self, /', (py, [self]) => {
		const { start, stop, step } = own(py, self);
		return step === 1 ? `range(${start}, ${stop})` : `range(${start}, ${stop}, ${step})`;
	}),
]);

function ownSlice(py: Interpreter, self: Value): PySlice {
	return self instanceof PySlice
		? self
		: py.raise('TypeError', `descriptor requires a 'slice' object but received a '${typeName(py, self)}'`);
}

defineType(sliceType, [
	staticMethod('__new__', 'cls, first, stop?, step=None, /', (_, [, first, stop, step]) =>
		stop === undefined ? new PySlice(null, first, null) : new PySlice(first, stop, step),
	),
	getter('start', (py, self) => ownSlice(py, self).start),
	getter('stop', (py, self) => ownSlice(py, self).stop),
	getter('step', (py, self) => ownSlice(py, self).step),
	method('indices', 'self, length, /', (py, [self, length]) => {
		const { start, stop, step } = sliceRange(py, ownSlice(py, self), index(py, length));
		return new PyTuple([start, stop, step]);
	}),
	method('__eq__', 'self, other, /', (py, [self, other]) => {
		if (!(other instanceof PySlice)) return notImplemented;
		const one = ownSlice(py, self);
		return py.equals(one.start, other.start) && py.equals(one.stop, other.stop) && py.equals(one.step, other.step);
	}),
	method('__repr__', 'self, /', (py, [self]) => {
		const { start, stop, step } = ownSlice(py, self);
		return `slice(${py.repr(start)}, ${py.repr(stop)}, ${py.repr(step)})`;
	}),
]);
