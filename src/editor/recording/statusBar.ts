import { type Disposable, StatusBarAlignment, window } from 'vscode';
import { Command } from '../../ids';
import { DisposableStore } from '../disposables';
import type { Recording } from './recording';

/** Shows that recording is on; a click pauses it, another resumes. */
export class RecordingStatus implements Disposable {
	private readonly store = new DisposableStore();
	readonly item = this.store.add(window.createStatusBarItem('requestCycle.recording', StatusBarAlignment.Left, 5));

	constructor(private readonly recording: Recording) {
		this.item.name = 'Request Cycle: Recording';
		this.item.command = Command.togglePause;
		this.store.add(recording.onDidChange(() => this.update()));
		this.update();
	}

	dispose(): void {
		this.store.dispose();
	}

	private update(): void {
		const { state } = this.recording;
		this.item.text = state === 'paused' ? '$(debug-pause) Requests paused' : '$(record) Recording requests';
		this.item.tooltip =
			state === 'paused'
				? 'Recording of Django requests is paused. Click to resume.'
				: 'Django requests of new terminals, tasks and debug sessions are recorded. Click to pause.';
		if (state === 'off') this.item.hide();
		else this.item.show();
	}
}
