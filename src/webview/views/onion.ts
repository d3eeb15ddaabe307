/**
 * The request's way in and out, drawn as an onion cut open: one row a middleware, its half of the way in to the left, of the
 * way out to the right, whatever lies in the middle between them.
 */
import type { Stage } from '../../shared/capture';
import { durationLabel, shortName, stageLabel } from '../../shared/labels';
import { type Child, clipped, h } from '../dom';
import { icon } from '../icons';
import { VirtualList } from '../virtualList';
import { outcomeText } from './parts';
import type { Context, View } from './view';

const rowHeight = 22;

type Row =
	| {
			readonly kind: 'layer';
			readonly name: string;
			readonly in?: Stage;
			readonly out?: Stage;
			readonly depth: number;
			readonly neverRan: boolean;
	  }
	| { readonly kind: 'core'; readonly stage: Stage; readonly depth: number; readonly layers: number };

export function onionView({ walk }: Context): View {
	const rows = rowsOf(walk);
	const longest = [...walk.stages.values()].reduce((most, stage) => Math.max(most, stage.selfNs), 1);
	const layers = walk.story.onion.layers.length;
	const id = (stage: Stage) => `stage-${stage.id}`;

	/** What changes from step to step: whether the walk stands there, and whether it came so far. */
	const dress = (element: HTMLElement, stage: Stage) => {
		const current = walk.stage?.id === stage.id;
		element.classList.toggle('current', current);
		element.classList.toggle('ahead', (walk.stepOf(stage.id) ?? 0) > walk.step);
		const selected = String(current);
		if (element.getAttribute('aria-selected') !== selected) element.setAttribute('aria-selected', selected);
	};

	const half = (stage: Stage | undefined, side: 'in' | 'out', label: string): HTMLElement => {
		if (!stage) return h('span', { class: `half half-${side} half-none`, aria: { hidden: true } });
		const time = stage.outcome === 'skipped' ? '' : durationLabel(stage.selfNs);
		const element = h(
			'span',
			{
				class: `half half-${side} outcome-${stage.outcome}`,
				id: id(stage),
				role: 'option',
				title: `${label}: ${outcomeText(stage.outcome).toLowerCase()}${time === '' ? '' : `, ${time} of its own`}`,
				aria: {
					label: `${label}, ${outcomeText(stage.outcome).toLowerCase()}${time === '' ? '' : `, ${time}`}`,
				},
				style: { '--part': barLength(stage.selfNs, longest) },
				on: { click: () => walk.goToStage(stage.id) },
			},
			h('span', 'half-time', time),
			h('span', 'half-bar'),
			stage.outcome === 'passed' ? undefined : icon(stage.outcome),
		);
		dress(element, stage);
		return element;
	};

	const row = (index: number): HTMLElement => {
		const entry = rows[index];
		if (!entry) return h('div', 'onion-row');
		const style = {
			'--depth': entry.kind === 'layer' ? entry.depth : entry.layers,
			'--nest': entry.kind === 'core' ? entry.depth : 0,
		} as const;
		if (entry.kind === 'core') {
			const { stage } = entry;
			return h(
				'div',
				{ class: `onion-row core core-${stage.kind.replace('.', '-')}`, role: 'presentation', style },
				h(
					'span',
					{
						class: `core-name${stage.outcome === 'skipped' ? ' never' : ''}`,
						role: 'presentation',
						aria: { hidden: true },
						on: { click: () => walk.goToStage(stage.id) },
					},
					coreName(stage),
				),
				half(stage, 'out', stageLabel(stage)),
			);
		}
		const short = clipped(shortName(entry.name), 120);
		return h(
			'div',
			{ class: `onion-row layer${entry.neverRan ? ' never' : ''}`, role: 'presentation', style },
			half(entry.in, 'in', `${short} in`),
			h(
				'span',
				{
					class: 'layer-name',
					title: clipped(entry.name, 500),
					aria: { hidden: true },
					on: { click: () => (entry.in ?? entry.out) && walk.goToStage((entry.in ?? entry.out)?.id ?? 0) },
				},
				layerName(short),
			),
			half(entry.out, 'out', `${short} out`),
		);
	};

	const list = new VirtualList({
		class: 'onion-rows',
		label: 'The cycle, outermost first',
		role: 'listbox',
		rowHeight,
		row,
		update: (element, index) => {
			for (const stage of stagesOf(rows[index])) {
				const shown = element.querySelector<HTMLElement>(`:scope > #${id(stage)}`);
				if (shown) dress(shown, stage);
			}
		},
		positions: false,
	});
	const rowOf = new Map<number, number>();
	rows.forEach((entry, index) => {
		for (const stage of stagesOf(entry)) rowOf.set(stage.id, index);
	});
	const show = () => {
		const stage = walk.stage;
		const index = stage === undefined ? (walk.step === 0 ? 0 : undefined) : rowOf.get(stage.id);
		if (index !== undefined) list.reveal(index);
		list.refresh();
		if (stage) list.element.setAttribute('aria-activedescendant', id(stage));
		else list.element.removeAttribute('aria-activedescendant');
	};
	list.show(rows.length);
	const element = h(
		'section',
		{ class: 'onion', aria: { label: 'Onion' } },
		h(
			'div',
			{ class: 'onion-head', aria: { hidden: true } },
			h('span', 'onion-in', icon('down'), 'request'),
			h('span', 'onion-out', 'response', icon('up')),
		),
		list.element,
		foot(layers),
	);
	element.style.setProperty('--inset', `${Math.max(2, Math.min(6, Math.floor(66 / Math.max(1, layers))))}px`);
	// Many layers are closed with less room below: what lies in the middle wants it.
	element.style.setProperty('--foot', `${Math.min(2, Math.floor(22 / Math.max(1, layers)))}px`);
	show();
	return { element, step: show };
}

function stagesOf(row: Row | undefined): readonly Stage[] {
	if (!row) return [];
	return row.kind === 'core' ? [row.stage] : [row.in, row.out].filter((stage) => stage !== undefined);
}

/** The layers closed below, one within the other. */
function foot(layers: number): HTMLElement {
	let inner = h('div', { class: 'onion-foot', aria: { hidden: true } });
	for (let layer = 1; layer < Math.min(layers, 40); layer++)
		inner = h('div', { class: 'onion-foot', aria: { hidden: true } }, inner);
	return inner;
}

/** `SessionMiddleware`, its second half quiet, for all of them end so. */
function layerName(short: string): readonly Child[] {
	const end = /^(.+)(Middleware)$/.exec(short);
	return end ? [end[1] ?? '', h('span', 'quiet', end[2] ?? '')] : [short];
}

function rowsOf(walk: Context['walk']): readonly Row[] {
	const { onion } = walk.story;
	const of = (stage: number | undefined) => (stage === undefined ? undefined : walk.stages.get(stage));
	const layers = onion.layers.map((layer, depth): Row => {
		const [inside, outside] = [of(layer.in), of(layer.out)];
		return {
			kind: 'layer',
			name: layer.name,
			depth,
			neverRan: layer.neverRan,
			...(inside ? { in: inside } : {}),
			...(outside ? { out: outside } : {}),
		};
	});
	const core = onion.core.flatMap(({ stage, depth }): Row[] => {
		const found = of(stage);
		return found ? [{ kind: 'core', stage: found, depth, layers: onion.layers.length }] : [];
	});
	return [...layers, ...core];
}

/** A stage's share of the longest, by its square root, so that short ones still show. */
function barLength(ns: number, longest: number): number {
	return Math.round(Math.sqrt(Math.max(0, ns) / longest) * 1000) / 1000;
}

function coreName(stage: Stage): string {
	const name = clipped(stage.name, 200);
	if (stage.kind === 'resolve') return 'URL resolver';
	if (stage.kind === 'view') return name === '' ? 'View' : name;
	if (stage.kind === 'template' || stage.kind === 'static') return name;
	if (stage.kind === 'handler') return shortName(name);
	return stageLabel(stage).replace('Middleware.', '.');
}
