import type { Random } from '../../../fuzz/random';

/** Lines that compute something, and an expression over their names that is kept. */
export interface Piece {
	readonly lines?: string;
	readonly result: string;
}

/** Makes a piece. */
export type Maker = (r: Choices) => Piece;

/** What pieces are varied with. */
export class Choices {
	constructor(private readonly random: Random) {}

	of(...choices: readonly string[]): string {
		return this.random.pick(choices);
	}

	/** From 0 up to, not including, `below`. */
	number(below = 10): number {
		return this.random.below(below);
	}

	/** Some of them, in any order. */
	some(count: number, ...choices: readonly string[]): string {
		return Array.from({ length: 1 + this.random.below(count) }, () => this.random.pick(choices)).join(', ');
	}

	text(): string {
		return this.of(
			"''",
			"'a b'",
			"'Straße'",
			"'x,y;z'",
			"'  lead'",
			"'CamelCaseName'",
			"'a/b/../c.txt'",
			"'k=v&k=w%20x'",
			"'line1\\nline2\\n\\n  line3'",
		);
	}

	value(): string {
		return this.of('0', '1', "'s'", 'None', 'True', '[1, 2]', '(1, "a")', "{'a': 1}", '2.5', '-3', "b'x'", '[]');
	}
}
