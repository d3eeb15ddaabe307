import type { Interpreter } from '../../python/runtime/interpreter';
import { unlessRaised, type Value } from '../../python/values';

/** An attribute where asking for it does no harm: a Python exception on the way counts as absent. */
export function attribute(py: Interpreter, value: Value, name: string): Value | undefined {
	return unlessRaised(() => py.findAttr(value, name));
}
