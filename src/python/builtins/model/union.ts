import { defineType, getter, method, PyNative } from '../../runtime/native';
import { noneType, PyTuple, unionType, type Value } from '../../values';

/** `int | None`: the types it is made of. */
type Union = PyNative<readonly Value[]>;

export function isUnion(value: Value): value is Union {
	return value instanceof PyNative && value.cls === unionType;
}

/** The union of types and unions; None stands for its type. */
export function newUnion(parts: readonly Value[]): Value {
	const types: Value[] = [];
	for (const part of parts) {
		for (const type of isUnion(part) ? part.data : [part === null ? noneType : part]) if (!types.includes(type)) types.push(type);
	}
	const [only] = types;
	return types.length === 1 && only !== undefined ? only : new PyNative(unionType, types);
}

defineType(unionType, [
	getter('__args__', (_py, self) => new PyTuple(isUnion(self) ? self.data : [])),
	method('__or__', 'self, other, /', (_py, [self, other]) => newUnion([self, other])),
	method('__ror__', 'self, other, /', (_py, [self, other]) => newUnion([other, self])),
	method('__instancecheck__', 'self, instance, /', (py, [self, instance]) => isUnion(self) && self.data.some((type) => py.isInstance(instance, type))),
	method('__eq__', 'self, other, /', (py, [self, other]) => isUnion(self) && isUnion(other) && self.data.length === other.data.length && self.data.every((type) => other.data.some((one) => py.equals(type, one)))),
	method('__hash__', 'self, /', () => 11),
	method('__repr__', 'self, /', (py, [self]) => (isUnion(self) ? self.data.map((type) => py.repr(type)).join(' | ') : '')),
]);
