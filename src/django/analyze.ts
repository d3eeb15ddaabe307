import { createInterpreter } from '../python/create';
import type { Interpreter } from '../python/runtime/interpreter';
import { textOf, type Value } from '../python/values';
import type { Host } from '../shared/host';
import type { MiddlewareInfo, Problem, ProjectModel } from '../shared/model';
import { errorHandlers } from './handlers';
import { type Answers, recordedAnswers } from './matching/answers';
import { liveAnswers } from './matching/live';
import { loadMiddleware } from './middleware';
import { guarded, modelProblems } from './problems';
import { openProject, type Project, type ProjectOptions } from './project';
import { affectedModules, type Checkpoint, checkpoint, forget } from './refresh';
import { djangoSettings, entryPlaces, settingInfos, settingsFile } from './settings';
import { projectFileTest } from './sites';
import { summaries } from './summaries';
import { psycopg2Modules } from './summaries/psycopg2';
import { notMounted } from './urls/notMounted';
import { otherRoots } from './urls/otherRoots';
import { urlconfInfo, walkResolver } from './urls/walk';

/** The project model, and what only the interpreter that made it can answer. */
export interface Analysis {
	readonly model: ProjectModel;
	/** What a dry run asks. */
	readonly answers: Answers;
	readonly interpreter?: Interpreter;
	/**
	 * The analysis after these files changed, when no more than URLconfs and views have to run again; undefined when everything has
	 * to. What it says may differ from a whole evaluation where such a module registers itself elsewhere as it runs.
	 */
	readonly refresh?: (files: readonly string[]) => Analysis | undefined;
}

/**
 * Evaluates a project as far as Django itself would when it starts and resolves a first request: settings, app registry, root
 * URLconf, middleware, error handlers. Runs none of its code. Never throws: what goes wrong is in `model.problems`.
 */
export function analyzeProject(host: Host, options: ProjectOptions): Analysis {
	const project = openProject(host, options);
	const problems: Problem[] = [...project.problems];
	if (!project.settingsModule) return withoutInterpreter(emptyModel(project, problems));
	const py = interpreterFor(host, project, project.settingsModule);
	modelProblems(py).push(...problems);
	const { settingsModule } = project;
	const started = start(py, project, settingsModule, modelProblems(py));
	if ('model' in started) return { ...withoutInterpreter(started.model), interpreter: py };
	return answer(py, project, settingsModule, started);
}

/** What was settled before the URLs. */
interface Started {
	readonly settings: Value;
	readonly checkpoint: Checkpoint;
	/** Problems of the model by then. */
	readonly problems: readonly Problem[];
}

/** `known`: what the interpreter met in the whole evaluation, for a refresh. */
function answer(
	py: Interpreter,
	project: Project,
	settingsModule: string,
	started: Started,
	known?: Interpreter['problems'],
): Analysis {
	const model = evaluateUrls(py, project, settingsModule, started.settings, modelProblems(py));
	const reported = known ?? [...py.problems];
	const refresh = (files: readonly string[]): Analysis | undefined => {
		const affected = affectedModules(py, started.checkpoint, files, model.urls, isProjectFile(project));
		if (!affected) return undefined;
		const problems = modelProblems(py);
		problems.splice(0, problems.length, ...started.problems);
		if (guarded(py, 'Evaluating again', [], () => (forget(py, affected, started.checkpoint, reported), true)) === undefined)
			return undefined;
		py.budget.steps = 0;
		return answer(py, project, settingsModule, started, reported);
	};
	return { model, answers: liveAnswers(py, model), interpreter: py, refresh };
}

const withoutInterpreter = (model: ProjectModel): Analysis => ({ model, answers: recordedAnswers(model) });

function interpreterFor(host: Host, project: Project, settingsModule: string): Interpreter {
	const { environment, folder } = project;
	const { version } = environment;
	return createInterpreter({
		host,
		sysPath: project.sysPath,
		projectRoots: [folder],
		readable: project.readable,
		editable: new Map([...[...environment.modules].map(([name, path]) => [name, [path]] as const), ...environment.namespaces]),
		environment: { DJANGO_SETTINGS_MODULE: settingsModule },
		environmentKnown: environment.sitePackages.length > 0,
		standardFolders: environment.stdlib ? [environment.stdlib] : [],
		...(version ? { version: [version.major, version.minor, version.micro ?? 0] as const } : {}),
		summaries: summaries(isProjectFile(project)),
		natives: psycopg2Modules,
	});
}

function isProjectFile({ environment, folder }: Project): (path: string) => boolean {
	return projectFileTest(folder, [...environment.sitePackages, ...(environment.stdlib ? [environment.stdlib] : [])]);
}

function start(
	py: Interpreter,
	project: Project,
	settingsModule: string,
	problems: Problem[],
): Started | { readonly model: ProjectModel } {
	const settings = guarded(py, 'Settings', problems, () => {
		const object = djangoSettings(py);
		py.getAttr(object, 'INSTALLED_APPS');
		return object;
	});
	if (settings === undefined) return { model: finish(py, { ...emptyModel(project, problems), settingsModule }, problems) };
	guarded(py, 'django.setup()', problems, () => py.callMethod(py.importModule('django'), 'setup'));
	return { settings, checkpoint: checkpoint(py), problems: [...problems] };
}

function evaluateUrls(
	py: Interpreter,
	project: Project,
	settingsModule: string,
	settings: Value,
	problems: Problem[],
): ProjectModel {
	const empty = emptyModel(project, problems);
	const resolver = guarded(py, 'The root URLconf', problems, () => py.callMethod(py.importModule('django.urls'), 'get_resolver'));
	const urls = resolver === undefined ? [] : (guarded(py, 'The root URLconf', problems, () => walkResolver(py, resolver)) ?? []);
	const middleware = guarded(py, 'MIDDLEWARE', problems, () => loadMiddleware(py, py.getAttr(settings, 'MIDDLEWARE'))) ?? [];
	const handlers =
		resolver === undefined ? [] : (guarded(py, 'Error handlers', problems, () => errorHandlers(py, resolver)) ?? []);
	const rootUrlconf =
		resolver === undefined
			? undefined
			: guarded(py, 'The root URLconf', problems, () => urlconfInfo(py, py.findAttr(resolver, 'urlconf_name') ?? null));
	const left =
		guarded(py, 'Conditions in URLconfs', problems, () => notMounted(py, urls, rootUrlconf?.file, isProjectFile(project))) ?? [];
	const others = guarded(py, 'Further URLconfs', problems, () => otherRoots(py, settings, middleware, problems)) ?? [];
	const file = settingsFile(py, settingsModule);
	const django = guarded(py, "Django's version", problems, () => djangoVersion(py));
	return finish(
		py,
		{
			...empty,
			settingsModule,
			...(file ? { settingsFile: file } : {}),
			...(django ? { django } : {}),
			settings: guarded(py, 'Settings', problems, () => settingInfos(py, settings)) ?? [],
			languages: guarded(py, 'LANGUAGES', problems, () => languageCodes(py, settings)) ?? [],
			middleware: guarded(py, 'MIDDLEWARE', problems, () => withSettingPlaces(py, settingsModule, middleware)) ?? middleware,
			...(rootUrlconf ? { rootUrlconf } : {}),
			notMounted: left,
			otherRoots: others,
			urls,
			handlers,
		},
		problems,
	);
}

/** Takes over what the interpreter itself reported. */
function finish(py: Interpreter, model: ProjectModel, problems: Problem[]): ProjectModel {
	for (const { reason, place } of py.problems) {
		problems.push({
			severity: 'warning',
			code: 'unknown-value',
			message: reason,
			...(place ? { place: { file: place.path, line: place.line } } : {}),
		});
	}
	return { ...model, problems: [...problems] };
}

function withSettingPlaces(py: Interpreter, settingsModule: string, middleware: readonly MiddlewareInfo[]): MiddlewareInfo[] {
	const places = entryPlaces(
		py,
		settingsModule,
		middleware.map(({ path }) => path),
	);
	return middleware.map((one) => {
		const place = places.get(one.path);
		return place ? { ...one, settingPlace: place } : one;
	});
}

function djangoVersion(py: Interpreter): string | undefined {
	return textOf(py.callMethod(py.importModule('django'), 'get_version'));
}

function languageCodes(py: Interpreter, settings: Value): string[] {
	const languages = py.findAttr(settings, 'LANGUAGES');
	if (languages === undefined) return [];
	const codes: string[] = [];
	for (const pair of py.iterate(languages)) {
		const code = textOf(py.list(pair)[0] ?? null);
		if (code !== undefined) codes.push(code.toLowerCase());
	}
	return codes;
}

function emptyModel(project: Project, problems: readonly Problem[]): ProjectModel {
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
		middleware: [],
		urls: [],
		otherRoots: [],
		handlers: [],
		notMounted: [],
		problems,
	};
}
