import { type Disposable, EventEmitter, type ExtensionContext, type LogOutputChannel, Uri, workspace } from 'vscode';
import { ContextKey, Setting, section } from '../../ids';
import { patched } from '../../shared/json';
import type { ProjectModel } from '../../shared/model';
import { isWithin } from '../../shared/path';
import type {
	InterpreterChoice,
	ProjectChoice,
	ProjectSummary,
	ProjectsResult,
	ServerOptions,
} from '../../shared/protocol/server';
import { Client } from '../client/client';
import type { PythonEnvironment } from '../client/pythonEnvironment';
import { sharedEnvironment, terminalEnvironment } from '../client/terminalEnvironment';
import { setContext } from '../contextKeys';
import { DisposableStore } from '../disposables';
import { setting } from '../settings';

const chosenKey = 'settingsModules';

/** The Django projects of the workspace and their newest models, as the language server knows them. */
export class Projects implements Disposable {
	private readonly store = new DisposableStore();
	private readonly changed = this.store.add(new EventEmitter<string | undefined>());
	/** Fires with the root of the project whose model changed; with undefined when the list of projects did. */
	readonly onDidChange = this.changed.event;
	readonly client: Client;
	private result: ProjectsResult | undefined;
	private looking: Promise<ProjectsResult> | undefined;
	private readonly models = new Map<string, { readonly version: number; readonly model: ProjectModel }>();
	private readonly fetching = new Map<string, Promise<ProjectModel>>();

	constructor(
		private readonly extension: ExtensionContext,
		private readonly python: PythonEnvironment,
		log: LogOutputChannel,
	) {
		setContext(ContextKey.projects, 'loading');
		this.client = this.store.add(new Client(extension, log, () => this.options()));
		this.store.add(
			this.client.onModelChanged(({ root, version }) => {
				void this.atLeast(root, version).catch(() => undefined);
			}),
		);
		this.store.add(this.client.onProjectsChanged(() => void this.refresh()));
		const send = () => void this.client.optionsChanged();
		this.store.add(python.onDidChange(send));
		this.store.add(
			workspace.onDidChangeConfiguration((event) => {
				const ours = event.affectsConfiguration(section) || event.affectsConfiguration('terminal.integrated.env');
				if (ours) send();
			}),
		);
	}

	/** What is known now; empty before the first answer. */
	get list(): readonly ProjectSummary[] {
		return this.result?.projects ?? [];
	}

	/** Why there is no project. */
	get reason(): string | undefined {
		return this.result?.reason;
	}

	get known(): boolean {
		return this.result !== undefined;
	}

	/** The whole models that are known now, in the order of the projects. */
	get knownModels(): readonly ProjectModel[] {
		return this.list.flatMap((project) => whole(this.modelOf(project.root)) ?? []);
	}

	/** What can be shown of a project now, provisional or not. */
	modelOf(root: string): ProjectModel | undefined {
		return this.models.get(root)?.model;
	}

	/** Starts the language server and looks for projects, so that the view need not wait for it. Nothing is evaluated yet. */
	start(): void {
		if ((workspace.workspaceFolders ?? []).length > 0) void this.all().catch(() => undefined);
	}

	async all(): Promise<readonly ProjectSummary[]> {
		return (this.result ?? (await this.find())).projects;
	}

	async model(root: string): Promise<ProjectModel> {
		return whole(this.modelOf(root)) ?? (await this.fetch(root));
	}

	/** Waits until there is something to show of every project; the rest comes by `onDidChange`. */
	async firstModels(): Promise<void> {
		const projects = await this.all();
		await Promise.all(
			projects.map(({ root }) => this.modelOf(root) ?? this.fetch(root, { provisional: true }).catch(() => undefined)),
		);
	}

	/** The models of every project; one that can't be had is left out. */
	async allModels(): Promise<readonly ProjectModel[]> {
		const projects = await this.all();
		const models = await Promise.all(projects.map((project) => this.model(project.root).catch(() => undefined)));
		return models.filter((model) => model !== undefined);
	}

	/** The project a file lies in; the first one when it lies in none. */
	projectOf(path: string | undefined): ProjectSummary | undefined {
		const own = path === undefined ? [] : this.list.filter((project) => isWithin(path, project.root));
		return own.sort((a, b) => b.root.length - a.root.length)[0] ?? this.list[0];
	}

	async refresh(): Promise<void> {
		this.looking = undefined;
		await this.find();
		await Promise.all(this.list.map((project) => this.fetch(project.root).catch(() => undefined)));
	}

	/** Remembers the settings module for a project of this workspace; undefined forgets it. */
	async choose(root: string, module: string | undefined): Promise<void> {
		const chosen = { ...this.chosen };
		if (module === undefined) delete chosen[root];
		else chosen[root] = module;
		await this.extension.workspaceState.update(chosenKey, chosen);
		await this.client.optionsChanged();
		await this.refresh();
	}

	dispose(): void {
		this.store.dispose();
	}

	private get chosen(): Readonly<Record<string, string>> {
		return this.extension.workspaceState.get<Record<string, string>>(chosenKey) ?? {};
	}

	private async find(): Promise<ProjectsResult> {
		this.looking ??= this.client.projects();
		const result = await this.looking;
		const before = JSON.stringify(this.result);
		this.result = result;
		setContext(ContextKey.projects, result.projects.length > 0 ? 'some' : 'none');
		setContext(
			ContextKey.severalSettings,
			result.projects.some((project) => project.candidates.length > 1),
		);
		for (const root of [...this.models.keys()]) if (!this.list.some((project) => project.root === root)) this.models.delete(root);
		if (before !== JSON.stringify(result)) this.changed.fire(undefined);
		// Settings that are scoped to a folder are known only once the project's root is.
		await this.client.optionsChanged();
		return result;
	}

	/** A question under way may be answered with the version before. */
	private async atLeast(root: string, version: number): Promise<void> {
		if ((this.models.get(root)?.version ?? -1) >= version) return;
		await this.fetch(root, { provisional: true });
		if ((this.models.get(root)?.version ?? version) < version) await this.fetch(root, { provisional: true });
	}

	/** A whole model, or what the server can show at once. */
	private fetch(root: string, { provisional = false } = {}): Promise<ProjectModel> {
		const key = JSON.stringify([root, provisional]);
		let fetching = this.fetching.get(key);
		if (!fetching) {
			fetching = this.fetchModel(root, provisional).finally(() => this.fetching.delete(key));
			this.fetching.set(key, fetching);
		}
		return fetching;
	}

	private async fetchModel(root: string, provisional: boolean): Promise<ProjectModel> {
		const known = this.models.get(root);
		const answer = await this.client.model({
			root,
			...(known ? { version: known.version } : {}),
			...(provisional ? { provisional } : {}),
		});
		const now = this.models.get(root);
		// Two questions may be under way; a server that was started anew counts from the beginning.
		if (now && now !== known && now.version >= answer.version) return now.model;
		if (answer.unchanged && known) return known.model;
		const model = answer.patch && known ? (patched(known.model, answer.patch) as ProjectModel) : answer.model;
		if (!model) throw new Error(`The project in ${root} could not be read.`);
		this.models.set(root, { version: answer.version, model });
		this.changed.fire(root);
		return model;
	}

	private options(): ServerOptions {
		const projects: Record<string, ProjectChoice> = {};
		const interpreters: Record<string, InterpreterChoice> = {};
		const folders = workspace.workspaceFolders ?? [];
		for (const root of new Set([...folders.map((folder) => folder.uri.fsPath), ...this.list.map((project) => project.root)])) {
			const settingsModule = setting(Setting.settingsModule, Uri.file(root)) || this.chosen[root];
			const environment = { ...terminalEnvironment(Uri.file(root)), ...setting(Setting.environment, Uri.file(root)) };
			const choice = {
				...(settingsModule ? { settingsModule } : {}),
				...(Object.keys(environment).length > 0 ? { environment } : {}),
			};
			if (Object.keys(choice).length > 0) projects[root] = choice;
		}
		for (const [root, settingsModule] of Object.entries(this.chosen)) projects[root] ??= { settingsModule };
		for (const folder of folders) {
			const interpreter = this.python.interpreter(folder);
			if (interpreter) interpreters[folder.uri.fsPath] = interpreter;
		}
		return {
			projects,
			interpreters,
			environment: sharedEnvironment(),
			cacheFolder: Uri.joinPath(this.extension.globalStorageUri, 'facts').fsPath,
		};
	}
}

const whole = (model: ProjectModel | undefined): ProjectModel | undefined => (model?.provisional ? undefined : model);
