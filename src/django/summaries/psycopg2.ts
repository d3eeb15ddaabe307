import type { Interpreter } from '../../python/runtime/interpreter';
import { type NativeModule, nativeModule, newType } from '../../python/runtime/native';
import { exceptionType, type PyClass, textOf, type Value } from '../../python/values';

/**
 * `psycopg2._psycopg` is compiled. Libraries ask for its version and catch its errors, while they are imported; everything
 * else of it is unknown. The errors are those of the DB API (PEP 249); the version is what the installed package says of itself.
 */
const error: PyClass = newType('Error', 'psycopg2', [], [exceptionType('Exception')]);
const database = newType('DatabaseError', 'psycopg2', [], [error]);
const below = ['DataError', 'IntegrityError', 'InternalError', 'NotSupportedError', 'OperationalError', 'ProgrammingError'].map(
	(name): readonly [string, PyClass] => [name, newType(name, 'psycopg2', [], [database])],
);

function version(py: Interpreter): Value {
	for (const name of ['psycopg2', 'psycopg2-binary']) {
		try {
			const found = textOf(py.call(py.getAttr(py.importModule('importlib.metadata'), 'version'), [name]));
			if (found !== undefined) return `${found} (dt dec pq3 ext lo64)`;
		} catch (raised) {
			if (!py.caught(raised, 'Exception')) throw raised;
		}
	}
	return py.unknown("psycopg2's version");
}

export const psycopg2Modules: ReadonlyMap<string, NativeModule> = new Map([
	[
		'psycopg2._psycopg',
		nativeModule(
			'psycopg2._psycopg',
			[
				['Error', error],
				['DatabaseError', database],
				['InterfaceError', newType('InterfaceError', 'psycopg2', [], [error])],
				['Warning', newType('Warning', 'psycopg2', [], [exceptionType('Exception')])],
				...below,
				['apilevel', '2.0'],
				['threadsafety', 2],
				['paramstyle', 'pyformat'],
				['__libpq_version__', 170000],
			],
			{ open: true, lazy: { __version__: version } },
		),
	],
]);
