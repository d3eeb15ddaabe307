/** All events in the order of time: logs, signals, cache, messages, mail, outgoing calls, exceptions. */
import type { CycleEvent, EventKind } from '../../shared/capture';
import { counted, eventText, stageLabel } from '../../shared/labels';
import type { EventRef } from '../../shared/story';
import { h } from '../dom';
import { VirtualList } from '../virtualList';
import { eventNames, eventRow } from './eventRow';
import type { Context, View } from './view';

interface Entry {
	readonly event: CycleEvent;
	readonly stage: number;
	readonly index: number;
	/** What the filter looks through; made once. */
	readonly text: string;
}

export function eventsTab(context: Context): View {
	const { walk } = context;
	const entries = entriesOf(walk);
	const kinds = (Object.keys(eventNames) as EventKind[]).filter((kind) => entries.some(({ event }) => event.kind === kind));
	/** The kinds that are chosen; none: all of them. */
	const only = new Set<EventKind>();
	let shown: readonly Entry[] = entries;
	const count = h('span', { class: 'quiet', role: 'status' });
	const dress = (row: HTMLElement, index: number) => {
		const entry = shown[index];
		if (!entry) return;
		row.classList.toggle('current', entry.stage === walk.stage?.id);
		const chosen = isChosen(entry, walk.event);
		row.classList.toggle('chosen', chosen);
		if (chosen) row.setAttribute('aria-current', 'true');
		else row.removeAttribute('aria-current');
	};
	const list = new VirtualList({
		class: 'events',
		label: 'Events',
		role: 'list',
		rowHeight: 22,
		row: (index) => {
			const entry = shown[index];
			if (!entry) return h('div', '');
			const stage = walk.stages.get(entry.stage);
			const name = stage
				? h(
						'button',
						{
							class: 'link event-stage',
							title: 'Go to this stage',
							attrs: { type: 'button' },
							on: { click: () => walk.goToStage(stage.id) },
						},
						stageLabel(stage),
					)
				: h('span', 'event-stage quiet', 'outside the stages');
			const row = eventRow(context, entry.event, name);
			dress(row, index);
			return row;
		},
		update: (row, index) => dress(row, index),
	});
	const filter = h('input', {
		class: 'filter',
		attrs: { type: 'search', placeholder: 'Filter', value: walk.filter },
		aria: { label: 'Filter the events' },
		on: { input: () => walk.search(filter.value) },
	});
	const show = () => {
		if (filter.value !== walk.filter) filter.value = walk.filter;
		const wanted = walk.filter.trim().toLowerCase();
		shown = entries.filter(
			({ event, text }) => (only.size === 0 || only.has(event.kind)) && (wanted === '' || text.includes(wanted)),
		);
		count.textContent =
			shown.length === entries.length
				? counted(entries.length, 'event')
				: `${shown.length} of ${counted(entries.length, 'event')}`;
		list.show(shown.length);
	};
	const choose = (kind: EventKind | undefined, several: boolean) => {
		const alone = only.size === 1;
		const had = kind !== undefined && only.delete(kind);
		if (!several) only.clear();
		if (kind !== undefined && !(had && (several || alone))) only.add(kind);
		for (const [of, chip] of chips) chip.setAttribute('aria-pressed', String(of === undefined ? only.size === 0 : only.has(of)));
		show();
	};
	const chips = [...(kinds.length > 1 ? [undefined] : []), ...kinds].map(
		(kind): readonly [kind: EventKind | undefined, chip: HTMLElement] => [
			kind,
			h(
				'button',
				{
					class: kind === undefined ? 'chip' : `chip kind-${kind}`,
					title: kind === undefined ? 'Events of every kind' : 'Only these; with Ctrl or ⌘, these as well',
					attrs: { type: 'button' },
					aria: { pressed: kind === undefined },
					on: { click: (click) => choose(kind, click.ctrlKey || click.metaKey || click.shiftKey) },
				},
				kind === undefined ? 'All' : `${eventNames[kind]} ${entries.filter(({ event }) => event.kind === kind).length}`,
			),
		],
	);
	show();
	const element = h(
		'div',
		'tab-body events-tab',
		h(
			'div',
			'filter-bar',
			filter,
			chips.map(([, chip]) => chip),
			count,
		),
		list.element,
	);
	const event = () => {
		const index = shown.findIndex((entry) => isChosen(entry, walk.event));
		if (index >= 0) list.reveal(index);
		list.refresh();
	};
	return { element, filter: show, step: () => list.refresh(), event };
}

const isChosen = (entry: Entry, chosen: EventRef | undefined) =>
	chosen !== undefined && entry.stage === chosen.stage && entry.index === chosen.event;

function entriesOf({ capture }: Context['walk']): readonly Entry[] {
	const of = (stage: number, events: readonly CycleEvent[]) =>
		events.map(
			(event, index): Entry => ({
				event,
				stage,
				index,
				text: `${eventNames[event.kind]} ${eventText(event).slice(0, 5000)} ${event.location?.file ?? ''}`.toLowerCase(),
			}),
		);
	const all = [...capture.stages.flatMap((stage) => of(stage.id, stage.events)), ...of(-1, capture.events ?? [])];
	return all.sort((a, b) => a.event.atNs - b.event.atNs);
}
