import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type Uri, workspace } from 'vscode';
import { Setting } from '../../ids';
import { anchor, type Clues } from '../../replay/anchor';
import type { Capture, Location } from '../../shared/capture';
import { basename, isWithin, joinPath, relativePath } from '../../shared/path';
import type { SourceState } from '../../shared/protocol/panel';
import type { Projects } from '../projects/projects';
import { setting } from '../settings';

/** A recorded place as it is here and now. */
export interface Anchored {
	readonly file: string;
	readonly line: number;
	/** `moved`: the file changed, and the place was found again for certain. */
	readonly state: 'same' | 'moved';
}

/** Why a recorded place can't be shown. */
export interface NotAnchored {
	readonly missing: string;
}

/** Finds recorded places in the files of this machine: by the same path, by a mapping, by the project's folder, by the package. */
export class Sources {
	private readonly local = new Map<string, string | undefined>();
	/** Texts from when they still were as recorded: with them, edits made since can be followed. */
	private readonly recorded = new Map<string, string>();

	constructor(
		private readonly capture: Capture,
		private readonly projects: Projects,
	) {}

	/** The local file of a recorded path; undefined when there is none. */
	fileOf(recorded: string): string | undefined {
		if (!this.local.has(recorded)) this.local.set(recorded, this.find(recorded));
		return this.local.get(recorded);
	}

	async anchor(location: Location, clues: Clues = {}): Promise<Anchored | NotAnchored> {
		const file = this.fileOf(location.file);
		const name = basename(location.file);
		if (file === undefined) return { missing: `${name} is not on this machine: ${location.file}` };
		const text = await textOf(file);
		const now = text === undefined ? undefined : { text, sha1: sha1(text) };
		if (now && now.sha1 === location.sha1) this.recorded.set(location.file, now.text);
		const recorded = this.recorded.get(location.file);
		const found = anchor(location, now, recorded === undefined ? clues : { ...clues, recorded });
		if ('withheld' in found) return { missing: `${name}: ${found.withheld}` };
		return { file, line: found.line, state: found.moved ? 'moved' : 'same' };
	}

	/** The state of every project file that the capture names. */
	async states(): Promise<SourceState> {
		const out: Record<string, 'same' | 'changed' | 'missing'> = {};
		for (const [recorded, hash] of this.hashes()) {
			const file = this.fileOf(recorded);
			const text = file === undefined ? undefined : await textOf(file);
			out[recorded] = text === undefined ? 'missing' : hash === undefined || sha1(text) === hash ? 'same' : 'changed';
		}
		return out;
	}

	private hashes(): Map<string, string | undefined> {
		const out = new Map<string, string | undefined>();
		const add = (location: Location | undefined): void => {
			if (location) out.set(location.file, out.get(location.file) ?? location.sha1);
		};
		for (const step of this.capture.process.startup) add(step.location);
		for (const stage of this.capture.stages) {
			add(stage.location);
			add(stage.detail.answeredAt);
			add(stage.detail.actionLocation);
			for (const tried of stage.detail.tried ?? []) add(tried.location);
			for (const event of stage.events) add(event.location);
			for (const frame of stage.detail.exception?.frames ?? []) add(frame.location);
		}
		for (const frame of this.capture.frames ?? []) add(frame.location);
		return out;
	}

	private find(recorded: string): string | undefined {
		if (existsSync(recorded)) return recorded;
		const folders = workspace.workspaceFolders ?? [];
		for (const { remote, local } of setting(Setting.pathMappings) ?? []) {
			const rest = relativePath(recorded, remote.replace(/[\\/]+$/, ''));
			if (rest === undefined) continue;
			for (const folder of folders) {
				const path = joinPath(folder.uri.fsPath, local.replace(/\$\{workspaceFolder\}/g, folder.uri.fsPath), rest);
				if (existsSync(path)) return path;
			}
		}
		const { baseDir, cwd } = this.capture.process;
		const roots = [...this.projects.list.map((project) => project.root), ...folders.map((folder) => folder.uri.fsPath)];
		for (const base of [baseDir, cwd]) {
			if (base === undefined || !isWithin(recorded, base)) continue;
			const rest = relativePath(recorded, base) ?? '';
			const found = roots.map((root) => joinPath(root, rest)).find(existsSync);
			if (found) return found;
		}
		const inPackage = /[\\/](?:site|dist)-packages[\\/](.+)$/.exec(recorded)?.[1]?.replaceAll('\\', '/');
		const packages = this.projects.knownModels.flatMap((model) => model.environment.sitePackages);
		return inPackage === undefined ? undefined : packages.map((folder) => joinPath(folder, inPackage)).find(existsSync);
	}
}

/** The text as the editor has it, unsaved edits included. */
async function textOf(file: string): Promise<string | undefined> {
	const open = workspace.textDocuments.find((document) => isFile(document.uri, file));
	if (open) return open.getText();
	return readFile(file, 'utf8').catch(() => undefined);
}

export function isFile(uri: Uri, file: string): boolean {
	return uri.scheme === 'file' && uri.fsPath === file;
}

function sha1(text: string): string {
	return createHash('sha1').update(text, 'utf8').digest('hex');
}

export function anchorMessage({ missing }: NotAnchored): string {
	return `${missing} The line shown is the recorded one.`;
}
