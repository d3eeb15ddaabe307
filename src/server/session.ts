import { difference, sameJson } from '../shared/json';
import type { DryRun, ProjectModel } from '../shared/model';
import { isWithin } from '../shared/path';
import type { DryRunParams, ModelParams, ModelResult, ProjectsResult, ServerOptions } from '../shared/protocol/server';
import type { FileChange, ProjectEngine } from './engine';
import { indexModel, type ModelIndex } from './modelIndex';

/** At most four models a second reach the editor: its trees starve when asked more often. Milliseconds. */
const pace = 250;
/** Once nothing was typed for so long, everything is evaluated as a whole. Milliseconds. */
const calm = 10_000;
/** Once nothing happened for so long, the engine is readied for edits of the open documents; and from one step to the next. Milliseconds. */
const leisure = 2000;
const breath = 50;
/** After a keystroke, the time for the next one. Milliseconds. */
const pause = 60;

interface ProjectState {
	version: number;
	/** The newest whole model. */
	index: ModelIndex | undefined;
	/** What can be shown until the first whole model stands. */
	provisional: ProjectModel | undefined;
	/** Those who wait for something to show. */
	readonly shown: (() => void)[];
	/** What the editor was given last. */
	sent: { readonly version: number; readonly model: ProjectModel } | undefined;
	dirty: boolean;
	evaluating: Promise<ModelIndex> | undefined;
}

export interface SessionEvents {
	modelChanged(root: string, version: number, index: ModelIndex): void;
	/** There is something to show before the first whole model. */
	provisionalChanged(root: string, version: number): void;
	projectsChanged(): void;
	status(busy: boolean, message?: string): void;
	log(message: string): void;
}

/** The projects of the opened folders, their newest models, and the pace at which edits become new ones. */
export class Session {
	private readonly states = new Map<string, ProjectState>();
	private found: Promise<ProjectsResult> | undefined;
	private roots: readonly string[] = [];
	private foundText = '';
	private timer: NodeJS.Timeout | undefined;
	private calmTimer: NodeJS.Timeout | undefined;
	private leisureTimer: NodeJS.Timeout | undefined;
	/** Open documents, the newest last. */
	private readonly documents = new Set<string>();
	private lastRun = 0;
	private running = 0;

	constructor(
		private readonly engine: ProjectEngine,
		private readonly events: SessionEvents,
		private folders: readonly string[],
	) {}

	setFolders(folders: readonly string[]): void {
		this.folders = folders;
		this.lookAgain();
	}

	configure(options: ServerOptions): void {
		this.engine.configure(options);
		this.lookAgain();
	}

	/** Every Django project of the folders. */
	async projects(): Promise<ProjectsResult> {
		this.found ??= this.engine.projects(this.folders).catch((error: unknown) => {
			this.events.log(`Looking for projects failed: ${describe(error)}`);
			return { projects: [], reason: `Looking for projects failed: ${describe(error)}` };
		});
		const result = await this.found;
		this.roots = result.projects.map((project) => project.root);
		this.foundText = JSON.stringify(result);
		for (const root of [...this.states.keys()]) if (!this.roots.includes(root)) this.states.delete(root);
		return result;
	}

	async model(params: ModelParams): Promise<ModelResult> {
		const state = this.state(params.root);
		const model = params.provisional ? await this.soonest(params.root) : (await this.fresh(params.root)).model;
		if (params.version === state.version) return { version: state.version, unchanged: true };
		const { sent, version } = state;
		state.sent = { version, model };
		if (sent === undefined || sent.version !== params.version) return { version, model };
		return { version, patch: difference(sent.model, model) ?? { fields: {}, gone: [] } };
	}

	dryRun(params: DryRunParams): Promise<DryRun> {
		return this.engine.dryRun(params);
	}

	/** Files that changed, on the disk or in an open document. */
	changed(changes: readonly FileChange[], structure: boolean): void {
		if (changes.length === 0) return;
		this.engine.changed(changes);
		if (structure) this.found = undefined;
		for (const state of this.states.values()) state.dirty = true;
		for (const { path, text } of changes) {
			this.documents.delete(path);
			if (text !== undefined) this.documents.add(path);
		}
		this.schedule();
		this.settle();
		this.prepareSoon();
	}

	/** Interpreter, settings module, folders or variables are others now. */
	lookAgain(): void {
		this.found = undefined;
		for (const state of this.states.values()) state.dirty = true;
		this.schedule();
	}

	/** The newest models that may know of this file: of the project it lies in, else of all. Stale ones are not waited for. */
	async indexesFor(path: string): Promise<readonly ModelIndex[]> {
		if (!this.found) await this.projects();
		const own = this.roots.filter((root) => isWithin(path, root)).sort((a, b) => b.length - a.length)[0];
		const roots = own === undefined ? this.roots : [own];
		return Promise.all(roots.map(async (root) => this.state(root).index ?? (await this.fresh(root))));
	}

	/** The root of the project a file lies in. */
	async rootOf(path: string): Promise<string | undefined> {
		if (!this.found) await this.projects();
		return this.roots.filter((root) => isWithin(path, root)).sort((a, b) => b.length - a.length)[0];
	}

	/** What is known now, without evaluating. */
	known(): readonly ModelIndex[] {
		return [...this.states.values()].flatMap((state) => (state.index ? [state.index] : []));
	}

	dispose(): void {
		clearTimeout(this.timer);
		clearTimeout(this.calmTimer);
		clearTimeout(this.leisureTimer);
	}

	private state(root: string): ProjectState {
		let state = this.states.get(root);
		if (!state) {
			state = {
				version: 0,
				index: undefined,
				provisional: undefined,
				shown: [],
				sent: undefined,
				dirty: true,
				evaluating: undefined,
			};
			this.states.set(root, state);
		}
		return state;
	}

	/** A whole model where one stands or comes first, else what can be shown until then. */
	private async soonest(root: string): Promise<ProjectModel> {
		const state = this.state(root);
		if (!state.index && !state.provisional) {
			const shown = new Promise<void>((done) => state.shown.push(done));
			await Promise.race([this.fresh(root), shown]);
		}
		return state.index?.model ?? state.provisional ?? (await this.fresh(root)).model;
	}

	private async fresh(root: string): Promise<ModelIndex> {
		const state = this.state(root);
		if (state.evaluating) return state.evaluating;
		if (!state.dirty && state.index) return state.index;
		state.evaluating = this.evaluate(root, state).finally(() => {
			state.evaluating = undefined;
		});
		return state.evaluating;
	}

	private async evaluate(root: string, state: ProjectState, whole = false): Promise<ModelIndex> {
		state.dirty = false;
		this.busy(1);
		try {
			const provisional = state.index ? undefined : (model: ProjectModel) => this.show(root, state, model);
			const model = await (whole ? this.engine.settle(root) : this.engine.model(root, provisional)).catch((error: unknown) =>
				failedModel(root, describe(error)),
			);
			state.provisional = undefined;
			if (!state.index || !sameJson(state.index.model, model)) {
				state.index = indexModel(model);
				state.version++;
				this.events.modelChanged(root, state.version, state.index);
			}
			return state.index;
		} finally {
			this.lastRun = Date.now();
			this.busy(-1);
			if (this.documents.size > 0) this.prepareSoon();
		}
	}

	private show(root: string, state: ProjectState, model: ProjectModel): void {
		if (state.index) return;
		state.provisional = model;
		state.version++;
		for (const shown of state.shown.splice(0)) shown();
		this.events.provisionalChanged(root, state.version);
	}

	private settle(): void {
		clearTimeout(this.calmTimer);
		this.calmTimer = setTimeout(() => {
			for (const [root, state] of this.states) {
				if (state.dirty || state.evaluating || !state.index) continue;
				state.evaluating = this.evaluate(root, state, true).finally(() => {
					state.evaluating = undefined;
				});
			}
		}, calm);
	}

	/** Readies the engine for edits of the open documents once nothing happens: what somebody asks meanwhile waits for a step at most. */
	private prepareSoon(wait = leisure): void {
		clearTimeout(this.leisureTimer);
		this.leisureTimer = setTimeout(() => void this.prepare(), wait);
	}

	private async prepare(): Promise<void> {
		if (this.running > 0 || [...this.states.values()].some(({ dirty }) => dirty)) return this.prepareSoon();
		for (const path of [...this.documents].reverse()) {
			const root = await this.rootOf(path);
			if (root === undefined || !this.states.get(root)?.index) continue;
			const more = await this.engine.prepare(root, path).catch(() => false);
			if (more) return this.prepareSoon(breath);
		}
	}

	private schedule(): void {
		if (this.timer) return;
		const wait = Math.max(pause, this.lastRun + pace - Date.now());
		this.timer = setTimeout(() => {
			this.timer = undefined;
			void this.run();
		}, wait);
	}

	private async run(): Promise<void> {
		if (!this.found) {
			const before = this.foundText;
			await this.projects();
			if (before !== this.foundText) this.events.projectsChanged();
		}
		for (const [root, state] of this.states) {
			if (!state.dirty) continue;
			if (state.evaluating) await state.evaluating;
			await this.fresh(root);
		}
		if ([...this.states.values()].some((state) => state.dirty)) this.schedule();
	}

	private busy(delta: number): void {
		this.running += delta;
		if (this.running <= 1 && (delta > 0 || this.running === 0)) this.events.status(this.running > 0);
	}
}

/** The engine itself failed: said where the tree shows it. */
function failedModel(root: string, message: string): ProjectModel {
	return {
		root,
		settingsModule: '',
		environment: { sitePackages: [] },
		settings: [],
		middleware: [],
		urls: [],
		otherRoots: [],
		variables: [],
		handlers: [],
		notMounted: [],
		problems: [{ severity: 'error', code: 'internal', message: `The analysis failed: ${message}` }],
	};
}

/** An error in words. */
export function describe(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
