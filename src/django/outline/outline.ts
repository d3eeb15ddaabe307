import type { Host } from '../../shared/host';
import type { ProjectModel } from '../../shared/model';
import { emptyModel } from '../emptyModel';
import type { Project } from '../project';
import { ModuleTexts, ownFolders } from './moduleText';
import { settingsText } from './settingsText';
import { type RestCode, urlconfEntries } from './urlconfText';

/**
 * What the text of a project's settings and URLconfs says, as a model to show while it is evaluated: some dozen files are
 * read and nothing runs. With `known`, a model whose settings have been evaluated, only the URLs come from the text.
 * Whatever can't be told from literals stands in it as an unknown entry of the code `reading`.
 */
export function projectOutline(host: Host, project: Project, known?: ProjectModel): ProjectModel {
	return { ...textModel(host, project, 'reading', known), provisional: 'outline' };
}

/** The same as all there is to say, for a project whose Django isn't there to be read. */
export function unevaluated(host: Host, project: Project): ProjectModel {
	return { ...textModel(host, project, 'not-evaluated'), textOnly: true };
}

function textModel(host: Host, project: Project, rest: RestCode, known?: ProjectModel): ProjectModel {
	const { environment, settingsModule } = project;
	const outside = [...environment.sitePackages, ...(environment.stdlib ? [environment.stdlib] : [])];
	const texts = new ModuleTexts(host, ownFolders(project.sysPath, outside));
	const model = known ?? fromText(texts, emptyModel(project, project.problems), settingsModule);
	const urlconf = model.rootUrlconf && texts.named(model.rootUrlconf.name);
	return {
		...model,
		...(urlconf ? { rootUrlconf: { name: urlconf.name, file: urlconf.file }, urls: urlconfEntries(texts, urlconf, rest) } : {}),
	};
}

function fromText(texts: ModuleTexts, model: ProjectModel, settingsModule: string | undefined): ProjectModel {
	const module = settingsModule === undefined ? undefined : texts.named(settingsModule);
	if (!module) return model;
	const { rootUrlconf, middleware = [] } = settingsText(texts, module);
	return {
		...model,
		settingsFile: module.file,
		middleware: middleware.map(({ path, place }) => ({ path, settingPlace: place, hooks: [] })),
		...(rootUrlconf ? { rootUrlconf: { name: rootUrlconf.value } } : {}),
	};
}
