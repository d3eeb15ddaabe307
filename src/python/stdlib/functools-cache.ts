import type { Interpreter } from '../runtime/interpreter';
import { getter, method, newType, staticMethod } from '../runtime/native';
import {
	type HashKey,
	hashKey,
	identity,
	PyBoundMethod,
	PyClass,
	PyObject,
	PyTuple,
	PyUnknown,
	textOf,
	type Value,
} from '../values';
import { keywordMap } from './keywords';
import { namedTuple } from './namedtuple';

/** A function with `functools.lru_cache` around it. The cache keeps everything: what it would drop is computed the same again. */
export class PyCachedFunction extends PyObject {
	readonly results = new Map<HashKey, Value>();
	hits = 0;
	constructor(
		readonly func: Value,
		readonly maxsize: Value,
	) {
		super(wrapperType);
	}
}

function own(py: Interpreter, self: Value): PyCachedFunction {
	return self instanceof PyCachedFunction ? self : py.raise('TypeError', 'expected a cached function');
}

export const wrapperType: PyClass = newType('_lru_cache_wrapper', 'functools', [
	method(
		'__call__',
		'self, /, *args, **kwargs',
		(py, [self, args, kwargs]) => {
			const cached = own(py, self);
			const keywords = keywordMap(kwargs);
			const parts = [...args.items, ...[...keywords].flat()];
			if (parts.some((part) => part instanceof PyUnknown)) return py.call(cached.func, args.items, keywords);
			const key = hashKey(py, new PyTuple([args.items.length, ...parts]));
			const known = cached.results.get(key);
			if (known !== undefined) {
				cached.hits++;
				return known;
			}
			const result = py.call(cached.func, args.items, keywords);
			cached.results.set(key, result);
			return result;
		},
		{ acceptsUnknown: true },
	),
	method('__get__', 'self, obj, cls=None, /', (_, [self, object]) => (object === null ? self : new PyBoundMethod(self, object))),
	method('cache_clear', 'self', (py, [self]) => {
		own(py, self).results.clear();
		return null;
	}),
	method('cache_info', 'self', (py, [self]) => {
		const { hits, results, maxsize } = own(py, self);
		const info = namedTuple(py, 'CacheInfo', 'hits misses maxsize currsize', false, null, 'functools');
		return py.call(info, [hits, results.size, maxsize, results.size]);
	}),
	method('cache_parameters', 'self', (py) => py.unknown('cache parameters')),
	method('__copy__', 'self, /', (_, [self]) => self),
	method('__deepcopy__', 'self, memo, /', (_, [self]) => self),
	method(
		'__repr__',
		'self, /',
		(py, [self]) => `<functools._lru_cache_wrapper object at 0x${identity(own(py, self)).toString(16)}>`,
	),
]);

/** `functools.cached_property`: computed once, then an attribute of the instance. */
class PyCachedProperty extends PyObject {
	name: string | undefined;
	func: Value = null;
}

export const cachedProperty: PyClass = newType('cached_property', 'functools', [
	// A subclass's `__init__` may take what it likes.
	staticMethod(
		'__new__',
		'cls, *args, **kwargs',
		(_, [cls]) => new PyCachedProperty(cls instanceof PyClass ? cls : cachedProperty),
		{ acceptsUnknown: true },
	),
	method(
		'__init__',
		'self, func',
		(_, [self, func]) => {
			if (self instanceof PyCachedProperty) self.func = func;
			return null;
		},
		{ acceptsUnknown: true },
	),
	method('__set_name__', 'self, owner, name, /', (_, [self, , name]) => {
		if (self instanceof PyCachedProperty) self.name ??= textOf(name);
		return null;
	}),
	method('__get__', 'self, instance, owner=None, /', (py, [self, instance]) => {
		if (!(self instanceof PyCachedProperty) || !(instance instanceof PyObject)) return self;
		if (self.name === undefined)
			return py.raise('TypeError', 'Cannot use cached_property instance without calling __set_name__ on it.');
		const known = instance.attrs?.get(self.name);
		if (known !== undefined) return known;
		const value = py.call(self.func, [instance]);
		instance.attrs ??= new Map();
		instance.attrs.set(self.name, value);
		return value;
	}),
	getter('func', (_, self) => (self instanceof PyCachedProperty ? self.func : null)),
	getter('attrname', (_, self) => (self instanceof PyCachedProperty ? (self.name ?? null) : null)),
	getter('__doc__', (py, self) => (self instanceof PyCachedProperty ? (py.findAttr(self.func, '__doc__') ?? null) : null)),
]);
