import type { Interpreter } from '../../python/runtime/interpreter';
import { PyBoundMethod, PyBuiltin, PyClass, PyDict, PyFunction, PyList, textOf, type Value } from '../../python/values';
import type { Place } from '../../shared/model';
import { definitionPlace } from '../places';
import { attribute } from './attribute';
import { closureCallables, closureValues, firstParameter, isPartial, isViewish, wrappedByClosure } from './closures';
import { methodNames } from './methodNames';

/** What a person would call the view behind a callback, and how it was reached. */
export interface View {
	/** `module.qualname`, as where it is defined. */
	readonly name: string;
	readonly place?: Place;
	readonly isClass: boolean;
	/** Names of decorators and wrappers that were looked through, outermost first. */
	readonly wrappers: readonly string[];
	/** The view that each HTTP method reaches, where the callback tells (DRF's actions, ninja's operations). */
	readonly methods?: readonly MethodView[];
	/** The class whose bound method it is, or the class behind `as_view()`. */
	readonly owner?: PyClass;
}

export interface MethodView {
	readonly method: string;
	readonly view: string;
	readonly place?: Place;
}

/** As deep as one wrapper may stand in another. */
const deepest = 30;

/**
 * Unwraps a callback: `view_class` and `cls` of class-based views, partials, bound methods, `__wrapped__`, closures
 * of decorators without `functools.wraps`, DRF's `@api_view`, ninja's operations. The conventions are those of the conformance oracle.
 */
export function viewOf(py: Interpreter, callback: Value, depth = 0): View {
	const wrappers: string[] = [];
	const step = unwrap(py, callback, wrappers);
	let { value } = step;
	if (value instanceof PyClass && value.qualname === 'WrappedAPIView') value = apiView(py, value) ?? value;
	const place = definitionPlace(py, value);
	const view: View = {
		name: dottedName(py, value),
		...(place ? { place } : {}),
		isClass: value instanceof PyClass,
		wrappers,
		...(step.methods ? { methods: step.methods } : {}),
		...(step.owner ? { owner: step.owner } : {}),
	};
	const operations = step.self === undefined ? undefined : ninjaOperations(py, step.self, depth);
	if (operations) return { ...view, ...operations };
	return value instanceof PyFunction && value.qualname.includes('<locals>') ? throughClosure(py, value, view, depth) : view;
}

interface Unwrapped {
	readonly value: Value;
	readonly self?: Value;
	readonly methods?: readonly MethodView[];
	readonly owner?: PyClass;
}

function unwrap(py: Interpreter, callback: Value, wrappers: string[]): Unwrapped {
	let value = callback;
	let self: Value | undefined;
	const end = (last: Value, more: Partial<Unwrapped> = {}): Unwrapped => ({
		value: last,
		...(self === undefined ? {} : { self }),
		...more,
	});
	for (let round = 0; round < deepest; round++) {
		const viewClass = attribute(py, value, 'view_class');
		if (viewClass instanceof PyClass) return end(viewClass, { owner: viewClass });
		const cls = attribute(py, value, 'cls');
		if (cls instanceof PyClass && !(value instanceof PyClass) && !(value instanceof PyBoundMethod)) {
			const methods = actionsOf(py, attribute(py, value, 'actions'), cls, methodNames(py, cls, value));
			return end(cls, { owner: cls, ...(methods ? { methods } : {}) });
		}
		if (isPartial(py, value)) {
			wrappers.push('functools.partial');
			value = py.getAttr(value, 'func');
			continue;
		}
		if (value instanceof PyBoundMethod) {
			const wrapped = ownWrapped(py, value.func);
			if (wrapped instanceof PyFunction) {
				wrappers.push(dottedName(py, value.func));
				if (!(value.self instanceof PyClass)) self ??= value.self;
				value = wrapped;
				continue;
			}
			self ??= value.self;
			value = value.func;
			continue;
		}
		if (value instanceof PyFunction || value instanceof PyClass || value instanceof PyBuiltin) {
			const wrapped = value instanceof PyClass ? undefined : ownWrapped(py, value);
			if (wrapped !== undefined && wrapped !== value && isCallable(py, wrapped)) {
				wrappers.push(value instanceof PyFunction ? codeName(value) : dottedName(py, value));
				value = wrapped;
				continue;
			}
			return end(value, self instanceof PyClass ? { owner: self } : self === undefined ? {} : { owner: py.typeOf(self) });
		}
		const wrapped = ownWrapped(py, value);
		if (wrapped !== undefined && isCallable(py, wrapped)) {
			wrappers.push(dottedName(py, py.typeOf(value)));
			value = wrapped;
			continue;
		}
		return end(py.typeOf(value));
	}
	return end(value);
}

/** A closure whose decorator left no mark: ninja's operations, else the callable it wraps when that is plain. */
function throughClosure(py: Interpreter, fn: PyFunction, view: View, depth: number): View {
	for (const { value } of closureValues(fn)) {
		const operations = ninjaOperations(py, value, depth);
		if (operations) return { ...view, ...operations };
	}
	const inner = wrappedByClosure(py, fn);
	if (!inner || depth >= 6) return view;
	const wrapped = viewOf(py, inner.value, depth + 1);
	const plain =
		wrapped.isClass || isViewish(inner.name) || /^(?:request|req|self|r)$/.test(firstParameter(py, inner.value) ?? '');
	if (!plain || wrapped.name === view.name) return view;
	return { ...wrapped, wrappers: [...view.wrappers, view.name, ...wrapped.wrappers] };
}

/** django-ninja's `PathView`: the function of the first operation, and what each method reaches. */
function ninjaOperations(py: Interpreter, holder: Value, depth: number): Partial<View> | undefined {
	const operations = attribute(py, holder, 'operations');
	if (!(operations instanceof PyList) || operations.items.length === 0) return undefined;
	if (!operations.items.every((operation) => py.hasAttr(operation, 'view_func'))) return undefined;
	const methods: MethodView[] = [];
	let first: View | undefined;
	for (const operation of operations.items) {
		const view = viewOf(py, py.getAttr(operation, 'view_func'), depth + 1);
		first ??= view;
		for (const name of py.list(py.getAttr(operation, 'methods')))
			methods.push({ method: py.str(name), view: view.name, ...(view.place ? { place: view.place } : {}) });
	}
	return first && { name: first.name, ...(first.place ? { place: first.place } : {}), methods };
}

/** DRF's `actions` of a viewset's view: HTTP method → the method of the class. `allowed` are its `http_method_names`: others are answered 405. */
function actionsOf(
	py: Interpreter,
	actions: Value | undefined,
	cls: PyClass,
	allowed: readonly string[] | undefined,
): MethodView[] | undefined {
	if (!(actions instanceof PyDict)) return undefined;
	const out: MethodView[] = [];
	for (const { key, value } of actions.entries()) {
		if (allowed && !allowed.includes(textOf(key) ?? '')) continue;
		const name = textOf(value) ?? '';
		const found = cls.lookup(name);
		const place = found === undefined ? undefined : definitionPlace(py, found);
		out.push({
			method: (textOf(key) ?? '').toUpperCase(),
			view: found instanceof PyFunction ? dottedName(py, found) : `${cls.fullName}.${name}`,
			...(place ? { place } : {}),
		});
	}
	return out;
}

/** DRF's `@api_view` makes a class around the function: each handler closes over it as `func`. */
function apiView(py: Interpreter, cls: PyClass): Value | undefined {
	for (const name of ['get', 'post', 'put', 'patch', 'delete', 'options']) {
		const handler = cls.dict.get(name);
		if (!(handler instanceof PyFunction)) continue;
		for (const inner of closureCallables(py, handler)) {
			if (inner.name !== 'func') continue;
			let fn = inner.value;
			for (let next = ownWrapped(py, fn); next !== undefined && next !== null; next = ownWrapped(py, fn)) fn = next;
			return fn;
		}
	}
	return undefined;
}

/** `__wrapped__` of the value itself, before one that it may proxy. */
export function ownWrapped(py: Interpreter, value: Value): Value | undefined {
	const own = value !== null && typeof value === 'object' ? value.attrs?.get('__wrapped__') : undefined;
	const found = own ?? attribute(py, value, '__wrapped__');
	return found === null ? undefined : found;
}

/** `module.qualname`, with the type's name for what has none. */
export function dottedName(py: Interpreter, value: Value): string {
	if (value instanceof PyClass) return value.fullName;
	const module = attribute(py, value, '__module__');
	const qualname = attribute(py, value, '__qualname__') ?? attribute(py, value, '__name__');
	return `${textOf(module ?? null) ?? '?'}.${textOf(qualname ?? null) ?? py.typeOf(value).name}`;
}

/** The name a wrapper function was written under, whatever `functools.wraps` made of it. */
const codeName = (fn: PyFunction) => `${fn.module.name}.${fn.code.name}`;

function isCallable(py: Interpreter, value: Value): boolean {
	return (
		value instanceof PyFunction ||
		value instanceof PyClass ||
		value instanceof PyBuiltin ||
		value instanceof PyBoundMethod ||
		py.typeOf(value).lookup('__call__') !== undefined
	);
}
