import type { Interpreter } from '../python/runtime/interpreter';
import type { VariableInfo } from '../shared/model';
import { currentSite, type Site } from './sites';

interface Asked {
	readonly isSet: boolean;
	readonly site: Site;
}

const key = Symbol('environment variables');

const askedOf = (py: Interpreter): Map<string, Asked> => py.state(key, () => new Map());

/**
 * Notes from now on which environment variables the project's code asks for by name, itself or through a library that it calls
 * (django-environ, decouple, …); what a library asks for when it is imported is its own affair.
 */
export function watchVariables(py: Interpreter, isProject: (path: string) => boolean): void {
	const asked = askedOf(py);
	py.variableAsked = (name, value) => {
		if (asked.has(name)) return;
		const stack = py.stack();
		const at = stack.findIndex(({ module, function: called }) => isProject(module.source?.path ?? '') || called === undefined);
		if (!isProject(stack[at]?.module.source?.path ?? '')) return;
		asked.set(name, { isSet: value !== undefined, site: currentSite(stack.slice(at), isProject) });
	};
}

/** The variables that were asked for, by name; their values are nobody's business. */
export function variableInfos(py: Interpreter): VariableInfo[] {
	return [...askedOf(py)]
		.map(
			([
				name,
				{
					isSet,
					site: { projectSite },
				},
			]) => ({ name, isSet, ...(projectSite ? { place: projectSite } : {}) }),
		)
		.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The same after an edit that moved lines in these files, by identity where nothing of it can be another: no variable is ever unasked. */
export function variablesAfter(
	py: Interpreter,
	before: readonly VariableInfo[],
	files: ReadonlySet<string>,
): readonly VariableInfo[] {
	const same = before.length === askedOf(py).size && !before.some(({ place }) => place && files.has(place.file));
	return same ? before : variableInfos(py);
}
