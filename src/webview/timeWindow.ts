/** Which part of the request's time the timeline shows: the whole, or what was zoomed into. Times are nanoseconds. */
import type { Capture } from '../shared/capture';

/** A window is never shorter than this, nor than a millionth of the whole. */
const shortest = 1000;

/** The part of a request's time that is shown. */
export class TimeWindow {
	from = 0;
	to: number;

	constructor(readonly end: number) {
		this.to = end;
	}

	get length(): number {
		return this.to - this.from;
	}

	get whole(): boolean {
		return this.from <= 0 && this.to >= this.end;
	}

	/** Shows `from` to `to`, in either order, within the whole; values that are no numbers show the whole. */
	show(from: number, to: number): void {
		const known = Number.isFinite(from) && Number.isFinite(to);
		const first = known ? Math.min(from, to) : 0;
		const last = known ? Math.max(from, to) : this.end;
		const length = Math.min(this.end, Math.max(last - first, shortest, this.end / 1e6));
		const middle = (first + last) / 2;
		this.from = Math.max(0, Math.min(this.end - length, middle - length / 2));
		this.to = this.from + length;
	}

	/** Shows `factor` times as much detail; the moment `about` stays where it is on the screen. */
	zoom(factor: number, about: number): void {
		const fixed = Math.max(this.from, Math.min(this.to, about));
		const length = Math.max(this.length / factor, shortest, this.end / 1e6);
		const from = fixed - ((fixed - this.from) / this.length) * length;
		const bounded = Math.max(0, Math.min(this.end - length, from));
		this.show(bounded, bounded + Math.min(length, this.end));
	}

	/** Moves by a part of what is shown: 0.5 is half a window later. */
	pan(part: number): void {
		const from = Math.max(0, Math.min(this.end - this.length, this.from + this.length * part));
		this.show(from, from + this.length);
	}

	/** Moves, keeping its length, where nothing of `from` to `to` is shown; true when it did. */
	include(from: number, to: number): boolean {
		if (to >= this.from && from <= this.to) return false;
		const middle = (from + Math.min(to, from + this.length)) / 2;
		this.show(middle - this.length / 2, middle + this.length / 2);
		return true;
	}
}

/** When the last thing of a capture ended, at least 1. */
export function endOf(capture: Capture): number {
	let end = Math.max(1, capture.durationNs);
	for (const stage of capture.stages) {
		end = Math.max(end, stage.endNs);
		for (const { atNs, durationNs = 0 } of stage.events) end = Math.max(end, atNs + durationNs);
	}
	for (const { atNs, durationNs = 0 } of capture.events ?? []) end = Math.max(end, atNs + durationNs);
	return end;
}
