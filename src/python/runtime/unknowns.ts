import type { While } from '../syntax/ast';
import { type Place, type Problem, PyDict, PyUnknown, type StatementRun, type Value } from '../values';
import { isProjectFile } from './isolation';
import type { Machine } from './machine';

/** A problem, and the executions that met it: undefined where none of a module's statements was running. */
interface Met {
	readonly problem: Problem;
	readonly runs: (StatementRun | undefined)[];
}

/** What takes values by name. */
type Filled = PyDict | ReadonlyMap<string, Value>;

/** Unknown values and the problems that using them makes. */
export class Unknowns {
	readonly problems: Problem[] = [];
	/** How often a problem was met. */
	times = 0;
	private readonly seen = new Map<string, Met>();
	/** While positive, nothing is reported: what is asked is only a guess. */
	quiet = 0;
	/** How often an unknown has decided or left something out. */
	uses = 0;
	/** Loops of which the end was not found. */
	readonly leftLoops = new WeakSet<While>();

	/** Dicts, and keyword arguments, that an unknown would have filled. */
	private readonly incomplete = new WeakMap<Filled, PyUnknown>();

	constructor(private readonly py: Machine) {}

	make(reason: string): PyUnknown {
		return new PyUnknown(reason, this.py.place());
	}

	/** What comes of an unknown: unknown for the same reason. */
	derive(root: PyUnknown, step: string): PyUnknown {
		const trail = root.trail.length < 120 ? root.trail + step : root.trail;
		return new PyUnknown(root.reason, root.place, trail);
	}

	/** The first unknown of these. */
	in(...values: readonly Value[]): PyUnknown | undefined {
		for (const value of values) if (value instanceof PyUnknown) return value;
		return undefined;
	}

	/** An unknown decided or left something out here. */
	used(unknown: PyUnknown, how: string): void {
		this.uses++;
		const place = this.py.place();
		// A library has no more to say of what was told where it was raised.
		if (place && this.seen.has(keyOf(unknown.reason, unknown.place)) && !isProjectFile(this.py, place.path)) return;
		this.report(`${how}: ${unknown.reason}`, place ?? unknown.place);
	}

	/** What was left out for `unknown` (a loop over it, say) would have put items in. */
	leaveIncomplete(dict: Value | Filled, unknown: PyUnknown): void {
		if (dict instanceof PyDict || dict instanceof Map) this.incomplete.set(dict, unknown);
	}

	/** What stands for a key that such a dict lacks. */
	lacking(dict: Filled): PyUnknown | undefined {
		const unknown = this.incomplete.get(dict);
		return unknown && this.derive(unknown, '[…]');
	}

	report(reason: string, place: Place | undefined): void {
		this.times++;
		if (this.quiet > 0 || this.problems.length >= 10_000) return;
		const key = keyOf(reason, place);
		const run = this.py.running;
		const before = this.seen.get(key);
		if (before) {
			if (before.runs.at(-1) !== run) before.runs.push(run);
			return;
		}
		const problem: Problem = { reason, place };
		this.seen.set(key, { problem, runs: [run] });
		this.problems.push(problem);
	}

	/** Whether the execution met one. */
	met({ source, start }: StatementRun): boolean {
		for (const { runs } of this.seen.values()) if (runs.some((run) => run?.source === source && run.start === start)) return true;
		return false;
	}

	/** Takes back what only these executions met: they are gone or run again. */
	takeBack(gone: (run: StatementRun) => boolean): void {
		const lost = new Set<Problem>();
		for (const [key, { problem, runs }] of this.seen) {
			if (!runs.some((run) => run && gone(run))) continue;
			const left = runs.filter((run) => !run || !gone(run));
			runs.splice(0, runs.length, ...left);
			if (left.length > 0) continue;
			this.seen.delete(key);
			lost.add(problem);
		}
		if (lost.size === 0) return;
		const kept = this.problems.filter((problem) => !lost.has(problem));
		this.problems.splice(0, this.problems.length, ...kept);
	}
}

const keyOf = (reason: string, place: Place | undefined): string => `${reason}|${place?.path}|${place?.start}`;
