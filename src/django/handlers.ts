import type { Interpreter } from '../python/runtime/interpreter';
import { PyTuple, type Value } from '../python/values';
import type { HandlerInfo } from '../shared/model';
import { problemFrom } from './problems';
import { viewOf } from './views/unwrap';

/** What `resolve_error_handler` gives for each status: the URLconf's `handler404` and its like, or Django's defaults. */
export function errorHandlers(py: Interpreter, resolver: Value): HandlerInfo[] {
	return ([400, 403, 404, 500] as const).map((status) => {
		try {
			const found = py.callMethod(resolver, 'resolve_error_handler', status);
			// Django 3.1 and earlier: (callback, extra arguments).
			const view = viewOf(py, found instanceof PyTuple ? (found.items[0] ?? null) : found);
			return {
				status,
				view: view.name,
				...(view.place ? { place: view.place } : {}),
				default: view.name.startsWith('django.views.defaults.'),
			};
		} catch (error) {
			return { status, view: '', default: false, problem: problemFrom(py, `handler${status}`, error) };
		}
	});
}
