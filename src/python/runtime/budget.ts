/** How much an evaluation may do. All counts are for one interpreter. */
export interface Limits {
	/** Statements, calls and loop rounds. */
	readonly steps: number;
	/** Steps that one `while` loop may take before it is left. */
	readonly loop: number;
	/** Python frames on the stack. */
	readonly depth: number;
	/** Items of one collection made by one operation. */
	readonly items: number;
	/** UTF-16 units of one string. */
	readonly text: number;
	/** Items that one iterator without an end (`itertools.count()`) gives. */
	readonly endless: number;
	/** Bits of one integer. */
	readonly bits: number;
	/** Bytes of a file that is read. */
	readonly file: number;
}

export const defaultLimits: Limits = {
	steps: 50_000_000,
	loop: 4_000_000,
	depth: 400,
	items: 1_000_000,
	text: 10_000_000,
	endless: 100_000,
	bits: 400_000,
	file: 20_000_000,
};

/** The evaluation ran out of steps, or of room for one value: not a Python exception, no `except` catches it. */
export class OutOfBudget {
	constructor(readonly reason: string) {}
}

/** How often what comes after a statement that took too many steps gets some more. */
const mostExtensions = 4;
/** How often after that it gets little: enough for what is written down, nothing for loops without an end. */
const mostSmallExtensions = 400;
/** After so many, one that is given up in a loop ends the loop. */
const mostStops = 100;

export class Budget {
	steps = 0;
	depth = 0;
	private extensions = 0;
	/** Statements and items that were given up. */
	private stops = 0;
	/** The step at which the innermost bounded evaluation ends. */
	limit: number;
	constructor(readonly limits: Limits = defaultLimits) {
		this.limit = limits.steps;
	}

	step(): void {
		if (++this.steps > this.limit) throw new OutOfBudget('too many steps');
	}

	/** No step is left, or a loop would go on and on with what is stopped in each round. */
	get isWorn(): boolean {
		return this.steps > this.limit || this.stops > mostStops;
	}

	/** After a statement was given up, the next ones may run: false when that has been allowed too often. */
	extend(): boolean {
		this.stops++;
		if (this.steps <= this.limit) return true;
		if (this.extensions >= mostExtensions + mostSmallExtensions) return false;
		this.extensions++;
		this.limit = this.steps + Math.floor(this.limits.steps / (this.extensions > mostExtensions ? 2_000 : 10));
		return true;
	}

	/** One operation that does as much as so many steps: large values that are made again and again are bounded by it. */
	work(steps: number): void {
		this.steps += Math.floor(steps);
		if (this.steps > this.limit) throw new OutOfBudget('too many steps');
	}

	/** A text of so many UTF-16 units is written anew. */
	writes(length: number): void {
		this.text(length);
		if (length > 1000) this.work(length / 8);
	}

	/** A collection of so many items is filled anew. */
	fills(count: number): void {
		this.items(count);
		if (count > 1000) this.work(count);
	}

	/** Called by operations that multiply (`'x' * n`, `range` to list, `**`). */
	items(count: number): void {
		if (count > this.limits.items) throw new OutOfBudget(`a collection of ${count} items`);
	}

	/** UTF-16 units of a text that is made. */
	text(length: number): void {
		if (length > this.limits.text) throw new OutOfBudget(`a text of ${length} characters`);
	}

	/** Items that an iterator without an end has given. */
	endless(count: number): void {
		if (count > this.limits.endless) throw new OutOfBudget('an iterator without an end');
	}

	/** Bits of an integer that is made. */
	bits(count: number): void {
		if (count > this.limits.bits) throw new OutOfBudget(`an integer of ${count} bits`);
		if (count > 1000) this.work(count / 16);
	}

	/** Runs `body` with a limit of its own; undefined when it ran out, after which the evaluation can go on. */
	bounded<T>(steps: number, body: () => T): T | undefined {
		const { limit, depth } = this;
		this.limit = Math.min(limit, this.steps + steps);
		try {
			return body();
		} catch (error) {
			if (error instanceof OutOfBudget && this.steps <= limit) return undefined;
			throw error;
		} finally {
			this.limit = limit;
			this.depth = depth;
		}
	}
}
