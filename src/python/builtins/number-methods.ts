import type { Interpreter } from '../runtime/interpreter';
import { method } from '../runtime/native';
import { notImplemented, type PyBuiltin, type Value } from '../values';

/** Makes the operator methods of a type of numbers: `numberOf` reads an operand (undefined: not one), `own` the instance itself. */
export function numberMethods<T>(numberOf: (value: Value) => T | undefined, own: (py: Interpreter, self: Value) => T) {
	return {
		/** `__name__` and `__rname__`. */
		binary(name: string, compute: (py: Interpreter, a: T, b: T) => Value): PyBuiltin[] {
			return [
				method(`__${name}__`, 'self, value, /', (py, [self, other]) => {
					const right = numberOf(other);
					return right === undefined ? notImplemented : compute(py, own(py, self), right);
				}),
				method(`__r${name}__`, 'self, value, /', (py, [self, other]) => {
					const left = numberOf(other);
					return left === undefined ? notImplemented : compute(py, left, own(py, self));
				}),
			];
		},
		comparison(name: string, holds: (a: T, b: T) => boolean): PyBuiltin {
			return method(name, 'self, value, /', (py, [self, other]) => {
				const right = numberOf(other);
				return right === undefined ? notImplemented : holds(own(py, self), right);
			});
		},
	};
}
