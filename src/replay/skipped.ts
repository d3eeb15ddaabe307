/** The stages that never ran, where the recorder, which sees what runs, has none for them. */
import type { Capture, Location, Stage, StageKind } from '../shared/capture';

/** Skipped stages to add, with negative ids. */
export interface Skipped {
	/** The stage at which the request turned round: whatever never ran stands right after it. */
	readonly after: number | undefined;
	readonly stages: readonly Stage[];
}

/** Stages of the way in. */
export const inward: readonly StageKind[] = ['middleware.request', 'resolve', 'middleware.view', 'view'];

/**
 * Whatever lies further in than the stage that answered: the rest of the middleware (known from the process's
 * start-up), the resolver, the view. A static file goes past all of them, so nothing of it is missing.
 */
export function skippedStages(capture: Capture): Skipped {
	const { stages } = capture;
	const ran = (kind: StageKind) => stages.some((stage) => stage.kind === kind);
	const last = lastInward(stages);
	if (capture.summary.static || ran('static') || last === undefined) return { after: last?.id, stages: [] };
	const missing: Omit<Stage, 'id'>[] = [];
	const add = (kind: StageKind, name: string, location?: Location) =>
		missing.push({
			kind,
			name,
			...(location === undefined ? {} : { location }),
			startNs: last.endNs,
			endNs: last.endNs,
			selfNs: 0,
			outcome: 'skipped',
			changes: [],
			events: [],
			detail: {},
		});
	const entered = new Set(stages.filter((stage) => stage.kind === 'middleware.request').map((stage) => stage.name));
	if (last.kind === 'middleware.request' && last.outcome !== 'passed') {
		for (const step of [...capture.process.startup].reverse()) {
			if (step.kind !== 'middleware' || step.notUsed !== undefined || entered.has(step.name)) continue;
			add('middleware.request', step.name, step.location);
		}
	}
	if (last.outcome !== 'passed' || ran('handler')) {
		const matched = stages.find((stage) => stage.kind === 'resolve')?.detail.matched;
		if (!ran('resolve')) add('resolve', '');
		if (!ran('view')) add('view', matched?.view ?? '', matched?.viewLocation);
	}
	return { after: last.id, stages: missing.map((stage, at) => ({ ...stage, id: -2 - at })) };
}

/** The last stage on the way in: where the request turned round. */
function lastInward(stages: readonly Stage[]): Stage | undefined {
	return stages.findLast((stage) => inward.includes(stage.kind) && stage.outcome !== 'skipped');
}
