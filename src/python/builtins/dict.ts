import type { Interpreter } from '../runtime/interpreter';
import { classMethod, defineType, method, staticMethod } from '../runtime/native';
import { dictType, notImplemented, PyClass, PyDict, PyIterator, PyTuple, PyUnknown, type Value } from '../values';
import { typeName } from './arguments';
import { PyDictView } from './dict-views';
import { genericAlias } from './generic-alias';
import { machine } from './model/object';
import { guarded, sameOrEqual } from './sequences';

function own(py: Interpreter, self: Value): PyDict {
	return self instanceof PyDict
		? self
		: py.raise('TypeError', `descriptor requires a 'dict' object but received a '${typeName(py, self)}'`);
}

/** Adds what `dict.update` takes: a mapping, pairs, keyword arguments. */
export function updateDict(py: Interpreter, dict: PyDict, source: Value | undefined, keywords?: PyDict): void {
	if (source instanceof PyUnknown) {
		py.problem(`entries are missing: ${source.reason}`);
		machine(py).unknowns.leaveIncomplete(dict, source);
	} else if (source instanceof PyDict && source.cls.lookup('keys') === dictType.dict.get('keys')) {
		for (const { key, value } of [...source.entries()]) dict.set(py, key, value);
	} else if (source !== undefined && py.hasAttr(source, 'keys')) {
		for (const key of py.list(py.callMethod(source, 'keys'))) dict.set(py, key, py.getItem(source, key));
	} else if (source !== undefined) {
		let at = 0;
		for (const pair of py.iterate(source)) {
			const items = pair instanceof PyTuple ? pair.items : py.list(pair);
			if (items.length !== 2)
				py.raise('ValueError', `dictionary update sequence element #${at} has length ${items.length}; 2 is required`);
			dict.set(py, items[0] ?? null, items[1] ?? null);
			py.budget.items(dict.size);
			at++;
		}
	}
	if (keywords) for (const { key, value } of keywords.entries()) dict.set(py, key, value);
}

/** Raises RuntimeError when entries come or go meanwhile, as CPython's iterators do. */
export function* watched<T>(py: Interpreter, dict: PyDict, values: Iterable<T>): Generator<T> {
	const { size, watchesSize } = dict;
	for (const value of values) {
		if (watchesSize && dict.size !== size) py.raise('RuntimeError', 'dictionary changed size during iteration');
		yield value;
	}
	if (watchesSize && dict.size !== size) py.raise('RuntimeError', 'dictionary changed size during iteration');
}

function missing(py: Interpreter, dict: PyDict, key: Value): Value {
	if (dict.cls !== dictType) {
		const fallback = py.special(dict, '__missing__');
		if (fallback !== undefined) return py.call(fallback, [key]);
	}
	return py.raise('KeyError', key);
}

function equal(py: Interpreter, a: PyDict, b: PyDict): boolean {
	if (a.size !== b.size) return false;
	for (const { key, value } of a.entries()) {
		const other = b.get(py, key);
		if (other === undefined || !sameOrEqual(py, value, other)) return false;
	}
	return true;
}

function copied(py: Interpreter, source: PyDict): PyDict {
	const copy = new PyDict();
	for (const { key, value } of source.entries()) copy.set(py, key, value);
	return copy;
}

const accepts = { acceptsUnknown: true };

defineType(dictType, [
	staticMethod('__new__', 'cls, /, *args, **kwargs', (_, [cls]) => new PyDict(cls instanceof PyClass ? cls : dictType), accepts),
	...['__init__', 'update'].map((name) =>
		method(
			name,
			'self, source?, /, **kwargs',
			(py, [self, source, keywords]) => {
				updateDict(py, own(py, self), source, keywords);
				return null;
			},
			accepts,
		),
	),
	method(
		'get',
		'self, key, default=None, /',
		(py, [self, key, fallback]) => {
			if (key instanceof PyUnknown) return key;
			const found = own(py, self).get(py, key);
			return found === undefined ? fallback : found;
		},
		accepts,
	),
	method(
		'setdefault',
		'self, key, default=None, /',
		(py, [self, key, fallback]) => {
			const dict = own(py, self);
			if (key instanceof PyUnknown) return fallback;
			const found = dict.get(py, key);
			if (found !== undefined) return found;
			dict.set(py, key, fallback);
			return fallback;
		},
		accepts,
	),
	method(
		'pop',
		'self, key, default?, /',
		(py, [self, key, fallback]) => {
			const dict = own(py, self);
			if (key instanceof PyUnknown) return fallback ?? key;
			const found = dict.get(py, key);
			if (found === undefined) return fallback ?? (fallback === null ? null : py.raise('KeyError', key));
			dict.delete(py, key);
			return found;
		},
		accepts,
	),
	method('popitem', 'self, /', (py, [self]) => {
		const dict = own(py, self);
		const last = [...dict.entries()].at(-1);
		if (!last) return py.raise('KeyError', 'popitem(): dictionary is empty');
		dict.delete(py, last.key);
		return new PyTuple([last.key, last.value]);
	}),
	method('clear', 'self, /', (py, [self]) => {
		own(py, self).clear();
		return null;
	}),
	method('copy', 'self, /', (py, [self]) => copied(py, own(py, self))),
	method('keys', 'self, /', (py, [self]) => new PyDictView(own(py, self), 'keys')),
	method('values', 'self, /', (py, [self]) => new PyDictView(own(py, self), 'values')),
	method('items', 'self, /', (py, [self]) => new PyDictView(own(py, self), 'items')),
	classMethod('fromkeys', 'cls, iterable, value=None, /', (py, [cls, keys, value]) => {
		const dict = py.call(cls);
		for (const key of py.iterate(keys)) {
			py.setItem(dict, key, value);
			if (dict instanceof PyDict) py.budget.items(dict.size);
		}
		return dict;
	}),
	method('__len__', 'self, /', (py, [self]) => own(py, self).size),
	method('__iter__', 'self, /', (py, [self]) => {
		const dict = own(py, self);
		return new PyIterator(watched(py, dict, dict.keys()), 'dict_keyiterator');
	}),
	method(
		'__reversed__',
		'self, /',
		(py, [self]) => new PyIterator([...own(py, self).keys()].reverse().values(), 'dict_reversekeyiterator'),
	),
	method('__contains__', 'self, key, /', (py, [self, key]) => own(py, self).has(py, key)),
	method('__getitem__', 'self, key, /', (py, [self, key]) => {
		const dict = own(py, self);
		const found = dict.get(py, key);
		return found === undefined ? missing(py, dict, key) : found;
	}),
	method(
		'__setitem__',
		'self, key, value, /',
		(py, [self, key, value]) => {
			if (key instanceof PyUnknown) py.problem(`an entry's key is unknown: ${key.reason}`);
			else own(py, self).set(py, key, value);
			return null;
		},
		accepts,
	),
	method('__delitem__', 'self, key, /', (py, [self, key]) => {
		if (!own(py, self).delete(py, key)) py.raise('KeyError', key);
		return null;
	}),
	method('__eq__', 'self, value, /', (py, [self, other]) =>
		other instanceof PyDict ? equal(py, own(py, self), other) : notImplemented,
	),
	method('__ne__', 'self, value, /', (py, [self, other]) =>
		other instanceof PyDict ? !equal(py, own(py, self), other) : notImplemented,
	),
	method('__or__', 'self, value, /', (py, [self, other]) => {
		if (!(other instanceof PyDict)) return notImplemented;
		const merged = copied(py, own(py, self));
		updateDict(py, merged, other);
		return merged;
	}),
	method('__ror__', 'self, value, /', (py, [self, other]) => {
		if (!(other instanceof PyDict)) return notImplemented;
		const merged = copied(py, other);
		updateDict(py, merged, own(py, self));
		return merged;
	}),
	method(
		'__ior__',
		'self, value, /',
		(py, [self, other]) => {
			updateDict(py, own(py, self), other);
			return self;
		},
		accepts,
	),
	['__hash__', null],
	method('__repr__', 'self, /', (py, [self]) => {
		const dict = own(py, self);
		const show = (): string =>
			`{${Array.from(dict.entries(), ({ key, value }) => `${py.repr(key)}: ${py.repr(value)}`).join(', ')}}`;
		return guarded(py, dict, show, '{...}');
	}),
	classMethod('__class_getitem__', 'cls, item, /', (_, [cls, item]) => genericAlias(cls, item)),
]);
