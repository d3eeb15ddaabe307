import { type Disposable, EventEmitter, type LogOutputChannel, RelativePattern, Uri, workspace } from 'vscode';
import type { ReadResult } from '../../capture/read';
import { CaptureStore, makeCaptureFolder, type StoreEntry } from '../../capture/store';
import { ContextKey, Setting } from '../../ids';
import type { Capture, CaptureSummary, RecorderHealth } from '../../shared/capture';
import { setContext } from '../contextKeys';
import { DisposableStore } from '../disposables';
import { Paced } from '../paced';
import { setting } from '../settings';

/** New files are looked at together. Milliseconds. */
const gather = 200;

/** A watcher doesn't say when it begins to watch: what was written until then is found by looking again. Milliseconds. */
const settling = [1000, 3000, 8000];

/** A redirect is followed within this time. Milliseconds. */
const soon = 10_000;

/** The captures of this workspace, followed as recording processes write them. */
export class Captures implements Disposable {
	private readonly disposables = new DisposableStore();
	private readonly changed = this.disposables.add(new EventEmitter<void>());
	readonly onDidChange = this.changed.event;
	private readonly files: CaptureStore;
	private healths: readonly RecorderHealth[] = [];
	private healthText = '';
	private readonly refreshes = this.disposables.add(new Paced(() => this.read(), gather));
	private readonly settlingTimers: NodeJS.Timeout[] = [];
	private following: Promise<void> | undefined;
	private summaryCache: { readonly of: readonly StoreEntry[]; readonly summaries: readonly CaptureSummary[] } | undefined;
	private failed = '';

	constructor(
		readonly folder: string,
		private readonly log: LogOutputChannel,
	) {
		this.files = new CaptureStore(folder);
	}

	/** Newest first; those that can't be read are among them, with their problem. */
	get entries(): readonly StoreEntry[] {
		return this.files.entries();
	}

	/** Newest first. */
	get summaries(): readonly CaptureSummary[] {
		const of = this.files.entries();
		if (this.summaryCache?.of !== of) this.summaryCache = { of, summaries: of.flatMap((entry) => entry.summary ?? []) };
		return this.summaryCache.summaries;
	}

	get health(): readonly RecorderHealth[] {
		return this.healths;
	}

	/** Why the folder can't be followed; empty when it can. */
	get problem(): string {
		return this.failed;
	}

	entry(id: string): StoreEntry | undefined {
		return this.files.entry(id);
	}

	open(id: string): Promise<ReadResult> {
		return this.files.open(id);
	}

	/** The capture of the redirect at a path that came right after another one; undefined when none did. */
	async rightAfter(after: Capture, path: string): Promise<Capture | undefined> {
		const began = Date.parse(after.startedAt);
		const next = this.summaries.findLast((summary) => {
			const later = Date.parse(summary.startedAt) - began;
			return summary.path === path && summary.id !== after.id && later >= 0 && later <= soon;
		});
		const result = next && (await this.open(next.id));
		return result?.ok ? result.capture : undefined;
	}

	async delete(ids: readonly string[]): Promise<void> {
		await this.files.delete(ids);
		this.tell();
	}

	async deleteAll(): Promise<void> {
		await this.files.deleteAll();
		await this.refresh();
		this.tell();
	}

	/** Starts to follow the folder, and prunes what is beyond the limits; resolves once its captures are known. */
	follow(): Promise<void> {
		this.following ??= this.begin();
		return this.following;
	}

	private async begin(): Promise<void> {
		try {
			await makeCaptureFolder(this.folder);
			const watcher = this.disposables.add(workspace.createFileSystemWatcher(new RelativePattern(Uri.file(this.folder), '*')));
			for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) {
				this.disposables.add(event((uri) => this.looked(uri.path)));
			}
			await this.refresh();
			await this.files.prune({
				captures: setting(Setting.captures) ?? 1000,
				bytes: (setting(Setting.megabytes) ?? 500) * 1024 * 1024,
			});
			this.tell();
			for (const delay of settling) this.settlingTimers.push(setTimeout(() => this.looked(''), delay));
		} catch (error) {
			this.failed = error instanceof Error ? error.message : String(error);
			this.log.error(`The folder for captures can't be used: ${this.failed}`);
			this.tell();
		}
	}

	async refresh(): Promise<void> {
		const { added, removed } = await this.files.refresh();
		const healths = await this.files.health();
		const healthText = JSON.stringify(healths);
		if (added.length + removed.length > 0 || healthText !== this.healthText) {
			this.healths = healths;
			this.healthText = healthText;
			this.tell();
		}
		if (this.files.pending) this.looked('');
	}

	dispose(): void {
		for (const timer of this.settlingTimers) clearTimeout(timer);
		this.disposables.dispose();
	}

	private looked(path: string): void {
		if (!path.endsWith('.tmp') && !path.endsWith('control.json')) this.refreshes.ask();
	}

	private read(): void {
		this.refresh().catch((error: unknown) => this.log.error(`Reading the captures failed: ${String(error)}`));
	}

	private tell(): void {
		setContext(ContextKey.hasCaptures, this.entries.length > 0);
		this.changed.fire();
	}
}
