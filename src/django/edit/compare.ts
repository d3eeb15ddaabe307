import type { FunctionDef, SyntaxProblem } from '../../python/syntax/ast';
import { ParsedFunction } from '../../python/syntax/function-body';
import { lineBreaks } from '../../python/syntax/lines';
import type { TextEdit } from '../../python/values';
import { alikeAtEnds } from './ends';
import { type Live, type LiveModule, madeFunctions } from './live';
import { type Renaming, renaming } from './rename';
import { reread } from './reread';
import type { Statement } from './statements';

/** What an edit did to a module's text. */
export interface Comparison {
	/** The module as the new text has it; the executions of replaced statements are still to come. */
	readonly next: LiveModule;
	readonly edits: readonly TextEdit[];
	/** The smallest part in which the texts differ. */
	readonly part: TextEdit;
	/** Statements that are gone, and those that stand in their place. */
	readonly gone: readonly Live[];
	readonly fresh: readonly Live[];
	/** A function's end that has moved otherwise than its text: lines before and now. */
	readonly ends?: readonly [before: number, now: number];
	/** The class that has got another name, and is the one that it was. */
	readonly renamed?: { readonly live: Live; readonly names: Renaming };
	/** The one function whose body alone is another, and which nobody has called. */
	readonly body?: ParsedFunction;
}

const unchanged = (old: Live | undefined, now: Statement | undefined) => !!old && !!now && old.statement.equals(now);

/** What is alike is found by so many characters at once. */
const block = 1024;

/** The smallest part in which two texts differ. */
function difference(before: string, after: string): { from: number; to: number; length: number } {
	const most = Math.min(before.length, after.length);
	let from = 0;
	while (from + block <= most && before.slice(from, from + block) === after.slice(from, from + block)) from += block;
	while (from < most && before.charCodeAt(from) === after.charCodeAt(from)) from++;
	let end = 0;
	const alike = () =>
		before.slice(before.length - end - block, before.length - end) ===
		after.slice(after.length - end - block, after.length - end);
	while (end + block <= most - from && alike()) end += block;
	while (end < most - from && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) end++;
	return { from, to: before.length - end, length: after.length - end - from };
}

/** A line put in or taken out is told from its start, not from where it begins to differ from the next one. */
function fromLineStart({ from, to, length }: TextEdit, before: string, after: string): TextEdit {
	const removed = to - from;
	if (removed > 0 && length > 0) return { from, to, length };
	const text = length === 0 ? before : after;
	const size = removed + length;
	let start = from;
	while (start > 0 && text.charCodeAt(start - 1) !== 10 && text.charCodeAt(start - 1) === text.charCodeAt(start - 1 + size))
		start--;
	return start === 0 || text.charCodeAt(start - 1) === 10 ? { from: start, to: start + removed, length } : { from, to, length };
}

/** Compares the newest text of a module with the one after it; undefined when it can't be told what is what. */
export function compareTexts(
	live: LiveModule,
	text: string,
	mayRename: (one: Live, names: Renaming) => boolean,
): Comparison | undefined {
	const before = live.source.text;
	const char = difference(before, text);
	const { tree, errors, statements: now, same } = reread(live, text, char);
	const old = live.statements;
	const known = { head: same.first, tail: same.last };
	const { head, tail } = alikeAtEnds(old.length, now.length, (was, is) => unchanged(old[was], now[is]), known);
	const gone = old.slice(head, old.length - tail);
	const fresh = now.slice(head, now.length - tail);
	const only = gone.length === 1 && fresh.length === 1 ? gone[0] : undefined;
	const inBody = only && fresh[0] && bodyEdit(only, fresh[0], before, text, char, tree.errors, live.errors);
	const names = only && fresh[0] && !inBody ? renaming(only.statement, fresh[0]) : undefined;
	const renamed = only && names && mayRename(only, names) ? names : undefined;
	const edits =
		inBody?.edits ??
		(gone.length + fresh.length === 0 ? [fromLineStart(char, before, text)] : [between(old, now, head, tail, before, text)]);
	const source = live.source.edited(text, edits);
	const kept = (statement: Statement, one: Live | undefined): Live => ({
		statement,
		run: one?.run ?? { source, start: statement.nodeStart },
		made: one ? one.made : statement.node,
		...(one?.elements ? { elements: one.elements } : {}),
		...(one?.unread === undefined ? {} : { unread: one.unread }),
	});
	const statements = now.map((statement, at) => {
		if (at < head) return kept(statement, old[at]);
		if (at >= now.length - tail) return kept(statement, old[old.length - (now.length - at)]);
		return kept(statement, inBody || renamed ? only : undefined);
	});
	const placed = statements.every(
		({ statement, run }, at) => (at >= head && at < now.length - tail) || run.source.nowAt(run.start) === statement.nodeStart,
	);
	if (!placed) return undefined;
	const next: LiveModule = { module: live.module, source, tree, errors, statements };
	if (inBody) return { next, edits, part: char, gone: [], fresh: [], ends: inBody.ends, body: inBody.body };
	const one = statements[head];
	if (renamed && one) return { next, edits, part: char, gone: [], fresh: [], renamed: { live: one, names: renamed } };
	return { next, edits, part: char, gone, fresh: statements.slice(head, now.length - tail) };
}

/** What differs from the end of the last statement that stays to the start of the next one that does. */
function between(
	old: readonly Live[],
	now: readonly Statement[],
	head: number,
	tail: number,
	before: string,
	after: string,
): TextEdit {
	const from = head > 0 ? (old[head - 1]?.statement.end ?? 0) : 0;
	const to = tail > 0 ? (old[old.length - tail]?.statement.start ?? before.length) : before.length;
	const end = tail > 0 ? (now[now.length - tail]?.start ?? after.length) : after.length;
	// What stays of a statement that runs again counts: a library's URLconf tells the line that included it first.
	const [were, are] = [before.slice(from, to), after.slice(from, end)];
	const char = fromLineStart(difference(were, are), were, are);
	return { from: from + char.from, to: from + char.to, length: char.length };
}

/** Whether the statement differs in the body of one function alone, which nobody has read. */
function bodyEdit(
	live: Live,
	now: Statement,
	before: string,
	after: string,
	char: TextEdit,
	errors: readonly SyntaxProblem[],
	damaged: readonly SyntaxProblem[],
): { edits: readonly TextEdit[]; ends: readonly [number, number]; body: ParsedFunction } | undefined {
	const { statement, run } = live;
	const delta = after.length - before.length;
	const functions = madeFunctions(live);
	const old = statement.functions;
	const known = errors.length;
	const fresh = now.functions;
	// A class's own errors are met when it is made; those that are gone have been met by it.
	if (errors.length > known || damaged.some(({ start, end }) => start >= statement.start && end <= statement.end))
		return undefined;
	if (old.length !== fresh.length || functions.length !== old.length) return undefined;
	const at = old.findLastIndex((one) => one.start < char.from);
	const [was, is, made] = [old[at], fresh[at], functions[at]];
	if (!was || !is || !(made instanceof ParsedFunction) || made.used) return undefined;
	const body = bodyStart(was);
	if (body === undefined || char.from < body || bodyStart(is) !== body) return undefined;
	for (let i = 0; i < old.length; i++) {
		const [a, b] = [old[i], fresh[i]];
		if (!a || !b || a.name !== b.name || b.start !== a.start + (i > at ? delta : 0)) return undefined;
	}
	if (statement.start !== now.start || run.source.nowAt(made.start) !== was.start) return undefined;
	const oldRest = before.slice(was.end, statement.end);
	const newRest = after.slice(is.end, now.end);
	if (oldRest.trimStart() !== newRest.trimStart()) return undefined;
	// Whether it is a generator may have been asked for.
	if (made.bodyRange === undefined && made.generator !== is.generator) return undefined;
	const from = Math.min(char.from, was.end - 1);
	const gap = (rest: string, text: string, end: number) =>
		rest === '' ? blank(text, end) : rest.length - rest.trimStart().length;
	const oldGap = gap(oldRest, before, was.end);
	const newGap = gap(newRest, after, is.end);
	return {
		edits: [
			{ from, to: was.end, length: is.end - from },
			{ from: is.end, to: is.end + oldGap, length: newGap },
		],
		ends: [lineBreaks(before, was.end - 1) + 1, lineBreaks(after, is.end - 1) + 1],
		body: made,
	};
}

/** How many blanks and comments follow. */
const blank = (text: string, at: number): number => /^(?:\s|#[^\n]*)*/.exec(text.slice(at))?.[0].length ?? 0;

function bodyStart(node: FunctionDef): number | undefined {
	const range = node instanceof ParsedFunction ? node.bodyRange : undefined;
	return range?.start ?? node.body[0]?.start;
}
