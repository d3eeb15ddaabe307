import { integerOf } from '../builtins/arguments';
import { and, or } from '../builtins/integer';
import type { Interpreter } from '../runtime/interpreter';
import {
	int,
	intOf,
	objectType,
	PyBuiltin,
	PyClass,
	PyDict,
	PyFunction,
	PyInstance,
	PyList,
	PyObject,
	PyProperty,
	PyTuple,
	textOf,
	typeType,
	unwrap,
	type Value,
} from '../values';

/** What an enumeration class knows beside its attributes. Keyed by the class, so that it lives as long. */
export interface EnumData {
	/** All names, aliases too, in order of definition. */
	readonly byName: Map<string, PyInstance>;
	/** Names without aliases. */
	readonly names: string[];
	/** Members by their value; unhashable values are compared one by one. */
	readonly members: PyInstance[];
	/** The type mixed in (`str`, `int`); undefined for plain ones. */
	readonly mixed: PyClass | undefined;
	readonly isFlag: boolean;
}

const enums = new WeakMap<PyClass, EnumData>();

/** Undefined for `Enum` itself and whatever is no enumeration. */
export function enumData(cls: Value): EnumData | undefined {
	return cls instanceof PyClass ? enums.get(cls) : undefined;
}

/** What `auto()` leaves in the namespace until the class is made. */
export class PyAuto extends PyObject {
	value: Value | undefined;
}

/** `member(f)` and `nonmember(x)`. */
export class PyMarked extends PyObject {
	constructor(
		readonly value: Value,
		readonly isMember: boolean,
		cls: PyClass,
	) {
		super(cls);
	}
}

/** The namespace of an enumeration's body: notes which names are members. */
export class EnumDict extends PyDict {
	readonly memberNames: string[] = [];
	ignored = new Set<string>();
	/** Of a base class or this body. */
	generate: Value | undefined;
	private autoCalled = false;
	constructor(
		private readonly py: Interpreter,
		readonly name: string,
		cls: PyClass,
	) {
		super(cls);
	}
	override setKey(hash: Parameters<PyDict['setKey']>[0], key: Value, value: Value): void {
		super.setKey(hash, key, typeof hash === 'string' ? this.noted(hash, value) : value);
	}
	private noted(name: string, value: Value): Value {
		if (name === '_ignore_') {
			const list = textOf(value)?.replaceAll(',', ' ').split(/\s+/) ?? this.py.list(value).map((one) => textOf(one) ?? '');
			this.ignored = new Set(list);
			return value;
		}
		if (name === '_generate_next_value_') {
			if (this.autoCalled) this.py.raise('TypeError', '_generate_next_value_ must be defined before members');
			this.generate = value;
			return value;
		}
		if (this.memberNames.includes(name) || !this.isMember(name, value)) return value instanceof PyMarked ? value.value : value;
		const own = value instanceof PyMarked ? value.value : value;
		const resolved = this.resolve(name, own);
		this.memberNames.push(name);
		return resolved;
	}
	private isMember(name: string, value: Value): boolean {
		if (/^__.*__$/.test(name) || /^_[^_].*_$/.test(name) || this.ignored.has(name)) return false;
		if (name.startsWith(`_${this.name.replace(/^_+/, '')}__`)) return false;
		if (value instanceof PyMarked) return value.isMember;
		return !isDescriptor(this.py, value);
	}
	private resolve(name: string, value: Value): Value {
		if (value instanceof PyAuto) return this.automatic(name, value);
		if (value instanceof PyTuple && value.items.some((item) => item instanceof PyAuto))
			return new PyTuple(value.items.map((item) => (item instanceof PyAuto ? this.automatic(name, item) : item)));
		return value;
	}
	private automatic(name: string, auto: PyAuto): Value {
		this.autoCalled = true;
		if (auto.value === undefined) auto.value = this.next(name);
		return auto.value;
	}
	private next(name: string): Value {
		const last = this.memberNames.map((one) => this.getStr(one) ?? null);
		const plain = last.map((value) => (value instanceof PyTuple ? (value.items[0] ?? null) : value));
		const args = [name, 1, plain.length, new PyList(plain)];
		if (this.generate === undefined) return plain.length + 1;
		const func =
			this.generate instanceof PyObject && !(this.generate instanceof PyFunction || this.generate instanceof PyBuiltin)
				? this.py.findAttr(this.generate, '__func__')
				: undefined;
		return this.py.call(func ?? this.generate, args);
	}
}

function isDescriptor(py: Interpreter, value: Value): boolean {
	if (!(value instanceof PyObject)) return false;
	if (value instanceof PyFunction || value instanceof PyBuiltin || value instanceof PyProperty) return true;
	if (value instanceof PyClass) return false;
	const { cls } = value;
	return (
		['__get__', '__set__', '__delete__'].some((name) => cls.lookup(name) !== undefined) ||
		py.special(value, '__get__') !== undefined ||
		cls.name === 'classmethod' ||
		cls.name === 'staticmethod'
	);
}

/** The type among the bases whose values the members are. */
function mixedType(bases: readonly PyClass[], enumBase: PyClass): PyClass | undefined {
	for (const base of bases) {
		for (const cls of base.mro) {
			if (cls.derivesFrom(enumBase) || cls.name === 'object') continue;
			const known = enums.get(base)?.mixed;
			if (known) return known;
			if (cls.immutable && cls.dict.has('__new__')) return cls;
			if (!cls.immutable && cls.dict.has('__new__') && !base.derivesFrom(enumBase)) return base;
		}
	}
	return undefined;
}

/** Turns the namespace's members into instances of the finished class. `generic` makes the class itself, as `type.__new__` does. */
export function makeEnum(
	py: Interpreter,
	metaclass: Value,
	name: string,
	bases: readonly PyClass[],
	namespace: PyDict,
	keywords: ReadonlyMap<string, Value>,
	roots: { readonly base: PyClass; readonly flag: PyClass },
): PyClass {
	const memberNames = namespace instanceof EnumDict ? namespace.memberNames : [];
	const values = new Map(memberNames.map((one) => [one, namespace.getStr(one) ?? null] as const));
	const rest = new PyDict();
	for (const { key, value } of namespace.entries())
		if (
			typeof key === 'string' &&
			!values.has(key) &&
			key !== '_ignore_' &&
			!(namespace instanceof EnumDict && namespace.ignored.has(key))
		)
			rest.setStr(key, value);
	for (const base of bases)
		if (enumData(base)?.members.length) py.raise('TypeError', `<enum '${name}'> cannot extend ${py.repr(base)}`);
	const cls = py.call(typeType.dict.get('__new__') ?? null, [metaclass, name, new PyTuple(bases), rest], keywords);
	if (!(cls instanceof PyClass)) return py.raise('TypeError', `can't make the enumeration ${name}`);
	const data: EnumData = {
		byName: new Map(),
		names: [],
		members: [],
		mixed: mixedType(bases, roots.base),
		isFlag: cls.derivesFrom(roots.flag),
	};
	enums.set(cls, data);
	showAsEnum(cls, bases, data.mixed, rest);
	const maker = rest.getStr('__new__') ?? inheritedMaker(cls, roots.base);
	for (const [one, value] of values) addMember(py, cls, data, one, value, maker, roots.base);
	return cls;
}

/** With a type mixed in, members still show as members, not as its values (`EnumType.__new__`, 3.11 and later). */
function showAsEnum(cls: PyClass, bases: readonly PyClass[], mixed: PyClass | undefined, namespace: PyDict): void {
	const first = bases.at(-1);
	if (!mixed || !first) return;
	for (const name of ['__repr__', '__str__', '__format__', '__reduce_ex__']) {
		if (namespace.getStr(name) !== undefined) continue;
		const found = cls.lookup(name);
		const own = first.lookup(name);
		if (own !== undefined && (found === mixed.lookup(name) || found === objectType.dict.get(name))) cls.setOwn(name, own);
	}
}

/** A `__new__` written in Python by a base class. */
function inheritedMaker(cls: PyClass, enumBase: PyClass): Value | undefined {
	for (const one of cls.mro) {
		if (one === enumBase || one.immutable) continue;
		const own = one.dict.get('__new__');
		if (own !== undefined) return own;
	}
	return undefined;
}

function addMember(
	py: Interpreter,
	cls: PyClass,
	data: EnumData,
	name: string,
	value: Value,
	maker: Value | undefined,
	enumBase: PyClass,
): void {
	const args = value instanceof PyTuple ? value.items : [value];
	const made = maker !== undefined ? py.call(unwrapped(py, maker), [cls, ...args]) : mixedInstance(py, cls, data, value, args);
	if (!(made instanceof PyInstance)) {
		cls.setOwn(name, made);
		return;
	}
	made.attrs ??= new Map();
	if (!made.attrs.has('_value_')) made.attrs.set('_value_', data.mixed && maker === undefined ? (made.payload ?? value) : value);
	const actual = made.attrs.get('_value_') ?? null;
	const alias = data.members.find((other) => py.equals(other.attrs?.get('_value_') ?? null, actual));
	if (alias) {
		data.byName.set(name, alias);
		cls.setOwn(name, alias);
		return;
	}
	made.attrs.set('_name_', name);
	made.attrs.set('__objclass__', cls);
	made.attrs.set('_sort_order_', data.members.length);
	const init = cls.lookup('__init__');
	if (init instanceof PyFunction || (init !== undefined && init !== enumBase.lookup('__init__') && !(init instanceof PyBuiltin)))
		py.call(init, [made, ...args]);
	data.byName.set(name, made);
	data.members.push(made);
	const single = !data.isFlag || isSingleBit(actual);
	if (single) data.names.push(name);
	cls.setOwn(name, made);
}

function unwrapped(py: Interpreter, maker: Value): Value {
	return py.typeOf(maker).name === 'staticmethod' ? py.getAttr(maker, '__func__') : maker;
}

function mixedInstance(py: Interpreter, cls: PyClass, data: EnumData, value: Value, args: readonly Value[]): Value {
	if (!data.mixed) return new PyInstance(cls);
	const make = data.mixed.lookup('__new__');
	const payload = make === undefined ? value : py.call(py.getAttr(data.mixed, '__new__'), [data.mixed, ...args]);
	const raw = unwrap(payload);
	if (typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'bigint') return new PyInstance(cls, raw);
	const plain = new PyInstance(cls);
	plain.attrs = new Map([['_value_', value]]);
	return plain;
}

export function isSingleBit(value: Value): boolean {
	const number = intOf(value);
	return number !== undefined && number > 0 && (number & (number - 1)) === 0;
}

/** The member with that value: existing, made from flags, or what `_missing_` gives. */
export function memberOf(py: Interpreter, cls: PyClass, value: Value): Value {
	const data = enums.get(cls);
	if (!data) return py.raise('TypeError', `<enum '${cls.name}'> has no members`);
	if (value instanceof PyInstance && value.cls === cls) return value;
	const found = data.members.find((member) => py.equals(member.attrs?.get('_value_') ?? null, value));
	if (found) return found;
	const hook = py.findAttr(cls, '_missing_');
	const missing = hook === undefined ? null : py.call(hook, [value]);
	if (missing !== null) return missing;
	const composed = data.isFlag ? composite(py, cls, data, value) : undefined;
	return composed ?? py.raise('ValueError', `${py.repr(value)} is not a valid ${cls.qualname}`);
}

/** A combination of flags: made once for each value. */
function composite(py: Interpreter, cls: PyClass, data: EnumData, value: Value): Value | undefined {
	const number = integerOf(value);
	if (number === undefined) return undefined;
	const all = data.members.reduce<number | bigint>(
		(bits, member) => or(bits, integerOf(member.attrs?.get('_value_') ?? 0) ?? 0),
		0,
	);
	const positive = number < 0 ? and(number, all) : number;
	if (and(positive, all) !== positive && !data.mixed) return undefined;
	const made = new PyInstance(cls, data.mixed ? int(positive) : undefined);
	const parts = data.members.filter((member) => {
		const bits = integerOf(member.attrs?.get('_value_') ?? 0) ?? 0;
		return bits !== 0 && isSingleBit(bits) && and(bits, positive) === bits;
	});
	made.attrs = new Map<string, Value>([
		['_value_', positive],
		['_name_', parts.length > 0 ? parts.map((part) => py.str(part.attrs?.get('_name_') ?? null)).join('|') : null],
	]);
	data.members.push(made);
	return made;
}
