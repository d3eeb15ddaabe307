import { RowWord } from '../../ids';
import type { ProjectModel, SettingsCandidate } from '../../shared/model';
import { basename, relativePath } from '../../shared/path';
import type { ProjectSummary } from '../../shared/protocol/server';
import { code, escapeMarkdown } from '../format';
import { failureNode } from './failure';
import type { CycleNode } from './node';

/** What a statement raised: `KeyError: 'SECRET'`. */
const raisedText = /^[A-Za-z_]\w*(?:Error|Exception|ImproperlyConfigured|DoesNotExist)\b: /;

/** The lines of the settings module at which Django itself would stop, with the ways out. */
export function raisedNodes({ root, settingsFile, problems }: ProjectModel): readonly CycleNode[] {
	return problems
		.filter(({ place, message }) => place !== undefined && place.file === settingsFile && raisedText.test(message))
		.map((problem, at) =>
			failureNode(
				`${root}/settings/raised/${at}`,
				{ ...problem, message: `Line ${problem.place?.line}: ${problem.message}` },
				root,
			),
		);
}

/** The settings module, and below it what it was read with and what it says. The first of `raised` stands beside it. */
export function settingsNode(project: ProjectSummary, model: ProjectModel, raised: readonly CycleNode[]): CycleNode {
	const { root } = project;
	const id = `${root}/settings`;
	const children: CycleNode[] = raised.slice(1);
	children.push(environmentNode(`${id}/environment`, model));
	if (model.variables.length > 0) children.push(variablesNode(`${id}/${RowWord.variables}`, model));
	for (const setting of model.settings) {
		children.push({
			id: `${id}/${setting.name}`,
			label: setting.name,
			description: setting.value ?? `unknown: ${setting.unknown ?? 'not evaluated'}`,
			tooltip:
				setting.value === undefined ? escapeMarkdown(setting.unknown ?? '') : `${code(setting.name)} = ${code(setting.value)}`,
			icon: setting.value === undefined ? 'question' : 'symbol-constant',
			...(setting.place ? { place: setting.place } : {}),
			root,
			children: [],
		});
	}
	const others = project.candidates.filter((candidate) => candidate.module !== model.settingsModule);
	if (others.length > 0) {
		children.push({
			id: `${id}/candidates`,
			label: 'Other settings modules',
			description: String(others.length),
			icon: 'files',
			root,
			children: others.map((candidate) => candidateNode(id, root, candidate)),
		});
	}
	const current = project.candidates.find((candidate) => candidate.module === model.settingsModule);
	return {
		id,
		label: model.settingsModule || 'No settings module',
		description: [
			raised.length > 0 ? `line ${raised[0]?.place?.line} fails` : undefined,
			'settings module',
			current ? `from ${current.source}` : undefined,
			model.provisional === 'earlier' ? 'as read before, refreshing…' : unreadWords(model),
		]
			.filter(Boolean)
			.join(' · '),
		tooltip: [
			model.settingsModule ? `Settings module ${code(model.settingsModule)}` : 'No settings module was found.',
			current ? `Named by ${code(current.source)}` : '',
			model.settingsFile ? code(relativePath(model.settingsFile, root) ?? model.settingsFile) : '',
			model.provisional ? provisionalText[model.provisional] : '',
		]
			.filter(Boolean)
			.join('\n\n'),
		icon: model.provisional ? 'loading~spin' : model.settingsModule && raised.length === 0 ? 'settings-gear' : 'warning',
		...(model.settingsFile ? { place: { file: model.settingsFile, line: 1 } } : {}),
		root,
		children,
	};
}

const provisionalText = {
	earlier: 'The rows are those of the last time. Files have changed since, and the project is being read again.',
	outline: 'The rows are what the text of settings and URLconfs says. The project is being read.',
};

function candidateNode(parent: string, root: string, candidate: SettingsCandidate): CycleNode {
	return {
		id: `${parent}/candidates/${candidate.module}`,
		label: candidate.module,
		description: candidate.source,
		tooltip: `Use ${code(candidate.module)}, named by ${code(candidate.source)}`,
		icon: 'file-code',
		...(candidate.place ? { site: candidate.place } : {}),
		choose: candidate.module,
		root,
		children: [],
	};
}

/** The interpreter or virtual environment, and the versions found in it. */
export function environmentNode(id: string, model: ProjectModel): CycleNode {
	const { environment } = model;
	const versions = [model.python ? `Python ${model.python}` : undefined, model.django ? `Django ${model.django}` : undefined];
	const found = versions.filter(Boolean).join(' · ');
	const lines = [
		environment.interpreter ? `Interpreter ${code(environment.interpreter)}` : 'No interpreter or virtual environment was found.',
		environment.foundBy ? `Found by ${escapeMarkdown(environment.foundBy)}` : '',
		...environment.sitePackages.map((folder) => code(folder)),
		model.django ? '' : 'Django is not installed there, so what comes from packages is unknown.',
	];
	return {
		id,
		label: 'Environment',
		description: found || 'not found',
		tooltip: lines.filter(Boolean).join('\n\n'),
		icon: environment.sitePackages.length > 0 ? 'vm' : 'warning',
		root: model.root,
		children: [],
	};
}

function variablesNode(id: string, { root, variables }: ProjectModel): CycleNode {
	return {
		id,
		label: 'Environment variables',
		description: `${variables.length} asked for, ${variables.filter(({ isSet }) => isSet).length} set`,
		tooltip:
			'What the project asks `os.environ` for by name. Set one to see what becomes of middleware and URLs: nothing is executed.',
		icon: 'symbol-variable',
		root,
		children: variables.map(({ name, isSet, place }) => ({
			id: `${id}/${name}`,
			label: name,
			description: [isSet ? 'set' : 'not set', place && `${basename(place.file)}:${place.line}`].filter(Boolean).join(' · '),
			icon: isSet ? 'pass' : 'circle-outline',
			...(place ? { place } : {}),
			variable: name,
			root,
			children: [],
		})),
	};
}

/** What stands beside a section whose rows are only what the text says. */
export const unreadWords = (model: ProjectModel) =>
	model.textOnly ? 'not evaluated' : model.provisional === 'outline' ? 'reading…' : undefined;
