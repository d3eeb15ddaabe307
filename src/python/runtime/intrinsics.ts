import {
	PyBoundMethod,
	PyBuiltin,
	PyClass,
	PyClassMethod,
	PyDict,
	PyException,
	PyFunction,
	PyGenerator,
	PyModule,
	PyObject,
	PyProperty,
	PyStaticMethod,
	PyTuple,
	readName,
	type Value,
} from '../values';
import {
	annotateOfClass,
	annotateOfFunction,
	annotationsOfClass,
	annotationsOfFunction,
	defersAnnotations,
	writeAnnotate,
	writeAnnotations,
} from './annotations';
import { functionDoc, PyCode } from './code-object';
import type { Machine } from './machine';
import { AttributesView, ClassView } from './namespace-view';

/** The attributes that objects have by nature: `__class__`, `__dict__`, a function's `__name__`, a class's `__mro__` … */

/** What every object has without its class's doing: `__class__`, `__dict__`, a function's `__code__`. */
export function instanceIntrinsic(py: Machine, object: Value, name: string): Value | undefined {
	if (name === '__class__') return py.typeOf(object);
	if (!(object instanceof PyObject)) return name === '__doc__' ? null : undefined;
	if (name === '__dict__') {
		if (object.cls.slotted) return undefined;
		object.attrs ??= new Map();
		return new AttributesView(object.attrs);
	}
	if (object instanceof PyFunction) return functionIntrinsic(py, object, name);
	if (object instanceof PyBoundMethod) {
		if (name === '__self__') return object.self;
		if (name === '__func__') return object.func;
		return py.lookup(object.func, name);
	}
	if (object instanceof PyBuiltin) {
		switch (name) {
			case '__name__':
				return object.name;
			case '__qualname__':
				return object.qualname;
			case '__module__':
				return object.moduleName;
			case '__doc__':
			case '__self__':
				return null;
		}
		return undefined;
	}
	if (object instanceof PyException) {
		switch (name) {
			case '__cause__':
				return object.cause;
			case '__context__':
				return object.context;
			case '__traceback__':
				// What stands there is of no use to configuration.
				return null;
			case '__suppress_context__':
				return object.cause !== null;
		}
	}
	if (object instanceof PyStaticMethod || object instanceof PyClassMethod) {
		if (name === '__func__' || name === '__wrapped__') return object.func;
		if (name === '__isabstractmethod__') return py.findAttr(object.func, name);
		if (name === '__name__' || name === '__doc__' || name === '__qualname__' || name === '__module__')
			return py.findAttr(object.func, name);
	}
	if (object instanceof PyProperty) {
		if (name === '__doc__')
			return object.doc !== null ? object.doc : object.fget === null ? null : py.findAttr(object.fget, '__doc__');
		if (name === '__isabstractmethod__') return py.findAttr(object.fget, name);
	}
	if (object instanceof PyGenerator && (name === '__name__' || name === '__qualname__')) return object.name;
	if (name === '__doc__') return object.cls.lookup('__doc__') ?? null;
	if (name === '__module__') return object.cls.lookup('__module__') ?? object.cls.moduleName;
	return undefined;
}

function functionIntrinsic(py: Machine, func: PyFunction, name: string): Value | undefined {
	switch (name) {
		case '__name__':
			return func.name;
		case '__qualname__':
			return (func.qualname.includes('.') ? readName(func) : func).qualname;
		case '__module__':
			return func.moduleName;
		case '__doc__':
			return func.doc !== undefined ? func.doc : functionDoc(func);
		case '__defaults__': {
			const { posonly, args } = func.node.args;
			const values = [...posonly, ...args].map((arg) => func.defaults.get(arg.name)).filter((value) => value !== undefined);
			return values.length > 0 ? new PyTuple(values) : null;
		}
		case '__kwdefaults__': {
			const dict = new PyDict();
			for (const arg of func.node.args.kwonly) {
				const value = func.defaults.get(arg.name);
				if (value !== undefined) dict.setStr(arg.name, value);
			}
			return dict.size > 0 ? dict : null;
		}
		case '__annotations__':
			return annotationsOfFunction(py, func);
		case '__annotate__':
			return defersAnnotations(py) ? annotateOfFunction(func) : undefined;
		case '__code__':
			return PyCode.of(func);
		case '__globals__':
			return py.namespaceView(func.globals ?? func.module.names);
		case '__closure__':
			return func.closure.length > 0 ? new PyTuple([...func.closure]) : null;
		case '__builtins__':
			return new PyDict();
		case '__get__':
			return undefined;
	}
	return undefined;
}

/** What every class has: `__name__`, `__mro__`, `__bases__`. */
export function classIntrinsic(py: Machine, cls: PyClass, name: string): Value | undefined {
	switch (name) {
		case '__name__':
			readName(cls);
			return cls.name;
		case '__qualname__':
			return readName(cls).qualname;
		case '__module__':
			return cls.dict.get('__module__') ?? cls.moduleName;
		case '__mro__':
			return new PyTuple([...cls.mro]);
		case '__bases__':
			return new PyTuple([...cls.bases]);
		case '__base__':
			return cls.bases[0] ?? null;
		case '__class__':
			return cls.cls;
		case '__dict__':
			if (cls.pending) cls.pending();
			return new ClassView(cls, py.patches);
		case '__doc__':
			return cls.dict.get('__doc__') ?? null;
		case '__annotations__':
			return annotationsOfClass(py, cls);
		case '__annotate__':
			return cls.immutable || !defersAnnotations(py) ? undefined : annotateOfClass(cls);
		case '__basicsize__':
			return 16;
		case '__flags__':
			return 0;
		case '__type_params__':
			return cls.dict.get('__type_params__') ?? new PyTuple([]);
	}
	return undefined;
}

const functionNames = new Set([
	'__name__',
	'__qualname__',
	'__module__',
	'__doc__',
	'__defaults__',
	'__kwdefaults__',
	'__annotations__',
	'__annotate__',
	'__dict__',
	'__code__',
]);
const classNames = new Set(['__name__', '__qualname__', '__bases__', '__annotations__', '__annotate__']);

export function isWritableIntrinsic(object: PyObject, name: string): boolean {
	if (!name.startsWith('__')) return false;
	if (name === '__class__') return true;
	if (object instanceof PyFunction) return functionNames.has(name);
	if (object instanceof PyClass) return classNames.has(name);
	if (object instanceof PyException) return name === '__cause__' || name === '__context__' || name === '__traceback__';
	if (object instanceof PyProperty) return name === '__doc__';
	return name === '__dict__' && !(object instanceof PyModule);
}

export function writeIntrinsic(py: Machine, object: PyObject, name: string, value: Value): void {
	if (name === '__class__') {
		if (value instanceof PyClass) object.cls = value;
		return;
	}
	if (name === '__dict__') {
		const attrs = new Map<string, Value>();
		if (value instanceof PyDict)
			for (const { key, value: item } of value.entries()) if (typeof key === 'string') attrs.set(key, item);
		object.attrs = attrs;
		return;
	}
	if (object instanceof PyFunction) {
		if (name === '__name__' && typeof value === 'string') object.name = value;
		else if (name === '__qualname__' && typeof value === 'string') object.qualname = value;
		else if (name === '__module__') object.moduleName = value;
		else if (name === '__doc__') object.doc = value;
		else if (name === '__annotations__') writeAnnotations(py, object, value);
		else if (name === '__annotate__') writeAnnotate(object, value);
		else if (name === '__defaults__') writeDefaults(py, object, value);
		return;
	}
	if (object instanceof PyClass) {
		if (name === '__name__' && typeof value === 'string') object.name = value;
		else if (name === '__qualname__' && typeof value === 'string') object.qualname = value;
		else if (name === '__annotations__') writeAnnotations(py, object, value);
		else if (name === '__annotate__') writeAnnotate(object, value);
		else if (name === '__bases__')
			py.classes.rebase(
				object,
				py.list(value).filter((base) => base instanceof PyClass),
			);
		return;
	}
	if (object instanceof PyException) {
		if (name === '__cause__') object.cause = value;
		else if (name === '__context__') object.context = value;
		return;
	}
	if (object instanceof PyProperty && name === '__doc__') object.doc = value;
}

function writeDefaults(py: Machine, func: PyFunction, value: Value): void {
	const { posonly, args } = func.node.args;
	const values = value === null ? [] : py.list(value);
	const names = [...posonly, ...args].map((arg) => arg.name);
	const defaults = new Map<string, Value>();
	for (const arg of func.node.args.kwonly) {
		const old = func.defaults.get(arg.name);
		if (old !== undefined) defaults.set(arg.name, old);
	}
	names.slice(names.length - values.length).forEach((parameter, index) => {
		defaults.set(parameter, values[index] ?? null);
	});
	func.defaults = defaults;
}
