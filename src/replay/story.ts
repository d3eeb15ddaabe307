/** The one entry of this part: a capture in, its story out. */
import type { Capture } from '../shared/capture';
import type { Story } from '../shared/story';
import { nearestPatterns } from './nearest';
import { onionOf } from './onion';
import { visits } from './order';
import { queryGroups } from './queries';
import { skippedStages } from './skipped';
import { historyOf } from './state';
import { stepsOf } from './steps';
import { verdictOf } from './verdict';
import { whyNot } from './whyNot';

/** Tells a capture: a pure function, some milliseconds for thousands of events. The capture must have been read by `capture/`. */
export function tell(capture: Capture): Story {
	const skipped = skippedStages(capture);
	const order = visits(capture.stages, skipped);
	const resolve = capture.stages.find((stage) => stage.kind === 'resolve');
	const unmatched = resolve !== undefined && resolve.detail.matched === undefined;
	const nearest = unmatched ? nearestPatterns(capture.request.path, resolve.detail.tried ?? []) : [];
	const history = historyOf(capture, order);
	return {
		steps: stepsOf(capture, order, history.changes),
		skipped: skipped.stages,
		onion: onionOf(order),
		...history,
		queries: queryGroups(capture),
		verdict: verdictOf(capture, order, nearest),
		whyNot: whyNot(capture.request.path, resolve?.detail.tried ?? []),
		nearest,
	};
}
