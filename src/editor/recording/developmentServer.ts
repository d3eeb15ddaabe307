import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import {
	type Disposable,
	ProcessExecution,
	Task,
	type TaskExecution,
	TaskPanelKind,
	TaskRevealKind,
	TaskScope,
	tasks,
	Uri,
	workspace,
} from 'vscode';
import { Setting } from '../../ids';
import type { ProjectModel } from '../../shared/model';
import type { ProjectSummary } from '../../shared/protocol/server';
import { DisposableStore } from '../disposables';
import { setting } from '../settings';

export interface ServerAddress {
	readonly scheme: string;
	readonly host: string;
	readonly port: number;
}

/** `manage.py runserver` in a terminal, as a task: the recorder's variables reach it as any other. */
export class DevelopmentServer implements Disposable {
	private readonly store = new DisposableStore();
	private execution: TaskExecution | undefined;
	private port: number | undefined;

	constructor() {
		this.store.add(
			tasks.onDidEndTask(({ execution }) => {
				if (execution !== this.execution) return;
				this.execution = undefined;
				this.port = undefined;
			}),
		);
	}

	/** Where the server started here listens; undefined when none runs. */
	get address(): ServerAddress | undefined {
		return this.port === undefined ? undefined : { scheme: 'http', host: '127.0.0.1', port: this.port };
	}

	/** Starts it anew. Rejects with a sentence for the user when it can't be started. */
	async run(project: ProjectSummary, model: ProjectModel): Promise<TaskExecution> {
		if (!workspace.isTrusted) throw new Error('The development server runs the project’s code: trust the workspace first.');
		const folders = [model.root, ...project.candidates.map((candidate) => candidate.root)];
		const folder = folders.find((one) => existsSync(join(one, 'manage.py')));
		if (!folder) throw new Error(`There is no manage.py in ${model.root}: start the server in a terminal instead.`);
		const interpreter = interpreterIn(model.environment.interpreter);
		if (!interpreter)
			throw new Error('No Python interpreter was found for this project: choose one, or create a virtual environment in .venv.');
		const own = setting(Setting.serverArguments, Uri.file(model.root)) ?? [];
		this.execution?.terminate();
		const settings = model.settingsModule ? { env: { DJANGO_SETTINGS_MODULE: model.settingsModule } } : {};
		const task = new Task(
			{ type: 'process' },
			workspace.getWorkspaceFolder(Uri.file(model.root)) ?? TaskScope.Workspace,
			'Development Server',
			'Request Cycle',
			new ProcessExecution(interpreter, ['manage.py', 'runserver', ...own], { cwd: folder, ...settings }),
			[],
		);
		task.isBackground = true;
		task.presentationOptions = { reveal: TaskRevealKind.Always, panel: TaskPanelKind.Dedicated, focus: false };
		this.execution = await tasks.executeTask(task);
		this.port = Number(own.map((one) => /^(?:.*:)?(\d+)$/.exec(one)?.[1]).find(Boolean) ?? 8000);
		return this.execution;
	}

	/** Ends the server started here. */
	stop(): void {
		this.execution?.terminate();
	}

	dispose(): void {
		this.store.dispose();
	}
}

/** A virtual environment's folder, or an interpreter as it is. */
export function interpreterIn(path: string | undefined): string | undefined {
	if (path === undefined) return undefined;
	const names = ['bin/python', 'Scripts/python.exe', 'bin/python3', 'python.exe'];
	return names.map((name) => join(path, name)).find(existsSync) ?? (existsSync(path) ? path : undefined);
}

/** True when something accepts connections there. */
export function listens({ host, port }: ServerAddress): Promise<boolean> {
	return new Promise((done) => {
		const socket = connect({ host, port, timeout: 500 });
		const end = (answer: boolean) => {
			socket.destroy();
			done(answer);
		};
		socket.once('connect', () => end(true));
		socket.once('timeout', () => end(false));
		socket.once('error', () => end(false));
	});
}
