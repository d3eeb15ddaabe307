/** What happened at the stage where the walk stands. */
import type { Change, ExceptionInfo, Stage } from '../../shared/capture';
import { counted, durationLabel, shortName, sizeLabel, stageLabel } from '../../shared/labels';
import { changesAt } from '../../shared/story';
import { type Child, clipped, fill, h } from '../dom';
import { eventRow } from './eventRow';
import { kindNames, note, outcomeBadge, section } from './parts';
import { sourceLink } from './sourceLink';
import { inlineValue, pairs, valueView } from './value';
import type { Context, View } from './view';

export function stageTab(context: Context): View {
	const element = h('div', 'tab-body stage-tab');
	const show = () => fill(element, content(context));
	show();
	return { element, step: show };
}

function content(context: Context): Child {
	const { walk } = context;
	const stage = walk.stage;
	if (stage) return stageContent(context, stage);
	return walk.step === 0 ? arrival(context) : departure(context);
}

function stageContent(context: Context, stage: Stage): Child {
	const { walk } = context;
	const { detail } = stage;
	const step = walk.current;
	const changes = step ? changesAt(walk.story, step) : [];
	return [
		h(
			'header',
			'stage-head',
			h(
				'div',
				'stage-kind',
				kindNames[stage.kind],
				detail.hook !== undefined && (stage.kind === 'middleware.request' || stage.kind === 'middleware.response')
					? h('span', 'mono quiet', ` ${detail.hook}`)
					: undefined,
			),
			h(
				'h2',
				{ class: 'stage-name mono', title: clipped(stage.name, 2000) },
				stage.name === '' ? stageLabel(stage) : clipped(stage.name, 300),
			),
			h(
				'div',
				'stage-line',
				outcomeBadge(stage.outcome),
				stage.location ? sourceLink(context, stage.location) : undefined,
				stage.outcome === 'skipped' ? undefined : h('span', 'quiet', timing(stage)),
			),
		),
		callout(context, stage),
		step?.kind === 'enter' ? note('It begins here; what it changes is shown where it ends.') : undefined,
		changes.length > 0 ? section(counted(changes.length, 'change'), changeTable(changes)) : undefined,
		details(context, stage),
		detail.exception ? section('Exception', exceptionView(context, detail.exception)) : undefined,
		stage.events.length > 0 ? eventsOf(context, stage) : undefined,
		contextVariables(stage),
	];
}

function timing(stage: Stage): string {
	const whole = stage.endNs - stage.startNs;
	const inner = whole - stage.selfNs;
	const own = `${durationLabel(stage.selfNs)}${inner > 1000 ? ` own, ${durationLabel(inner)} inside` : ''}`;
	return `${own} · at ${durationLabel(stage.startNs)}`;
}

/** Who refused or raised, why, where, and what therefore never ran. */
function callout(context: Context, stage: Stage): Child {
	const { walk } = context;
	const { detail } = stage;
	if (stage.outcome === 'skipped') {
		const decider = walk.story.verdict.stage;
		const who = decider === undefined ? undefined : walk.stages.get(decider);
		return h(
			'p',
			'callout callout-skipped',
			'It never ran',
			who ? `, since ${stageLabel(who)} had ${who.outcome === 'raised' ? 'raised' : 'answered'}.` : '.',
		);
	}
	if (stage.outcome !== 'responded' && stage.outcome !== 'raised') return undefined;
	const decisive = walk.story.verdict.stage === stage.id;
	const text = decisive
		? walk.story.verdict.text
		: stage.outcome === 'raised'
			? 'An exception went through it.'
			: 'It answered itself.';
	return h(
		'div',
		`callout callout-${stage.outcome}`,
		h('p', '', text, detail.status === undefined ? '' : ` Status ${detail.status}.`),
		detail.answeredAt
			? h('p', '', stage.outcome === 'raised' ? 'Raised at ' : 'Answered at ', sourceLink(context, detail.answeredAt))
			: undefined,
		decisive && walk.story.verdict.neverRan.length > 0
			? h('p', 'quiet', `Never ran: ${walk.story.verdict.neverRan.join(', ')}.`)
			: undefined,
	);
}

function changeTable(changes: readonly Change[]): HTMLElement {
	return h(
		'dl',
		'pairs changes',
		changes.map(({ path, before, after }) =>
			h(
				'div',
				`pair-row ${after === undefined ? 'removed' : before === undefined ? 'added' : 'changed'}`,
				h('dt', 'mono', clipped(path, 200)),
				h(
					'dd',
					'',
					before ? h('span', 'was', inlineValue(before)) : undefined,
					before && after ? h('span', 'arrow', ' → ') : undefined,
					after ? valueView(after) : h('span', 'quiet', ' removed'),
				),
			),
		),
	);
}

function details(context: Context, stage: Stage): Child {
	const { detail } = stage;
	const rows: (readonly [string, Child])[] = [];
	if (detail.reason !== undefined) rows.push(['Reason', clipped(detail.reason, 1000)]);
	if (detail.status !== undefined) rows.push(['Status', String(detail.status)]);
	for (const [name, value] of Object.entries(detail.kwargs ?? {})) rows.push([name, valueView(value)]);
	for (const [at, value] of (detail.args ?? []).entries()) rows.push([`argument ${at + 1}`, valueView(value)]);
	if (detail.viewClass !== undefined) rows.push(['Class', detail.viewClass]);
	if (detail.action !== undefined)
		rows.push([
			'Method',
			[h('span', 'mono', `${detail.action}() `), detail.actionLocation ? sourceLink(context, detail.actionLocation) : undefined],
		]);
	if (detail.wrappers && detail.wrappers.length > 0) {
		rows.push([
			'Wrapped by',
			detail.wrappers.map(({ name, location }) =>
				h('div', '', h('span', 'mono', shortName(name)), ' ', location ? sourceLink(context, location) : undefined),
			),
		]);
	}
	if (detail.adapted !== undefined) rows.push(['Adapted', detail.adapted]);
	if (detail.async === true) rows.push(['Async', 'yes']);
	if (detail.urlconf !== undefined) rows.push(['URLconf', detail.urlconf]);
	if (detail.matched)
		rows.push(['Matched', [h('span', 'mono', `/${detail.matched.route}`), h('span', 'quiet', ` → ${detail.matched.view}`)]]);
	if (detail.engine !== undefined) rows.push(['Engine', detail.engine]);
	if (detail.extends !== undefined) rows.push(['Extends', detail.extends]);
	if (detail.included === true) rows.push(['Included', 'by the template around it']);
	if (detail.origin !== undefined) rows.push(['Origin', h('span', { class: 'mono', title: detail.origin }, detail.origin)]);
	if (detail.source !== undefined) rows.push(['File', detail.source]);
	return rows.length > 0 ? section('Details', pairs('Details', rows)) : undefined;
}

/** So many locals of the project's innermost frame stand open: they are what the line worked with. */
const localsAtOnce = 20;

export function exceptionView(context: Context, exception: ExceptionInfo): HTMLElement {
	const innermost = exception.frames.findLastIndex((frame) => frame.project);
	return h(
		'div',
		'exception',
		h(
			'p',
			'exception-title',
			h('strong', '', exception.type),
			exception.message === '' ? '' : `: ${clipped(exception.message, 2000)}`,
		),
		exception.templateLocation
			? h(
					'p',
					'frame-line',
					'In the template at ',
					sourceLink(context, exception.templateLocation),
					exception.templateTag === undefined ? undefined : h('code', 'frame-source', clipped(exception.templateTag.trim(), 300)),
				)
			: undefined,
		h(
			'ol',
			'frames',
			exception.frames.map((frame, at) => {
				const locals = Object.entries(frame.locals ?? {});
				return h(
					'li',
					frame.project ? 'frame project' : 'frame',
					h('div', 'frame-line', sourceLink(context, frame.location), h('span', 'quiet mono', ` ${frame.location.symbol ?? ''}`)),
					frame.source === undefined ? undefined : h('code', 'frame-source', clipped(frame.source, 300)),
					locals.length > 0
						? h(
								'details',
								{ class: 'locals', attrs: { open: at === innermost && locals.length <= localsAtOnce } },
								h('summary', '', counted(locals.length, 'local')),
								pairs(
									'Locals',
									locals.map(([name, value]) => [name, valueView(value)] as const),
								),
							)
						: undefined,
				);
			}),
		),
		exception.cause ? [h('p', 'quiet', 'Caused by'), exceptionView(context, exception.cause)] : undefined,
	);
}

/** Enough to see what sort they are; the rest is in the list of its own, which costs only what is in view. */
const eventsAtOnce = 12;

function eventsOf(context: Context, stage: Stage): HTMLElement {
	const shown = stage.events.slice(0, eventsAtOnce);
	const more = stage.events.length - shown.length;
	return section(
		counted(stage.events.length, 'event'),
		h(
			'div',
			{ class: 'event-list', role: 'list' },
			shown.map((event) => eventRow(context, event)),
		),
		more > 0
			? h(
					'button',
					{ class: 'link', attrs: { type: 'button' }, on: { click: () => context.walk.open('events') } },
					`${counted(more, 'more event')} in Events`,
				)
			: undefined,
	);
}

function contextVariables({ detail }: Stage): Child {
	if (!detail.context || detail.context.length === 0) return undefined;
	return section(
		'Context',
		pairs(
			'Template context',
			detail.context.map(({ name, value }) => [name, valueView(value)] as const),
		),
	);
}

function arrival({ walk }: Context): Child {
	const { request, process } = walk.capture;
	return [
		h(
			'header',
			'stage-head',
			h('div', 'stage-kind', 'Request'),
			h(
				'h2',
				'stage-name mono',
				clipped(`${request.method} ${request.path}${request.query === '' ? '' : `?${request.query}`}`, 500),
			),
		),
		pairs('Request', [
			['From', request.remoteAddr ?? 'unknown'],
			['Host', request.host ?? 'unknown'],
			['User', request.user ? request.user.repr : 'nobody was logged in'],
			['Body', request.size === undefined ? 'none' : sizeLabel(request.size)],
			['Server', [process.server, process.protocol.toUpperCase(), `process ${process.pid}`].filter(Boolean).join(' · ')],
			['Python, Django', `${process.python}, ${process.django}`],
			['Settings', process.settingsModule],
		]),
		walk.capture.losses.length > 0 ? section('Not recorded', losses(walk)) : undefined,
	];
}

function losses({ capture }: Context['walk']): HTMLElement {
	return h(
		'ul',
		'plain',
		capture.losses.map(({ what, reason, count }) =>
			h('li', '', `${what}${count === undefined || count < 2 ? '' : ` (${count})`}: ${reason}`),
		),
	);
}

function departure({ walk }: Context): Child {
	const { response, recorderNs, encodeNs, durationNs } = walk.capture;
	const { verdict, final } = walk.story;
	return [
		h('header', 'stage-head', h('div', 'stage-kind', 'Response'), h('h2', 'stage-name mono', verdict.title)),
		h('p', '', verdict.text),
		pairs('Response', [
			['Took', durationLabel(durationNs)],
			...(response?.readyNs === undefined ? [] : [['Ready after', durationLabel(response.readyNs)] as const]),
			...(response?.size === undefined ? [] : [['Size', sizeLabel(response.size)] as const]),
			...(response?.contentType === undefined ? [] : [['Type', response.contentType] as const]),
			['Recording took', durationLabel(recorderNs)],
			...(encodeNs === undefined ? [] : [['and after the response', durationLabel(encodeNs)] as const]),
		]),
		final.length > 0 ? section('Added by the server', changeTable(final)) : undefined,
	];
}
