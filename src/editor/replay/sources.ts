import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type Uri, workspace } from 'vscode';
import { Setting } from '../../ids';
import { anchor, type Clues, definitionAround, type SourceNow } from '../../replay/anchor';
import { cluesOf } from '../../replay/clues';
import { hashesOf } from '../../replay/hashes';
import { localPaths } from '../../replay/localPaths';
import { SourceText } from '../../replay/sourceText';
import type { Capture, Location } from '../../shared/capture';
import { basename } from '../../shared/path';
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
	private readonly recorded = new Map<string, SourceText>();
	private readonly clues: (location: Location) => Clues;
	private readonly hashes: ReadonlyMap<string, string | undefined>;

	constructor(
		private readonly capture: Capture,
		private readonly projects: Projects,
	) {
		this.clues = cluesOf(capture);
		this.hashes = hashesOf(capture);
	}

	/** The local file of a recorded path; undefined when there is none. */
	fileOf(recorded: string): string | undefined {
		if (!this.local.has(recorded)) this.local.set(recorded, this.find(recorded));
		return this.local.get(recorded);
	}

	/** Where a recorded place is now; with the clues that the capture has of it, or others. */
	async anchor(location: Location, clues?: Clues): Promise<Anchored | NotAnchored> {
		const [found] = await this.anchorAll([{ location, ...(clues ? { clues } : {}) }]);
		return found ?? { missing: basename(location.file) };
	}

	/** The same for many places, in their order: each file is read once. */
	async anchorAll(
		places: readonly { readonly location: Location; readonly clues?: Clues }[],
	): Promise<readonly (Anchored | NotAnchored)[]> {
		const now = new Map<string, SourceNow | undefined>();
		for (const { location } of places) {
			const file = this.fileOf(location.file);
			if (file !== undefined && !now.has(file)) now.set(file, await sourceOf(file));
		}
		return places.map(({ location, clues = this.clues(location) }) => {
			const file = this.fileOf(location.file);
			return file === undefined
				? { missing: `${basename(location.file)} is not on this machine: ${location.file}` }
				: this.anchorIn(file, now.get(file), location, clues);
		});
	}

	private anchorIn(file: string, now: SourceNow | undefined, location: Location, clues: Clues): Anchored | NotAnchored {
		const hash = location.sha1 ?? this.hashes.get(location.file);
		if (now && now.sha1 === hash) this.recorded.set(location.file, now.text);
		const recorded = this.recorded.get(location.file);
		const found = anchor(
			hash === undefined ? location : { ...location, sha1: hash },
			now,
			recorded === undefined ? clues : { ...clues, recorded },
		);
		if ('withheld' in found) return { missing: `${basename(location.file)}: ${found.withheld}` };
		return { file, line: found.line, state: found.moved ? 'moved' : 'same' };
	}

	/** The line at which the function or class around a place begins now; undefined where that isn't certain. */
	async around(location: Location): Promise<number | undefined> {
		const file = this.fileOf(location.file);
		const now = file === undefined ? undefined : await sourceOf(file);
		return now && definitionAround(location, now.text);
	}

	/** The state of every project file that the capture names. */
	async states(): Promise<SourceState> {
		const out: Record<string, 'same' | 'changed' | 'missing'> = {};
		for (const [recorded, hash] of this.hashes) {
			const file = this.fileOf(recorded);
			const now = file === undefined ? undefined : await sourceOf(file);
			out[recorded] = now === undefined ? 'missing' : hash === undefined || now.sha1 === hash ? 'same' : 'changed';
		}
		return out;
	}

	private find(recorded: string): string | undefined {
		const { baseDir, cwd } = this.capture.process;
		return localPaths(recorded, {
			folders: (workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath),
			mappings: setting(Setting.pathMappings) ?? [],
			recordedRoots: baseDir === undefined ? [cwd] : [baseDir, cwd],
			projectRoots: this.projects.list.map((project) => project.root),
			sitePackages: this.projects.knownModels.flatMap((model) => model.environment.sitePackages),
		}).find((path) => existsSync(path));
	}
}

/**
 * The file as the editor has it, unsaved edits included; undefined when it can't be read. A file that changed on the disk
 * is in an open editor only a moment later: until then the editor's own text counts, since its lines are what is shown.
 */
async function sourceOf(file: string): Promise<SourceNow | undefined> {
	const open = workspace.textDocuments.find((document) => isFile(document.uri, file));
	if (open?.isDirty) return sourceNow(Buffer.from(open.getText(), 'utf8'));
	const onDisk = await readFile(file).catch(() => undefined);
	if (!onDisk) return undefined;
	const now = sourceNow(onDisk);
	return !open || isShown(now.text.text, open.getText()) ? now : sourceNow(Buffer.from(open.getText(), 'utf8'));
}

const sourceNow = (bytes: Buffer): SourceNow => ({
	text: new SourceText(bytes.toString('utf8')),
	sha1: createHash('sha1').update(bytes).digest('hex'),
});

/** Whether an editor shows this text, apart from what reading it may change: its byte order mark, line ends, another encoding's characters. */
const isShown = (text: string, shown: string) => text === shown || comparable(text) === comparable(shown);

const comparable = (text: string) =>
	text
		.replace(/^\uFEFF/, '')
		.replace(/\r\n?/g, '\n')
		.replace(/[^\n-~]+/g, '?');

/** Whether the document is this file. */
export function isFile(uri: Uri, file: string): boolean {
	return uri.scheme === 'file' && uri.fsPath === file;
}
