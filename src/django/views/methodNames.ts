import type { Interpreter } from '../../python/runtime/interpreter';
import { type PyClass, PyDict, PyList, PySet, PyTuple, textOf, type Value } from '../../python/values';
import { attribute } from './attribute';

/** `http_method_names` of the class, or as `as_view()` was given them. */
export function methodNames(py: Interpreter, cls: PyClass, callback: Value): string[] | undefined {
	const given = attribute(py, callback, 'view_initkwargs') ?? attribute(py, callback, 'initkwargs');
	const list =
		(given instanceof PyDict ? given.getStr('http_method_names') : undefined) ?? attribute(py, cls, 'http_method_names');
	return list === undefined ? undefined : texts(py, list);
}

/** The texts of a list, tuple or set. */
export const texts = (py: Interpreter, list: Value): string[] | undefined =>
	list instanceof PyList || list instanceof PyTuple || list instanceof PySet
		? py.list(list).flatMap((one) => textOf(one) ?? [])
		: undefined;
