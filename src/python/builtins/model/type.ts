import { genericDelete, genericLookup, genericSet } from '../../runtime/attributes';
import { construct } from '../../runtime/calls';
import { mergeOrders } from '../../runtime/classes';
import { classIntrinsic } from '../../runtime/intrinsics';
import { classMethod, defineType, getter, method, staticMethod } from '../../runtime/native';
import { PyClass, PyDict, PyList, PyObject, readName, textOf, typeType, type Value } from '../../values';
import { unionOf } from '../generic-alias';
import { machine } from './object';

defineType(typeType, [
	staticMethod(
		'__new__',
		'metaclass, name, bases=(), namespace?, /, **keywords',
		(py, [metaclass, name, bases, namespace, keywords]) => {
			const text = textOf(name);
			if (!(metaclass instanceof PyClass)) return py.raise('TypeError', 'type.__new__(X): X is not a type object');
			if (namespace === undefined || text === undefined) return py.typeOf(name);
			const attributes = new Map<string, Value>();
			if (namespace instanceof PyDict) {
				for (const { key, value } of namespace.entries()) {
					const own = textOf(key);
					if (own !== undefined) attributes.set(own, value);
				}
			}
			const classes = py.list(bases).filter((base) => base instanceof PyClass);
			// The most derived metaclass makes the class.
			let winner = metaclass;
			for (const base of classes) if (base.cls !== winner && base.cls.derivesFrom(winner)) winner = base.cls;
			const named = new Map<string, Value>();
			for (const { key, value } of keywords.entries()) if (typeof key === 'string' && key !== 'metaclass') named.set(key, value);
			if (winner !== metaclass && winner.lookup('__new__') !== typeType.dict.get('__new__')) {
				return py.call(py.getAttr(winner, '__new__'), [winner, name, bases, namespace], named);
			}
			return machine(py).classes.make(winner, text, classes, attributes, named);
		},
		{ acceptsUnknown: true },
	),
	method('__init__', 'cls, *args, **keywords', () => null, { acceptsUnknown: true }),
	method(
		'__call__',
		'cls, *args, **keywords',
		(py, [cls, args, keywords]) => {
			const named = new Map<string, Value>();
			for (const { key, value } of keywords.entries()) if (typeof key === 'string') named.set(key, value);
			return cls instanceof PyClass ? construct(machine(py), cls, args.items, named) : py.call(cls, args.items, named);
		},
		{ acceptsUnknown: true },
	),
	// Asked for by way of `type.__dict__['__mro__'].__get__`, which no class can disguise.
	...['__dict__', '__mro__', '__bases__', '__name__', '__annotations__', '__annotate__'].map((name) =>
		getter(name, (py, self) =>
			self instanceof PyClass
				? (classIntrinsic(machine(py), self, name) ??
					py.raise('AttributeError', `type object '${self.name}' has no attribute '${name}'`))
				: py.raise('TypeError', 'not a class'),
		),
	),
	classMethod('__prepare__', 'cls, *args, **keywords', () => new PyDict()),
	method('__getattribute__', 'cls, name, /', (py, [cls, name]) => {
		const value = cls instanceof PyObject ? genericLookup(machine(py), cls, String(name)) : undefined;
		return value === undefined ? py.raise('AttributeError', `type object has no attribute '${String(name)}'`) : value;
	}),
	method(
		'__setattr__',
		'cls, name, value, /',
		(py, [cls, name, value]) => {
			if (cls instanceof PyObject) genericSet(machine(py), cls, String(name), value);
			return null;
		},
		{ acceptsUnknown: true },
	),
	method('__delattr__', 'cls, name, /', (py, [cls, name]) => {
		if (cls instanceof PyObject) genericDelete(machine(py), cls, String(name));
		return null;
	}),
	// A metaclass's own `mro` asks for it before the class has one.
	method('mro', 'cls, /', (_py, [cls]) =>
		cls instanceof PyClass ? new PyList([...(cls.mro.length > 0 ? cls.mro : (mergeOrders(cls) ?? []))]) : new PyList([]),
	),
	method('__subclasses__', 'cls, /', (py, [cls]) => new PyList(cls instanceof PyClass ? [...py.subclasses(cls)] : [])),
	method(
		'__instancecheck__',
		'cls, instance, /',
		(py, [cls, instance]) => cls instanceof PyClass && py.typeOf(instance).derivesFrom(cls),
		{ acceptsUnknown: true },
	),
	method(
		'__subclasscheck__',
		'cls, subclass, /',
		(_py, [cls, subclass]) => cls instanceof PyClass && subclass instanceof PyClass && subclass.derivesFrom(cls),
		{
			acceptsUnknown: true,
		},
	),
	method('__repr__', 'cls, /', (_py, [cls]) =>
		cls instanceof PyClass ? `<class '${cls.moduleName === 'builtins' ? cls.qualname : readName(cls).fullName}'>` : '<class>',
	),
	method('__or__', 'cls, other, /', (py, [cls, other]) => unionOf(py, cls, other)),
	method('__ror__', 'cls, other, /', (py, [cls, other]) => unionOf(py, other, cls)),
]);
