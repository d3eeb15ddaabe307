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
	frozendictType,
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
import './bytes';
import './dict';
import './dict-views';
import './exceptions';
import './frozendict';
import { open } from './file';
import './complex';
import './float';
import { functions, memoryViewType } from './functions';
import './generic-alias';
import './int';
import { iteratorClasses } from './iterators';
import './list';
import { modelFunctions } from './model';
import './range';
import { sentinelType } from './sentinel';
import './set';
import './str';
import './template';
import './tuple';

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

function names(): Map<string, Value> {
	const table = new Map<string, Value>(exceptionTypes);
	for (const cls of [...types, ...more]) table.set(cls.name, cls);
	table.set('IOError', table.get('OSError') ?? null);
	table.set('EnvironmentError', table.get('OSError') ?? null);
	table.set('Ellipsis', ellipsis);
	table.set('NotImplemented', notImplemented);
	table.set('__debug__', true);
	for (const cls of [...iteratorClasses, memoryViewType]) table.set(cls.name, cls);
	for (const one of [...functions, ...modelFunctions, open]) table.set(one.name, one);
	return table;
}

const all: ReadonlyMap<string, Value> = names();

/** Those that came with 3.15. */
const since315: ReadonlyMap<string, Value> = new Map<string, Value>([
	[frozendictType.name, frozendictType],
	[sentinelType.name, sentinelType],
]);

/** What every module sees without an import. Each file of this folder adds its functions here and fills its type's shell. */
export function builtinsOf([major, minor]: readonly [number, number, ...number[]]): ReadonlyMap<string, Value> {
	return major > 3 || minor >= 15 ? new Map([...all, ...since315]) : all;
}
