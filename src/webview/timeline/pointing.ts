/** The timeline by mouse and wheel: a click chooses, dragging chooses a range to zoom into, Ctrl and the wheel zoom. */
import type { Walk } from '../walk';
import type { Bar } from './lanes';
import { gutter, type Layout } from './painting';

export interface Pointed {
	choose(bar: Bar): void;
	/** Pixels of the plot; no bar hides it. */
	tip(bar: Bar | undefined, x: number, y: number): void;
	/** Nanoseconds. */
	setRange(from: number, to: number): void;
	endRange(zoom: boolean): void;
}

/** A drag that is shorter is a click. Pixels. */
const still = 4;

export function pointing(plot: HTMLElement, layout: Layout, walk: Walk, { choose, tip, setRange, endRange }: Pointed): void {
	const at = (event: MouseEvent): readonly [x: number, y: number] => {
		const box = plot.getBoundingClientRect();
		return [event.clientX - box.left, event.clientY - box.top];
	};
	let pressed: number | undefined;
	let dragging = false;

	plot.addEventListener('pointerdown', (event) => {
		const [x] = at(event);
		if (event.button !== 0 || x < gutter) return;
		pressed = x;
		plot.setPointerCapture(event.pointerId);
	});
	plot.addEventListener('pointermove', (event) => {
		const [x, y] = at(event);
		dragging ||= pressed !== undefined && Math.abs(x - pressed) > still;
		if (dragging && pressed !== undefined) {
			setRange(layout.timeAt(pressed), layout.timeAt(x));
			tip(undefined, x, y);
			return;
		}
		const bar = layout.find(x, y);
		plot.classList.toggle('over', bar !== undefined);
		tip(bar, x, y);
	});
	plot.addEventListener('pointerup', (event) => {
		if (dragging) endRange(true);
		else {
			const bar = layout.find(...at(event));
			if (bar) choose(bar);
		}
		pressed = undefined;
		dragging = false;
	});
	plot.addEventListener('pointercancel', () => {
		if (dragging) endRange(false);
		pressed = undefined;
		dragging = false;
	});
	plot.addEventListener('pointerleave', () => tip(undefined, 0, 0));
	plot.addEventListener(
		'wheel',
		(event) => {
			if (event.ctrlKey || event.metaKey) walk.zoom(2 ** (-event.deltaY / 200), layout.timeAt(at(event)[0]));
			else if (!walk.window.whole && (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)))
				walk.panTimes((event.deltaX || event.deltaY) / Math.max(1, layout.width));
			else return;
			event.preventDefault();
		},
		{ passive: false },
	);
}
