/** Request and response as they are where the walk stands, complete; what this stage changed is marked. */
import { stageLabel } from '../../shared/labels';
import { type StateLine, stateAt } from '../../shared/story';
import { clipped, fill, h } from '../dom';
import { note } from './parts';
import { inlineValue, valueView } from './value';
import type { Context, View } from './view';

const groups: readonly (readonly [title: string, fits: RegExp])[] = [
	['Response', /^response(?:\.(?!headers\[|cookies\[)|$)/],
	['Response headers', /^response\.headers\[/],
	['Response cookies', /^response\.cookies\[/],
	['Session', /^request\.session/],
	['Request headers', /^request\.headers\[/],
	['META', /^request\.META\[/],
	['Request', /^request/],
];

export function stateTab(context: Context): View {
	const { walk } = context;
	const list = h('div', 'state-groups');
	const filter = h('input', {
		class: 'filter',
		attrs: { type: 'search', placeholder: 'Filter by name or value', value: walk.filter },
		aria: { label: 'Filter the state' },
		on: { input: () => walk.search(filter.value) },
	});
	let kept: ReadonlyMap<string, KeptRow> = new Map();
	const show = () => {
		if (filter.value !== walk.filter) filter.value = walk.filter;
		const wanted = walk.filter.trim().toLowerCase();
		const lines = stateAt(walk.story, walk.step).filter(
			(line) => wanted === '' || `${line.path} ${line.value.repr}`.toLowerCase().includes(wanted),
		);
		const grouped = new Map<string, StateLine[]>(groups.map(([title]) => [title, []]));
		for (const line of lines) grouped.get(groups.find(([, fits]) => fits.test(line.path))?.[0] ?? 'Request')?.push(line);
		const order = ['Request', 'Session', 'Response', 'Response headers', 'Response cookies', 'Request headers', 'META'];
		const rows = new Map<string, KeptRow>();
		const rowOf = (line: StateLine) => {
			const known = kept.get(line.path);
			const whole = known && isSame(known.line, line) ? known : { line, row: row(context, line) };
			rows.set(line.path, whole);
			return whole.row;
		};
		fill(
			list,
			order.map((title) => {
				const of = grouped.get(title) ?? [];
				return of.length > 0 && h('section', 'section', h('h3', '', title), h('dl', 'pairs state', of.map(rowOf)));
			}),
			lines.length === 0 && note(wanted === '' ? 'Nothing is known of the state here.' : 'Nothing fits the filter.'),
		);
		kept = rows;
	};
	show();
	return { element: h('div', 'tab-body', h('div', 'filter-bar', filter), list), step: show, filter: show };
}

/** A row that stands stays what it was, opened or not, while its line is the same. */
interface KeptRow {
	readonly line: StateLine;
	readonly row: HTMLElement;
}

const isSame = (a: StateLine, b: StateLine) =>
	a.value === b.value && a.by === b.by && a.now === b.now && a.before === b.before && a.removed === b.removed;

function row({ walk }: Context, line: StateLine): HTMLElement {
	const by = line.by === undefined ? undefined : walk.stages.get(line.by);
	const name = /\[(.*)\]$/s.exec(clipped(line.path, 1000))?.[1] ?? line.path.replace(/^(?:request|response)\./, '');
	const mark = line.removed ? 'removed' : line.now ? (line.before ? 'changed' : 'added') : by ? 'touched' : '';
	return h(
		'div',
		`pair-row ${mark}${line.now ? ' now' : ''}`,
		h('dt', { class: 'mono', title: clipped(line.path, 2000) }, clipped(name, 200)),
		h(
			'dd',
			'',
			line.now && line.before && !line.removed
				? [h('span', 'was', inlineValue(line.before)), h('span', 'arrow', ' → ')]
				: undefined,
			valueView(line.value),
			line.removed ? h('span', 'quiet', ' removed here') : undefined,
			by && !line.now
				? h(
						'button',
						{
							class: 'link by',
							title: `Changed by ${stageLabel(by)}`,
							attrs: { type: 'button' },
							on: { click: () => walk.goToStage(by.id) },
						},
						stageLabel(by),
					)
				: undefined,
		),
	);
}
