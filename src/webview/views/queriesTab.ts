/** Queries by shape, slowest group first; what repeats is named with the line that makes it repeat. */
import type { CycleEvent } from '../../shared/capture';
import { counted, durationLabel, stageLabel } from '../../shared/labels';
import { type EventRef, eventAt, type QueryGroup } from '../../shared/story';
import { type Child, clipped, fill, h } from '../dom';
import { note } from './parts';
import { sourceLink } from './sourceLink';
import type { Context, View } from './view';

const queriesAtOnce = 100;

export function queriesTab(context: Context): View {
	const { walk } = context;
	const { story, capture } = walk;
	const list = h('div', 'query-groups');
	const filter = h('input', {
		class: 'filter',
		attrs: { type: 'search', placeholder: 'Filter by SQL', value: walk.filter },
		aria: { label: 'Filter the queries' },
		on: { input: () => walk.search(filter.value) },
	});
	const opened: Opened = new WeakMap();
	const groups = [...story.queries].sort((a, b) => Number(b.nPlusOne) - Number(a.nPlusOne) || b.totalNs - a.totalNs);
	const count = groups.reduce((sum, group) => sum + group.queries.length, 0);
	const total = groups.reduce((sum, group) => sum + group.totalNs, 0);
	const show = () => {
		if (filter.value !== walk.filter) filter.value = walk.filter;
		const wanted = walk.filter.trim().toLowerCase();
		const shown = groups.filter((group) => wanted === '' || group.shape.toLowerCase().includes(wanted));
		fill(
			list,
			shown.slice(0, 200).map((group) => groupView(context, group, total, opened)),
			shown.length > 200 && note(`and ${shown.length - 200} more shapes: filter them`),
			shown.length === 0 && note(count === 0 ? 'It made no queries.' : 'No query fits the filter.'),
		);
	};
	const event = () => {
		const chosen = walk.event;
		if (!chosen) return;
		const group = groups.find(({ queries }) => queries.some((ref) => isSame(ref, chosen)));
		const details = [...list.querySelectorAll('details')].find((one) => group && opened.get(one)?.group === group);
		if (!details) return;
		details.open = true;
		opened.get(details)?.fill(chosen);
	};
	show();
	const repeated = groups.filter((group) => group.nPlusOne).length;
	const summary =
		count === 0
			? ''
			: `${counted(count, 'query', 'queries')} of ${counted(groups.length, 'shape')}, ${durationLabel(total)} of ${durationLabel(capture.durationNs)}${repeated > 0 ? ` · ${counted(repeated, 'N+1')}` : ''}`;
	return {
		element: h('div', 'tab-body', h('div', 'filter-bar', filter, h('span', 'quiet', summary)), list),
		filter: show,
		event,
	};
}

/** The shown groups, and how to show one's queries with one of them chosen. */
type Opened = WeakMap<HTMLElement, { readonly group: QueryGroup; readonly fill: (chosen?: EventRef) => void }>;

const isSame = (one: EventRef, other: EventRef | undefined) => one.stage === other?.stage && one.event === other.event;

function groupView(context: Context, group: QueryGroup, total: number, opened: Opened): HTMLElement {
	const { capture } = context.walk;
	const first = group.queries[0] && eventAt(capture, group.queries[0]);
	const body = h('div', 'query-list');
	const details = h(
		'details',
		{ class: `query-group${group.nPlusOne ? ' n-plus-one' : ''}` },
		h(
			'summary',
			'',
			h('span', 'query-count', `${group.queries.length}×`),
			h('span', { class: 'query-shape mono', title: clipped(group.shape, 2000) }, clipped(group.shape, 400)),
			h('span', 'query-time', durationLabel(group.totalNs)),
		),
		body,
	);
	const fillBody = (chosen?: EventRef) => {
		const at = group.queries.findIndex((ref) => isSame(ref, chosen));
		const from = at < queriesAtOnce ? 0 : at - Math.floor(queriesAtOnce / 2);
		const shown = group.queries.slice(from, from + queriesAtOnce);
		const after = group.queries.length - from - shown.length;
		const rows = shown.map((ref) => queryView(context, ref));
		fill(
			body,
			h('pre', { class: 'sql', tabIndex: 0, aria: { label: 'Statement' } }, clipped(formatted(first?.detail.sql ?? group.shape))),
			from > 0 && note(`${from} before these of this shape`),
			rows,
			after > 0 && note(`and ${after} more of this shape`),
		);
		const row = rows[at - from];
		row?.classList.add('chosen');
		row?.setAttribute('aria-current', 'true');
		row?.scrollIntoView({ block: 'nearest' });
	};
	opened.set(details, { group, fill: fillBody });
	details.addEventListener('toggle', () => {
		if (details.open && body.childElementCount === 0) fillBody(context.walk.event);
	});
	return h(
		'div',
		{ class: 'query-entry', style: { '--part': total > 0 ? group.totalNs / total : 0 } },
		details,
		repetition(context, group),
	);
}

function repetition(context: Context, group: QueryGroup): Child {
	const link = group.location ? sourceLink(context, group.location) : undefined;
	if (group.nPlusOne) {
		return h(
			'p',
			'query-note warn',
			h('strong', '', 'N+1: '),
			`one query for each of ${group.fromLocation} rows, from `,
			link,
			'. Ask for them together with select_related() or prefetch_related().',
		);
	}
	if (group.duplicates > 0)
		return h(
			'p',
			'query-note',
			`${counted(group.duplicates, 'duplicate')} to the letter`,
			link ? [', most from ', link] : '',
			'.',
		);
	return link ? h('p', 'query-note', 'from ', link) : undefined;
}

function queryView(context: Context, ref: EventRef): HTMLElement {
	const { walk, channel } = context;
	const event = eventAt(walk.capture, ref);
	if (!event) return h('div', 'query');
	const stage = walk.stages.get(ref.stage);
	const answer = h('pre', { class: 'sql explain', tabIndex: 0, attrs: { hidden: true }, aria: { label: 'EXPLAIN' } });
	const explain = () => {
		answer.hidden = false;
		answer.textContent = 'Asking the database…';
		channel.request({ kind: 'explain', stage: ref.stage, event: ref.event }).then(
			(reply) => {
				answer.textContent = clipped(reply.text);
			},
			(error: Error) => {
				answer.textContent = error.message;
			},
		);
	};
	return h(
		'div',
		'query',
		h(
			'div',
			'query-line',
			h('span', { class: 'mono query-params', title: event.detail.params }, clipped(event.detail.params ?? '', 300)),
			h('span', 'quiet', rows(event)),
			stage
				? h(
						'button',
						{
							class: 'link',
							title: 'Go to this stage',
							attrs: { type: 'button' },
							on: { click: () => walk.goToStage(stage.id) },
						},
						stageLabel(stage),
					)
				: undefined,
			event.location ? sourceLink(context, event.location) : undefined,
			h(
				'button',
				{ class: 'link', title: 'Ask the database for its plan', attrs: { type: 'button' }, on: { click: explain } },
				'EXPLAIN',
			),
			h('span', 'query-time', event.durationNs === undefined ? '' : durationLabel(event.durationNs)),
		),
		event.detail.error === undefined ? undefined : h('p', 'error-text', clipped(event.detail.error, 1000)),
		answer,
	);
}

const rows = ({ detail }: CycleEvent) => (detail.rows === undefined || detail.rows < 0 ? '' : counted(detail.rows, 'row'));

/** A line for each clause: enough to read, no parser. */
function formatted(sql: string): string {
	if (sql.length > 20_000) return sql;
	return sql.replace(
		/\s+\b(FROM|WHERE|GROUP BY|ORDER BY|HAVING|LIMIT|LEFT OUTER JOIN|INNER JOIN|VALUES|SET|RETURNING|UNION)\b/g,
		'\n$1',
	);
}
