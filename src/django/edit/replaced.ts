import type { Live } from './live';

/** The class that has become this one: itself where it runs again as it was, else that of its name, else the only one. */
export function replaced(one: Live, gone: readonly Live[], fresh: readonly Live[]): Live | undefined {
	if (!fresh.includes(one)) return one;
	const classes = gone.filter(({ statement }) => statement.kind === 'ClassDef');
	const same = classes.find(({ statement }) => statement.name === one.statement.name);
	return same ?? (classes.length === 1 && fresh.length === 1 ? classes[0] : undefined);
}
