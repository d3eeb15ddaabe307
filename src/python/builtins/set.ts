import type { Interpreter } from '../runtime/interpreter';
import { classMethod, defineType, method, staticMethod } from '../runtime/native';
import {
	frozensetType,
	hashKey,
	notImplemented,
	type PyBuiltin,
	PyClass,
	PyIterator,
	PySet,
	PyUnknown,
	setType,
	type Value,
	wrote,
} from '../values';
import { typeName } from './arguments';
import { PyDictView } from './dict-views';
import { genericAlias } from './generic-alias';
import { hashNumber } from './hash-number';
import { guarded } from './sequences';

function own(py: Interpreter, self: Value): PySet {
	return self instanceof PySet
		? self
		: py.raise('TypeError', `descriptor requires a 'set' object but received a '${typeName(py, self)}'`);
}

/** Any iterable as a set, for membership. */
function asSet(py: Interpreter, value: Value): PySet {
	if (value instanceof PySet) return value;
	const set = new PySet();
	fill(py, set, py.iterate(value));
	return set;
}

function fill(py: Interpreter, set: PySet, values: Iterable<Value>): void {
	for (const value of values) {
		if (value instanceof PyUnknown) py.problem(`an item of a set is unknown: ${value.reason}`);
		else set.add(py, value);
		py.budget.items(set.size);
	}
}

/** A set of the plain type that `like` is of. */
function make(py: Interpreter, like: PySet, values: Iterable<Value>): PySet {
	const set = new PySet(like.frozen ? frozensetType : setType);
	fill(py, set, values);
	return set;
}

function replaceAll(py: Interpreter, set: PySet, values: readonly Value[]): void {
	wrote(set);
	set.map.clear();
	fill(py, set, values);
}

type Combine = (py: Interpreter, a: PySet, b: PySet) => Value[];
const union: Combine = (_, a, b) => [...a.values(), ...b.values()];
/** Of equal elements that of the smaller set is kept, of `b` where they are of one size (CPython, setobject.c). */
const intersection: Combine = (py, a, b) => {
	const shared = [...a.map].filter(([, value]) => b.has(py, value));
	return shared.map(([key, value]) => (b.size <= a.size ? (b.map.get(key) ?? null) : value));
};
const difference: Combine = (py, a, b) => [...a.values()].filter((value) => !b.has(py, value));
const symmetric: Combine = (py, a, b) => [...difference(py, a, b), ...difference(py, b, a)];

/** The named method over any iterables, and the operator over sets only. */
function combining(name: string, operator: string, combine: Combine): PyBuiltin[] {
	return [
		method(name, 'self, /, *others', (py, [self, others]) => {
			const set = own(py, self);
			let result = make(py, set, set.values());
			for (const other of others.items) result = make(py, set, combine(py, result, asSet(py, other)));
			return result;
		}),
		method(`__${operator}__`, 'self, value, /', (py, [self, other]) =>
			other instanceof PySet || other instanceof PyDictView
				? make(py, own(py, self), combine(py, own(py, self), asSet(py, other)))
				: notImplemented,
		),
		method(`__r${operator}__`, 'self, value, /', (py, [self, other]) =>
			other instanceof PySet || other instanceof PyDictView
				? make(py, own(py, self), combine(py, asSet(py, other), own(py, self)))
				: notImplemented,
		),
	];
}

function changing(name: string, operator: string, combine: Combine): PyBuiltin[] {
	return [
		method(
			name,
			'self, /, *others',
			(py, [self, others]) => {
				const set = own(py, self);
				for (const other of others.items) replaceAll(py, set, combine(py, set, asSet(py, other)));
				return null;
			},
			{ acceptsUnknown: true },
		),
		method(`__i${operator}__`, 'self, value, /', (py, [self, other]) => {
			if (!(other instanceof PySet || other instanceof PyDictView)) return notImplemented;
			replaceAll(py, own(py, self), combine(py, own(py, self), asSet(py, other)));
			return self;
		}),
	];
}

function subset(py: Interpreter, a: PySet, b: PySet): boolean {
	for (const value of a.values()) if (!b.has(py, value)) return false;
	return true;
}

function compared(name: string, holds: (py: Interpreter, a: PySet, b: PySet) => boolean): PyBuiltin {
	return method(name, 'self, value, /', (py, [self, other]) =>
		other instanceof PySet || other instanceof PyDictView ? holds(py, own(py, self), asSet(py, other)) : notImplemented,
	);
}

const shared = [
	...combining('union', 'or', union),
	...combining('intersection', 'and', intersection),
	...combining('difference', 'sub', difference),
	...combining('symmetric_difference', 'xor', symmetric),
	method('isdisjoint', 'self, other, /', (py, [self, other]) => intersection(py, own(py, self), asSet(py, other)).length === 0),
	method('issubset', 'self, other, /', (py, [self, other]) => subset(py, own(py, self), asSet(py, other))),
	method('issuperset', 'self, other, /', (py, [self, other]) => subset(py, asSet(py, other), own(py, self))),
	compared('__eq__', (py, a, b) => a.size === b.size && subset(py, a, b)),
	compared('__ne__', (py, a, b) => a.size !== b.size || !subset(py, a, b)),
	compared('__le__', (py, a, b) => subset(py, a, b)),
	compared('__lt__', (py, a, b) => a.size < b.size && subset(py, a, b)),
	compared('__ge__', (py, a, b) => subset(py, b, a)),
	compared('__gt__', (py, a, b) => a.size > b.size && subset(py, b, a)),
	method('copy', 'self, /', (py, [self]) => make(py, own(py, self), own(py, self).values())),
	method('__len__', 'self, /', (py, [self]) => own(py, self).size),
	method('__iter__', 'self, /', (py, [self]) => {
		const set = own(py, self);
		return new PyIterator(watched(py, set), 'set_iterator');
	}),
	method('__contains__', 'self, value, /', (py, [self, value]) => own(py, self).has(py, value)),
	method('__repr__', 'self, /', (py, [self]) => {
		const set = own(py, self);
		const name = set.cls.name;
		if (set.size === 0) return `${name}()`;
		const show = (): string => {
			const items = `{${Array.from(set.values(), (value) => py.repr(value)).join(', ')}}`;
			return set.cls === setType ? items : `${name}(${items})`;
		};
		return guarded(py, set, show, `${name}(...)`);
	}),
	classMethod('__class_getitem__', 'cls, item, /', (_, [cls, item]) => genericAlias(cls, item)),
];

function* watched(py: Interpreter, set: PySet): Generator<Value> {
	const { size } = set;
	for (const value of set.values()) {
		if (set.size !== size) py.raise('RuntimeError', 'Set changed size during iteration');
		yield value;
	}
}

defineType(setType, [
	...shared,
	staticMethod('__new__', 'cls, /, *args, **kwargs', (_, [cls]) => new PySet(cls instanceof PyClass ? cls : setType), {
		acceptsUnknown: true,
	}),
	method(
		'__init__',
		'self, iterable=(), /',
		(py, [self, iterable]) => {
			replaceAll(py, own(py, self), py.list(iterable));
			return null;
		},
		{ acceptsUnknown: true },
	),
	...changing('update', 'or', union),
	...changing('intersection_update', 'and', intersection),
	...changing('difference_update', 'sub', difference),
	...changing('symmetric_difference_update', 'xor', symmetric),
	method('add', 'self, object, /', (py, [self, value]) => {
		const set = own(py, self);
		set.add(py, value);
		py.budget.items(set.size);
		return null;
	}),
	method('discard', 'self, object, /', (py, [self, value]) => {
		own(py, self).delete(py, value);
		return null;
	}),
	method('remove', 'self, object, /', (py, [self, value]) =>
		own(py, self).delete(py, value) ? null : py.raise('KeyError', value),
	),
	method('pop', 'self, /', (py, [self]) => {
		const set = own(py, self);
		for (const value of set.values()) {
			set.delete(py, value);
			return value;
		}
		return py.raise('KeyError', 'pop from an empty set');
	}),
	method('clear', 'self, /', (py, [self]) => {
		const set = own(py, self);
		wrote(set);
		set.map.clear();
		return null;
	}),
	['__hash__', null],
]);

defineType(frozensetType, [
	...shared,
	staticMethod(
		'__new__',
		'cls, iterable=(), /',
		(py, [cls, iterable]) => {
			if (cls === frozensetType && iterable instanceof PySet && iterable.cls === frozensetType) return iterable;
			const set = new PySet(cls instanceof PyClass ? cls : frozensetType);
			fill(py, set, py.iterate(iterable));
			return set;
		},
		{ acceptsUnknown: true },
	),
	method('__hash__', 'self, /', (py, [self]) => hashNumber(hashKey(py, own(py, self)))),
]);
