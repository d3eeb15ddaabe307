/** What the policy may look at. */
export interface ImportQuestion {
	/** The dotted name of the module that is imported, and where its source is. */
	readonly module: string;
	readonly path: string | undefined;
	/** The module that imports it. */
	readonly importer: string;
	/** It belongs to the standard library or is implemented here. */
	readonly standard: boolean;
	/** It lies in a `site-packages` folder, or among the libraries that a project carries with it. */
	readonly installed: boolean;
	/** It is one that a project carries with it, maybe without what is compiled of it. */
	readonly carried: boolean;
	/** Packages whose modules fill registries while they are imported: those that hold installed apps. */
	readonly registering: ReadonlySet<string>;
	/** Somebody around is ready for an import that fails. */
	readonly guarded: boolean;
	/** The module is a large table of data: nobody can tell whether it has run. */
	readonly isTable: () => boolean;
}

/** `now`: the module is run at the import statement; `lazy`: when a name bound from it is asked for. */
export type ImportDecision = 'now' | 'lazy';

/**
 * When an import at the top level of a module takes effect. The project's modules and those of installed apps may fill
 * registries and run in order, but for large tables of data. A library that is no app has no way into the URLs but by being used; it waits until a name
 * bound from it is asked for, and so do the standard library and most of Django. Django's ORM is run, because its fields and
 * lookups register with each other (the drivers of databases only where an import is tried that they may fail), and so are the `admin` and `models` of its own apps, which register with the admin and the app registry.
 */
export function importPolicy(question: ImportQuestion): ImportDecision {
	if (question.standard) return 'lazy';
	if (!question.installed) return question.isTable() ? 'lazy' : 'now';
	if (question.carried && question.guarded) return 'now';
	const { module } = question;
	if (module === 'django' || module.startsWith('django.')) {
		if (question.guarded && module.startsWith('django.db.')) return 'now';
		return registersInDjango.test(module) ? 'now' : 'lazy';
	}
	return question.registering.has(module.split('.', 1)[0] ?? module) ? 'now' : 'lazy';
}

const registersInDjango = /^django\.(?:db\.models(?:\.|$)|contrib\.(?:\w+\.)+(?:admin|models)$)/;
