import { createInterpreter } from '../python/create';
import type { Interpreter } from '../python/runtime/interpreter';
import { textOf, type Value } from '../python/values';
import type { Host } from '../shared/host';
import { sameJson } from '../shared/json';
import type { MiddlewareInfo, NotMounted, Problem, ProjectModel, VariableInfo } from '../shared/model';
import { noteCalled } from './calledFunctions';
import { installConfigurations } from './configurations';
import { noteDone } from './doneStatements';
import { practicePlace } from './edit/practice';
import { noteTakers } from './edit/takers';
import { type EditTrace, untraced } from './edit/trace';
import { unreached } from './edit/unreached';
import { emptyModel } from './emptyModel';
import { errorHandlers } from './handlers';
import { type Answers, recordedAnswers } from './matching/answers';
import { liveAnswers } from './matching/live';
import { loadMiddleware } from './middleware';
import { unevaluated } from './outline/outline';
import { guarded, modelProblems } from './problems';
import { openProject, type Project, type ProjectOptions } from './project';
import { loaded, type Refreshed, refreshed } from './refresh';
import { SettingTrail } from './settingPlaces';
import { djangoSettings, settingInfos, settingsFile } from './settings';
import { settingsLeftOut } from './settingsLeftOut';
import { projectFileTest } from './sites';
import { summaries } from './summaries';
import { psycopgModules } from './summaries/psycopg';
import { psycopg2Modules } from './summaries/psycopg2';
import { urlconfInfo } from './urls/entries';
import { notMounted } from './urls/notMounted';
import { otherRoots } from './urls/otherRoots';
import { allAnswered, answersOtherwise, checkpoint } from './urls/setupQuestions';
import { walkResolver } from './urls/walk';
import { variableInfos, variablesAfter, watchVariables } from './variables';

/** The project model, and what only the interpreter that made it can answer. */
export interface Analysis {
	readonly model: ProjectModel;
	/** What a dry run asks. */
	readonly answers: Answers;
	readonly interpreter?: Interpreter;
	/**
	 * The analysis after these files changed, when no more than a few statements of URLconfs and views have to run again; undefined
	 * when everything has to. This analysis is of no more use then.
	 */
	readonly refresh?: (files: readonly string[], trace?: EditTrace) => Analysis | undefined;
	/**
	 * The same after an edit of this file that was followed and taken back, so that the first one that somebody makes finds everything
	 * ready; itself where there is nothing to ready. Undefined where it could not be followed, as with `refresh`.
	 */
	readonly practise?: (file: string) => Analysis | undefined;
	/** A refresh that has met something out of date. */
	readonly uncertain?: boolean;
	/** A refresh after which `django.setup()` would go another way: its model says so, and a whole evaluation is to follow in calm. */
	readonly unsettled?: boolean;
}

/**
 * Evaluates a project as far as Django itself would when it starts and resolves a first request: settings, app registry, root
 * URLconf, middleware, error handlers. Runs none of its code. Never throws: what goes wrong is in `model.problems`.
 * `settingsRead` is given what is known once the settings are, long before the URLs.
 */
export function analyzeProject(
	host: Host,
	options: ProjectOptions,
	settingsRead?: (model: ProjectModel, project: Project) => void,
): Analysis {
	const project = openProject(host, options);
	const problems: Problem[] = [...project.problems];
	if (!project.settingsModule) return withoutInterpreter(emptyModel(project, problems));
	if (!project.django) return withoutInterpreter(unevaluated(host, project));
	const py = interpreterFor(host, project, project.settingsModule);
	modelProblems(py).push(...problems);
	const { settingsModule } = project;
	const report = settingsRead && ((model: ProjectModel) => settingsRead(model, project));
	const started = start(py, project, settingsModule, modelProblems(py), report);
	if ('model' in started) return { ...withoutInterpreter(started.model), interpreter: py };
	return answer(py, project, settingsModule, started);
}

/** What was settled before the URLs. */
interface Started {
	readonly settings: Value;
	/** How `MIDDLEWARE` came about. */
	readonly middleware: SettingTrail;
	/** What conditions left out of the settings. */
	readonly leftOut: readonly NotMounted[];
	/** The modules that were loaded by then. */
	readonly early: ReadonlySet<string>;
	/** Problems of the model by then. */
	readonly problems: readonly Problem[];
}

/** `refresh`: what an edit has left of the answer before. `settled`: the model of the last whole evaluation. */
function answer(
	py: Interpreter,
	project: Project,
	settingsModule: string,
	started: Started,
	refresh?: Refreshed,
	settled?: ProjectModel,
): Analysis {
	const model = refresh
		? evaluateAgain(py, project, started, refresh)
		: evaluateUrls(py, project, settingsModule, started, modelProblems(py));
	const whole = settled ?? model;
	const follow = (
		files: readonly string[],
		trace: EditTrace,
		textOf = (file: string): string | undefined => py.readText(file),
	): Analysis | undefined => {
		const problems = modelProblems(py);
		problems.splice(0, problems.length, ...started.problems);
		py.budget.steps = 0;
		if (!refresh) unreached(py, model, started.early, isProjectFile(project));
		const next = guarded(py, 'Evaluating again', [], () => {
			const after = refreshed(py, model, files, started.early, isProjectFile(project), trace, textOf);
			trace.phase('walk');
			return after && answer(py, project, settingsModule, started, after, whole);
		});
		if (next?.uncertain) trace.refused('a function was called whose text is another now');
		if (!next || next.uncertain) return undefined;
		if (!answersOtherwise(py, whole, next.model)) return next;
		if (allAnswered(py)) return unsettled(next);
		trace.refused('an app has asked for URLs when it was set up, and got no answer');
		return undefined;
	};
	const analysis: Analysis = {
		model,
		answers: liveAnswers(py, model),
		interpreter: py,
		refresh: (files, trace = untraced) => follow(files, trace),
		practise: (file) => {
			const isProject = isProjectFile(project);
			const module = usedEarly(model, file) ? undefined : loaded(py, file, isProject);
			const text = module && py.readText(file);
			const place = module && practicePlace(py, module, isProject);
			if (text === undefined || place === undefined || module?.source?.newest.text !== text) return analysis;
			const put = follow([file], untraced, () => `${text.slice(0, place)}\n${text.slice(place)}`);
			return put?.refresh?.([file]);
		},
		...(refresh && !refresh.changes.certain() ? { uncertain: true } : {}),
	};
	return analysis;
}

/** Of what settings and middleware stand in, every edit but of its lines wants a whole evaluation. */
const usedEarly = ({ settingsFile, middleware }: ProjectModel, file: string): boolean =>
	settingsFile === file ||
	middleware.some(({ place, hooks }) => place?.file === file || hooks.some((hook) => hook.place?.file === file));

/** What is typed by halves breaks setup for moments: the URLs are told at once, and what setup makes of them when it is run again. */
function unsettled(analysis: Analysis): Analysis {
	const message =
		'An app has asked for URLs when it was set up, by reverse() in its ready(), say, and would get another answer now: what comes of that is told when the whole project is evaluated again, in calm.';
	const { model } = analysis;
	const problem: Problem = { severity: 'information', code: 'unsettled', message };
	return { ...analysis, model: { ...model, problems: [problem, ...model.problems] }, unsettled: true };
}

/** The model after an edit: what the edit has left alone is taken over as it is. */
function evaluateAgain(py: Interpreter, project: Project, started: Started, { model, changes, ran }: Refreshed): ProjectModel {
	const problems = modelProblems(py);
	const { settings } = started;
	const resolver = guarded(py, 'The root URLconf', problems, () => py.callMethod(py.importModule('django.urls'), 'get_resolver'));
	// What a dotted path led to may be another: of Django's caches these are to be forgotten (django/urls/base.py, clear_url_caches, 5.2).
	if (ran) guarded(py, 'The root URLconf', problems, () => forgetAnswers(py));
	const walk = (one: Value) => walkResolver(py, one, changes);
	const urls = resolver === undefined ? [] : (guarded(py, 'The root URLconf', problems, () => walk(resolver)) ?? []);
	const handlers =
		ran && resolver !== undefined ? guarded(py, 'Error handlers', problems, () => errorHandlers(py, resolver)) : undefined;
	const left = guarded(py, 'Conditions in URLconfs', problems, () =>
		notMounted(py, urls, model.rootUrlconf?.file, isProjectFile(project)),
	);
	const others = guarded(py, 'Further URLconfs', problems, () =>
		otherRoots(py, settings, model.middleware, isProjectFile(project), problems, changes),
	);
	const next = {
		...model,
		urls,
		handlers: handlers ?? model.handlers,
		notMounted: [...started.leftOut, ...(left ?? []), ...(others?.left ?? [])],
		otherRoots: others?.roots ?? [],
	};
	const variables = variablesAfter(py, model.variables, changes.files);
	return asBefore(model, finish(py, next, problems, unreached(py, next, started.early, isProjectFile(project)), variables));
}

function forgetAnswers(py: Interpreter): void {
	for (const name of ['get_callable', 'get_ns_resolver'])
		py.callMethod(py.getAttr(py.importModule('django.urls'), name), 'cache_clear');
}

/** The parts of the model that are as they were, by identity. */
function asBefore(before: ProjectModel, next: ProjectModel): ProjectModel {
	const { handlers, notMounted: left, otherRoots: others, problems, variables } = before;
	return {
		...next,
		handlers: sameJson(handlers, next.handlers) ? handlers : next.handlers,
		notMounted: sameJson(left, next.notMounted) ? left : next.notMounted,
		otherRoots: sameJson(others, next.otherRoots) ? others : next.otherRoots,
		problems: sameJson(problems, next.problems) ? problems : next.problems,
		variables: sameJson(variables, next.variables) ? variables : next.variables,
	};
}

const withoutInterpreter = (model: ProjectModel): Analysis => ({ model, answers: recordedAnswers(model) });

function interpreterFor(host: Host, project: Project, settingsModule: string): Interpreter {
	const { environment, folder, configuration } = project;
	const { version } = environment;
	return createInterpreter({
		host,
		sysPath: project.sysPath,
		projectRoots: [folder],
		readable: project.readable,
		editable: new Map([...[...environment.modules].map(([name, path]) => [name, [path]] as const), ...environment.namespaces]),
		environment: { DJANGO_SETTINGS_MODULE: settingsModule, ...(configuration ? { DJANGO_CONFIGURATION: configuration } : {}) },
		environmentKnown: environment.sitePackages.length > 0,
		standardFolders: environment.stdlib ? [environment.stdlib] : [],
		...(version ? { version: [version.major, version.minor, version.micro ?? 0] as const } : {}),
		summaries: summaries(isProjectFile(project)),
		natives: new Map([...psycopgModules, ...psycopg2Modules]),
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
	report: ((model: ProjectModel) => void) | undefined,
): Started | { readonly model: ProjectModel } {
	const middleware = new SettingTrail(py, 'MIDDLEWARE');
	noteDone(py);
	watchVariables(py, isProjectFile(project));
	noteCalled(py);
	noteTakers(py, isProjectFile(project));
	installConfigurations(py, project, problems);
	const settings = guarded(py, 'Settings', problems, () => {
		const object = djangoSettings(py);
		middleware.watch(() => py.getAttr(object, 'INSTALLED_APPS'));
		return object;
	});
	if (settings === undefined) return { model: finish(py, { ...emptyModel(project, problems), settingsModule }, problems) };
	if (report)
		guarded(py, 'Settings', [], () => report(settingsModel(py, project, settingsModule, settings, middleware, problems)));
	guarded(py, 'django.setup()', problems, () => py.callMethod(py.importModule('django'), 'setup'));
	const own = [...middleware.sources].filter(({ path }) => isProjectFile(project)(path));
	const leftOut = guarded(py, 'Conditions in settings', problems, () => settingsLeftOut(py, settings, own)) ?? [];
	return { settings, middleware, leftOut, early: checkpoint(py), problems: [...problems] };
}

/** What the settings tell, before any app or middleware is loaded. */
function settingsModel(
	py: Interpreter,
	project: Project,
	settingsModule: string,
	settings: Value,
	trail: SettingTrail,
	problems: readonly Problem[],
): ProjectModel {
	const file = settingsFile(py, settingsModule);
	const urlconf = textOf(py.findAttr(settings, 'ROOT_URLCONF') ?? null);
	const paths = [...py.iterate(py.getAttr(settings, 'MIDDLEWARE'))].flatMap((entry) => textOf(entry) ?? []);
	return {
		...emptyModel(project, [...problems]),
		settingsModule,
		...(file ? { settingsFile: file } : {}),
		settings: settingInfos(py, settings),
		middleware: withSettingPlaces(
			trail,
			settingsModule,
			paths.map((path) => ({ path, hooks: [] })),
		),
		...(urlconf === undefined ? {} : { rootUrlconf: { name: urlconf } }),
	};
}

function evaluateUrls(
	py: Interpreter,
	project: Project,
	settingsModule: string,
	{ settings, middleware: trail, leftOut }: Started,
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
	const others = guarded(py, 'Further URLconfs', problems, () =>
		otherRoots(py, settings, middleware, isProjectFile(project), problems),
	);
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
			middleware: guarded(py, 'MIDDLEWARE', problems, () => withSettingPlaces(trail, settingsModule, middleware)) ?? middleware,
			...(rootUrlconf ? { rootUrlconf } : {}),
			notMounted: [...leftOut, ...left, ...(others?.left ?? [])],
			otherRoots: others?.roots ?? [],
			urls,
			handlers,
		},
		problems,
	);
}

/** Takes over what the interpreter itself reported, except in files that nothing leads to any more. */
function finish(
	py: Interpreter,
	model: ProjectModel,
	problems: Problem[],
	unreachedFiles?: ReadonlySet<string>,
	variables?: readonly VariableInfo[],
): ProjectModel {
	const told = py.problems.filter(({ place }) => !(place && unreachedFiles?.has(place.path)));
	const met = told.map(
		({ reason, place }): Problem => ({
			severity: 'warning',
			code: 'unknown-value',
			message: reason,
			...(place ? { place: { file: place.path, line: place.line } } : {}),
		}),
	);
	return { ...model, variables: variables ?? variableInfos(py), problems: [...problems, ...met.sort(byPlace)] };
}

/** By file, line and text: the order in which they were met is that of the evaluation, which an edit changes. */
function byPlace(a: Problem, b: Problem): number {
	return compared(a.place?.file, b.place?.file) || (a.place?.line ?? 0) - (b.place?.line ?? 0) || compared(a.message, b.message);
}

const compared = (a = '', b = '') => (a < b ? -1 : a > b ? 1 : 0);

function withSettingPlaces(trail: SettingTrail, settingsModule: string, middleware: readonly MiddlewareInfo[]): MiddlewareInfo[] {
	const places = trail.places(
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
