import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { commands, extensions, type QuickPickItem, QuickPickItemKind, Uri, window, workspace } from 'vscode';
import { Command, Setting, section } from '../../ids';
import { dirname, relativePath } from '../../shared/path';
import type { ProjectSummary } from '../../shared/protocol/server';
import { pythonExtension } from '../client/pythonEnvironment';
import type { Context } from '../context';
import { setting } from '../settings';
import { projectFor, rowOf } from './cycleCommands';
import type { CommandFunction } from './table';
import { setVariable } from './variables';

/** More virtual environments than these are not listed. */
const most = 50;

async function projectOf(context: Context, id: unknown): Promise<ProjectSummary> {
	const row = typeof id === 'string' ? rowOf(context, id) : undefined;
	const project = await projectFor(context, row?.root);
	if (!project) throw new Error(context.projects.reason ?? 'There is no Django project.');
	return project;
}

type Choice = QuickPickItem & { readonly path?: string; readonly browse?: true; readonly automatic?: true };

/** Virtual environments of the workspace, and any other place. */
async function pickInterpreter(project: ProjectSummary, chosen: string | undefined): Promise<Choice | undefined> {
	const found = await workspace.findFiles('**/pyvenv.cfg', '**/node_modules/**', most);
	const folders = found.map((file) => dirname(file.fsPath)).sort();
	const items: Choice[] = [
		...folders.map((path) => ({ label: relativePath(path, project.root) ?? path, description: path, path })),
		{ label: '', kind: QuickPickItemKind.Separator },
		{ label: '$(folder-opened) Browse…', description: 'An interpreter, or the folder of a virtual environment', browse: true },
		...(chosen ? [{ label: '$(sync) Find It Again', description: `In place of ${chosen}`, automatic: true as const }] : []),
	];
	return window.showQuickPick(items, { placeHolder: `Python interpreter of ${project.name}`, matchOnDescription: true });
}

export const environmentCommands = {
	[Command.selectInterpreter]: async (context, id) => {
		const project = await projectOf(context, id);
		const uri = Uri.file(project.root);
		const chosen = setting(Setting.interpreter, uri);
		// Where the Python extension is, its choice is everybody's.
		if (extensions.getExtension(pythonExtension) && !chosen) return commands.executeCommand('python.setInterpreter');
		const choice = await pickInterpreter(project, chosen);
		if (!choice) return undefined;
		const browsed = choice.browse
			? await window.showOpenDialog({ defaultUri: uri, canSelectFiles: true, canSelectFolders: true, openLabel: 'Use This' })
			: undefined;
		const path = choice.path ?? browsed?.[0]?.fsPath;
		if (path === undefined && !choice.automatic) return undefined;
		await workspace.getConfiguration(section, uri).update(Setting.interpreter, path);
		return undefined;
	},

	/** Types the commands into a terminal; whether they run is the user's to say. */
	[Command.createEnvironment]: async (context, id) => {
		const project = await projectOf(context, id);
		if (!workspace.isTrusted) throw new Error('Installing packages runs their code: trust the workspace first.');
		if (extensions.getExtension(pythonExtension)) return commands.executeCommand('python.createEnvironment');
		const windows = process.platform === 'win32';
		const python = windows ? '.venv\\Scripts\\python' : '.venv/bin/python';
		const packages = existsSync(join(project.root, 'requirements.txt')) ? '-r requirements.txt' : 'django';
		const text = `${windows ? 'py' : 'python3'} -m venv .venv${windows ? ';' : ' &&'} ${python} -m pip install ${packages}`;
		const terminal = window.createTerminal({ name: 'Create .venv', cwd: uriOf(project) });
		terminal.show();
		terminal.sendText(text, false);
		return undefined;
	},

	[Command.setVariables]: async (context, id) => {
		const row = typeof id === 'string' ? rowOf(context, id) : undefined;
		return setVariable(context, await projectOf(context, id), row?.variable);
	},
} satisfies Partial<Record<string, CommandFunction>>;

const uriOf = (project: ProjectSummary) => Uri.file(project.root);
