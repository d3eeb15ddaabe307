import type { Interpreter } from '../../python/runtime/interpreter';
import { PyBoundMethod, PyClass, PyDict, PyFunction, textOf, type Value } from '../../python/values';
import { definitionPlace } from '../places';
import { attribute } from './attribute';
import { closureValues, isPartial } from './closures';
import { methodNames, texts } from './methodNames';
import { dottedName, type MethodView, ownWrapped, type View, viewOf } from './unwrap';

/** As deep as one wrapper may stand in another. */
const deepest = 30;

/**
 * The HTTP methods that a callback answers, each with what it reaches; undefined where every method reaches the view, or where it
 * can't be told. Class-based views answer as `View.setup()` and `dispatch()` have it (Django 5.2, views/generic/base.py), REST
 * framework's viewsets by their actions, functions by `require_http_methods()` (views/decorators/http.py) and its kind.
 */
export function answeredMethods(py: Interpreter, callback: Value): readonly MethodView[] | undefined {
	const view = viewOf(py, callback);
	let answered: readonly MethodView[] | undefined;
	const only = (methods: readonly MethodView[]) => {
		answered = answered ? answered.filter(({ method }) => methods.some((one) => one.method === method)) : methods;
	};
	let value = callback;
	for (let round = 0; round < deepest; round++) {
		const cls = viewClass(py, value);
		if (cls) {
			const methods = methodsOfClass(py, cls, value, view);
			if (methods) only(methods);
			return answered;
		}
		if (value instanceof PyFunction) {
			const required = requiredMethods(py, value);
			if (required) only(required.map((method) => ({ method, view: view.name, ...(view.place ? { place: view.place } : {}) })));
		}
		const inner = isPartial(py, value)
			? py.getAttr(value, 'func')
			: value instanceof PyBoundMethod
				? ownWrapped(py, value.func)
				: ownWrapped(py, value);
		if (inner === undefined || inner === value) break;
		value = inner;
	}
	// Ninja's operations.
	if (view.methods) only(view.methods);
	return answered;
}

function viewClass(py: Interpreter, value: Value): PyClass | undefined {
	if (value instanceof PyClass || value instanceof PyBoundMethod) return undefined;
	const found = attribute(py, value, 'view_class') ?? attribute(py, value, 'cls');
	return found instanceof PyClass ? found : undefined;
}

/** What a wrapper that Django's `require_http_methods()` made lets through. */
function requiredMethods(py: Interpreter, fn: PyFunction): string[] | undefined {
	if (fn.module.name !== 'django.views.decorators.http') return undefined;
	const list = closureValues(fn).find(({ name }) => name === 'request_method_list')?.value;
	return list === undefined ? undefined : texts(py, list);
}

/** The names of a class's `http_method_names` that it has a method for. */
function methodsOfClass(py: Interpreter, cls: PyClass, callback: Value, view: View): MethodView[] | undefined {
	const names = methodNames(py, cls, callback);
	if (!names || !dispatches(py, cls)) return undefined;
	const given = attribute(py, callback, 'actions');
	const actions = given instanceof PyDict ? given : undefined;
	const function_ = cls.qualname === 'WrappedAPIView';
	return names.flatMap((name): MethodView[] => {
		const own = textOf(actions?.getStr(name) ?? null) ?? name;
		const found = cls.lookup(own) ?? (name === 'head' ? cls.lookup(textOf(actions?.getStr('get') ?? null) ?? 'get') : undefined);
		if (found === undefined) return [];
		const method = name.toUpperCase();
		if (function_ && found === cls.dict.get(name))
			return [{ method, view: view.name, ...(view.place ? { place: view.place } : {}) }];
		const place = definitionPlace(py, found);
		return [
			{
				method,
				view: found instanceof PyFunction ? dottedName(py, found) : `${cls.fullName}.${own}`,
				...(place ? { place } : {}),
			},
		];
	});
}

/** Whether `dispatch()`, under its decorators, is Django's or REST framework's, or calls another. */
function dispatches(py: Interpreter, cls: PyClass): boolean {
	let found = cls.lookup('dispatch');
	for (let round = 0; found instanceof PyFunction && round < deepest; round++) {
		const wrapped = ownWrapped(py, found);
		if (wrapped === undefined) break;
		found = wrapped;
	}
	if (!(found instanceof PyFunction)) return false;
	if (/^(?:django\.views|rest_framework)\./.test(found.module.name)) return true;
	const { source } = found.module;
	return source !== undefined && source.text.slice(found.node.start, found.node.end).split('dispatch(').length > 2;
}
