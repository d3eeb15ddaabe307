import type { Interpreter } from '../../python/runtime/interpreter';
import type { Call, Expr, Stmt } from '../../python/syntax/ast';
import { innerBodies } from '../../python/syntax/definitions';
import { namesAtOnce } from '../../python/syntax/names';
import { someExpr } from '../../python/syntax/walk';
import { PyList, type StatementRun, type TextEdit, type Value } from '../../python/values';
import type { Affected } from './affected';
import { alikeAtEnds } from './ends';
import type { Live, LiveModule } from './live';
import { byText } from './statements';

/** An item of a list that a statement names, and the execution that made it. */
export interface Element {
	readonly text: string;
	readonly run: StatementRun;
	readonly value: Value;
}

/** How a statement `urlpatterns = [path(…), …]` runs again: item by item, and of those that an edit leaves alone none. */
export interface ElementsPlan {
	readonly target: string;
	readonly items: readonly (Element | Expr)[];
}

/** What has to run again item by item, and what was made there before. */
export function planElements(
	{ live, again, names }: Affected,
	fresh: readonly Live[],
	gone: readonly Live[],
	all: readonly Affected[],
	edits: readonly TextEdit[],
): ReadonlyMap<Live, ElementsPlan> {
	const plans = new Map<Live, ElementsPlan>();
	const [edited] = fresh;
	if (!edited || fresh.length > 1 || gone.length > 1 || !again.has(edited)) return plans;
	const list = listOf(edited);
	if (!list) return plans;
	const others = all.flatMap((one) => [...one.again].filter((statement) => statement !== edited));
	const before = others.every(({ statement }) => !statement.mentions(list.target) || gathers(statement.node, list.target))
		? (edited.elements ?? gone[0]?.elements ?? [])
		: [];
	const { text } = live.source;
	const texts = list.items.map(({ start, end }) => text.slice(start, end));
	const { head, tail } = alikeAtEnds(before.length, texts.length, (was, is) => before[was]?.text === texts[is]);
	const items = list.items.map((item, at) => {
		const known = at < head ? before[at] : at >= texts.length - tail ? before[before.length - (texts.length - at)] : undefined;
		return known && edits.every((edit) => isApart(text, item, edit)) && !uses(item, known.text, names) ? known : item;
	});
	plans.set(edited, { target: list.target, items });
	return plans;
}

/** Whether a line ends between the item and the edit: places of what stands beside an edit on its line move as the line does. */
function isApart(text: string, { start, end }: Expr, { from, length }: TextEdit): boolean {
	const between = end <= from ? text.slice(end, from) : start >= from + length ? text.slice(from + length, start) : '';
	return between.includes('\n');
}

function listOf({ statement }: Live): { readonly target: string; readonly items: readonly Expr[] } | undefined {
	if (statement.kind !== 'Assign' || statement.text.includes(':=')) return undefined;
	const { node } = statement;
	if (node.kind !== 'Assign' || node.targets.length !== 1 || node.value.kind !== 'List') return undefined;
	const [target] = node.targets;
	const { elts } = node.value;
	if (target?.kind !== 'Name' || elts.length === 0 || elts.some(({ kind }) => kind === 'Starred')) return undefined;
	return namesAtOnce(node.value).has(target.id) ? undefined : { target: target.id, items: elts };
}

function uses(item: Expr, text: string, names: ReadonlySet<string>): boolean {
	if (byText.test(text)) return true;
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
	plan: ElementsPlan,
): readonly Element[] | undefined {
	const { module, source, tree } = live;
	const { node } = statement;
	if (node.kind !== 'Assign') return undefined;
	const made: Element[] = [];
	for (const item of plan.items) {
		if (isElement(item)) {
			made.push(item);
			continue;
		}
		const { start, end } = item;
		const alone: Stmt = { ...node, start, value: { kind: 'List', start, end, elts: [item] } };
		py.runAgain(module, source, tree, [alone]);
		const list = module.names.get(plan.target);
		const [value] = list instanceof PyList ? list.items : [];
		if (!(list instanceof PyList) || value === undefined || list.items.length > 1) return undefined;
		made.push({ text: source.text.slice(start, end), run: { source, start }, value });
	}
	module.names.set(plan.target, new PyList(made.map(({ value }) => value)));
	return made;
}
