import type { Connection, Diagnostic, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { modelDiagnostics, nameDiagnostics } from './features/diagnostics';
import type { ModelIndex } from './modelIndex';
import type { Session } from './session';
import { pathOf } from './uri';

/** Names are looked at once the typing rests. Milliseconds. */
const rest = 300;

/** Joins what a model says of a file with what its open text says, and publishes the sum where it changed. */
export class DiagnosticsPublisher {
	private readonly ofModels = new Map<string, ReadonlyMap<string, Diagnostic[]>>();
	private readonly ofNames = new Map<string, Diagnostic[]>();
	private readonly published = new Map<string, string>();
	private readonly timers = new Map<string, NodeJS.Timeout>();

	constructor(
		private readonly connection: Connection,
		private readonly documents: TextDocuments<TextDocument>,
	) {}

	modelChanged(root: string, index: ModelIndex): void {
		const before = this.ofModels.get(root);
		const now = modelDiagnostics(index);
		this.ofModels.set(root, now);
		for (const uri of new Set([...(before?.keys() ?? []), ...now.keys()])) this.publish(uri);
	}

	checkOpen(session: Session): void {
		for (const document of this.documents.all()) this.check(document, session);
	}

	check(document: TextDocument, session: Session): void {
		clearTimeout(this.timers.get(document.uri));
		this.timers.set(
			document.uri,
			setTimeout(() => {
				this.timers.delete(document.uri);
				const path = pathOf(document.uri);
				const newest = this.documents.get(document.uri);
				if (path === undefined || !newest) return;
				void session.rootOf(path).then(async (root) => {
					// A file outside of every project is none of ours to judge.
					const found = root === undefined ? [] : nameDiagnostics(newest, path, await session.indexesFor(path));
					if (!this.documents.get(document.uri)) return;
					this.ofNames.set(document.uri, found);
					this.publish(document.uri);
				});
			}, rest),
		);
	}

	closed(document: TextDocument): void {
		clearTimeout(this.timers.get(document.uri));
		this.timers.delete(document.uri);
		this.ofNames.delete(document.uri);
		this.publish(document.uri);
	}

	private publish(uri: string): void {
		const models = [...this.ofModels.values()].flatMap((files) => files.get(uri) ?? []);
		const diagnostics = [...models, ...(this.ofNames.get(uri) ?? [])];
		const text = JSON.stringify(diagnostics);
		if ((this.published.get(uri) ?? '[]') === text) return;
		this.published.set(uri, text);
		void this.connection.sendDiagnostics({ uri, diagnostics });
	}
}
