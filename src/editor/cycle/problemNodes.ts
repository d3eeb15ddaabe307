import type { Problem, ProjectModel } from '../../shared/model';
import { basename, relativePath } from '../../shared/path';
import { escapeMarkdown } from '../format';
import type { CycleNode } from './node';

/** What could not be known: in the project's own files first, what libraries made unknown by library below one row. */
export function problemNodes(parent: string, model: ProjectModel): CycleNode[] {
	const own: Problem[] = [];
	const libraries = new Map<string, Problem[]>();
	for (const problem of model.problems.filter(({ severity }) => severity !== 'error')) {
		const library = libraryOf(problem, model);
		if (library === undefined) own.push(problem);
		else libraries.set(library, [...(libraries.get(library) ?? []), problem]);
	}
	const rows = (id: string, problems: readonly Problem[]) =>
		problems.map((one, at) => row(`${id}/${one.code}/${at}`, one, model.root));
	const out = rows(parent, own);
	if (libraries.size === 0) return out;
	const id = `${parent}/libraries`;
	const children = [...libraries].sort().map(
		([library, problems]): CycleNode => ({
			id: `${id}/${library}`,
			label: library,
			description: String(problems.length),
			icon: 'package',
			root: model.root,
			children: rows(`${id}/${library}`, problems),
		}),
	);
	const count = [...libraries.values()].flat().length;
	const tooltip = 'What the code of installed packages asks that only running it would tell. Most of it leads to no URL.';
	return [
		...out,
		{ id, label: 'In libraries', description: String(count), tooltip, icon: 'library', root: model.root, children },
	];
}

/** The top-level folder or file of an installed package, `Python` for the standard library; undefined for the project's own files. */
function libraryOf({ place }: Problem, { environment }: ProjectModel): string | undefined {
	if (!place) return undefined;
	for (const folder of environment.sitePackages) {
		const path = relativePath(place.file, folder);
		if (path) return path.split(/[\\/]/)[0];
	}
	return environment.stdlib && relativePath(place.file, environment.stdlib) ? 'Python' : undefined;
}

function row(id: string, problem: Problem, root: string): CycleNode {
	const place = problem.place ?? problem.trail?.at(-1);
	return {
		id,
		label: problem.message,
		...(place ? { description: `${basename(place.file)}:${place.line}` } : {}),
		tooltip: escapeMarkdown(problem.message),
		icon: problem.severity === 'warning' ? 'question' : 'info',
		...(place ? { place } : {}),
		root,
		children: [],
	};
}
