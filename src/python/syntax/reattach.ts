/**
 * Calls that fell out of their list. Where a bracket is lost or closed too early, the items after it stand below the
 * assignment, indented for no reason; layout says that they are still its items.
 */

import type { Assign, AugAssign, Expr, List, Stmt } from './ast';

/** Gives the calls among `body[from…]`, an unexpectedly indented block, back to the list assigned just before it. */
export function reattach(body: Stmt[], from: number): void {
	const owner = body[from - 1];
	if (owner?.kind !== 'Assign' && owner?.kind !== 'AugAssign') return;
	const list = asList(owner.value);
	if (!list) return;
	const items: Expr[] = [];
	const rest: Stmt[] = [];
	for (const statement of body.slice(from)) {
		const calls = statement.kind === 'Expr' ? callsOf(statement.value) : undefined;
		if (calls) items.push(...calls);
		else rest.push(statement);
	}
	const last = items[items.length - 1];
	if (!last) return;
	const value: List = { ...list, end: last.end, elts: [...list.elts, ...items] };
	const whole: Assign | AugAssign = { ...owner, end: last.end, value };
	body.splice(from - 1, body.length, whole, ...rest);
}

function asList(value: Expr): List | undefined {
	if (value.kind === 'List') return value;
	if (value.kind === 'ErrorExpr') return { kind: 'List', start: value.start, end: value.end, elts: value.parts };
	return undefined;
}

/** The calls of `path(…),` or `path(…)`; undefined for anything else. */
function callsOf(value: Expr): readonly Expr[] | undefined {
	const found = value.kind === 'Tuple' ? value.elts : [value];
	return found.every((element) => element.kind === 'Call') ? found : undefined;
}
