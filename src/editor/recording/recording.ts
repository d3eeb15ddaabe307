import { delimiter } from 'node:path';
import { type Disposable, EventEmitter, type ExtensionContext, type LogOutputChannel, Uri, workspace } from 'vscode';
import { readControl, writeControl } from '../../capture/control';
import { makeCaptureFolder } from '../../capture/store';
import { ContextKey, Setting, section } from '../../ids';
import type { Control } from '../../shared/capture';
import { inheritedVariable } from '../client/terminalEnvironment';
import { setContext } from '../contextKeys';
import { DisposableStore } from '../disposables';
import { setting } from '../settings';
import { folderVariable, pathPrefix, pathVariable } from './environment';

export type RecordingState = 'off' | 'on' | 'paused';

const stateKey = 'recording';

/** Whether this workspace records: remembered, given to terminals and tasks by their environment, and to servers by `control.json`. */
export class Recording implements Disposable {
	private readonly store = new DisposableStore();
	private readonly changed = this.store.add(new EventEmitter<RecordingState>());
	readonly onDidChange = this.changed.event;
	/** Folder that goes onto `PYTHONPATH`. */
	readonly recorderFolder: string;

	constructor(
		private readonly extension: ExtensionContext,
		readonly capturesFolder: string,
		private readonly log: LogOutputChannel,
	) {
		this.recorderFolder = Uri.joinPath(extension.extensionUri, 'dist', 'recorder').fsPath;
		this.store.add(workspace.onDidGrantWorkspaceTrust(() => void this.apply()));
		this.store.add(
			workspace.onDidChangeConfiguration((event) => {
				if (event.affectsConfiguration('terminal.integrated.env')) this.applyEnvironment();
				if (event.affectsConfiguration(`${section}.recording`)) void this.writeControl();
			}),
		);
		setContext(ContextKey.recording, this.state);
	}

	get state(): RecordingState {
		if (!workspace.isTrusted) return 'off';
		return this.extension.workspaceState.get<RecordingState>(stateKey) ?? 'off';
	}

	/** Terminals, tasks and debug sessions started from now on are recorded; paused or not. */
	get enabled(): boolean {
		return this.state !== 'off';
	}

	/** Changes the state; refused with an error where the workspace isn't trusted. */
	async set(state: RecordingState): Promise<void> {
		if (!workspace.isTrusted && state !== 'off') throw new Error(untrusted);
		if (state !== 'off') await makeCaptureFolder(this.capturesFolder);
		await this.extension.workspaceState.update(stateKey, state);
		await this.apply();
	}

	/** Puts the remembered state into effect. */
	async apply(): Promise<void> {
		setContext(ContextKey.recording, this.state);
		this.applyEnvironment();
		if (this.enabled) await this.writeControl();
		this.changed.fire(this.state);
	}

	/** Records lines of the next request, of one route's requests, or no more. */
	async recordLines(lines: NonNullable<Control['lines']>): Promise<void> {
		await this.writeControl({ lines: { ...lines, armedAt: new Date().toISOString() } });
	}

	dispose(): void {
		this.store.dispose();
	}

	private applyEnvironment(): void {
		const variables = this.extension.environmentVariableCollection;
		if (!this.enabled) {
			variables.clear();
			return;
		}
		const folder = workspace.workspaceFolders?.[0];
		const inherited = inheritedVariable(pathVariable, folder?.uri);
		variables.persistent = true;
		variables.description = 'Records the requests of Django servers started here (Request Cycle).';
		variables.prepend(pathVariable, pathPrefix(this.recorderFolder, inherited, delimiter));
		variables.replace(folderVariable, this.capturesFolder);
	}

	private async writeControl(change: Partial<Control> = {}): Promise<void> {
		if (!this.enabled) return;
		const known = await readControl(this.capturesFolder);
		const control: Control = {
			...known,
			paused: this.state === 'paused',
			ignore: setting(Setting.ignore) ?? [],
			secretNames: setting(Setting.secretNames) ?? [],
			limits: {
				...known.limits,
				captures: setting(Setting.captures) ?? 1000,
				bytes: (setting(Setting.megabytes) ?? 500) * 1024 * 1024,
			},
			...change,
		};
		try {
			await writeControl(this.capturesFolder, control);
		} catch (error) {
			this.log.error(`control.json could not be written: ${String(error)}`);
		}
	}
}

export const untrusted =
	'Recording is off in an untrusted workspace, since it runs with the project’s own server. Trust the workspace to record; the Cycle view works without.';
