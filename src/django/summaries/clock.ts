import { classMethod, intercept, type Summary } from '../../python/runtime/native';

/** What time it is isn't known: a whole value that is unknown flows, where a date of unknown parts would fail in its arithmetic. */
export const clockSummaries: readonly Summary[] = [
	...['now', 'utcnow', 'today'].map((name) => ['datetime', name] as const),
	['date', 'today'] as const,
].map(([cls, name]) =>
	intercept('datetime', `${cls}.${name}`, 'The clock is not read.', () =>
		classMethod(name, 'cls, *args, **kwargs', (py) => py.unknown('the time'), { acceptsUnknown: true }),
	),
);
