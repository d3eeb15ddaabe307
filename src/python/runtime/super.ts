import { PyClass, PySuper, PyUnknown, type Value } from '../values';
import type { Machine } from './machine';

/** `super()` in a method: the class from the `__class__` cell, the object from the first parameter. */
export function zeroArgumentSuper(py: Machine): Value {
	const { frame } = py;
	const func = frame?.function;
	const cell = frame?.variables?.cells.get('__class__');
	const cls = cell === undefined ? undefined : frame?.cells[cell]?.value;
	if (!frame || !func || !(cls instanceof PyClass)) return py.raise('RuntimeError', 'super(): __class__ cell not found');
	const { posonly, args, vararg } = func.node.args;
	const first = posonly[0] ?? args[0];
	let self = first && frame.local(first.name);
	if (self === undefined && vararg) self = py.list(frame.local(vararg.name) ?? null)[0];
	if (self === undefined) return py.raise('RuntimeError', 'super(): no arguments');
	return makeSuper(py, cls, self);
}

/** `super(start, self)`, `self` an instance or a subclass of `start`. */
export function makeSuper(py: Machine, start: Value, self: Value): Value {
	if (start instanceof PyUnknown) return start;
	if (!(start instanceof PyClass)) return py.raise('TypeError', 'super() argument 1 must be a type');
	if (self instanceof PyUnknown) return self;
	if (self instanceof PyClass && self.derivesFrom(start)) return new PySuper(start, self, self);
	const cls = py.typeOf(self);
	if (!cls.derivesFrom(start)) return py.raise('TypeError', 'super(type, obj): obj must be an instance or subtype of type');
	return new PySuper(start, self, cls);
}
