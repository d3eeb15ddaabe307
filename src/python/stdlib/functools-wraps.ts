import { defersAnnotations } from '../runtime/annotations';
import type { Interpreter } from '../runtime/interpreter';
import { PyFunction, PyTuple, PyUnknown, textOf, type Value } from '../values';

/** Annotations are handed on unevaluated; type parameters stay with the wrapped function. */
const copied = ['__module__', '__name__', '__qualname__', '__doc__'];

/** `functools.WRAPPER_ASSIGNMENTS` */
export const assignments = (py: Interpreter): PyTuple =>
	new PyTuple([...copied, defersAnnotations(py) ? '__annotate__' : '__annotations__', '__type_params__']);

/** `functools.update_wrapper`. */
export function updateWrapper(
	py: Interpreter,
	wrapper: Value,
	wrapped: Value,
	assigned: Value | undefined,
	updated: Value | undefined,
): Value {
	if (wrapper instanceof PyUnknown) return wrapper;
	const names = assigned === undefined ? copied : py.list(assigned).map((name) => textOf(name) ?? '');
	for (const name of names) {
		const value = py.findAttr(wrapped, name);
		if (value !== undefined) py.setAttr(wrapper, name, value);
	}
	if (assigned === undefined && wrapper instanceof PyFunction && wrapped instanceof PyFunction) {
		wrapper.annotations = wrapped.annotations;
		wrapper.annotate = wrapped.annotate;
		wrapper.annotateFunction = wrapped.annotateFunction;
	}
	for (const name of updated === undefined ? ['__dict__'] : py.list(updated).map((one) => textOf(one) ?? '')) {
		const [into, from] = [py.findAttr(wrapper, name), py.findAttr(wrapped, name)];
		if (into !== undefined && from !== undefined) py.callMethod(into, 'update', from);
	}
	py.setAttr(wrapper, '__wrapped__', wrapped);
	return wrapper;
}
