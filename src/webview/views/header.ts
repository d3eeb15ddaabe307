/** The headline: what was asked, what became of it, and what can be done with the capture. */
import { counted, durationLabel, shortName } from '../../shared/labels';
import type { PanelCommand } from '../../shared/protocol/panel';
import { clipped, h } from '../dom';
import { icon } from '../icons';
import { statusClass } from './parts';
import { sourceLink } from './sourceLink';
import { tool } from './tool';
import type { Context, View } from './view';

const commands: readonly (readonly [command: PanelCommand, label: string])[] = [
	['copyAsCurl', 'Copy as curl'],
	['rerun', 'Re-run'],
	['compare', 'Compare with…'],
	['debug', 'Debug this capture'],
	['saveAsTest', 'Save as Django test'],
	['exportHar', 'Export as HAR'],
	['exportCapture', 'Export the capture'],
];

export interface Header extends View {
	setPinned(pinned: boolean): void;
}

export function headerView(context: Context, isPinned: boolean): Header {
	const { walk, channel } = context;
	const { capture, story } = walk;
	const { request, summary } = capture;
	const { verdict } = story;
	let pinned = isPinned;
	const pin = h('button', {
		class: 'button pin',
		attrs: { type: 'button' },
		on: { click: () => channel.send({ type: 'command', command: pinned ? 'unpin' : 'pin' }) },
	});
	const setPinned = (now: boolean) => {
		pinned = now;
		pin.setAttribute('aria-pressed', String(now));
		pin.title = now ? 'Its values are shown in the source; click to take them away' : 'Show its values in the source';
		pin.replaceChildren(icon('pin'), now ? 'Pinned' : 'Pin');
	};
	setPinned(isPinned);
	const menu = h(
		'select',
		{
			class: 'actions',
			aria: { label: 'More actions' },
			on: {
				change: () => {
					const chosen = commands.find(([command]) => command === menu.value);
					menu.value = '';
					if (chosen) channel.send({ type: 'command', command: chosen[0] });
				},
			},
		},
		h('option', { attrs: { value: '' } }, 'More…'),
		commands.map(([command, label]) => h('option', { attrs: { value: command } }, label)),
	);
	const quick = (['rerun', 'debug', 'copyAsCurl'] as const).map((command) => {
		const label = commands.find(([name]) => name === command)?.[1] ?? command;
		const act = () => channel.send({ type: 'command', command });
		return tool(command === 'copyAsCurl' ? 'copy' : command, label, act);
	});
	const facts = [
		durationLabel(capture.durationNs),
		summary.queries > 0 ? counted(summary.queries, 'query', 'queries') : undefined,
		summary.view !== undefined && verdict.kind === 'answered' ? shortName(summary.view) : undefined,
		time(capture.startedAt),
	].filter((fact) => fact !== undefined);
	const element = h(
		'header',
		'headline',
		h(
			'div',
			'headline-row',
			h(
				'h1',
				{ class: 'request-line', title: clipped(`${request.method} ${request.path}`, 2000) },
				h('span', 'method', clipped(request.method, 20)),
				' ',
				h('span', 'path', clipped(`${request.path}${request.query === '' ? '' : `?${request.query}`}`, 400)),
			),
			h('div', 'headline-actions', quick, pin, menu),
		),
		h(
			'div',
			'verdict-row',
			h('span', statusClass(capture.response?.status), verdict.title),
			h('span', 'facts quiet', facts.join(' · ')),
		),
		wentItsWay(context) ? undefined : verdictLine(context),
		hintLine(context),
	);
	return { element, setPinned };
}

/** Nothing to explain: a view answered, or a file was sent. A middleware that answered in its place is worth a line. */
function wentItsWay({ walk }: Context): boolean {
	const { kind, stage } = walk.story.verdict;
	const decider = stage === undefined ? undefined : walk.stages.get(stage);
	return kind === 'static' || (kind === 'answered' && !decider?.kind.startsWith('middleware'));
}

/** Who decided, why, and the line. */
function verdictLine(context: Context): HTMLElement {
	const { walk } = context;
	const { verdict } = walk.story;
	return h(
		'p',
		`verdict verdict-${verdict.kind}`,
		h(
			'button',
			{
				class: 'verdict-text',
				title: 'Go to that stage',
				attrs: { type: 'button', disabled: verdict.stage === undefined },
				on: { click: () => verdict.stage !== undefined && walk.goToStage(verdict.stage) },
			},
			clipped(verdict.text, 600),
		),
		verdict.location ? [' ', sourceLink(context, verdict.location)] : undefined,
		verdict.neverRan.length > 0 ? h('span', 'never-ran', ` ${counted(verdict.neverRan.length, 'stage')} never ran.`) : undefined,
	);
}

/** What else is worth knowing at a glance; it leads to the stage, or to the queries. */
function hintLine(context: Context): HTMLElement | undefined {
	const { walk } = context;
	const { hint } = walk.story.verdict;
	if (!hint) return undefined;
	const { stage, location } = hint;
	const [title, go]: readonly [string, () => void] =
		stage !== undefined
			? ['Go to that stage', () => walk.goToStage(stage)]
			: location
				? ['Show the queries', () => walk.open('queries')]
				: ['Go to the response', () => walk.go(walk.last)];
	return h(
		'p',
		'verdict verdict-hint',
		h('button', { class: 'verdict-text', title, attrs: { type: 'button' }, on: { click: go } }, clipped(hint.text, 400)),
		location ? [' ', sourceLink(context, location)] : undefined,
	);
}

function time(startedAt: string): string | undefined {
	const date = new Date(startedAt);
	return Number.isNaN(date.getTime()) ? undefined : date.toLocaleTimeString();
}
