/**
 * Running a statement on trial: what is made meanwhile is its own, a change of anything older is an effect on others, and its
 * result alone doesn't tell all that it does. The evaluator's writers call `wrote`, which costs nothing outside a trial.
 */
class Trial {
	/** Not a weak one: it is gone with the trial, and those are dear. */
	private readonly made = new Set<object>();
	/** Values from before that were changed. */
	effects = 0;
	/** Classes that were made: their bases know them. */
	readonly classes: object[] = [];

	add(made: object): void {
		this.made.add(made);
	}

	wrote(target: object): void {
		if (this.made.has(target)) return;
		this.effects++;
	}
}

/** The trial that is going on. */
export let trial: Trial | undefined;

/** Runs `body` on trial. */
export function onTrial(body: () => void): Trial {
	const outer = trial;
	const own = new Trial();
	trial = own;
	try {
		body();
	} finally {
		trial = outer;
	}
	return own;
}

/** Runs what belongs to the time before the trial, and had waited. */
export function offTrial<T>(body: () => T): T {
	const outer = trial;
	trial = undefined;
	try {
		return body();
	} finally {
		trial = outer;
	}
}

/** A container, an instance or a class was changed. */
export function wrote(target: object): void {
	if (trial !== undefined) trial.wrote(target);
}
