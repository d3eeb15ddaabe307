/** A capture as steps: the request comes, each stage is passed (or entered and left), the response goes. */
import type { Capture, Stage } from '../shared/capture';
import { stageLabel } from '../shared/labels';
import type { Step, StepKind } from '../shared/story';
import type { Visit } from './order';
import type { StateHistory } from './state';

const kinds = { enter: 'enter', leave: 'leave', only: 'pass' } as const;

/** Steps in the cycle's order, `index` being the place in the list. */
export function stepsOf(capture: Capture, order: readonly Visit[], changes: StateHistory['changes']): readonly Step[] {
	const { request, response } = capture;
	const steps: Omit<Step, 'index'>[] = [
		{ ...quiet, kind: 'request', atNs: 0, label: `${request.method} ${request.path}`.slice(0, 300) },
		...order.map((visit) => stepOf(visit, (changes[visit.stage.id]?.length ?? 0) > 0)),
		{
			...quiet,
			kind: 'response',
			atNs: response?.sentNs ?? response?.readyNs ?? capture.durationNs,
			label: response === undefined ? 'No response' : `${response.status} ${response.reason}`.trim(),
		},
	];
	return steps.map((step, index) => ({ index, ...step }));
}

const quiet = { depth: 0, changes: false, exception: false, queries: 0 } as const;

function stepOf({ stage, depth, phase }: Visit, changed: boolean): Omit<Step, 'index'> {
	const kind: StepKind = stage.outcome === 'skipped' ? 'skipped' : kinds[phase];
	const entering = kind === 'enter';
	return {
		kind,
		stage: stage.id,
		atNs: entering ? stage.startNs : stage.endNs,
		depth,
		label: stageLabel(stage),
		changes: !entering && changed,
		exception: !entering && hasException(stage),
		queries: entering ? 0 : stage.events.filter((event) => event.kind === 'sql').length,
	};
}

const hasException = (stage: Stage) =>
	stage.outcome === 'raised' || stage.detail.exception !== undefined || stage.events.some((event) => event.kind === 'exception');

/** What "next …" can look for. */
export type Landmark = 'change' | 'exception' | 'query';

/** The next step (`direction` 1) or the one before (-1) from `index` that has the landmark; undefined when there is none. */
export function landmark(steps: readonly Step[], index: number, what: Landmark, direction: 1 | -1 = 1): number | undefined {
	for (let at = index + direction; at >= 0 && at < steps.length; at += direction) {
		const step = steps[at];
		if (step === undefined) break;
		if (what === 'change' ? step.changes : what === 'exception' ? step.exception : step.queries > 0) return at;
	}
	return undefined;
}
