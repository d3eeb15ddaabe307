import { type Analysis, analyzeProject } from '../django/analyze';
import { cachedAnswer, isProjectModel } from '../django/cache/modelCache';
import { type RecordingHost, recordingHost, type Sources, unchanged } from '../django/cache/sources';
import { dryRun } from '../django/matching/dryRun';
import { projectOutline } from '../django/outline/outline';
import { environmentOf, openProject, type Project, type ProjectOptions } from '../django/project';
import type { FactCache, Host } from '../shared/host';
import type { DryRun, ProjectModel } from '../shared/model';
import { basename, isWithin } from '../shared/path';
import type { DryRunParams, InterpreterChoice, ProjectSummary, ProjectsResult, ServerOptions } from '../shared/protocol/server';
import { diskCache } from './diskCache';
import type { FileChange, ProjectEngine } from './engine';
import { manageFolders } from './findProjects';
import { nodeHost } from './nodeHost';
import { OverlayHost } from './overlayHost';

/** The static engine over this machine's files and the editor's open documents. */
export function createEngine(): ProjectEngine {
	return new DjangoEngine();
}

interface Kept {
	readonly question: string;
	/** What was read for it, refreshes included. */
	readonly recording: RecordingHost;
	readonly analysis: Analysis;
	/** Refreshed rather than evaluated as a whole. */
	readonly refreshed: boolean;
	/** Files that changed since, as the editor tells. */
	readonly changed: Set<string>;
	/** Files that were told to have changed and have no part in it. */
	readonly foreign: Set<string>;
	/** How often an edit of a file was practised. */
	readonly practised: Map<string, number>;
}

class DjangoEngine implements ProjectEngine {
	private readonly disk = nodeHost();
	private host = new OverlayHost(this.disk, this.disk.environment);
	private options: ServerOptions = {};
	/** The last analysis of each project, good while nothing that it read has changed. */
	private readonly kept = new Map<string, Kept>();
	/** The interpreter of each project, good while neither options nor environments change. */
	private readonly interpreters = new Map<string, { readonly choice: InterpreterChoice | undefined }>();

	configure(options: ServerOptions): void {
		this.options = options;
		this.interpreters.clear();
		this.host = this.host.withEnvironment({ ...this.disk.environment, ...options.environment });
	}

	changed(files: readonly FileChange[]): void {
		for (const file of files) {
			this.host.change(file);
			if (environmental.test(file.path)) this.interpreters.clear();
			for (const { changed } of this.kept.values()) changed.add(file.path);
		}
	}

	async projects(folders: readonly string[]): Promise<ProjectsResult> {
		const projects = folders.flatMap((folder) => this.projectsIn(folder));
		if (projects.length > 0) return { projects };
		return { projects, reason: folders.length === 0 ? 'No folder is open.' : 'No manage.py and no settings module was found.' };
	}

	async model(root: string, provisional?: (model: ProjectModel) => void): Promise<ProjectModel> {
		const { host, options, question } = this.question(root);
		const kept = this.keptFor(root, question, host);
		if (kept) return kept.model;
		let shown = false;
		const outdated = (model: ProjectModel) => {
			shown = true;
			provisional?.({ ...model, provisional: 'earlier' });
		};
		const compute = (recording: Host) => {
			const outline = provisional && !shown ? provisional : undefined;
			outline?.(projectOutline(host, openProject(host, options)));
			const settingsRead = outline && ((model: ProjectModel, project: Project) => outline(projectOutline(host, project, model)));
			return this.analyze(root, question, recording, options, settingsRead).model;
		};
		const cache = this.options.cacheFolder === undefined ? undefined : diskCache(this.options.cacheFolder);
		// What is typed but not saved is nobody's answer for later.
		const kind = host.changes > 0 ? readOnly(cache) : cache;
		return cachedAnswer({ host, cache: kind, question, compute, restore: isProjectModel, outdated });
	}

	/** The model of a whole evaluation, where the last one was a refresh. */
	async settle(root: string): Promise<ProjectModel> {
		if (this.kept.get(root)?.refreshed) this.kept.delete(root);
		return this.model(root);
	}

	async prepare(root: string, path: string): Promise<boolean> {
		const { host, options, question } = this.question(root);
		const kept = this.kept.get(root);
		if (!kept) this.analyze(root, question, host, options);
		if (kept?.question !== question || kept.changed.size > 0) return !kept;
		const times = kept.practised.get(path) ?? 0;
		if (times >= practices) return false;
		kept.practised.set(path, times + 1);
		const analysis = kept.analysis.practise?.(path);
		if (analysis === kept.analysis) return false;
		if (analysis) this.kept.set(root, { ...kept, analysis });
		else this.analyze(root, question, host, options);
		return analysis !== undefined;
	}

	async dryRun({ root, ...request }: DryRunParams): Promise<DryRun> {
		const { host, options, question } = this.question(root);
		const { model, answers } = this.keptFor(root, question, host) ?? this.analyze(root, question, host, options);
		return dryRun(model, request, answers);
	}

	/** The last analysis while it holds; refreshed where that is enough. */
	private keptFor(root: string, question: string, host: Host): Analysis | undefined {
		const kept = this.kept.get(root);
		if (kept?.question !== question) return undefined;
		const files = this.changedSince(kept, host);
		if (files?.length === 0) return kept.analysis;
		const analysis = files && kept.analysis.refresh?.(files);
		if (analysis) this.kept.set(root, { ...kept, analysis, refreshed: true });
		else this.kept.delete(root);
		return analysis;
	}

	/**
	 * The files that changed since an analysis, as the editor tells, else as the disk does; undefined when folders, variables or
	 * the presence of a file did.
	 */
	private changedSince({ recording, changed, foreign }: Kept, host: Host): readonly string[] | undefined {
		const told = [...changed].filter((path) => !foreign.has(path));
		const known = changed.size > 0 && told.every((path) => recording.wasRead(path));
		changed.clear();
		if (known) return told.filter((path) => host.stat(path)?.type === 'file').length === told.length ? told : undefined;
		const sources = recording.sources();
		for (const path of told) if (!recording.wasRead(path)) foreign.add(path);
		return unchanged(sources, host) ? [] : changedFiles(sources, host);
	}

	private analyze(
		root: string,
		question: string,
		host: Host,
		options: ProjectOptions,
		settingsRead?: Parameters<typeof analyzeProject>[2],
	): Analysis {
		const recording = recordingHost(host);
		const analysis = analyzeProject(recording.host, options, settingsRead);
		this.kept.set(root, {
			question,
			recording,
			analysis,
			refreshed: false,
			changed: new Set(),
			foreign: new Set(),
			practised: new Map(),
		});
		return analysis;
	}

	/** One project a `manage.py`, each with the folder it stands in; the opened folder itself where there is only one. */
	private projectsIn(folder: string): ProjectSummary[] {
		const found = manageFolders(this.host, folder);
		const [first] = found;
		if (found.length > 1) return found.map((one) => this.summary(one));
		const whole = this.summary(folder);
		const chosen = this.options.projects?.[folder]?.settingsModule !== undefined;
		const holds = first === undefined || whole.candidates.some((candidate) => candidate.root === first);
		if (whole.settingsModule && (chosen || holds)) return [whole];
		return first === undefined ? [] : [this.summary(first)];
	}

	private summary(root: string): ProjectSummary {
		const { host, options } = this.question(root);
		const { settingsModule, candidates, problems } = openProject(host, options);
		const problem = problems.find((one) => one.severity === 'error');
		return {
			root,
			name: basename(root),
			candidates,
			...(settingsModule ? { settingsModule } : {}),
			...(problem ? { problem } : {}),
		};
	}

	private question(root: string): { readonly host: OverlayHost; readonly options: ProjectOptions; readonly question: string } {
		const choice = this.options.projects?.[root];
		const host = choice?.environment ? this.host.withEnvironment({ ...this.host.environment, ...choice.environment }) : this.host;
		const python = this.interpreterOf(root, host);
		const options = {
			folder: root,
			...(choice?.settingsModule ? { settingsModule: choice.settingsModule } : {}),
			...(python ? { python: python.path, pythonNamedBy: python.namedBy } : {}),
		};
		return { host, options, question: JSON.stringify([options, choice?.environment]) };
	}

	/**
	 * The interpreter that was chosen, where it is another than is found without. The Python extension names its own some seconds after
	 * the start: mostly the project's own environment, whose model is under way by then.
	 */
	private interpreterOf(root: string, host: Host): InterpreterChoice | undefined {
		const known = this.interpreters.get(root);
		if (known) return known.choice;
		const folders = Object.entries(this.options.interpreters ?? {}).filter(([folder]) => isWithin(root, folder));
		const named = folders.sort(([a], [b]) => b.length - a.length)[0]?.[1];
		const prefix = named && environmentOf(host, { folder: root, python: named.path }).prefix;
		const choice = prefix !== undefined && prefix === environmentOf(host, { folder: root }).prefix ? undefined : named;
		this.interpreters.set(root, { choice });
		return choice;
	}
}

/** The code that follows edits is compiled by then. */
const practices = 6;

/** Files that say which environments there are. */
const environmental = /(?:^|[\\/])pyvenv\.cfg$/;

/** What is kept there may be shown, but nothing is added. */
const readOnly = (cache: FactCache | undefined): FactCache | undefined => cache && { get: (key) => cache.get(key), set() {} };

/** The files that changed, when nothing else did; undefined when folders, variables or the presence of a file did. */
function changedFiles(sources: Sources, host: Host): readonly string[] | undefined {
	const files = Object.entries(sources.files).filter(([path, was]) => {
		const stat = host.stat(path);
		return stat && `${stat.size}:${stat.mtimeMs}` !== was;
	});
	const paths = files.map(([path]) => path);
	const others = {
		...sources,
		files: Object.fromEntries(Object.entries(sources.files).filter(([path]) => !paths.includes(path))),
	};
	return unchanged(others, host) ? paths : undefined;
}
