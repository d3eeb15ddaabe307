import type { Interpreter } from '../../python/runtime/interpreter';
import { makeSource } from '../../python/runtime/source';
import { PyDict, PyModule, PyObject, PyRaise, PyUnknown, type StatementRun, textOf, type Value } from '../../python/values';
import { sameJson } from '../../shared/json';
import type { IncludeInfo, PatternInfo, Place, Problem, RouteInfo, UrlconfInfo, UrlEntry } from '../../shared/model';
import { exceptionText } from '../problems';
import { registeredPlace } from '../registrations';
import { type Site, sitesOf } from '../sites';
import { attribute, viewOf } from '../views/unwrap';
import { fullPath, patternInfo, unknownPattern } from './pattern';

/** What stands above an entry, and what was found there last. */
interface Above {
	readonly segments: readonly PatternInfo[];
	readonly namespaces: readonly string[];
	readonly appNames: readonly string[];
	/** Resolvers on the way: one that is below itself is a cycle. */
	readonly resolvers: readonly Value[];
	readonly id: string;
	readonly last: Last;
}

/** The entries of one URLconf at one place of the tree, kept for the next walk. */
interface Last {
	entries: readonly UrlEntry[];
	items: Map<PyObject, Kept>;
	/** The same by their ids: of what was made anew, most is as it was. */
	ids: Map<string, Kept>;
	/** Asking for the patterns, and going through them. */
	runs: { readonly read: StatementRun; readonly list: StatementRun };
}

interface Kept {
	readonly entry: UrlEntry;
	/** For an include: what stands above its own entries. */
	readonly below?: Above;
	/** Looking at it. */
	readonly run?: StatementRun;
}

/** Parts of the walk are told apart as a module's statements are: what they meet is taken back when they are gone. */
const walked = makeSource('', '');
let count = 0;
const newRun = (): StatementRun => ({ source: walked, start: count++ });

const nothing = (): Last => ({ entries: [], items: new Map(), ids: new Map(), runs: { read: newRun(), list: newRun() } });

const top = { segments: [], namespaces: [], appNames: [], resolvers: [], id: '' };
/** Deeper includes are taken for a cycle that makes new resolvers all the time. */
const deepestInclude = 40;

const livePatterns = Symbol('patterns behind the tree');

/** The pattern object behind an entry of the tree that this interpreter made. */
export function patternOf(py: Interpreter, entry: UrlEntry): Value | undefined {
	return behind(py).get(entry);
}

const behind = (py: Interpreter) => py.state(livePatterns, () => new WeakMap<UrlEntry, Value>());

const walks = Symbol('the last walk of each resolver');

/** What an edit changed, for a walk after it. */
export interface Changes {
	/** URLconfs that have other patterns now. */
	readonly urlconfs: ReadonlySet<Value>;
	/** An entry that stands as it was, its places moved with the text; undefined when it has to be looked at anew. */
	keep(entry: UrlEntry): UrlEntry | undefined;
	/** Parts of the last walk that are gone: the walk adds to them. */
	readonly gone: Set<StatementRun>;
	/** Whether nothing that was asked for meanwhile is out of date. */
	certain(): boolean;
}

/**
 * The tree below a resolver (`get_resolver()`), in match order: Django's own objects, walked once. With `changes` what they leave
 * alone is taken from the last walk, by identity.
 */
export function walkResolver(py: Interpreter, resolver: Value, changes?: Changes): readonly UrlEntry[] {
	const known = py.state(walks, () => new Map<Value, Above>());
	let above = changes && known.get(resolver);
	if (!above) {
		above = { ...top, resolvers: [resolver], last: nothing() };
		known.set(resolver, above);
	}
	const entries = entriesOf(py, resolver, above, changes);
	if (changes && changes.gone.size > 0) py.takeBackProblems((run) => changes.gone.has(run));
	return entries;
}

/** The resolver reads its URLconf again when that has other patterns now. */
function refresh(py: Interpreter, resolver: PyObject, { urlconfs }: Changes): void {
	const { attrs } = resolver;
	const name = attrs?.get('urlconf_name');
	const urlconf = typeof name === 'string' ? py.modules.get(name) : name;
	if (attrs && urlconf !== undefined && urlconfs.has(urlconf)) attrs.delete('url_patterns');
}

function entriesOf(py: Interpreter, resolver: Value, above: Above, changes: Changes | undefined): readonly UrlEntry[] {
	const out: UrlEntry[] = [];
	const { last } = above;
	const ids = new Ids(above.id);
	const items = new Map<PyObject, Kept>();
	const byId = new Map<string, Kept>();
	if (changes && resolver instanceof PyObject) refresh(py, resolver, changes);
	const reads = !(resolver instanceof PyObject && resolver.attrs?.has('url_patterns'));
	const runs = { read: reads ? newRun() : last.runs.read, list: newRun() };
	for (const run of [last.runs.read, last.runs.list]) if (run !== runs.read) changes?.gone.add(run);
	last.runs = runs;
	let patterns: Value;
	try {
		patterns = py.attributed(runs.read, () => py.getAttr(resolver, 'url_patterns'));
	} catch (error) {
		if (!(error instanceof PyRaise)) throw error;
		const place = sitesOf(py).get(resolver as PyObject)?.site;
		return [unknown(`${above.id}/!`, 'import-failed', exceptionText(py, error), place)];
	}
	for (const item of py.attributed(runs.list, () => [...py.iterate(patterns)])) {
		const before = changes && item instanceof PyObject && !items.has(item) ? last.items.get(item) : undefined;
		const kept =
			(changes && before && keptEntry(py, item, before, ids, changes)) ??
			asBefore(look(py, item, above, ids, changes), changes && last);
		if (item instanceof PyObject) items.set(item, kept);
		byId.set(kept.entry.id, kept);
		if (changes) {
			const pattern = item instanceof PyObject ? item.attrs?.get('pattern') : undefined;
			if (pattern !== undefined) behind(py).set(kept.entry, pattern);
		}
		out.push(kept.entry);
	}
	if (patterns instanceof PyUnknown)
		out.push(unknown(`${above.id}/?`, 'unknown-value', `urlpatterns: ${patterns.reason}`, placeOf(patterns)));
	if (changes) forget(last.items.values(), items, changes.gone);
	const same = out.length === last.entries.length && out.every((entry, at) => entry === last.entries[at]);
	if (!same) last.entries = out;
	last.items = items;
	last.ids = byId;
	return last.entries;
}

function look(py: Interpreter, item: Value, above: Above, ids: Ids, changes: Changes | undefined): Kept {
	const run = newRun();
	return { ...py.attributed(run, () => entryOf(py, item, above, (key) => ids.take(key), changes)), run };
}

/** What the last walk met at entries that are no more counts no longer. */
function forget(before: Iterable<Kept>, now: ReadonlyMap<PyObject, Kept>, gone: Set<StatementRun>): void {
	const kept = new Set<StatementRun | Last | undefined>([...now.values()].flatMap(({ run, below }) => [run, below?.last]));
	for (const { run, below } of before) {
		if (run && !kept.has(run)) gone.add(run);
		if (!below || kept.has(below.last)) continue;
		gone.add(below.last.runs.read).add(below.last.runs.list);
		forget(below.last.items.values(), new Map(), gone);
	}
}

/** The entry of the last walk in the place of an equal one. */
function asBefore(kept: Kept, last: Last | undefined): Kept {
	const before = last?.ids.get(kept.entry.id)?.entry;
	return before && sameJson(before, kept.entry) ? { ...kept, entry: before } : kept;
}

/** Gives entries of one URLconf their ids: what they are, numbered where several are the same. */
class Ids {
	private readonly counts = new Map<string, number>();

	constructor(private readonly above: string) {}

	next(key: string): string {
		const count = (this.counts.get(key) ?? 0) + 1;
		return `${this.above}/${key}${count > 1 ? `#${count}` : ''}`;
	}

	take(key: string): string {
		const id = this.next(key);
		this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
		return id;
	}
}

/** An entry of the last walk, with what has changed below it; undefined when it can't be kept. */
function keptEntry(py: Interpreter, item: Value, before: Kept, ids: Ids, changes: Changes): Kept | undefined {
	const { entry, below } = before;
	if (entry.type === 'unknown') return undefined;
	const namespace = entry.type === 'include' ? (entry.namespace ?? '') : (entry.name ?? '');
	const key = `${entry.pattern.pattern}|${namespace}${entry.type === 'include' ? '/' : ''}`;
	const kept = changes.keep(entry);
	if (!kept || ids.next(key) !== entry.id) return undefined;
	ids.take(key);
	if (kept.type !== 'include' || !below) return kept === entry ? before : { ...before, entry: kept };
	const children = entriesOf(py, item, below, changes);
	return { ...before, entry: children === kept.children ? kept : { ...kept, children } };
}

function entryOf(py: Interpreter, item: Value, above: Above, idOf: (key: string) => string, changes: Changes | undefined): Kept {
	if (item instanceof PyUnknown) return { entry: unknown(idOf('?'), 'unknown-value', item.reason, placeOf(item)) };
	const site = item instanceof PyObject ? sitesOf(py).get(item) : undefined;
	try {
		const inner = py.findAttr(item, 'pattern');
		if (inner === undefined)
			return {
				entry: unknown(idOf('?'), 'not-a-pattern', `${py.repr(item)} is neither a pattern nor an include`, site?.site),
			};
		const pattern = patternInfo(py, inner);
		const lost = unknownPattern(py, inner);
		const problem: Problem | undefined = lost && problemOf('unknown-value', lost.reason, placeOf(lost));
		const below = { ...above, segments: [...above.segments, pattern] };
		const kept = py.hasAttr(item, 'url_patterns')
			? include(py, item, pattern, below, site, idOf, problem, changes)
			: { entry: route(py, item, pattern, below, site, idOf, problem) };
		behind(py).set(kept.entry, inner);
		return kept;
	} catch (error) {
		if (!(error instanceof PyRaise)) throw error;
		return { entry: unknown(idOf('!'), 'raised', exceptionText(py, error), site?.site) };
	}
}

function route(
	py: Interpreter,
	item: Value,
	pattern: PatternInfo,
	above: Above,
	site: Site | undefined,
	idOf: (key: string) => string,
	problem: Problem | undefined,
): RouteInfo {
	const nameValue = attribute(py, item, 'name') ?? null;
	const name = nameValue === null ? undefined : py.str(nameValue);
	const callback = attribute(py, item, 'callback') ?? null;
	const view = callback instanceof PyUnknown ? undefined : viewOf(py, callback);
	const kwargs = reprs(py, attribute(py, item, 'default_args'));
	const registered = registrationOf(py, callback);
	const trouble =
		problem ?? (callback instanceof PyUnknown ? problemOf('unknown-value', callback.reason, placeOf(callback)) : undefined);
	return {
		type: 'route',
		id: idOf(`${pattern.pattern}|${name ?? ''}`),
		pattern,
		fullPath: fullPath(above.segments),
		segments: above.segments,
		namespaces: above.namespaces,
		appNames: above.appNames,
		...(name === undefined ? {} : { name, fullName: [...above.namespaces, name].join(':') }),
		...(view ? { view: view.name } : {}),
		...(view?.place ? { place: view.place } : {}),
		...sitePlaces(site),
		...(registered ? { registered } : {}),
		...(kwargs ? { kwargs } : {}),
		...(attribute(py, callback, 'should_append_slash') === false ? { appendSlash: false as const } : {}),
		...(view && view.wrappers.length > 0 ? { wrappers: view.wrappers } : {}),
		...(view?.methods ? { methods: view.methods } : {}),
		...(trouble ? { problem: trouble } : {}),
	};
}

/** DRF's view of a viewset has its class, and the basename it was registered by among its `initkwargs`. */
function registrationOf(py: Interpreter, callback: Value): Place | undefined {
	const cls = attribute(py, callback, 'cls');
	if (cls === undefined) return undefined;
	const initial = attribute(py, callback, 'initkwargs');
	const basename = initial instanceof PyDict ? initial.getStr('basename') : undefined;
	return registeredPlace(py, cls, textOf(basename ?? null));
}

function include(
	py: Interpreter,
	item: Value,
	pattern: PatternInfo,
	above: Above,
	site: Site | undefined,
	idOf: (key: string) => string,
	problem: Problem | undefined,
	changes: Changes | undefined,
): Kept {
	const namespace = textAttribute(py, item, 'namespace');
	const appName = textAttribute(py, item, 'app_name');
	const kwargs = reprs(py, attribute(py, item, 'default_kwargs'));
	const id = idOf(`${pattern.pattern}|${namespace ?? ''}/`);
	const cyclic = above.resolvers.includes(item) || above.resolvers.length > deepestInclude;
	const below = {
		...above,
		id,
		namespaces: namespace ? [...above.namespaces, namespace] : above.namespaces,
		appNames: appName ? [...above.appNames, appName] : above.appNames,
		resolvers: [...above.resolvers, item],
		last: lastBelow(above, id, pattern, namespace, appName, changes),
	};
	const children = cyclic
		? [unknown(`${id}/cycle`, 'cycle', 'This URLconf includes itself.', site?.site)]
		: entriesOf(py, item, below, changes);
	const entry: IncludeInfo = {
		type: 'include',
		id,
		pattern,
		...(namespace ? { namespace } : {}),
		...(appName ? { appName } : {}),
		urlconf: urlconfInfo(py, attribute(py, item, 'urlconf_name') ?? null),
		...sitePlaces(site),
		...(kwargs ? { kwargs } : {}),
		children,
		...(problem ? { problem } : {}),
	};
	return cyclic ? { entry } : { entry, below };
}

/** What the last walk found below an include that stood there with the same pattern and namespaces. */
function lastBelow(
	above: Above,
	id: string,
	pattern: PatternInfo,
	namespace: string | undefined,
	appName: string | undefined,
	changes: Changes | undefined,
): Last {
	const before = changes && above.last.ids.get(id);
	if (!before?.below || before.entry.type !== 'include') return nothing();
	const { entry, below } = before;
	return sameJson(entry.pattern, pattern) && entry.namespace === namespace && entry.appName === appName ? below.last : nothing();
}

/** The module of a URLconf, or `<list>` for patterns that were given in place. */
export function urlconfInfo(py: Interpreter, value: Value): UrlconfInfo {
	const module = value instanceof PyModule ? value : py.modules.get(textOf(value) ?? '');
	if (module instanceof PyModule) return { name: module.name, ...(module.source ? { file: module.source.path } : {}) };
	return { name: textOf(value) ?? `<${py.typeOf(value).name}>` };
}

function textAttribute(py: Interpreter, item: Value, name: string): string | undefined {
	const value = attribute(py, item, name) ?? null;
	return value === null || value === '' || value instanceof PyUnknown ? undefined : py.str(value);
}

function reprs(py: Interpreter, value: Value | undefined): Record<string, string> | undefined {
	if (!(value instanceof PyDict) || value.size === 0) return undefined;
	return Object.fromEntries([...value.entries()].map(({ key, value: one }) => [py.str(key), py.repr(one).slice(0, 200)]));
}

const sitePlaces = (site: Site | undefined) => ({
	...(site?.site ? { site: site.site } : {}),
	...(site?.projectSite ? { projectSite: site.projectSite } : {}),
});

export const placeOf = (value: PyUnknown): Place | undefined => value.place && { file: value.place.path, line: value.place.line };

const problemOf = (code: string, message: string, place: Place | undefined): Problem => ({
	severity: 'warning',
	code,
	message,
	...(place ? { place } : {}),
});

const unknown = (id: string, code: string, message: string, place: Place | undefined): UrlEntry => ({
	type: 'unknown',
	id,
	problem: problemOf(code, message, place),
});
