import { PyRaise } from '../../values';
import type { Machine } from '../machine';

/** Effects that nobody sees but those who ask for their kind: `Field.register_lookup()`, say. */
export class Postponed {
	private readonly waiting = new Map<string, (() => void)[]>();

	add(kind: string, effect: () => void): void {
		const waiting = this.waiting.get(kind);
		if (waiting) waiting.push(effect);
		else this.waiting.set(kind, [effect]);
	}

	/** Runs all of that kind, in order. */
	settle(py: Machine, kind: string): void {
		const waiting = this.waiting.get(kind);
		if (!waiting || waiting.length === 0) return;
		this.waiting.delete(kind);
		for (const effect of waiting) {
			try {
				effect();
			} catch (error) {
				if (!(error instanceof PyRaise)) throw error;
				// In Python the module that lacks something would have failed as a whole, before this.
				if (!py.caught(error, 'ImportError')) py.problem(py.describe(error.exception));
			}
			// What an effect postpones in its turn belongs in its place.
			this.settle(py, kind);
		}
	}
}
