import { commands, QuickPickItemKind, ThemeIcon, Uri, window, workspace } from 'vscode';
import { Setting, section } from '../../ids';
import type { VariableInfo } from '../../shared/model';
import { relativePath } from '../../shared/path';
import type { ProjectSummary } from '../../shared/protocol/server';
import type { Context } from '../context';
import { setting } from '../settings';

interface Row {
	readonly label: string;
	readonly description?: string;
	readonly detail?: string;
	readonly kind?: QuickPickItemKind;
	readonly buttons?: readonly { readonly iconPath: ThemeIcon; readonly tooltip: string }[];
	readonly variable?: string;
	readonly act?: 'another' | 'settings';
}

/**
 * Sets an environment variable that the project is read with, in the workspace's settings: one of those it asks for, or any other.
 * `name`: the one meant, where that is known.
 */
export async function setVariable(context: Context, project: ProjectSummary, name?: string): Promise<void> {
	const picked: Row | undefined = name === undefined ? await pickVariable(context, project) : { label: name, variable: name };
	if (picked?.act === 'settings') return openSettings(project);
	const chosen = picked?.act === 'another' ? await askName() : picked?.variable;
	if (!chosen) return;
	const value = await window.showInputBox({
		title: chosen,
		prompt: `What os.environ answers for ${chosen} when the project is read. Nothing is executed.`,
		value: setHere(project)[chosen] ?? '',
		ignoreFocusOut: true,
	});
	if (value !== undefined) await write(project, { ...setHere(project), [chosen]: value });
}

const setHere = (project: ProjectSummary): Readonly<Record<string, string>> =>
	setting(Setting.environment, Uri.file(project.root)) ?? {};

async function write(project: ProjectSummary, variables: Readonly<Record<string, string>>): Promise<void> {
	const given = Object.keys(variables).length > 0 ? variables : undefined;
	await workspace.getConfiguration(section, Uri.file(project.root)).update(Setting.environment, given);
}

const another: Row = { label: '$(add) Another Variable…', act: 'another' };
const openInSettings: Row = { label: '$(settings-gear) Open in Settings', act: 'settings' };
const takeBack = { iconPath: new ThemeIcon('trash'), tooltip: 'Set it no more' };

async function pickVariable(context: Context, project: ProjectSummary): Promise<Row | undefined> {
	const known = (await context.projects.model(project.root)).variables;
	const pick = window.createQuickPick<Row>();
	pick.title = `Environment variables that ${project.name} is read with`;
	pick.placeholder = known.length > 0 ? 'A variable that the project asks for' : 'The project asks for no variable by name';
	pick.matchOnDescription = true;
	pick.ignoreFocusOut = true;
	const before = setHere(project);
	const show = (variables: Readonly<Record<string, string>>) => {
		pick.items = [
			...rows(known, before, variables, project.root),
			{ label: '', kind: QuickPickItemKind.Separator },
			another,
			openInSettings,
		];
	};
	show(before);
	return new Promise((done) => {
		pick.onDidTriggerItemButton(async ({ item: { variable } }) => {
			const rest = Object.fromEntries(Object.entries(setHere(project)).filter(([name]) => name !== variable));
			await write(project, rest);
			show(rest);
		});
		pick.onDidAccept(() => {
			done(pick.selectedItems[0]);
			pick.hide();
		});
		pick.onDidHide(() => {
			done(undefined);
			pick.dispose();
		});
		pick.show();
	});
}

/** Those that are set `here` first; `before`: what was when the model was made. */
function rows(
	known: readonly VariableInfo[],
	before: Readonly<Record<string, string>>,
	here: Readonly<Record<string, string>>,
	root: string,
): Row[] {
	const asked = new Map(known.map((one) => [one.name, one]));
	return [...new Set([...Object.keys(here), ...asked.keys()])].map((name): Row => {
		const value = here[name];
		const { isSet, place } = asked.get(name) ?? {};
		const otherwise = before[name] !== undefined ? 'set here no more' : isSet ? 'set' : 'not set';
		return {
			label: name,
			description: value === undefined ? otherwise : `= ${value}`,
			detail: place ? `${relativePath(place.file, root) ?? place.file}:${place.line}` : 'Not asked for by name',
			...(value === undefined ? {} : { buttons: [takeBack] }),
			variable: name,
		};
	});
}

function askName(): Thenable<string | undefined> {
	return window.showInputBox({
		title: 'Environment Variable',
		prompt: 'Its name',
		placeHolder: 'DJANGO_DEBUG',
		ignoreFocusOut: true,
		validateInput: (text) => (/^[^=\s]+$/.test(text) ? undefined : 'A name without spaces and equals signs'),
	});
}

async function openSettings(project: ProjectSummary): Promise<void> {
	const folder = workspace.getWorkspaceFolder(Uri.file(project.root));
	if (folder && (workspace.workspaceFolders ?? []).length > 1) {
		await commands.executeCommand('workbench.action.openFolderSettings', folder.uri);
		return;
	}
	await commands.executeCommand('workbench.action.openWorkspaceSettings', { query: `@id:${section}.${Setting.environment}` });
}
