import type { Interpreter } from '../runtime/interpreter';
import { classMethod, defineType, method, staticMethod } from '../runtime/native';
import { listType, notImplemented, PyClass, PyIterator, PyList, PySlice, type Value, wrote } from '../values';
import { index, position, sliced, sliceRange, typeName } from './arguments';
import { genericAlias } from './generic-alias';
import { find, guarded, repeated, sameOrEqual, sequenceComparisons } from './sequences';
import { sorted } from './sorting';

/** The list that a method is about to change. */
function changed(py: Interpreter, self: Value): PyList {
	const list = own(py, self);
	wrote(list);
	return list;
}

function own(py: Interpreter, self: Value): PyList {
	return self instanceof PyList
		? self
		: py.raise('TypeError', `descriptor requires a 'list' object but received a '${typeName(py, self)}'`);
}

/** Live: sees what is appended while it runs, as CPython's does. */
function* live(list: PyList): Generator<Value> {
	for (let at = 0; at < list.items.length; at++) yield list.items[at] ?? null;
}

function* backwards(list: PyList): Generator<Value> {
	for (let at = list.items.length - 1; at >= 0; at--) if (at < list.items.length) yield list.items[at] ?? null;
}

function setItem(py: Interpreter, list: PyList, key: Value, value: Value): void {
	if (!(key instanceof PySlice)) {
		list.items[position(py, key, list.items.length, 'list')] = value;
		return;
	}
	const { start, stop, step, count } = sliceRange(py, key, list.items.length);
	const values = py.list(value);
	if (step === 1) {
		list.items = [...list.items.slice(0, start), ...values, ...list.items.slice(Math.max(start, stop))];
		return;
	}
	if (values.length !== count)
		py.raise('ValueError', `attempt to assign sequence of size ${values.length} to extended slice of size ${count}`);
	values.forEach((one, at) => {
		list.items[start + at * step] = one;
	});
}

function deleteItem(py: Interpreter, list: PyList, key: Value): void {
	if (!(key instanceof PySlice)) {
		list.items.splice(position(py, key, list.items.length, 'list'), 1);
		return;
	}
	const { start, step, count } = sliceRange(py, key, list.items.length);
	const gone = new Set(Array.from({ length: count }, (_, at) => start + at * step));
	list.items = list.items.filter((_, at) => !gone.has(at));
}

/** The values of an iterable to be added to `list`, which may be that list itself. */
function added(py: Interpreter, list: PyList, iterable: Value): readonly Value[] {
	const values = iterable === list ? list.items.slice() : py.list(iterable);
	py.budget.items(list.items.length + values.length);
	return values;
}

function append(list: PyList, values: readonly Value[]): void {
	for (const value of values) list.items.push(value);
}

defineType(listType, [
	staticMethod('__new__', 'cls, /, *args, **kwargs', (_, [cls]) => new PyList([], cls instanceof PyClass ? cls : listType), {
		acceptsUnknown: true,
	}),
	method(
		'__init__',
		'self, iterable=(), /',
		(py, [self, iterable]) => {
			changed(py, self).items = py.list(iterable);
			return null;
		},
		{ acceptsUnknown: true },
	),
	method(
		'append',
		'self, object, /',
		(py, [self, item]) => {
			const { items } = changed(py, self);
			items.push(item);
			py.budget.items(items.length);
			return null;
		},
		{ acceptsUnknown: true },
	),
	method(
		'extend',
		'self, iterable, /',
		(py, [self, iterable]) => {
			const list = changed(py, self);
			append(list, added(py, list, iterable));
			return null;
		},
		{ acceptsUnknown: true },
	),
	method(
		'insert',
		'self, index, object, /',
		(py, [self, at, item]) => {
			const list = changed(py, self);
			const where = index(py, at);
			list.items.splice(where < 0 ? Math.max(0, where + list.items.length) : where, 0, item);
			return null;
		},
		{ acceptsUnknown: true },
	),
	method('pop', 'self, index=-1, /', (py, [self, at]) => {
		const list = changed(py, self);
		if (list.items.length === 0) return py.raise('IndexError', 'pop from empty list');
		const where = index(py, at);
		const found = where < 0 ? where + list.items.length : where;
		if (found < 0 || found >= list.items.length) return py.raise('IndexError', 'pop index out of range');
		return list.items.splice(found, 1)[0] ?? null;
	}),
	method('remove', 'self, value, /', (py, [self, value]) => {
		const list = changed(py, self);
		const at = find(py, list.items, value);
		if (at < 0) return py.raise('ValueError', 'list.remove(x): x not in list');
		list.items.splice(at, 1);
		return null;
	}),
	method('clear', 'self, /', (py, [self]) => {
		changed(py, self).items = [];
		return null;
	}),
	method('copy', 'self, /', (py, [self]) => new PyList(own(py, self).items.slice())),
	method(
		'count',
		'self, value, /',
		(py, [self, value]) => own(py, self).items.filter((item) => sameOrEqual(py, item, value)).length,
	),
	method('index', 'self, value, start=0, stop=None, /', (py, [self, value, start, stop]) => {
		const at = find(py, own(py, self).items, value, start, stop);
		return at < 0 ? py.raise('ValueError', `${py.repr(value)} is not in list`) : at;
	}),
	method('reverse', 'self, /', (py, [self]) => {
		changed(py, self).items.reverse();
		return null;
	}),
	method('sort', 'self, *, key=None, reverse=False', (py, [self, key, reverse]) => {
		const list = changed(py, self);
		list.items = sorted(py, list.items, key, py.truth(reverse));
		return null;
	}),
	method('__len__', 'self, /', (py, [self]) => own(py, self).items.length),
	method('__iter__', 'self, /', (py, [self]) => new PyIterator(live(own(py, self)), 'list_iterator')),
	method('__reversed__', 'self, /', (py, [self]) => new PyIterator(backwards(own(py, self)), 'list_reverseiterator')),
	method('__contains__', 'self, key, /', (py, [self, key]) => find(py, own(py, self).items, key) >= 0),
	method('__getitem__', 'self, key, /', (py, [self, key]) => {
		const { items } = own(py, self);
		if (key instanceof PySlice) return new PyList(sliced(py, items, key));
		return items[position(py, key, items.length, 'list')] ?? null;
	}),
	method(
		'__setitem__',
		'self, key, value, /',
		(py, [self, key, value]) => {
			setItem(py, changed(py, self), key, value);
			return null;
		},
		{ acceptsUnknown: true },
	),
	method('__delitem__', 'self, key, /', (py, [self, key]) => {
		deleteItem(py, changed(py, self), key);
		return null;
	}),
	method('__add__', 'self, value, /', (py, [self, other]) => {
		if (!(other instanceof PyList))
			return py.special(other, '__radd__') !== undefined
				? notImplemented
				: py.raise('TypeError', `can only concatenate list (not "${typeName(py, other)}") to list`);
		const { items } = own(py, self);
		py.budget.fills(items.length + other.items.length);
		return new PyList([...items, ...other.items]);
	}),
	method(
		'__iadd__',
		'self, value, /',
		(py, [self, other]) => {
			const list = changed(py, self);
			append(list, added(py, list, other));
			return self;
		},
		{ acceptsUnknown: true },
	),
	...['__mul__', '__rmul__'].map((name) =>
		method(name, 'self, value, /', (py, [self, times]) => {
			const items = repeated(py, own(py, self).items, times);
			return items ? new PyList(items) : notImplemented;
		}),
	),
	method('__imul__', 'self, value, /', (py, [self, times]) => {
		const list = changed(py, self);
		const items = repeated(py, list.items, times);
		if (!items) return notImplemented;
		list.items = items;
		return self;
	}),
	...sequenceComparisons((value) => (value instanceof PyList ? value.items : undefined)),
	method('__repr__', 'self, /', (py, [self]) => {
		const list = own(py, self);
		return guarded(py, list, () => `[${list.items.map((item) => py.repr(item)).join(', ')}]`, '[...]');
	}),
	['__hash__', null],
	classMethod('__class_getitem__', 'cls, item, /', (_, [cls, item]) => genericAlias(cls, item)),
]);
