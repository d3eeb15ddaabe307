/** What the policy may look at. */
export interface ImportQuestion {
	/** The dotted name of the module that is imported, and where its source is. */
	readonly module: string;
	readonly path: string | undefined;
	/** The module that imports it. */
	readonly importer: string;
	/** It belongs to the standard library or is implemented here. */
	readonly standard: boolean;
}

/** `now`: the module is run at the import statement; `lazy`: when a name bound from it is asked for. */
export type ImportDecision = 'now' | 'lazy';

/**
 * When an import at the top level of a module takes effect. Modules of the standard library have no effect on others, so they
 * wait until they are needed; everything else may fill registries and runs in order.
 */
export function importPolicy(question: ImportQuestion): ImportDecision {
	return question.standard ? 'lazy' : 'now';
}
