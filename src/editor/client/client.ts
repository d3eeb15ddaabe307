import {
	type CancellationToken,
	type Disposable,
	EventEmitter,
	type ExtensionContext,
	type LogOutputChannel,
	Uri,
	workspace,
} from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import {
	DRY_RUN,
	type DryRunParams,
	type DryRunResult,
	MODEL,
	MODEL_CHANGED,
	type ModelChangedParams,
	type ModelParams,
	type ModelResult,
	OPTIONS_CHANGED,
	PROJECTS,
	PROJECTS_CHANGED,
	type ProjectsResult,
	ROUTES_IN_FILE,
	type RoutesInFileResult,
	type ServerOptions,
	STATUS,
	type StatusParams,
} from '../../shared/protocol/server';
import { DisposableStore } from '../disposables';

/** Languages whose documents hold URL names. */
export const languages = ['python', 'django-html', 'html', 'jinja-html', 'django-txt'] as const;

/** The language server's typed end in the editor. It starts with the first question. */
export class Client implements Disposable {
	private readonly store = new DisposableStore();
	private readonly modelChanged = this.store.add(new EventEmitter<ModelChangedParams>());
	private readonly projectsChanged = this.store.add(new EventEmitter<void>());
	private readonly statusChanged = this.store.add(new EventEmitter<StatusParams>());
	readonly onModelChanged = this.modelChanged.event;
	readonly onProjectsChanged = this.projectsChanged.event;
	readonly onStatus = this.statusChanged.event;
	private started: Promise<LanguageClient> | undefined;
	private sent = '';

	constructor(
		private readonly extension: ExtensionContext,
		private readonly log: LogOutputChannel,
		private readonly options: () => ServerOptions,
	) {}

	projects(): Promise<ProjectsResult> {
		return this.ask(PROJECTS, undefined);
	}

	model(params: ModelParams, token?: CancellationToken): Promise<ModelResult> {
		return this.ask(MODEL, params, token);
	}

	dryRun(params: DryRunParams, token?: CancellationToken): Promise<DryRunResult> {
		return this.ask(DRY_RUN, params, token);
	}

	routesInFile(uri: Uri, token?: CancellationToken): Promise<RoutesInFileResult> {
		return this.ask(ROUTES_IN_FILE, { uri: uri.toString() }, token);
	}

	/** Sends the options again where they changed since they were sent. */
	async optionsChanged(): Promise<void> {
		if (!this.started) return;
		const client = await this.started;
		const options = this.options();
		const text = JSON.stringify(options);
		if (text === this.sent) return;
		this.sent = text;
		await client.sendNotification(OPTIONS_CHANGED, options);
	}

	start(): Promise<LanguageClient> {
		this.started ??= this.launch();
		return this.started;
	}

	dispose(): void {
		void this.started?.then((client) => client.dispose()).catch(() => undefined);
		this.store.dispose();
	}

	private async ask<T>(method: string, params: unknown, token?: CancellationToken): Promise<T> {
		const client = await this.start();
		return client.sendRequest<T>(method, params, token);
	}

	private async launch(): Promise<LanguageClient> {
		const module = Uri.joinPath(this.extension.extensionUri, 'dist', 'server.js').fsPath;
		const options = this.options();
		this.sent = JSON.stringify(options);
		const client = new LanguageClient(
			'requestCycle',
			'Django Request Cycle',
			{
				run: { module, transport: TransportKind.ipc },
				debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6019'] } },
			},
			{
				documentSelector: languages.map((language) => ({ scheme: 'file', language })),
				initializationOptions: options,
				outputChannel: this.log,
				synchronize: {
					fileEvents: [
						this.store.add(workspace.createFileSystemWatcher('**/*.{py,toml,ini,cfg,pth,json,yaml,yml,txt}')),
						this.store.add(workspace.createFileSystemWatcher('**/.env')),
					],
				},
			},
		);
		client.onNotification(MODEL_CHANGED, (params: ModelChangedParams) => this.modelChanged.fire(params));
		client.onNotification(PROJECTS_CHANGED, () => this.projectsChanged.fire());
		client.onNotification(STATUS, (params: StatusParams) => this.statusChanged.fire(params));
		await client.start();
		return client;
	}
}
