import type { Expr, If, Stmt, While } from '../../syntax/ast';
import { PyUnknown } from '../../values';
import type { Exec, Run } from '../frames';
import type { Context } from './context';
import { compileExpr } from './expressions';
import { compileBlock } from './statements';

/** `beforeRaise`: what follows the statement is a `raise`. */
export function compileIf(c: Context, node: If, beforeRaise = false): Exec {
	const body = compileBlock(c, node.body);
	const orelse = compileBlock(c, node.orelse);
	const raises = endsWithRaise(node.body) && !endsWithRaise(node.orelse);
	const leaves = node.body[node.body.length - 1]?.kind === 'Return' && node.orelse.length === 0;
	const elseRaises = (endsWithRaise(node.orelse) || (beforeRaise && leaves)) && !endsWithRaise(node.body);
	const ends = loopEnds.has(node) || stopsIteration(node.body);
	const test =
		(raises || elseRaises ? compileCheck(c, node.test, raises ? 'is not' : 'is') : undefined) ?? compileExpr(c, node.test);
	return (f) => {
		const value = test(f);
		if (value === true) return body(f);
		if (value === false) return orelse(f);
		const unknown = f.py.unknownIn(value);
		if (unknown && ends) {
			// Else the loop would have no end.
			f.node = node.test;
			f.py.unknowns.used(unknown, 'Taken as the end of the loop');
			return body(f);
		}
		if (unknown && (raises || elseRaises)) {
			// A check of what can't be known is taken to have passed.
			f.node = node.test;
			f.py.unknowns.used(unknown, 'Taken as fine');
			return raises ? orelse(f) : body(f);
		}
		return f.py.truth(value) ? body(f) : orelse(f);
	};
}

/**
 * `value is not None` (or `True`, `False`) where the statement raises then: of a value that can't be known it is the value, so that the check is taken to have
 * passed. Elsewhere what is unknown is something, so not None.
 */
function compileCheck(c: Context, node: Expr, raising: 'is' | 'is not'): Run | undefined {
	if (node.kind !== 'Compare' || node.ops.length !== 1) return undefined;
	const [right] = node.comparators;
	if (node.ops[0] !== raising || right?.kind !== 'Constant') return undefined;
	const wanted = right.value;
	if (wanted !== null && typeof wanted !== 'boolean') return undefined;
	const left = compileExpr(c, node.left);
	return (f) => {
		const value = left(f);
		if (value instanceof PyUnknown) return value;
		return (value === wanted) === (raising === 'is');
	};
}

/** The block ends by raising, whatever happens in it. */
export function endsWithRaise(body: readonly Stmt[]): boolean {
	const last = body[body.length - 1];
	if (last?.kind === 'If') return endsWithRaise(last.body) && endsWithRaise(last.orelse);
	return last?.kind === 'Raise';
}

/** `if …: break` of a `while` loop. */
const loopEnds = new WeakSet<If>();

/** Notes the tests that end a loop. */
export function noteEnds(loop: While): void {
	for (const one of loop.body) if (one.kind === 'If' && leavesLoop(one.body)) loopEnds.add(one);
}

/** The block ends with `raise StopIteration`. */
function stopsIteration(body: readonly Stmt[]): boolean {
	const last = body[body.length - 1];
	if (last?.kind !== 'Raise') return false;
	const raised = last.exc?.kind === 'Call' ? last.exc.func : last.exc;
	return raised?.kind === 'Name' && raised.id === 'StopIteration';
}

function leavesLoop(body: readonly Stmt[]): boolean {
	const last = body[body.length - 1];
	return last?.kind === 'Break' || last?.kind === 'Return';
}
