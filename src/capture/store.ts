/**
 * The folder of captures. The files are the truth; `index.jsonl` only spares opening them. What the index lacks is read
 * from its file, what has no file any more is dropped, so that a lost, stale or corrupt index mends itself.
 */
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CaptureSummary, RecorderHealth } from '../shared/capture';
import { isHealth } from './captureShape';
import { writeWhole } from './control';
import { IndexReader, indexName } from './indexReader';
import { captureName, type ReadProblem, type ReadResult, readCapture } from './read';

/** A capture in the store: its summary, or why it has none. */
export interface StoreEntry {
	readonly id: string;
	readonly file: string;
	readonly summary?: CaptureSummary;
	readonly problem?: ReadProblem;
}

export interface StoreChange {
	readonly added: readonly StoreEntry[];
	/** Ids. */
	readonly removed: readonly string[];
}

/** A table that no capture names may be one that a process is about to write captures with. Milliseconds. */
const idleTable = 600_000;

/** Files that the index lacks, opened in one refresh; the rest follow in the next. */
const openedAtOnce = 500;
/** As many missing lines make the index worth writing anew; one or two are a writer's that is not done yet. */
const rewriteFrom = 50;

/** The captures of a folder: the index says what there is, files that it lacks are opened. */
export class CaptureStore {
	private readonly index: IndexReader;
	private readonly entriesById = new Map<string, StoreEntry>();
	private readonly summaries = new Map<string, CaptureSummary>();
	private sorted: readonly StoreEntry[] | undefined;
	private running: Promise<StoreChange> | undefined;
	private again: Promise<StoreChange> | undefined;
	/** Files without a line in the index that are still to be opened: refresh again. */
	private left = 0;
	private linesRead = 0;

	constructor(readonly folder: string) {
		this.index = new IndexReader(join(folder, indexName));
	}

	/** Newest first; the same list until something changes. */
	entries(): readonly StoreEntry[] {
		if (!this.sorted) {
			const keyed = [...this.entriesById.values()].map((entry) => ({ key: sortKey(entry.id), entry }));
			this.sorted = keyed.sort((a, b) => (a.key < b.key ? 1 : a.key > b.key ? -1 : 0)).map(({ entry }) => entry);
		}
		return this.sorted;
	}

	entry(id: string): StoreEntry | undefined {
		return this.entriesById.get(id);
	}

	/** True while files wait to be opened that the index lacks: call `refresh` again. */
	get pending(): boolean {
		return this.left > 0;
	}

	/**
	 * Looks at the folder and answers with what changed. To be called whenever a watcher says something: calls made while
	 * one is under way share the next. A folder that is missing or can't be read counts as empty.
	 */
	refresh(): Promise<StoreChange> {
		if (!this.running) {
			this.running = this.look().finally(() => {
				this.running = undefined;
			});
			return this.running;
		}
		this.again ??= this.running.then(() => {
			this.again = undefined;
			return this.refresh();
		});
		return this.again;
	}

	private async look(): Promise<StoreChange> {
		const { summaries, restarted } = await this.index.read();
		if (restarted) this.linesRead = 0;
		this.linesRead += summaries.length;
		for (const summary of summaries) this.summaries.set(summary.id, summary);
		const files = await this.files();
		const removed = [...this.entriesById.keys()].filter((id) => !files.has(id));
		for (const id of removed) this.entriesById.delete(id);
		const fresh = new Set(summaries.map((summary) => summary.id)); // their files may be a moment behind
		for (const id of this.summaries.keys()) if (!files.has(id) && !fresh.has(id)) this.summaries.delete(id);
		const added: StoreEntry[] = [];
		const unknown: [string, string][] = [];
		for (const [id, file] of files) {
			const known = this.entriesById.get(id);
			if (known && known.file === file) continue;
			const summary = this.summaries.get(id);
			if (summary) added.push({ id, file, summary });
			else unknown.push([id, file]);
		}
		this.left = Math.max(0, unknown.length - openedAtOnce);
		for (const [id, file] of unknown.slice(0, openedAtOnce)) added.push(await this.opened(id, file));
		for (const entry of added) this.entriesById.set(entry.id, entry);
		if (added.length + removed.length > 0) this.sorted = undefined;
		if (unknown.length > rewriteFrom || this.linesRead > 2 * files.size + 1000) await this.rewriteIndex();
		return { added, removed };
	}

	/** Capture files of the folder by the id in their name. */
	private async files(): Promise<ReadonlyMap<string, string>> {
		const names = await readdir(this.folder).catch(() => []);
		const files = new Map<string, string>();
		for (const name of names) if (captureName.test(name)) files.set(name.replace(captureName, ''), join(this.folder, name));
		return files;
	}

	private async opened(id: string, file: string): Promise<StoreEntry> {
		const result = await readCapture(file);
		if (!result.ok) return { id, file, problem: result.problem };
		const summary = { ...result.capture.summary, id };
		this.summaries.set(id, summary);
		return { id, file, summary };
	}

	/** A line that a process appends meanwhile may be lost; its capture is then opened by the next refresh. */
	private async rewriteIndex(): Promise<void> {
		const oldestFirst = [...this.entries()].reverse();
		const content = oldestFirst.flatMap(({ summary }) => (summary ? [`${JSON.stringify(summary)}\n`] : [])).join('');
		try {
			await writeWhole(join(this.folder, indexName), content);
			this.linesRead = 0;
		} catch {
			// A folder that can't be written is still readable: the index is only for speed.
		}
	}

	/** The capture itself; a typed problem, never a rejection. */
	async open(id: string): Promise<ReadResult> {
		const entry = this.entriesById.get(id);
		if (entry) return readCapture(entry.file);
		return {
			ok: false,
			problem: { kind: 'missing', message: 'The capture is gone: its file was deleted or pruned.', detail: id },
		};
	}

	/** Deletes captures; those that are gone already count as deleted. Rejects when a file can't be removed. */
	async delete(ids: readonly string[]): Promise<void> {
		const files = ids.flatMap((id) => this.entriesById.get(id)?.file ?? []);
		for (const file of files) await rm(file, { force: true });
		await this.deleteTables();
		await this.refresh();
	}

	/** Deletes the tables of processes of which no capture is left. */
	private async deleteTables(): Promise<void> {
		const names = await readdir(this.folder).catch(() => []);
		const needed = new Set(names.map((name) => /-(\d+)-\d+\.([0-9a-z]+)\.cycle\.json\.z$/.exec(name)).map(tableOf));
		for (const name of names) {
			if (!name.endsWith('.process.jsonl') || needed.has(name)) continue;
			const path = join(this.folder, name);
			const written = await stat(path).then(
				({ mtimeMs }) => mtimeMs,
				() => Date.now(),
			);
			if (Date.now() - written > idleTable) await rm(path, { force: true });
		}
	}

	/** Deletes every capture in the folder, listed yet or not, and the recorders' notes of losses. */
	async deleteAll(): Promise<void> {
		for (const file of (await this.files()).values()) await rm(file, { force: true });
		for (const name of await this.healthFiles()) await rm(join(this.folder, name), { force: true });
		await rm(join(this.folder, indexName), { force: true });
		await this.deleteTables();
		await this.refresh();
	}

	/** Deletes the oldest until the folder holds at most so many captures and bytes; answers with the deleted ids. */
	async prune(limits: { readonly captures: number; readonly bytes: number }): Promise<readonly string[]> {
		const kept: string[] = [];
		const doomed: string[] = [];
		let bytes = 0;
		for (const { id, file } of this.entries()) {
			bytes += await stat(file).then(
				({ size }) => size,
				() => 0,
			);
			(kept.length < limits.captures && bytes <= limits.bytes ? kept : doomed).push(id);
		}
		await this.delete(doomed);
		return doomed;
	}

	/** What recording processes lost or got wrong, by process. */
	async health(): Promise<readonly RecorderHealth[]> {
		const found: RecorderHealth[] = [];
		for (const name of await this.healthFiles()) {
			try {
				const value: unknown = JSON.parse(await readFile(join(this.folder, name), 'utf8'));
				if (isHealth(value)) found.push(value);
			} catch {
				// Gone or half written: the next refresh sees it whole.
			}
		}
		return found;
	}

	private async healthFiles(): Promise<readonly string[]> {
		return (await readdir(this.folder).catch(() => [])).filter((name) => /^recorder-\d+\.json$/.test(name));
	}
}

/** Makes the folder for captures, readable by its owner alone. */
export async function makeCaptureFolder(folder: string): Promise<void> {
	await mkdir(folder, { recursive: true, mode: 0o700 });
}

/** The table that a capture's name tells: `<ms>-<pid>-<counter>.<key>` has its entries in `<key>-<pid>`. */
function tableOf(match: RegExpExecArray | null): string {
	return match ? `${match[2]}-${match[1]}.process.jsonl` : '';
}

/** Ids are `<ms in base 36>-<pid>-<counter>`: by time, then by counter, whose digits grow. */
function sortKey(id: string): string {
	const [time = '', pid = '', count = ''] = id.split('-');
	return `${time.padStart(12, '0')}-${pid.padStart(10, '0')}-${count.padStart(10, '0')}`;
}
