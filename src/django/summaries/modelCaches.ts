import { intercept, method, type Summary } from '../../python/runtime/native';
import { offTrial } from '../../python/values';
import { keywordsOf } from '../sites';

/**
 * What the ORM works out when it is first asked and keeps on models and fields (Django 5.2, db/models/options.py,
 * contrib/contenttypes/fields.py): who asks has changed nothing by it, though something older is written to. A class with a query in its
 * body asks.
 */
const reason = 'A cache: no effect of the statement that asks first.';

export const modelCacheSummaries: readonly Summary[] = [
	['django.db.models.options', 'Options._get_fields'],
	['django.contrib.contenttypes.fields', 'GenericRelation.resolve_related_fields'],
].map(([module = '', qualname = '']) =>
	intercept(module, qualname, reason, (_py, original) =>
		method(
			qualname.slice(qualname.indexOf('.') + 1),
			'self, *args, **kwargs',
			(py, [self, args, kwargs]) => offTrial(() => py.call(original, [self, ...args.items], keywordsOf(kwargs))),
			{ acceptsUnknown: true },
		),
	),
);
