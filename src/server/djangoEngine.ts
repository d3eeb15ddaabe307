import { findSettings } from '../django/discovery/discovery';
import { findEnvironment } from '../django/environment/environment';
import type { DryRun, Problem, ProjectModel } from '../shared/model';
import { basename, isWithin } from '../shared/path';
import type { DryRunParams, ProjectSummary, ProjectsResult, ServerOptions } from '../shared/protocol/server';
import type { FileChange, ProjectEngine } from './engine';
import { manageFolders } from './findProjects';
import { nodeHost } from './nodeHost';
import { OverlayHost } from './overlayHost';

/** The static engine over this machine's files and the editor's open documents. */
export function createEngine(): ProjectEngine {
	return new DjangoEngine();
}

class DjangoEngine implements ProjectEngine {
	private readonly disk = nodeHost();
	private host = new OverlayHost(this.disk, this.disk.environment);
	private options: ServerOptions = {};

	configure(options: ServerOptions): void {
		this.options = options;
		this.host = this.host.withEnvironment({ ...this.disk.environment, ...options.environment });
	}

	changed(files: readonly FileChange[]): void {
		for (const file of files) this.host.change(file);
	}

	async projects(folders: readonly string[]): Promise<ProjectsResult> {
		const projects = folders.flatMap((folder) => this.projectsIn(folder));
		if (projects.length > 0) return { projects };
		return { projects, reason: folders.length === 0 ? 'No folder is open.' : 'No manage.py and no settings module was found.' };
	}

	async model(root: string): Promise<ProjectModel> {
		const project = this.open(root);
		const { environment } = project;
		return {
			root,
			settingsModule: project.settingsModule ?? '',
			environment: {
				sitePackages: environment.sitePackages,
				...(environment.executable ? { interpreter: environment.executable } : {}),
			},
			settings: [],
			middleware: [],
			urls: [],
			otherRoots: [],
			handlers: [],
			notMounted: [],
			problems: project.problems,
		};
	}

	async dryRun({ method, path }: DryRunParams): Promise<DryRun> {
		return { method, path, tried: [], problems: [] };
	}

	/** One project a `manage.py`, each with the folder it stands in; the opened folder itself where there is only one. */
	private projectsIn(folder: string): ProjectSummary[] {
		const found = manageFolders(this.host, folder);
		const whole = this.summary(folder);
		const [first] = found;
		if (found.length <= 1) {
			const chosen = this.options.projects?.[folder]?.settingsModule !== undefined;
			if (whole.settingsModule && (chosen || first === undefined || whole.candidates.some((one) => one.root === first)))
				return [whole];
			return first === undefined ? [] : [this.summary(first)];
		}
		return found.map((one) => this.summary(one));
	}

	private summary(root: string): ProjectSummary {
		const { settingsModule, candidates, problems } = this.open(root);
		const problem = problems.find((one) => one.severity === 'error');
		return {
			root,
			name: basename(root),
			candidates,
			...(settingsModule ? { settingsModule } : {}),
			...(problem ? { problem } : {}),
		};
	}

	private open(root: string) {
		const choice = this.options.projects?.[root];
		const host = choice?.environment ? this.host.withEnvironment({ ...this.host.environment, ...choice.environment }) : this.host;
		const environment = findEnvironment(host, [root], this.interpreterOf(root));
		const candidates = findSettings(host, root, environment.sitePackages);
		const settingsModule = choice?.settingsModule ?? candidates[0]?.module;
		const problems: readonly Problem[] = environment.problems;
		return { environment, candidates, settingsModule, problems };
	}

	private interpreterOf(root: string): string | undefined {
		const folders = Object.entries(this.options.interpreters ?? {}).filter(([folder]) => isWithin(root, folder));
		return folders.sort(([a], [b]) => b.length - a.length)[0]?.[1];
	}
}
