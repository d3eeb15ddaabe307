import type { Interpreter } from '../../python/runtime/interpreter';
import type { Assign, AugAssign, Call, Expr, Stmt } from '../../python/syntax/ast';
import { innerBodies } from '../../python/syntax/definitions';
import { namesAtOnce } from '../../python/syntax/names';
import { someExpr } from '../../python/syntax/walk';
import {
	type LazyBinding,
	PyList,
	PyObject,
	type Source,
	type StatementRun,
	sameStatement,
	type TextEdit,
	type Value,
	wrote,
} from '../../python/values';
import { type Site, sitesOf } from '../sites';
import { type Affected, textTakes } from './affected';
import type { Comparison } from './compare';
import { alikeAtEnds } from './ends';
import type { Live, LiveModule } from './live';
import { byText } from './statements';
import { takersIn } from './takers';

/** An item of a list that a statement names, and the execution that made it. */
export interface Element {
	readonly text: string;
	readonly run: StatementRun;
	/** What it is; nothing where an exception has cost it its place. */
	readonly value: Value | undefined;
	/** It was made with all of its statement: where, to be told of the execution of its own. */
	readonly site?: Site;
}

/** How `urlpatterns = [path(…), …]`, or `urlpatterns += […]`, runs again: item by item, and of those that an edit leaves alone none. */
export interface ElementsPlan {
	readonly target: string;
	readonly items: readonly (Element | Expr)[];
}

/** What has to run again item by item, and what was made there before. Of what was made by the executions `anew` nothing is taken over. */
export function planElements(
	py: Interpreter,
	{ next, fresh, gone, edits }: Comparison,
	all: readonly Affected[],
	anew: readonly (StatementRun | undefined)[],
): ReadonlyMap<Live, ElementsPlan> {
	const plans = new Map<Live, ElementsPlan>();
	const running = all.flatMap(({ again }) => [...again]);
	for (const one of all) {
		const edited = one.live === next;
		for (const statement of one.again) {
			const isFresh = edited && fresh.includes(statement);
			if (isFresh && (fresh.length > 1 || gone.length > 1)) continue;
			const list = listOf(statement);
			if (!list) continue;
			const was = isFresh ? gone[0] : statement;
			const lists = running.every(
				(other) => other === statement || !other.statement.mentions(list.target) || gathers(other.statement.node, list.target),
			);
			const isAnew = (run: StatementRun) => anew.some((one) => one && sameStatement(one, run));
			const known =
				was && lists && !isAnew(was.run) ? knownElements(py, one, list, statement.elements ?? was.elements, was.run) : [];
			const { text } = one.live.source;
			const items = list.items.map((item, at) => {
				const element = known[at];
				const apart = !edited || edits.every((edit) => isApart(text, item, edit));
				return element && apart && !isAnew(element.run) && !uses(item, element.text, one) ? element : item;
			});
			if (edited || items.some(isElement)) plans.set(statement, { target: list.target, items });
		}
	}
	return plans;
}

/** Of each item what it has made, where that is known. */
function knownElements(
	py: Interpreter,
	{ live: { source, module } }: Affected,
	{ items, target }: NamedList,
	before: readonly Element[] | undefined,
	run: StatementRun,
): readonly (Element | undefined)[] {
	const texts = items.map(({ start, end }) => source.text.slice(start, end));
	if (!before)
		return py.hasMet(run) || takersIn(py).has(run) ? [] : madeWhole(py, source, items, texts, module.names.get(target));
	const { head, tail } = alikeAtEnds(before.length, texts.length, (was, is) => before[was]?.text === texts[is]);
	return items.map((_, at) => {
		if (at < head) return before[at];
		return at >= texts.length - tail ? before[before.length - (texts.length - at)] : undefined;
	});
}

/** The items of a list that was made as a whole: each pattern tells the line of the project that made it. */
function madeWhole(
	py: Interpreter,
	source: Source,
	items: readonly Expr[],
	texts: readonly string[],
	list: Value | LazyBinding | undefined,
): readonly (Element | undefined)[] {
	if (!(list instanceof PyList)) return [];
	const sites = sitesOf(py);
	const values = list.items.flatMap((value) => {
		const site = value instanceof PyObject ? sites.get(value) : undefined;
		return site ? [{ value, site }] : [];
	});
	return items.map(({ start, end }, at) => {
		const [made, ...more] = values.filter(({ site }) => site.isWithin(source, start, end));
		if (!made || more.length > 0) return undefined;
		return { text: texts[at] ?? '', run: { source, start }, ...made };
	});
}

/** Whether a line ends between the item and the edit: places of what stands beside an edit on its line move as the line does. */
function isApart(text: string, { start, end }: Expr, { from, length }: TextEdit): boolean {
	const between = end <= from ? text.slice(end, from) : start >= from + length ? text.slice(from + length, start) : '';
	return between.includes('\n');
}

interface NamedList {
	readonly target: string;
	readonly items: readonly Expr[];
}

function listOf({ statement }: Live): NamedList | undefined {
	if (!listed.has(statement.kind) || statement.text.includes(':=')) return undefined;
	const { node } = statement;
	const target =
		node.kind === 'AugAssign' && node.op === '+' ? node.target : node.kind === 'Assign' ? onlyOne(node.targets) : undefined;
	if (target?.kind !== 'Name' || (node.kind !== 'Assign' && node.kind !== 'AugAssign') || node.value.kind !== 'List')
		return undefined;
	const { elts } = node.value;
	if (elts.length === 0 || elts.some(({ kind }) => kind === 'Starred')) return undefined;
	return namesAtOnce(node.value).has(target.id) ? undefined : { target: target.id, items: elts };
}

const listed: ReadonlySet<Stmt['kind']> = new Set(['Assign', 'AugAssign']);
const onlyOne = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined);

const targetOf = (node: Assign | AugAssign): readonly Expr[] => (node.kind === 'Assign' ? node.targets : [node.target]);

function uses(item: Expr, text: string, { names, taken }: Affected): boolean {
	if (byText.test(text) || taken.some((one) => textTakes(text, one))) return true;
	for (const name of namesAtOnce(item)) if (names.has(name)) return true;
	return false;
}

/** Whether the statement puts lists together, and hands what is in this one to nobody but Django's own `path()` and `include()`. */
function gathers(node: Stmt, target: string): boolean {
	switch (node.kind) {
		case 'Import':
		case 'ImportFrom':
		case 'Pass':
			return true;
		case 'Assign':
		case 'AugAssign':
			return !someExpr(node.value, (one) => one.kind === 'Call' && !routes(one) && namesAtOnce(one).has(target));
		case 'Expr': {
			const { value } = node;
			if (value.kind !== 'Call' || value.func.kind !== 'Attribute' || !adders.has(value.func.attr)) return false;
			return value.args.every((one) => !namesAtOnce(one).has(target));
		}
		case 'If':
			return innerBodies(node).every((body) => body.every((one) => gathers(one, target)));
		default:
			return false;
	}
}

const adders: ReadonlySet<string> = new Set(['append', 'extend', 'insert']);

const routes = ({ func }: Call): boolean => func.kind === 'Name' && /^(?:path|re_path|url|include)$/.test(func.id);

export const isElement = (item: Element | Expr): item is Element => 'run' in item;

/** Runs it; undefined where the items do not come out one by one. */
export function runElements(
	py: Interpreter,
	live: LiveModule,
	{ statement }: Live,
	{ target, items }: ElementsPlan,
): readonly Element[] | undefined {
	const { module, source, tree } = live;
	const { node } = statement;
	if (node.kind !== 'Assign' && node.kind !== 'AugAssign') return undefined;
	const extended = node.kind === 'AugAssign' ? module.names.get(target) : undefined;
	if (node.kind === 'AugAssign' && !(extended instanceof PyList)) return undefined;
	const made: Element[] = [];
	for (const item of items) {
		if (isElement(item)) {
			const { site: _, ...known } = item;
			made.push(known);
			continue;
		}
		const { start, end } = item;
		const alone: Stmt = {
			kind: 'Assign',
			start,
			end: node.end,
			targets: targetOf(node),
			value: { kind: 'List', start, end, elts: [item] },
		};
		module.names.delete(target);
		py.runAgain(module, source, tree, [alone]);
		const list = module.names.get(target);
		if (!(list instanceof PyList) || list.items.length > 1) return undefined;
		made.push({ text: source.text.slice(start, end), run: { source, start }, value: list.items[0] });
	}
	const values = made.flatMap(({ value }) => (value === undefined ? [] : [value]));
	if (extended instanceof PyList) {
		wrote(extended);
		extended.items.push(...values);
		module.names.set(target, extended);
	} else module.names.set(target, new PyList(values));
	return made;
}
