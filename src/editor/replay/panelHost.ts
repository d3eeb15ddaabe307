import { commands, type Disposable, env, Uri, type Webview, window } from 'vscode';
import type { ReadResult } from '../../capture/read';
import { Command, type CommandId } from '../../ids';
import { compare } from '../../replay/compare';
import { circle } from '../../replay/redirect';
import { tell } from '../../replay/story';
import type { Capture } from '../../shared/capture';
import type { PageReply, PageRequest, PanelCommand, PanelState, ToHost, ToPage } from '../../shared/protocol/panel';
import { type Story, stagesById } from '../../shared/story';
import type { Captures } from '../captures/captures';
import { DisposableStore } from '../disposables';
import type { Projects } from '../projects/projects';
import type { Again } from './again';
import { bodyFile } from './body';
import type { CaptureRef } from './captureSource';
import { openLocation } from './open';
import type { Pinned } from './pinned';
import { Sources } from './sources';
import { locationOfStep } from './stepLocation';
import { findStylesheet } from './stylesheets';

const commandOf: Readonly<Record<Exclude<PanelCommand, 'openBody'>, CommandId>> = {
	pin: Command.pinCapture,
	unpin: Command.unpinCapture,
	copyAsCurl: Command.copyAsCurl,
	exportHar: Command.exportHar,
	exportCapture: Command.exportCapture,
	saveAsTest: Command.saveAsTest,
	rerun: Command.rerun,
	debug: Command.debugCapture,
	compare: Command.compareCaptures,
};

export interface Shown {
	readonly ref: CaptureRef;
	readonly result: ReadResult;
	/** Path of the capture's file, where it has one. */
	readonly file: string | undefined;
	/** Another capture to show it beside. */
	readonly beside?: { readonly ref: CaptureRef; readonly result: ReadResult };
}

/** The host's end of one page: sends it what it shows, and does what it asks for. */
export class PanelHost implements Disposable {
	private readonly store = new DisposableStore();
	private readonly story: Story | undefined;
	private readonly sources: Sources | undefined;
	private state: PanelState | undefined;
	private readonly waiting: ((story: Story | undefined) => void)[] = [];
	private loaded = 0;

	constructor(
		private readonly webview: Webview,
		private readonly shown: Shown,
		private readonly pinned: Pinned,
		private readonly projects: Projects,
		private readonly again: Again,
		private readonly captures: Captures,
		state?: PanelState,
	) {
		this.state = state;
		const { capture } = this;
		this.story = capture && tell(capture);
		this.sources = capture && new Sources(capture, projects);
		this.store.add(webview.onDidReceiveMessage((message: ToHost) => void this.receive(message)));
		this.store.add(pinned.onDidChangeCapture(() => this.post({ type: 'pinned', pinned: this.isPinned })));
		this.store.add(
			pinned.onDidChangeStep((pin) => {
				if (!this.isPinned || this.state?.step === pin.step) return;
				if (capture) this.state = { ...this.state, captureId: capture.id, step: pin.step };
				this.post({ type: 'go', step: pin.step });
			}),
		);
	}

	get capture(): Capture | undefined {
		return this.shown.result.ok ? this.shown.result.capture : undefined;
	}

	get isComparison(): boolean {
		return this.shown.beside !== undefined;
	}

	/** Where the page stands, as it last said. */
	get currentState(): PanelState | undefined {
		return this.state;
	}

	/** How often the page was loaded: one that was hidden, moved or reloaded is so again. */
	get loads(): number {
		return this.loaded;
	}

	/** Resolves once the page runs and has what it shows. */
	get ready(): Promise<void> {
		if (this.loaded > 0) return Promise.resolve();
		return new Promise((done) => this.waiting.push(() => done()));
	}

	/** Gives the page what it shows: it runs, and shows nothing or something else. */
	async load(): Promise<void> {
		await this.open();
		this.loaded++;
		for (const done of this.waiting.splice(0)) done(this.story);
	}

	/** Moves the page to a step. */
	go(step: number): void {
		this.post({ type: 'go', step });
	}

	dispose(): void {
		this.store.dispose();
	}

	private get isPinned(): boolean {
		return this.capture !== undefined && this.pinned.captureId === this.capture.id;
	}

	private post(message: ToPage): void {
		void this.webview.postMessage(message);
	}

	private async receive(message: ToHost): Promise<void> {
		try {
			switch (message.type) {
				case 'ready':
					await this.load();
					break;
				case 'state':
					// Not what a page still had to say of the capture that it showed before.
					if (!this.capture || message.state.captureId === this.capture.id) this.state = message.state;
					break;
				case 'step':
					await this.stepped(message.step, message.reveal);
					break;
				case 'reveal':
					if (this.sources) {
						await openLocation(this.sources, message.location, { preserveFocus: message.preserveFocus ?? false, beside: true });
					}
					break;
				case 'command':
					if (message.command === 'openBody') await this.openBody();
					else await commands.executeCommand(commandOf[message.command], this.shown.ref, this.state?.step);
					break;
				case 'request':
					await this.reply(message.id, message.request);
					break;
			}
		} catch (error) {
			void window.showErrorMessage(error instanceof Error ? error.message : String(error));
		}
	}

	private async open(): Promise<void> {
		const { result, beside } = this.shown;
		if (!result.ok) {
			this.post({ type: 'failed', ...result.problem });
			return;
		}
		const { capture } = result;
		const { story, sources } = this;
		if (!story || !sources) return;
		if (beside) {
			if (!beside.result.ok) {
				this.post({ type: 'failed', ...beside.result.problem });
				return;
			}
			const right = beside.result.capture;
			const stories = { left: story, right: tell(right) };
			this.post({ type: 'compare', left: capture, right, comparison: compare(capture, right), stories });
			return;
		}
		const pinnedStep = this.isPinned ? this.pinned.current?.step : undefined;
		const state = pinnedStep === undefined ? this.state : { ...this.state, captureId: capture.id, step: pinnedStep };
		this.post({
			type: 'open',
			capture,
			story: await this.withCircle(capture, story),
			sources: await sources.states(),
			pinned: this.isPinned,
			...(state ? { state } : {}),
		});
	}

	/** A redirect that other captures show to lead back says so. */
	private async withCircle(capture: Capture, story: Story): Promise<Story> {
		const { verdict } = story;
		if (verdict.kind !== 'redirected') return story;
		const paths = await circle(capture, (after, path) => this.captures.rightAfter(after, path));
		if (!paths) return story;
		const text = `${verdict.text} It goes round in a circle: ${paths.map((path) => path.slice(0, 100)).join(' → ')}.`;
		return { ...story, verdict: { ...verdict, text } };
	}

	private async stepped(step: number, reveal: boolean): Promise<void> {
		const { capture, story, sources } = this;
		if (!capture || !story || !sources) return;
		this.state = { ...this.state, captureId: capture.id, step };
		if (this.isPinned) this.pinned.go(step);
		const at = story.steps[step];
		if (!reveal || !at) return;
		const location = locationOfStep(stagesById(capture, story), at);
		if (location && sources.fileOf(location.file) !== undefined) {
			await this.pinned.showing.run(() => openLocation(sources, location, { preserveFocus: true, beside: true }));
		}
	}

	private async openBody(): Promise<void> {
		const { capture } = this;
		if (!capture) return;
		const file = await bodyFile(capture);
		if (file.external) await env.openExternal(Uri.file(file.path));
		else await commands.executeCommand('vscode.open', Uri.file(file.path), { preview: true });
	}

	private async reply(id: number, request: PageRequest): Promise<void> {
		try {
			this.post({ type: 'reply', id, result: await this.answer(request) });
		} catch (error) {
			this.post({ type: 'reply', id, error: error instanceof Error ? error.message : String(error) });
		}
	}

	private async answer(request: PageRequest): Promise<PageReply> {
		if (request.kind === 'stylesheet') return { kind: 'text', text: await findStylesheet(request.href, this.projects) };
		const { capture, shown } = this;
		if (!capture || shown.file === undefined) throw new Error('The capture’s file is gone.');
		return { kind: 'text', text: await this.again.explain(capture, shown.file, request.stage, request.event) };
	}
}
