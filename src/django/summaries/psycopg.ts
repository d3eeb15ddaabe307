import { type NativeModule, nativeModule } from '../../python/runtime/native';
import { driverMembers, installedVersion } from './databaseDriver';

/**
 * psycopg 3 talks to a database, which the engine never does; Django's own parts for PostgreSQL import all forty modules of it while they
 * are set up. What a project may derive from or catch by name are the errors of the DB API; everything else is unknown.
 */
export const psycopgModules: ReadonlyMap<string, NativeModule> = new Map([
	[
		'psycopg',
		nativeModule('psycopg', driverMembers('psycopg'), {
			package: true,
			open: true,
			whereInstalled: true,
			lazy: { __version__: (py) => installedVersion(py, 'psycopg') },
		}),
	],
]);
