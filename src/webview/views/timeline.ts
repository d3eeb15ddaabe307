/** The waterfall: stages, templates, queries, cache and outgoing calls at their true times, drawn on a canvas. */
import type { CycleEvent, Stage } from '../../shared/capture';
import { durationLabel, stageLabel, timedEventText } from '../../shared/labels';
import { h } from '../dom';
import type { Context, View } from './view';

interface Bar {
	readonly from: number;
	readonly to: number;
	/** Row within the lane. */
	readonly row: number;
	readonly color: string;
	readonly label: string;
	readonly stage: number;
	readonly event?: CycleEvent;
}

interface Lane {
	readonly name: string;
	readonly rows: number;
	readonly bars: readonly Bar[];
}

const rowHeight = 11;
const laneGap = 5;
const axis = 16;
const labels = 62;
const deepest = 4;

export function timelineView({ walk }: Context): View {
	const { capture } = walk;
	const lanes = lanesOf(walk.capture.stages, capture.events ?? []);
	const end = Math.max(1, capture.durationNs, ...lanes.flatMap((lane) => lane.bars.map((bar) => bar.to)));
	const height = axis + lanes.reduce((sum, lane) => sum + lane.rows * rowHeight + laneGap, 0) + 2;
	const canvas = h('canvas', {
		class: 'timeline-canvas',
		role: 'img',
		aria: { label: `Timeline of ${durationLabel(end)}: ${lanes.map((lane) => `${lane.name} ${lane.bars.length}`).join(', ')}` },
	});
	const tip = h('div', { class: 'timeline-tip', aria: { hidden: true } });
	const element = h('section', { class: 'timeline', aria: { label: 'Timeline' } }, canvas, tip);
	canvas.style.height = `${height}px`;
	let width = 0;

	const x = (ns: number) => labels + (Math.max(0, ns) / end) * (width - labels - 6);
	const paint = () => {
		width = element.clientWidth;
		const context = canvas.getContext('2d');
		if (width === 0 || !context) return;
		const scale = window.devicePixelRatio || 1;
		if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
			canvas.width = Math.round(width * scale);
			canvas.height = Math.round(height * scale);
		}
		context.setTransform(scale, 0, 0, scale, 0, 0);
		context.clearRect(0, 0, width, height);
		const style = getComputedStyle(element);
		const color = (name: string) => style.getPropertyValue(`--${name}`).trim() || 'gray';
		context.font = `10px ${style.fontFamily}`;
		context.textBaseline = 'middle';
		paintAxis(context, color('text-quiet'), color('line'), end, x, height, width);
		let top = axis;
		for (const lane of lanes) {
			context.fillStyle = color('text-quiet');
			context.fillText(lane.name, 0, top + (lane.rows * rowHeight) / 2);
			for (const bar of lane.bars) {
				const chosen = walk.stage?.id === bar.stage;
				context.globalAlpha = chosen || walk.stage === undefined ? 1 : 0.55;
				context.fillStyle = color(bar.color);
				const left = x(bar.from);
				context.fillRect(left, top + bar.row * rowHeight + 1, Math.max(1.5, x(bar.to) - left), rowHeight - 2);
			}
			context.globalAlpha = 1;
			top += lane.rows * rowHeight + laneGap;
		}
		const now = x(Math.min(end, walk.current?.atNs ?? 0));
		context.fillStyle = color('focus');
		context.fillRect(Math.round(now), 0, 1.5, height);
	};

	const find = (event: MouseEvent): Bar | undefined => {
		const box = canvas.getBoundingClientRect();
		const [px, py] = [event.clientX - box.left, event.clientY - box.top];
		let top = axis;
		for (const lane of lanes) {
			const row = Math.floor((py - top) / rowHeight);
			if (py >= top && row < lane.rows) {
				const near = lane.bars.filter(
					(bar) => bar.row === row && px >= x(bar.from) - 3 && px <= Math.max(x(bar.to), x(bar.from) + 2) + 3,
				);
				return near.sort((a, b) => a.to - a.from - (b.to - b.from))[0];
			}
			top += lane.rows * rowHeight + laneGap;
		}
		return undefined;
	};
	canvas.addEventListener('mousemove', (event) => {
		const bar = find(event);
		tip.textContent = bar?.label ?? '';
		tip.hidden = bar === undefined;
		canvas.classList.toggle('over', bar !== undefined);
		if (!bar) return;
		const box = element.getBoundingClientRect();
		tip.style.left = `${Math.max(0, Math.min(event.clientX - box.left + 10, box.width - tip.offsetWidth - 4))}px`;
		tip.style.top = `${event.clientY - box.top + 14}px`;
	});
	canvas.addEventListener('mouseleave', () => {
		tip.hidden = true;
	});
	canvas.addEventListener('click', (event) => {
		const bar = find(event);
		if (!bar) return;
		walk.goToStage(bar.stage);
		if (bar.event) walk.open(bar.event.kind === 'sql' ? 'queries' : 'events');
	});
	tip.hidden = true;
	new ResizeObserver(paint).observe(element);
	// The theme arrives as custom properties of the root and classes of the body.
	const theme = new MutationObserver(paint);
	theme.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
	theme.observe(document.body, { attributes: true, attributeFilter: ['class'] });
	return { element, step: paint };
}

function paintAxis(
	context: CanvasRenderingContext2D,
	text: string,
	line: string,
	end: number,
	x: (ns: number) => number,
	height: number,
	width: number,
): void {
	const rough = end / Math.max(1, Math.floor((width - labels) / 70));
	const power = 10 ** Math.floor(Math.log10(rough));
	const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? rough;
	for (let at = 0; at <= end; at += step) {
		const left = Math.round(x(at));
		context.globalAlpha = 0.5;
		context.fillStyle = line;
		context.fillRect(left, axis - 3, 1, height - axis + 3);
		context.globalAlpha = 1;
		context.fillStyle = text;
		const label = at === 0 ? '0' : durationLabel(at).replace(/\.0+(?= )/, '');
		if (left + 3 + context.measureText(label).width < width) context.fillText(label, left + 3, 6);
	}
}

const stageColors: Readonly<Record<Stage['outcome'], string>> = {
	passed: 'passed',
	responded: 'responded',
	raised: 'raised',
	skipped: 'skipped',
};

function lanesOf(stages: readonly Stage[], outside: readonly CycleEvent[]): readonly Lane[] {
	const depths = new Map<number, number>();
	const stageBars: Bar[] = [];
	for (const stage of stages) {
		if (stage.outcome === 'skipped') continue;
		const depth = Math.min(deepest - 1, stage.parent === undefined ? 0 : (depths.get(stage.parent) ?? -1) + 1);
		depths.set(stage.id, depth);
		const color = stage.kind === 'template' && stage.outcome === 'passed' ? 'template' : stageColors[stage.outcome];
		const label = `${stageLabel(stage)} – ${durationLabel(stage.endNs - stage.startNs)}`;
		stageBars.push({ from: stage.startNs, to: stage.endNs, row: depth, color, label, stage: stage.id });
	}
	const lanes: Lane[] = [{ name: 'Stages', rows: Math.max(1, ...stageBars.map((bar) => bar.row + 1)), bars: stageBars }];
	const all = [
		...stages.flatMap((stage) => stage.events.map((event) => ({ event, stage: stage.id }))),
		...outside.map((event) => ({ event, stage: -1 })),
	];
	for (const [name, color, kinds] of eventLanes) {
		const bars = all
			.filter(({ event }) => kinds.includes(event.kind))
			.map(
				({ event, stage }): Bar => ({
					from: event.atNs,
					to: event.atNs + (event.durationNs ?? 0),
					row: 0,
					color,
					label: timedEventText(event).slice(0, 160),
					stage,
					event,
				}),
			);
		if (bars.length > 0) lanes.push({ name, rows: 1, bars });
	}
	return lanes;
}

const eventLanes: readonly (readonly [name: string, color: string, kinds: readonly CycleEvent['kind'][]])[] = [
	['SQL', 'sql', ['sql']],
	['Cache', 'cache', ['cache']],
	['HTTP', 'http', ['http']],
	['Events', 'event', ['log', 'signal', 'mail', 'message']],
	['Exceptions', 'raised', ['exception']],
];
