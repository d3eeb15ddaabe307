/**
 * A whole project with damaged files through the engine: it must return, in time, and every `path()` line that the damage did not
 * touch must still be in the tree.
 */

import { type Analysis, analyzeProject } from '../../src/django/analyze';
import type { ProjectOptions } from '../../src/django/project';
import { decodeSource } from '../../src/python/syntax/source';
import { nodeHost } from '../../src/server/nodeHost';
import { OverlayHost } from '../../src/server/overlayHost';
import type { ProjectModel } from '../../src/shared/model';
import { memoryDisk } from './memoryDisk';
import { type Damage, damage } from './mutate';
import type { Random } from './random';
import { countRoutes, dependsOn, siteLines, survivingLines } from './surviving';

/** Milliseconds of the processor that one evaluation may take. */
const ALLOWED = 20_000;

/** One damaged file. */
export interface Input {
	readonly path: string;
	readonly damaged: Damage;
}

export interface Lost extends Input {
	/** `file:line` of undamaged `path()` calls that make no entry any more. */
	readonly lines: readonly string[];
	readonly problems: readonly string[];
}

export interface Verdict {
	readonly inputs: readonly Input[];
	readonly faults: readonly string[];
	readonly milliseconds: number;
	/** Lines of undamaged `path()` calls that made entries before, and how many of them still do. */
	readonly before: number;
	readonly after: number;
	readonly lost: readonly Lost[];
}

/**
 * `edit` rounds edit a URLconf or views as an editor does: the file before is put right, the next one damaged, and what the two touch
 * is evaluated again. Others damage several files at once and evaluate everything from nothing; what is lost then is tried again with
 * one damage at a time, for a damaged `include()` takes with it what it includes.
 */
export class ModelFuzz {
	private readonly disk;
	private readonly host;
	private warm: Analysis;
	private edited: string | undefined;
	/** Lines by file on which an entry of the tree is made. */
	private readonly sites: ReadonlyMap<string, ReadonlySet<number>>;
	private readonly withRoutes: readonly string[];
	private readonly withoutRoutes: readonly string[];
	private readonly libraries: readonly string[];
	/** Those whose edit wants the whole project evaluated again. */
	private readonly wantWhole = new Set<string>();
	readonly routes: number;

	constructor(private readonly options: ProjectOptions) {
		const read = new Set<string>();
		this.disk = memoryDisk(nodeHost(), read);
		this.host = new OverlayHost(this.disk, this.disk.environment);
		this.warm = analyzeProject(this.host, options);
		const { urls } = this.warm.model;
		this.sites = siteLines(urls);
		this.routes = countRoutes(urls);
		const files = [...read].sort();
		const { sitePackages, stdlib } = this.warm.model.environment;
		const outside = [...sitePackages, ...(stdlib ? [stdlib] : [])];
		const own = (path: string) =>
			path.startsWith(`${options.folder}/`) && !outside.some((folder) => path.startsWith(`${folder}/`));
		this.withRoutes = files.filter((path) => own(path) && this.sites.has(path));
		this.withoutRoutes = files.filter((path) => own(path) && !this.sites.has(path));
		this.libraries = files.filter((path) => !own(path));
	}

	/** How many files of each kind there are to damage. */
	get files(): string {
		return `${this.withRoutes.length} files with routes, ${this.withoutRoutes.length} others of the project, ${this.libraries.length} of libraries`;
	}

	edit(random: Random): Verdict {
		const quick = this.withRoutes.filter((one) => !this.wantWhole.has(one));
		const input = this.input(random.pick(quick.length > 0 ? quick : this.withRoutes), random);
		return this.judge([input], () => this.refreshed(input));
	}

	/** `kind`: which files are damaged. With those of the project that make no routes, no route may be lost at all. */
	several(random: Random, count: number, kind: 'routes' | 'others' | 'libraries'): Verdict {
		const from = kind === 'routes' ? this.withRoutes : kind === 'others' ? this.withoutRoutes : this.libraries;
		const left = [...from];
		const inputs: Input[] = [];
		while (left.length > 0 && inputs.length < count)
			inputs.push(this.input(left.splice(random.below(left.length), 1)[0] ?? '', random));
		const verdict = this.judge(inputs, () => this.evaluated(inputs));
		if (inputs.length === 1 || (verdict.lost.length === 0 && verdict.faults.length === 0)) return verdict;
		const lost = this.blamed(inputs);
		return {
			...verdict,
			faults: [...verdict.faults, ...lost.flatMap(({ faults }) => faults)],
			after: verdict.before - lost.reduce((sum, { before, after }) => sum + before - after, 0),
			lost: lost.flatMap((one) => one.lost),
		};
	}

	/** Those that lose something alone, found by halves. */
	private blamed(inputs: readonly Input[]): readonly Verdict[] {
		const middle = inputs.length >> 1;
		return [inputs.slice(0, middle), inputs.slice(middle)].flatMap((half) => {
			if (half.length === 0) return [];
			const verdict = this.judge(half, () => this.evaluated(half));
			if (verdict.lost.length === 0 && verdict.faults.length === 0) return [];
			return half.length === 1 ? [verdict] : this.blamed(half);
		});
	}

	private input(path: string, random: Random): Input {
		const original = this.textOf(path);
		let damaged = damage(original.length > 0 ? original : 'x = 1\n', random);
		if (random.chance(0.1)) damaged = { ...damage(damaged.text, random), kind: 'twice', start: 0, end: original.length };
		return { path, damaged };
	}

	private judge(inputs: readonly Input[], evaluate: () => ProjectModel): Verdict {
		const expected = this.expected(inputs);
		const before = [...expected.values()].reduce((sum, lines) => sum + lines.length, 0);
		const faults: string[] = [];
		const began = process.cpuUsage();
		let model: ProjectModel | undefined;
		try {
			model = evaluate();
			const failed = model.problems.find(({ code }) => code === 'engine');
			if (failed) faults.push(failed.message);
		} catch (error) {
			faults.push(`threw ${error instanceof Error ? error.stack : String(error)}`);
			this.warm = analyzeProject(this.host, this.options);
		}
		const { user, system } = process.cpuUsage(began);
		const milliseconds = (user + system) / 1000;
		if (milliseconds > ALLOWED) faults.push(`took ${milliseconds.toFixed(0)} ms`);
		const found = model ? siteLines(model.urls) : new Map<string, Set<number>>();
		const lines: string[] = [];
		for (const [path, all] of expected)
			for (const line of all) if (!found.get(path)?.has(line)) lines.push(`${path.split('/').slice(-3).join('/')}:${line}`);
		const problems = (model?.problems ?? []).map(
			({ message, place }) => `${place?.file.split('/').pop()}:${place?.line} ${message}`,
		);
		return {
			inputs,
			faults,
			milliseconds,
			before,
			after: before - lines.length,
			lost: lines.length > 0 ? inputs.map((input) => ({ ...input, lines, problems })) : [],
		};
	}

	/** The lines that must make entries. */
	private expected(inputs: readonly Input[]): ReadonlyMap<string, readonly number[]> {
		const expected = new Map<string, readonly number[]>();
		for (const { path, damaged } of inputs)
			expected.set(path, survivingLines(this.textOf(path), damaged, this.sites.get(path) ?? new Set()));
		// What makes no routes itself takes none with it, but those whose lines ask something of it.
		if (inputs.every(({ path }) => this.withoutRoutes.includes(path) && !/settings|conf/.test(path)))
			for (const path of this.withRoutes)
				expected.set(
					path,
					[...(this.sites.get(path) ?? [])].filter((line) => !dependsOn(this.textOf(path), line)),
				);
		return expected;
	}

	private evaluated(inputs: readonly Input[]): ProjectModel {
		const host = new OverlayHost(this.disk, this.disk.environment);
		for (const { path, damaged } of inputs) host.change({ path, text: damaged.text });
		return analyzeProject(host, this.options).model;
	}

	private refreshed({ path, damaged: { text } }: Input): ProjectModel {
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
