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

/** The replay panels: one a capture; those of capture files are custom editors; all come back after a reload. */
export class Panels implements Disposable, WebviewPanelSerializer, CustomReadonlyEditorProvider {
	private readonly store = new DisposableStore();
	private readonly panels = new Map<string, { readonly panel: WebviewPanel; readonly host: PanelHost }>();

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

	/** Opens the replay of a capture, or brings it to the front. */
	async open(ref: CaptureRef, step?: number): Promise<PanelHost> {
		const known = this.panels.get(ref);
		if (known) {
			known.panel.reveal();
			if (step !== undefined) known.host.go(step);
			return known.host;
		}
		const shown = await this.read(ref);
		const state = step === undefined || !shown.result.ok ? undefined : { captureId: shown.result.capture.id, step };
		return this.show(ref, this.create(), shown, state);
	}

	async openComparison(left: CaptureRef, right: CaptureRef): Promise<PanelHost> {
		return this.show(comparisonKey(left, right), this.create(), await this.read(left, right));
	}

	/** The open panels, for tests. */
	get hosts(): readonly PanelHost[] {
		return [...this.panels.values()].map(({ host }) => host);
	}

	/** The capture whose panel is in front. */
	get activeRef(): CaptureRef | undefined {
		return [...this.panels].find(([, { panel }]) => panel.active)?.[0].split(' ')[0];
	}

	async deserializeWebviewPanel(panel: WebviewPanel, state: PanelState | undefined): Promise<void> {
		// Put away before its page ran: nobody knows what it was to show.
		if (!state) return panel.dispose();
		await this.captures.follow();
		const { captureId: ref, beside } = state;
		panel.webview.options = pageOptions(this.extension.extensionUri);
		const key = beside === undefined ? ref : comparisonKey(ref, beside);
		this.show(key, panel, await this.read(ref, beside), state);
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
		for (const { panel, host } of this.panels.values()) {
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

	private show(key: string, panel: WebviewPanel, shown: Shown, state?: PanelState, titled = true): PanelHost {
		const host = new PanelHost(panel.webview, shown, this.pinned, this.projects, this.again, this.captures, state);
		this.panels.set(key, { panel, host });
		panel.onDidDispose(() => {
			host.dispose();
			if (this.panels.get(key)?.panel === panel) this.panels.delete(key);
		});
		if (titled) {
			const { result, beside } = shown;
			const title = result.ok ? titleOf(result.capture) : fileTitle(shown.ref) || 'Replay';
			panel.title = beside?.result.ok ? `${title} ↔ ${titleOf(beside.result.capture)}` : title;
		}
		panel.iconPath = Uri.joinPath(this.extension.extensionUri, 'media', 'replay.svg');
		const first = { captureId: shown.ref, step: 0, ...(shown.beside ? { beside: shown.beside.ref } : {}) };
		panel.webview.html = pageHtml(panel.webview, this.extension.extensionUri, state ?? first);
		return host;
	}
}

const comparisonKey = (left: CaptureRef, right: CaptureRef) => `${left} ${right}`;
