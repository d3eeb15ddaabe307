import type { Interpreter } from '../runtime/interpreter';
import { defineType, getter, method, newType, staticMethod } from '../runtime/native';
import {
	dictType,
	mappingProxyType,
	notImplemented,
	type PyClass,
	PyDict,
	PyIterator,
	PyObject,
	PySet,
	PyTuple,
	type Value,
} from '../values';
import { typeName } from './arguments';
import { guarded, sameOrEqual } from './sequences';

type Kind = 'keys' | 'values' | 'items';

/** `d.keys()`, `d.values()`, `d.items()`: live. */
export class PyDictView extends PyObject {
	constructor(
		readonly dict: PyDict,
		readonly kind: Kind,
	) {
		super(viewTypes[kind]);
	}
	/** In order; raises RuntimeError when entries come or go meanwhile. */
	*values(py: Interpreter): Generator<Value> {
		const { size, watchesSize } = this.dict;
		for (const entry of this.dict.entries()) {
			if (watchesSize && this.dict.size !== size) py.raise('RuntimeError', 'dictionary changed size during iteration');
			yield this.kind === 'keys' ? entry.key : this.kind === 'values' ? entry.value : new PyTuple([entry.key, entry.value]);
		}
		if (watchesSize && this.dict.size !== size) py.raise('RuntimeError', 'dictionary changed size during iteration');
	}
	has(py: Interpreter, value: Value): boolean {
		if (this.kind === 'keys') return this.dict.has(py, value);
		if (this.kind === 'items') {
			if (!(value instanceof PyTuple) || value.items.length !== 2) return false;
			const found = this.dict.get(py, value.items[0] ?? null);
			return found !== undefined && sameOrEqual(py, found, value.items[1] ?? null);
		}
		for (const one of this.dict.values()) if (sameOrEqual(py, one, value)) return true;
		return false;
	}
}

function own(py: Interpreter, self: Value): PyDictView {
	return self instanceof PyDictView ? self : py.raise('TypeError', `expected a dict view, got '${typeName(py, self)}'`);
}

function setOf(py: Interpreter, values: Iterable<Value>): PySet {
	const set = new PySet();
	for (const value of values) set.add(py, value);
	return set;
}

type Combine = (a: PySet, b: PySet, py: Interpreter) => Iterable<Value>;
const combinations: Readonly<Record<string, Combine>> = {
	and: (a, b, py) => [...a.values()].filter((value) => b.has(py, value)),
	or: (a, b) => [...a.values(), ...b.values()],
	sub: (a, b, py) => [...a.values()].filter((value) => !b.has(py, value)),
	xor: (a, b, py) => [
		...[...a.values()].filter((value) => !b.has(py, value)),
		...[...b.values()].filter((value) => !a.has(py, value)),
	],
};

function setLike(): ReturnType<typeof method>[] {
	const compared = (name: string, holds: (a: PySet, b: PySet, inCommon: number) => boolean) =>
		method(name, 'self, other, /', (py, [self, other]) => {
			if (!(other instanceof PySet || other instanceof PyDictView)) return notImplemented;
			const [a, b] = [setOf(py, own(py, self).values(py)), setOf(py, py.iterate(other))];
			return holds(a, b, [...a.values()].filter((value) => b.has(py, value)).length);
		});
	return [
		...Object.entries(combinations).flatMap(([name, combine]) => [
			method(`__${name}__`, 'self, other, /', (py, [self, other]) =>
				setOf(py, combine(setOf(py, own(py, self).values(py)), setOf(py, py.iterate(other)), py)),
			),
			method(`__r${name}__`, 'self, other, /', (py, [self, other]) =>
				setOf(py, combine(setOf(py, py.iterate(other)), setOf(py, own(py, self).values(py)), py)),
			),
		]),
		method('isdisjoint', 'self, other, /', (py, [self, other]) => {
			for (const value of py.iterate(other)) if (own(py, self).has(py, value)) return false;
			return true;
		}),
		compared('__eq__', (a, b, common) => a.size === b.size && common === a.size),
		compared('__ne__', (a, b, common) => a.size !== b.size || common !== a.size),
		compared('__le__', (a, _, common) => common === a.size),
		compared('__lt__', (a, b, common) => common === a.size && a.size < b.size),
		compared('__ge__', (_, b, common) => common === b.size),
		compared('__gt__', (a, b, common) => common === b.size && a.size > b.size),
	];
}

function viewType(kind: Kind): PyClass {
	return newType(`dict_${kind}`, 'builtins', [
		method('__len__', 'self, /', (py, [self]) => own(py, self).dict.size),
		method('__iter__', 'self, /', (py, [self]) => new PyIterator(own(py, self).values(py), `dict_${kind.slice(0, -1)}iterator`)),
		method(
			'__reversed__',
			'self, /',
			(py, [self]) => new PyIterator([...own(py, self).values(py)].reverse().values(), 'reversed'),
		),
		method('__contains__', 'self, value, /', (py, [self, value]) => own(py, self).has(py, value)),
		method('__repr__', 'self, /', (py, [self]) => {
			const view = own(py, self);
			return `dict_${kind}([${Array.from(view.values(py), (value) => py.repr(value)).join(', ')}])`;
		}),
		getter('mapping', (py, self) => new PyMappingProxy(own(py, self).dict)),
		...(kind === 'values' ? [] : [...setLike(), ['__hash__', null] as const]),
	]);
}

const viewTypes: Readonly<Record<Kind, PyClass>> = {
	keys: viewType('keys'),
	values: viewType('values'),
	items: viewType('items'),
};

/** The types, for `types` and `collections.abc`. */
export const dictViewTypes = viewTypes;

/** A read-only view: `types.MappingProxyType(d)`. */
export class PyMappingProxy extends PyObject {
	constructor(readonly mapping: PyDict) {
		super(mappingProxyType);
	}
}

/** The dict behind: that of a `MappingProxyType(d)`, or a class's `__dict__`, which is a view of its own. */
function behind(py: Interpreter, self: Value): PyDict {
	if (self instanceof PyMappingProxy) return self.mapping;
	return self instanceof PyDict ? self : py.raise('TypeError', `expected a mappingproxy, got '${typeName(py, self)}'`);
}

const readers = [
	'get',
	'keys',
	'values',
	'items',
	'copy',
	'__len__',
	'__iter__',
	'__getitem__',
	'__contains__',
	'__reversed__',
	'__or__',
];

defineType(mappingProxyType, [
	staticMethod('__new__', 'cls, mapping, /', (py, [, mapping]) => {
		if (mapping instanceof PyDict) return new PyMappingProxy(mapping);
		return mapping instanceof PyMappingProxy
			? mapping
			: py.raise('TypeError', `mappingproxy() argument must be a mapping, not ${typeName(py, mapping)}`);
	}),
	...readers.map((name) =>
		method(name, 'self, /, *args', (py, [self, args]) => {
			const dict = behind(py, self);
			const reader = dict.cls === mappingProxyType ? dictType.dict.get(name) : dict.cls.lookup(name);
			return py.call(reader ?? null, [dict, ...args.items]);
		}),
	),
	method('__eq__', 'self, other, /', (py, [self, other]) =>
		py.equals(behind(py, self), other instanceof PyMappingProxy ? other.mapping : other),
	),
	['__hash__', null],
	method('__repr__', 'self, /', (py, [self]) => {
		const dict = behind(py, self);
		return guarded(py, dict, () => `mappingproxy(${py.str(py.call(dictType.dict.get('__repr__') ?? null, [dict]))})`, '{...}');
	}),
]);
