/** The cycle's order: stages as a forest by `parent`, walked without recursion so that no depth is too deep. */
import type { Stage } from '../shared/capture';
import { inward, type Skipped } from './skipped';

export interface Visit {
	readonly stage: Stage;
	readonly depth: number;
	/** `only`: it has nothing inside. */
	readonly phase: 'enter' | 'leave' | 'only';
}

/** Every stage entered and left in order. A parent that is unknown, later, or the stage itself counts as none. */
export function visits(stages: readonly Stage[], skipped: Skipped): readonly Visit[] {
	const children = new Map<number | undefined, Stage[]>();
	const seen = new Set<number>();
	const put = (parent: number | undefined, stage: Stage) => {
		const list = children.get(parent);
		if (list) list.push(stage);
		else children.set(parent, [stage]);
	};
	const missing = [...stages.filter((stage) => neverRan(stage)), ...skipped.stages];
	for (const stage of stages) {
		if (neverRan(stage) && skipped.after !== undefined) continue;
		const parent = stage.parent !== undefined && seen.has(stage.parent) ? stage.parent : undefined;
		put(parent, stage);
		seen.add(stage.id);
		if (stage.id === skipped.after) for (const skip of missing) put(parent, skip);
	}
	if (skipped.after === undefined) for (const skip of skipped.stages) put(undefined, skip);
	const out: Visit[] = [];
	const stack: Visit[] = [];
	const push = (list: readonly Stage[] | undefined, depth: number) => {
		for (const stage of [...(list ?? [])].reverse())
			stack.push({ stage, depth, phase: children.has(stage.id) ? 'enter' : 'only' });
	};
	push(children.get(undefined), 0);
	for (let visit = stack.pop(); visit !== undefined; visit = stack.pop()) {
		out.push(visit);
		if (visit.phase !== 'enter') continue;
		stack.push({ ...visit, phase: 'leave' });
		push(children.get(visit.stage.id), visit.depth + 1);
	}
	return out;
}

/** The recorder may list a stage that never ran anywhere; on the way in it stands where it would have run. */
const neverRan = (stage: Stage) => stage.outcome === 'skipped' && inward.includes(stage.kind);
