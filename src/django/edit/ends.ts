/** How many items two lists of these lengths have alike at their starts, and at their ends behind those; as many at least as are known to be. */
export function alikeAtEnds(
	before: number,
	after: number,
	alike: (before: number, after: number) => boolean,
	known = { head: 0, tail: 0 },
): { readonly head: number; readonly tail: number } {
	const most = Math.min(before, after);
	let { head, tail } = known;
	while (head < most && alike(head, head)) head++;
	while (tail < most - head && alike(before - 1 - tail, after - 1 - tail)) tail++;
	return { head, tail };
}
