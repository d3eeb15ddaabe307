import { bind, bindClassMethod } from '../../runtime/attributes';
import { codeType, PyCode } from '../../runtime/code-object';
import { defineType, getter, type Member, method, staticMethod } from '../../runtime/native';
import { makeSuper } from '../../runtime/super';
import type { FunctionDef, Lambda } from '../../syntax/ast';
import {
	builtinFunctionType,
	cellType,
	classmethodType,
	functionType,
	memberType,
	methodType,
	moduleType,
	PyBoundMethod,
	PyCell,
	PyClass,
	PyClassMethod,
	PyMember,
	PyModule,
	PyProperty,
	PyStaticMethod,
	PyTuple,
	propertyType,
	staticmethodType,
	superType,
	textOf,
	type Value,
} from '../../values';
import { machine } from './object';

/** `function(*args)` by way of `__call__`, and binding by way of `__get__`. */
const callable: readonly Member[] = [
	method(
		'__call__',
		'self, *args, **keywords',
		(py, [self, args, keywords]) => {
			const named = new Map<string, Value>();
			for (const { key, value } of keywords.entries()) if (typeof key === 'string') named.set(key, value);
			return py.call(self, args.items, named);
		},
		{ acceptsUnknown: true },
	),
	method('__get__', 'self, instance, owner=None, /', (py, [self, instance, owner]) => {
		if (instance === null) return self;
		return bind(machine(py), self, instance, owner instanceof PyClass ? owner : py.typeOf(instance));
	}),
];

defineType(functionType, callable);
defineType(builtinFunctionType, callable);
defineType(methodType, [
	staticMethod('__new__', 'cls, func, instance', (_py, [, func, instance]) => new PyBoundMethod(func, instance)),
	...callable.slice(0, 1),
	method(
		'__eq__',
		'self, other, /',
		(_py, [self, other]) =>
			self instanceof PyBoundMethod && other instanceof PyBoundMethod && self.func === other.func && self.self === other.self,
	),
	method('__hash__', 'self, /', (py, [self]) =>
		self instanceof PyBoundMethod ? (py.call(py.builtin('id'), [self.func]) ?? 0) : 0,
	),
	method('__repr__', 'self, /', (py, [self]) =>
		self instanceof PyBoundMethod ? `<bound method ${String(py.findAttr(self.func, '__qualname__') ?? '?')}>` : '',
	),
]);

defineType(moduleType, [
	staticMethod(
		'__new__',
		'cls, name?, *args, **keywords',
		(_py, [cls, name]) => new PyModule(textOf(name ?? null) ?? '', cls instanceof PyClass ? cls : moduleType),
	),
	method('__init__', 'self, name, doc=None', (_py, [self, name, doc]) => {
		if (self instanceof PyModule) {
			self.names.set('__name__', name);
			self.names.set('__doc__', doc);
			self.state = 'done';
		}
		return null;
	}),
]);

/** Keeps a subclass's own class. */
function property(cls: Value, get: Value, set: Value, remove: Value): PyProperty {
	return new PyProperty(get, set, remove, cls instanceof PyClass ? cls : propertyType);
}

defineType(propertyType, [
	staticMethod('__new__', 'cls, *args, **keywords', (_py, [cls]) => property(cls, null, null, null)),
	method('__init__', 'self, fget=None, fset=None, fdel=None, doc=None', (_py, [self, fget, fset, fdel, doc]) => {
		if (self instanceof PyProperty) Object.assign(self, { fget, fset, fdel, doc });
		return null;
	}),
	method('getter', 'self, fget, /', (_py, [self, fget]) =>
		self instanceof PyProperty ? property(self.cls, fget, self.fset, self.fdel) : null,
	),
	method('setter', 'self, fset, /', (_py, [self, fset]) =>
		self instanceof PyProperty ? property(self.cls, self.fget, fset, self.fdel) : null,
	),
	method('deleter', 'self, fdel, /', (_py, [self, fdel]) =>
		self instanceof PyProperty ? property(self.cls, self.fget, self.fset, fdel) : null,
	),
	method('__get__', 'self, instance, owner=None, /', (py, [self, instance]) =>
		instance === null || !(self instanceof PyProperty) ? self : py.call(self.fget, [instance]),
	),
	method('__set__', 'self, instance, value, /', (py, [self, instance, value]) =>
		self instanceof PyProperty ? py.call(self.fset, [instance, value]) : null,
	),
	getter('fget', (_py, self) => (self instanceof PyProperty ? self.fget : null)),
	getter('fset', (_py, self) => (self instanceof PyProperty ? self.fset : null)),
	getter('fdel', (_py, self) => (self instanceof PyProperty ? self.fdel : null)),
]);

defineType(classmethodType, [
	staticMethod('__new__', 'cls, *args', (_py, [cls]) => new PyClassMethod(null, cls instanceof PyClass ? cls : classmethodType)),
	method('__init__', 'self, function', (_py, [self, func]) => {
		if (self instanceof PyClassMethod) self.func = func;
		return null;
	}),
	method('__get__', 'self, instance, owner=None, /', (py, [self, instance, owner]) => {
		const cls = owner instanceof PyClass ? owner : py.typeOf(instance);
		return self instanceof PyClassMethod ? bindClassMethod(machine(py), self, cls) : null;
	}),
]);

defineType(staticmethodType, [
	staticMethod(
		'__new__',
		'cls, *args',
		(_py, [cls]) => new PyStaticMethod(null, cls instanceof PyClass ? cls : staticmethodType),
	),
	method('__init__', 'self, function', (_py, [self, func]) => {
		if (self instanceof PyStaticMethod) self.func = func;
		return null;
	}),
	method('__get__', 'self, instance, owner=None, /', (_py, [self]) => (self instanceof PyStaticMethod ? self.func : null)),
	...callable.slice(0, 1),
]);

defineType(superType, [
	staticMethod('__new__', 'cls, start, self?', (py, [, start, self]) =>
		self === undefined ? py.unknown('an unbound super object') : makeSuper(machine(py), start, self),
	),
	method('__init__', 'self, *args', () => null),
]);

defineType(memberType, [
	method('__get__', 'self, instance, owner=None, /', (py, [self, instance]) =>
		self instanceof PyMember && instance !== null ? py.getAttr(instance, self.name) : self,
	),
	method('__set__', 'self, instance, value, /', (py, [self, instance, value]) => {
		if (self instanceof PyMember) py.setAttr(instance, self.name, value);
		return null;
	}),
]);

defineType(cellType, [
	getter(
		'cell_contents',
		(py, self) => {
			const value = self instanceof PyCell ? self.value : undefined;
			return value === undefined ? py.raise('ValueError', 'Cell is empty') : value;
		},
		(_py, self, value) => {
			if (self instanceof PyCell) self.value = value;
		},
	),
]);

function codeNode(self: Value): FunctionDef | Lambda | undefined {
	return self instanceof PyCode ? self.func?.node : undefined;
}

defineType(codeType, [
	getter('co_name', (_py, self) => (self instanceof PyCode ? self.name : '')),
	getter('co_qualname', (_py, self) => (self instanceof PyCode ? (self.func?.qualname ?? self.name) : '')),
	getter('co_filename', (_py, self) => (self instanceof PyCode ? self.path : '')),
	getter('co_firstlineno', (_py, self) => (self instanceof PyCode ? self.line : 0)),
	getter('co_flags', (_py, self) => {
		const node = codeNode(self);
		if (!node) return 0;
		const { vararg, kwarg } = node.args;
		const isAsync = node.kind === 'FunctionDef' && node.async;
		return (vararg ? 4 : 0) | (kwarg ? 8 : 0) | (node.generator ? (isAsync ? 0x200 : 0x20) : isAsync ? 0x80 : 0);
	}),
	getter('co_argcount', (_py, self) => (codeNode(self)?.args.posonly.length ?? 0) + (codeNode(self)?.args.args.length ?? 0)),
	getter('co_kwonlyargcount', (_py, self) => codeNode(self)?.args.kwonly.length ?? 0),
	getter('co_posonlyargcount', (_py, self) => codeNode(self)?.args.posonly.length ?? 0),
	getter('co_varnames', (_py, self) => {
		const node = codeNode(self);
		if (!node) return new PyTuple([]);
		const { posonly, args, kwonly, vararg, kwarg } = node.args;
		return new PyTuple(
			[...posonly, ...args, ...kwonly, ...(vararg ? [vararg] : []), ...(kwarg ? [kwarg] : [])].map((arg) => arg.name),
		);
	}),
	getter('co_freevars', () => new PyTuple([])),
]);
