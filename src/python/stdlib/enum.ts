import { integerOf, text, typeName } from '../builtins/arguments';
import { PyMappingProxy } from '../builtins/dict-views';
import { add, and, or, subtract, xor } from '../builtins/integer';
import type { Interpreter } from '../runtime/interpreter';
import { classMethod, getter, method, native, nativeModule, newType, staticMethod } from '../runtime/native';
import {
	dictType,
	intType,
	notImplemented,
	PyClass,
	PyDict,
	PyInstance,
	PyIterator,
	PyList,
	PyObject,
	PyTuple,
	propertyType,
	strType,
	textOf,
	typeType,
	type Value,
} from '../values';
import { EnumDict, enumData, isSingleBit, makeEnum, memberOf, PyAuto, PyMarked } from './enum-class';
import { keywordMap } from './keywords';

/** Native: the metaclass is deep, and every choice of every model would run through it. */

function own(py: Interpreter, self: Value): PyInstance {
	return self instanceof PyInstance ? self : py.raise('TypeError', 'expected an enumeration member');
}

const rawValue = (self: Value): Value =>
	self instanceof PyInstance ? (self.attrs?.get('_value_') ?? self.payload ?? null) : self;
const nameOf = (self: Value): Value => (self instanceof PyInstance ? (self.attrs?.get('_name_') ?? null) : null);

/** Members without aliases; of a flag, those of one bit. */
function membersOf(cls: Value): readonly PyInstance[] {
	const data = enumData(cls);
	if (!data) return [];
	return data.names.flatMap((name) => data.byName.get(name) ?? []);
}

/** `Color('Color', 'RED GREEN')`: an enumeration from names, pairs or a dict. */
function functional(
	py: Interpreter,
	cls: PyClass,
	name: string,
	names: Value,
	moduleName: Value,
	mixin: Value,
	start: Value,
): Value {
	const listed =
		textOf(names)?.replaceAll(',', ' ').split(/\s+/).filter(Boolean) ??
		(names instanceof PyDict ? [...names.entries()].map(({ key, value }) => new PyTuple([key, value])) : py.list(names));
	const bases = mixin instanceof PyClass ? [mixin, cls] : [cls];
	const namespace = py.call(py.getAttr(cls.cls, '__prepare__'), [name, new PyTuple(bases)]);
	let next = Number(integerOf(start) ?? 1);
	for (const one of listed) {
		const pair = textOf(one) === undefined ? py.list(one) : undefined;
		const value = pair
			? (pair[1] ?? null)
			: enumData(cls)?.isFlag
				? 2 ** (next - 1)
				: cls.derivesFrom(strEnum)
					? String(one).toLowerCase()
					: next;
		next++;
		py.setItem(namespace, pair ? (pair[0] ?? null) : one, value);
	}
	py.setItem(namespace, '__module__', moduleName ?? py.stack()[0]?.module.name ?? null);
	return py.call(cls.cls, [name, new PyTuple(bases), namespace]);
}

const enumDictType = newType(
	'EnumDict',
	'enum',
	[getter('_member_names', (_, self) => new PyList(self instanceof EnumDict ? [...self.memberNames] : []))],
	[dictType],
);

const enumMeta: PyClass = newType(
	'EnumType',
	'enum',
	[
		classMethod('__prepare__', 'metacls, cls, bases, /, **kwds', (py, [, name, bases]) => {
			const dict = new EnumDict(py, textOf(name) ?? '', enumDictType);
			for (const base of py.list(bases)) dict.generate ??= py.findAttr(base, '_generate_next_value_');
			return dict;
		}),
		staticMethod(
			'__new__',
			'metacls, cls, bases, classdict, /, *, boundary=None, _simple=False, **kwds',
			(py, [metaclass, name, bases, namespace, , , kwds]) => {
				if (!(namespace instanceof PyDict)) return py.raise('TypeError', 'expected a namespace');
				const classes = py.list(bases).filter((base) => base instanceof PyClass);
				return makeEnum(py, metaclass, text(py, name), classes, namespace, keywordMap(kwds), { base: enumBase, flag: flagBase });
			},
			{ acceptsUnknown: true },
		),
		method('__init__', 'cls, *args, **kwds', () => null, { acceptsUnknown: true }),
		method(
			'__call__',
			'cls, value, names?, /, *values, module=None, qualname=None, type=None, start=1, boundary=None',
			(py, [cls, value, names, values, moduleName, , mixin, start]) => {
				if (!(cls instanceof PyClass)) return null;
				if (values.items.length > 0) return memberOf(py, cls, new PyTuple([value, names ?? null, ...values.items]));
				if (names === undefined) return memberOf(py, cls, value);
				return membersOf(cls).length > 0
					? memberOf(py, cls, new PyTuple([value, names]))
					: functional(py, cls, text(py, value), names, moduleName, mixin, start);
			},
		),
		method('__iter__', 'cls', (_, [cls]) => new PyIterator(membersOf(cls).values(), 'generator')),
		method('__reversed__', 'cls', (_, [cls]) => new PyIterator([...membersOf(cls)].reverse().values(), 'generator')),
		method('__len__', 'cls', (_, [cls]) => membersOf(cls).length),
		method('__bool__', 'cls', () => true),
		method('__contains__', 'cls, value', (py, [cls, value]) => {
			if (value instanceof PyInstance && value.cls === cls) return true;
			if (py.version[0] === 3 && py.version[1] < 12)
				return value instanceof PyObject
					? false
					: py.raise(
							'TypeError',
							`unsupported operand type(s) for 'in': '${typeName(py, value)}' and '${cls instanceof PyClass ? cls.cls.name : ''}'`,
						);
			return membersOf(cls).some((member) => py.equals(rawValue(member), value));
		}),
		method(
			'__getitem__',
			'cls, name',
			(py, [cls, name]) => enumData(cls)?.byName.get(textOf(name) ?? '') ?? py.raise('KeyError', name),
		),
		getter('__members__', (py, cls) => {
			const dict = new PyDict();
			for (const [name, member] of enumData(cls)?.byName ?? []) dict.set(py, name, member);
			return new PyMappingProxy(dict);
		}),
		getter('_member_map_', (py, cls) => {
			const dict = new PyDict();
			for (const [name, member] of enumData(cls)?.byName ?? []) dict.set(py, name, member);
			return dict;
		}),
		getter('_member_names_', (_, cls) => new PyList([...(enumData(cls)?.names ?? [])])),
		getter('_member_type_', (py, cls) => enumData(cls)?.mixed ?? py.builtin('object')),
		getter('_value2member_map_', (py, cls) => {
			const dict = new PyDict();
			for (const member of membersOf(cls)) dict.set(py, rawValue(member), member);
			return dict;
		}),
		method(
			'__dir__',
			'cls',
			(_, [cls]) => new PyList(['__class__', '__doc__', '__members__', '__module__', ...(enumData(cls)?.names ?? [])]),
		),
		method('__repr__', 'cls', (_, [cls]) =>
			cls instanceof PyClass ? `<${enumData(cls)?.isFlag ? 'flag' : 'enum'} '${cls.name}'>` : '',
		),
	],
	[typeType],
);

/** `__str__` and `__format__` of IntEnum, IntFlag and StrEnum are those of the mixed-in type since 3.11. */
const likeValue = [
	method('__str__', 'self', (py, [self]) =>
		py.version[1] >= 11 ? py.str(rawValue(self)) : `${own(py, self).cls.name}.${py.str(nameOf(self))}`,
	),
	method('__format__', 'self, format_spec', (py, [self, spec]) => py.format(rawValue(self), text(py, spec))),
];

function enumClass(name: string, members: Parameters<typeof newType>[2], bases?: readonly PyClass[]): PyClass {
	const cls = newType(name, 'enum', members, bases);
	cls.cls = enumMeta;
	return cls;
}

export const enumBase: PyClass = enumClass('Enum', [
	staticMethod('__new__', 'cls, value', (py, [cls, value]) => (cls instanceof PyClass ? memberOf(py, cls, value) : null)),
	getter('value', (_, self) => rawValue(self)),
	getter('name', (_, self) => nameOf(self)),
	classMethod('_missing_', 'cls, value', () => null),
	staticMethod('_generate_next_value_', 'name, start, count, last_values', (py, [, start, , last]) => {
		const numbers = py.list(last).flatMap((value) => integerOf(value) ?? []);
		return numbers.length === 0
			? start
			: add(
					numbers.reduce((a, b) => (b > a ? b : a)),
					1,
				);
	}),
	method('__repr__', 'self', (py, [self]) => `<${own(py, self).cls.name}.${py.str(nameOf(self))}: ${py.repr(rawValue(self))}>`),
	method('__str__', 'self', (py, [self]) => `${own(py, self).cls.name}.${py.str(nameOf(self))}`),
	method('__format__', 'self, format_spec', (py, [self, spec]) => py.format(py.str(self), text(py, spec))),
	method('__hash__', 'self', (py, [self]) => py.call(py.builtin('hash'), [nameOf(self)])),
	method('__reduce_ex__', 'self, proto', (_, [self, proto]) => new PyTuple([self, proto])),
	method('__copy__', 'self', (_, [self]) => self),
	method('__deepcopy__', 'self, memo', (_, [self]) => self),
]);

function bitwise(name: string, combine: (a: number | bigint, b: number | bigint) => number | bigint) {
	return [`__${name}__`, `__r${name}__`].map((dunder) =>
		method(dunder, 'self, other', (py, [self, other]) => {
			const [a, b] = [integerOf(rawValue(self)), integerOf(rawValue(other))];
			if (a === undefined || b === undefined) return notImplemented;
			return memberOf(py, flagClass(py, self), combine(a, b));
		}),
	);
}

function flagClass(py: Interpreter, self: Value): PyClass {
	return self instanceof PyInstance ? self.cls : py.raise('TypeError', 'expected a flag');
}

function bitsOf(py: Interpreter, self: Value): readonly PyInstance[] {
	const all = integerOf(rawValue(self)) ?? 0;
	return membersOf(own(py, self).cls).filter((member) => {
		const bits = integerOf(rawValue(member)) ?? 0;
		return isSingleBit(bits) && and(bits, all) === bits;
	});
}

/** Their classes are mixed with int or str, whose `__repr__` would come first. */
const shown = ['__repr__', '__copy__', '__deepcopy__'].map((name) => [name, enumBase.dict.get(name) ?? null] as const);

const flagMembers = [
	...bitwise('or', or),
	...bitwise('and', and),
	...bitwise('xor', xor),
	method('__invert__', 'self', (py, [self]) => {
		const cls = flagClass(py, self);
		const all = membersOf(cls).reduce<number | bigint>((bits, member) => or(bits, integerOf(rawValue(member)) ?? 0), 0);
		return memberOf(py, cls, and(all, subtract(-1, integerOf(rawValue(self)) ?? 0)));
	}),
	method('__contains__', 'self, other', (_, [self, other]) => {
		const [a, b] = [integerOf(rawValue(self)) ?? 0, integerOf(rawValue(other)) ?? 0];
		return and(a, b) === b;
	}),
	method('__iter__', 'self', (py, [self]) => new PyIterator(bitsOf(py, self).values())),
	method('__len__', 'self', (py, [self]) => bitsOf(py, self).length),
	method('__bool__', 'self', (_, [self]) => rawValue(self) !== 0),
	staticMethod('_generate_next_value_', 'name, start, count, last_values', (py, [, start, , last]) => {
		const numbers = py.list(last).flatMap((value) => integerOf(value) ?? []);
		if (numbers.length === 0) return start === null ? 1 : start;
		const highest = numbers.reduce((a, b) => (b > a ? b : a));
		return 2 ** BigInt(highest).toString(2).length;
	}),
];

const flagBase: PyClass = enumClass('Flag', flagMembers, [enumBase]);
const reprEnum = enumClass('ReprEnum', likeValue, [enumBase]);
const intEnum = enumClass('IntEnum', [...likeValue, ...shown], [intType, reprEnum]);
const strEnum: PyClass = enumClass(
	'StrEnum',
	[
		...likeValue,
		...shown,
		staticMethod('_generate_next_value_', 'name, start, count, last_values', (py, [name]) => text(py, name).toLowerCase()),
	],
	[strType, reprEnum],
);
const intFlag = enumClass('IntFlag', [...likeValue, ...shown, ...flagMembers], [intType, flagBase]);

const autoType = newType('auto', 'enum', [
	staticMethod('__new__', 'cls, value?', (_, [, value]) => {
		const auto = new PyAuto(autoType);
		auto.value = value;
		return auto;
	}),
]);

function markerType(name: string, isMember: boolean): PyClass {
	const cls: PyClass = newType(name, 'enum', [
		staticMethod('__new__', 'cls, value', (_, [, value]) => new PyMarked(value, isMember, cls)),
	]);
	return cls;
}

export const enumModule = nativeModule('enum', [
	['Enum', enumBase],
	['EnumMeta', enumMeta],
	['EnumType', enumMeta],
	['EnumDict', enumDictType],
	['_EnumDict', enumDictType],
	['IntEnum', intEnum],
	['StrEnum', strEnum],
	['ReprEnum', reprEnum],
	['Flag', flagBase],
	['IntFlag', intFlag],
	['auto', autoType],
	['member', markerType('member', true)],
	['nonmember', markerType('nonmember', false)],
	['property', propertyType],
	['STRICT', 'strict'],
	['CONFORM', 'conform'],
	['EJECT', 'eject'],
	['KEEP', 'keep'],
	['UNIQUE', 'unique'],
	['CONTINUOUS', 'continuous'],
	['NAMED_FLAGS', 'named_flags'],
	native('unique', 'enumeration', (py, [cls]) => {
		const data = enumData(cls);
		const aliases = [...(data?.byName ?? [])].filter(([name, member]) => member.attrs?.get('_name_') !== name);
		if (aliases.length > 0) {
			const shown = aliases.map(([name, member]) => `${name} -> ${py.str(nameOf(member))}`).join(', ');
			py.raise('ValueError', `duplicate values found in ${py.repr(cls)}: ${shown}`);
		}
		return cls;
	}),
	native('verify', '*checks', () => native('verify', 'cls', (_, [cls]) => cls)),
	native('global_enum', 'cls, update_str=False', (_, [cls]) => cls),
	native('show_flag_values', 'value', (_, [value]) => new PyList([value])),
	native('_simple_enum', 'etype?, *, boundary=None, use_args=None', (_, [base]) =>
		native('convert_class', 'cls', (py, [cls]) => fromPlainClass(py, cls, base instanceof PyClass ? base : enumBase)),
	),
]);

/** `@_simple_enum(IntEnum)`: a plain class's names become members. */
function fromPlainClass(py: Interpreter, cls: Value, base: PyClass): Value {
	if (!(cls instanceof PyClass)) return cls;
	const namespace = py.call(py.getAttr(base.cls, '__prepare__'), [cls.name, new PyTuple([base])]);
	for (const [name, value] of cls.dict) if (name !== '__dict__' && name !== '__weakref__') py.setItem(namespace, name, value);
	return py.call(base.cls, [cls.name, new PyTuple([base]), namespace]);
}
