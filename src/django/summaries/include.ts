import { machine } from '../../python/builtins/model/object';
import { intercept, native, type Summary } from '../../python/runtime/native';
import { PyRaise, PyTuple } from '../../python/values';
import { exceptionText, modelProblems, problemFrom } from '../problems';
import { keywordsOf } from '../sites';

/**
 * `include(…, namespace=…)` of a URLconf without `app_name` ends Django's start. While somebody types that name, the routes go on
 * to be shown: the namespace stands for it, and what Django would raise is a problem of the model.
 */
export const includeSummaries: readonly Summary[] = [
	intercept('django.urls.conf', 'include', 'What a missing app_name raises must not take the routes along.', (_, original) =>
		native(
			'include',
			'arg, namespace=None, **more',
			(py, [arg, namespace, more]) => {
				try {
					return py.call(original, [arg, namespace], keywordsOf(more));
				} catch (error) {
					const known = error instanceof PyRaise && error.exception.cls.name === 'ImproperlyConfigured';
					if (!known || namespace === null || arg instanceof PyTuple || !/app_name/.test(exceptionText(py, error))) throw error;
					if (machine(py).guards.length > 0) throw error;
					modelProblems(py).push(problemFrom(py, 'include()', error));
					const urlconf = typeof arg === 'string' ? py.importModule(arg) : arg;
					return new PyTuple([urlconf, namespace, namespace]);
				}
			},
			{ acceptsUnknown: true },
		),
	),
];
