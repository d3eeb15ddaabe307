/** What the timeline draws: a lane for the stages and one for each sort of event, their bars in the order of time. */
import type { Capture, CycleEvent, Stage } from '../../shared/capture';
import { durationLabel, stageLabel, timedEventText } from '../../shared/labels';
import type { EventRef } from '../../shared/story';

export interface Bar {
	/** Nanoseconds. */
	readonly from: number;
	readonly to: number;
	readonly lane: number;
	/** Index within the lane. */
	readonly index: number;
	/** Row within the lane. */
	readonly row: number;
	/** Name of the custom property that holds its colour. */
	readonly color: string;
	readonly label: string;
	readonly stage: number;
	readonly event?: EventRef & { readonly kind: CycleEvent['kind'] };
}

export interface Lane {
	readonly name: string;
	readonly rows: number;
	readonly bars: readonly Bar[];
}

/** Stages within stages are drawn below one another to this depth. */
const deepest = 4;

const eventLanes: readonly (readonly [name: string, color: string, kinds: readonly CycleEvent['kind'][]])[] = [
	['SQL', 'sql', ['sql']],
	['Cache', 'cache', ['cache']],
	['HTTP', 'http', ['http']],
	['Events', 'event', ['log', 'signal', 'mail', 'message']],
	['Exceptions', 'raised', ['exception']],
];

/** What the bar of sending has in place of a stage's id. */
export const sending = -2;
/** Sending that took less than this part of the whole explains nothing. */
const worthwhile = 0.1;

/** The stages' lane first, then those of events that there are, and the sending where it took its time. */
export function lanesOf({ stages, events, response, durationNs }: Capture): readonly Lane[] {
	const bars = stageBars(stages);
	const lanes: Lane[] = [{ name: 'Stages', rows: bars.reduce((rows, bar) => Math.max(rows, bar.row + 1), 1), bars }];
	const all = [
		...stages.flatMap((stage) => stage.events.map((event, index) => ({ event, ref: { stage: stage.id, event: index } }))),
		...(events ?? []).map((event, index) => ({ event, ref: { stage: -1, event: index } })),
	].sort((a, b) => a.event.atNs - b.event.atNs);
	for (const [name, color, kinds] of eventLanes) {
		const lane = lanes.length;
		const own = all.filter(({ event }) => kinds.includes(event.kind));
		const eventBars = own.map(
			({ event, ref }, index): Bar => ({
				from: event.atNs,
				to: event.atNs + (event.durationNs ?? 0),
				lane,
				index,
				row: 0,
				color,
				label: timedEventText(event).slice(0, 160),
				stage: ref.stage,
				event: { ...ref, kind: event.kind },
			}),
		);
		if (eventBars.length > 0) lanes.push({ name, rows: 1, bars: eventBars });
	}
	const { readyNs: from, sentNs: to } = response ?? {};
	if (from !== undefined && to !== undefined && to - from >= durationNs * worthwhile) {
		const label = `${response?.streaming ? 'Streaming' : 'Sending'} the response – ${durationLabel(to - from)}`;
		const bar: Bar = { from, to, lane: lanes.length, index: 0, row: 0, color: 'text-quiet', label, stage: sending };
		lanes.push({ name: 'Sending', rows: 1, bars: [bar] });
	}
	return lanes;
}

function stageBars(stages: readonly Stage[]): readonly Bar[] {
	const depths = new Map<number, number>();
	const bars: Bar[] = [];
	const ran = stages.filter((stage) => stage.outcome !== 'skipped').sort((a, b) => a.startNs - b.startNs || a.id - b.id);
	for (const stage of ran) {
		const depth = Math.min(deepest - 1, stage.parent === undefined ? 0 : (depths.get(stage.parent) ?? -1) + 1);
		depths.set(stage.id, depth);
		bars.push({
			from: stage.startNs,
			to: stage.endNs,
			lane: 0,
			index: bars.length,
			row: depth,
			color: stage.kind === 'template' && stage.outcome === 'passed' ? 'template' : stage.outcome,
			label: `${stageLabel(stage)} – ${durationLabel(stage.endNs - stage.startNs)}`,
			stage: stage.id,
		});
	}
	return bars;
}
