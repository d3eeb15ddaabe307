import { type NativeModule, nativeModule } from '../../python/runtime/native';
import { textOf } from '../../python/values';
import { driverMembers, installedVersion } from './databaseDriver';

/**
 * `psycopg2._psycopg` is compiled. Libraries ask for its version and catch its errors, while they are imported; everything
 * else of it is unknown. The version is what the installed package says of itself.
 */
export const psycopg2Modules: ReadonlyMap<string, NativeModule> = new Map([
	[
		'psycopg2._psycopg',
		nativeModule('psycopg2._psycopg', [...driverMembers('psycopg2'), ['__libpq_version__', 170000]], {
			open: true,
			lazy: {
				__version__: (py) => {
					const version = installedVersion(py, 'psycopg2', 'psycopg2-binary');
					const text = textOf(version);
					return text === undefined ? version : `${text} (dt dec pq3 ext lo64)`;
				},
			},
		}),
	],
]);
