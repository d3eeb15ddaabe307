/**
 * A capture told as a story: what `replay/` makes of it once, in the host, and the panel's page walks through.
 * Plain JSON; it holds references into the capture (stage ids, event and change indices), not copies of it.
 */
import type { Capture, Change, CycleEvent, Location, Stage, ValuePreview } from './capture';

export interface Story {
	/** The cycle in its order; the first is always `request`, the last `response`. */
	readonly steps: readonly Step[];
	/** Stages that never ran and that the capture itself doesn't list, with negative ids. */
	readonly skipped: readonly Stage[];
	readonly onion: Onion;
	/** Request and response before the first stage, as far as the capture lets one know. */
	readonly initial: readonly StateEntry[];
	/** What each stage changed, by stage id; what the capture leaves to be inferred (the response's birth) is among it. */
	readonly changes: Readonly<Record<number, readonly Change[]>>;
	/** What the server added to the response when Django was done with it. */
	readonly final: readonly Change[];
	readonly queries: readonly QueryGroup[];
	readonly verdict: Verdict;
	/** Why each of the resolve stage's `tried` did not match, by its index; empty where it did, or nothing can be said. */
	readonly whyNot: readonly string[];
	/** For a path that nothing matched: the patterns that came nearest, nearest first. */
	readonly nearest: readonly NearPattern[];
}

/**
 * `enter` and `leave`: a stage with others inside it; `pass`: a stage without; `skipped`: one that never ran.
 * The state at a step is that after it: at `pass` and `leave` the stage's changes are made, at `enter` not yet.
 */
export type StepKind = 'request' | 'enter' | 'pass' | 'leave' | 'skipped' | 'response';

export interface Step {
	readonly index: number;
	readonly kind: StepKind;
	/** The stage's id; absent at `request` and `response`. */
	readonly stage?: number;
	readonly atNs: number;
	/** Nesting of stages within stages, 0 for the cycle's own. */
	readonly depth: number;
	readonly label: string;
	/** The stage changed the request or the response. */
	readonly changes: boolean;
	/** The stage raised, or an exception was caught within it. */
	readonly exception: boolean;
	/** Count of the stage's own queries. */
	readonly queries: number;
}

/** The drawn onion: the middleware outermost first, and what lies in the middle. */
export interface Onion {
	readonly layers: readonly OnionLayer[];
	/** Resolver, hooks, view, templates, handler; in start order, nested by `depth`. */
	readonly core: readonly { readonly stage: number; readonly depth: number }[];
}

/** One middleware: the stage ids of its two halves. A half without an id never ran and has no hook to miss. */
export interface OnionLayer {
	readonly name: string;
	readonly in?: number;
	readonly out?: number;
	/** It never was entered, since something further out answered. */
	readonly neverRan: boolean;
}

export interface StateEntry {
	/** As in `Change.path`. */
	readonly path: string;
	readonly value: ValuePreview;
}

export interface QueryGroup {
	readonly shape: string;
	readonly queries: readonly EventRef[];
	readonly totalNs: number;
	/** Queries beyond the first that repeat another's text and parameters to the letter. */
	readonly duplicates: number;
	/** The project line that caused most of them. */
	readonly location?: Location;
	/** Count of queries from that line. */
	readonly fromLocation: number;
	/** The same shape again and again from one line with other parameters: a loop that asks for each row. */
	readonly nPlusOne: boolean;
}

/** An event by its stage's id (-1: outside every stage) and its index there. */
export interface EventRef {
	readonly stage: number;
	readonly event: number;
}

/** What became of the request, in words; the panel's headline. */
export interface Verdict {
	readonly kind: 'answered' | 'redirected' | 'refused' | 'notFound' | 'failed' | 'unanswered' | 'static';
	/** `403 Forbidden` */
	readonly title: string;
	/** Who decided it and why, a sentence. */
	readonly text: string;
	/** The stage that decided it. */
	readonly stage?: number;
	/** The line that decided it. */
	readonly location?: Location;
	/** Labels of the stages that never ran. */
	readonly neverRan: readonly string[];
	/** What else is worth knowing at a glance: queries that repeat, or where the time of a slow request went. */
	readonly hint?: { readonly text: string; readonly stage?: number; readonly location?: Location };
}

export interface NearPattern {
	/** Index in the resolve stage's `tried`. */
	readonly tried: number;
	/** The pattern with those of the includes before it. */
	readonly full: string;
	readonly why: string;
	/** More than a beginning is the same: what stands between is told in `why`. */
	readonly close: boolean;
}

/** Where two captures part and what their stages have to do with each other. */
export interface Comparison {
	readonly pairs: readonly ComparedStages[];
	/** Index in `pairs` of the first that differs in what happened, not in how long it took. */
	readonly parting?: number;
	/** That, in words. */
	readonly summary: string;
	/** Differences of the requests and responses themselves. */
	readonly request: readonly Difference[];
	readonly response: readonly Difference[];
}

/** A stage of each side; one side absent where only the other has it. */
export interface ComparedStages {
	readonly left?: number;
	readonly right?: number;
	readonly label: string;
	readonly differences: readonly Difference[];
}

export interface Difference {
	readonly what: string;
	readonly left?: string;
	readonly right?: string;
}

/** The capture's stages and those that never ran, by id. */
export function stagesById(capture: Capture, story: Pick<Story, 'skipped'>): ReadonlyMap<number, Stage> {
	return new Map([...capture.stages, ...story.skipped].map((stage) => [stage.id, stage]));
}

/** The event behind a reference. */
export function eventAt(capture: Capture, ref: EventRef): CycleEvent | undefined {
	if (ref.stage < 0) return capture.events?.[ref.event];
	return capture.stages.find((stage) => stage.id === ref.stage)?.events[ref.event];
}

/** One line of the state at a step. */
export interface StateLine {
	readonly path: string;
	readonly value: ValuePreview;
	/** The last stage that changed it; absent for what the request came with. */
	readonly by?: number;
	/** Changed by the step's own stage. */
	readonly now: boolean;
	/** What it was before this step's stage changed it. */
	readonly before?: ValuePreview;
	/** Removed by this step's stage: `value` is what it was. */
	readonly removed?: boolean;
}

/** Request and response as they are after the step `index`: every known path in its first-seen order. */
export function stateAt(story: Story, index: number): readonly StateLine[] {
	const lines = new Map<string, StateLine>();
	for (const { path, value } of story.initial) lines.set(path, { path, value, now: false });
	for (const step of story.steps) {
		if (step.index > index) break;
		const now = step.index === index;
		for (const change of changesAt(story, step)) apply(lines, change, step.stage, now);
	}
	return [...lines.values()];
}

/** The changes made when the walk reaches a step: none at `enter`, for the stage has just begun. */
export function changesAt(story: Story, step: Step): readonly Change[] {
	if (step.kind === 'response') return story.final;
	return step.stage !== undefined && (step.kind === 'pass' || step.kind === 'leave') ? (story.changes[step.stage] ?? []) : [];
}

function apply(lines: Map<string, StateLine>, change: Change, stage: number | undefined, now: boolean): void {
	const { path, before, after } = change;
	const known = lines.get(path)?.value ?? before;
	const was = known === undefined ? {} : { before: known };
	const by = stage === undefined ? {} : { by: stage };
	if (after !== undefined) lines.set(path, { path, value: after, now, ...by, ...was });
	else if (now && known !== undefined) lines.set(path, { path, value: known, now, removed: true, ...by });
	else lines.delete(path);
}
