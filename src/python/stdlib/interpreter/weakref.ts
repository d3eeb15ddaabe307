import { defineType, method, native, nativeModule, newType, PyNative, staticMethod } from '../../runtime/native';
import { dictType, identity, PyBoundMethod, PyClass, PyDict, PyObject, PySet, setType, type Value } from '../../values';

/** Nothing is ever collected while an interpreter lives, so that a weak reference is a reference. */

function target(self: Value): Value {
	return self instanceof PyNative ? (self.data as Value) : null;
}

const ref = newType('ReferenceType', 'weakref', [
	staticMethod(
		'__new__',
		'cls, object, callback=None, *args, **keywords',
		(_py, [cls, object]) => new PyNative<Value>(cls instanceof PyClass ? cls : ref, object),
	),
	method('__init__', 'self, *args, **keywords', () => null),
	method('__call__', 'self, /', (_py, [self]) => target(self)),
	method(
		'__eq__',
		'self, other, /',
		(py, [self, other]) => self === other || (other instanceof PyNative && py.equals(target(self), target(other))),
	),
	method('__hash__', 'self, /', (_py, [self]) => {
		const object = target(self);
		return object instanceof PyObject ? identity(object) : 0;
	}),
]);

const weakMethod = newType(
	'WeakMethod',
	'weakref',
	[
		staticMethod(
			'__new__',
			'cls, meth, callback=None',
			(_py, [, bound]) => new PyNative<Value>(weakMethod, bound instanceof PyBoundMethod ? bound : null),
		),
	],
	[ref],
);

const weakDict = (name: string): PyClass =>
	newType(
		name,
		'weakref',
		[staticMethod('__new__', 'cls, *args, **keywords', (_py, [cls]) => new PyDict(cls instanceof PyClass ? cls : dictType))],
		[dictType],
	);

const weakSet = newType(
	'WeakSet',
	'weakref',
	[staticMethod('__new__', 'cls, *args', (_py, [cls]) => new PySet(cls instanceof PyClass ? cls : setType))],
	[setType],
);

const finalize = newType('finalize', 'weakref', [
	staticMethod(
		'__new__',
		'cls, *args, **keywords',
		(_py, [cls]) => new PyNative<null>(cls instanceof PyClass ? cls : finalize, null),
	),
	method('__init__', 'self, *args, **keywords', () => null),
	method('__call__', 'self, /', () => null),
	method('detach', 'self, /', () => null),
]);
defineType(finalize, []);

export const weakref = nativeModule('weakref', [
	['ref', ref],
	['ReferenceType', ref],
	['WeakMethod', weakMethod],
	['WeakSet', weakSet],
	['WeakKeyDictionary', weakDict('WeakKeyDictionary')],
	['WeakValueDictionary', weakDict('WeakValueDictionary')],
	['finalize', finalize],
	native('proxy', 'object, callback=None', (_py, [object]) => object),
	native('getweakrefcount', 'object', () => 0),
]);
