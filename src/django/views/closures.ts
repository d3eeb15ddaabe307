import type { Interpreter } from '../../python/runtime/interpreter';
import { PyBoundMethod, PyClass, PyFunction, type Value } from '../../python/values';

/** Names under which a decorator that doesn't use `functools.wraps` commonly keeps the view it wraps. */
const viewish = new Set([
	'view',
	'func',
	'fn',
	'f',
	'function',
	'view_func',
	'viewfunc',
	'callback',
	'view_fn',
	'old_view',
	'inner',
	'handler',
]);

/** The variables that a function closes over, with their values; unbound ones are left out. */
export function closureValues(fn: PyFunction): { readonly name: string; readonly value: Value }[] {
	const names = fn.code.closure;
	return fn.closure.flatMap(({ value }, index) => {
		const name = names[index];
		return name === undefined || value === undefined ? [] : [{ name, value }];
	});
}

/** The functions, methods and partials among them. */
export function closureCallables(py: Interpreter, fn: PyFunction): { readonly name: string; readonly value: Value }[] {
	return closureValues(fn).filter(
		({ value }) =>
			value !== fn &&
			(value instanceof PyFunction ||
				(value instanceof PyBoundMethod && value.func instanceof PyFunction) ||
				isPartial(py, value)),
	);
}

export const isViewish = (name: string) => viewish.has(name);

/** The one callable that a closure is about: the only one named like a view, else the only one at all. */
export function wrappedByClosure(py: Interpreter, fn: PyFunction): { readonly name: string; readonly value: Value } | undefined {
	const inner = closureCallables(py, fn);
	const named = inner.filter(({ name }) => viewish.has(name));
	if (named.length === 1) return named[0];
	return inner.length === 1 ? inner[0] : undefined;
}

/** Whether it is a `functools.partial`. */
export function isPartial(py: Interpreter, value: Value): boolean {
	const type = py.typeOf(value);
	return type.mro.some((cls) => cls.name === 'partial' && cls.moduleName === 'functools');
}

/** The name of the first parameter a caller would fill; undefined when there is none or it can't be told. */
export function firstParameter(py: Interpreter, value: Value): string | undefined {
	if (value instanceof PyFunction) {
		const { posonly, args, vararg, kwonly, kwarg } = value.node.args;
		return [...posonly, ...args, ...(vararg ? [vararg] : []), ...kwonly, ...(kwarg ? [kwarg] : [])][0]?.name;
	}
	if (value instanceof PyBoundMethod && value.func instanceof PyFunction) {
		const { posonly, args, vararg } = value.func.node.args;
		return [...posonly, ...args].slice(1)[0]?.name ?? vararg?.name;
	}
	if (value instanceof PyClass) return undefined;
	if (isPartial(py, value)) {
		const inner = py.findAttr(value, 'func');
		const given = py.findAttr(value, 'args');
		if (inner instanceof PyFunction && given !== undefined) {
			const { posonly, args } = inner.node.args;
			return [...posonly, ...args][py.length(given)]?.name;
		}
	}
	return undefined;
}
