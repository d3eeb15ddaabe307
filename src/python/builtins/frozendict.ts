import { classMethod, defineType, method, staticMethod } from '../runtime/native';
import { dictType, frozendictType, notImplemented, PyClass, PyDict, PyTuple, type Value } from '../values';
import './dict';
import { updateDict } from './dict';

/** `frozendict` (PEP 814, Python 3.15): no subclass of dict, and hashable where its values are. */

const read = ['get', 'keys', 'values', 'items', '__len__', '__iter__', '__reversed__', '__contains__', '__getitem__'];
const compared = ['__eq__', '__ne__', '__class_getitem__'];

function made(cls: Value, fill: (dict: PyDict) => void): PyDict {
	const dict = new PyDict(cls instanceof PyClass ? cls : frozendictType);
	fill(dict);
	return dict;
}

defineType(frozendictType, [
	...[...read, ...compared].map((name): readonly [string, Value] => [name, dictType.dict.get(name) ?? null]),
	staticMethod(
		'__new__',
		'cls, source?, /, **kwargs',
		(py, [cls, source, keywords]) => {
			if (cls === frozendictType && source instanceof PyDict && source.cls === frozendictType && keywords.size === 0)
				return source;
			return made(cls, (dict) => updateDict(py, dict, source, keywords));
		},
		{ acceptsUnknown: true },
	),
	method('__init__', 'self, *args, **kwargs', () => null, { acceptsUnknown: true }),
	method('copy', 'self, /', (py, [self]) =>
		self instanceof PyDict && self.cls === frozendictType ? self : made(frozendictType, (dict) => updateDict(py, dict, self)),
	),
	classMethod('fromkeys', 'cls, iterable, value=None, /', (py, [cls, keys, value]) => {
		const pairs = new PyDict();
		for (const key of py.iterate(keys)) pairs.set(py, key, value);
		return py.call(cls, [pairs]);
	}),
	method('__or__', 'self, value, /', (py, [self, other]) => {
		if (!(other instanceof PyDict)) return notImplemented;
		return made(frozendictType, (dict) => {
			updateDict(py, dict, self);
			updateDict(py, dict, other);
		});
	}),
	method('__ror__', 'self, value, /', (py, [self, other]) => {
		if (!(other instanceof PyDict)) return notImplemented;
		return made(other.cls, (dict) => {
			updateDict(py, dict, other);
			updateDict(py, dict, self);
		});
	}),
	method('__hash__', 'self, /', (py, [self]) => {
		const pairs = self instanceof PyDict ? Array.from(self.entries(), ({ key, value }) => new PyTuple([key, value])) : [];
		return py.call(py.builtin('hash'), [py.call(py.builtin('frozenset'), [new PyTuple(pairs)])]);
	}),
	method('__repr__', 'self, /', (py, [self]) => {
		if (!(self instanceof PyDict)) return '';
		const { name } = self.cls;
		if (self.size === 0) return `${name}()`;
		return `${name}(${py.str(py.call(dictType.dict.get('__repr__') ?? null, [self]))})`;
	}),
]);
