import type { CycleNode } from './node';

/**
 * The rows to refresh, given the rows before and after: as few and as far down as the change allows.
 * `undefined` in the result stands for the invisible root.
 */
export function changedRows(before: readonly CycleNode[], after: readonly CycleNode[]): (string | undefined)[] {
	if (!sameIds(before, after)) return [undefined];
	return after.flatMap((node, at) => {
		const old = before[at];
		return old ? changedBelow(old, node) : [];
	});
}

function changedBelow(before: CycleNode, after: CycleNode): string[] {
	if (before === after) return [];
	const { children: oldChildren, ...old } = before;
	const { children: newChildren, ...now } = after;
	if (JSON.stringify(old) !== JSON.stringify(now) || !sameIds(oldChildren, newChildren)) return [after.id];
	return newChildren.flatMap((node, at) => {
		const child = oldChildren[at];
		return child ? changedBelow(child, node) : [];
	});
}

function sameIds(before: readonly CycleNode[], after: readonly CycleNode[]): boolean {
	return before.length === after.length && before.every((node, at) => node.id === after[at]?.id);
}
