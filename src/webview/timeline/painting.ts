/** The timeline's two pictures: the bars, drawn when what is shown changes, and over them the choice, drawn at each step. */
import { durationLabel } from '../../shared/labels';
import type { TimeWindow } from '../timeWindow';
import type { Bar, Lane } from './lanes';

export const rowHeight = 11;
const laneGap = 5;
/** Height of the axis. */
const axis = 16;
/** Width of the lanes' names. */
export const gutter = 62;
/** Room at the right end, so that what happened last can be seen. */
const margin = 6;

/** Where times and lanes are on the picture, in pixels of the page. */
export class Layout {
	readonly height: number;
	private readonly tops: readonly number[];
	width = 0;

	constructor(
		readonly lanes: readonly Lane[],
		readonly times: TimeWindow,
	) {
		let top = axis;
		this.tops = lanes.map((lane) => {
			const own = top;
			top += lane.rows * rowHeight + laneGap;
			return own;
		});
		this.height = top + 2;
	}

	x(ns: number): number {
		return gutter + ((ns - this.times.from) / this.times.length) * this.plotWidth;
	}

	timeAt(x: number): number {
		const part = Math.max(0, Math.min(1, (x - gutter) / this.plotWidth));
		return this.times.from + part * this.times.length;
	}

	top(lane: number): number {
		return this.tops[lane] ?? axis;
	}

	/** Where a bar is drawn: never thinner than can be seen. */
	box(bar: Bar): { readonly left: number; readonly top: number; readonly width: number } {
		const left = Math.max(gutter - 1, this.x(bar.from));
		const width = Math.min(this.width, this.x(bar.to)) - left;
		return { left, top: this.top(bar.lane) + bar.row * rowHeight + 1, width: Math.max(1.5, width) };
	}

	/** The shortest bar at a point, or within three pixels of it. */
	find(x: number, y: number): Bar | undefined {
		const lane = this.lanes.findIndex((one, at) => y >= this.top(at) && y < this.top(at) + one.rows * rowHeight);
		const row = Math.floor((y - this.top(lane)) / rowHeight);
		let found: Bar | undefined;
		for (const bar of this.lanes[lane]?.bars ?? []) {
			if (bar.row !== row || x < this.x(bar.from) - 3 || x > Math.max(this.x(bar.to), this.x(bar.from) + 2) + 3) continue;
			if (!found || bar.to - bar.from < found.to - found.from) found = bar;
		}
		return found;
	}

	private get plotWidth(): number {
		return Math.max(1, this.width - gutter - margin);
	}
}

/** The theme's colour behind a custom property's name. */
export type Color = (name: string) => string;

/** Makes a canvas as sharp as the screen, empties it, and gives its context in pixels of the page. */
function prepared(canvas: HTMLCanvasElement, { width, height }: Layout): CanvasRenderingContext2D | undefined {
	const context = canvas.getContext('2d');
	if (!context || width === 0) return undefined;
	const scale = window.devicePixelRatio || 1;
	const [wide, high] = [Math.round(width * scale), Math.round(height * scale)];
	if (canvas.width !== wide || canvas.height !== high) {
		canvas.width = wide;
		canvas.height = high;
	}
	context.setTransform(scale, 0, 0, scale, 0, 0);
	context.clearRect(0, 0, width, height);
	return context;
}

export function paintBars(canvas: HTMLCanvasElement, layout: Layout, color: Color, font: string): void {
	const context = prepared(canvas, layout);
	if (!context) return;
	context.font = `10px ${font}`;
	context.textBaseline = 'middle';
	paintAxis(context, layout, color);
	context.fillStyle = color('text-quiet');
	for (const [at, lane] of layout.lanes.entries()) context.fillText(lane.name, 0, layout.top(at) + (lane.rows * rowHeight) / 2);
	for (const lane of layout.lanes) paint(context, layout, lane.bars, color);
}

/** What is chosen: its bars bright and the rest dimmed, the moment of the walk, and a range that is being chosen. */
export interface Choice {
	readonly bars: readonly Bar[] | undefined;
	readonly atNs: number;
	readonly range: readonly [number, number] | undefined;
}

export function paintChoice(canvas: HTMLCanvasElement, layout: Layout, color: Color, { bars, atNs, range }: Choice): void {
	const context = prepared(canvas, layout);
	if (!context) return;
	const { width, height } = layout;
	if (bars) {
		context.globalAlpha = 0.5;
		context.fillStyle = color('ground');
		context.fillRect(gutter - 1, axis, width, height);
		context.globalAlpha = 1;
		paint(context, layout, bars, color);
	}
	context.fillStyle = color('focus');
	if (range) {
		const [left, right] = [layout.x(range[0]), layout.x(range[1])].sort((a, b) => a - b) as [number, number];
		context.globalAlpha = 0.25;
		context.fillRect(Math.max(gutter, left), 0, right - Math.max(gutter, left), height);
		context.globalAlpha = 1;
		for (const edge of [left, right]) if (edge >= gutter) context.fillRect(Math.round(edge), 0, 1, height);
	}
	const now = layout.x(atNs);
	if (now >= gutter - 1 && now <= width) context.fillRect(Math.round(now), 0, 1.5, height);
}

/** Bars that end within a pixel that their row already has in that colour would not be seen: thousands cost what a row's width costs. */
function paint(context: CanvasRenderingContext2D, layout: Layout, bars: readonly Bar[], color: Color): void {
	const drawn = new Map<number, { right: number; color: string }>();
	for (const bar of bars) {
		if (bar.to < layout.times.from || bar.from > layout.times.to) continue;
		const { left, top, width } = layout.box(bar);
		const last = drawn.get(top);
		if (last && last.color === bar.color && left + width <= last.right + 0.5) continue;
		drawn.set(top, { right: left + width, color: bar.color });
		context.fillStyle = color(bar.color);
		context.fillRect(left, top, width, rowHeight - 2);
	}
}

function paintAxis(context: CanvasRenderingContext2D, layout: Layout, color: Color): void {
	const { times, width, height } = layout;
	const rough = times.length / Math.max(1, Math.floor((width - gutter) / 70));
	const power = 10 ** Math.floor(Math.log10(rough));
	const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? rough;
	for (let at = Math.ceil(times.from / step) * step; at <= times.to; at += step) {
		const left = Math.round(layout.x(at));
		context.globalAlpha = 0.5;
		context.fillStyle = color('line');
		context.fillRect(left, axis - 3, 1, height - axis + 3);
		context.globalAlpha = 1;
		context.fillStyle = color('text-quiet');
		const label = at === 0 ? '0' : durationLabel(at).replace(/\.0+(?= )/, '');
		if (left + 3 + context.measureText(label).width < width) context.fillText(label, left + 3, 6);
	}
}
