import type { Interpreter } from '../../python/runtime/interpreter';
import { makeSource } from '../../python/runtime/source';
import { PyList, type PyModule, PyObject, PyTuple, type StatementRun, type Value } from '../../python/values';
import { sameJson } from '../../shared/json';
import type { PatternInfo, UrlEntry } from '../../shared/model';
import { placesOf } from '../edit/moved';
import { behind } from './entries';
import { fullPath } from './pattern';

/** What stands above an entry, and what was found there last. */
export interface Above {
	readonly segments: readonly PatternInfo[];
	readonly namespaces: readonly string[];
	readonly appNames: readonly string[];
	/** Resolvers on the way: one that is below itself is a cycle. */
	readonly resolvers: readonly Value[];
	readonly id: string;
	readonly last: Last;
}

/** The entries of one URLconf at one place of the tree, kept for the next walk. */
export interface Last {
	/** The id of the place. */
	at: string;
	entries: readonly UrlEntry[];
	items: Map<PyObject, Kept>;
	/** The same by their ids: of what was made anew, most is as it was. */
	ids: Map<string, Kept>;
	/** The list that was gone through. */
	patterns: Value | undefined;
	/** Asking for the patterns, and going through them. */
	runs: { readonly read: StatementRun; readonly list: StatementRun };
	/** Told when it is first asked for. */
	reach: Reach | undefined;
}

/** What the entries below a place were made from. */
interface Reach {
	readonly urlconfs: ReadonlySet<Value>;
	/** Files that they have places in. */
	readonly files: ReadonlySet<string>;
	/** Whether a walk would find the same there again: nothing unknown, no list that is made each time it is asked for. */
	readonly settled: boolean;
}

export interface Kept {
	readonly entry: UrlEntry;
	/** For an include: what stands above its own entries. */
	readonly below?: Above;
	/** Looking at it. */
	readonly run?: StatementRun;
}

/** What an edit changed, for a walk after it. */
export interface Changes {
	/** URLconfs that have other patterns now. */
	readonly urlconfs: ReadonlySet<Value>;
	/** Modules in which names have other values now. */
	readonly modules: ReadonlySet<PyModule>;
	/** Files whose lines have moved. */
	readonly files: ReadonlySet<string>;
	/** An entry that stands as it was, its places moved with the text; undefined when it has to be looked at anew. */
	keep(entry: UrlEntry): UrlEntry | undefined;
	/** Parts of the last walk that are gone: the walk adds to them. */
	readonly gone: Set<StatementRun>;
	/** What the walk has taken over from includes that were made anew. */
	readonly taken: Set<Last>;
	/** Resolvers that were walked after the edit: several reasons may lead to one root, whose lines move once. */
	readonly walked: Map<Value, readonly UrlEntry[]>;
	/** Whether nothing that was asked for meanwhile is out of date. */
	certain(): boolean;
}

/** Parts of the walk are told apart as a module's statements are: what they meet is taken back when they are gone. */
const walked = makeSource('', '');
let count = 0;
export const newRun = (): StatementRun => ({ source: walked, start: count++ });

export const nothing = (at: string): Last => ({
	at,
	entries: [],
	items: new Map(),
	ids: new Map(),
	patterns: undefined,
	runs: { read: newRun(), list: newRun() },
	reach: undefined,
});

/** The URLconf that a resolver reads: a module, or patterns given in place. */
export function urlconfOf(py: Interpreter, resolver: Value): Value | undefined {
	const name = resolver instanceof PyObject ? resolver.attrs?.get('urlconf_name') : undefined;
	return typeof name === 'string' ? py.modules.get(name) : name;
}

/** Whether an edit has left alone everything that the entries of this list, and those below them, were made from. */
export function untouched(py: Interpreter, last: Last, changes: Changes): boolean {
	const { urlconfs, files, settled } = reachOf(py, last);
	return settled && !meets(changes.urlconfs, urlconfs) && !meets(changes.files, files);
}

function meets<T>(some: ReadonlySet<T>, others: ReadonlySet<T>): boolean {
	for (const one of some) if (others.has(one)) return true;
	return false;
}

function reachOf(py: Interpreter, last: Last): Reach {
	if (last.reach) return last.reach;
	const urlconfs = new Set<Value>();
	const files = new Set<string>();
	let settled = last.patterns instanceof PyList || last.patterns instanceof PyTuple;
	for (const [item, { entry, below }] of last.items) {
		if (entry.type === 'unknown' || (entry.type === 'include' && !below)) settled = false;
		for (const file of filesOf(entry)) files.add(file);
		if (!below) continue;
		const urlconf = urlconfOf(py, item);
		if (urlconf !== undefined) urlconfs.add(urlconf);
		const inner = reachOf(py, below.last);
		for (const one of inner.urlconfs) urlconfs.add(one);
		for (const file of inner.files) files.add(file);
		if (!inner.settled || !item.attrs?.has('url_patterns')) settled = false;
	}
	// What is no object is unknown.
	if (last.items.size < last.ids.size || last.entries.length !== last.ids.size) settled = false;
	last.reach = { urlconfs, files, settled };
	return last.reach;
}

const known = new WeakMap<UrlEntry, ReadonlySet<string>>();

/** Files that the entry has places in. */
function filesOf(entry: UrlEntry): ReadonlySet<string> {
	let files = known.get(entry);
	if (!files) {
		files = new Set(placesOf(entry).map(({ file }) => file));
		known.set(entry, files);
	}
	return files;
}

/** What the last walk met at entries that are no more counts no longer. `dropped` is told of the includes among them, with all that goes. */
export function forget(
	before: Iterable<Kept>,
	now: ReadonlyMap<PyObject, Kept>,
	gone: Set<StatementRun>,
	dropped?: (include: Kept, runs: ReadonlySet<StatementRun>) => void,
): void {
	const kept = new Set<StatementRun | Last | undefined>();
	for (const { run, below } of now.values()) kept.add(run).add(below?.last);
	for (const one of before) {
		const { run, below } = one;
		if (run && !kept.has(run)) gone.add(run);
		if (!below || kept.has(below.last)) continue;
		const inner = new Set<StatementRun>([below.last.runs.read, below.last.runs.list]);
		forget(below.last.items.values(), new Map(), inner);
		for (const each of inner) gone.add(each);
		dropped?.(one, inner);
	}
}

/** Includes that edits took away, the newest first: what is typed by halves breaks a call for moments. */
interface Dropped {
	/** Where they stood. */
	readonly list: Last;
	readonly id: string;
	readonly kept: Kept;
}

const droppedIncludes = Symbol('includes that edits took away');
const mostDropped = 8;

const dropsOf = (py: Interpreter): Dropped[] => py.state(droppedIncludes, (): Dropped[] => []);

/** Keeps an include that is no more, where bringing it back would find the same below it and meet no problems there. */
export function keepDropped(py: Interpreter, list: Last, kept: Kept, runs: ReadonlySet<StatementRun>): void {
	if (!kept.below || !reachOf(py, kept.below.last).settled) return;
	for (const run of runs) if (py.hasMet(run)) return;
	const drops = dropsOf(py);
	drops.unshift({ list, id: kept.entry.id, kept });
	drops.splice(mostDropped);
}

/** Those that an edit touches are of no more use. */
export function forgetDropped(py: Interpreter, changes: Changes): void {
	const drops = dropsOf(py);
	const left = drops.filter(({ kept: { below } }) => below && untouched(py, below.last, changes));
	if (left.length < drops.length) drops.splice(0, drops.length, ...left);
}

function broughtBack(py: Interpreter, list: Last, id: string): Kept | undefined {
	const drops = dropsOf(py);
	const at = drops.findIndex((one) => one.list === list && one.id === id);
	return at < 0 ? undefined : drops.splice(at, 1)[0]?.kept;
}

/** The entry of the last walk in the place of an equal one. */
export function asBefore(kept: Kept, last: Last | undefined): Kept {
	const before = last?.ids.get(kept.entry.id)?.entry;
	return before && sameJson(before, kept.entry) ? { ...kept, entry: before } : kept;
}

/** What a walk found below an include that stood at this place with the same pattern and namespaces, before the edit or some edits ago. */
export function lastBelow(py: Interpreter, last: Last, above: Omit<Above, 'last'>): Last | undefined {
	const before = last.ids.get(above.id) ?? broughtBack(py, last, above.id);
	if (!before?.below || before.entry.type !== 'include' || before.below.last.at !== above.id) return undefined;
	const { below } = before;
	const same =
		sameJson(before.entry.pattern, above.segments.at(-1)) &&
		sameJson(below.namespaces, above.namespaces) &&
		sameJson(below.appNames, above.appNames);
	return same ? below.last : undefined;
}

/**
 * What the last walk found in these patterns below an include that is no more (`present` are those that are), carried over to
 * another place: an edited prefix or namespace changes no more than paths and names.
 */
export function carriedBelow(
	py: Interpreter,
	last: Last,
	above: Omit<Above, 'last'>,
	patterns: Value,
	present: ReadonlySet<Value>,
	taken: ReadonlySet<Last>,
): Last | undefined {
	for (const [item, { below }] of last.items) {
		if (!below || below.last.patterns !== patterns || present.has(item) || taken.has(below.last)) continue;
		if (!reachOf(py, below.last).settled) continue;
		carry(py, below.last, above);
		return below.last;
	}
	return undefined;
}

function carry(py: Interpreter, last: Last, above: Omit<Above, 'last'>): void {
	const now = new Map<Kept, Kept>();
	const ids = new Map<string, Kept>();
	for (const kept of last.ids.values()) {
		const moved = carried(py, kept, above, above.id + kept.entry.id.slice(last.at.length));
		now.set(kept, moved);
		ids.set(moved.entry.id, moved);
	}
	last.items = new Map([...last.items].map(([item, kept]) => [item, now.get(kept) ?? kept]));
	last.ids = ids;
	last.entries = [...ids.values()].map(({ entry }) => entry);
	last.at = above.id;
}

function carried(py: Interpreter, kept: Kept, above: Omit<Above, 'last'>, id: string): Kept {
	const { entry, below } = kept;
	if (entry.type === 'unknown') return { ...kept, entry: { ...entry, id } };
	const segments = [...above.segments, entry.pattern];
	const { namespaces, appNames } = above;
	if (entry.type === 'include') {
		if (!below) return { ...kept, entry: { ...entry, id } };
		const inner = {
			...below,
			id,
			segments,
			namespaces: entry.namespace ? [...namespaces, entry.namespace] : namespaces,
			appNames: entry.appName ? [...appNames, entry.appName] : appNames,
		};
		carry(py, below.last, inner);
		return remembered(py, { ...kept, entry: { ...entry, id, children: below.last.entries }, below: inner }, entry);
	}
	const { name } = entry;
	const named = name === undefined ? {} : { fullName: [...namespaces, name].join(':') };
	const moved = { ...entry, id, fullPath: fullPath(segments), segments, namespaces, appNames, ...named };
	return remembered(py, { ...kept, entry: moved }, entry);
}

/** The pattern object behind an entry is that of the one before it. */
function remembered(py: Interpreter, kept: Kept, before: UrlEntry): Kept {
	const item = behind(py).get(before);
	if (item !== undefined) behind(py).set(kept.entry, item);
	return kept;
}
