import { index, position } from '../builtins/arguments';
import { find, guarded, sameOrEqual, sequenceComparisons } from '../builtins/sequences';
import type { Interpreter } from '../runtime/interpreter';
import { getter, method, newType, staticMethod } from '../runtime/native';
import { PyClass, PyIterator, PyObject, type Value, wrote } from '../values';

/** `collections.deque`. */
class PyDeque extends PyObject {
	items: Value[] = [];
	most = Number.POSITIVE_INFINITY;
}

function own(py: Interpreter, self: Value): PyDeque {
	return self instanceof PyDeque ? self : py.raise('TypeError', 'expected a deque');
}

function push(deque: PyDeque, value: Value, left: boolean): void {
	wrote(deque);
	if (left) deque.items.unshift(value);
	else deque.items.push(value);
	while (deque.items.length > deque.most)
		if (left) deque.items.pop();
		else deque.items.shift();
}

const accepts = { acceptsUnknown: true };

function pushing(name: string, left: boolean) {
	return method(
		name,
		'self, x, /',
		(py, [self, x]) => {
			push(own(py, self), x, left);
			return null;
		},
		accepts,
	);
}

function extending(name: string, left: boolean) {
	return method(
		name,
		'self, iterable, /',
		(py, [self, iterable]) => {
			for (const value of py.list(iterable)) push(own(py, self), value, left);
			return name === '__iadd__' ? self : null;
		},
		accepts,
	);
}

export const dequeType: PyClass = newType('deque', 'collections', [
	staticMethod(
		'__new__',
		'cls, /, *args, **kwargs',
		(_, [cls]) => new PyDeque(cls instanceof PyClass ? cls : dequeType),
		accepts,
	),
	method(
		'__init__',
		'self, iterable=(), maxlen=None',
		(py, [self, iterable, maxlen]) => {
			const deque = own(py, self);
			deque.items = [];
			deque.most = maxlen === null ? Number.POSITIVE_INFINITY : index(py, maxlen);
			for (const value of py.list(iterable)) push(deque, value, false);
			return null;
		},
		accepts,
	),
	pushing('append', false),
	pushing('appendleft', true),
	extending('extend', false),
	extending('extendleft', true),
	extending('__iadd__', false),
	method('pop', 'self', (py, [self]) => {
		const value = own(py, self).items.pop();
		return value === undefined ? py.raise('IndexError', 'pop from an empty deque') : value;
	}),
	method('popleft', 'self', (py, [self]) => {
		const value = own(py, self).items.shift();
		return value === undefined ? py.raise('IndexError', 'pop from an empty deque') : value;
	}),
	method('clear', 'self', (py, [self]) => {
		own(py, self).items = [];
		return null;
	}),
	method('rotate', 'self, n=1, /', (py, [self, n]) => {
		const deque = own(py, self);
		const size = deque.items.length;
		if (size > 0) {
			const by = ((index(py, n) % size) + size) % size;
			deque.items = [...deque.items.slice(size - by), ...deque.items.slice(0, size - by)];
		}
		return null;
	}),
	method('remove', 'self, value, /', (py, [self, value]) => {
		const at = find(py, own(py, self).items, value);
		if (at < 0) return py.raise('ValueError', 'deque.remove(x): x not in deque');
		own(py, self).items.splice(at, 1);
		return null;
	}),
	method('reverse', 'self', (py, [self]) => {
		own(py, self).items.reverse();
		return null;
	}),
	method('insert', 'self, index, object, /', (py, [self, at, value]) => {
		own(py, self).items.splice(index(py, at), 0, value);
		return null;
	}),
	method('index', 'self, value, start=None, stop=None, /', (py, [self, value, start, stop]) => {
		const at = find(py, own(py, self).items, value, start, stop);
		return at < 0 ? py.raise('ValueError', `${py.repr(value)} is not in deque`) : at;
	}),
	method(
		'count',
		'self, value, /',
		(py, [self, value]) => own(py, self).items.filter((item) => sameOrEqual(py, item, value)).length,
	),
	method('copy', 'self', (py, [self]) =>
		py.call(own(py, self).cls, [self, own(py, self).most === Number.POSITIVE_INFINITY ? null : own(py, self).most]),
	),
	getter('maxlen', (py, self) => (own(py, self).most === Number.POSITIVE_INFINITY ? null : own(py, self).most)),
	method('__len__', 'self', (py, [self]) => own(py, self).items.length),
	method('__iter__', 'self', (py, [self]) => new PyIterator(own(py, self).items.slice().values(), 'collections.deque_iterator')),
	method(
		'__reversed__',
		'self',
		(py, [self]) => new PyIterator(own(py, self).items.slice().reverse().values(), 'collections.deque_reverse_iterator'),
	),
	method('__contains__', 'self, value', (py, [self, value]) => find(py, own(py, self).items, value) >= 0),
	method(
		'__getitem__',
		'self, key',
		(py, [self, key]) => own(py, self).items[position(py, key, own(py, self).items.length, 'deque')] ?? null,
	),
	method('__setitem__', 'self, key, value', (py, [self, key, value]) => {
		own(py, self).items[position(py, key, own(py, self).items.length, 'deque')] = value;
		return null;
	}),
	method('__delitem__', 'self, key', (py, [self, key]) => {
		own(py, self).items.splice(position(py, key, own(py, self).items.length, 'deque'), 1);
		return null;
	}),
	...sequenceComparisons((value) => (value instanceof PyDeque ? value.items : undefined)),
	['__hash__', null],
	method('__repr__', 'self', (py, [self]) => {
		const deque = own(py, self);
		const tail = deque.most === Number.POSITIVE_INFINITY ? '' : `, maxlen=${deque.most}`;
		return guarded(py, deque, () => `deque([${deque.items.map((item) => py.repr(item)).join(', ')}]${tail})`, '[...]');
	}),
]);
