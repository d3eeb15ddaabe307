import { type Disposable, EventEmitter, StatusBarAlignment, window } from 'vscode';
import { Command, ContextKey } from '../../ids';
import { tell } from '../../replay/story';
import type { Capture, Stage } from '../../shared/capture';
import { type Step, type Story, stagesById } from '../../shared/story';
import { setContext } from '../contextKeys';
import { DisposableStore } from '../disposables';
import type { Projects } from '../projects/projects';
import { Latest } from './latest';
import { Sources } from './sources';

/** The capture that the source shows, and the step at which its walk stands. */
export interface Pin {
	readonly capture: Capture;
	readonly story: Story;
	readonly stages: ReadonlyMap<number, Stage>;
	readonly sources: Sources;
	readonly step: number;
}

export class Pinned implements Disposable {
	private readonly store = new DisposableStore();
	private readonly captureChanged = this.store.add(new EventEmitter<Pin | undefined>());
	private readonly stepChanged = this.store.add(new EventEmitter<Pin>());
	readonly onDidChangeCapture = this.captureChanged.event;
	readonly onDidChangeStep = this.stepChanged.event;
	/** Shows steps in the source: a fast walk skips the files that it has left by the time they could open. */
	readonly showing = new Latest();
	readonly item = this.store.add(window.createStatusBarItem('requestCycle.pinned', StatusBarAlignment.Left, 4));
	private pin_: Pin | undefined;

	constructor(private readonly projects: Projects) {
		this.item.name = 'Request Cycle: Pinned Capture';
		this.item.command = Command.goToStage;
		setContext(ContextKey.pinned, false);
	}

	get current(): Pin | undefined {
		return this.pin_;
	}

	get captureId(): string | undefined {
		return this.pin_?.capture.id;
	}

	pin(capture: Capture, step = 0): void {
		const story = tell(capture);
		this.pin_ = {
			capture,
			story,
			stages: stagesById(capture, story),
			sources: new Sources(capture, this.projects),
			step: Math.min(Math.max(0, step), story.steps.length - 1),
		};
		setContext(ContextKey.pinned, true);
		this.update();
		this.captureChanged.fire(this.pin_);
	}

	unpin(): void {
		if (!this.pin_) return;
		this.pin_ = undefined;
		setContext(ContextKey.pinned, false);
		this.update();
		this.captureChanged.fire(undefined);
	}

	/** Moves the walk; answers with the step reached. */
	go(step: number): Step | undefined {
		const pin = this.pin_;
		if (!pin) return undefined;
		const target = pin.story.steps[Math.min(Math.max(0, step), pin.story.steps.length - 1)];
		if (!target) return undefined;
		if (target.index !== pin.step) {
			this.pin_ = { ...pin, step: target.index };
			this.update();
			this.stepChanged.fire(this.pin_);
		}
		return target;
	}

	/** The next step that happened, in either direction; the same one at either end. */
	move(direction: 1 | -1): Step | undefined {
		const pin = this.pin_;
		if (!pin) return undefined;
		const { steps } = pin.story;
		let at = pin.step + direction;
		while (steps[at]?.kind === 'skipped') at += direction;
		return this.go(steps[at] ? at : pin.step);
	}

	dispose(): void {
		this.store.dispose();
	}

	private update(): void {
		const pin = this.pin_;
		if (!pin) {
			this.item.hide();
			return;
		}
		const { request, response } = pin.capture;
		const step = pin.story.steps[pin.step];
		const title = `${request.method} ${request.path}`;
		const shown = title.length > 40 ? `${title.slice(0, 39)}…` : title;
		this.item.text = `$(pinned) ${shown} ${pin.step + 1}/${pin.story.steps.length}`;
		this.item.tooltip = `Pinned capture: ${title} → ${response?.status ?? 'no response'}\n${step?.label ?? ''}\nClick to go to a stage.`;
		this.item.show();
	}
}
