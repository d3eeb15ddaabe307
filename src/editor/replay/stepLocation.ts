import type { Location, Stage } from '../../shared/capture';
import type { Step } from '../../shared/story';

/** Where a step is in the source: for the router the line that matched, for a class-based view its method, else the stage's own place. */
export function locationOfStep(stages: ReadonlyMap<number, Stage>, step: Step): Location | undefined {
	const stage = step.stage === undefined ? undefined : stages.get(step.stage);
	if (!stage) return undefined;
	if (stage.kind === 'resolve') {
		const tried = stage.detail.tried ?? [];
		return tried.findLast((one) => one.outcome === 'matched' && one.location)?.location ?? stage.location;
	}
	return (stage.kind === 'view' ? stage.detail.actionLocation : undefined) ?? stage.location;
}
