/** A list of rows of one height of which only those in view exist, so that thousands cost what a screenful costs. */
import { h } from './dom';

export interface VirtualListOptions {
	readonly class: string;
	readonly label: string;
	readonly role: string;
	/** Pixels. */
	readonly rowHeight: number;
	readonly row: (index: number) => HTMLElement;
	/** Brings a row that stands up to date; without it such rows are made anew. */
	readonly update?: (row: HTMLElement, index: number) => void;
	/** Rows shown at most before it scrolls within itself; absent: it fills what its container gives it. */
	readonly most?: number;
	/** Gives rows their place in the set; for lists, not for a grid of one's own. */
	readonly positions?: boolean;
}

const spare = 12;

/** A list of rows of one height, of which those in view are elements. */
export class VirtualList {
	readonly element: HTMLElement;
	private readonly space = h('div', { class: 'virtual-space', role: 'presentation' });
	private readonly rows = new Map<number, HTMLElement>();
	private count = 0;
	/** As the browser last said: asking it in the middle of a step would have it lay out the page at once. */
	private height = 0;
	private top = 0;
	/** The row that was to be seen last: it stays in view when the list gets its first height, or another one. */
	private revealed: number | undefined;

	constructor(private readonly options: VirtualListOptions) {
		this.element = h(
			'div',
			{
				class: `virtual ${options.class}`,
				role: options.role,
				aria: { label: options.label },
				tabIndex: 0,
				on: { scroll: () => this.scrolled() },
			},
			this.space,
		);
		new ResizeObserver(() => {
			const seen = this.height === 0 || this.sees(this.revealed);
			this.height = this.element.clientHeight;
			this.top = this.element.scrollTop;
			if (seen && this.revealed !== undefined) this.reveal(this.revealed);
			else this.render();
		}).observe(this.element);
	}

	/** Draws everything afresh for so many rows. */
	show(count: number): void {
		this.count = count;
		this.revealed = undefined;
		const { rowHeight, most } = this.options;
		this.space.style.height = `${count * rowHeight}px`;
		if (most !== undefined) this.element.style.height = `${Math.min(count, most) * rowHeight + 2}px`;
		this.top = Math.max(0, Math.min(this.top, count * rowHeight - this.shownHeight));
		this.clear();
		this.render();
	}

	/** Brings the rows that stand up to date, where only their looks have changed. */
	refresh(): void {
		const { update } = this.options;
		if (update) for (const [index, row] of this.rows) update(row, index);
		else this.clear();
		this.render();
	}

	/** Scrolls as little as shows the row. */
	reveal(index: number): void {
		const { rowHeight } = this.options;
		this.revealed = index;
		const top = index * rowHeight;
		if (top < this.top + rowHeight) this.scrollTo(top - rowHeight);
		else if (top + 2 * rowHeight > this.top + this.shownHeight) this.scrollTo(top + 2 * rowHeight - this.shownHeight);
		this.render();
	}

	/** Before the first layout there is no height yet: a screenful is drawn and corrected by the observer. */
	private get shownHeight(): number {
		return this.height || Math.min(window.innerHeight, this.count * this.options.rowHeight);
	}

	/** Whether the row is in view, by the height that is known. */
	private sees(index: number | undefined): boolean {
		const { rowHeight } = this.options;
		return index !== undefined && index * rowHeight >= this.top && (index + 1) * rowHeight <= this.top + this.height;
	}

	private scrollTo(top: number): void {
		this.top = Math.max(0, Math.min(this.count * this.options.rowHeight - this.shownHeight, top));
		this.element.scrollTop = this.top;
	}

	private scrolled(): void {
		this.top = this.element.scrollTop;
		this.render();
	}

	private clear(): void {
		this.space.replaceChildren();
		this.rows.clear();
	}

	private render(): void {
		const { rowHeight, positions = true } = this.options;
		const from = Math.max(0, Math.floor(this.top / rowHeight) - spare);
		const to = Math.min(this.count, Math.ceil((this.top + this.shownHeight) / rowHeight) + spare);
		for (const [index, row] of this.rows) {
			if (index >= from && index < to) continue;
			row.remove();
			this.rows.delete(index);
		}
		const next = document.createDocumentFragment();
		for (let index = from; index < to; index++) {
			if (this.rows.has(index)) continue;
			const row = this.options.row(index);
			row.style.top = `${index * rowHeight}px`;
			row.style.height = `${rowHeight}px`;
			if (positions) {
				row.setAttribute('aria-setsize', String(this.count));
				row.setAttribute('aria-posinset', String(index + 1));
			}
			this.rows.set(index, row);
			next.append(row);
		}
		if (next.childElementCount > 0) this.space.append(next);
	}
}
