/** A list of rows of one height of which only those in view exist, so that thousands cost what a screenful costs. */
import { h } from './dom';

export interface VirtualListOptions {
	readonly class: string;
	readonly label: string;
	readonly role: string;
	/** Pixels. */
	readonly rowHeight: number;
	readonly row: (index: number) => HTMLElement;
	/** Rows shown at most before it scrolls within itself; absent: it fills what its container gives it. */
	readonly most?: number;
	/** Gives rows their place in the set; for lists, not for a grid of one's own. */
	readonly positions?: boolean;
}

const spare = 12;

export class VirtualList {
	readonly element: HTMLElement;
	private readonly space = h('div', { class: 'virtual-space', role: 'presentation' });
	private readonly rows = new Map<number, HTMLElement>();
	private count = 0;

	constructor(private readonly options: VirtualListOptions) {
		this.element = h(
			'div',
			{
				class: `virtual ${options.class}`,
				role: options.role,
				aria: { label: options.label },
				tabIndex: 0,
				on: { scroll: () => this.render() },
			},
			this.space,
		);
		new ResizeObserver(() => this.render()).observe(this.element);
	}

	/** Draws everything afresh for so many rows. */
	show(count: number): void {
		this.count = count;
		const { rowHeight, most } = this.options;
		this.space.style.height = `${count * rowHeight}px`;
		if (most !== undefined) this.element.style.height = `${Math.min(count, most) * rowHeight + 2}px`;
		this.clear();
		this.render();
	}

	/** Draws the rows in view again, where only their looks have changed. */
	refresh(): void {
		this.clear();
		this.render();
	}

	rowAt(index: number): HTMLElement | undefined {
		return this.rows.get(index);
	}

	/** Scrolls as little as shows the row. */
	reveal(index: number): void {
		const { rowHeight } = this.options;
		const { scrollTop, clientHeight } = this.element;
		const top = index * rowHeight;
		if (top < scrollTop + rowHeight) this.element.scrollTop = top - rowHeight;
		else if (top + 2 * rowHeight > scrollTop + clientHeight) this.element.scrollTop = top + 2 * rowHeight - clientHeight;
		this.render();
	}

	private clear(): void {
		for (const row of this.rows.values()) row.remove();
		this.rows.clear();
	}

	private render(): void {
		const { rowHeight, positions = true } = this.options;
		// Before the first layout there is no height yet: a screenful is drawn and corrected by the observer.
		const height = this.element.clientHeight || Math.min(window.innerHeight, this.count * rowHeight);
		const from = Math.max(0, Math.floor(this.element.scrollTop / rowHeight) - spare);
		const to = Math.min(this.count, Math.ceil((this.element.scrollTop + height) / rowHeight) + spare);
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
		this.space.append(next);
	}
}
