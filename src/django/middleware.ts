import type { Interpreter } from '../python/runtime/interpreter';
import { PyBoundMethod, PyClass, PyFunction, PyUnknown, textOf, unlessRaised, type Value } from '../python/values';
import type { HookInfo, HookName, MiddlewareInfo, Problem } from '../shared/model';
import { definitionPlace } from './places';
import { problemFrom } from './problems';
import { isPartial } from './views/closures';
import { dottedName, ownWrapped } from './views/unwrap';

const hookNames: readonly HookName[] = [
	'__call__',
	'__acall__',
	'process_request',
	'process_view',
	'process_exception',
	'process_template_response',
	'process_response',
];

/** Every entry of `MIDDLEWARE`, in order, each loaded as `BaseHandler.load_middleware` does (Django 5.2, core/handlers/base.py) up to its call. */
export function loadMiddleware(py: Interpreter, setting: Value): MiddlewareInfo[] {
	const out: MiddlewareInfo[] = [];
	for (const entry of py.iterate(setting)) {
		const path = textOf(entry);
		if (path !== undefined) out.push(middlewareInfo(py, path));
		else if (entry instanceof PyUnknown)
			out.push({ path: '?', hooks: [], problem: { severity: 'warning', code: 'unknown-value', message: entry.reason } });
	}
	return out;
}

function middlewareInfo(py: Interpreter, path: string): MiddlewareInfo {
	let target: Value;
	try {
		target = importString(py, path);
	} catch (error) {
		return { path, hooks: [], problem: problemFrom(py, path, error) };
	}
	if (target instanceof PyUnknown) {
		const problem: Problem = { severity: 'warning', code: 'unknown-value', message: `${path}: ${target.reason}` };
		return { path, hooks: [], problem };
	}
	target = unwrapped(py, target);
	const place = definitionPlace(py, target);
	return {
		path,
		resolved: dottedName(py, target),
		kind: target instanceof PyClass ? 'class' : 'function',
		...(place ? { place } : {}),
		hooks: target instanceof PyClass ? classHooks(py, target) : functionHooks(py, target),
	};
}

/** `django.utils.module_loading.import_string`. */
export function importString(py: Interpreter, path: string): Value {
	return py.call(py.getAttr(py.importModule('django.utils.module_loading'), 'import_string'), [path]);
}

function unwrapped(py: Interpreter, value: Value): Value {
	let target = value;
	for (let round = 0; round < 10; round++) {
		if (isPartial(py, target)) target = py.getAttr(target, 'func');
		else {
			const wrapped = target instanceof PyClass ? undefined : ownWrapped(py, target);
			if (wrapped === undefined) break;
			target = wrapped;
		}
	}
	return target;
}

/** The hooks of a middleware class and where in its MRO each is defined, decorators looked through. */
function classHooks(py: Interpreter, cls: PyClass): HookInfo[] {
	const out: HookInfo[] = [];
	for (const name of hookNames) {
		let fn = cls.lookup(name);
		if (fn === undefined) continue;
		fn = fn instanceof PyBoundMethod ? fn.func : fn;
		for (let wrapped = ownWrapped(py, fn); wrapped !== undefined; wrapped = ownWrapped(py, fn)) fn = wrapped;
		const place = definitionPlace(py, fn);
		out.push({ name, ...(place ? { place } : {}) });
	}
	return out;
}

/**
 * A middleware factory: the function that it returns is what is called, and hooks may be set on that one. It is called with
 * a `get_response` that isn't known; a factory that refuses (`MiddlewareNotUsed`) or fails shows its own line.
 */
function functionHooks(py: Interpreter, factory: Value): HookInfo[] {
	const inner = madeBy(py, factory);
	if (!inner) return [];
	const out: HookInfo[] = [];
	for (const name of hookNames) {
		const hook = name === '__call__' ? inner : inner.attrs?.get(name);
		const place = hook === undefined ? undefined : definitionPlace(py, hook);
		if (hook !== undefined) out.push({ name, ...(place ? { place } : {}) });
	}
	return out;
}

function madeBy(py: Interpreter, factory: Value): PyFunction | undefined {
	const inner = unlessRaised(() => py.call(factory, [py.unknown('the next middleware')]));
	return inner instanceof PyFunction ? inner : undefined;
}

/** What has the hooks of a middleware: its class, or the function that its factory returns. Undefined where it can't be loaded. */
export function hooked(py: Interpreter, path: string): PyClass | PyFunction | undefined {
	const target = unlessRaised(() => unwrapped(py, importString(py, path)));
	return target === undefined || target instanceof PyClass ? target : madeBy(py, target);
}
