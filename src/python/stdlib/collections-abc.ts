import { index } from '../builtins/arguments';
import { dictViewTypes } from '../builtins/dict-views';
import { genericAlias } from '../builtins/generic-alias';
import { sameOrEqual } from '../builtins/sequences';
import type { Interpreter } from '../runtime/interpreter';
import { classMethod, type Member, method, nativeModule } from '../runtime/native';
import {
	builtinFunctionType,
	bytearrayType,
	bytesType,
	coroutineType,
	dictType,
	frozendictType,
	frozensetType,
	functionType,
	generatorType,
	listType,
	mappingProxyType,
	methodType,
	notImplemented,
	PyBuiltin,
	type PyClass,
	PyDict,
	PyIterator,
	PySet,
	PyTuple,
	rangeType,
	setType,
	strType,
	tupleType,
	type Value,
} from '../values';
import { abstractClass, hasMethods } from './native-abc';

/** Native: isinstance against these is on many ways, and reading the source would make all of them with a metaclass. */

const module = 'collections.abc';
/** True of the built-in types and what derives from them. */
const anyOf =
	(...types: readonly PyClass[]) =>
	(cls: PyClass): boolean =>
		types.some((type) => cls.derivesFrom(type));

/** `Iterable[int]`. */
const subscript = classMethod('__class_getitem__', 'cls, item, /', (_, [cls, item]) => genericAlias(cls, item));

const iterable = abstractClass('Iterable', module, [subscript], undefined, hasMethods('__iter__'));
const iterator = abstractClass(
	'Iterator',
	module,
	[method('__iter__', 'self', (_, [self]) => self)],
	[iterable],
	hasMethods('__iter__', '__next__'),
);
const reversible = abstractClass('Reversible', module, [], [iterable], hasMethods('__reversed__', '__iter__'));
const generator = abstractClass('Generator', module, [], [iterator], anyOf(generatorType));
const sized = abstractClass('Sized', module, [subscript], undefined, hasMethods('__len__'));
const container = abstractClass('Container', module, [subscript], undefined, hasMethods('__contains__'));
const collection = abstractClass(
	'Collection',
	module,
	[],
	[sized, iterable, container],
	hasMethods('__len__', '__iter__', '__contains__'),
);
const hashable = abstractClass('Hashable', module, [subscript], undefined, hasMethods('__hash__'));
const callable = abstractClass('Callable', module, [subscript], undefined, (cls) =>
	anyOf(functionType, builtinFunctionType, methodType)(cls) ? true : hasMethods('__call__')(cls),
);
const awaitable = abstractClass(
	'Awaitable',
	module,
	[subscript],
	undefined,
	(cls) => cls.derivesFrom(coroutineType) || hasMethods('__await__')(cls),
);
const coroutine = abstractClass('Coroutine', module, [], [awaitable], anyOf(coroutineType));
const asyncIterable = abstractClass('AsyncIterable', module, [subscript], undefined, hasMethods('__aiter__'));
const asyncIterator = abstractClass('AsyncIterator', module, [], [asyncIterable], hasMethods('__anext__', '__aiter__'));
const asyncGenerator = abstractClass('AsyncGenerator', module, [], [asyncIterator]);
const buffer = abstractClass('Buffer', module, [subscript], undefined, anyOf(bytesType, bytearrayType));

function* sequenceItems(py: Interpreter, self: Value): Generator<Value> {
	for (let at = 0; ; at++) {
		try {
			yield py.getItem(self, at);
		} catch (error) {
			if (py.caught(error, 'IndexError')) return;
			throw error;
		}
	}
}

const sequence = abstractClass(
	'Sequence',
	module,
	[
		method('__iter__', 'self', (py, [self]) => new PyIterator(sequenceItems(py, self))),
		method('__contains__', 'self, value', (py, [self, value]) => {
			for (const item of py.iterate(self)) if (sameOrEqual(py, item, value)) return true;
			return false;
		}),
		method('__reversed__', 'self', (py, [self]) => new PyIterator([...py.iterate(self)].reverse().values())),
		method('index', 'self, value, start=0, stop=None', (py, [self, value, start]) => {
			const at = py.list(self).findIndex((item, place) => place >= index(py, start) && sameOrEqual(py, item, value));
			return at < 0 ? py.raise('ValueError') : at;
		}),
		method('count', 'self, value', (py, [self, value]) => py.list(self).filter((item) => sameOrEqual(py, item, value)).length),
	],
	[reversible, collection],
	anyOf(listType, tupleType, strType, rangeType, bytesType, bytearrayType),
);

const mutableSequence = abstractClass(
	'MutableSequence',
	module,
	[
		method('append', 'self, value', (py, [self, value]) => py.callMethod(self, 'insert', py.length(self), value)),
		method('extend', 'self, values', (py, [self, values]) => {
			for (const value of py.list(values)) py.callMethod(self, 'append', value);
			return null;
		}),
		method('clear', 'self', (py, [self]) => {
			while (py.length(self) > 0) py.callMethod(self, 'pop');
			return null;
		}),
		method('reverse', 'self', (py, [self]) => {
			py.list(self)
				.reverse()
				.forEach((value, at) => {
					py.setItem(self, at, value);
				});
			return null;
		}),
		method('pop', 'self, index=-1', (py, [self, at]) => {
			const value = py.getItem(self, at);
			py.delItem(self, at);
			return value;
		}),
		method('remove', 'self, value', (py, [self, value]) => {
			py.delItem(self, py.callMethod(self, 'index', value));
			return null;
		}),
		method('__iadd__', 'self, values', (py, [self, values]) => {
			py.callMethod(self, 'extend', values);
			return self;
		}),
	],
	[sequence],
	anyOf(listType, bytearrayType),
);

/** A method taken from a built-in type, working on a copy of a mapping or set written in Python. */
function lent(name: string, from: PyClass, copy: (py: Interpreter, self: Value) => Value): Member {
	return method(name, 'self, /, *args', (py, [self, args]) => {
		const found = from.dict.get(name);
		return found instanceof PyBuiltin ? py.call(found, [copy(py, self), ...args.items]) : null;
	});
}

function asDict(py: Interpreter, self: Value): PyDict {
	const dict = new PyDict();
	for (const key of py.list(self)) dict.set(py, key, py.getItem(self, key));
	return dict;
}

/** `self[key]`; undefined instead of KeyError. */
function found(py: Interpreter, self: Value, key: Value): Value | undefined {
	try {
		return py.getItem(self, key);
	} catch (error) {
		if (py.caught(error, 'KeyError')) return undefined;
		throw error;
	}
}

const mapping = abstractClass(
	'Mapping',
	module,
	[
		method('get', 'self, key, default=None', (py, [self, key, fallback]) => {
			const value = found(py, self, key);
			return value === undefined ? fallback : value;
		}),
		method('__contains__', 'self, key', (py, [self, key]) => found(py, self, key) !== undefined),
		lent('keys', dictType, asDict),
		lent('values', dictType, asDict),
		lent('items', dictType, asDict),
		method('__eq__', 'self, other', (py, [self, other]) =>
			py.isInstance(other, mapping) ? py.equals(asDict(py, self), asDict(py, other)) : notImplemented,
		),
		['__hash__', null],
	],
	[collection],
	anyOf(dictType, mappingProxyType, frozendictType),
);

const mutableMapping = abstractClass(
	'MutableMapping',
	module,
	[
		method('pop', 'self, key, default?', (py, [self, key, fallback]) => {
			const value = found(py, self, key);
			if (value === undefined) return fallback === undefined ? py.raise('KeyError', key) : fallback;
			py.delItem(self, key);
			return value;
		}),
		method('popitem', 'self', (py, [self]) => {
			const [key] = py.list(self);
			if (key === undefined) return py.raise('KeyError');
			const value = py.getItem(self, key);
			py.delItem(self, key);
			return new PyTuple([key, value]);
		}),
		method('clear', 'self', (py, [self]) => {
			for (const key of py.list(self)) py.delItem(self, key);
			return null;
		}),
		method('update', 'self, other=(), /, **kwargs', (py, [self, other, kwargs]) => {
			const added = new PyDict();
			py.callMethod(added, 'update', other);
			for (const { key, value } of [...added.entries(), ...kwargs.entries()]) py.setItem(self, key, value);
			return null;
		}),
		method('setdefault', 'self, key, default=None', (py, [self, key, fallback]) => {
			const value = found(py, self, key);
			if (value !== undefined) return value;
			py.setItem(self, key, fallback);
			return fallback;
		}),
	],
	[mapping],
	anyOf(dictType),
);

function asSet(py: Interpreter, self: Value): PySet {
	const set = new PySet();
	for (const value of py.iterate(self)) set.add(py, value);
	return set;
}

const setOperators = ['__and__', '__or__', '__sub__', '__xor__', '__le__', '__lt__', '__ge__', '__gt__', '__eq__', 'isdisjoint'];
const abstractSet = abstractClass(
	'Set',
	module,
	[
		...setOperators.map((name) =>
			method(name, 'self, other', (py, [self, other]) => {
				const result = py.call(setType.dict.get(name) ?? null, [asSet(py, self), asSet(py, other)]);
				if (!(result instanceof PySet)) return result;
				const make = py.findAttr(py.typeOf(self), '_from_iterable');
				return py.call(make ?? py.typeOf(self), [result]);
			}),
		),
		['__hash__', null],
	],
	[collection],
	(cls) => anyOf(setType, frozensetType)(cls) || cls === dictViewTypes.keys || cls === dictViewTypes.items,
);

const mutableSet = abstractClass(
	'MutableSet',
	module,
	[
		method('remove', 'self, value', (py, [self, value]) =>
			py.contains(self, value) ? py.callMethod(self, 'discard', value) : py.raise('KeyError', value),
		),
		method('pop', 'self', (py, [self]) => {
			const [value] = py.list(self);
			if (value === undefined) return py.raise('KeyError');
			py.callMethod(self, 'discard', value);
			return value;
		}),
		method('clear', 'self', (py, [self]) => {
			for (const value of py.list(self)) py.callMethod(self, 'discard', value);
			return null;
		}),
		method('__ior__', 'self, other', (py, [self, other]) => {
			for (const value of py.list(other)) py.callMethod(self, 'add', value);
			return self;
		}),
		method('__isub__', 'self, other', (py, [self, other]) => {
			for (const value of py.list(other)) py.callMethod(self, 'discard', value);
			return self;
		}),
	],
	[abstractSet],
	anyOf(setType),
);

const viewBase = abstractClass('MappingView', module, [], [sized], (cls) => Object.values(dictViewTypes).includes(cls));
/** `KeysView(mapping)`: for mappings written in Python. */
function view(name: string, kind: 'keys' | 'values' | 'items', bases: readonly PyClass[]): PyClass {
	const over = (py: Interpreter, self: Value): Value => py.getAttr(self, '_mapping');
	const entryOf = (py: Interpreter, self: Value, key: Value): Value => {
		if (kind === 'keys') return key;
		const value = py.getItem(over(py, self), key);
		return kind === 'values' ? value : new PyTuple([key, value]);
	};
	return abstractClass(
		name,
		module,
		[
			method('__init__', 'self, mapping', (py, [self, mapping]) => {
				py.setAttr(self, '_mapping', mapping);
				return null;
			}),
			method('__len__', 'self', (py, [self]) => py.length(over(py, self))),
			method('__iter__', 'self', (py, [self]) => py.iterator(py.list(over(py, self)).map((key) => entryOf(py, self, key)))),
			method('__contains__', 'self, value', (py, [self, value]) =>
				kind === 'keys' ? py.contains(over(py, self), value) : py.list(self).some((item) => sameOrEqual(py, item, value)),
			),
		],
		bases,
		(cls) => cls === dictViewTypes[kind],
	);
}
const views = [
	view('KeysView', 'keys', [viewBase, abstractSet]),
	view('ItemsView', 'items', [viewBase, abstractSet]),
	view('ValuesView', 'values', [viewBase, collection]),
];

const classes = [
	iterable,
	iterator,
	reversible,
	generator,
	sized,
	container,
	collection,
	hashable,
	callable,
	awaitable,
	coroutine,
	asyncIterable,
	asyncIterator,
	asyncGenerator,
	buffer,
	sequence,
	mutableSequence,
	mapping,
	mutableMapping,
	abstractSet,
	mutableSet,
	viewBase,
	...views,
	abstractClass('ByteString', module, [], [sequence], anyOf(bytesType, bytearrayType)),
];

const members = classes.map((cls) => [cls.name, cls] as const);
export const collectionsAbc = nativeModule('collections.abc', members);
export const privateCollectionsAbc = nativeModule('_collections_abc', members);
