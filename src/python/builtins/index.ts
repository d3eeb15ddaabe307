import {
	boolType,
	bytearrayType,
	bytesType,
	classmethodType,
	complexType,
	dictType,
	ellipsis,
	exceptionTypes,
	floatType,
	frozensetType,
	intType,
	listType,
	notImplemented,
	objectType,
	propertyType,
	rangeType,
	setType,
	sliceType,
	staticmethodType,
	strType,
	superType,
	tupleType,
	typeType,
	type Value,
} from '../values';

const types = [
	boolType,
	bytearrayType,
	bytesType,
	classmethodType,
	complexType,
	dictType,
	floatType,
	frozensetType,
	intType,
	listType,
	objectType,
];
const more = [propertyType, rangeType, setType, sliceType, staticmethodType, strType, superType, tupleType, typeType];

/** The names of `builtins` before any function is added. */
function names(): Map<string, Value> {
	const table = new Map<string, Value>(exceptionTypes);
	for (const cls of [...types, ...more]) table.set(cls.name, cls);
	table.set('IOError', table.get('OSError') ?? null);
	table.set('EnvironmentError', table.get('OSError') ?? null);
	table.set('Ellipsis', ellipsis);
	table.set('NotImplemented', notImplemented);
	table.set('__debug__', true);
	return table;
}

/** What every module sees without an import. Each file of this folder adds its functions here and fills its type's shell. */
export const builtins: ReadonlyMap<string, Value> = names();
