import { genericAlias } from '../builtins/generic-alias';
import type { Interpreter } from '../runtime/interpreter';
import { classMethod, getter, method, native, nativeModule, newType, PyNative, staticMethod } from '../runtime/native';
import { type PyClass, PyDict, PyObject, type Value } from '../values';
import { keywordMap } from './keywords';

/** Native: `_contextvars` is written in C. There is one context. */
class PyContextVar extends PyObject {
	value: Value | undefined;
	constructor(
		readonly name: Value,
		readonly fallback: Value | undefined,
	) {
		super(varType);
	}
}

function own(py: Interpreter, self: Value): PyContextVar {
	return self instanceof PyContextVar ? self : py.raise('TypeError', 'expected a ContextVar');
}

interface Token {
	readonly variable: PyContextVar;
	readonly before: Value | undefined;
}

const tokenType: PyClass = newType('Token', 'contextvars', [
	['MISSING', '<Token.MISSING>'],
	getter('old_value', (_, self) => (self instanceof PyNative ? ((self.data as Token).before ?? '<Token.MISSING>') : null)),
	getter('var', (_, self) => (self instanceof PyNative ? (self.data as Token).variable : null)),
	classMethod('__class_getitem__', 'cls, item, /', (_, [cls, item]) => genericAlias(cls, item)),
]);

const varType: PyClass = newType('ContextVar', 'contextvars', [
	staticMethod('__new__', 'cls, name, *, default?', (_, [, name, fallback]) => new PyContextVar(name, fallback), {
		acceptsUnknown: true,
	}),
	method('get', 'self, default?, /', (py, [self, fallback]) => {
		const variable = own(py, self);
		// None is a value: only what is undefined is absent.
		for (const value of [variable.value, fallback, variable.fallback]) if (value !== undefined) return value;
		return py.raise('LookupError', variable);
	}),
	method(
		'set',
		'self, value, /',
		(py, [self, value]) => {
			const variable = own(py, self);
			const token = new PyNative<Token>(tokenType, { variable, before: variable.value });
			variable.value = value;
			return token;
		},
		{ acceptsUnknown: true },
	),
	method('reset', 'self, token, /', (py, [self, token]) => {
		if (token instanceof PyNative) own(py, self).value = (token.data as Token).before;
		return null;
	}),
	getter('name', (py, self) => own(py, self).name),
	classMethod('__class_getitem__', 'cls, item, /', (_, [cls, item]) => genericAlias(cls, item)),
]);

const contextType: PyClass = newType('Context', 'contextvars', [
	staticMethod('__new__', 'cls', () => new PyNative(contextType, null)),
	method('run', 'self, callable, /, *args, **kwargs', (py, [, func, args, kwargs]) =>
		py.call(func, args.items, keywordMap(kwargs)),
	),
	method('copy', 'self', (_, [self]) => self),
	method('get', 'self, var, default=None', (_, [, variable, fallback]) =>
		variable instanceof PyContextVar ? (variable.value ?? fallback) : fallback,
	),
	method('__iter__', 'self', (py) => py.iterator([])),
	method('items', 'self', () => new PyDict()),
]);

const members = [
	['ContextVar', varType],
	['Token', tokenType],
	['Context', contextType],
	native('copy_context', '', () => new PyNative(contextType, null)),
] as const;

export const contextvars = [nativeModule('contextvars', members), nativeModule('_contextvars', members)];
