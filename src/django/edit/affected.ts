import type { Interpreter } from '../../python/runtime/interpreter';
import { ParsedFunction } from '../../python/syntax/function-body';
import type { PyModule, StatementRun } from '../../python/values';
import { moduleOf } from '../places';
import type { Comparison } from './compare';
import { importersOf } from './importers';
import { type Live, type LiveModule, liveModule, madeFunctions } from './live';
import type { Statement } from './statements';
import { takersIn } from './takers';

/** The statements of one module that an edit makes run again. */
export interface Affected {
	readonly live: LiveModule;
	readonly again: Set<Live>;
	/** Names whose values may be others now. */
	readonly names: Set<string>;
	/** How it takes them from modules that it gets at. */
	readonly taken: Taking[];
	/** One that needs not run. */
	readonly settled?: Live | undefined;
}

/** By these words it reaches a module in which these names are others now. */
export interface Taking {
	readonly handles: readonly string[];
	readonly names: ReadonlySet<string>;
	/** `include()` of the module counts. */
	readonly included: boolean;
}

/** More than this is faster evaluated as a whole. Modules. */
const most = 60;

/**
 * What has to run again after an edit: the statements that are new, those of the module that use a name which they or the ones
 * that are gone bind or change, and so on through the modules that take such names from it. A function is not run again for
 * what its body uses: if it was called, what uses it is. `includes`: whether `include()` of a module counts, which looks at its
 * patterns for those that it forbids. In the order in which they have to run; undefined when it is too much.
 */
export function affected(
	py: Interpreter,
	edit: Comparison,
	isProject: (path: string) => boolean,
	includes: (module: PyModule) => boolean,
): readonly Affected[] | undefined {
	const all = new Map<PyModule, Affected>();
	const first: Affected = {
		live: edit.next,
		again: new Set(edit.fresh),
		names: new Set(edit.renamed ? [edit.renamed.names.before, edit.renamed.names.after] : []),
		taken: [],
		settled: edit.renamed?.live,
	};
	for (const { statement } of [...edit.gone, ...edit.fresh]) add(first.names, statement.binds, statement.changes);
	all.set(edit.next.module, first);
	const waiting = [first];
	for (let one = waiting.pop(); one; one = waiting.pop()) {
		spread(one);
		if (one.names.size === 0) continue;
		const included = includes(one.live.module);
		for (const importer of importersOf(py, one.live.module, isProject)) {
			const { live, names, handles } = importer;
			const before = all.get(live.module);
			const next: Affected = before ?? { live, again: new Set(), names: new Set(), taken: [] };
			const counts = [next.again.size, next.names.size];
			const taking: Taking = { handles, names: one.names, included };
			if (!next.taken.some((other) => other.names === one.names)) next.taken.push(taking);
			for (const { statement, name, local } of names) {
				if (name !== '*' && !one.names.has(name)) continue;
				next.again.add(statement);
				if (name === '*') add(next.names, one.names);
				else next.names.add(local);
			}
			for (const statement of live.statements) {
				if (takes(statement.statement, taking)) use(next, statement, handles);
			}
			if (next.again.size === counts[0] && next.names.size === counts[1]) continue;
			all.set(live.module, next);
			if (all.size > most) return undefined;
			waiting.push(next);
		}
		for (const run of takersIn(py).of(one.live.module, one.names)) {
			const taker = statementOf(py, run, isProject);
			if (!taker) return undefined;
			const next: Affected = all.get(taker.live.module) ?? { live: taker.live, again: new Set(), names: new Set(), taken: [] };
			if (next.again.has(taker.statement)) continue;
			next.again.add(taker.statement);
			all.set(taker.live.module, next);
			waiting.push(next);
		}
	}
	return inOrder(py, [...all.values()], isProject);
}

/** The statement of the project's that was executed. */
function statementOf(
	py: Interpreter,
	run: StatementRun | undefined,
	isProject: (path: string) => boolean,
): { readonly live: LiveModule; readonly statement: Live } | undefined {
	const module = run && isProject(run.source.path) ? moduleOf(py, run.source.path) : undefined;
	if (!run || !module || module.source?.newest !== run.source.newest) return undefined;
	const live = liveModule(py, module);
	const at = run.source.nowAt(run.start);
	const statement = live?.statements.find(({ statement: { start, end } }) => start <= at && at < end);
	return live && statement && { live, statement };
}

function add(into: Set<string>, ...sets: readonly Iterable<string>[]): void {
	for (const set of sets) for (const name of set) if (name !== '*') into.add(name);
}

/** Adds the statements of the module that use its changed names, until there are no more. */
function spread(one: Affected): void {
	const { live, again, names, settled } = one;
	for (let grown = true; grown; ) {
		const size = again.size + names.size;
		const list = [...names];
		for (const statement of live.statements) if (!again.has(statement) && statement !== settled) touch(one, statement, list);
		for (const { statement } of again) {
			add(names, statement.binds, statement.changes);
			for (const other of rebound(live)) if (statement.mentions(other)) names.add(other);
		}
		grown = again.size + names.size > size;
	}
}

/** A statement that uses one of these names: it runs again, or what it defines counts as another. */
function touch({ again, names }: Affected, live: Live, changed: readonly string[]): void {
	const { statement } = live;
	const { kind } = statement;
	const imports = kind === 'Import' || kind === 'ImportFrom';
	for (const name of changed) {
		const binds = statement.binds.has(name) || statement.changes.has(name);
		if (!binds && (imports || !statement.mentions(name))) continue;
		if (binds || statement.usesAtOnce(name)) {
			again.add(live);
			return;
		}
		// Its body uses the name, which has had an effect only if it was called.
		if (madeFunctions(live).some((one) => !(one instanceof ParsedFunction && !one.used)))
			names.add((statement.node as { name: string }).name);
	}
}

/** A statement that uses the module: it runs again, unless it does so in a function's body alone. */
function use({ again, names }: Affected, live: Live, handles: readonly string[]): void {
	const { statement } = live;
	const { kind, name } = statement;
	if (kind === 'Import' || kind === 'ImportFrom') return;
	if (name === undefined || handles.some((handle) => statement.mentionsAtOnce(handle.split('.')[0] ?? handle))) again.add(live);
	else if (madeFunctions(live).some((one) => !(one instanceof ParsedFunction && !one.used))) names.add(name);
}

/** Whether the statement takes one of the names from the module by one of these words, or hands the module to what may. */
function takes(statement: Statement, { handles, ...taking }: Taking): boolean {
	const left = handles.filter((handle) => !statement.takesOthers(handle, taking.names));
	return textTakes(statement.text, { handles: left, ...taking });
}

/** Whether a part of a statement does, told by its text alone. */
export function textTakes(text: string, { handles, names, included: includes }: Taking): boolean {
	return handles.some((handle) => {
		for (let at = text.indexOf(handle); at >= 0; at = text.indexOf(handle, at + handle.length)) {
			if (/[\w.]/.test(text.charAt(at - 1))) continue;
			const rest = text.slice(at + handle.length, at + handle.length + 200);
			const attribute = /^\s*\.\s*([\p{L}_][\p{L}\p{N}_]*)/u.exec(rest)?.[1];
			if (attribute !== undefined && names.has(attribute)) return true;
			if (attribute !== undefined || /^\w/.test(rest)) continue;
			const included = /\binclude\(\s*\(?\s*["']?$/.test(text.slice(0, at));
			if (included ? includes : !/^["']/.test(rest)) return true;
		}
		return false;
	});
}

const several = new WeakMap<LiveModule, ReadonlySet<string>>();

/** Names that more than one statement of the module binds: in between they have other values than at its end. */
function rebound(live: LiveModule): ReadonlySet<string> {
	let found = several.get(live);
	if (!found) {
		const once = new Set<string>();
		const twice = new Set<string>();
		for (const { statement } of live.statements) {
			const { kind } = statement;
			if (kind === 'Import' || kind === 'ImportFrom') continue;
			for (const name of statement.binds) (once.has(name) ? twice : once).add(name);
		}
		found = twice;
		several.set(live, found);
	}
	return found;
}

/** A module after those that it takes names from. */
function inOrder(py: Interpreter, all: readonly Affected[], isProject: (path: string) => boolean): Affected[] {
	const out: Affected[] = [];
	const seen = new Set<Affected>();
	const before = new Map<Affected, Affected[]>();
	for (const one of all)
		for (const { live } of importersOf(py, one.live.module, isProject)) {
			const user = all.find((other) => other.live.module === live.module);
			if (user) before.set(user, [...(before.get(user) ?? []), one]);
		}
	const visit = (one: Affected): void => {
		if (seen.has(one)) return;
		seen.add(one);
		for (const other of before.get(one) ?? []) visit(other);
		out.push(one);
	};
	for (const one of all) visit(one);
	return out;
}
