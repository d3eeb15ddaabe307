import type { While } from '../../syntax/ast';
import type { Frame } from '../frames';

/** Rounds after which a loop is left that has met an unknown in each of them: what would end it isn't known. */
const steeredRounds = 10_000;
/** Loops that were left once are left that much sooner: they would take all there is, each time anew. */
const sooner = 100;

/** One run of a `while` loop, which is left when it doesn't come to an end. */
export class Rounds {
	private count = 0;
	private readonly uses: number;
	private readonly mostSteps: number;
	private readonly mostRounds: number;

	constructor(
		private readonly f: Frame,
		private readonly node: While,
	) {
		const { budget, unknowns } = f.py;
		const share = unknowns.leftLoops.has(node) ? sooner : 1;
		this.uses = unknowns.uses;
		this.mostSteps = budget.steps + budget.limits.loop / share;
		this.mostRounds = steeredRounds / share;
	}

	/** After a round: whether the loop is left now, which is said. */
	over(): boolean {
		this.count++;
		const { budget, unknowns } = this.f.py;
		if (budget.steps > this.mostSteps) return this.leave('it takes too many steps');
		if (this.count < this.mostRounds || unknowns.uses - this.uses < this.count) return false;
		return this.leave('it goes on and on with what is unknown');
	}

	private leave(reason: string): true {
		const { f, node } = this;
		f.py.unknowns.leftLoops.add(node);
		f.py.problem(`This loop was left: ${reason}`, f.module.place(node));
		return true;
	}
}
