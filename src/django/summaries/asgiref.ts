import { intercept, method, type Summary } from '../../python/runtime/native';
import { objectType } from '../../python/values';

/** `Local` keeps attributes apart by thread and task, by random names in older versions; there is one of each here. */
export const asgirefSummaries: readonly Summary[] = [
	intercept('asgiref.local', 'Local', 'Keeps its attributes by thread and by random names.', (py) => {
		const init = method('__init__', 'self, thread_critical=False', () => null);
		return py.makeClass('Local', [objectType], new Map([['__init__', init]]), 'asgiref.local');
	}),
];
