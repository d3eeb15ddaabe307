import type { Interpreter } from '../../python/runtime/interpreter';
import { PyDict, PyObject, PyRaise, PySet, PyUnknown, type Value } from '../../python/values';
import type { IncludeInfo, PatternInfo, Problem, UrlEntry } from '../../shared/model';
import { exceptionText } from '../problems';
import { type Site, sitesOf } from '../sites';
import { attribute } from '../views/attribute';
import { behind, placeOf, problemOf, reprs, route, sitePlaces, textAttribute, unknown, urlconfInfo } from './entries';
import {
	type Above,
	asBefore,
	type Changes,
	carriedBelow,
	forget,
	forgetDropped,
	type Kept,
	keepDropped,
	type Last,
	lastBelow,
	newRun,
	nothing,
	untouched,
	urlconfOf,
} from './kept';
import { patternInfo, unknownPattern } from './pattern';

const top = { segments: [], namespaces: [], appNames: [], resolvers: [], id: '' };
/** Deeper includes are taken for a cycle that makes new resolvers all the time. */
const deepestInclude = 40;

/** Rows of one walk. Includes that include each other again and again make more of them than anybody reads. */
const mostRows = 200_000;

const rowsLeft = Symbol('rows that the walk may still make');

const walks = Symbol('the last walk of each resolver');

/**
 * The tree below a resolver (`get_resolver()`), in match order: Django's own objects, walked once. With `changes` what they leave
 * alone is taken from the last walk, by identity.
 */
export function walkResolver(py: Interpreter, resolver: Value, changes?: Changes): readonly UrlEntry[] {
	const found = changes?.walked.get(resolver);
	if (found) return found;
	const known = py.state(walks, () => new Map<Value, Above>());
	let above = known.get(resolver);
	// Several reasons may lead to one root: it is what it was when it was loaded, whatever URLconfs loaded since have done to its patterns.
	if (above && !changes) return above.last.entries;
	if (!above) {
		above = { ...top, resolvers: [resolver], last: nothing('') };
		known.set(resolver, above);
	}
	if (changes) forgetDropped(py, changes);
	py.state(rowsLeft, () => ({ count: mostRows })).count = mostRows;
	const entries = entriesOf(py, resolver, above, changes);
	changes?.walked.set(resolver, entries);
	if (changes && changes.gone.size > 0) py.takeBackProblems((run) => changes.gone.has(run));
	return entries;
}

/** The resolver reads its URLconf again when that has other patterns now. */
function refresh(py: Interpreter, resolver: PyObject, { urlconfs }: Changes): void {
	const urlconf = urlconfOf(py, resolver);
	if (urlconf !== undefined && urlconfs.has(urlconf)) resolver.attrs?.delete('url_patterns');
}

/** What it has told by names is forgotten: it looks at its patterns again when it is asked (`URLResolver._populate`, 5.2). */
function forgetNames({ attrs }: PyObject): void {
	if (attrs?.get('_populated') !== true) return;
	attrs.set('_populated', false);
	for (const name of ['_reverse_dict', '_namespace_dict', '_app_dict']) attrs.set(name, new PyDict());
	attrs.set('_callback_strs', new PySet());
}

function entriesOf(py: Interpreter, resolver: Value, above: Above, changes: Changes | undefined): readonly UrlEntry[] {
	const { last } = above;
	if (changes && resolver instanceof PyObject) refresh(py, resolver, changes);
	const reads = !(resolver instanceof PyObject && resolver.attrs?.has('url_patterns'));
	if (reads) {
		changes?.gone.add(last.runs.read);
		last.runs = { ...last.runs, read: newRun() };
	}
	let patterns: Value;
	try {
		patterns = py.attributed(last.runs.read, () => py.getAttr(resolver, 'url_patterns'));
	} catch (error) {
		if (!(error instanceof PyRaise)) throw error;
		const place = sitesOf(py).get(resolver as PyObject)?.site;
		return empty(above, unknown(`${above.id}/!`, 'import-failed', exceptionText(py, error), place), changes);
	}
	if (changes && patterns === last.patterns && untouched(py, last, changes)) return last.entries;
	if (changes && resolver instanceof PyObject) forgetNames(resolver);
	return listed(py, patterns, above, changes);
}

/** The entries of a list of patterns, one by one. */
function listed(py: Interpreter, patterns: Value, above: Above, changes: Changes | undefined): readonly UrlEntry[] {
	const { last } = above;
	changes?.gone.add(last.runs.list);
	last.runs = { ...last.runs, list: newRun() };
	const out: UrlEntry[] = [];
	const ids = new Ids(above.id);
	const items = new Map<PyObject, Kept>();
	const byId = new Map<string, Kept>();
	const list = py.attributed(last.runs.list, () => [...py.iterate(patterns)]);
	const present = new Set(changes ? list : []);
	// A pattern that stands twice has one entry here, of its second place.
	const order = changes && last.items.size === last.entries.length ? last.items.keys() : undefined;
	let inOrder = order !== undefined;
	let anew = false;
	const left = py.state(rowsLeft, () => ({ count: mostRows }));
	for (const item of list) {
		// What stands beside an include of too many rows is still told.
		if (--left.count < -mostRows) {
			out.push(tooMany(py, item, above.id));
			break;
		}
		inOrder &&= order?.next().value === item;
		const before = changes && item instanceof PyObject && !items.has(item) ? last.items.get(item) : undefined;
		const standing = changes && before && keptEntry(py, item, before, ids, inOrder, changes);
		inOrder &&= standing !== undefined;
		const kept = standing ?? asBefore(look(py, item, above, ids, present, changes), changes && last);
		anew ||= !standing || (standing.below !== undefined && standing.below.last.reach === undefined);
		if (item instanceof PyObject) items.set(item, kept);
		byId.set(kept.entry.id, kept);
		if (changes && kept !== before) {
			if (item instanceof PyObject) behind(py).set(kept.entry, item);
		}
		out.push(kept.entry);
	}
	if (patterns instanceof PyUnknown)
		out.push(unknown(`${above.id}/?`, 'unknown-value', `urlpatterns: ${patterns.reason}`, placeOf(patterns)));
	if (changes) forget(last.items.values(), items, changes.gone, (kept, runs) => keepDropped(py, last, kept, runs));
	const same = out.length === last.entries.length && out.every((entry, at) => entry === last.entries[at]);
	// Where the rows come from is as it was when they are, though their lines have moved.
	const moved = !anew && items.size === last.items.size;
	if (!(same || moved) || py.typeOf(patterns) !== py.typeOf(last.patterns ?? null)) last.reach = undefined;
	if (!same) last.entries = out;
	last.items = items;
	last.ids = byId;
	last.patterns = patterns;
	return last.entries;
}

/** What stands for the rest of a list, or for what an include holds, when the walk has made all the rows it may. */
const tooMany = (py: Interpreter, item: Value, id: string): UrlEntry =>
	unknown(
		`${id}/…`,
		'budget',
		`Left out from here on: more than ${mostRows.toLocaleString('en')} rows`,
		item instanceof PyObject ? sitesOf(py).get(item)?.site : undefined,
	);

/** A URLconf that can't be read has this one entry. */
function empty({ last }: Above, entry: UrlEntry, changes: Changes | undefined): readonly UrlEntry[] {
	if (changes) forget(last.items.values(), new Map(), changes.gone);
	last.entries = [entry];
	last.items = new Map();
	last.ids = new Map();
	last.patterns = undefined;
	last.reach = undefined;
	return last.entries;
}

function look(
	py: Interpreter,
	item: Value,
	above: Above,
	ids: Ids,
	present: ReadonlySet<Value>,
	changes: Changes | undefined,
): Kept {
	const run = newRun();
	return { ...py.attributed(run, () => entryOf(py, item, above, (key) => ids.take(key), present, changes)), run };
}

type Known = Exclude<UrlEntry, { type: 'unknown' }>;

/** What tells an entry from its neighbours. */
const keyOf = (entry: Known): string =>
	entry.type === 'include'
		? `${entry.pattern.pattern}|${entry.namespace ?? ''}/`
		: `${entry.pattern.pattern}|${entry.name ?? ''}`;

/** Gives entries of one URLconf their ids: what they are, numbered where several are the same. */
class Ids {
	private readonly counts = new Map<string, number>();
	private readonly standing: Known[] = [];

	constructor(private readonly above: string) {}

	/** An entry that stands where the last walk found it, behind nothing else: its id is the one it had. */
	stay(entry: Known): void {
		this.standing.push(entry);
	}

	next(key: string): string {
		if (this.standing.length > 0) for (const entry of this.standing.splice(0)) this.take(keyOf(entry));
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
function keptEntry(py: Interpreter, item: Value, before: Kept, ids: Ids, inOrder: boolean, changes: Changes): Kept | undefined {
	const { entry, below } = before;
	if (entry.type === 'unknown' || (entry.type === 'include' && !below)) return undefined;
	const kept = changes.keep(entry);
	if (!kept || !(inOrder || ids.next(keyOf(entry)) === entry.id)) return undefined;
	if (inOrder) ids.stay(entry);
	else ids.take(keyOf(entry));
	if (kept.type !== 'include' || !below) return kept === entry ? before : { ...before, entry: kept };
	const children = entriesOf(py, item, below, changes);
	if (children === kept.children) return kept === entry ? before : { ...before, entry: kept };
	return { ...before, entry: { ...kept, children } };
}

function entryOf(
	py: Interpreter,
	item: Value,
	above: Above,
	idOf: (key: string) => string,
	present: ReadonlySet<Value>,
	changes: Changes | undefined,
): Kept {
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
			? include(py, item, pattern, below, site, idOf, problem, present, changes)
			: { entry: route(py, item, pattern, below, site, idOf, problem) };
		behind(py).set(kept.entry, item);
		return kept;
	} catch (error) {
		if (!(error instanceof PyRaise)) throw error;
		return { entry: unknown(idOf('!'), 'raised', exceptionText(py, error), site?.site) };
	}
}

function include(
	py: Interpreter,
	item: Value,
	pattern: PatternInfo,
	above: Above,
	site: Site | undefined,
	idOf: (key: string) => string,
	problem: Problem | undefined,
	present: ReadonlySet<Value>,
	changes: Changes | undefined,
): Kept {
	const namespace = textAttribute(py, item, 'namespace');
	const appName = textAttribute(py, item, 'app_name');
	const kwargs = reprs(py, attribute(py, item, 'default_kwargs'));
	const id = idOf(`${pattern.pattern}|${namespace ?? ''}/`);
	const cyclic = above.resolvers.includes(item) || above.resolvers.length > deepestInclude;
	const inner = {
		...above,
		id,
		namespaces: namespace ? [...above.namespaces, namespace] : above.namespaces,
		appNames: appName ? [...above.appNames, appName] : above.appNames,
		resolvers: [...above.resolvers, item],
	};
	const full = py.state(rowsLeft, () => ({ count: mostRows })).count < 0;
	const before = changes && !cyclic && !full ? foundBefore(py, item, above.last, inner, present, changes) : undefined;
	const below = { ...inner, last: before ?? nothing(id) };
	const children = cyclic
		? [unknown(`${id}/cycle`, 'cycle', 'This URLconf includes itself.', site?.site)]
		: full
			? [tooMany(py, item, id)]
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
	return cyclic || full ? { entry } : { entry, below };
}

/** What the last walk found below this include, or below the one that was edited to become it. */
function foundBefore(
	py: Interpreter,
	item: Value,
	last: Last,
	inner: Omit<Above, 'last'>,
	present: ReadonlySet<Value>,
	{ taken }: Changes,
): Last | undefined {
	const patterns = attribute(py, item, 'url_patterns');
	const found =
		lastBelow(py, last, inner) ?? (patterns === undefined ? undefined : carriedBelow(py, last, inner, patterns, present, taken));
	if (found) taken.add(found);
	return found;
}
