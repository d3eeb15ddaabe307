import type { Interpreter } from '../runtime/interpreter';
import { getter, method, newType, staticMethod } from '../runtime/native';
import {
	PyBoundMethod,
	PyClass,
	PyClassMethod,
	PyObject,
	PyProperty,
	PyStaticMethod,
	PyTuple,
	readName,
	type Value,
} from '../values';
import { keywordDict, keywordMap } from './keywords';

/** `functools.partial`: a callable with some arguments given. */
export class PyPartial extends PyObject {
	constructor(
		readonly func: Value,
		readonly args: readonly Value[],
		readonly keywords: ReadonlyMap<string, Value>,
		cls: PyClass,
	) {
		super(cls);
	}
}

function own(py: Interpreter, self: Value): PyPartial {
	return self instanceof PyPartial ? self : py.raise('TypeError', 'expected a partial object');
}

const shared = [
	getter('func', (py, self) => own(py, self).func),
	getter('args', (py, self) => new PyTuple(own(py, self).args)),
	getter('keywords', (py, self) => keywordDict(own(py, self).keywords)),
];

function show(py: Interpreter, { cls, func, args, keywords }: PyPartial): string {
	const parts = [func, ...args].map((one) => py.repr(one));
	return `${readName(cls).fullName}(${[...parts, ...Array.from(keywords, ([name, value]) => `${name}=${py.repr(value)}`)].join(', ')})`;
}

/** The arguments of a partial of a partial are joined. */
function make(cls: Value, func: Value, args: readonly Value[], keywords: ReadonlyMap<string, Value>, plain: PyClass): PyPartial {
	const type = cls instanceof PyClass ? cls : plain;
	if (func instanceof PyPartial && func.cls === plain && !func.attrs?.size)
		return new PyPartial(func.func, [...func.args, ...args], new Map([...func.keywords, ...keywords]), type);
	return new PyPartial(func, args, keywords, type);
}

export const partial: PyClass = newType('partial', 'functools', [
	...shared,
	staticMethod(
		'__new__',
		'cls, func, /, *args, **kwargs',
		(_, [cls, func, args, kwargs]) => make(cls, func, args.items, keywordMap(kwargs), partial),
		{ acceptsUnknown: true },
	),
	method(
		'__call__',
		'self, /, *args, **kwargs',
		(py, [self, args, kwargs]) => {
			const { func, args: given, keywords } = own(py, self);
			return py.call(func, [...given, ...args.items], new Map([...keywords, ...keywordMap(kwargs)]));
		},
		{ acceptsUnknown: true },
	),
	method('__repr__', 'self, /', (py, [self]) => show(py, own(py, self))),
]);

/** `functools.partialmethod`: a partial that is bound when it is taken from an instance. */
export const partialmethod: PyClass = newType('partialmethod', 'functools', [
	...shared,
	staticMethod(
		'__new__',
		'cls, func, /, *args, **kwargs',
		(_, [cls, func, args, kwargs]) => make(cls, func, args.items, keywordMap(kwargs), partialmethod),
		{
			acceptsUnknown: true,
		},
	),
	method('__get__', 'self, obj, cls=None, /', (py, [self, object, cls]) => {
		const { func, args, keywords } = own(py, self);
		if (func instanceof PyClassMethod) return new PyPartial(new PyBoundMethod(func.func, cls), args, keywords, partial);
		if (func instanceof PyStaticMethod) return new PyPartial(func.func, args, keywords, partial);
		if (object === null) return func instanceof PyProperty ? func : new PyUnboundPartial(func, args, keywords);
		const get = py.special(func, '__get__');
		const bound = get === undefined ? new PyBoundMethod(func, object) : py.call(get, [object, cls]);
		return new PyPartial(bound, args, keywords, partial);
	}),
	method('__repr__', 'self, /', (py, [self]) => show(py, own(py, self))),
]);

/** A partial method taken from its class: the first argument is the instance. */
class PyUnboundPartial extends PyPartial {
	constructor(func: Value, args: readonly Value[], keywords: ReadonlyMap<string, Value>) {
		super(func, args, keywords, unboundType);
	}
}

const unboundType: PyClass = newType('function', 'builtins', [
	...shared,
	method('__call__', 'self, instance, /, *args, **kwargs', (py, [self, instance, args, kwargs]) => {
		const { func, args: given, keywords } = own(py, self);
		return py.call(func, [instance, ...given, ...args.items], new Map([...keywords, ...keywordMap(kwargs)]));
	}),
]);
