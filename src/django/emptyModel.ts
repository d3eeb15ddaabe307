import type { Problem, ProjectModel } from '../shared/model';
import type { Project } from './project';

/** A project of which nothing but its environment is known. */
export function emptyModel(project: Project, problems: readonly Problem[]): ProjectModel {
	const { environment, folder } = project;
	const { version } = environment;
	return {
		root: folder,
		settingsModule: project.settingsModule ?? '',
		...(version ? { python: [version.major, version.minor, version.micro].filter((part) => part !== undefined).join('.') } : {}),
		environment: {
			...(environment.prefix ? { interpreter: environment.executable ?? environment.prefix } : {}),
			...(environment.foundBy ? { foundBy: environment.foundBy } : {}),
			sitePackages: environment.sitePackages,
			...(environment.stdlib ? { stdlib: environment.stdlib } : {}),
		},
		settings: [],
		variables: [],
		middleware: [],
		urls: [],
		otherRoots: [],
		handlers: [],
		notMounted: [],
		problems,
	};
}
