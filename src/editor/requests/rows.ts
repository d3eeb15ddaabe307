import type { StoreEntry } from '../../capture/store';
import type { CaptureSummary, RecorderHealth } from '../../shared/capture';
import { code, escapeMarkdown, formatDuration, plural } from '../format';

/** One row of the Requests view, as plain data. */
export interface RequestRow {
	readonly id: string;
	readonly label: string;
	readonly description?: string;
	readonly tooltip?: string;
	readonly icon: string;
	readonly color?: string;
	/** The capture the row stands for; absent for notes. */
	readonly capture?: string;
	/** `more`: a click shows more rows. */
	readonly more?: boolean;
	readonly children: readonly string[];
}

export interface RequestRows {
	readonly top: readonly string[];
	row(id: string): RequestRow | undefined;
	readonly matching: number;
}

export interface RowsInput {
	/** Newest first. */
	readonly entries: readonly StoreEntry[];
	readonly health: readonly RecorderHealth[];
	/** Why captures can't be listed; empty when they can. */
	readonly problem: string;
	readonly filter: string;
	/** At most so many captures get a row at the top. */
	readonly shown: number;
	readonly pinned: string | undefined;
}

/** The newest captures that match, static files below the page that asked for them, notes of losses above. */
export function requestRows({ entries, health, problem, filter, shown, pinned }: RowsInput): RequestRows {
	const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
	const byId = new Map(entries.map((entry) => [entry.id, entry]));
	const children = new Map<string, string[]>();
	const top: StoreEntry[] = [];
	for (const entry of entries) {
		const page = entry.summary?.static ? entry.summary.page : undefined;
		const parent = page === undefined || words.length > 0 ? undefined : byId.get(page);
		if (parent) {
			const list = children.get(parent.id);
			if (list) list.push(entry.id);
			else children.set(parent.id, [entry.id]);
		} else if (words.length === 0 || matches(entry, words)) top.push(entry);
	}
	const visible = top.slice(0, shown);
	const notes = new Map(notesOf(health, problem).map((note) => [note.id, note]));
	const left = top.length - visible.length;
	const more: RequestRow = {
		id: 'more',
		label: `Show ${Math.min(left, pageSize).toLocaleString('en-US')} more`,
		description: `${plural(left, 'older request')}`,
		icon: 'ellipsis',
		more: true,
		children: [],
	};
	return {
		top: [...notes.keys(), ...visible.map((entry) => entry.id), ...(left > 0 ? [more.id] : [])],
		matching: top.length,
		row(id) {
			if (id === more.id) return more;
			const entry = byId.get(id);
			return entry ? captureRow(entry, children.get(id) ?? [], id === pinned) : notes.get(id);
		},
	};
}

/** Rows that "more" adds. */
export const pageSize = 200;

function matches({ summary, id, problem }: StoreEntry, words: readonly string[]): boolean {
	const status = summary?.status;
	const parts = summary
		? [
				summary.method,
				summary.path,
				status,
				status && `${Math.floor(status / 100)}xx`,
				summary.view,
				summary.urlName,
				summary.exception,
			]
		: [id, problem?.message];
	const text = parts.filter(Boolean).join('\n').toLowerCase();
	return words.every((word) => text.includes(word));
}

function captureRow(entry: StoreEntry, children: readonly string[], pinned: boolean): RequestRow {
	const { id, summary, problem } = entry;
	if (!summary) {
		return {
			id,
			label: id,
			description: problem?.message ?? 'can’t be read',
			tooltip: [escapeMarkdown(problem?.message ?? ''), escapeMarkdown(problem?.detail ?? '')].filter(Boolean).join('\n\n'),
			icon: 'error',
			color: 'disabledForeground',
			capture: id,
			children,
		};
	}
	const queries = summary.queries > 0 ? plural(summary.queries, 'query', 'queries') : undefined;
	const words = [summary.status ?? 'no response', formatDuration(summary.durationNs), queries];
	return {
		id,
		label: `${summary.method} ${summary.path}`,
		description: words.filter(Boolean).join(' · '),
		tooltip: tooltip(summary),
		...statusIcon(summary),
		...(pinned ? { icon: 'pinned' } : {}),
		capture: id,
		children,
	};
}

function statusIcon(summary: CaptureSummary): { icon: string; color?: string } {
	const { status } = summary;
	if (status === undefined) return { icon: 'circle-slash', color: 'charts.red' };
	if (status >= 500) return { icon: 'error', color: 'charts.red' };
	if (status >= 400 && summary.refusedBy) return { icon: 'shield', color: 'charts.orange' };
	if (status >= 400) return { icon: 'warning', color: 'charts.orange' };
	if (status >= 300) return { icon: 'arrow-right', color: 'charts.blue' };
	if (summary.static) return { icon: 'file' };
	return { icon: 'pass', color: 'charts.green' };
}

function tooltip(summary: CaptureSummary): string {
	const lines = [
		`**${code(`${summary.method} ${summary.path}`)}** ${summary.status ?? ''}`,
		escapeMarkdown(new Date(summary.startedAt).toLocaleString()),
		`${formatDuration(summary.durationNs)}, ${plural(summary.queries, 'query', 'queries')} in ${formatDuration(summary.queryNs)}`,
		summary.view ? `View ${code(summary.view)}` : '',
		summary.route === undefined ? '' : `Route ${code(`/${summary.route}`)}`,
		summary.refusedBy ? `Answered by ${code(summary.refusedBy)}` : '',
		summary.exception ? `$(error) ${code(summary.exception)}` : '',
	];
	return lines.filter(Boolean).join('\n\n');
}

function notesOf(health: readonly RecorderHealth[], problem: string): RequestRow[] {
	const notes: RequestRow[] = [];
	if (problem) {
		notes.push({
			id: 'note:folder',
			label: 'The folder for captures can’t be used',
			description: problem,
			icon: 'error',
			color: 'charts.red',
			children: [],
		});
	}
	for (const one of health) {
		if (one.errors === 0 && one.lost === 0) continue;
		const lost = one.lost > 0 ? `${plural(one.lost, 'capture')} lost` : undefined;
		const errors = one.errors > 0 ? plural(one.errors, 'error') : undefined;
		notes.push({
			id: `note:${one.pid}`,
			label: `Recorder in process ${one.pid}`,
			description: [lost, errors].filter(Boolean).join(', '),
			tooltip: ['The requests themselves went on.', ...one.messages.map((message) => code(message))].join('\n\n'),
			icon: 'warning',
			color: 'charts.orange',
			children: [],
		});
	}
	return notes;
}
