import type { Summary } from '../../python/runtime/native';
import { siteSummaries } from '../sites';

/** Everything of library code that isn't read from its source, one file a library. */
export function summaries(isProject: (path: string) => boolean): Summary[] {
	return [...siteSummaries(isProject)];
}
