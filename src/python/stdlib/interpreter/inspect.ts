import { attributeNames, machine } from '../../builtins/model/object';
import { codeType } from '../../runtime/code-object';
import type { Interpreter } from '../../runtime/interpreter';
import { type Member, native, nativeModule } from '../../runtime/native';
import {
	coroutineType,
	generatorType,
	PyBoundMethod,
	PyBuiltin,
	PyClass,
	PyFunction,
	PyGenerator,
	PyList,
	PyModule,
	PyObject,
	PyProperty,
	PyTuple,
	textOf,
	type Value,
} from '../../values';
import { signatureMembers } from '../signature';
import { isCoroutineFunction } from './opaque';
import { frameType } from './sys';

/** `inspect`: the questions that are asked often; signatures and the rest come from its source. */

function predicate(name: string, holds: (value: Value) => boolean): PyBuiltin {
	return native(name, 'object', (_py, [object]) => holds(object));
}

function functionOf(value: Value): PyFunction | undefined {
	const func = value instanceof PyBoundMethod ? value.func : value;
	return func instanceof PyFunction ? func : undefined;
}

/** The module that a function, class or module is from. */
function moduleOf(py: Interpreter, object: Value): PyModule | undefined {
	if (object instanceof PyModule) return object;
	const func = functionOf(object);
	if (func) return func.module;
	const name = textOf(py.findAttr(object, '__module__') ?? null);
	const module = name === undefined ? undefined : py.modules.get(name);
	return module instanceof PyModule ? module : undefined;
}

function fileOf(py: Interpreter, object: Value): Value {
	// A frame, a traceback or a code object tells its file itself.
	const frame = py.findAttr(object, 'tb_frame') ?? object;
	const code = py.findAttr(frame, 'f_code') ?? frame;
	const written = object instanceof PyFunction || object instanceof PyClass ? undefined : py.findAttr(code, 'co_filename');
	if (written !== undefined && !(object instanceof PyModule)) return written;
	const path = moduleOf(py, object)?.source?.path;
	if (path !== undefined) return path;
	const file = object instanceof PyModule ? object.names.get('__file__') : undefined;
	return typeof file === 'string' ? file : py.raise('TypeError', `${py.repr(object)} is a built-in`);
}

/** Text of a function or class as it stands in its file. */
function sourceOf(py: Interpreter, object: Value): string {
	const func = functionOf(object);
	const source = func?.module.source ?? (object instanceof PyClass ? object.source?.module.source : moduleOf(py, object)?.source);
	const node = func?.node ?? (object instanceof PyClass ? object.source?.node : undefined);
	if (!source) return py.raise('OSError', 'could not get source code');
	if (!node) return source.text;
	return source.text.slice('decorated' in node ? node.decorated : node.start, node.end);
}

function members(py: Interpreter, object: Value, test: Value): Value {
	const found: Value[] = [];
	if (object instanceof PyModule && object.byName) py.whenTaken?.(object, '*', machine(py).frame?.module.name);
	const names = object instanceof PyModule ? [...object.names.keys()].sort() : attributeNames(py, object);
	for (const name of names) {
		const value = py.findAttr(object, name);
		if (value === undefined || (test !== null && !py.truth(py.call(test, [value])))) continue;
		found.push(new PyTuple([name, value]));
	}
	return new PyList(found);
}

/** Indentation that all lines but the first share goes, as do blank lines around. */
function cleanDoc(text: string): string {
	const lines = text.replace(/\t/g, '        ').split('\n');
	const margin = Math.min(
		...lines.slice(1).flatMap((line) => (line.trim() === '' ? [] : [line.length - line.trimStart().length])),
	);
	const cleaned = lines.map((line, index) =>
		index === 0 ? line.trimStart() : Number.isFinite(margin) ? line.slice(margin) : line,
	);
	return cleaned.join('\n').replace(/^\s*\n|\s+$/g, '');
}

const names: readonly Member[] = [
	predicate('isclass', (value) => value instanceof PyClass),
	predicate('ismodule', (value) => value instanceof PyModule),
	predicate('isfunction', (value) => value instanceof PyFunction),
	predicate('ismethod', (value) => value instanceof PyBoundMethod),
	predicate('isbuiltin', (value) => value instanceof PyBuiltin),
	predicate('isroutine', (value) => value instanceof PyFunction || value instanceof PyBoundMethod || value instanceof PyBuiltin),
	predicate('iscoroutinefunction', isCoroutineFunction),
	predicate('isgeneratorfunction', (value) => {
		const node = functionOf(value)?.node;
		return node !== undefined && node.generator && !(node.kind === 'FunctionDef' && node.async);
	}),
	predicate('isasyncgenfunction', (value) => {
		const node = functionOf(value)?.node;
		return node?.kind === 'FunctionDef' && node.async && node.generator;
	}),
	predicate('iscode', (value) => value instanceof PyObject && value.cls === codeType),
	predicate('isgenerator', (value) => value instanceof PyGenerator && value.cls === generatorType),
	predicate('iscoroutine', (value) => value instanceof PyGenerator && value.cls === coroutineType),
	predicate('isawaitable', (value) => value instanceof PyGenerator && value.cls === coroutineType),
	predicate('isasyncgen', () => false),
	predicate('isframe', (value) => value instanceof PyObject && value.cls === frameType),
	predicate('istraceback', () => false),
	native(
		'isdatadescriptor',
		'object',
		(py, [object]) => object instanceof PyProperty || py.special(object, '__set__') !== undefined,
	),
	native(
		'ismethoddescriptor',
		'object',
		(py, [object]) =>
			!(object instanceof PyFunction || object instanceof PyBoundMethod || object instanceof PyClass) &&
			py.special(object, '__get__') !== undefined &&
			py.special(object, '__set__') === undefined,
	),
	native(
		'isabstract',
		'object',
		(py, [object]) => object instanceof PyClass && py.truth(py.findAttr(object, '__abstractmethods__') ?? null),
	),
	native('getmro', 'cls', (py, [cls]) => py.getAttr(cls, '__mro__')),
	native('getmembers', 'object, predicate=None', (py, [object, test]) => members(py, object, test)),
	native('getmodule', 'object, _filename=None', (py, [object]) => moduleOf(py, object) ?? null),
	native('getfile', 'object', (py, [object]) => fileOf(py, object)),
	native('getsourcefile', 'object', (py, [object]) => fileOf(py, object)),
	native('getabsfile', 'object, _filename=None', (py, [object]) => fileOf(py, object)),
	native('getsource', 'object', (py, [object]) => sourceOf(py, object)),
	native('getsourcelines', 'object', (py, [object]) => {
		const func = functionOf(object);
		const node = func?.node ?? (object instanceof PyClass ? object.source?.node : undefined);
		const source = func?.module.source ?? (object instanceof PyClass ? object.source?.module.source : undefined);
		const start = node ? ('decorated' in node ? node.decorated : node.start) : 0;
		return new PyTuple([new PyList(sourceOf(py, object).split(/(?<=\n)/)), source?.lineOf(start) ?? 0]);
	}),
	native('getdoc', 'object', (py, [object]) => {
		const doc = textOf(py.findAttr(object, '__doc__') ?? null);
		return doc === undefined ? null : cleanDoc(doc);
	}),
	native('cleandoc', 'doc', (_py, [doc]) => cleanDoc(textOf(doc) ?? '')),
	native('unwrap', 'func, *, stop=None', (py, [func, stop]) => {
		let value = func;
		for (let i = 0; i < 100; i++) {
			if (stop !== null && py.truth(py.call(stop, [value]))) return value;
			const inner = py.findAttr(value, '__wrapped__');
			if (inner === undefined) return value;
			value = inner;
		}
		return py.raise('ValueError', 'wrapper loop when unwrapping');
	}),
	native('markcoroutinefunction', 'func', (_py, [func]) => func),
	native('currentframe', '', (py) => py.call(py.getAttr(py.importModule('sys'), '_getframe'))),
	native('stack', 'context=1', (py) => {
		const cls = py.state(frameInfoKey, () =>
			py.call(py.getAttr(py.importModule('collections'), 'namedtuple'), [
				'FrameInfo',
				'frame filename lineno function code_context index',
			]),
		);
		const frameOf = py.getAttr(py.importModule('sys'), '_getframe');
		return new PyList(
			machine(py)
				.stack()
				.map((entry, depth) => {
					const line = entry.node ? (entry.module.source?.lineOf(entry.node.start) ?? 0) : 0;
					return py.call(cls, [py.call(frameOf, [depth]), entry.module.source?.path ?? '', line, entry.name, null, null]);
				}),
		);
	}),
	native('getattr_static', 'object, attr, default?', (py, [object, attr, fallback]) => {
		const name = textOf(attr) ?? '';
		const own =
			object instanceof PyClass
				? object.lookup(name)
				: ((object instanceof PyObject ? object.attrs?.get(name) : undefined) ?? py.typeOf(object).lookup(name));
		if (own !== undefined) return own;
		return fallback === undefined ? py.raise('AttributeError', name) : fallback;
	}),
];
const frameInfoKey = Symbol('inspect.FrameInfo');

export const inspect = nativeModule('inspect', [...names, ...signatureMembers], { partial: true });
