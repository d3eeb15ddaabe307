import { updateDict } from '../builtins/dict';
import { sameOrEqual } from '../builtins/sequences';
import type { Interpreter } from '../runtime/interpreter';
import { getter, method, newType, staticMethod } from '../runtime/native';
import { dictType, notImplemented, PyClass, PyDict, PyTuple, PyUnknown, type Value } from '../values';

/** `collections.OrderedDict`. */
function own(py: Interpreter, self: Value): PyDict {
	return self instanceof PyDict ? self : py.raise('TypeError', 'expected an OrderedDict');
}

function moveToEnd(py: Interpreter, dict: PyDict, key: Value, last: boolean): void {
	const value = dict.get(py, key) ?? (dict.has(py, key) ? null : py.raise('KeyError', key));
	dict.delete(py, key);
	const rest = last ? [] : [...dict.entries()];
	if (!last) dict.clear();
	dict.set(py, key, value);
	for (const entry of rest) dict.set(py, entry.key, entry.value);
}

export const orderedDict: PyClass = newType(
	'OrderedDict',
	'collections',
	[
		method('move_to_end', 'self, key, last=True', (py, [self, key, last]) => {
			moveToEnd(py, own(py, self), key, py.truth(last));
			return null;
		}),
		method('popitem', 'self, last=True', (py, [self, last]) => {
			const entries = [...own(py, self).entries()];
			const entry = py.truth(last) ? entries.at(-1) : entries[0];
			if (!entry) return py.raise('KeyError', 'dictionary is empty');
			own(py, self).delete(py, entry.key);
			return new PyTuple([entry.key, entry.value]);
		}),
		method('copy', 'self', (py, [self]) => py.call(own(py, self).cls, [self])),
		method('__eq__', 'self, other', (py, [self, other]) => {
			if (!(other instanceof PyDict)) return notImplemented;
			if (!other.cls.derivesFrom(orderedDict)) return py.call(dictType.dict.get('__eq__') ?? null, [self, other]);
			const [a, b] = [[...own(py, self).entries()], [...other.entries()]];
			return (
				a.length === b.length &&
				a.every(({ key, value }, at) => sameOrEqual(py, key, b[at]?.key ?? null) && sameOrEqual(py, value, b[at]?.value ?? null))
			);
		}),
		method('__or__', 'self, value, /', (py, [self, other]) => {
			if (!(other instanceof PyDict)) return notImplemented;
			const made = py.call(own(py, self).cls, [self]);
			updateDict(py, own(py, made), other, new PyDict());
			return made;
		}),
		method('__ror__', 'self, value, /', (py, [self, other]) => {
			if (!(other instanceof PyDict)) return notImplemented;
			const made = py.call(own(py, self).cls, [other]);
			updateDict(py, own(py, made), self, new PyDict());
			return made;
		}),
		['__hash__', null],
		method('__repr__', 'self', (py, [self]) => {
			const dict = own(py, self);
			if (dict.size === 0) return `${dict.cls.name}()`;
			const shown = Array.from(dict.entries(), ({ key, value }) => [py.repr(key), py.repr(value)] as const);
			if (py.version[0] === 3 && py.version[1] < 12)
				return `${dict.cls.name}([${shown.map(([key, value]) => `(${key}, ${value})`).join(', ')}])`;
			return `${dict.cls.name}({${shown.map(([key, value]) => `${key}: ${value}`).join(', ')}})`;
		}),
	],
	[dictType],
);

/** `collections.defaultdict`. */
class PyDefaultDict extends PyDict {
	factory: Value = null;
}

export const defaultDict: PyClass = newType(
	'defaultdict',
	'collections',
	[
		staticMethod(
			'__new__',
			'cls, /, *args, **kwargs',
			(_, [cls]) => new PyDefaultDict(cls instanceof PyClass ? cls : defaultDict),
			{
				acceptsUnknown: true,
			},
		),
		method(
			'__init__',
			'self, default_factory=None, source?, /, **kwargs',
			(py, [self, factory, source, kwargs]) => {
				if (self instanceof PyDefaultDict) self.factory = factory;
				updateDict(py, own(py, self), source, kwargs);
				return null;
			},
			{ acceptsUnknown: true },
		),
		getter(
			'default_factory',
			(_, self) => (self instanceof PyDefaultDict ? self.factory : null),
			(_, self, value) => {
				if (self instanceof PyDefaultDict) self.factory = value;
			},
		),
		method('__missing__', 'self, key', (py, [self, key]) => {
			const factory = self instanceof PyDefaultDict ? self.factory : null;
			if (factory === null) return py.raise('KeyError', key);
			const value = factory instanceof PyUnknown ? factory : py.call(factory);
			py.setItem(self, key, value);
			return value;
		}),
		method('copy', 'self', (py, [self]) =>
			py.call(own(py, self).cls, [self instanceof PyDefaultDict ? self.factory : null, self]),
		),
		method('__repr__', 'self', (py, [self]) => {
			const factory = self instanceof PyDefaultDict ? self.factory : null;
			return `${own(py, self).cls.name}(${py.repr(factory)}, ${py.str(py.call(dictType.dict.get('__repr__') ?? null, [self]))})`;
		}),
	],
	[dictType],
);
