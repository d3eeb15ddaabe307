import type { Module, SyntaxProblem } from '../../python/syntax/ast';
import { parseModule } from '../../python/syntax/parse';
import { isWhole, parsePart } from '../../python/syntax/part';
import type { LiveModule } from './live';
import { Statement, statementsOf } from './statements';

/** A module's newest text, statement by statement. */
export interface Reread {
	readonly tree: Module;
	/** Of the text as it is read at first. */
	readonly errors: readonly SyntaxProblem[];
	readonly statements: readonly Statement[];
	/** How many of the first and the last are those of the text before, whatever stands between. */
	readonly same: { readonly first: number; readonly last: number };
}

/** The part in which the texts differ: offsets in the one before, and the length of what stands there now. */
interface Difference {
	readonly from: number;
	readonly to: number;
	readonly length: number;
}

/** Reads an edited text; where that is enough, no more of it than the statements around the edit. */
export function reread(live: LiveModule, text: string, edit: Difference): Reread {
	return around(live, text, edit) ?? whole(text);
}

function whole(text: string): Reread {
	const tree = parseModule(text);
	const errors = [...tree.errors];
	return { tree, errors, statements: statementsOf(tree, { text, errors: [] }), same: { first: 0, last: 0 } };
}

/** What is around the edit has to be sound, and to begin and to end where a line and a statement do. */
function around(live: LiveModule, text: string, { from, to }: Difference): Reread | undefined {
	if (live.errors.length > 0) return undefined;
	const before = live.source.text;
	const old = live.statements.map(({ statement }) => statement);
	const delta = text.length - before.length;
	const begins = (at: number) => before.charCodeAt(at - 1) === 10;
	// One further up: what is typed before a statement may belong to the one above it.
	let first = Math.max(0, old.findIndex(({ end }) => end >= from) - 1);
	if (old.every(({ end }) => end < from)) first = Math.max(0, old.length - 2);
	while (first > 0 && !begins(old[first]?.start ?? 0)) first--;
	let next = old.findIndex(({ start }) => start > to && begins(start));
	if (next < 0) next = old.length;
	const start = first === 0 ? 0 : (old[first]?.start ?? 0);
	const end = (next < old.length ? (old[next]?.start ?? before.length) : before.length) + delta;
	if (!isWhole(text, start, end)) return undefined;
	const errors: SyntaxProblem[] = [];
	const read = parsePart(text, start, end, errors);
	if (errors.length > 0 || read.length === 0) return undefined;
	const place = { text, errors };
	const statements = [
		...old.slice(0, first).map((one) => one.moved(0, place)),
		...read.map((node) => Statement.read(node, place)),
		...old.slice(next).map((one) => one.moved(delta, place)),
	];
	return { tree: treeOf(statements, errors), errors: [], statements, same: { first, last: old.length - next } };
}

/** What running a statement asks of its module: the future that it imports, and where its problems go. */
function treeOf(statements: readonly Statement[], errors: readonly SyntaxProblem[]): Module {
	return {
		kind: 'Module',
		get body() {
			return statements.filter(({ kind }) => kind === 'ImportFrom').map(({ node }) => node);
		},
		errors,
	};
}
