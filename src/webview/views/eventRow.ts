/** One event on one line. */
import type { CycleEvent, EventKind } from '../../shared/capture';
import { durationLabel, eventText } from '../../shared/labels';
import { clipped, h } from '../dom';
import { sourceLink } from './sourceLink';
import type { Context } from './view';

export const eventNames: Readonly<Record<EventKind, string>> = {
	sql: 'SQL',
	cache: 'Cache',
	log: 'Log',
	signal: 'Signal',
	mail: 'Mail',
	message: 'Message',
	exception: 'Exception',
	http: 'HTTP',
};

export function eventRow(context: Context, event: CycleEvent, stageName?: HTMLElement): HTMLElement {
	const text = clipped(eventText(event).replace(/^(?:cache |signal |mail |message: )/, ''), 1000);
	const failed =
		event.detail.error !== undefined || event.kind === 'exception' || /^(?:ERROR|CRITICAL)$/.test(event.detail.level ?? '');
	return h(
		'div',
		{ class: `event-row${failed ? ' failed' : ''}`, role: 'listitem' },
		h('span', `event-kind kind-${event.kind}`, eventNames[event.kind]),
		h(
			'span',
			{ class: 'event-text mono', title: text },
			text,
			event.detail.error === undefined ? undefined : h('span', 'error-text', ` ${clipped(event.detail.error, 300)}`),
		),
		stageName,
		event.location ? sourceLink(context, event.location) : h('span', 'link-none'),
		h('span', 'event-time', event.durationNs === undefined ? '' : durationLabel(event.durationNs)),
	);
}
