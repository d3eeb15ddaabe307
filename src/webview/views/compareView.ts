/** Two captures side by side, stage beside stage, with the place where they part. */
import type { Capture, Stage } from '../../shared/capture';
import { durationLabel } from '../../shared/labels';
import { type ComparedStages, type Comparison, type Difference, type Story, stagesById } from '../../shared/story';
import { type Child, clipped, fill, h } from '../dom';
import { icon } from '../icons';
import { VirtualList } from '../virtualList';
import { outcomeText, section, statusClass } from './parts';

export interface Compared {
	readonly left: Capture;
	readonly right: Capture;
	readonly comparison: Comparison;
	readonly stories: { readonly left: Story; readonly right: Story };
}

export function compareView({ left, right, comparison, stories }: Compared): HTMLElement {
	const stages = { left: stagesById(left, stories.left), right: stagesById(right, stories.right) };
	const { pairs } = comparison;
	let chosen = comparison.parting ?? 0;
	const detail = h('div', { class: 'compare-detail', aria: { live: 'polite' } });
	const choose = (index: number) => {
		chosen = Math.max(0, Math.min(pairs.length - 1, index));
		list.refresh();
		list.reveal(chosen);
		list.element.setAttribute('aria-activedescendant', `pair-${chosen}`);
		const pair = pairs[chosen];
		fill(detail, pair ? pairDetail(pair, chosen === comparison.parting) : undefined);
	};
	const list = new VirtualList({
		class: 'compare-rows',
		label: 'Stages of both captures',
		role: 'listbox',
		rowHeight: 22,
		row: (index) => {
			const pair = pairs[index];
			if (!pair) return h('div', '');
			const state = index === comparison.parting ? ' parting' : pair.differences.length > 0 ? ' differs' : '';
			return h(
				'div',
				{
					class: `compare-row${state}${index === chosen ? ' current' : ''}`,
					id: `pair-${index}`,
					role: 'option',
					aria: { selected: index === chosen },
					on: { click: () => choose(index) },
				},
				side(stages.left.get(pair.left ?? Number.NaN)),
				h('span', { class: 'compare-name', title: pair.label }, pair.label),
				side(stages.right.get(pair.right ?? Number.NaN)),
				h(
					'span',
					'compare-count',
					index === comparison.parting ? 'parts here' : pair.differences.length > 0 ? `${pair.differences.length}` : '',
				),
			);
		},
	});
	list.element.addEventListener('keydown', (event) => {
		const move = { ArrowDown: chosen + 1, j: chosen + 1, ArrowUp: chosen - 1, k: chosen - 1, Home: 0, End: pairs.length - 1 }[
			event.key
		];
		if (move === undefined) return;
		event.preventDefault();
		choose(move);
	});
	list.show(pairs.length);
	const element = h(
		'div',
		'compare',
		h('header', 'compare-head', captureHead(left, stories.left, 'Left'), captureHead(right, stories.right, 'Right')),
		h('p', `compare-summary${comparison.parting === undefined ? '' : ' callout callout-responded'}`, comparison.summary),
		h(
			'div',
			'compare-body',
			list.element,
			h(
				'div',
				'compare-side',
				detail,
				differencesSection('Requests', comparison.request),
				differencesSection('Responses', comparison.response),
			),
		),
	);
	requestAnimationFrame(() => choose(chosen));
	return element;
}

function captureHead(capture: Capture, story: Story, name: string): HTMLElement {
	const { request } = capture;
	return h(
		'div',
		{ class: 'compare-capture', role: 'group', aria: { label: name } },
		h('div', 'request-line', h('span', 'method', request.method), ' ', h('span', 'path', clipped(request.path, 200))),
		h(
			'div',
			'',
			h('span', statusClass(capture.response?.status), story.verdict.title),
			h('span', 'quiet', ` ${durationLabel(capture.durationNs)}`),
		),
		h('p', 'quiet', clipped(story.verdict.text, 300)),
	);
}

function side(stage: Stage | undefined): HTMLElement {
	if (!stage) return h('span', { class: 'compare-cell none', title: 'Not there' }, '–');
	return h(
		'span',
		{ class: `compare-cell outcome-${stage.outcome}`, title: outcomeText(stage.outcome) },
		icon(stage.outcome),
		stage.outcome === 'skipped' ? outcomeText('skipped').toLowerCase() : durationLabel(stage.selfNs),
	);
}

function pairDetail(pair: ComparedStages, parting: boolean): Child {
	return section(
		`${pair.label}${parting ? ' – here they part' : ''}`,
		pair.differences.length > 0 ? differenceTable(pair.differences) : h('p', 'note', 'The same on both sides.'),
	);
}

function differencesSection(title: string, differences: readonly Difference[]): Child {
	return section(title, differences.length > 0 ? differenceTable(differences) : h('p', 'note', 'The same on both sides.'));
}

function differenceTable(differences: readonly Difference[]): HTMLElement {
	const cell = (text: string | undefined) => h('td', 'mono', text === undefined ? h('span', 'quiet', '–') : clipped(text, 400));
	return h(
		'table',
		'differences',
		h(
			'thead',
			'',
			h(
				'tr',
				'',
				['What', 'Left', 'Right'].map((title) => h('th', { attrs: { scope: 'col' } }, title)),
			),
		),
		h(
			'tbody',
			'',
			differences
				.slice(0, 200)
				.map(({ what, left, right }) =>
					h('tr', '', h('th', { class: 'mono', attrs: { scope: 'row' } }, clipped(what, 200)), cell(left), cell(right)),
				),
		),
	);
}
