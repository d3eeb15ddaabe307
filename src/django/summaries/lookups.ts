import { classMethod, intercept, method, newType, PyNative, type Summary } from '../../python/runtime/native';
import { offTrial, type Value } from '../../python/values';

/**
 * Lookups and transforms register with the fields they apply to (Django 5.2, db/models/query_utils.py), a hundred classes of them, to
 * be found when a query is made. No query is made here, though a library may ask a field what it has: then all of them register, in
 * the order in which they came. Classes that a `@Field.register_lookup` decorates wait as well (`deferral.ts`).
 */
const module = 'django.db.models.query_utils';

/** Reading it through an instance or a class settles what waits. */
const reader = newType('lookup_reader', module, [
	method('__get__', 'self, instance, owner=None, /', (py, [self, instance, owner]) => {
		const original = self instanceof PyNative ? (self.data as Value) : null;
		offTrial(() => py.settle('register_lookup'));
		return py.call(py.getAttr(original, '__get__'), [instance, owner]);
	}),
]);

export const lookupSummaries: readonly Summary[] = [
	intercept(module, 'RegisterLookupMixin.register_lookup', 'Only queries want the lookups.', (_py, original) =>
		classMethod('register_lookup', 'cls, lookup, lookup_name=None', (py, [cls, lookup, name]) => {
			py.postpone('register_lookup', () => py.call(py.call(py.getAttr(original, '__get__'), [null, cls]), [lookup, name]));
			return lookup;
		}),
	),
	...['get_lookups', 'get_class_lookups', 'get_instance_lookups', '_get_lookup', '_unregister_lookup'].map((name) =>
		intercept(module, `RegisterLookupMixin.${name}`, 'Only queries want the lookups.', (_py, original) =>
			original === null ? null : new PyNative(reader, original),
		),
	),
];
