import type { Location, Stage } from '../../shared/capture';
import type { Step } from '../../shared/story';

/**
 * Where a step is in the source: for the router the line that matched, for a class-based view its method where the project
 * wrote it (project files have a hash) and the class where the method is a library's, else the stage's own place.
 */
export function locationOfStep(stages: ReadonlyMap<number, Stage>, step: Step): Location | undefined {
	const stage = step.stage === undefined ? undefined : stages.get(step.stage);
	if (!stage) return undefined;
	if (stage.kind === 'resolve') {
		const tried = stage.detail.tried ?? [];
		return tried.findLast((one) => one.outcome === 'matched' && one.location)?.location ?? stage.location;
	}
	const action = stage.kind === 'view' ? stage.detail.actionLocation : undefined;
	return action?.sha1 ? action : (stage.location ?? action);
}
