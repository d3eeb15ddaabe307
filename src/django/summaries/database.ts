import { classMethod, intercept, method, native, type Summary } from '../../python/runtime/native';
import { PyClass, PyClassMethod, textOf, type Value } from '../../python/values';

/** Methods of a query set that ask the database. */
const rowMethods = [
	'count',
	'exists',
	'get',
	'aggregate',
	'create',
	'get_or_create',
	'update_or_create',
	'bulk_create',
	'in_bulk',
	'update',
	'delete',
	'earliest',
	'latest',
	'first',
	'last',
];

/**
 * The database is never asked. Backends are drivers in C and connect at need, so every alias is Django's own dummy backend with the
 * vendor of the configured one; what would come out of it (a cursor, rows, a count) is unknown, and what loops over it finds nothing.
 */
export const databaseSummaries: readonly Summary[] = [
	intercept('django.db.utils', 'load_backend', 'Database drivers are compiled code.', () =>
		native('load_backend', 'backend_name', (py, [name]) => {
			const dummy = py.getAttr(py.importModule('django.db.backends.dummy.base'), 'DatabaseWrapper');
			if (!(dummy instanceof PyClass)) return dummy;
			const backend = textOf(name) ?? '';
			const members = new Map<string, Value>([
				['vendor', vendorOf(backend)],
				...['cursor', 'connect', 'ensure_connection', '_cursor', 'get_connection_params', 'get_new_connection'].map(
					(one): [string, Value] => [
						one,
						method(one, 'self, *args, **kwargs', (inner) => inner.unknown('a query to the database'), { acceptsUnknown: true }),
					],
				),
			]);
			const wrapper = py.makeClass('DatabaseWrapper', [dummy], members, `${backend}.base`);
			return py.makeModule(`${backend}.base`, new Map<string, Value>([['DatabaseWrapper', wrapper]]));
		}),
	),
	...rowMethods.map((name) =>
		intercept('django.db.models.query', `QuerySet.${name}`, 'Rows are in the database.', () =>
			method(name, 'self, *args, **kwargs', (py) => py.unknown('a row of the database'), { acceptsUnknown: true }),
		),
	),
	intercept(
		'django.db.models.manager',
		'BaseManager._get_queryset_methods',
		'Managers copy functions only: the ones above are none.',
		(_, original) =>
			classMethod('_get_queryset_methods', 'cls, queryset_class', (py, [cls, querysets]) => {
				const methods = py.call(original instanceof PyClassMethod ? original.func : original, [cls, querysets]);
				for (const name of rowMethods) {
					if (py.contains(methods, name)) continue;
					py.setItem(
						methods,
						name,
						method(name, 'self, *args, **kwargs', (inner) => inner.unknown('a row of the database'), { acceptsUnknown: true }),
					);
				}
				return methods;
			}),
	),
	intercept('django.db.backends.dummy.base', 'complain', 'Stands for what a configured backend would do.', () =>
		native('complain', '*args, **kwargs', (py) => py.unknown('what the database backend does'), { acceptsUnknown: true }),
	),
	intercept('django.db.models.query', 'QuerySet._fetch_all', 'Rows are in the database.', () =>
		method('_fetch_all', 'self', (py, [self]) => {
			py.setAttr(self, '_result_cache', py.unknown('rows of the database'));
			return null;
		}),
	),
];

/** `connection.vendor` of Django's own backends and of those that name theirs. */
function vendorOf(backend: string): string {
	for (const vendor of ['postgresql', 'sqlite', 'mysql', 'oracle']) if (backend.includes(vendor)) return vendor;
	if (/postg(?:res|is)|psycopg/.test(backend)) return 'postgresql';
	return /spatialite/.test(backend) ? 'sqlite' : 'unknown';
}
