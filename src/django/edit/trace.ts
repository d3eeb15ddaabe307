/** What following an edit goes through, in this order. */
export type EditPhase = 'parse' | 'decide' | 'run' | 'walk' | 'finish';

/** Who wants to know how an edit was followed. */
export interface EditTrace {
	/** A phase begins, and the one before it ends. */
	phase(name: EditPhase): void;
	/** Why the edit can't be followed, and everything is evaluated again. */
	refused(reason: string): void;
}

export const untraced: EditTrace = { phase() {}, refused() {} };
