import { genericDelete, genericLookup, genericSet } from '../../runtime/attributes';
import type { Interpreter } from '../../runtime/interpreter';
import { Machine } from '../../runtime/machine';
import { classMethod, defineType, method, staticMethod } from '../../runtime/native';
import { identity, notImplemented, objectType, PyClass, PyList, PyObject, readName, type Value } from '../../values';

/** The interpreter behind the interface: what these members do is the evaluator's own work. */
export function machine(py: Interpreter): Machine {
	if (py instanceof Machine) return py;
	throw new Error('the object model belongs to the evaluator');
}

defineType(objectType, [
	staticMethod('__new__', 'cls, *args, **kwargs', (py, [cls]) =>
		cls instanceof PyClass ? py.instantiate(cls) : py.raise('TypeError', 'object.__new__(X): X is not a type object'),
	),
	method('__init__', 'self, *args, **kwargs', () => null, { acceptsUnknown: true }),
	method('__getattribute__', 'self, name, /', (py, [self, name]) => {
		const text = String(name);
		const value = self instanceof PyObject ? genericLookup(machine(py), self, text) : py.findAttr(self, text);
		return value === undefined
			? py.raise('AttributeError', `'${py.typeOf(self).name}' object has no attribute '${text}'`)
			: value;
	}),
	method(
		'__setattr__',
		'self, name, value, /',
		(py, [self, name, value]) => {
			if (self instanceof PyObject) genericSet(machine(py), self, String(name), value);
			return null;
		},
		{ acceptsUnknown: true },
	),
	method('__delattr__', 'self, name, /', (py, [self, name]) => {
		if (self instanceof PyObject) genericDelete(machine(py), self, String(name));
		return null;
	}),
	method('__eq__', 'self, other, /', (_py, [self, other]) => (self === other ? true : notImplemented), { acceptsUnknown: true }),
	method('__ne__', 'self, other, /', (py, [self, other]) => {
		const equal = py.call(py.getAttr(self, '__eq__'), [other]);
		return equal === notImplemented ? notImplemented : !py.truth(equal);
	}),
	method('__hash__', 'self, /', (_py, [self]) => (self instanceof PyObject ? identity(self) : 0)),
	method('__repr__', 'self, /', (py, [self]) => {
		const { moduleName, qualname, fullName } = readName(py.typeOf(self));
		return `<${moduleName === 'builtins' ? qualname : fullName} object>`;
	}),
	method('__str__', 'self, /', (py, [self]) => py.repr(self)),
	method('__format__', 'self, spec, /', (py, [self]) => py.str(self)),
	method('__dir__', 'self, /', (py, [self]) => new PyList(attributeNames(py, self))),
	method('__sizeof__', 'self, /', () => 16),
	method('__reduce_ex__', 'self, protocol, /', (py) => py.unknown('pickling')),
	method('__reduce__', 'self, /', (py) => py.unknown('pickling')),
	classMethod('__init_subclass__', 'cls', () => null),
	classMethod('__subclasshook__', 'cls, other, /', () => notImplemented),
]);

/** Names of an object's attributes, sorted, as `dir()` gives them. */
export function attributeNames(_py: Interpreter, object: Value): string[] {
	const names = new Set<string>();
	const ofClass = (cls: PyClass): void => {
		for (const base of cls.mro) {
			if (base.pending) base.pending();
			for (const name of base.dict.keys()) names.add(name);
		}
	};
	if (object instanceof PyClass) ofClass(object);
	else if (object instanceof PyObject) {
		for (const name of object.attrs?.keys() ?? []) names.add(name);
		ofClass(object.cls);
		names.add('__class__').add('__dict__');
	} else ofClass(_py.typeOf(object));
	return [...names].sort();
}
