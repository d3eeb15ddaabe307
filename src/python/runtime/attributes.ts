import {
	baseExceptionType,
	LazyBinding,
	PyBoundMethod,
	PyBuiltin,
	PyClass,
	PyClassMethod,
	PyFunction,
	PyMember,
	PyModule,
	PyObject,
	PyProperty,
	PyStaticMethod,
	PySuper,
	PyUnknown,
	typeType,
	type Value,
	wrote,
} from '../values';
import { annotationsOfModule, defersAnnotations } from './annotations';
import { classIntrinsic, instanceIntrinsic, isWritableIntrinsic, writeIntrinsic } from './intrinsics';
import type { Machine } from './machine';
import { PyNative } from './native';

/**
 * Attribute access as `object.__getattribute__`, `type.__getattribute__` and `super` do it: data descriptors of the type,
 * the instance's own attributes, other attributes of the type (bound), `__getattr__`.
 */

/** The attribute; undefined when there is none. What a property or `__getattr__` raises passes. */
export function lookupAttr(py: Machine, object: Value, name: string): Value | undefined {
	if (!(object instanceof PyObject)) {
		const cls = py.typeOf(object);
		const found = cls.lookup(name);
		return found === undefined ? instanceIntrinsic(py, object, name) : bind(py, found, object, cls);
	}
	if (object instanceof PyUnknown) return py.unknowns.derive(object, `.${name}`);
	const { cls } = object;
	const custom = cls.lookup('__getattribute__');
	if (custom !== undefined && !isPlain(custom)) {
		if (!(object instanceof PyClass) || cls !== typeType) return viaGetAttribute(py, object, custom, cls, name);
	}
	const value = genericLookup(py, object, name);
	if (value !== undefined) return value;
	if (py.outlines.completeFor(object instanceof PyClass ? object : cls, name)) {
		const gained = genericLookup(py, object, name);
		if (gained !== undefined) return gained;
	}
	const patch = py.patches.find(object instanceof PyClass ? object : cls, name);
	if (patch !== undefined) return object instanceof PyClass ? bindToClass(py, patch, object) : bind(py, patch, object, cls);
	return viaGetAttr(py, object, cls, name);
}

/** Whether it is `object`'s own way or `type`'s; a class may have another builtin in its place (`dict.__getitem__`). */
const isPlain = (found: Value): boolean => found instanceof PyBuiltin && found.name === '__getattribute__';

function viaGetAttribute(py: Machine, object: PyObject, custom: Value, cls: PyClass, name: string): Value | undefined {
	const fallback = cls.lookup('__getattr__');
	if (fallback === undefined) return py.call(bind(py, custom, object, cls), [name]);
	try {
		return py.call(bind(py, custom, object, cls), [name]);
	} catch (error) {
		if (!py.caught(error, 'AttributeError')) throw error;
		return py.call(bind(py, fallback, object, cls), [name]);
	}
}

function viaGetAttr(py: Machine, object: PyObject, cls: PyClass, name: string): Value | undefined {
	const fallback = cls.lookup('__getattr__');
	if (fallback !== undefined) return py.call(bind(py, fallback, object, cls), [name]);
	if (object instanceof PyClass) return unknownOfBases(py, object, name);
	return unknownOfBases(py, cls, name);
}

/** What a class with an unknown base lacks may come from there; special methods are taken to be absent. */
function unknownOfBases(py: Machine, cls: PyClass, name: string): Value | undefined {
	if (name.startsWith('__') && name.endsWith('__')) return undefined;
	const { mro } = cls;
	for (let i = 0; i < mro.length; i++) {
		const unknown = mro[i]?.unknownBase;
		if (unknown) return py.unknowns.derive(unknown, `.${name}`);
	}
	return undefined;
}

/** Without `__getattribute__` and `__getattr__`. */
export function genericLookup(py: Machine, object: PyObject, name: string): Value | undefined {
	if (object instanceof PyClass) return classLookup(py, object, name);
	if (object instanceof PyModule) return moduleLookup(py, object, name);
	if (object instanceof PySuper) return superLookup(py, object, name);
	const { cls } = object;
	const found = cls.lookup(name);
	if (found instanceof PyMember) return object.attrs?.get(name);
	if (found !== undefined && isData(found)) return bind(py, found, object, cls);
	const own = object.attrs?.get(name);
	if (own !== undefined) return own;
	if (name.startsWith('__')) {
		const intrinsic = instanceIntrinsic(py, object, name);
		if (intrinsic !== undefined) return intrinsic;
	}
	if (found === undefined) return object instanceof PyBoundMethod ? py.lookup(object.func, name) : undefined;
	try {
		return bind(py, found, object, cls);
	} catch (error) {
		// A property that raises AttributeError leaves the attribute to `__getattr__`.
		if (cls.lookup('__getattr__') !== undefined && py.caught(error, 'AttributeError')) return undefined;
		throw error;
	}
}

function classLookup(py: Machine, cls: PyClass, name: string): Value | undefined {
	const meta = cls.cls;
	const above = meta.lookup(name);
	if (name.startsWith('__')) {
		if (meta !== typeType && above instanceof PyProperty && above !== typeType.dict.get(name)) return bind(py, above, cls, meta);
		const intrinsic = classIntrinsic(py, cls, name);
		if (intrinsic !== undefined) return intrinsic;
	}
	if (
		above !== undefined &&
		isData(above) &&
		!(meta === typeType && above instanceof PyProperty && cls.lookup(name) !== undefined)
	) {
		return bind(py, above, cls, meta);
	}
	const found = cls.lookup(name);
	if (found !== undefined) return bindToClass(py, found, cls);
	return above === undefined ? undefined : bind(py, above, cls, meta);
}

function moduleLookup(py: Machine, module: PyModule, name: string): Value | undefined {
	const value = module.names.get(name);
	if (module.byName) takenByName(py, module, name, value);
	if (value !== undefined) return value instanceof LazyBinding ? py.force(module.names, name, value) : value;
	if (name === '__annotations__' && defersAnnotations(py)) return annotationsOfModule(py, module);
	return py.imports.natives.missingAttribute(module, name);
}

/** A module's module is got at as the module was. */
function takenByName(py: Machine, module: PyModule, name: string, value: Value | LazyBinding | undefined): void {
	if (value instanceof PyModule) value.byName = true;
	else py.whenTaken?.(module, name === '__dict__' ? '*' : name, py.frame?.module.name);
}

function superLookup(py: Machine, object: PySuper, name: string): Value | undefined {
	const { start, self, objectClass } = object;
	const found = objectClass.lookupAfter(start, name);
	if (found === undefined) {
		if (name === '__class__') return object.cls;
		for (const cls of objectClass.mro) if (cls.unknownBase) return py.unknowns.derive(cls.unknownBase, `.${name}`);
		return undefined;
	}
	if (self instanceof PyClass && objectClass === self) return bindToClass(py, found, self);
	return bind(py, found, self, objectClass);
}

/** Whether the attribute of a type comes before the instance's own. */
export function isData(value: Value): boolean {
	if (!(value instanceof PyObject)) return false;
	if (value instanceof PyFunction || value instanceof PyBuiltin || value instanceof PyClass) return false;
	if (value instanceof PyProperty) return true;
	if (value.cls.immutable && !(value instanceof PyNative)) return false;
	return value.cls.lookup('__set__') !== undefined || value.cls.lookup('__delete__') !== undefined;
}

/** What an attribute of `cls` is when taken from the instance `self`. */
export function bind(py: Machine, value: Value, self: Value, cls: PyClass): Value {
	if (!(value instanceof PyObject)) return value;
	if (value instanceof PyFunction) return new PyBoundMethod(value, self);
	if (value instanceof PyBuiltin) {
		if (value.binding === 'method') return new PyBoundMethod(value, self);
		return value.binding === 'class' ? new PyBoundMethod(value, cls) : value;
	}
	const own = ownGetter(value);
	if (own) return py.call(own, [value, self, cls]);
	if (value instanceof PyProperty) {
		if (value.fget === null) return py.raise('AttributeError', 'unreadable attribute');
		return py.call(value.fget, [self]);
	}
	if (value instanceof PyClassMethod) return bindClassMethod(py, value, cls);
	if (value instanceof PyStaticMethod) return value.func;
	if (value instanceof PyClass || value instanceof PyUnknown) return value;
	const get = value.cls.lookup('__get__');
	return get === undefined ? value : py.call(get, [value, self, cls]);
}

/** `__get__` of a class that derives from `property`, `classmethod` or `staticmethod` and has its own. */
function ownGetter(value: PyObject): PyFunction | undefined {
	if (value.cls.immutable || !(value instanceof PyProperty || value instanceof PyClassMethod || value instanceof PyStaticMethod))
		return undefined;
	const get = value.cls.lookup('__get__');
	return get instanceof PyFunction ? get : undefined;
}

export function bindClassMethod(py: Machine, value: PyClassMethod, cls: PyClass): Value {
	const { func } = value;
	if (func instanceof PyFunction || func instanceof PyBuiltin) return new PyBoundMethod(func, cls);
	const inner = bind(py, func, cls, cls.cls);
	return inner === func ? new PyBoundMethod(func, cls) : inner;
}

/** What an attribute found in the MRO of `cls` is when taken from the class itself. */
export function bindToClass(py: Machine, value: Value, cls: PyClass): Value {
	if (!(value instanceof PyObject)) return value;
	if (value instanceof PyFunction) return value;
	const own = ownGetter(value);
	if (own) return py.call(own, [value, null, cls]);
	if (value instanceof PyProperty) return value;
	if (value instanceof PyBuiltin) return value.binding === 'class' ? new PyBoundMethod(value, cls) : value;
	if (value instanceof PyClassMethod) return bindClassMethod(py, value, cls);
	if (value instanceof PyStaticMethod) return value.func;
	if (value instanceof PyClass || value instanceof PyUnknown) return value;
	const get = value.cls.lookup('__get__');
	return get === undefined ? value : py.call(get, [value, null, cls]);
}

/** The plain function behind `self.name(…)`, to be called with `self` first; undefined when the long way must be taken. */
export function findMethod(py: Machine, self: Value, name: string): Value | undefined {
	if (!(self instanceof PyObject)) {
		const found = py.typeOf(self).lookup(name);
		return found instanceof PyBuiltin && found.binding === 'method' ? found : undefined;
	}
	if (self instanceof PyClass || self instanceof PyModule || self instanceof PyUnknown || self instanceof PySuper)
		return undefined;
	const { cls } = self;
	const found = cls.lookup(name);
	if (!(found instanceof PyFunction || (found instanceof PyBuiltin && found.binding === 'method'))) return undefined;
	if (self.attrs?.has(name)) return undefined;
	const custom = cls.lookup('__getattribute__');
	return custom === undefined || isPlain(custom) ? found : undefined;
}

/** `setattr()`; AttributeError where the object takes none. */
export function setAttr(py: Machine, object: Value, name: string, value: Value): void {
	if (!(object instanceof PyObject)) {
		py.raise('AttributeError', `'${py.typeOf(object).name}' object has no attribute '${name}'`);
	} else if (!(object instanceof PyUnknown)) {
		const custom = object.cls.lookup('__setattr__');
		if (custom !== undefined && !(custom instanceof PyBuiltin)) py.call(custom, [object, name, value]);
		else genericSet(py, object, name, value);
	}
}

/** `object.__setattr__` and `type.__setattr__`. */
export function genericSet(py: Machine, object: PyObject, name: string, value: Value): void {
	if (object instanceof PyModule) {
		const before = object.names.get(name);
		if (before !== value) wrote(object);
		if (before !== undefined) py.imports.replacements.note(`${object.name}.${name}`, before);
		object.names.set(name, value);
		return;
	}
	const found = object.cls.lookup(name);
	if (found instanceof PyProperty) {
		if (isWritableIntrinsic(object, name)) {
			writeIntrinsic(py, object, name, value);
			return;
		}
		if (found.fset === null) py.raise('AttributeError', `property '${name}' of '${object.cls.name}' object has no setter`);
		py.call(found.fset, [object, value]);
		return;
	}
	if (found instanceof PyObject && !(found instanceof PyFunction) && (!found.cls.immutable || found instanceof PyNative)) {
		const set = found.cls.lookup('__set__');
		if (set !== undefined) {
			py.call(set, [found, object, value]);
			return;
		}
	}
	if (object.attrs?.get(name) !== value && !(object instanceof PyClass)) wrote(object);
	if (isWritableIntrinsic(object, name)) writeIntrinsic(py, object, name, value);
	else if (object instanceof PyClass) {
		if (!object.immutable) object.setOwn(name, value);
		else if (object.moduleName === 'builtins')
			py.raise('TypeError', `cannot set '${name}' attribute of immutable type '${object.name}'`);
		else py.patches.add(object, name, value);
	} else {
		if (object.cls.slotted && !(found instanceof PyMember)) {
			py.raise('AttributeError', `'${object.cls.name}' object has no attribute '${name}'`);
		}
		if (object.cls.immutable && !canTakeAttributes(object)) {
			py.raise('AttributeError', `'${object.cls.name}' object has no attribute '${name}'`);
		}
		object.attrs ??= new Map();
		object.attrs.set(name, value);
	}
}

/** Functions and exceptions have a `__dict__` although their types are built in. */
function canTakeAttributes(object: PyObject): boolean {
	return (
		object instanceof PyFunction ||
		object instanceof PyBuiltin ||
		object instanceof PyClassMethod ||
		object instanceof PyStaticMethod ||
		object.cls.derivesFrom(baseExceptionType) ||
		object.attrs !== undefined ||
		object.cls.moduleName !== 'builtins'
	);
}

/** `delattr()`. */
export function delAttr(py: Machine, object: Value, name: string): void {
	if (!(object instanceof PyObject)) {
		py.raise('AttributeError', `'${py.typeOf(object).name}' object has no attribute '${name}'`);
	} else if (!(object instanceof PyUnknown)) {
		const custom = object.cls.lookup('__delattr__');
		if (custom !== undefined && !(custom instanceof PyBuiltin)) py.call(custom, [object, name]);
		else genericDelete(py, object, name);
	}
}

/** `object.__delattr__`. */
export function genericDelete(py: Machine, object: PyObject, name: string): void {
	const found = object instanceof PyClass ? undefined : object.cls.lookup(name);
	if (found instanceof PyProperty && found.fdel !== null) {
		py.call(found.fdel, [object]);
		return;
	}
	if (found instanceof PyObject && !found.cls.immutable) {
		const remove = found.cls.lookup('__delete__');
		if (remove !== undefined) {
			py.call(remove, [found, object]);
			return;
		}
	}
	wrote(object);
	const gone =
		object instanceof PyModule
			? object.names.delete(name)
			: object instanceof PyClass
				? object.deleteOwn(name)
				: object.attrs?.delete(name);
	if (!gone) py.raise('AttributeError', name);
}
