import { codeType } from '../../runtime/code-object';
import type { Interpreter } from '../../runtime/interpreter';
import { method, native, nativeModule, newType, staticMethod } from '../../runtime/native';
import {
	builtinFunctionType,
	cellType,
	coroutineType,
	ellipsisType,
	functionType,
	generatorType,
	genericAliasType,
	mappingProxyType,
	memberType,
	methodType,
	moduleType,
	noneType,
	notImplementedType,
	PyClass,
	PyDict,
	PyInstance,
	PyTuple,
	propertyType,
	unionType,
	type Value,
} from '../../values';
import { frameType } from './sys';

/** Keyword arguments as a map. */
export function named(keywords: PyDict): Map<string, Value> {
	const map = new Map<string, Value>();
	for (const { key, value } of keywords.entries()) if (typeof key === 'string') map.set(key, value);
	return map;
}

const simpleNamespace = newType('SimpleNamespace', 'types', [
	staticMethod(
		'__new__',
		'cls, *args, **keywords',
		(_py, [cls]) => new PyInstance(cls instanceof PyClass ? cls : simpleNamespace),
		{ acceptsUnknown: true },
	),
	method(
		'__init__',
		'self, mapping?, /, **keywords',
		(py, [self, mapping, keywords]) => {
			const entries = new PyDict();
			if (mapping instanceof PyDict) for (const { key, value } of mapping.entries()) entries.set(py, key, value);
			for (const { key, value } of keywords.entries()) entries.set(py, key, value);
			for (const [name, value] of named(entries)) py.setAttr(self, name, value);
			return null;
		},
		{ acceptsUnknown: true },
	),
	method('__eq__', 'self, other, /', (py, [self, other]) =>
		py.equals(py.getAttr(self, '__dict__'), py.findAttr(other, '__dict__') ?? null),
	),
	method('__repr__', 'self, /', (py, [self]) => {
		const fields = py.getAttr(self, '__dict__');
		return `namespace(${fields instanceof PyDict ? [...fields.entries()].map(({ key, value }) => `${String(key)}=${py.repr(value)}`).join(', ') : ''})`;
	}),
]);

/** A property that classes don't see (`enum` uses it). */
const dynamicClassAttribute = newType('DynamicClassAttribute', 'types', [], [propertyType]);

function newClass(py: Interpreter, name: Value, bases: Value, keywords: Value, body: Value): Value {
	const metaclass = keywords instanceof PyDict ? keywords.getStr('metaclass') : undefined;
	const namespace = new PyDict();
	if (body !== null) py.call(body, [namespace]);
	const extra = keywords instanceof PyDict ? named(keywords) : new Map<string, Value>();
	extra.delete('metaclass');
	const resolved = resolveBases(py, py.list(bases));
	const list = resolved.filter((base) => base instanceof PyClass);
	let winner: Value = metaclass ?? py.builtin('type');
	for (const base of list) if (winner instanceof PyClass && base.cls.derivesFrom(winner)) winner = base.cls;
	return py.call(winner, [name, new PyTuple(resolved), namespace], extra);
}

function resolveBases(py: Interpreter, bases: readonly Value[]): Value[] {
	return bases.flatMap((base) => {
		if (base instanceof PyClass) return [base];
		const entries = py.findAttr(base, '__mro_entries__');
		return entries === undefined ? [base] : py.list(py.call(entries, [new PyTuple(bases)]));
	});
}

export const types = nativeModule('types', [
	['FunctionType', functionType],
	['LambdaType', functionType],
	['BuiltinFunctionType', builtinFunctionType],
	['BuiltinMethodType', builtinFunctionType],
	['MethodType', methodType],
	['ModuleType', moduleType],
	['GeneratorType', generatorType],
	['CoroutineType', coroutineType],
	['AsyncGeneratorType', newType('async_generator', 'types', [])],
	['CodeType', codeType],
	['CellType', cellType],
	['NoneType', noneType],
	['EllipsisType', ellipsisType],
	['NotImplementedType', notImplementedType],
	['GenericAlias', genericAliasType],
	['UnionType', unionType],
	['MappingProxyType', mappingProxyType],
	['MemberDescriptorType', memberType],
	['GetSetDescriptorType', newType('getset_descriptor', 'types', [])],
	['WrapperDescriptorType', newType('wrapper_descriptor', 'types', [])],
	['MethodWrapperType', newType('method-wrapper', 'types', [])],
	['MethodDescriptorType', newType('method_descriptor', 'types', [])],
	['ClassMethodDescriptorType', newType('classmethod_descriptor', 'types', [])],
	['TracebackType', newType('traceback', 'types', [])],
	['FrameType', frameType],
	['SimpleNamespace', simpleNamespace],
	['DynamicClassAttribute', dynamicClassAttribute],
	native('new_class', 'name, bases=(), kwds=None, exec_body=None', (py, [name, bases, keywords, body]) =>
		newClass(py, name, bases, keywords, body),
	),
	native('resolve_bases', 'bases', (py, [bases]) => new PyTuple(resolveBases(py, py.list(bases)))),
	native('prepare_class', 'name, bases=(), kwds=None', (py) => new PyTuple([py.builtin('type'), new PyDict(), new PyDict()])),
	native('get_original_bases', 'cls, /', (py, [cls]) => py.findAttr(cls, '__orig_bases__') ?? py.getAttr(cls, '__bases__')),
	native('coroutine', 'func', (_py, [func]) => func),
]);
