import { type Disposable, languages, StatusBarAlignment, type TextEditor, window } from 'vscode';
import { Command } from '../../ids';
import { DisposableStore } from '../disposables';
import type { Projects } from './projects';

/** Which settings module is used, in the status bar where there is a choice. */
export class SettingsStatus implements Disposable {
	private readonly store = new DisposableStore();
	readonly item = this.store.add(window.createStatusBarItem('requestCycle.settingsModule', StatusBarAlignment.Right, 90));

	constructor(private readonly projects: Projects) {
		this.item.name = 'Request Cycle: Settings Module';
		this.item.command = Command.selectSettingsModule;
		this.store.add(projects.onDidChange(() => this.update(window.activeTextEditor)));
		this.store.add(window.onDidChangeActiveTextEditor((editor) => this.update(editor)));
	}

	dispose(): void {
		this.store.dispose();
	}

	private update(editor: TextEditor | undefined): void {
		const python =
			editor && languages.match([{ language: 'python' }, { language: 'html' }, { language: 'django-html' }], editor.document) > 0;
		const project = this.projects.projectOf(editor?.document.uri.fsPath);
		const several = this.projects.list.some((one) => one.candidates.length > 1) || this.projects.list.length > 1;
		if (!project?.settingsModule || !several || (editor && !python)) {
			this.item.hide();
			return;
		}
		this.item.text = `$(settings-gear) ${project.settingsModule}`;
		this.item.tooltip = `Django settings module of ${project.name}. Click to use another.`;
		this.item.show();
	}
}
