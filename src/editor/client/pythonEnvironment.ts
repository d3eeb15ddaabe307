import { type Disposable, type Event, EventEmitter, extensions, type Uri, type WorkspaceFolder, workspace } from 'vscode';
import { joinPath } from '../../shared/path';
import { DisposableStore } from '../disposables';

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
				if (event.affectsConfiguration('python.defaultInterpreterPath')) this.changed.fire();
			}),
		);
		this.store.add(extensions.onDidChange(() => void this.connect()));
		void this.connect();
	}

	/** Path of the interpreter or its environment; undefined when nothing was chosen. */
	interpreter(folder: WorkspaceFolder): string | undefined {
		const active = this.api?.environments?.getActiveEnvironmentPath(folder.uri).path;
		if (active && active !== 'python') return active;
		const configured = workspace.getConfiguration('python', folder.uri).get<string>('defaultInterpreterPath');
		if (!configured || configured === 'python') return undefined;
		const path = configured
			.replaceAll(/\$\{workspaceFolder(?::[^}]*)?\}/g, folder.uri.fsPath)
			.replace(/^~(?=[\\/])/, process.env['HOME'] ?? '~')
			.replaceAll(/\$\{env:(\w+)\}/g, (_, name: string) => process.env[name] ?? '');
		return joinPath(folder.uri.fsPath, path);
	}

	dispose(): void {
		this.store.dispose();
	}

	private async connect(): Promise<void> {
		const extension = extensions.getExtension<PythonApi>('ms-python.python');
		if (this.api || !extension) return;
		const api = await Promise.resolve(extension.activate()).catch(() => undefined);
		if (!api?.environments || this.api) return;
		this.api = api;
		this.store.add(api.environments.onDidChangeActiveEnvironmentPath(() => this.changed.fire()));
		this.changed.fire();
	}
}
