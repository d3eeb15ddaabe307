/**
 * A whole project with one damaged file at a time through the engine: it must return, in time, and every `path()` line that the
 * damage did not touch must still be in the tree.
 */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { analyzeProject } from '../../src/django/analyze';
import type { ProjectOptions } from '../../src/django/project';
import { lineTable } from '../../src/python/syntax/lines';
import { decodeSource } from '../../src/python/syntax/source';
import { nodeHost } from '../../src/server/nodeHost';
import { OverlayHost } from '../../src/server/overlayHost';
import type { UrlEntry } from '../../src/shared/model';
import { type Damage, damage } from './mutate';
import type { Random } from './random';

/** Milliseconds that one whole evaluation may take. */
const ALLOWED = 20_000;

export interface ModelVerdict {
	readonly path: string;
	readonly damaged: Damage;
	readonly faults: readonly string[];
	readonly milliseconds: number;
	/** Lines of undamaged `path()` calls that made routes before, and how many of them still do. */
	readonly before: number;
	readonly after: number;
	readonly problems: readonly string[];
}

export class ModelFuzz {
	private readonly files: readonly string[];
	private readonly disk = nodeHost();
	/** Lines by file on which an entry of the tree is made. */
	private readonly sites: ReadonlyMap<string, ReadonlySet<number>>;
	readonly routes: number;

	constructor(private readonly options: ProjectOptions) {
		const model = this.model(new OverlayHost(this.disk, this.disk.environment));
		this.sites = siteLines(model.urls);
		this.routes = model.urls.length;
		this.files = pythonFiles(options.folder);
	}

	private model(host: OverlayHost): ReturnType<typeof analyzeProject>['model'] {
		return analyzeProject(host, this.options).model;
	}

	round(random: Random): ModelVerdict {
		const withRoutes = this.files.filter((path) => this.sites.has(path));
		const path = random.pick(withRoutes.length > 0 && random.chance(0.7) ? withRoutes : this.files);
		const original = decodeSource(this.disk.readFile(path) ?? new Uint8Array()).text;
		const damaged = damage(original.length > 0 ? original : 'x = 1\n', random);
		const host = new OverlayHost(this.disk, this.disk.environment);
		host.change({ path, text: damaged.text });
		const faults: string[] = [];
		const began = performance.now();
		let after = 0;
		let problems: readonly string[] = [];
		const lines = survivingLines(original, damaged, this.sites.get(path) ?? new Set());
		try {
			const model = this.model(host);
			const found = siteLines(model.urls).get(path) ?? new Set();
			for (const line of lines) if (found.has(line)) after++;
			problems = model.problems.map(({ message, place }) => `${place?.file.split('/').pop()}:${place?.line} ${message}`);
		} catch (error) {
			faults.push(`threw ${error instanceof Error ? error.stack : String(error)}`);
		}
		const milliseconds = performance.now() - began;
		if (milliseconds > ALLOWED) faults.push(`took ${milliseconds.toFixed(0)} ms`);
		return { path, damaged, faults, milliseconds, before: lines.length, after, problems };
	}
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
	// A call of several lines is damaged with any of them.
	return [...sites].filter((line) => line < first - 2 || line > last + 2).map((line) => (line > last ? line + added : line));
}

const breaks = (text: string): number => text.split(/\r\n?|\n/).length - 1;

function siteLines(entries: readonly UrlEntry[], into = new Map<string, Set<number>>()): Map<string, Set<number>> {
	for (const entry of entries) {
		if ('site' in entry && entry.site) {
			const lines = into.get(entry.site.file) ?? new Set();
			lines.add(entry.site.line);
			into.set(entry.site.file, lines);
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
