/**
 * The waterfall: stages, templates, queries, cache and outgoing calls at their true times. The bars are pictures; to the
 * keyboard and to a screen reader they are the options of a list, of which only the active one exists as an element.
 */
import { durationLabel, stageLabel } from '../../shared/labels';
import { h } from '../dom';
import { tool } from '../views/tool';
import type { Context, View } from '../views/view';
import type { Walk } from '../walk';
import { type Bar, lanesOf, sending } from './lanes';
import { Layout, paintBars, paintChoice } from './painting';
import { pointing } from './pointing';

export function timelineView({ walk }: Context): View {
	const lanes = lanesOf(walk.capture);
	const layout = new Layout(lanes, walk.window);
	const barsOf = new Map<number, Bar[]>();
	const stageBar = new Map<number, Bar>();
	for (const bar of lanes.flatMap((lane) => lane.bars)) {
		const own = barsOf.get(bar.stage);
		if (own) own.push(bar);
		else barsOf.set(bar.stage, [bar]);
		if (!bar.event) stageBar.set(bar.stage, bar);
	}
	/** The option of the list; its first one while the walk stands at none. */
	let active = lanes[0]?.bars[0] ?? lanes[1]?.bars[0];
	/** A range that is being chosen, by the mouse or with Shift. */
	let range: readonly [number, number] | undefined;

	const bars = h('canvas', { class: 'timeline-canvas', aria: { hidden: true } });
	const choice = h('canvas', { class: 'timeline-canvas', aria: { hidden: true } });
	const option = h('div', { class: 'timeline-active', role: 'option' });
	const tip = h('div', { class: 'timeline-tip', aria: { hidden: true }, attrs: { hidden: true } });
	const list = h(
		'div',
		{
			class: 'timeline-plot',
			role: 'listbox',
			tabIndex: 0,
			aria: {
				label: `Timeline of ${durationLabel(walk.window.end)}: ${lanes.map((lane) => `${lane.name} ${lane.bars.length}`).join(', ')}`,
				orientation: 'horizontal',
			},
		},
		bars,
		choice,
		option,
	);
	list.style.height = `${layout.height}px`;
	const shown = h('span', { class: 'timeline-shown quiet' });
	const { tools, update: updateTools } = zoomTools(walk);
	const element = h(
		'section',
		{ class: 'timeline', aria: { label: 'Timeline' } },
		h('div', 'timeline-head', shown, tools),
		h('div', 'timeline-scroll', list),
		tip,
	);

	let colors = new Map<string, string>();
	let font = 'sans-serif';
	const color = (name: string) => {
		let found = colors.get(name);
		if (found === undefined) {
			found = getComputedStyle(element).getPropertyValue(`--${name}`).trim() || 'gray';
			colors.set(name, found);
		}
		return found;
	};

	const paintStep = () => {
		const stage = walk.stage?.id;
		paintChoice(choice, layout, color, {
			bars: stage === undefined ? undefined : (barsOf.get(stage) ?? []),
			atNs: walk.current?.atNs ?? 0,
			range,
		});
		placeOption();
	};
	const paintAll = () => {
		paintBars(bars, layout, color, font);
		const { from, to, whole } = walk.window;
		shown.textContent = whole ? durationLabel(to) : `${durationLabel(from)} – ${durationLabel(to)}`;
		updateTools();
		paintStep();
	};

	/** Beside a point of the plot: below it where there is room, else above. */
	const showTip = (bar: Bar | undefined, x: number, y: number) => {
		tip.hidden = bar === undefined;
		if (!bar) return;
		tip.textContent = bar.label;
		const [plot, whole] = [list.getBoundingClientRect(), element.getBoundingClientRect()];
		const top = plot.top - whole.top + y;
		const above = top + 14 + tip.offsetHeight > whole.height;
		tip.style.top = `${above ? top - tip.offsetHeight - 12 : top + 14}px`;
		tip.style.left = `${Math.max(0, Math.min(x + 10, layout.width - tip.offsetWidth - 4))}px`;
	};
	const placeOption = () => {
		option.hidden = active === undefined;
		if (!active) {
			list.removeAttribute('aria-activedescendant');
			return;
		}
		const { left, top, width } = layout.box(active);
		option.style.transform = `translate(${left - 2}px, ${top - 2}px)`;
		option.style.width = `${width + 4}px`;
		option.classList.toggle('outside', active.to < walk.window.from || active.from > walk.window.to);
		option.setAttribute('aria-selected', String(active.stage === walk.stage?.id));
		const id = `bar-${active.lane}-${active.index}`;
		if (option.id === id) return;
		// A name of its own for each bar: a screen reader tells of another option only when it is another element.
		option.id = id;
		const lane = lanes[active.lane];
		const where = active.event ? `, in ${stageName(walk, active.stage)}` : '';
		option.setAttribute('aria-label', `${lane?.name ?? ''}: ${active.label}${where}, at ${durationLabel(active.from)}`);
		option.setAttribute('aria-posinset', String(active.index + 1));
		option.setAttribute('aria-setsize', String(lane?.bars.length ?? 1));
		list.setAttribute('aria-activedescendant', id);
	};

	/** Chooses what a bar stands for; the onion and the lists follow the walk. */
	const choose = (bar: Bar, open: boolean) => {
		if (open) openTab(walk, bar);
		if (bar.event) walk.goToEvent(bar.event);
		else if (bar.stage === sending) walk.go(walk.last);
		else walk.goToStage(bar.stage);
		active = bar;
		if (walk.window.include(bar.from, bar.to)) walk.showTimes(walk.window.from, walk.window.to);
		else paintStep();
	};
	const setRange = (from: number, to: number) => {
		range = [from, to];
		paintStep();
	};
	const endRange = (zoom: boolean) => {
		const [from, to] = range ?? [0, 0];
		range = undefined;
		if (zoom && from !== to) walk.showTimes(from, to);
		else paintStep();
	};

	pointing(list, layout, walk, { choose: (bar) => choose(bar, true), tip: showTip, setRange, endRange });

	/** The bar that a key leads to from the active one. */
	const neighbour = (key: string): Bar | undefined => {
		const lane = lanes[active?.lane ?? 0]?.bars ?? [];
		if (!active) return lane[0];
		switch (key) {
			case 'ArrowLeft':
				return lane[active.index - 1];
			case 'ArrowRight':
				return lane[active.index + 1];
			case 'Home':
				return lane[0];
			case 'End':
				return lane.at(-1);
			case 'ArrowUp':
				return nearest(lanes[active.lane - 1]?.bars, active.from);
			case 'ArrowDown':
				return nearest(lanes[active.lane + 1]?.bars, active.from);
			default:
				return undefined;
		}
	};
	list.addEventListener('keydown', (event) => {
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		const { key } = event;
		if (active && /^[-+=]$/.test(key)) walk.zoom(key === '-' ? 0.5 : 2, (active.from + active.to) / 2);
		else if (key === 'PageUp' || key === 'PageDown') walk.panTimes(key === 'PageUp' ? -0.5 : 0.5);
		else if (key === 'Escape' && range) endRange(false);
		else if (key === 'Escape' && !walk.window.whole) walk.showTimes();
		else if (key === 'Enter' && range) endRange(true);
		else if (key === 'Enter' && active?.event) choose(active, true);
		else if (/^(?:Arrow|Home$|End$)/.test(key)) {
			const from = range?.[0] ?? active?.from ?? 0;
			const next = neighbour(key);
			if (next) choose(next, false);
			if (event.shiftKey && active) setRange(from, Math.max(active.to, from + 1));
			if (active) showTip(active, layout.box(active).left, layout.box(active).top);
		} else return;
		event.preventDefault();
	});
	list.addEventListener('blur', () => {
		tip.hidden = true;
	});

	/** What was zoomed into before a reload is shown as it was, wherever the walk stands. */
	let placed = false;
	const step = () => {
		const { stage } = walk;
		if (stage && (active?.stage !== stage.id || !walk.event)) active = stageBar.get(stage.id) ?? active;
		if (placed && active && stage?.id === active.stage && walk.window.include(active.from, active.to)) paintAll();
		else paintStep();
		placed = true;
	};
	walk.onChange((what) => what === 'window' && paintAll());
	new ResizeObserver(() => {
		layout.width = list.clientWidth;
		paintAll();
	}).observe(list);
	// The theme arrives as custom properties of the root and classes of the body.
	const restyle = () => {
		// Another capture has taken the page.
		if (!element.isConnected) return theme.disconnect();
		colors = new Map();
		font = getComputedStyle(element).fontFamily;
		paintAll();
	};
	const theme = new MutationObserver(restyle);
	theme.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
	theme.observe(document.body, { attributes: true, attributeFilter: ['class'] });
	return { element, step };
}

const stageName = (walk: Walk, id: number) => {
	const stage = walk.stages.get(id);
	return stage ? stageLabel(stage) : 'no stage';
};

function openTab(walk: Walk, bar: Bar): void {
	if (bar.event) walk.open(bar.event.kind === 'sql' ? 'queries' : 'events');
}

/** The bar that begins nearest to a time; they are in its order. */
function nearest(bars: readonly Bar[] | undefined, ns: number): Bar | undefined {
	return bars?.reduce((best, bar) => (Math.abs(bar.from - ns) < Math.abs(best.from - ns) ? bar : best));
}

function zoomTools(walk: Walk): { readonly tools: HTMLElement; readonly update: () => void } {
	const zoomOut = tool('zoomOut', 'Zoom out', () => walk.zoom(0.5), '-');
	const zoomIn = tool('zoomIn', 'Zoom in', () => walk.zoom(2), '+');
	const whole = tool('whole', 'Show the whole request', () => walk.showTimes(), '0');
	const tools = h(
		'div',
		{ class: 'tool-group', role: 'toolbar', aria: { label: 'Zoom of the timeline' } },
		zoomOut,
		zoomIn,
		whole,
	);
	const update = () => {
		for (const button of [zoomOut, whole]) button.disabled = walk.window.whole;
	};
	update();
	return { tools, update };
}
