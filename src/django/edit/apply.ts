import type { Interpreter } from '../../python/runtime/interpreter';
import {
	onTrial,
	PyClass,
	PyList,
	PyModule,
	PyObject,
	PyTuple,
	PyUnknown,
	type StatementRun,
	sameStatement,
} from '../../python/values';
import { calledIn } from '../calledFunctions';
import { doneIn } from '../doneStatements';
import { madeOn } from '../sites';
import { forgetRows } from '../summaries/routerRows';
import { type Affected, affected } from './affected';
import { keptAttributes } from './attributes';
import { type Comparison, compareTexts } from './compare';
import { type Element, isElement, planElements, runElements } from './elements';
import { mentionsAgain } from './importers';
import { among, keepLive, type Live, type LiveModule, liveModule } from './live';
import { type LineMap, lineMap } from './moved';
import { mayRename, type Renaming, readersOf, rename } from './rename';
import { replaced } from './replaced';
import { attributesMayWait } from './stable';
import { takersIn } from './takers';
import type { EditTrace } from './trace';

/** What an edit of a file has led to. */
export interface Edited {
	/** Lines that have moved. */
	readonly map: LineMap | undefined;
	/** Modules in which names have other values now, by those names. */
	readonly names: ReadonlyMap<PyModule, ReadonlySet<string>>;
	/** The body of a function is another, which nobody has called. */
	readonly body: boolean;
	/** The name that a class had. */
	readonly renamed?: string;
}

/** What the modules loaded before the URLs are for: settings and apps have read them. */
export interface Bounds {
	readonly early: ReadonlySet<string>;
	isProject(path: string): boolean;
}

/**
 * Follows an edit of a loaded module of the project in the running interpreter: statements that the edit leaves alone keep what
 * they made. Undefined when that can't be done with certainty; the interpreter is of no more use then.
 */
export function applyEdit(
	py: Interpreter,
	module: PyModule,
	text: string,
	bounds: Bounds,
	stale: () => void,
	trace: EditTrace,
): Edited | undefined {
	const refused = (reason: string) => {
		trace.refused(reason);
		return undefined;
	};
	trace.phase('parse');
	const live = liveModule(py, module);
	if (!live) return refused('its text is not known');
	const before = live.source.text;
	if (before === text) return { map: undefined, names: new Map(), body: false };
	const edit = compareTexts(
		live,
		text,
		(one, names) => mayRename(py, live, one, names) && readAgain(py, live, one, names, bounds),
	);
	trace.phase('decide');
	if (!edit) return refused('it is not clear which statements it touches');
	const map = lineMap(live.source.path, before, whole(edit), text, edit.part, edit.ends);
	// Which names a star import brought is known by the module that it named.
	if ([...edit.gone, ...edit.fresh].some(({ statement }) => statement.binds.has('*'))) return refused('a star import was edited');
	if (usesLaterNames(edit)) return refused('an edited statement uses a name that is bound further down');
	const again = edit.gone.length + edit.fresh.length === 0 && !edit.renamed ? [] : affected(py, edit, bounds.isProject, odd);
	if (!again) return refused('too many modules take names from it');
	edit.body?.supersede(stale);
	keepLive(py, edit.next);
	mentionsAgain(py, module, linesOf(edit, before));
	syntaxErrors(py, live, edit.next);
	const body = edit.body !== undefined;
	if (again.length === 0) return { map, names: new Map(), body };
	const early = again.find((one) => !mayRun(one, bounds));
	if (early) return refused(`settings and apps have used what ${early.live.module.name} does`);
	// Asked before anything runs on trial, which forgets what it meets.
	const troubled = [...edit.gone, ...again.flatMap((one) => [...one.again])]
		.map(({ run }) => run)
		.filter((run) => py.hasMet(run));
	if (!harmless(py, live, edit, again)) return refused('what has to run again has changed more than its module');
	const plain = again.filter(({ live: one }) => !odd(one.module));
	const readers = edit.renamed ? readersOf(module, edit.renamed.names.before) : [];
	if (edit.renamed) rename(module, edit.renamed.names);
	trace.phase('run');
	if (!runAgain(py, edit, again, [...readers, ...troubled])) return refused('what runs again changes more than its module');
	if (madeOn(py).lost(live.source.path)) return refused('a call is gone whose patterns are still there');
	const wide = plain.some(({ live: one }) => odd(one.module)) ? withIncluders(py, edit, bounds) : again;
	if (!wide) return refused('what includes it changes more than its module');
	const names = new Map(wide.map(({ live: one, names: changed }) => [one.module, changed]));
	return { map, names, body, ...(edit.renamed ? { renamed: edit.renamed.names.before } : {}) };
}

/** Whether all that has asked for the name of the class runs again when it has another. */
function readAgain(py: Interpreter, live: LiveModule, renamed: Live, names: Renaming, { isProject }: Bounds): boolean {
	const readers = readersOf(live.module, names.before);
	// One that an edit has made, and that nobody has looked at since, is made again as cheaply, and what looks at it then may change it.
	if (readers.length === 0) return !tried.has(renamed.run);
	const change = { next: live, edits: [], part: nowhere, gone: [], fresh: [], renamed: { live: renamed, names } };
	const again = affected(py, change, isProject, odd)?.flatMap((one) => [...one.again]) ?? [];
	const runs = again.flatMap(({ run, elements }) => [run, ...(elements ?? []).map((one) => one.run)]);
	return readers.every((reader) => reader && runs.some((run) => sameStatement(run, reader)));
}

/**
 * Whether `include()` of the module would find something to say of its patterns: one that can't be known, one for
 * `i18n_patterns()` (django/urls/conf.py, 5.2).
 */
function odd({ names }: PyModule): boolean {
	const patterns = names.get('urlpatterns');
	if (!(patterns instanceof PyList || patterns instanceof PyTuple)) return true;
	return patterns.items.some((item) => {
		if (item instanceof PyUnknown) return true;
		const pattern = item instanceof PyObject ? item.attrs?.get('pattern') : undefined;
		return !(pattern instanceof PyObject && (pattern.cls.name === 'RoutePattern' || pattern.cls.name === 'RegexPattern'));
	});
}

/** Runs the edit's statements once more, with those that include their module. */
function withIncluders(py: Interpreter, edit: Comparison, bounds: Bounds): readonly Affected[] | undefined {
	const next = liveModule(py, edit.next.module);
	if (!next) return undefined;
	const fresh = next.statements.filter((_, at) => edit.fresh.some((one) => one === edit.next.statements[at]));
	const again = affected(py, { ...edit, next, fresh }, bounds.isProject, odd);
	return again?.every((one) => mayRun(one, bounds)) && runAgain(py, { ...edit, next, fresh }, again) ? again : undefined;
}

/** Whether a new statement uses a name that the module binds further down: there it has its value already, here it would not. */
function usesLaterNames({ next: { statements }, fresh }: Comparison): boolean {
	if (fresh.length === 0) return false;
	const first = new Map<string, number>();
	for (const [at, { statement }] of statements.entries())
		for (const name of statement.binds) if (!first.has(name)) first.set(name, at);
	return fresh.some((one) => {
		const own = statements.indexOf(one);
		return [...first].some(([name, at]) => at > own && one.statement.usesAtOnce(name));
	});
}

/** All that the edits replaced, as one. */
const whole = ({ edits }: Comparison) => edits[0] ?? { from: 0, to: 0 };

const nowhere = { from: 0, to: 0, length: 0 };

/** The lines that differ, before and now. */
function linesOf({ part: { from, to, length }, next }: Comparison, before: string): readonly [string, string] {
	const lines = (text: string, end: number) => {
		const next = text.indexOf('\n', end);
		return text.slice(from === 0 ? 0 : text.lastIndexOf('\n', from - 1) + 1, next < 0 ? text.length : next);
	};
	return [lines(before, to), lines(next.source.text, from + length)];
}

/** A text's errors are the file's: those of the new one take the place of the others. */
function syntaxErrors(py: Interpreter, before: LiveModule, next: LiveModule): void {
	if (before.errors.length + next.errors.length === 0) return;
	const { path } = next.source;
	py.takeBackProblems((run) => run.start === -1 && run.source.path === path);
	py.reportSyntax(next.source, next.errors);
}

/** What was loaded before the URLs has been used by settings, apps and models: of it only definitions and imports may run again. */
function mayRun({ live, again }: Affected, { early }: Bounds): boolean {
	if (!early.has(live.module.name)) return true;
	return [...again].every(({ statement: { kind } }) => ['Import', 'ImportFrom', 'FunctionDef', 'ClassDef'].includes(kind));
}

/**
 * Whether what is gone, and what runs again, has changed nothing but its module's own values. An assignment that has become another
 * is told by the new one; anything else is run once more as it was, on trial and beside its module, with what the edit makes run
 * again there.
 */
function harmless(py: Interpreter, before: LiveModule, { gone, fresh, next }: Comparison, again: readonly Affected[]): boolean {
	return again.every(({ live, again: statements }) => {
		const edited = live === next;
		const replaced = gone.filter((one, at) => !(isAssignment(one) && isAssignment(fresh[at]) && sameNames(one, fresh[at])));
		const kept = [...statements].filter((one) => !fresh.includes(one));
		const asked = [...(edited ? replaced : []), ...kept.filter((one) => !isAssignment(one))];
		const { names: bound } = live.module;
		const isAlone = ({ statement: { kind, name } }: Live) =>
			kind === 'ClassDef' && name !== undefined && py.isMadeAlone(bound.get(name));
		const doubtful = asked.filter((one) => !quiet.has(one.statement.kind) && !tried.has(one.run) && !isAlone(one));
		if (doubtful.length === 0) return true;
		const isKept = among(kept.map(({ run }) => run));
		const { module, source, tree, statements: all } = edited ? before : live;
		const list = all.filter((one) => (edited && gone.includes(one)) || isKept(one.run));
		const passes = (some: readonly Live[]) => {
			const names = new Map(module.names);
			for (const { statement } of some) for (const name of statement.binds) names.delete(name);
			const problems = py.problems.length;
			const nodes = some.map(({ statement }) => statement.node);
			const trial = onTrial(() => py.runAgain(module, source, tree, nodes, { names }));
			for (const cls of trial.classes) if (cls instanceof PyClass) py.unlinkClass(cls);
			const found = trial.effects === 0 && py.problems.length === problems;
			takeBack(
				py,
				nodes.map(({ start }) => ({ source, start })),
			);
			return found;
		};
		// What nobody doubts makes only what the others change.
		const fewest = withMakers(list, doubtful);
		return (fewest.length < list.length && passes(fewest)) || passes(list);
	});
}

/** These of the list, with those that bind or change what they change. */
function withMakers(list: readonly Live[], some: readonly Live[]): readonly Live[] {
	const changed = new Set<string>();
	for (const { statement } of some) for (const name of statement.changes) changed.add(name);
	const makes = ({ statement }: Live) => [...changed].some((name) => statement.binds.has(name) || statement.changes.has(name));
	const isOne = among(some.map(({ run }) => run));
	return list.filter((one) => isOne(one.run) || makes(one));
}

/** Statements that change nothing beyond their module. */
const quiet = new Set(['Pass', 'Import', 'ImportFrom', 'ErrorStmt']);
/** Executions that are known to have changed nothing beyond their module. */
const tried = new WeakSet<StatementRun>();

const isAssignment = (one: Live | undefined) => one?.statement.kind === 'Assign' || one?.statement.kind === 'AugAssign';
const sameNames = (a: Live, b: Live | undefined) => [...a.statement.binds].join() === [...(b?.statement.binds ?? [])].join();

/** What these executions met is forgotten. */
function takeBack(py: Interpreter, runs: readonly StatementRun[]): void {
	const over = among(runs);
	py.takeBackProblems(over);
	madeOn(py).takeBack(over);
	doneIn(py).takeBack(over);
	calledIn(py).takeBack(over);
	takersIn(py).takeBack(over);
}

function runAgain(
	py: Interpreter,
	edit: Comparison,
	again: readonly Affected[],
	anew: readonly (StatementRun | undefined)[] = [],
): boolean {
	const { next, gone, fresh } = edit;
	const plans = planElements(py, edit, again, anew);
	forgetRows(
		py,
		again.flatMap((one) => changedClasses(py, one)),
	);
	const all = [...gone, ...again.flatMap((one) => [...one.again])];
	const kept = new Set([...plans.values()].flatMap(({ items }) => items.filter(isElement)));
	const keptRuns = new Set([...kept].map(({ run }) => run));
	const dropped = all.flatMap(({ elements }) => elements ?? []).filter(({ run }) => !keptRuns.has(run));
	takeBack(
		py,
		[...all, ...dropped].map(({ run }) => run),
	);
	for (const { site, run } of kept) site?.attribute(madeOn(py), run);
	let certain = true;
	const waited = waiting(py, next, gone, fresh, again);
	const attributes = keptAttributes(py, edit, again);
	for (const { live, again: statements, names: changed } of again) {
		const { names, name } = live.module;
		if ([...statements].some(({ statement }) => statement.binds.has('*'))) forgetStarred(live, statements, changed);
		for (const { statement } of [...(live === next ? gone : []), ...statements]) {
			for (const bound of statement.binds) {
				const value = names.get(bound);
				const cls = statement.kind === 'ClassDef' ? py.boundClass(value) : undefined;
				if (cls?.moduleName === name) certain = settled(py, cls) && certain;
				if (!(value instanceof PyModule && py.modules.get(`${name}.${bound}`) === value)) names.delete(bound);
			}
		}
	}
	const made = new Map<Live, readonly Element[]>();
	const trial = onTrial(() => {
		for (const { live, again: statements } of again) {
			for (const one of live.statements) {
				if (!statements.has(one)) continue;
				const plan = plans.get(one);
				const elements = plan && runElements(py, live, one, plan);
				if (elements) made.set(one, elements);
				else if (plan) certain = false;
				else
					py.runAgain(live.module, live.source, live.tree, [one.statement.node], {
						waits: attributesMayWait(live, one),
						kept: attributes.get(one),
					});
			}
		}
	});
	if (!certain || trial.effects > 0) return false;
	const silent = again.flatMap(({ live: { source }, again: statements }) =>
		[...statements].flatMap((one) => (waited.has(one) ? [{ source, start: one.statement.nodeStart }] : [])),
	);
	if (silent.length > 0) py.takeBackProblems(among(silent));
	for (const { live, again: statements } of again) keepLive(py, rerun(live, statements, made, waited));
	return true;
}

/** Classes by names that count as others now: what they are made of is. */
const changedClasses = (py: Interpreter, { live, names }: Affected): PyClass[] =>
	[...names].flatMap((name) => py.boundClass(live.module.names.get(name)) ?? []);

/**
 * Classes whose bodies nobody has asked for, as far as those tell that stood in their place: what goes wrong in them has met nobody
 * yet. Nor has anybody met a new one.
 */
function waiting(
	py: Interpreter,
	next: LiveModule,
	gone: readonly Live[],
	fresh: readonly Live[],
	again: readonly Affected[],
): ReadonlySet<Live> {
	const out = new Set<Live>();
	for (const { live, again: statements } of again) {
		for (const one of statements) {
			const { kind, name } = one.statement;
			if (kind !== 'ClassDef' || name === undefined) continue;
			const was = live === next ? replaced(one, gone, fresh) : one;
			const value = live.module.names.get(was?.statement.name ?? name);
			if (was?.unread ?? !(value instanceof PyClass && !py.outlines.isWaiting(value))) out.add(one);
		}
	}
	return out;
}

/** What a star import no longer brings is gone, unless the module binds it by itself. */
function forgetStarred({ module, statements }: LiveModule, again: ReadonlySet<Live>, changed: ReadonlySet<string>): void {
	for (const name of changed)
		if (!statements.some((one) => !again.has(one) && one.statement.binds.has(name))) module.names.delete(name);
}

/** The module with the executions of these statements. */
function rerun(
	live: LiveModule,
	again: ReadonlySet<Live>,
	made: ReadonlyMap<Live, readonly Element[]>,
	unread: ReadonlySet<Live>,
): LiveModule {
	const { source, statements } = live;
	const executed = (one: Live): Live => {
		const { statement } = one;
		const run = { source, start: statement.nodeStart };
		tried.add(run);
		const elements = made.get(one);
		const waits = statement.kind === 'ClassDef' ? { unread: unread.has(one) } : {};
		return { statement, run, made: statement.node, ...(elements ? { elements } : {}), ...waits };
	};
	return { ...live, statements: statements.map((one) => (again.has(one) ? executed(one) : one)) };
}

/** Nobody but those who name a class has met it: no app, no `__subclasses__()`. */
function settled(py: Interpreter, cls: PyClass): boolean {
	const seen = cls.mro.some(({ fullName }) => fullName === 'django.apps.config.AppConfig');
	return py.unlinkClass(cls) && !seen;
}
