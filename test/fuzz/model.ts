/**
 * A whole project with one damaged file at a time through the engine: it must return, in time, and every `path()` line that the
 * damage did not touch must still be in the tree.
 */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Analysis, analyzeProject } from '../../src/django/analyze';
import type { ProjectOptions } from '../../src/django/project';
import { lineTable } from '../../src/python/syntax/lines';
import { decodeSource } from '../../src/python/syntax/source';
import { nodeHost } from '../../src/server/nodeHost';
import { OverlayHost } from '../../src/server/overlayHost';
import type { ProjectModel, UrlEntry } from '../../src/shared/model';
import { type Damage, damage } from './mutate';
import type { Random } from './random';

/** Milliseconds that one evaluation may take. */
const ALLOWED = 20_000;

export interface ModelVerdict {
	readonly path: string;
	readonly damaged: Damage;
	/** Whether the whole project was evaluated, rather than what the edit touches. */
	readonly whole: boolean;
	readonly faults: readonly string[];
	readonly milliseconds: number;
	/** Lines of undamaged `path()` calls that made routes before, and how many of them still do. */
	readonly before: number;
	readonly after: number;
	readonly lost: readonly number[];
	readonly problems: readonly string[];
}

/**
 * Most rounds edit a URLconf or views as an editor does: the file before is put right, the next one damaged, and what the two
 * touch is evaluated again. Some damage any file of the project and evaluate it from nothing.
 */
export class ModelFuzz {
	private readonly files: readonly string[];
	private readonly disk = nodeHost();
	private readonly host = new OverlayHost(this.disk, this.disk.environment);
	private warm: Analysis;
	private edited: string | undefined;
	/** Lines by file on which an entry of the tree is made. */
	private readonly sites: ReadonlyMap<string, ReadonlySet<number>>;
	private readonly withRoutes: readonly string[];
	/** Those whose edit wants the whole project evaluated again. */
	private readonly wantWhole = new Set<string>();
	readonly routes: number;

	constructor(private readonly options: ProjectOptions) {
		this.warm = analyzeProject(this.host, options);
		const { urls } = this.warm.model;
		this.sites = siteLines(urls);
		this.routes = countRoutes(urls);
		this.files = pythonFiles(options.folder);
		this.withRoutes = this.files.filter((path) => this.sites.has(path));
	}

	round(random: Random, wholeShare: number): ModelVerdict {
		const whole = random.chance(wholeShare) || this.warm.refresh === undefined;
		const quick = this.withRoutes.filter((one) => !this.wantWhole.has(one));
		const path = random.pick(!whole && quick.length > 0 ? quick : random.chance(0.5) ? this.withRoutes : this.files);
		const original = this.textOf(path);
		const damaged = damage(original.length > 0 ? original : 'x = 1\n', random);
		const faults: string[] = [];
		const lines = survivingLines(original, damaged, this.sites.get(path) ?? new Set());
		let lost: readonly number[] = lines;
		let problems: readonly string[] = [];
		const began = performance.now();
		try {
			const model = whole ? this.evaluated(path, damaged.text) : this.refreshed(path, damaged.text);
			const found = siteLines(model.urls).get(path) ?? new Set();
			lost = lines.filter((line) => !found.has(line));
			problems = model.problems.map(({ message, place }) => `${place?.file.split('/').pop()}:${place?.line} ${message}`);
			const failed = model.problems.find(({ code }) => code === 'engine');
			if (failed) faults.push(failed.message);
		} catch (error) {
			faults.push(`threw ${error instanceof Error ? error.stack : String(error)}`);
			this.warm = analyzeProject(this.host, this.options);
		}
		const milliseconds = performance.now() - began;
		if (milliseconds > ALLOWED) faults.push(`took ${milliseconds.toFixed(0)} ms`);
		return {
			path,
			damaged,
			whole,
			faults,
			milliseconds,
			before: lines.length,
			after: lines.length - lost.length,
			lost,
			problems,
		};
	}

	private evaluated(path: string, text: string): ProjectModel {
		const host = new OverlayHost(this.disk, this.disk.environment);
		host.change({ path, text });
		return analyzeProject(host, this.options).model;
	}

	private refreshed(path: string, text: string): ProjectModel {
		const files = this.edited === undefined || this.edited === path ? [path] : [this.edited, path];
		if (this.edited !== undefined) this.host.change({ path: this.edited });
		this.host.change({ path, text });
		this.edited = path;
		const refreshed = this.warm.refresh?.(files);
		if (!refreshed && files.length === 1) this.wantWhole.add(path);
		this.warm = refreshed ?? analyzeProject(this.host, this.options);
		return this.warm.model;
	}

	private textOf(path: string): string {
		return decodeSource(this.disk.readFile(path) ?? new Uint8Array()).text;
	}
}

function countRoutes(entries: readonly UrlEntry[]): number {
	return entries.reduce((sum, entry) => sum + (entry.type === 'include' ? countRoutes(entry.children) : 1), 0);
}

/** The lines, as they are numbered after the damage, of the routes that it didn't touch. */
function survivingLines(original: string, damaged: Damage, sites: ReadonlySet<number>): readonly number[] {
	const table = lineTable(original);
	const first = table.lineAt(damaged.start);
	const last = table.lineAt(damaged.end);
	const touched = original.slice(table.lineStart(first), table.lineStart(last + 1));
	// Without the list's own first line there may be no list; without an import, no name.
	if (/urlpatterns|import/.test(touched)) return [];
	const added = breaks(damaged.text.slice(damaged.start, damaged.start + damaged.inserted)) - (last - first);
	const rows = original.split(/\r\n?|\n/);
	// A call of several lines is damaged with any of them, and so it is with what holds it: the list, the function, the class.
	const whole = [...sites].filter(
		(line) => (line < first - 2 || line > last + 2) && !enclosing(rows, line).some((outer) => outer >= first && outer <= last),
	);
	return whole.map((line) => (line > last ? line + added : line));
}

/** The lines before `line` that stand further and further to the left: what opens the blocks and brackets around it. */
function enclosing(rows: readonly string[], line: number): readonly number[] {
	const out: number[] = [];
	let indent = indentOf(rows[line - 1] ?? '');
	for (let number = line - 1; number > 0 && indent > 0; number--) {
		const row = rows[number - 1] ?? '';
		if (row.trim() === '' || indentOf(row) >= indent) continue;
		indent = indentOf(row);
		out.push(number);
		// A class or function is what its decorators make of it.
		for (let above = number - 1; /^\s*@/.test(rows[above - 1] ?? ''); above--) out.push(above);
	}
	return out;
}

const indentOf = (row: string): number => row.length - row.trimStart().length;

const breaks = (text: string): number => text.split(/\r\n?|\n/).length - 1;

function siteLines(entries: readonly UrlEntry[], into = new Map<string, Set<number>>()): Map<string, Set<number>> {
	for (const entry of entries) {
		// What could not be made of a line stands in the tree as well, with the reason.
		const place = entry.type === 'unknown' ? entry.problem.place : entry.site;
		if (place) {
			const lines = into.get(place.file) ?? new Set();
			lines.add(place.line);
			into.set(place.file, lines);
		}
		if (entry.type === 'include') siteLines(entry.children, into);
	}
	return into;
}

function pythonFiles(folder: string): string[] {
	const files: string[] = [];
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		const path = join(folder, entry.name);
		if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'migrations' && entry.name !== 'node_modules')
			files.push(...pythonFiles(path));
		else if (entry.isFile() && entry.name.endsWith('.py')) files.push(path);
	}
	return files;
}
