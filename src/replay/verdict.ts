/** What became of the request, in a headline and a sentence: at which stage, why, on which line. */
import type { Capture, ExceptionInfo, Location, Stage } from '../shared/capture';
import { counted, durationLabel, placeLabel, shortName, sizeLabel, stageLabel } from '../shared/labels';
import type { NearPattern, Verdict } from '../shared/story';
import type { Visit } from './order';
import { queryGroups } from './queries';
import { toItself } from './redirect';
import { sayingOf } from './saying';

/** `order` holds the stages that never ran as well; `nearest` the patterns near a path that none matched. */
export function verdictOf(capture: Capture, order: readonly Visit[], nearest: readonly NearPattern[]): Verdict {
	const stages = order.filter((visit) => visit.phase !== 'leave').map((visit) => visit.stage);
	const neverRan = stages.filter((stage) => stage.outcome === 'skipped').map((stage) => stageLabel(stage));
	const { response } = capture;
	const title = response === undefined ? 'No response' : `${response.status} ${response.reason}`.trim();
	const decision = decided(capture, stages, nearest);
	const turned = stages.find((stage) => stage.kind === 'middleware.response' && turnsInto(stage, response?.status));
	const whole = turned && response ? onTheWayOut(capture, decision, turned, response.status) : decision;
	return {
		title: title.slice(0, 200),
		neverRan,
		...whole,
		...hintOf(capture, whole.kind),
		text: whole.text.length > longest ? `${whole.text.slice(0, longest)}…` : whole.text,
	};
}

/** The stage that gave the response its final status after another one had made it. */
function turnsInto({ changes }: Stage, status: number | undefined): boolean {
	return changes.some(
		({ path, before, after }) => path === 'response.status_code' && before !== undefined && after?.repr === String(status),
	);
}

function onTheWayOut(capture: Capture, decision: Decision, stage: Stage, status: number): Decision {
	const to = location(capture);
	const redirected = status >= 300 && status < 400;
	const kind = redirected ? 'redirected' : status >= 500 ? 'failed' : status >= 400 ? 'refused' : 'answered';
	const how = redirected && to ? `redirected to ${to}` : `made it ${status}`;
	return { kind, text: `${decision.text} ${shortName(stage.name)} then ${how} on the way out.`, ...at(stage) };
}

/** Characters of the sentence. */
const longest = 1000;

type Decision = Omit<Verdict, 'title' | 'neverRan'>;

function decided(capture: Capture, stages: readonly Stage[], nearest: readonly NearPattern[]): Decision {
	const { response, summary } = capture;
	const brokenOff = response && whileStreaming(capture, stages);
	if (brokenOff) return brokenOff;
	const raised = culprit(stages);
	const inPlace = stages.find((stage) => stage.outcome === 'responded' && stage.kind.startsWith('middleware'));
	const file = stages.find((stage) => stage.kind === 'static');
	if (response === undefined) {
		const why = raised ? ` ${raisedText(raised, stages)}` : ' The client went away, or the server ended before it had answered.';
		return { kind: 'unanswered', text: `No response was recorded.${why}`, ...at(raised) };
	}
	if (file || summary.static) return { kind: 'static', text: `A static file, sent past the middleware.`, ...at(file) };
	if (raised?.kind === 'resolve') return notFound(capture, raised, nearest);
	if (raised) {
		const refusal = response.status < 500 && response.status >= 400;
		const kind = response.status === 404 ? 'notFound' : refusal ? 'refused' : response.status >= 500 ? 'failed' : 'answered';
		return { kind, text: `${raisedText(raised, stages)}${handledBy(stages)}`, ...at(raised, stages) };
	}
	if (inPlace) return answeredInPlace(capture, inPlace, response.status);
	const unresolved = stages.find((stage) => stage.kind === 'resolve' && stage.outcome !== 'skipped');
	if (response.status === 404 && unresolved && unresolved.detail.matched === undefined)
		return notFound(capture, unresolved, nearest);
	return byView(capture, stages);
}

function byView(capture: Capture, stages: readonly Stage[]): Decision {
	const status = capture.response?.status ?? 0;
	const view = stages.find((stage) => stage.kind === 'view');
	const who = view?.name || capture.summary.view || 'The view';
	const refused = view?.detail.exception;
	// Django itself refused what the view returned: `BaseHandler.check_response` (django/core/handlers/base.py).
	if (view && refused && status >= 500) return { kind: 'failed', text: ended(exceptionText(refused)), ...definitionOf(view) };
	const queries = capture.summary.queries > 0 ? ` with ${counted(capture.summary.queries, 'query', 'queries')}` : '';
	const kind =
		status >= 500
			? 'failed'
			: status === 404
				? 'notFound'
				: status >= 400
					? 'refused'
					: status >= 300
						? 'redirected'
						: 'answered';
	const to = location(capture);
	const verb =
		kind === 'redirected' && to
			? `redirected to ${to}`
			: kind === 'refused'
				? 'refused it'
				: status >= 400
					? `answered ${status}`
					: 'answered';
	const circle = kind === 'redirected' ? circleText(capture) : '';
	const saying = sayingOf(capture);
	if (saying !== undefined) return { kind, text: ended(`${who} ${verb}: ${saying}`), ...at(view) };
	return { kind, text: `${who} ${verb} in ${durationLabel(capture.durationNs)}${queries}.${circle}`, ...at(view) };
}

function location(capture: Capture): string | undefined {
	return capture.response?.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
}

function answeredInPlace(capture: Capture, stage: Stage, status: number): Decision {
	const hook = stage.detail.hook === undefined || stage.detail.hook === '__call__' ? '' : ` in ${stage.detail.hook}`;
	const reason = reasonOf(stage) ? `: ${reasonOf(stage)}` : '';
	const who = shortName(stage.name);
	const stop = /[.!?]$/.test(reason) ? '' : '.';
	if (status >= 500)
		return { kind: 'failed', text: `${who} answered ${status} in place of the view${hook}${reason}${stop}`, ...at(stage) };
	if (status >= 400)
		return { kind: status === 404 ? 'notFound' : 'refused', text: `${who} refused it${hook}${reason}${stop}`, ...at(stage) };
	if (status >= 300) {
		const to = location(capture);
		const where = to ? ` to ${to}` : '';
		return {
			kind: 'redirected',
			text: `${who} redirected${hook}${where}${reason}${stop}${circleText(capture)}`,
			...at(stage),
		};
	}
	return { kind: 'answered', text: `${who} answered in place of the view${hook}${reason}${stop}`, ...at(stage) };
}

/** The recorded reason, else what the stage itself logged as a warning, as `django.security.csrf` does. */
function reasonOf({ detail, events }: Stage): string | undefined {
	const warning = events.find((event) => event.kind === 'log' && /^(?:WARNING|ERROR)$/.test(event.detail.level ?? ''));
	return detail.reason ?? warning?.detail.message;
}

function notFound(capture: Capture, resolve: Stage, [near]: readonly NearPattern[]): Decision {
	const urlconf = resolve.detail.urlconf === undefined ? 'the URLconf' : resolve.detail.urlconf;
	const tried = resolve.detail.tried ?? [];
	const count = tried.length > 0 ? ` (${counted(tried.length, 'pattern')} tried)` : '';
	const close = near?.close ? near : undefined;
	const nearest = close ? ` Nearest is /${close.full}: ${close.why.replaceAll('`', '')}.` : '';
	const location = (close && tried[close.tried]?.location) ?? resolve.location;
	return {
		kind: 'notFound',
		text: `No pattern of ${urlconf} matches ${capture.request.path}${count}.${nearest}`,
		stage: resolve.id,
		...(location === undefined ? {} : { location }),
	};
}

/** The stage that raised first: the innermost of those that one exception went through. */
function culprit(stages: readonly Stage[]): Stage | undefined {
	const raised = stages.filter((stage) => stage.outcome === 'raised');
	const first = raised[0];
	const inside = (stage: Stage, outer: Stage) => stage.startNs >= outer.startNs && stage.endNs <= outer.endNs && stage !== outer;
	return first === undefined ? undefined : (raised.findLast((stage) => inside(stage, first)) ?? first);
}

function raisedText(stage: Stage, stages: readonly Stage[]): string {
	const exception = exceptionOf(stage, stages);
	const what = exception === undefined ? (stage.detail.reason ?? 'an exception') : exceptionText(exception);
	const out = stage.kind === 'middleware.response' ? 'On the way out, ' : '';
	const who = stage.kind.startsWith('middleware') ? stageLabel(stage).replace(/ (?:in|out)$/, '') : stageLabel(stage);
	const tag = exception?.templateLocation;
	const where = tag && exceptionPlace(exception) !== tag ? ` It was called from ${placeLabel(tag)}.` : '';
	return `${ended(`${out}${who} raised ${what}`)}${where}`;
}

/** A template that an exception went through has but its name: the whole of it is with the stage around. */
function exceptionOf(stage: Stage, stages: readonly Stage[]): ExceptionInfo | undefined {
	return stage.detail.exception ?? stages.find((one) => one.outcome === 'raised' && one.detail.exception)?.detail.exception;
}

/** The middleware whose `process_exception` made a response of it. */
function handledBy(stages: readonly Stage[]): string {
	const hook = stages.find((stage) => stage.kind === 'middleware.exception' && stage.outcome === 'responded');
	return hook ? ` ${stageLabel(hook)} then answered ${hook.detail.status ?? ''}`.trimEnd().concat('.') : '';
}

const ended = (sentence: string) => sentence.replace(/([^.!?])$/, '$1.');

/** The response had begun, and was not sent to its end. */
function whileStreaming(capture: Capture, stages: readonly Stage[]): Decision | undefined {
	const { streaming } = capture.response ?? {};
	if (!streaming?.closedEarly && !streaming?.exception) return undefined;
	const view = stages.find((stage) => stage.kind === 'view');
	const sent = `after ${counted(streaming.chunkCount, 'chunk')} (${sizeLabel(capture.response?.size ?? 0)})`;
	const { exception } = streaming;
	if (!exception)
		return { kind: 'unanswered', text: `The client went away while the response was streamed, ${sent}.`, ...at(view) };
	const place = exceptionPlace(exception);
	return {
		kind: 'failed',
		text: `${ended(`Streaming broke off ${sent}: ${exceptionText(exception)}`)} The client already had status ${capture.response?.status}.`,
		...(view ? { stage: view.id } : {}),
		...(place ? { location: place } : {}),
	};
}

/** With a space before it, or empty. */
function circleText(capture: Capture): string {
	const text = toItself(capture);
	return text === '' ? '' : ` ${text}`;
}

/** From here on a request is called slow, and where its time went is said. Nanoseconds. */
const slow = 500e6;

/** What is worth knowing of a request that was answered all the same: what repeats, and what took the time. */
function hintOf(capture: Capture, kind: Decision['kind']): Pick<Verdict, 'hint'> {
	if (kind === 'static') return {};
	const repeated = queryGroups(capture)
		.filter((group) => group.nPlusOne)
		.sort((a, b) => b.fromLocation - a.fromLocation)[0];
	if (repeated?.location) {
		const text = `N+1: ${counted(repeated.fromLocation, 'query', 'queries')} of one shape, one for each row, in ${durationLabel(repeated.totalNs)}.`;
		const where = repeated.totalNs < capture.durationNs / 20 ? slownessOf(capture) : undefined;
		return { hint: where ? { ...where, text: `${where.text} ${text}` } : { text, location: repeated.location } };
	}
	const hint = slownessOf(capture);
	return hint ? { hint } : {};
}

/** Where the time of a slow request went. */
function slownessOf(capture: Capture): Verdict['hint'] {
	if (capture.durationNs < slow) return undefined;
	const part = (ns: number) => `${Math.round((ns / capture.durationNs) * 100)}% of ${durationLabel(capture.durationNs)}`;
	const longest = capture.stages.reduce<Stage | undefined>((a, b) => (a && a.selfNs >= b.selfNs ? a : b), undefined);
	const { readyNs, sentNs } = capture.response ?? {};
	const sending = readyNs === undefined || sentNs === undefined ? 0 : sentNs - readyNs;
	if (sending > (longest?.selfNs ?? 0)) return { text: `Slow: ${part(sending)} in sending the response.` };
	if (!longest) return undefined;
	const text = `Slow: ${part(longest.selfNs)} in ${stageLabel(longest)} itself.`;
	return { text, stage: longest.id, ...(longest.location ? { location: longest.location } : {}) };
}

/** `ValueError: no such book`, the module of a builtin left out. */
export function exceptionText(exception: ExceptionInfo): string {
	const type = shortName(exception.type);
	return exception.message === '' ? type : `${type}: ${exception.message}`;
}

/**
 * The innermost line of the project that an exception went through, a template's tag included where no Python of the project
 * was called from it; else its innermost line.
 */
export function exceptionPlace({ frames, templateLocation }: ExceptionInfo): Location | undefined {
	const own = frames.findLastIndex((frame) => frame.project);
	const rendering = frames.findLastIndex(({ location: { file } }) => /[\\/]django[\\/]template[\\/]/.test(file));
	if (templateLocation && rendering > own) return templateLocation;
	return (frames[own] ?? frames.at(-1))?.location;
}

function at(stage: Stage | undefined, stages: readonly Stage[] = []): Pick<Decision, 'stage' | 'location'> {
	if (stage === undefined) return {};
	const exception = stage.outcome === 'raised' ? exceptionOf(stage, stages) : stage.detail.exception;
	const place = (exception && exceptionPlace(exception)) ?? stage.detail.answeredAt ?? stage.location;
	return { stage: stage.id, ...(place === undefined ? {} : { location: place }) };
}

function definitionOf({ id, location: place }: Stage): Pick<Decision, 'stage' | 'location'> {
	return { stage: id, ...(place === undefined ? {} : { location: place }) };
}
