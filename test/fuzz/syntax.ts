/**
 * What must hold of any text: the parser returns, in time linear in its length, a tree within the text; and each `path()` line
 * that the damage did not touch is still a call, in `urlpatterns` where it was.
 */

import type { Expr, Module, Stmt } from '../../src/python/syntax/ast';
import { parseModule } from '../../src/python/syntax/parse';
import { parts } from '../../src/python/syntax/walk';
import type { Damage } from './mutate';

/** Milliseconds of the processor: a fixed part, and 2 a kilobyte, some fifty times what is usual. */
const allowed = (length: number): number => 2000 + length / 500;

export interface Verdict {
	/** Broken promises, none if all is well. */
	readonly faults: readonly string[];
	readonly milliseconds: number;
	/** Undamaged `path()` lines: how many there are, how many are calls still, how many stand in `urlpatterns`. */
	readonly routes: { readonly undamaged: number; readonly calls: number; readonly listed: number };
}

export function judge(original: string, damaged: Damage): Verdict {
	const { text } = damaged;
	const faults: string[] = [];
	const before = process.cpuUsage();
	let module: Module | undefined;
	try {
		module = parseModule(text, { whole: true });
	} catch (error) {
		faults.push(`threw ${String(error)}`);
	}
	const { user, system } = process.cpuUsage(before);
	const milliseconds = (user + system) / 1000;
	if (milliseconds > allowed(text.length)) faults.push(`took ${milliseconds.toFixed(0)} ms for ${text.length} characters`);
	const routes = { undamaged: 0, calls: 0, listed: 0 };
	if (module) {
		const tree = collect(module);
		if (tree.outside) faults.push(`a ${tree.outside} lies outside the text`);
		// Where the list's own first line is damaged, there may be no list.
		const expected = touchesOwner(original, damaged) ? [] : routeLines(original);
		for (const line of expected) {
			const moved = survivor(line, damaged);
			if (moved === undefined) continue;
			routes.undamaged++;
			if (tree.calls.has(moved)) routes.calls++;
			if (tree.listed.has(moved)) routes.listed++;
		}
	}
	return { faults, milliseconds, routes };
}

function touchesOwner(text: string, { start, end }: Damage): boolean {
	const from = text.lastIndexOf('\n', start - 1) + 1;
	const line = text.indexOf('\n', end);
	return text.slice(from, line < 0 ? text.length : line).includes('urlpatterns');
}

const routeLine = /^[ \t]+(?:path|re_path|url)\((?:[^()'"\n]|'[^'\n]*'|"[^"\n]*"|\([^()\n]*\))*\),[ \t]*$/gm;
const memo = new Map<string, readonly { start: number; end: number }[]>();

/** The `path(…),` lines that stand directly in `urlpatterns` in the undamaged text, each complete on its line. */
function routeLines(text: string): readonly { start: number; end: number }[] {
	const known = memo.get(text);
	if (known) return known;
	const { listed } = collect(parseModule(text, { whole: true }));
	const lines = [...text.matchAll(routeLine)]
		.map((match) => ({ start: match.index + match[0].search(/\S/), end: match.index + match[0].length }))
		.filter(({ start }) => listed.has(start));
	if (memo.size > 200) memo.clear();
	memo.set(text, lines);
	return lines;
}

/** Where a line untouched by the damage now begins. */
function survivor(line: { start: number; end: number }, { start, end, inserted }: Damage): number | undefined {
	if (line.end < start) return line.start;
	// The white space before it must be whole too, with the line break.
	if (line.start > end + 40 || (line.start >= end && line.start - end >= 5)) return line.start - (end - start) + inserted;
	return undefined;
}

interface Tree {
	readonly calls: ReadonlySet<number>;
	/** Offsets of calls that are elements of a list or tuple assigned or added to `urlpatterns`. */
	readonly listed: ReadonlySet<number>;
	readonly outside: string | undefined;
}

function collect(module: Module): Tree {
	const calls = new Set<number>();
	const listed = new Set<number>();
	let outside: string | undefined;
	const expression = (root: Expr): void => {
		const rest = [root];
		for (let node = rest.pop(); node; node = rest.pop()) {
			if (node.start < 0 || node.end < node.start) outside = node.kind;
			if (node.kind === 'Call') calls.add(node.start);
			parts(node, rest);
		}
	};
	const list = (value: Expr): void => {
		const rest = [value];
		for (let node = rest.pop(); node; node = rest.pop()) {
			if (node.kind === 'BinOp') rest.push(node.left, node.right);
			else if (node.kind === 'List' || node.kind === 'Tuple') for (const element of node.elts) listed.add(element.start);
			else if (node.kind === 'Call') for (const argument of node.args) rest.push(argument);
		}
	};
	const statements: Stmt[] = [...module.body];
	for (let node = statements.pop(); node; node = statements.pop()) {
		for (const value of Object.values(node)) {
			for (const child of Array.isArray(value) ? value : [value]) {
				if (typeof child !== 'object' || child === null || !('kind' in child)) continue;
				expression(child as Expr);
			}
		}
		if (node.kind === 'Assign' && node.targets.some(isUrlpatterns)) list(node.value);
		if (node.kind === 'AugAssign' && isUrlpatterns(node.target)) list(node.value);
		for (const body of bodies(node)) statements.push(...body);
	}
	return { calls, listed, outside };
}

const isUrlpatterns = (target: Expr): boolean => target.kind === 'Name' && target.id === 'urlpatterns';

function bodies(node: Stmt): readonly (readonly Stmt[])[] {
	switch (node.kind) {
		case 'FunctionDef':
		case 'ClassDef':
		case 'With':
			return [node.body];
		case 'For':
		case 'While':
		case 'If':
			return [node.body, node.orelse];
		case 'Try':
			return [node.body, ...node.handlers.map((handler) => handler.body), node.orelse, node.finalbody];
		case 'Match':
			return node.cases.map((clause) => clause.body);
		default:
			return [];
	}
}
