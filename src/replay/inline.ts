/** What happened at each line of the source in one capture, as plain data for the editor to show. */
import type { Capture, CycleEvent, Location, Stage, TriedPattern, ValuePreview } from '../shared/capture';
import { counted, durationLabel, eventText, placeLabel, shortName, stageLabel, timedEventText } from '../shared/labels';
import type { Story } from '../shared/story';
import { exceptionPlace, exceptionText } from './verdict';

export type AnnotationKind = 'middleware' | 'hook' | 'route' | 'view' | 'template' | 'exception' | 'events' | 'lines';
export type Tone = 'passed' | 'responded' | 'raised' | 'skipped' | 'quiet';

export interface Annotation {
	/** The place as recorded: `anchor` it before showing. */
	readonly location: Location;
	/** The place is the symbol's own `def` or `class`: a clue for `anchor`. */
	readonly definition: boolean;
	/** The line's text, where recorded: a clue for `anchor`. */
	readonly source?: string;
	readonly kind: AnnotationKind;
	readonly tone: Tone;
	/** Behind the line: short, one line. */
	readonly text: string;
	/** On hover: one statement a line. */
	readonly hover: readonly string[];
	readonly stage?: number;
	/** The step of the walk that this place belongs to. */
	readonly step?: number;
}

/** Annotations by file, in the order of the walk; several may share a line. */
export function annotationsOf(capture: Capture, story: Story): ReadonlyMap<string, readonly Annotation[]> {
	const stepOf = new Map<number, number>();
	for (const step of story.steps) if (step.stage !== undefined && step.kind !== 'enter') stepOf.set(step.stage, step.index);
	const byFile = new Map<string, Annotation[]>();
	const put = (annotation: Annotation) => {
		const step = annotation.stage === undefined ? undefined : stepOf.get(annotation.stage);
		const list = byFile.get(annotation.location.file);
		const whole = step === undefined ? annotation : { ...annotation, step };
		if (list) list.push(whole);
		else byFile.set(annotation.location.file, [whole]);
	};
	for (const stage of [...capture.stages, ...story.skipped]) {
		for (const annotation of [...ofStage(stage, capture), ...ofException(stage), ...ofEvents(stage)]) put(annotation);
	}
	for (const annotation of ofLines(capture)) put(annotation);
	return byFile;
}

function* ofStage(stage: Stage, capture: Capture): Generator<Annotation> {
	const { detail, location, outcome } = stage;
	const base = { stage: stage.id, tone: outcome, definition: true } as const;
	if (stage.kind === 'resolve') {
		for (const tried of detail.tried ?? []) if (tried.location) yield ofPattern(tried, tried.location, stage);
		return;
	}
	const text = stageText(stage, capture);
	const hover = [stageLabel(stage), ...text.split(' · '), ...changeLines(stage)];
	if (stage.kind === 'template') {
		const file = location?.file ?? detail.origin;
		if (file === undefined) return;
		yield { ...base, location: location ?? { file, line: 1 }, definition: false, kind: 'template', text, hover };
		return;
	}
	const kind =
		stage.kind === 'view' ? 'view' : stage.kind.startsWith('middleware') ? (isHalf(stage) ? 'middleware' : 'hook') : 'view';
	const side = stage.kind === 'middleware.request' ? 'in: ' : stage.kind === 'middleware.response' ? 'out: ' : '';
	if (location) yield { ...base, location, kind, text: `${side}${text}`, hover };
	if (detail.actionLocation) yield { ...base, location: detail.actionLocation, kind, text, hover };
	if (detail.answeredAt) yield { ...base, location: detail.answeredAt, definition: false, kind, text: answered(stage), hover };
}

const isHalf = (stage: Stage) => stage.kind === 'middleware.request' || stage.kind === 'middleware.response';

function answered(stage: Stage): string {
	const status = stage.detail.status === undefined ? '' : ` ${stage.detail.status}`;
	const reason = stage.detail.reason === undefined ? '' : `: ${stage.detail.reason}`;
	return `${stage.outcome === 'raised' ? 'raised' : 'answered'}${status} here${reason}`;
}

/** `0.3 ms · set user · 2 queries`, the parts that there is something to say about. */
function stageText(stage: Stage, capture: Capture): string {
	if (stage.outcome === 'skipped') return 'never ran';
	const { detail } = stage;
	const parts: string[] = [];
	if (stage.outcome === 'raised')
		parts.push(`raised ${detail.exception ? exceptionText(detail.exception) : (detail.reason ?? '')}`.trim());
	if (stage.outcome === 'responded') {
		const status = detail.status ?? capture.response?.status;
		parts.push(`answered ${status ?? ''}`.trim(), ...(detail.reason ? [detail.reason] : []));
	} else if (stage.kind === 'view' && detail.status !== undefined) parts.push(String(detail.status));
	parts.push(durationLabel(stage.selfNs));
	if (stage.kind === 'view') parts.push(...argumentLabels(stage));
	const queries = stage.events.filter((event) => event.kind === 'sql').length;
	if (queries > 0) parts.push(counted(queries, 'query', 'queries'));
	const changed = stage.changes.map((change) => change.path.replace(/^(?:request|response)\./, ''));
	if (changed.length > 0) {
		parts.push(`changed ${changed.slice(0, 3).join(', ')}${changed.length > 3 ? ` and ${changed.length - 3} more` : ''}`);
	}
	return parts.join(' · ');
}

function argumentLabels({ detail }: Stage): readonly string[] {
	const named = Object.entries(detail.kwargs ?? {}).map(([name, value]) => `${name}=${value.repr}`);
	return [...(detail.args ?? []).map((value) => value.repr), ...named];
}

function changeLines(stage: Stage): readonly string[] {
	const shown = (value: ValuePreview | undefined) => value?.repr ?? '–';
	return stage.changes.map(
		({ path, before, after }) => `${path}: ${before === undefined ? '' : `${shown(before)} → `}${shown(after)}`,
	);
}

function ofPattern(tried: TriedPattern, location: Location, resolve: Stage): Annotation {
	const values = Object.entries(resolve.detail.matched?.kwargs ?? {}).map(([name, value]) => `${name}=${value.repr}`);
	const matched = tried.outcome === 'matched';
	const text = matched
		? `matched${values.length > 0 ? ` · ${values.join(', ')}` : ''}`
		: tried.outcome === 'prefix'
			? `matched the beginning${tried.rest === undefined ? '' : `, left ${tried.rest || 'nothing'}`}`
			: `tried, did not match${tried.reason ? `: ${tried.reason}` : ''}`;
	const tone = tried.outcome === 'no match' ? 'quiet' : 'passed';
	return { location, definition: false, kind: 'route', tone, text, hover: [tried.pattern, text], stage: resolve.id };
}

function* ofException(stage: Stage): Generator<Annotation> {
	const exception = stage.detail.exception;
	if (!exception) return;
	const deepest = exceptionPlace(exception);
	const { templateLocation } = exception;
	if (templateLocation) {
		const text = templateLocation === deepest ? exceptionText(exception) : `${shortName(exception.type)} passed through here`;
		const hover = [text];
		yield { location: templateLocation, definition: false, kind: 'exception', tone: 'raised', text, hover, stage: stage.id };
	}
	for (const frame of exception.frames) {
		if (!frame.project) continue;
		const text = frame.location === deepest ? exceptionText(exception) : `${shortName(exception.type)} passed through here`;
		const locals = Object.entries(frame.locals ?? {}).map(([name, value]) => `${name} = ${value.repr}`);
		const source = frame.source === undefined ? {} : { source: frame.source };
		const { location } = frame;
		yield {
			location,
			definition: false,
			...source,
			kind: 'exception',
			tone: 'raised',
			text,
			hover: [text, ...locals],
			stage: stage.id,
		};
	}
}

/** One annotation for all events that a line caused in a stage. */
function* ofEvents(stage: Stage): Generator<Annotation> {
	const lines = new Map<string, { location: Location; events: CycleEvent[] }>();
	for (const event of stage.events) {
		if (!event.location) continue;
		const key = `${event.location.file}\0${event.location.line}`;
		const line = lines.get(key);
		if (line) line.events.push(event);
		else lines.set(key, { location: event.location, events: [event] });
	}
	for (const { location, events } of lines.values()) {
		const queries = events.filter((event) => event.kind === 'sql');
		const spent = queries.reduce((sum, event) => sum + (event.durationNs ?? 0), 0);
		const parts = queries.length > 0 ? [`${counted(queries.length, 'query', 'queries')} ${durationLabel(spent)}`] : [];
		const others = events.filter((event) => event.kind !== 'sql').map(eventText);
		const text = [...parts, ...others.slice(0, 2), ...(others.length > 2 ? [`and ${others.length - 2} more`] : [])].join(' · ');
		const hover = events.slice(0, 20).map(timedEventText);
		yield { location, definition: false, kind: 'events', tone: 'passed', text, hover, stage: stage.id };
	}
}

/** Lines that ran: how often, and the values they left last. */
function* ofLines(capture: Capture): Generator<Annotation> {
	for (const frame of capture.frames ?? []) {
		const byLine = new Map<number, { count: number; values: Readonly<Record<string, ValuePreview>> }>();
		for (const { line, values } of frame.lines) {
			const known = byLine.get(line);
			byLine.set(line, { count: (known?.count ?? 0) + 1, values: { ...known?.values, ...values } });
		}
		for (const [line, { count, values }] of byLine) {
			const shown = Object.entries(values).map(([name, value]) => `${name} = ${value.repr}`);
			const text = [...(count > 1 ? [`×${count}`] : []), ...shown.slice(0, 3)].join(' · ');
			const location = { ...frame.location, line };
			const hover = [`ran ${counted(count, 'time')} (${placeLabel(location)})`, ...shown];
			yield { location, definition: false, kind: 'lines', tone: 'quiet', text, hover, stage: frame.stage };
		}
	}
}
