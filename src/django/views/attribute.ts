import type { Interpreter } from '../../python/runtime/interpreter';
import { PyRaise, type Value } from '../../python/values';

/** An attribute where asking for it does no harm: a Python exception on the way counts as absent. */
export function attribute(py: Interpreter, value: Value, name: string): Value | undefined {
	try {
		return py.findAttr(value, name);
	} catch (error) {
		if (error instanceof PyRaise) return undefined;
		throw error;
	}
}
