import type { Interpreter, StackEntry } from '../python/runtime/interpreter';
import { intercept, method, type Summary } from '../python/runtime/native';
import type { Node } from '../python/syntax/ast';
import type { Source, StatementRun } from '../python/values';
import { type PyDict, type PyObject, textOf, type Value } from '../python/values';
import type { Place } from '../shared/model';
import { isWithin } from '../shared/path';

/** Where a pattern or include was made; its places move with the text. */
export class Site {
	constructor(
		private readonly call: Spot | undefined,
		private readonly project: Spot | undefined,
	) {}

	/** The call of `path()`, `re_path()`, `url()` or of a pattern class, in whichever library it stands. */
	get site(): Place | undefined {
		return this.call && spotPlace(this.call);
	}

	/** The call has been edited away. */
	get isGone(): boolean {
		return this.call?.source.isGone(this.call.at) ?? false;
	}

	/** Whether the project's line that caused it stands between these offsets of the newest text. */
	isWithin({ newest }: Source, start: number, end: number): boolean {
		const { project } = this;
		if (project?.source.newest !== newest || project.source.isGone(project.at)) return false;
		const at = project.source.nowAt(project.at);
		return start <= at && at < end;
	}

	/** Whether both were caused by the same call of the project, as its text is now. */
	isOfCall({ project: other }: Site): boolean {
		const { project } = this;
		if (!project || !other || project.source.newest !== other.source.newest) return project === other;
		if (project.source.isGone(project.at) || other.source.isGone(other.at)) return false;
		return project.source.nowAt(project.at) === other.source.nowAt(other.at);
	}

	/** It counts as made by this execution. */
	attribute(lines: MadeLines, run: StatementRun | undefined): void {
		if (this.call) lines.add(this.call, run);
		if (this.project && this.project !== this.call) lines.add(this.project, run);
	}

	/** The innermost frame of the project: the line that caused it. */
	get projectSite(): Place | undefined {
		return this.project && spotPlace(this.project);
	}
}

/** A node under execution: `at` stands on the line that counts. */
interface Spot {
	readonly source: Source;
	readonly at: number;
	readonly end: number;
}

const recorded = Symbol('sites');
const lines = Symbol('lines with a pattern');

/** Where patterns and includes were made, each place with the statement whose execution made it. */
class MadeLines {
	private spots = new Map<string, { readonly spot: Spot; readonly run: StatementRun | undefined }[]>();

	add(spot: Spot, run: StatementRun | undefined): void {
		const { path } = spot.source;
		const list = this.spots.get(path);
		if (list) list.push({ spot, run });
		else this.spots.set(path, [{ spot, run }]);
	}

	/** Their offsets in the file's newest text. */
	of(file: string): ReadonlySet<number> {
		return new Set((this.spots.get(file) ?? []).map(({ spot: { source, at } }) => source.nowAt(at)));
	}

	/** Whether a call is gone that has made patterns which are still there: a library's URLconf is loaded by the first that includes it. */
	lost(file: string): boolean {
		return (this.spots.get(file) ?? []).some(({ spot: { source, at } }) => source.isGone(at));
	}

	takeBack(gone: (run: StatementRun) => boolean): void {
		for (const [file, list] of this.spots)
			if (list.some(({ run }) => run && gone(run)))
				this.spots.set(
					file,
					list.filter(({ run }) => !run || !gone(run)),
				);
	}
}

/** Where in each file the calls stand of which patterns came. */
export function madeOn(py: Interpreter): MadeLines {
	return py.state(lines, () => new MadeLines());
}

/** The sites recorded so far, by the `URLPattern`, `URLResolver` or registered item they belong to. */
export function sitesOf(py: Interpreter): WeakMap<PyObject, Site> {
	return py.state(recorded, () => new WeakMap<PyObject, Site>());
}

/** Django's own `path()`, `include()`, `i18n_patterns()`: looked through, except a list at the top of such a file. */
const lookedThrough = /[\\/]django[\\/](?:urls[\\/](?:conf|resolvers)|conf[\\/]urls[\\/](?:__init__|i18n))\.py$/;

/** Wraps the constructors of `URLPattern` and `URLResolver` so that each notes the stack it was called from. */
export function siteSummaries(isProject: (path: string) => boolean): Summary[] {
	return ['URLPattern', 'URLResolver'].map((cls) =>
		intercept('django.urls.resolvers', `${cls}.__init__`, 'Notes the calling stack; the original is run.', (_, original) =>
			method(
				'__init__',
				'self, *args, **kwargs',
				(py, [self, args, kwargs]) => {
					py.call(original, [self, ...args.items], keywordsOf(kwargs));
					const sites = sitesOf(py);
					if (self !== null && typeof self === 'object' && !sites.has(self)) {
						const { call, project } = currentSpots(py.stack(), isProject);
						const site = new Site(call, project);
						sites.set(self, site);
						site.attribute(madeOn(py), py.running);
					}
					return null;
				},
				{ acceptsUnknown: true },
			),
		),
	);
}

/** Keyword arguments that came as `**kwargs`. */
export function keywordsOf(kwargs: PyDict): Map<string, Value> {
	const out = new Map<string, Value>();
	for (const { key, value } of kwargs.entries()) out.set(textOf(key) ?? '', value);
	return out;
}

/** The site that the stack (innermost first) tells. */
export function currentSite(stack: readonly StackEntry[], isProject: (path: string) => boolean): Site {
	const { call, project } = currentSpots(stack, isProject);
	return new Site(call, project);
}

function currentSpots(
	stack: readonly StackEntry[],
	isProject: (path: string) => boolean,
): { readonly call: Spot | undefined; readonly project: Spot | undefined } {
	let site: Spot | undefined;
	let projectSite: Spot | undefined;
	for (const frame of stack) {
		const { source } = frame.module;
		if (!source || !frame.node) continue;
		if (!site && lookedThrough.test(source.path) && frame.name !== '<module>') continue;
		const own = isProject(source.path);
		if (site && !own) continue;
		const place = nodeSpot(source, frame.node);
		site ??= place;
		if (own) {
			projectSite = place;
			break;
		}
	}
	return { call: site, project: projectSite };
}

/**
 * The lines of a node under execution as CPython's line table has them: a call's first line, but the line of the
 * attribute for a method call whose receiver spans lines (CPython 3.11 and later, compile.c).
 */
function nodeSpot(source: Source, node: Node & { readonly kind?: string }): Spot {
	const call = node as { kind?: string; func?: { kind: string; start: number; end: number } };
	const at = call.kind === 'Call' && call.func?.kind === 'Attribute' ? call.func.end - 1 : node.start;
	return { source, at, end: Math.max(node.start, node.end - 1) };
}

function spotPlace({ source, at, end }: Spot): Place {
	const line = source.lineOf(at);
	return { file: source.path, line, endLine: Math.max(line, source.lineOf(end)) };
}

/** A test for files of the project: below its folder, and neither installed nor of the standard library. */
export function projectFileTest(folder: string, elsewhere: readonly string[]): (path: string) => boolean {
	return (path) => isWithin(path, folder) && !elsewhere.some((other) => isWithin(path, other));
}
