import type { Interpreter } from '../runtime/interpreter';
import { getter, method, native, newType, staticMethod } from '../runtime/native';
import {
	objectType,
	PyBoundMethod,
	PyClass,
	PyClassMethod,
	PyDict,
	PyFunction,
	PyObject,
	PyStaticMethod,
	type Value,
} from '../values';
import { updateWrapper } from './functools-wraps';
import { keywordMap } from './keywords';

/** A generic function: `functools.singledispatch`. */
class PyDispatch extends PyObject {
	readonly implementations = new Map<Value, Value>();
	constructor(
		readonly func: Value,
		cls: PyClass,
	) {
		super(cls);
		this.implementations.set(objectType, func);
	}
	/** The implementation for the nearest class in the MRO, or for an abstract class that takes it. */
	find(py: Interpreter, cls: PyClass): Value {
		for (const one of cls.mro) {
			const found = this.implementations.get(one);
			if (found !== undefined && one !== objectType) return found;
		}
		for (const [type, found] of this.implementations)
			if (type instanceof PyClass && type !== objectType && py.isSubclass(cls, type)) return found;
		return this.implementations.get(objectType) ?? this.func;
	}
}

function own(py: Interpreter, self: Value): PyDispatch {
	return self instanceof PyDispatch ? self : py.raise('TypeError', 'expected a generic function');
}

/** `register(cls)`, `register(cls, func)`, or `register(func)` whose first parameter is annotated. */
function register(py: Interpreter, self: PyDispatch, first: Value, func: Value): Value {
	if (func !== null) {
		for (const cls of first instanceof PyClass ? [first] : unionArgs(py, first)) self.implementations.set(cls, func);
		return func;
	}
	if (!(first instanceof PyFunction || first instanceof PyClassMethod || first instanceof PyStaticMethod))
		return native('register', 'func', (inner, [given]) => register(inner, self, first, given));
	const plain = first instanceof PyFunction ? first : first.func;
	const annotations = py.findAttr(plain, '__annotations__');
	const [annotation] = annotations instanceof PyDict ? [...annotations.values()] : [];
	if (annotation === undefined) return py.raise('TypeError', 'Invalid first argument to `register()`');
	return register(py, self, typeof annotation === 'string' ? py.builtin(annotation) : annotation, first);
}

function unionArgs(py: Interpreter, union: Value): readonly Value[] {
	const args = py.findAttr(union, '__args__');
	return args === undefined ? [] : py.list(args);
}

const members = [
	method('register', 'self, cls, func=None', (py, [self, cls, func]) => register(py, own(py, self), cls, func)),
	getter('registry', (py, self) => {
		const dict = new PyDict();
		for (const [cls, func] of own(py, self).implementations) dict.set(py, cls, func);
		return dict;
	}),
	getter('func', (py, self) => own(py, self).func),
];

const dispatchType: PyClass = newType('singledispatch', 'functools', [
	...members,
	method('__call__', 'self, arg, /, *args, **kwargs', (py, [self, arg, args, kwargs]) =>
		py.call(own(py, self).find(py, py.typeOf(arg)), [arg, ...args.items], keywordMap(kwargs)),
	),
	method('dispatch', 'self, cls', (py, [self, cls]) => (cls instanceof PyClass ? own(py, self).find(py, cls) : null)),
	method('__get__', 'self, obj, cls=None, /', (_, [self, object]) => (object === null ? self : new PyBoundMethod(self, object))),
]);

export function singleDispatch(py: Interpreter, func: Value): Value {
	return updateWrapper(py, new PyDispatch(func, dispatchType), func, undefined, undefined);
}

/** Taken from an instance, it dispatches on the first argument after it. */
export const singleDispatchMethod: PyClass = newType('singledispatchmethod', 'functools', [
	...members,
	staticMethod('__new__', 'cls, func', (_, [, func]) => new PyDispatch(func, singleDispatchMethod)),
	method('__get__', 'self, obj, cls=None, /', (py, [self, object, cls]) => {
		const dispatch = own(py, self);
		return native('method', 'arg, /, *args, **kwargs', (inner, [arg, args, kwargs]) => {
			const func = dispatch.find(inner, inner.typeOf(arg));
			const get = inner.special(func, '__get__');
			const bound = get === undefined ? new PyBoundMethod(func, object) : inner.call(get, [object, cls]);
			return inner.call(bound, [arg, ...args.items], keywordMap(kwargs));
		});
	}),
]);
