import { type Disposable, type Event, EventEmitter, extensions, type Uri, type WorkspaceFolder, workspace } from 'vscode';
import { Setting, section } from '../../ids';
import { joinPath } from '../../shared/path';
import type { InterpreterChoice } from '../../shared/protocol/server';
import { DisposableStore } from '../disposables';
import { setting } from '../settings';

export const pythonExtension = 'ms-python.python';

/** The part of the Python extension's public API that is used here. */
interface PythonApi {
	readonly environments?: {
		getActiveEnvironmentPath(resource?: Uri): { readonly path: string };
		readonly onDidChangeActiveEnvironmentPath: Event<unknown>;
	};
}

/** Which interpreter a folder uses, by the Python extension where it is there, else by its setting. */
export class PythonEnvironment implements Disposable {
	private readonly store = new DisposableStore();
	private readonly changed = this.store.add(new EventEmitter<void>());
	readonly onDidChange = this.changed.event;
	private api: PythonApi | undefined;

	constructor() {
		this.store.add(
			workspace.onDidChangeConfiguration((event) => {
				const ours = event.affectsConfiguration(`${section}.${Setting.interpreter}`);
				if (ours || event.affectsConfiguration('python.defaultInterpreterPath')) this.changed.fire();
			}),
		);
		this.store.add(extensions.onDidChange(() => void this.connect()));
		void this.connect();
	}

	/** What was chosen for a folder: our own setting goes before the Python extension; undefined when nothing was. */
	interpreter(folder: WorkspaceFolder): InterpreterChoice | undefined {
		const own = setting(Setting.interpreter, folder.uri);
		if (own) return { path: pathIn(folder, own), namedBy: `the setting ${section}.${Setting.interpreter}` };
		const active = this.api?.environments?.getActiveEnvironmentPath(folder.uri).path;
		if (active && active !== 'python') return { path: active, namedBy: 'the Python extension' };
		const configured = workspace.getConfiguration('python', folder.uri).get<string>('defaultInterpreterPath');
		if (!configured || configured === 'python') return undefined;
		return { path: pathIn(folder, configured), namedBy: 'the setting python.defaultInterpreterPath' };
	}

	dispose(): void {
		this.store.dispose();
	}

	private async connect(): Promise<void> {
		const extension = extensions.getExtension<PythonApi>(pythonExtension);
		if (this.api || !extension) return;
		const api = await Promise.resolve(extension.activate()).catch(() => undefined);
		if (!api?.environments || this.api) return;
		this.api = api;
		this.store.add(api.environments.onDidChangeActiveEnvironmentPath(() => this.changed.fire()));
		this.changed.fire();
	}
}

/** A path as settings have it. */
function pathIn(folder: WorkspaceFolder, written: string): string {
	const path = written
		.replaceAll(/\$\{workspaceFolder(?::[^}]*)?\}/g, folder.uri.fsPath)
		.replace(/^~(?=[\\/])/, process.env['HOME'] ?? '~')
		.replaceAll(/\$\{env:(\w+)\}/g, (_, name: string) => process.env[name] ?? '');
	return joinPath(folder.uri.fsPath, path);
}
