import {
	type CancellationToken,
	type CustomDocument,
	type CustomReadonlyEditorProvider,
	type Disposable,
	type ExtensionContext,
	Uri,
	ViewColumn,
	type WebviewPanel,
	type WebviewPanelSerializer,
	window,
	workspace,
} from 'vscode';
import { parseCapture } from '../../capture/read';
import { CustomEditor, PanelType } from '../../ids';
import type { PanelState } from '../../shared/protocol/panel';
import type { Captures } from '../captures/captures';
import { DisposableStore } from '../disposables';
import type { Projects } from '../projects/projects';
import type { Again } from './again';
import { beside, type CaptureRef, fileOf, fileTitle, readRef, titleOf } from './captureSource';
import { pageHtml, pageOptions } from './page';
import { PanelHost, type Shown } from './panelHost';
import type { Pinned } from './pinned';

/** A panel with what it shows: `key` names its capture, or both of a comparison. */
interface OpenPanel {
	readonly panel: WebviewPanel;
	key: string;
	host: PanelHost;
}

export interface OpenOptions {
	readonly step?: number;
	/** In the panel for passing through, which shows one capture after the other, as editors in preview do. */
	readonly passing?: boolean;
}

/** A second click that comes so soon means the capture is to stay. Milliseconds. */
const doubleClick = 500;
/** Captures whose place is remembered when the panel goes on to another one. */
const mostPlaces = 200;

/**
 * The replay panels: one a capture, beside one through which the Requests view passes; those of capture files are custom
 * editors; all come back after a reload.
 */
export class Panels implements Disposable, WebviewPanelSerializer, CustomReadonlyEditorProvider {
	private readonly store = new DisposableStore();
	private readonly panels = new Set<OpenPanel>();
	/** The one that the next click in the Requests view may turn to another capture. */
	private passing: { readonly open: OpenPanel; readonly since: number } | undefined;
	private readonly places = new Map<string, PanelState>();

	constructor(
		private readonly extension: ExtensionContext,
		private readonly captures: Captures,
		private readonly pinned: Pinned,
		private readonly projects: Projects,
		private readonly again: Again,
	) {
		this.store.add(window.registerWebviewPanelSerializer(PanelType, this));
		this.store.add(
			window.registerCustomEditorProvider(CustomEditor, this, {
				supportsMultipleEditorsPerDocument: true,
				webviewOptions: { retainContextWhenHidden: false },
			}),
		);
	}

	/** Opens the replay of a capture, or brings it to the front. One that was clicked twice, or is pinned, keeps its panel. */
	async open(ref: CaptureRef, { step, passing = false }: OpenOptions = {}): Promise<PanelHost> {
		const known = this.find(ref);
		if (known) {
			if (this.passing?.open === known && (!passing || Date.now() - this.passing.since < doubleClick)) this.passing = undefined;
			known.panel.reveal();
			if (step !== undefined) known.host.go(step);
			return known.host;
		}
		const shown = await this.read(ref);
		const state = step === undefined || !shown.result.ok ? this.places.get(ref) : { captureId: shown.result.capture.id, step };
		const before = this.passing?.open;
		if (passing && before && this.panels.has(before) && this.pinned.captureId !== before.host.capture?.id) {
			this.passing = { open: before, since: Date.now() };
			return this.turn(before, shown, state);
		}
		const opened = this.show(ref, this.create(), shown, state);
		if (passing) this.passing = { open: opened, since: Date.now() };
		return opened.host;
	}

	async openComparison(left: CaptureRef, right: CaptureRef): Promise<PanelHost> {
		return this.show(comparisonKey(left, right), this.create(), await this.read(left, right)).host;
	}

	/** The open panels, for tests. */
	get hosts(): readonly PanelHost[] {
		return [...this.panels].map(({ host }) => host);
	}

	/** The capture whose panel is in front. */
	get activeRef(): CaptureRef | undefined {
		return [...this.panels].find(({ panel }) => panel.active)?.key.split(' ')[0];
	}

	async deserializeWebviewPanel(panel: WebviewPanel, state: PanelState | undefined): Promise<void> {
		// Put away before its page ran: nobody knows what it was to show.
		if (!state) return panel.dispose();
		await this.captures.follow();
		const { captureId: ref, beside } = state;
		panel.webview.options = pageOptions(this.extension.extensionUri);
		const key = beside === undefined ? ref : comparisonKey(ref, beside);
		// Without a tab it came with the document: the page had not been anywhere yet.
		this.show(key, panel, await this.read(ref, beside), state.tab === undefined ? undefined : state);
	}

	openCustomDocument(uri: Uri): CustomDocument {
		return { uri, dispose: () => undefined };
	}

	async resolveCustomEditor(document: CustomDocument, panel: WebviewPanel, _token: CancellationToken): Promise<void> {
		panel.webview.options = pageOptions(this.extension.extensionUri);
		const result = await Promise.resolve(workspace.fs.readFile(document.uri)).then(
			(bytes) => parseCapture(bytes, beside(document.uri)),
			(error: unknown) => ({
				ok: false as const,
				problem: { kind: 'unreadable' as const, message: 'The capture file could not be read.', detail: String(error) },
			}),
		);
		this.show(document.uri.fsPath, panel, { ref: document.uri.fsPath, result, file: document.uri.fsPath }, undefined, false);
	}

	dispose(): void {
		for (const { panel, host } of [...this.panels]) {
			host.dispose();
			panel.dispose();
		}
		this.store.dispose();
	}

	private async read(ref: CaptureRef, beside?: CaptureRef): Promise<Shown> {
		const shown = { ref, result: await readRef(this.captures, ref), file: fileOf(this.captures, ref) };
		return beside === undefined ? shown : { ...shown, beside: { ref: beside, result: await readRef(this.captures, beside) } };
	}

	private create(): WebviewPanel {
		const options = { ...pageOptions(this.extension.extensionUri), retainContextWhenHidden: false };
		return window.createWebviewPanel(PanelType, 'Replay', ViewColumn.Active, options);
	}

	/** The panel of a capture that was opened last. */
	private find(key: string): OpenPanel | undefined {
		return [...this.panels].findLast((open) => open.key === key);
	}

	private show(key: string, panel: WebviewPanel, shown: Shown, state?: PanelState, titled = true): OpenPanel {
		const open: OpenPanel = { panel, key, host: this.host(panel, shown, state) };
		this.panels.add(open);
		panel.onDidDispose(() => {
			open.host.dispose();
			this.panels.delete(open);
		});
		if (titled) panel.title = panelTitle(shown);
		panel.iconPath = Uri.joinPath(this.extension.extensionUri, 'media', 'replay.svg');
		const first = { captureId: shown.ref, step: 0, ...(shown.beside ? { beside: shown.beside.ref } : {}) };
		panel.webview.html = pageHtml(panel.webview, this.extension.extensionUri, state ?? first);
		return open;
	}

	/** Has a panel show another capture: its page is loaded, so nothing but the capture has to get there. */
	private async turn(open: OpenPanel, shown: Shown, state?: PanelState): Promise<PanelHost> {
		const { host, key, panel } = open;
		if (host.currentState) this.places.set(key, host.currentState);
		for (const [oldest] of this.places) {
			if (this.places.size <= mostPlaces) break;
			this.places.delete(oldest);
		}
		host.dispose();
		this.panels.delete(open);
		open.key = shown.ref;
		open.host = this.host(panel, shown, state);
		this.panels.add(open);
		panel.title = panelTitle(shown);
		const loaded = host.loads > 0 && panel.visible;
		panel.reveal();
		// A page that has yet to load, or loads again because it was hidden, asks of itself.
		if (loaded) await open.host.load();
		return open.host;
	}

	private host({ webview }: WebviewPanel, shown: Shown, state?: PanelState): PanelHost {
		return new PanelHost(webview, shown, this.pinned, this.projects, this.again, this.captures, state);
	}
}

function panelTitle({ ref, result, beside }: Shown): string {
	const title = result.ok ? titleOf(result.capture) : fileTitle(ref) || 'Replay';
	return beside?.result.ok ? `${title} ↔ ${titleOf(beside.result.capture)}` : title;
}

const comparisonKey = (left: CaptureRef, right: CaptureRef) => `${left} ${right}`;
