import type { Interpreter } from '../runtime/interpreter';
import { classMethod, defineType, getter, method, staticMethod } from '../runtime/native';
import {
	genericAliasType,
	noneType,
	notImplemented,
	PyClass,
	PyList,
	PyObject,
	PyTuple,
	readName,
	unionType,
	type Value,
} from '../values';

/** `list[int]`: called and looked up like its origin; carries its arguments. */
class PyGenericAlias extends PyObject {
	constructor(
		readonly origin: Value,
		readonly args: PyTuple,
		cls: PyClass = genericAliasType,
	) {
		super(cls);
	}
}

/** `int | str`; `args` are its members, flat and each once, None as its type. */
export class PyUnion extends PyObject {
	constructor(readonly args: readonly Value[]) {
		super(unionType);
	}
}

/** `left | right` of types; NotImplemented where one of them is none. Follows CPython 3.13's `_Py_union_type_or`. */
export function unionOf(py: Interpreter, left: Value, right: Value): Value {
	const members: Value[] = [];
	for (const one of [left, right]) {
		if (!(one === null || one instanceof PyClass || one instanceof PyGenericAlias || one instanceof PyUnion))
			return notImplemented;
		for (const member of one instanceof PyUnion ? one.args : [one === null ? noneType : one]) {
			py.budget.work(members.length);
			if (!members.some((known) => py.equals(known, member))) members.push(member);
		}
	}
	const [only] = members;
	return members.length === 1 && only !== undefined ? only : new PyUnion(members);
}

/** `Union[left, right]`, where `typing.Union` is the type of `left | right`, since 3.14: a text becomes a reference. */
function unionOfItems(py: Interpreter, item: Value): Value {
	const members: Value[] = [];
	for (const one of item instanceof PyTuple ? item.items : [item]) {
		const reference = typeof one === 'string' ? py.call(py.getAttr(py.importModule('typing'), 'ForwardRef'), [one]) : one;
		for (const member of reference instanceof PyUnion ? reference.args : [reference === null ? noneType : reference])
			if (!members.some((known) => py.equals(known, member))) members.push(member);
	}
	const [only] = members;
	if (only === undefined) return py.raise('TypeError', 'Cannot take a Union of no types.');
	return members.length === 1 ? only : new PyUnion(members);
}

export function genericAlias(origin: Value, item: Value): PyGenericAlias {
	const args = item instanceof PyTuple ? item.items : [item];
	const [parameters, result] = args;
	// `collections.abc.Callable[[A, B], R]` keeps its arguments flat.
	const flat = origin instanceof PyClass && origin.name === 'Callable' && parameters instanceof PyList && result !== undefined;
	return new PyGenericAlias(origin, new PyTuple(flat ? [...parameters.items, result] : args));
}

/** The type variables of such arguments, in their order. */
function parameters(py: Interpreter, args: readonly Value[]): PyTuple {
	const found: Value[] = [];
	for (const arg of args) {
		if (arg instanceof PyClass) continue;
		const inner = py.findAttr(arg, '__parameters__');
		if (py.special(arg, '__typing_subst__') !== undefined) found.push(arg);
		else if (inner instanceof PyTuple) found.push(...inner.items);
	}
	return new PyTuple(found.filter((one, index) => found.indexOf(one) === index));
}

/** The arguments with what `item` names in the place of their type variables. */
function substituted(py: Interpreter, args: readonly Value[], item: Value): Value[] {
	const variables = parameters(py, args).items;
	const given = item instanceof PyTuple ? item.items : [item];
	if (variables.length !== given.length)
		py.raise('TypeError', `Too ${given.length < variables.length ? 'few' : 'many'} arguments`);
	const meant = (variable: Value): Value => given[variables.indexOf(variable)] ?? null;
	return args.map((arg) => {
		if (variables.includes(arg)) return meant(arg);
		const inner = arg instanceof PyClass ? [] : parameters(py, [arg]).items;
		return inner.length > 0 ? py.getItem(arg, new PyTuple(inner.map(meant))) : arg;
	});
}

defineType(genericAliasType, [
	staticMethod('__new__', 'cls, origin, args', (_, [, origin, args]) => genericAlias(origin, args)),
	method('__init__', 'self, origin, args', () => null),
	getter('__origin__', (_, self) => (self instanceof PyGenericAlias ? self.origin : null)),
	getter('__args__', (_, self) => (self instanceof PyGenericAlias ? self.args : new PyTuple([]))),
	getter('__parameters__', (py, self) => parameters(py, self instanceof PyGenericAlias ? self.args.items : [])),
	getter('__unpacked__', () => false),
	getter('__typing_unpacked_tuple_args__', () => null),
	method('__mro_entries__', 'self, bases, /', (_, [self]) => new PyTuple(self instanceof PyGenericAlias ? [self.origin] : [])),
	method('__call__', 'self, /, *args, **kwargs', (py, [self, args, kwargs]) =>
		self instanceof PyGenericAlias
			? py.call(self.origin, args.items, new Map([...kwargs.entries()].map(({ key, value }) => [String(key), value])))
			: null,
	),
	method('__getattr__', 'self, name, /', (py, [self, name]) =>
		self instanceof PyGenericAlias && typeof name === 'string' && !name.startsWith('__')
			? py.getAttr(self.origin, name)
			: py.raise('AttributeError', `'types.GenericAlias' object has no attribute '${String(name)}'`),
	),
	method('__getitem__', 'self, item, /', (py, [self, item]) =>
		self instanceof PyGenericAlias
			? new PyGenericAlias(self.origin, new PyTuple(substituted(py, self.args.items, item)), self.cls)
			: self,
	),
	method('__or__', 'self, other, /', (py, [self, other]) => unionOf(py, self, other)),
	method('__ror__', 'self, other, /', (py, [self, other]) => unionOf(py, other, self)),
	method('__eq__', 'self, other, /', (py, [self, other]) =>
		self instanceof PyGenericAlias && other instanceof PyGenericAlias
			? py.equals(self.origin, other.origin) && py.equals(self.args, other.args)
			: false,
	),
	method('__hash__', 'self, /', (py, [self]) => (self instanceof PyGenericAlias ? py.call(py.builtin('hash'), [self.args]) : 0)),
	method('__repr__', 'self, /', (py, [self]) => {
		if (!(self instanceof PyGenericAlias)) return '';
		return `${typeText(py.repr(self.origin), self.origin)}[${self.args.items.map((arg) => typeText(py.repr(arg), arg)).join(', ')}]`;
	}),
]);

function typeText(repr: string, value: Value): string {
	if (value === noneType) return 'None';
	if (!(value instanceof PyClass)) return repr;
	return value.moduleName === 'builtins' ? value.qualname : readName(value).fullName;
}

defineType(unionType, [
	method('__getitem__', 'self, item, /', (py, [self, item]) =>
		self instanceof PyUnion ? substituted(py, self.args, item).reduce((left, right) => py.binary('|', left, right)) : self,
	),
	classMethod('__class_getitem__', 'cls, item, /', (py, [, item]) =>
		py.version[1] < 14 ? py.raise('TypeError', "type 'types.UnionType' is not subscriptable") : unionOfItems(py, item),
	),
	getter('__origin__', (py) =>
		py.version[1] < 14 ? py.raise('AttributeError', "'types.UnionType' object has no attribute '__origin__'") : unionType,
	),
	getter('__args__', (_, self) => new PyTuple(self instanceof PyUnion ? self.args : [])),
	getter('__parameters__', (py, self) => parameters(py, self instanceof PyUnion ? self.args : [])),
	method('__or__', 'self, other, /', (py, [self, other]) => unionOf(py, self, other)),
	method('__ror__', 'self, other, /', (py, [self, other]) => unionOf(py, other, self)),
	method('__instancecheck__', 'self, instance, /', (py, [self, instance]) =>
		self instanceof PyUnion ? self.args.some((arg) => py.isInstance(instance, arg)) : false,
	),
	method('__subclasscheck__', 'self, cls, /', (py, [self, cls]) =>
		self instanceof PyUnion && cls instanceof PyClass ? self.args.some((arg) => py.isSubclass(cls, arg)) : false,
	),
	method('__eq__', 'self, other, /', (py, [self, other]) =>
		self instanceof PyUnion && other instanceof PyUnion
			? self.args.length === other.args.length && self.args.every((arg) => other.args.some((one) => py.equals(arg, one)))
			: notImplemented,
	),
	method('__hash__', 'self, /', (py, [self]) =>
		py.call(py.builtin('hash'), [py.call(py.builtin('frozenset'), [new PyTuple(self instanceof PyUnion ? self.args : [])])]),
	),
	method('__repr__', 'self, /', (py, [self]) =>
		self instanceof PyUnion ? self.args.map((arg) => typeText(py.repr(arg), arg)).join(' | ') : '',
	),
]);
