/** What became of the request, in a headline and a sentence: at which stage, why, on which line. */
import type { Capture, ExceptionInfo, Location, Stage } from '../shared/capture';
import { counted, durationLabel, shortName, stageLabel } from '../shared/labels';
import type { Verdict } from '../shared/story';
import type { Visit } from './order';

/** `order` holds the stages that never ran as well. */
export function verdictOf(capture: Capture, order: readonly Visit[]): Verdict {
	const stages = order.filter((visit) => visit.phase !== 'leave').map((visit) => visit.stage);
	const neverRan = stages.filter((stage) => stage.outcome === 'skipped').map((stage) => stageLabel(stage));
	const { response } = capture;
	const title = response === undefined ? 'No response' : `${response.status} ${response.reason}`.trim();
	const decision = decided(capture, stages);
	const turned = stages.find((stage) => stage.kind === 'middleware.response' && turnsInto(stage, response?.status));
	const whole = turned && response ? onTheWayOut(capture, decision, turned, response.status) : decision;
	return {
		title: title.slice(0, 200),
		neverRan,
		...whole,
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

function decided(capture: Capture, stages: readonly Stage[]): Decision {
	const { response, summary } = capture;
	const raised = culprit(stages);
	const inPlace = stages.find((stage) => stage.outcome === 'responded' && stage.kind.startsWith('middleware'));
	const file = stages.find((stage) => stage.kind === 'static');
	if (response === undefined) {
		const why = raised ? ` ${raisedText(raised)}` : ' The client went away, or the server ended before it had answered.';
		return { kind: 'unanswered', text: `No response was recorded.${why}`, ...at(raised) };
	}
	if (file || summary.static) return { kind: 'static', text: `A static file, sent past the middleware.`, ...at(file) };
	if (raised?.kind === 'resolve') return notFound(capture, raised);
	if (raised) {
		const refusal = response.status < 500 && response.status >= 400;
		const kind = response.status === 404 ? 'notFound' : refusal ? 'refused' : response.status >= 500 ? 'failed' : 'answered';
		return { kind, text: raisedText(raised), ...at(raised) };
	}
	if (inPlace) return answeredInPlace(inPlace, response.status);
	const unresolved = stages.find((stage) => stage.kind === 'resolve' && stage.outcome !== 'skipped');
	if (response.status === 404 && unresolved && unresolved.detail.matched === undefined) return notFound(capture, unresolved);
	return byView(capture, stages);
}

function byView(capture: Capture, stages: readonly Stage[]): Decision {
	const status = capture.response?.status ?? 0;
	const view = stages.find((stage) => stage.kind === 'view');
	const who = view?.name || capture.summary.view || 'The view';
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
	const verb = kind === 'redirected' && to ? `redirected to ${to}` : kind === 'refused' ? 'refused it' : 'answered';
	return { kind, text: `${who} ${verb} in ${durationLabel(capture.durationNs)}${queries}.`, ...at(view) };
}

function location(capture: Capture): string | undefined {
	return capture.response?.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
}

function answeredInPlace(stage: Stage, status: number): Decision {
	const hook = stage.detail.hook === undefined || stage.detail.hook === '__call__' ? '' : ` in ${stage.detail.hook}`;
	const reason = reasonOf(stage) ? `: ${reasonOf(stage)}` : '';
	const who = shortName(stage.name);
	const stop = /[.!?]$/.test(reason) ? '' : '.';
	if (status >= 400)
		return { kind: status === 404 ? 'notFound' : 'refused', text: `${who} refused it${hook}${reason}${stop}`, ...at(stage) };
	if (status >= 300) return { kind: 'redirected', text: `${who} redirected${hook}${reason}${stop}`, ...at(stage) };
	return { kind: 'answered', text: `${who} answered in place of the view${hook}${reason}${stop}`, ...at(stage) };
}

/** The recorded reason, else what the stage itself logged as a warning, as `django.security.csrf` does. */
function reasonOf({ detail, events }: Stage): string | undefined {
	const warning = events.find((event) => event.kind === 'log' && /^(?:WARNING|ERROR)$/.test(event.detail.level ?? ''));
	return detail.reason ?? warning?.detail.message;
}

function notFound(capture: Capture, resolve: Stage): Decision {
	const urlconf = resolve.detail.urlconf === undefined ? 'the URLconf' : resolve.detail.urlconf;
	const tried = resolve.detail.tried?.length ?? 0;
	const place = resolve.location === undefined ? {} : { location: resolve.location };
	const count = tried > 0 ? ` (${counted(tried, 'pattern')} tried)` : '';
	return {
		kind: 'notFound',
		text: `No pattern of ${urlconf} matches ${capture.request.path}${count}.`,
		stage: resolve.id,
		...place,
	};
}

/** The stage that raised first: the innermost of those that one exception went through. */
function culprit(stages: readonly Stage[]): Stage | undefined {
	const raised = stages.filter((stage) => stage.outcome === 'raised');
	const first = raised[0];
	const inside = (stage: Stage, outer: Stage) => stage.startNs >= outer.startNs && stage.endNs <= outer.endNs && stage !== outer;
	return first === undefined ? undefined : (raised.findLast((stage) => inside(stage, first)) ?? first);
}

function raisedText(stage: Stage): string {
	const exception = stage.detail.exception;
	const what = exception === undefined ? (stage.detail.reason ?? 'an exception') : exceptionText(exception);
	return `${stageLabel(stage).replace(/ in$/, '')} raised ${what}`.replace(/([^.!?])$/, '$1.');
}

/** `ValueError: no such book`, the module of a builtin left out. */
export function exceptionText(exception: ExceptionInfo): string {
	const type = shortName(exception.type);
	return exception.message === '' ? type : `${type}: ${exception.message}`;
}

/** The innermost line of the project that an exception went through, else its innermost line. */
export function exceptionPlace(exception: ExceptionInfo): Location | undefined {
	return (exception.frames.findLast((frame) => frame.project) ?? exception.frames.at(-1))?.location;
}

function at(stage: Stage | undefined): Pick<Decision, 'stage' | 'location'> {
	if (stage === undefined) return {};
	const { exception, answeredAt } = stage.detail;
	const place = (exception && exceptionPlace(exception)) ?? answeredAt ?? stage.location;
	return { stage: stage.id, ...(place === undefined ? {} : { location: place }) };
}
