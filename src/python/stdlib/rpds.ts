import type { Interpreter } from '../runtime/interpreter';
import { classMethod, type Member, method, type NativeModule, nativeModule, newType, staticMethod } from '../runtime/native';
import { PyClass, PyInstance, PyList, PyObject, PyTuple, type Value } from '../values';

/**
 * `rpds`, the persistent maps, sets and lists in which jsonschema (through referencing) keeps its registries. It is compiled; each of
 * its collections is a plain one here, copied where one is added to.
 */

/** The plain collection behind one of rpds. */
const held = new WeakMap<PyObject, Value>();
const unwrapped = (value: Value): Value => (value instanceof PyObject ? (held.get(value) ?? value) : value);

function plain(py: Interpreter, self: Value): Value {
	const value = self instanceof PyObject ? held.get(self) : undefined;
	return value ?? py.unknown('a collection of rpds');
}

/** Another of the same class. */
function holding(self: Value, value: Value): Value {
	const cls = self instanceof PyClass ? self : self instanceof PyObject ? self.cls : undefined;
	if (!cls) return value;
	const made = new PyInstance(cls);
	held.set(made, value);
	return made;
}

/** A method of the plain collection. */
const same = (name: string, of = name): Member =>
	method(name, 'self, *args', (py, [self, args]) => py.callMethod(plain(py, self), of, ...args.items.map(unwrapped)));

/** What a method of the plain collection makes of a copy. */
const changing = (name: string, by: string): Member =>
	method(name, 'self, *args', (py, [self, args]) => {
		const copy = py.callMethod(plain(py, self), 'copy');
		py.callMethod(copy, by, ...args.items.map(unwrapped));
		return holding(self, copy);
	});

/** `builtin`: what an instance is made with. */
const making = (builtin: string): Member =>
	staticMethod('__new__', 'cls, *args, **kwargs', (py, [cls, args, kwargs]) => {
		const made = py.call(py.builtin(builtin), args.items.map(unwrapped));
		if (builtin === 'dict') py.callMethod(made, 'update', kwargs);
		return holding(cls, made);
	});
const nothing = method('__init__', 'self, *args, **kwargs', () => null);
const common: readonly Member[] = [nothing, same('__iter__'), same('__len__'), same('__contains__'), same('__eq__')];
const convert = classMethod('convert', 'cls, value', (py, [cls, value]) =>
	value instanceof PyObject && cls instanceof PyClass && value.cls.derivesFrom(cls) ? value : py.call(cls, [value]),
);

const map = newType('HashTrieMap', 'rpds', [
	making('dict'),
	...common,
	convert,
	...['get', 'keys', 'values', 'items', '__getitem__'].map((name) => same(name)),
	changing('insert', '__setitem__'),
	changing('update', 'update'),
	changing('remove', '__delitem__'),
	changing('discard', 'pop'),
	classMethod('fromkeys', 'cls, keys, value=None', (py, [cls, keys, value]) =>
		holding(cls, py.callMethod(py.builtin('dict'), 'fromkeys', keys, value)),
	),
]);

const set = newType('HashTrieSet', 'rpds', [
	making('set'),
	...common,
	changing('insert', 'add'),
	changing('update', 'update'),
	changing('remove', 'remove'),
	changing('discard', 'discard'),
	changing('union', 'update'),
]);

const items = (py: Interpreter, self: Value): readonly Value[] => py.list(plain(py, self));
const list = newType('List', 'rpds', [
	staticMethod('__new__', 'cls, *args', (py, [cls, args]) => {
		const [only] = args.items;
		return holding(cls, new PyList(args.items.length === 1 && only !== undefined ? py.list(unwrapped(only)) : [...args.items]));
	}),
	...common,
	method('push_front', 'self, value', (py, [self, value]) => holding(self, new PyList([value, ...items(py, self)]))),
	method('drop_first', 'self', (py, [self]) => holding(self, new PyList(items(py, self).slice(1)))),
	method('__reversed__', 'self', (py, [self]) => py.call(py.builtin('iter'), [new PyTuple([...items(py, self)].reverse())])),
	method('__hash__', 'self', (py, [self]) => py.call(py.builtin('hash'), [new PyTuple([...items(py, self)])])),
]);

export const rpds: NativeModule = nativeModule(
	'rpds',
	[
		['HashTrieMap', map],
		['HashTrieSet', set],
		['List', list],
	],
	{
		whereInstalled: true,
		open: true,
	},
);
