import { text } from '../builtins/arguments';
import type { Interpreter } from '../runtime/interpreter';
import { type Member, method, native, nativeModule, newType, PyNative, staticMethod } from '../runtime/native';
import type { BinaryOperator, CompareOperator } from '../syntax/ast';
import { type PyBuiltin, type PyClass, PyTuple, type Value } from '../values';

/** Native: the fast part is written in C, and the Python one would be read for single functions. */

const binaries: Readonly<Record<string, BinaryOperator>> = {
	add: '+',
	concat: '+',
	sub: '-',
	mul: '*',
	truediv: '/',
	floordiv: '//',
	mod: '%',
	pow: '**',
	matmul: '@',
	lshift: '<<',
	rshift: '>>',
	or_: '|',
	and_: '&',
	xor: '^',
};
const inPlace: Readonly<Record<string, BinaryOperator>> = {
	iadd: '+',
	iconcat: '+',
	isub: '-',
	imul: '*',
	itruediv: '/',
	ifloordiv: '//',
	imod: '%',
	ipow: '**',
	ilshift: '<<',
	irshift: '>>',
	ior: '|',
	iand: '&',
	ixor: '^',
};
const comparisons: Readonly<Record<string, CompareOperator>> = { eq: '==', ne: '!=', lt: '<', le: '<=', gt: '>', ge: '>=' };

/** `a.b.c` of an object. */
function dotted(py: Interpreter, object: Value, path: string): Value {
	return path.split('.').reduce((value: Value, name) => py.getAttr(value, name), object);
}

function oneOrAll(values: readonly Value[]): Value {
	return values.length === 1 ? (values[0] ?? null) : new PyTuple(values);
}

type Call = (py: Interpreter, object: Value) => Value;

/** `itemgetter` and its like: objects that are called with one argument. */
function getterClass(
	name: string,
	signature: string,
	make: (py: Interpreter, args: readonly Value[], keywords: ReadonlyMap<string, Value>) => Call,
): PyClass {
	const cls: PyClass = newType(name, 'operator', [
		staticMethod('__new__', `cls, ${signature}, /, *args, **kwargs`, (py, values) => {
			const [, first, args, kwargs] = values as readonly [
				Value,
				Value,
				PyTuple,
				{ entries(): Iterable<{ key: Value; value: Value }> },
			];
			const keywords = new Map(Array.from(kwargs.entries(), ({ key, value }) => [String(key), value] as const));
			return new PyNative<Call>(cls, make(py, [first, ...args.items], keywords));
		}),
		method('__call__', 'self, obj, /', (py, [self, object]) =>
			self instanceof PyNative ? (self.data as Call)(py, object) : null,
		),
	]);
	return cls;
}

const itemgetter = getterClass(
	'itemgetter',
	'item',
	(_, keys) => (py, object) => oneOrAll(keys.map((key) => py.getItem(object, key))),
);
const attrgetter = getterClass('attrgetter', 'attr', (py, names) => {
	const paths = names.map((name) => text(py, name, 'attribute name'));
	return (inner, object) => oneOrAll(paths.map((path) => dotted(inner, object, path)));
});
const methodcaller = getterClass('methodcaller', 'name', (py, [name, ...args], keywords) => {
	const called = text(py, name, 'method name');
	return (inner, object) => inner.call(inner.getAttr(object, called), args, keywords);
});

function unary(name: string, special: string) {
	return native(name, 'a, /', (py, [a]) => {
		const found = py.special(a, special);
		return found === undefined ? py.raise('TypeError', `bad operand type for ${name}: '${py.typeOf(a).name}'`) : py.call(found);
	});
}

/** The method that augmented assignment tries first. */
function assigned(py: Interpreter, name: string, op: BinaryOperator, a: Value, b: Value): Value {
	const special = py.special(a, `__${name}__`);
	return special === undefined ? py.binary(op, a, b) : py.call(special, [b]);
}

/** `operator.__add__` and its like: the functions by the names of the methods they stand for. */
function dunders(members: readonly PyBuiltin[]): Member[] {
	const plain = members.flatMap((one): Member[] => [[`__${one.name.replace(/_$/, '')}__`, one]]);
	return [...members, ...plain];
}

export const operator = nativeModule('operator', [
	...dunders(Object.entries(binaries).map(([name, op]) => native(name, 'a, b, /', (py, [a, b]) => py.binary(op, a, b)))),
	...Object.entries(inPlace).map(([name, op]) =>
		native(name, 'a, b, /', (py, [a, b]) => assigned(py, name === 'iconcat' ? 'iadd' : name, op, a, b)),
	),
	...dunders(Object.entries(comparisons).map(([name, op]) => native(name, 'a, b, /', (py, [a, b]) => py.compare(op, a, b)))),
	native('is_', 'a, b, /', (py, [a, b]) => py.same(a, b)),
	native('is_not', 'a, b, /', (py, [a, b]) => !py.same(a, b)),
	native('not_', 'a, /', (py, [a]) => !py.truth(a)),
	native('truth', 'a, /', (py, [a]) => py.truth(a)),
	native('contains', 'a, b, /', (py, [a, b]) => py.contains(a, b)),
	native('getitem', 'a, b, /', (py, [a, b]) => py.getItem(a, b)),
	native('setitem', 'a, b, c, /', (py, [a, b, c]) => {
		py.setItem(a, b, c);
		return null;
	}),
	native('delitem', 'a, b, /', (py, [a, b]) => {
		py.delItem(a, b);
		return null;
	}),
	native('countOf', 'a, b, /', (py, [a, b]) => py.list(a).filter((item) => py.equals(item, b)).length),
	native('indexOf', 'a, b, /', (py, [a, b]) => {
		const at = py.list(a).findIndex((item) => py.equals(item, b));
		return at < 0 ? py.raise('ValueError', 'sequence.index(x): x not in sequence') : at;
	}),
	native('length_hint', 'obj, default=0, /', (py, [object, fallback]) =>
		py.special(object, '__len__') === undefined ? fallback : py.length(object),
	),
	native('call', 'obj, /, *args, **kwargs', (py, [object, args, kwargs]) =>
		py.call(object, args.items, new Map(Array.from(kwargs.entries(), ({ key, value }) => [String(key), value]))),
	),
	unary('neg', '__neg__'),
	unary('pos', '__pos__'),
	unary('abs', '__abs__'),
	unary('inv', '__invert__'),
	unary('invert', '__invert__'),
	unary('index', '__index__'),
	['itemgetter', itemgetter],
	['attrgetter', attrgetter],
	['methodcaller', methodcaller],
]);
