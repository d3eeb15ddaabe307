import { PyCompiled } from '../../runtime/code-object';
import { DictNamespace } from '../../runtime/dict-namespace';
import { evaluateText } from '../../runtime/execute';
import type { ComprehensionNames, Frame, Variables } from '../../runtime/frames';
import type { Interpreter } from '../../runtime/interpreter';
import type { Machine } from '../../runtime/machine';
import { AttributesView, NamespaceView } from '../../runtime/namespace-view';
import { native } from '../../runtime/native';
import { freeNames } from '../../runtime/scopes';
import {
	gotByName,
	identity,
	type Namespace,
	PyBoundMethod,
	PyBuiltin,
	PyBytes,
	PyClass,
	PyClassMethod,
	PyDict,
	PyFunction,
	PyIterator,
	PyList,
	PyModule,
	PyObject,
	PyStaticMethod,
	PyUnknown,
	textOf,
	type Value,
} from '../../values';
import { integerOf } from '../arguments';
import { hashNumber } from '../hash-number';
import { attributeNames, machine } from './object';

/** The functions of `builtins` that look into objects and frames. */

function nameOf(py: Interpreter, name: Value): string {
	return textOf(name) ?? py.raise('TypeError', 'attribute name must be string');
}

/** The names of the calling frame: live for modules and classes, a copy for functions. */
function localsOf(py: Machine): PyDict {
	const { frame } = py;
	if (!frame) return new PyDict();
	const { variables, comprehension } = frame;
	if (comprehension) return localsOfComprehension(py, frame, comprehension);
	if (!variables) return py.namespaceView(frame.names);
	const dict = new PyDict();
	addVariables(dict, frame, variables);
	return dict;
}

function addVariables(dict: PyDict, frame: Frame, variables: Variables, only?: ReadonlySet<string>): void {
	const func = frame.function;
	for (const name of [...variables.slots.keys(), ...variables.cells.keys()]) {
		// A method has that cell at hand, but it is a variable of its own only where it says `super` or `__class__`.
		if (name === '__class__' && func && !freeNames(func.node).has(name)) continue;
		if (only && !only.has(name)) continue;
		const value = frame.local(name);
		if (value !== undefined) dict.setStr(name, value);
	}
}

/**
 * A comprehension was a function before Python 3.12, whose variables are its own names and what it takes from a function
 * around it. Since then it is a part of what is around it, and sees that as well; from 3.13 not a module's or class's.
 */
function localsOfComprehension(py: Machine, frame: Frame, innermost: ComprehensionNames): PyDict {
	const dict = new PyDict();
	const { variables } = frame;
	const isFunction = py.version[0] === 3 && py.version[1] < 12;
	if (variables) addVariables(dict, frame, variables, isFunction ? innermost.free : undefined);
	else if (!isFunction && py.version[1] === 12)
		for (const { key, value } of py.namespaceView(frame.names).entries()) dict.set(py, key, value);
	for (let one: ComprehensionNames | undefined = innermost; one; one = isFunction ? undefined : one.outer)
		one.each(frame, (name, value) => dict.setStr(name, value));
	return dict;
}

/** A dict as a namespace to run text in. */
function namespaceOf(dict: Value): Namespace {
	if (dict instanceof NamespaceView) return dict.names;
	if (dict instanceof AttributesView) return dict.attributes;
	return dict instanceof PyDict ? new DictNamespace(dict) : new Map();
}

function sourceText(value: Value): { text: string; path: string } | undefined {
	if (value instanceof PyCompiled) return { text: value.text, path: value.path };
	if (value instanceof PyBytes) return { text: new TextDecoder().decode(value.value), path: '<string>' };
	const text = textOf(value);
	return text === undefined ? undefined : { text, path: '<string>' };
}

function isCallable(py: Interpreter, value: Value): boolean {
	if (value instanceof PyFunction || value instanceof PyBuiltin || value instanceof PyClass || value instanceof PyBoundMethod)
		return true;
	if (value instanceof PyStaticMethod) return true;
	if (value instanceof PyClassMethod) return false;
	const method = py.typeOf(value).lookup('__call__');
	return method !== undefined && method !== null;
}

export const modelFunctions: readonly PyBuiltin[] = [
	native(
		'getattr',
		'object, name, default?, /',
		(py, [object, name, fallback]) => {
			if (name instanceof PyUnknown) return name;
			const text = nameOf(py, name);
			if (fallback === undefined) return py.getAttr(object, text);
			const value = py.findAttr(object, text);
			return value === undefined ? fallback : value;
		},
		{ acceptsUnknown: true },
	),
	native(
		'setattr',
		'object, name, value, /',
		(py, [object, name, value]) => {
			if (!(name instanceof PyUnknown)) py.setAttr(object, nameOf(py, name), value);
			return null;
		},
		{ acceptsUnknown: true },
	),
	native('delattr', 'object, name, /', (py, [object, name]) => {
		py.delAttr(object, nameOf(py, name));
		return null;
	}),
	native('hasattr', 'object, name, /', (py, [object, name]) => py.hasAttr(object, nameOf(py, name))),
	native(
		'isinstance',
		'object, cls, /',
		(py, [object, cls]) => {
			if (object instanceof PyUnknown) return object;
			return py.isInstance(object, cls);
		},
		{ acceptsUnknown: true },
	),
	native('issubclass', 'cls, of, /', (py, [cls, of]) => {
		if (!(cls instanceof PyClass)) return py.raise('TypeError', 'issubclass() arg 1 must be a class');
		return py.isSubclass(cls, of);
	}),
	native('callable', 'object, /', (py, [object]) => isCallable(py, object)),
	native('id', 'object, /', (_py, [object]) =>
		object instanceof PyObject ? identity(object) : typeof object === 'number' ? object : 0,
	),
	native('hash', 'object, /', (py, [object]) => {
		const key = py.hashKey(object);
		const own = object instanceof PyObject ? object.cls.lookup('__hash__') : undefined;
		// Of what has a hash written in Python, that one.
		if (own instanceof PyFunction && object instanceof PyObject) {
			const told = integerOf(py.call(own, [object]));
			return told === undefined ? py.raise('TypeError', '__hash__ method should return an integer') : hashNumber(told);
		}
		return key instanceof PyObject ? identity(key) : hashNumber(key);
	}),
	native('repr', 'object, /', (py, [object]) => py.repr(object)),
	native('dir', 'object?, /', (py, [object]) => {
		if (object === undefined) return new PyList([...localsOf(machine(py)).keys()].sort());
		if (object instanceof PyModule) {
			if (object.byName) py.whenTaken?.(object, '*', machine(py).frame?.module.name);
			return new PyList([...object.names.keys()].sort());
		}
		const own = py.special(object, '__dir__');
		return own === undefined ? new PyList(attributeNames(py, object)) : new PyList(py.list(py.call(own)));
	}),
	native('vars', 'object?, /', (py, [object]) => (object === undefined ? localsOf(machine(py)) : py.getAttr(object, '__dict__'))),
	native('globals', '', (py) => {
		const { frame } = machine(py);
		return frame ? machine(py).namespaceView(frame.globals) : new PyDict();
	}),
	native('locals', '', (py) => localsOf(machine(py))),
	native('iter', 'iterable, sentinel?, /', (py, [iterable, sentinel]) => {
		if (sentinel === undefined) return py.iter(iterable);
		return new PyIterator(
			(function* (): IterableIterator<Value> {
				for (;;) {
					const value = py.call(iterable);
					if (value instanceof PyUnknown) {
						machine(py).dropped(value);
						return;
					}
					if (py.equals(value, sentinel)) return;
					yield value;
				}
			})(),
			'callable_iterator',
		);
	}),
	native(
		'next',
		'iterator, default?, /',
		(py, [iterator, fallback]) => {
			const value = py.next(iterator);
			if (value !== undefined) return value;
			if (iterator instanceof PyUnknown) return iterator;
			return fallback === undefined ? py.raise('StopIteration') : fallback;
		},
		{ acceptsUnknown: true },
	),
	native(
		'compile',
		'source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1',
		(py, [source, filename, mode]) => {
			const read = sourceText(source);
			if (!read) return py.unknown('compile() of what is no text');
			return new PyCompiled(read.text, textOf(filename) ?? '<string>', textOf(mode) ?? 'exec');
		},
	),
	native(
		'exec',
		'source, globals=None, locals=None, /, *, closure=None',
		(py, [source, globals, locals]) => {
			const m = machine(py);
			const unknown = m.unknowns.in(source, globals, locals);
			if (unknown) {
				m.unknowns.leaveIncomplete(locals ?? globals, unknown);
				return unknown;
			}
			const read = sourceText(source);
			if (!read) return py.unknown('exec() of what is no text');
			const target = locals ?? globals ?? (m.frame?.variables ? m.namespaceView(m.frame.globals) : localsOf(m));
			const apart = locals !== null && globals instanceof PyDict && globals !== locals ? namespaceOf(globals) : undefined;
			m.execute(read.text, read.path, namespaceOf(target), apart);
			return null;
		},
		{ acceptsUnknown: true },
	),
	native('eval', 'source, globals=None, locals=None, /', (py, [source, globals, locals]) => {
		const m = machine(py);
		const read = sourceText(source);
		if (!read) return py.unknown('eval() of what is no text');
		const names = globals instanceof PyDict ? namespaceOf(globals) : (m.frame?.globals ?? new Map<string, Value>());
		const inner = namespaceOf(locals ?? globals ?? localsOf(m));
		if (source instanceof PyCompiled && source.mode === 'exec') {
			m.execute(read.text, read.path, inner, names);
			return null;
		}
		return evaluateText(m, read.text, read.path, names, inner);
	}),
	native('__import__', 'name, globals=None, locals=None, fromlist=(), level=0', (py, [name, , , fromlist]) => {
		const text = nameOf(py, name);
		return gotByName(machine(py).imports.statements.module(text, fromlist !== null && py.truth(fromlist)));
	}),
	native('__build_class__', '*args, **keywords', (py) => py.unknown('__build_class__')),
];
