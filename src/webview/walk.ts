/** Where the walk through one capture stands, and who wants to know. */
import type { Capture, Location, Stage } from '../shared/capture';
import type { PanelState, SourceState } from '../shared/protocol/panel';
import { type EventRef, type Step, type Story, stagesById } from '../shared/story';
import { endOf, TimeWindow } from './timeWindow';

export const tabs = ['stage', 'state', 'route', 'queries', 'events', 'request', 'response'] as const;
export type TabName = (typeof tabs)[number];

/** What "next …" looks for. */
export type Landmark = 'change' | 'exception' | 'query';

export const speeds = [0.5, 1, 2, 4] as const;

type Listener = (what: 'step' | 'event' | 'tab' | 'playing' | 'filter' | 'follow' | 'window' | 'scroll') => void;

/** Where the reader stands in the story, and who wants to know. */
export class Walk {
	readonly stages: ReadonlyMap<number, Stage>;
	/** The step that shows a stage: where it is left, or passed. */
	private readonly stepByStage = new Map<number, number>();
	private readonly listeners: Listener[] = [];
	private timer: number | undefined;
	step = 0;
	tab: TabName = 'stage';
	filter = '';
	speed = 1;
	follow = false;
	/** How far each tab is scrolled, in pixels. */
	private readonly scrolls = new Map<TabName, number>();
	/** The event that was chosen within the stage; a step leaves it. */
	event: EventRef | undefined;
	/** What the timeline shows. */
	readonly window: TimeWindow;

	constructor(
		readonly capture: Capture,
		readonly story: Story,
		readonly sources: SourceState,
		state: PanelState | undefined,
	) {
		this.stages = stagesById(capture, story);
		this.window = new TimeWindow(endOf(capture));
		for (const step of story.steps)
			if (step.stage !== undefined && step.kind !== 'enter') this.stepByStage.set(step.stage, step.index);
		if (state?.captureId === capture.id) {
			this.step = Math.max(0, Math.min(this.last, Math.trunc(state.step)));
			this.tab = tabs.find((tab) => tab === state.tab) ?? 'stage';
			this.filter = state.filter ?? '';
			this.speed = speeds.find((speed) => speed === state.speed) ?? 1;
			this.follow = state.follow ?? false;
			if (state.window) this.window.show(...state.window);
			if (state.scroll) this.scrolls.set(this.tab, state.scroll);
		} else this.step = this.beginning();
	}

	/** A request that went wrong, or that a middleware answered, opens where it did; any other at its beginning. */
	private beginning(): number {
		const { kind, stage } = this.story.verdict;
		const wrong = kind === 'refused' || kind === 'failed' || kind === 'notFound' || kind === 'unanswered';
		const inPlace = stage !== undefined && this.stages.get(stage)?.kind.startsWith('middleware');
		return (wrong || inPlace) && stage !== undefined ? (this.stepByStage.get(stage) ?? 0) : 0;
	}

	get last(): number {
		return Math.max(0, this.story.steps.length - 1);
	}

	get current(): Step | undefined {
		return this.story.steps[this.step];
	}

	get stage(): Stage | undefined {
		const id = this.current?.stage;
		return id === undefined ? undefined : this.stages.get(id);
	}

	stepOf(stage: number): number | undefined {
		return this.stepByStage.get(stage);
	}

	onChange(listener: Listener): void {
		this.listeners.push(listener);
	}

	go(step: number): void {
		const bounded = Math.max(0, Math.min(this.last, step));
		if (bounded === this.step) return;
		this.step = bounded;
		this.event = undefined;
		this.tell('step');
	}

	goToStage(stage: number): void {
		const step = this.stepByStage.get(stage);
		if (step !== undefined) this.go(step);
	}

	/** Goes to an event's stage, and has the lists show the event. */
	goToEvent(event: EventRef): void {
		this.goToStage(event.stage);
		this.event = event;
		this.tell('event');
	}

	/** Zooms the timeline about the place of the walk, or another one. */
	zoom(factor: number, about = this.current?.atNs ?? 0): void {
		this.window.zoom(factor, about);
		this.tell('window');
	}

	/** Shows that part of the time, the whole without one. */
	showTimes(from = 0, to = this.window.end): void {
		this.window.show(from, to);
		this.tell('window');
	}

	panTimes(part: number): void {
		this.window.pan(part);
		this.tell('window');
	}

	landmark(what: Landmark, direction: 1 | -1): number | undefined {
		const has = (step: Step) => (what === 'change' ? step.changes : what === 'exception' ? step.exception : step.queries > 0);
		const { steps } = this.story;
		for (let at = this.step + direction; at >= 0 && at < steps.length; at += direction) {
			const step = steps[at];
			if (step && has(step)) return at;
		}
		return undefined;
	}

	goTo(what: Landmark, direction: 1 | -1): void {
		const step = this.landmark(what, direction);
		if (step !== undefined) this.go(step);
	}

	open(tab: TabName): void {
		if (tab === this.tab) return;
		this.tab = tab;
		this.tell('tab');
	}

	/** How far the open tab is scrolled. */
	get scroll(): number {
		return this.scrolls.get(this.tab) ?? 0;
	}

	scrolled(top: number): void {
		if (top === this.scroll) return;
		this.scrolls.set(this.tab, top);
		this.tell('scroll');
	}

	search(filter: string): void {
		this.filter = filter;
		this.tell('filter');
	}

	setFollow(follow: boolean): void {
		this.follow = follow;
		this.tell('follow');
	}

	get playing(): boolean {
		return this.timer !== undefined;
	}

	/** Plays to the end, or stops; at the end it starts afresh. */
	togglePlay(): void {
		if (this.playing) {
			this.stop();
			return;
		}
		if (this.step === this.last) this.go(0);
		this.schedule();
		this.tell('playing');
	}

	setSpeed(speed: number): void {
		this.speed = speed;
		this.tell('playing');
	}

	stop(): void {
		if (this.timer === undefined) return;
		window.clearTimeout(this.timer);
		this.timer = undefined;
		this.tell('playing');
	}

	private schedule(): void {
		this.timer = window.setTimeout(() => {
			this.go(this.step + 1);
			if (this.step < this.last) this.schedule();
			else this.stop();
		}, 800 / this.speed);
	}

	/** Whether a recorded place can be trusted to be where it was. */
	sourceOf(location: Location): 'same' | 'changed' | 'missing' | undefined {
		return Object.hasOwn(this.sources, location.file) ? this.sources[location.file] : undefined;
	}

	state(): PanelState {
		const { step, tab, filter, speed, follow, window } = this;
		const zoomed = window.whole ? {} : { window: [window.from, window.to] as const };
		const scrolled = this.scroll > 0 ? { scroll: this.scroll } : {};
		return { captureId: this.capture.id, step, tab, filter, speed, follow, ...zoomed, ...scrolled };
	}

	private tell(what: Parameters<Listener>[0]): void {
		for (const listener of this.listeners) listener(what);
	}
}
