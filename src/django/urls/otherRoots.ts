import type { Interpreter } from '../../python/runtime/interpreter';
import { PyList, PyModule, PyTuple, textOf, type Value } from '../../python/values';
import type { MiddlewareInfo, NotMounted, Place, Problem, UrlconfRoot, UrlEntry } from '../../shared/model';
import { mentions } from '../edit/importers';
import { hooked } from '../middleware';
import { modelPlace } from '../places';
import { guarded } from '../problems';
import { type Assignments, assignmentsOf } from '../requestUrlconf/assignments';
import { shortText } from '../shortText';
import { attribute } from '../views/attribute';
import { urlconfInfo } from './entries';
import { type Changes, newRun } from './kept';
import { walkResolver } from './walk';

type Walk = (resolver: Value) => readonly UrlEntry[];

/** URLconfs that take the root's place for some requests: by django-hosts' host patterns, or set by a middleware as `request.urlconf`. */
export function otherRoots(
	py: Interpreter,
	settings: Value,
	middleware: readonly MiddlewareInfo[],
	isProject: (path: string) => boolean,
	problems: Problem[],
	changes?: Changes,
): OtherRoots {
	const walk = (resolver: Value) => walkResolver(py, resolver, changes);
	const hosts = hostRoots(py, settings, problems, walk);
	const byHost = new Set(hosts.map(({ urlconf }) => urlconf.name));
	const { roots, left } = middlewareRoots(py, middleware, isProject, problems, walk, changes);
	const seen = new Set<string>();
	return {
		roots: [...hosts, ...roots.filter(({ urlconf }) => !byHost.has(urlconf.name))].filter(
			({ urlconf, reason }) => !seen.has(`${urlconf.name}|${reason}`) && seen.add(`${urlconf.name}|${reason}`),
		),
		left,
	};
}

export interface OtherRoots {
	readonly roots: UrlconfRoot[];
	/** Assignments of `request.urlconf` that a test rules out. */
	readonly left: NotMounted[];
}

/** `ROOT_HOSTCONF` of django-hosts: each `host(regex, urlconf, name)` of its `host_patterns`. */
function hostRoots(py: Interpreter, settings: Value, problems: Problem[], walk: Walk): UrlconfRoot[] {
	const hostconf = textOf(attribute(py, settings, 'ROOT_HOSTCONF') ?? null);
	if (hostconf === undefined) return [];
	const patterns = guarded(py, hostconf, problems, () => py.list(py.getAttr(py.importModule(hostconf), 'host_patterns'))) ?? [];
	return patterns.flatMap((host) => {
		const regex = textOf(attribute(py, host, 'regex') ?? null) ?? '';
		const urlconf = attribute(py, host, 'urlconf') ?? null;
		const name = textOf(attribute(py, host, 'name') ?? null) ?? '?';
		const root = rootOf(py, urlconf, `django-hosts: the host ${name} (${regex})`, undefined, problems, walk);
		return root ? [{ ...root, hostRegex: regex }] : [];
	});
}

/** Roots that middleware set, and what tests rule out of it. */
function middlewareRoots(
	py: Interpreter,
	middleware: readonly MiddlewareInfo[],
	isProject: (path: string) => boolean,
	problems: Problem[],
	walk: Walk,
	changes: Changes | undefined,
): OtherRoots {
	const roots: UrlconfRoot[] = [];
	const left: NotMounted[] = [];
	const known = py.state(followed, () => new Map<string, Assignments>());
	for (const { path } of middleware) {
		const before = changes && known.get(path);
		const all = before && !concerns(py, before, changes, isProject) ? before : assignmentsIn(py, path, isProject);
		known.set(path, all);
		for (const { source, node, condition } of all.left)
			if (isProject(source.path)) left.push({ condition, place: modelPlace(source, node), text: shortText(source, node) });
		for (const { source, node, text, values, unknown } of all.found) {
			const place = modelPlace(source, node);
			if (unknown !== undefined)
				problems.push({
					severity: 'information',
					code: 'other-roots',
					message: `${path} sets request.urlconf to ${text}, ${values.length > 0 ? 'not all of which can be told' : "which can't be told"}: ${unknown}`,
					place,
				});
			for (const value of values) {
				const root = rootOf(py, value, `${path} sets request.urlconf`, place, problems, walk);
				if (root) roots.push(root);
			}
		}
	}
	return { roots, left };
}

const followed = Symbol('what middleware was found to set');

/** Whether an edit may have changed what was found: it changed names of a module that was followed or that such a one imports. */
function concerns(
	py: Interpreter,
	{ files, found, left, isFixed }: Assignments,
	changes: Changes,
	isProject: (path: string) => boolean,
): boolean {
	// Edits of the functions themselves aren't followed: where they assign nothing, they assign nothing now.
	if (isFixed || found.length + left.length === 0) return false;
	const among = (module: PyModule) => module.source !== undefined && files.has(module.source.path);
	for (const module of changes.modules) if (among(module) || [...mentions(py, module, isProject)].some(among)) return true;
	return false;
}

/** What is worked out for it is no part of the project's own start: what it meets is told by the row alone. */
function assignmentsIn(py: Interpreter, path: string, isProject: (path: string) => boolean): Assignments {
	const run = newRun();
	try {
		const all = py.attributed(run, () => {
			const target = hooked(py, path);
			return target ? assignmentsOf(py, target, isProject) : { found: [], left: [], files: new Set<string>(), isFixed: true };
		});
		const kind = all.found.length + all.left.length === 0 ? 'silent' : 'telling';
		for (const file of all.files) if (kind === 'telling' || !rootFiles(py).has(file)) rootFiles(py).set(file, kind);
		return all;
	} finally {
		py.takeBackProblems((one) => one === run);
	}
}

const readFor = Symbol('files that middleware was followed through');

/** The files of functions that middleware pass requests through: those that say which URLconf it gets, and those that don't. */
export const rootFiles = (py: Interpreter): Map<string, 'telling' | 'silent'> => py.state(readFor, () => new Map());

function rootOf(
	py: Interpreter,
	urlconf: Value,
	reason: string,
	place: Place | undefined,
	problems: Problem[],
	walk: Walk,
): UrlconfRoot | undefined {
	const isUrlconf =
		Boolean(textOf(urlconf)) || urlconf instanceof PyModule || urlconf instanceof PyTuple || urlconf instanceof PyList;
	// None, and what is deleted or reset: the root it is.
	if (!isUrlconf) return undefined;
	return guarded(py, reason, problems, () => {
		const resolver = py.callMethod(py.importModule('django.urls'), 'get_resolver', urlconf);
		// The walk loads the URLconf.
		const urls = walk(resolver);
		return { urlconf: urlconfInfo(py, urlconf), reason, ...(place ? { place } : {}), urls };
	});
}
