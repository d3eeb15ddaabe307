import { intercept, type Summary } from '../../python/runtime/native';
import { PyFunction, PyStaticMethod } from '../../python/values';

/** django-filter is read from its source, this apart. */
export const djangoFilterSummaries: readonly Summary[] = [
	intercept(
		'django_filters.filterset',
		'FilterSetMetaclass.__new__',
		"A set's filters are made of its model's fields, their lookups and form fields: requests and schemas ask for them, routes don't (django-filter 25.2, filterset.py).",
		(_py, original) => {
			const made = original instanceof PyStaticMethod ? original.func : original;
			if (made instanceof PyFunction) made.code.leaveForLater('base_filters');
			return original;
		},
	),
];
