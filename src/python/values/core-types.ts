import { PyClass } from './class';

/**
 * The built-in types that values and the evaluator need by name. They are shells here: `src/python/builtins/<type>.ts`
 * fills in their members. More built-in types are made by `newType` (`native.ts`) where they are implemented.
 */
function shell(name: string, ...bases: PyClass[]): PyClass {
	const cls = new PyClass(name, 'builtins', bases, new Map(), typeType);
	cls.mro = [cls, ...(bases[0]?.mro ?? [])];
	cls.immutable = true;
	return cls;
}

export const typeType: PyClass = new PyClass('type', 'builtins', [], new Map(), undefined as never);
typeType.cls = typeType;
typeType.immutable = true;
export const objectType = shell('object');
typeType.bases = [objectType];
typeType.mro = [typeType, objectType];

export const noneType = shell('NoneType', objectType);
export const intType = shell('int', objectType);
export const boolType = shell('bool', intType);
export const floatType = shell('float', objectType);
export const complexType = shell('complex', objectType);
export const strType = shell('str', objectType);
export const bytesType = shell('bytes', objectType);
export const bytearrayType = shell('bytearray', objectType);
export const listType = shell('list', objectType);
export const tupleType = shell('tuple', objectType);
export const dictType = shell('dict', objectType);
export const frozendictType = shell('frozendict', objectType);
export const setType = shell('set', objectType);
export const frozensetType = shell('frozenset', objectType);
export const rangeType = shell('range', objectType);
export const sliceType = shell('slice', objectType);
export const ellipsisType = shell('ellipsis', objectType);
export const notImplementedType = shell('NotImplementedType', objectType);
export const functionType = shell('function', objectType);
export const builtinFunctionType = shell('builtin_function_or_method', objectType);
export const methodType = shell('method', objectType);
export const moduleType = shell('module', objectType);
export const propertyType = shell('property', objectType);
export const classmethodType = shell('classmethod', objectType);
export const staticmethodType = shell('staticmethod', objectType);
export const superType = shell('super', objectType);
export const generatorType = shell('generator', objectType);
export const coroutineType = shell('coroutine', objectType);
/** Of every iterator that natives make (`list_iterator`, `map`, `zip` …). */
export const iteratorType = shell('iterator', objectType);
export const cellType = shell('cell', objectType);
export const memberType = shell('member_descriptor', objectType);
/** `list[int]`, `dict[str, int]`. */
export const genericAliasType = shell('GenericAlias', objectType);
export const mappingProxyType = shell('mappingproxy', objectType);
export const unionType = shell('UnionType', objectType);
export const templateType = shell('Template', objectType);
export const interpolationType = shell('Interpolation', objectType);
for (const cls of [templateType, interpolationType]) cls.moduleName = 'string.templatelib';
for (const cls of [functionType, builtinFunctionType, methodType, moduleType, generatorType, coroutineType])
	cls.moduleName = 'builtins';
for (const cls of [genericAliasType, mappingProxyType, unionType, cellType, memberType]) cls.moduleName = 'types';
/** What a `PyUnknown` is said to be an instance of. */
export const unknownType = shell('Unknown', objectType);
