import type { Interpreter } from '../runtime/interpreter';
import { classMethod, defineType, method, staticMethod } from '../runtime/native';
import { hashKey, notImplemented, PyClass, PyIterator, PySlice, PyTuple, tupleType, type Value } from '../values';
import { position, sliced, typeName } from './arguments';
import { genericAlias } from './generic-alias';
import { hashNumber } from './hash-number';
import { find, guarded, repeated, sameOrEqual, sequenceComparisons } from './sequences';

function own(py: Interpreter, self: Value): PyTuple {
	return self instanceof PyTuple
		? self
		: py.raise('TypeError', `descriptor requires a 'tuple' object but received a '${typeName(py, self)}'`);
}

defineType(tupleType, [
	staticMethod(
		'__new__',
		'cls, iterable=(), /',
		(py, [cls, iterable]) => {
			if (cls === tupleType && iterable instanceof PyTuple && iterable.cls === tupleType) return iterable;
			return new PyTuple(py.list(iterable), cls instanceof PyClass ? cls : tupleType);
		},
		{ acceptsUnknown: true },
	),
	method(
		'count',
		'self, value, /',
		(py, [self, value]) => own(py, self).items.filter((item) => sameOrEqual(py, item, value)).length,
	),
	method('index', 'self, value, start=0, stop=None, /', (py, [self, value, start, stop]) => {
		const at = find(py, own(py, self).items, value, start, stop);
		return at < 0 ? py.raise('ValueError', 'tuple.index(x): x not in tuple') : at;
	}),
	method('__len__', 'self, /', (py, [self]) => own(py, self).items.length),
	method('__iter__', 'self, /', (py, [self]) => new PyIterator(own(py, self).items.values(), 'tuple_iterator')),
	method('__contains__', 'self, key, /', (py, [self, key]) => find(py, own(py, self).items, key) >= 0),
	method('__getitem__', 'self, key, /', (py, [self, key]) => {
		const { items } = own(py, self);
		if (key instanceof PySlice) return new PyTuple(sliced(py, items, key));
		return items[position(py, key, items.length, 'tuple')] ?? null;
	}),
	method('__add__', 'self, value, /', (py, [self, other]) => {
		if (!(other instanceof PyTuple))
			return py.special(other, '__radd__') !== undefined
				? notImplemented
				: py.raise('TypeError', `can only concatenate tuple (not "${typeName(py, other)}") to tuple`);
		const { items } = own(py, self);
		py.budget.fills(items.length + other.items.length);
		return new PyTuple([...items, ...other.items]);
	}),
	...['__mul__', '__rmul__'].map((name) =>
		method(name, 'self, value, /', (py, [self, times]) => {
			const items = repeated(py, own(py, self).items, times);
			return items ? new PyTuple(items) : notImplemented;
		}),
	),
	...sequenceComparisons((value) => (value instanceof PyTuple ? value.items : undefined)),
	method('__hash__', 'self, /', (py, [self]) => hashNumber(hashKey(py, new PyTuple(own(py, self).items)))),
	method('__repr__', 'self, /', (py, [self]) => {
		const tuple = own(py, self);
		const show = (): string => `(${tuple.items.map((item) => py.repr(item)).join(', ')}${tuple.items.length === 1 ? ',' : ''})`;
		return guarded(py, tuple, show, '(...)');
	}),
	method('__getnewargs__', 'self, /', (py, [self]) => new PyTuple([new PyTuple(own(py, self).items)])),
	classMethod('__class_getitem__', 'cls, item, /', (_, [cls, item]) => genericAlias(cls, item)),
]);
