import {
	createConnection,
	type InitializeParams,
	ProposedFeatures,
	type TextDocumentPositionParams,
	TextDocumentSyncKind,
	TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
	DRY_RUN,
	type DryRunParams,
	type DryRunResult,
	MODEL,
	MODEL_CHANGED,
	type ModelParams,
	type ModelResult,
	OPTIONS_CHANGED,
	PROJECTS,
	PROJECTS_CHANGED,
	type ProjectsResult,
	ROUTES_IN_FILE,
	type RoutesInFileParams,
	type RoutesInFileResult,
	type ServerOptions,
	STATUS,
} from '../shared/protocol/server';
import { DiagnosticsPublisher } from './diagnosticsPublisher';
import type { ProjectEngine } from './engine';
import { completion } from './features/completion';
import { definition } from './features/definition';
import { documentLinks } from './features/documentLinks';
import { hover } from './features/hover';
import { references } from './features/references';
import { routesInFile } from './features/routesInFile';
import type { ModelIndex } from './modelIndex';
import { describe, Session } from './session';
import { pathOf } from './uri';

const structural = /(?:^|[\\/])(?:manage\.py|pyproject\.toml|pytest\.ini|setup\.cfg|tox\.ini|\.env|pyvenv\.cfg|[^\\/]+\.pth)$/;
/** Texts that the engine reads; templates it does not. */
const evaluated = /\.(?:py|toml|ini|cfg|env|pth|json|ya?ml|txt)$|[\\/]\.env$/;

/** Serves LSP and our own requests on this process's connection, over an engine. */
export function serve(createEngine: () => ProjectEngine): void {
	const connection = createConnection(ProposedFeatures.all);
	const documents = new TextDocuments(TextDocument);
	const diagnostics = new DiagnosticsPublisher(connection, documents);
	let session: Session;

	connection.onInitialize((params: InitializeParams) => {
		const engine = createEngine();
		const options: ServerOptions = params.initializationOptions ?? {};
		engine.configure(options);
		session = new Session(
			engine,
			{
				modelChanged(root, version, index) {
					void connection.sendNotification(MODEL_CHANGED, { root, version });
					diagnostics.modelChanged(root, index);
					diagnostics.checkOpen(session);
				},
				provisionalChanged: (root, version) => void connection.sendNotification(MODEL_CHANGED, { root, version }),
				projectsChanged: () => void connection.sendNotification(PROJECTS_CHANGED),
				status: (busy, message) => void connection.sendNotification(STATUS, { busy, ...(message ? { message } : {}) }),
				log: (message) => connection.console.error(message),
			},
			(params.workspaceFolders ?? []).flatMap((folder) => pathOf(folder.uri) ?? []),
		);
		return {
			capabilities: {
				textDocumentSync: TextDocumentSyncKind.Incremental,
				definitionProvider: true,
				referencesProvider: true,
				hoverProvider: true,
				completionProvider: { triggerCharacters: ["'", '"', ':'] },
				documentLinkProvider: {},
				workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
			},
		};
	});

	connection.onInitialized(() => {
		connection.workspace.onDidChangeWorkspaceFolders(async () => {
			const folders = (await connection.workspace.getWorkspaceFolders()) ?? [];
			session.setFolders(folders.flatMap((folder) => pathOf(folder.uri) ?? []));
		});
	});

	connection.onRequest(PROJECTS, (): Promise<ProjectsResult> => session.projects());
	connection.onRequest(MODEL, (params: ModelParams): Promise<ModelResult> => session.model(params));
	connection.onRequest(DRY_RUN, (params: DryRunParams): Promise<DryRunResult> => session.dryRun(params));
	connection.onRequest(ROUTES_IN_FILE, async ({ uri }: RoutesInFileParams): Promise<RoutesInFileResult> => {
		const path = pathOf(uri);
		return { entries: path === undefined ? [] : routesInFile(path, await session.indexesFor(path)) };
	});
	connection.onNotification(OPTIONS_CHANGED, (options: ServerOptions) => session.configure(options));

	/** Runs a feature at a position of an open document; a failure is logged and answers nothing. */
	async function at<T>(
		params: TextDocumentPositionParams,
		nothing: T,
		feature: (document: TextDocument, offset: number, indexes: readonly ModelIndex[], path: string) => T,
	): Promise<T> {
		return inDocument(params.textDocument.uri, nothing, (document, indexes, path) =>
			feature(document, document.offsetAt(params.position), indexes, path),
		);
	}

	async function inDocument<T>(
		uri: string,
		nothing: T,
		feature: (document: TextDocument, indexes: readonly ModelIndex[], path: string) => T,
	): Promise<T> {
		const document = documents.get(uri);
		const path = pathOf(uri);
		if (!document || path === undefined) return nothing;
		try {
			return feature(document, await session.indexesFor(path), path);
		} catch (error) {
			connection.console.error(describe(error));
			return nothing;
		}
	}

	connection.onDefinition((params) => at(params, [], definition));
	connection.onHover((params) => at(params, null, (document, offset, indexes) => hover(document, offset, indexes) ?? null));
	connection.onCompletion((params) => at(params, [], completion));
	connection.onReferences((params) =>
		at(params, [], (document, offset, indexes, path) => references(document, path, offset, indexes)),
	);
	connection.onDocumentLinks((params) =>
		inDocument(params.textDocument.uri, [], (document, indexes, path) => documentLinks(document, path, indexes)),
	);

	documents.onDidChangeContent(({ document }) => {
		const path = pathOf(document.uri);
		if (path === undefined) return;
		if (evaluated.test(path)) session.changed([{ path, text: document.getText() }], structural.test(path));
		diagnostics.check(document, session);
	});
	documents.onDidClose(({ document }) => {
		const path = pathOf(document.uri);
		if (path !== undefined && evaluated.test(path)) session.changed([{ path }], structural.test(path));
		diagnostics.closed(document);
	});
	connection.onDidChangeWatchedFiles(({ changes }) => {
		const paths = changes.flatMap((change) => pathOf(change.uri) ?? []).filter((path) => evaluated.test(path));
		const open = new Set(documents.all().map((document) => pathOf(document.uri)));
		const onDisk = paths.filter((path) => !open.has(path)).map((path) => ({ path }));
		session.changed(
			onDisk,
			onDisk.some((change) => structural.test(change.path)),
		);
	});
	connection.onShutdown(() => session.dispose());

	documents.listen(connection);
	connection.listen();
}
