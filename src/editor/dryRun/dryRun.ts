import {
	type CancellationToken,
	type Disposable,
	DocumentLink,
	type DocumentLinkProvider,
	EventEmitter,
	languages,
	type ProviderResult,
	Range,
	type TextDocument,
	type TextDocumentContentProvider,
	Uri,
	window,
	workspace,
} from 'vscode';
import type { RouteInfo } from '../../shared/model';
import type { ProjectSummary } from '../../shared/protocol/server';
import { requestLine } from '../../shared/requestLine';
import type { Context } from '../context';
import { DisposableStore } from '../disposables';
import { type DryRunPage, dryRunPage } from './text';

const scheme = 'request-cycle-dry-run';
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** The answers to dry runs as read-only documents whose lines link to the source. */
export class DryRunDocuments implements TextDocumentContentProvider, DocumentLinkProvider, Disposable {
	private readonly store = new DisposableStore();
	private readonly changed = this.store.add(new EventEmitter<Uri>());
	readonly onDidChange = this.changed.event;
	private readonly pages = new Map<string, DryRunPage>();

	constructor() {
		this.store.add(workspace.registerTextDocumentContentProvider(scheme, this));
		this.store.add(languages.registerDocumentLinkProvider({ scheme }, this));
		this.store.add(workspace.onDidCloseTextDocument((document) => this.pages.delete(document.uri.toString())));
	}

	async show(title: string, page: DryRunPage): Promise<void> {
		const uri = Uri.from({ scheme, path: `/${title.replaceAll('/', '∕')}.txt` });
		this.pages.set(uri.toString(), page);
		this.changed.fire(uri);
		await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
	}

	provideTextDocumentContent(uri: Uri): string {
		return this.pages.get(uri.toString())?.text ?? 'This dry run is gone: ask again.';
	}

	provideDocumentLinks(document: TextDocument, _token: CancellationToken): ProviderResult<DocumentLink[]> {
		return this.pages.get(document.uri.toString())?.links.map(({ line, place }) => {
			const text = document.lineAt(line).text;
			const start = text.lastIndexOf('(') + 1;
			return new DocumentLink(
				new Range(line, start, line, text.length - 1),
				Uri.file(place.file).with({ fragment: `L${place.line}` }),
			);
		});
	}

	dispose(): void {
		this.store.dispose();
	}
}

/** Asks for a request where none is given, and shows what it would reach. */
export async function showDryRun(context: Context, project: ProjectSummary, request?: string, route?: RouteInfo): Promise<void> {
	const text = request ?? (await askRequest(route));
	if (text === undefined) return;
	const asked = requestLine(text);
	if (asked === undefined) return;
	const { method, path } = asked;
	const run = await context.projects.client.dryRun({ root: project.root, ...asked });
	await context.dryRuns.show(
		`${method} ${path}`,
		dryRunPage(run, (file) => workspace.asRelativePath(file)),
	);
}

function askRequest(route: RouteInfo | undefined): Thenable<string | undefined> {
	const value = route ? `GET ${route.fullPath}` : 'GET /';
	const open = value.search(/<|\(/);
	return window.showInputBox({
		title: 'Dry Run',
		prompt: 'A path, with a method before it if it is not GET, or the address of a page. Django is not started.',
		placeHolder: 'POST /fr/shop/42/',
		value,
		// What is typed or pasted takes the place of what has to be filled in; a method may be left out.
		valueSelection: [route ? (open >= 0 ? open : value.length) : 0, value.length],
		validateInput(text) {
			const method = /^\s*([A-Za-z]+)\s/.exec(text)?.[1];
			if (method && !methods.includes(method.toUpperCase())) return `${method} is no method of HTTP.`;
			return requestLine(text) ? undefined : 'A method and a path, such as POST /shop/42/, or an address';
		},
	});
}
