import type { Interpreter, StackEntry } from '../python/runtime/interpreter';
import { intercept, method, type Summary } from '../python/runtime/native';
import type { Node } from '../python/syntax/ast';
import type { Source } from '../python/values';
import { type PyDict, type PyObject, textOf, type Value } from '../python/values';
import type { Place } from '../shared/model';
import { isWithin } from '../shared/path';

/** Where a pattern or include was made. */
export interface Site {
	/** The call of `path()`, `re_path()`, `url()` or of a pattern class, in whichever library it stands. */
	readonly site: Place | undefined;
	/** The innermost frame of the project: the line that caused it. */
	readonly projectSite: Place | undefined;
}

const recorded = Symbol('sites');
const lines = Symbol('lines with a pattern');

/** Every line of a file on which a pattern or include was made, `file:line`. */
export function madeOn(py: Interpreter): Set<string> {
	return py.state(lines, () => new Set<string>());
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
						const site = currentSite(py.stack(), isProject);
						sites.set(self, site);
						if (site.site) madeOn(py).add(`${site.site.file}:${site.site.line}`);
						if (site.projectSite) madeOn(py).add(`${site.projectSite.file}:${site.projectSite.line}`);
					}
					return null;
				},
				{ acceptsUnknown: true },
			),
		),
	);
}

export function keywordsOf(kwargs: PyDict): Map<string, Value> {
	const out = new Map<string, Value>();
	for (const { key, value } of kwargs.entries()) out.set(textOf(key) ?? '', value);
	return out;
}

/** The site that the stack (innermost first) tells. */
export function currentSite(stack: readonly StackEntry[], isProject: (path: string) => boolean): Site {
	let site: Place | undefined;
	let projectSite: Place | undefined;
	for (const frame of stack) {
		const { source } = frame.module;
		if (!source || !frame.node) continue;
		if (!site && lookedThrough.test(source.path) && frame.name !== '<module>') continue;
		const own = isProject(source.path);
		if (site && !own) continue;
		const place = nodePlace(source, frame.node);
		site ??= place;
		if (own) {
			projectSite = place;
			break;
		}
	}
	return { site, projectSite };
}

/**
 * The lines of a node under execution as CPython's line table has them: a call's first line, but the line of the
 * attribute for a method call whose receiver spans lines (CPython 3.11 and later, compile.c).
 */
function nodePlace(source: Source, node: Node & { readonly kind?: string }): Place {
	let line = source.lineOf(node.start);
	const call = node as { kind?: string; func?: { kind: string; start: number; end: number } };
	if (call.kind === 'Call' && call.func?.kind === 'Attribute') line = source.lineOf(call.func.end - 1);
	const endLine = source.lineOf(Math.max(node.start, node.end - 1));
	return { file: source.path, line, endLine: Math.max(line, endLine) };
}

/** A test for files of the project: below its folder, and neither installed nor of the standard library. */
export function projectFileTest(folder: string, elsewhere: readonly string[]): (path: string) => boolean {
	return (path) => isWithin(path, folder) && !elsewhere.some((other) => isWithin(path, other));
}
