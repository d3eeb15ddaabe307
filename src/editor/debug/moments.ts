import type { Capture, Location, RecordedFrame, RecordedLine, Stage } from '../../shared/capture';
import { type Step, type Story, stagesById } from '../../shared/story';
import { locationOfStep } from '../replay/stepLocation';

/** One entry of the call stack at a moment. */
export interface StackEntry {
	readonly name: string;
	readonly location: Location | undefined;
	readonly stage?: Stage;
	readonly frame?: RecordedFrame;
	/** How many of the frame's lines have run by then, the current one included. */
	readonly linesRun?: number;
	/** A middleware around the stage, which the request has passed on its way in. */
	readonly around?: boolean;
}

/** A place where the debugger can stand: a step of the walk, or a recorded line within one. */
export interface Moment {
	/** The step of the walk that it belongs to. */
	readonly step: number;
	readonly atNs: number;
	/** Innermost first. */
	readonly stack: readonly StackEntry[];
	readonly line?: RecordedLine;
}

/** Every moment of a capture, in the order of time; stages that never ran are none. */
export function momentsOf(capture: Capture, story: Story): Moment[] {
	const stages = stagesById(capture, story);
	const stepOfStage = new Map<number, Step>();
	for (const step of story.steps) if (step.stage !== undefined) stepOfStage.set(step.stage, stepOfStage.get(step.stage) ?? step);
	const moments: Moment[] = [];
	for (const step of story.steps) {
		if (step.kind === 'skipped') continue;
		moments.push({ step: step.index, atNs: step.atNs, stack: stepStack(step, story, stages) });
	}
	/** What a step's lines are called from, which thousands of them share. */
	const around = new Map<Step, readonly StackEntry[]>();
	const frames = new Map((capture.frames ?? []).map((frame) => [frame.id, frame]));
	for (const frame of frames.values()) {
		const step = stepOfStage.get(frame.stage);
		if (!step) continue;
		const outside = around.get(step) ?? stepStack(step, story, stages).slice(1);
		around.set(step, outside);
		frame.lines.forEach((line, at) => {
			const stack = [...frameStack(frame, at, line.atNs, frames), ...outside];
			moments.push({ step: step.index, atNs: line.atNs, stack, line });
		});
	}
	// The order of steps is the cycle's own, whatever their clocks say; lines go to where their time is within.
	return sorted(moments);
}

/** A stable sort by time among the lines of one step and the steps around them. */
function sorted(moments: readonly Moment[]): Moment[] {
	const steps = moments.filter((moment) => moment.line === undefined);
	const lines = moments.filter((moment) => moment.line !== undefined).sort((a, b) => a.atNs - b.atNs);
	const out: Moment[] = [];
	let at = 0;
	for (const step of steps) {
		for (let line = lines[at]; line && line.atNs <= step.atNs; line = lines[++at]) out.push(line);
		out.push(step);
	}
	return [...out, ...lines.slice(at)];
}

function frameStack(frame: RecordedFrame, at: number, atNs: number, frames: ReadonlyMap<number, RecordedFrame>): StackEntry[] {
	const entries: StackEntry[] = [];
	let current: RecordedFrame | undefined = frame;
	let linesRun = at + 1;
	while (current && entries.length < 100) {
		const line = current.lines[linesRun - 1];
		const location = line ? { ...current.location, line: line.line } : current.location;
		entries.push({ name: current.location.symbol ?? 'frame', location, frame: current, linesRun });
		const parent: RecordedFrame | undefined = current.parent === undefined ? undefined : frames.get(current.parent);
		current = parent;
		linesRun = parent?.lines.filter((one) => one.atNs <= atNs).length ?? 0;
	}
	return entries;
}

/** The step's stage, the stages it is nested in, and the middleware around it, innermost first. */
function stepStack(step: Step, story: Story, stages: ReadonlyMap<number, Stage>): StackEntry[] {
	const entries: StackEntry[] = [{ name: step.label, location: locationOfStep(stages, step), ...stageOf(stages, step.stage) }];
	const seen = new Set([step.stage]);
	for (let id = stages.get(step.stage ?? Number.NaN)?.parent; id !== undefined && !seen.has(id); id = stages.get(id)?.parent) {
		seen.add(id);
		const stage = stages.get(id);
		if (stage) entries.push({ name: stage.name, location: stage.location, stage });
	}
	const indexOf = new Map(story.steps.map((one) => [one.stage, one.index]));
	for (const layer of [...story.onion.layers].reverse()) {
		if (layer.in === undefined || seen.has(layer.in) || layer.neverRan) continue;
		const entered = indexOf.get(layer.in) ?? Number.POSITIVE_INFINITY;
		const left = layer.out === undefined ? Number.POSITIVE_INFINITY : (indexOf.get(layer.out) ?? Number.POSITIVE_INFINITY);
		if (entered >= step.index || left <= step.index) continue;
		const stage = stages.get(layer.in);
		if (stage) entries.push({ name: layer.name, location: stage.location, stage, around: true });
	}
	return entries;
}

function stageOf(stages: ReadonlyMap<number, Stage>, id: number | undefined): { readonly stage?: Stage } {
	const stage = id === undefined ? undefined : stages.get(id);
	return stage ? { stage } : {};
}
