import type { Interpreter } from '../../python/runtime/interpreter';
import { type Member, newType } from '../../python/runtime/native';
import { exceptionType, textOf, type Value } from '../../python/values';

/** What every driver of a database has by its module's name (PEP 249): errors to catch, and how it is to be used. */
export function driverMembers(module: string): Member[] {
	const error = newType('Error', module, [], [exceptionType('Exception')]);
	const database = newType('DatabaseError', module, [], [error]);
	const below = ['DataError', 'IntegrityError', 'InternalError', 'NotSupportedError', 'OperationalError', 'ProgrammingError'];
	return [
		['Error', error],
		['DatabaseError', database],
		['InterfaceError', newType('InterfaceError', module, [], [error])],
		['Warning', newType('Warning', module, [], [exceptionType('Exception')])],
		...below.map((name): Member => [name, newType(name, module, [], [database])]),
		['apilevel', '2.0'],
		['threadsafety', 2],
		['paramstyle', 'pyformat'],
	];
}

/** The version of an installed distribution; unknown where it has none of these names. */
export function installedVersion(py: Interpreter, ...distributions: string[]): Value {
	for (const name of distributions) {
		try {
			const found = textOf(py.call(py.getAttr(py.importModule('importlib.metadata'), 'version'), [name]));
			if (found !== undefined) return found;
		} catch (raised) {
			if (!py.caught(raised, 'Exception')) throw raised;
		}
	}
	return py.unknown(`${distributions[0]}'s version`);
}
