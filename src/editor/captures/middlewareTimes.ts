import { type MiddlewareShare, middlewareShares } from '../../replay/middlewareShares';
import type { Captures } from './captures';

/** What a middleware itself had in the captures that were looked at. */
export interface MiddlewareTimes {
	readonly medianNs: number;
	/** Of the newest capture that reached it. */
	readonly lastOutcome: string;
	/** The capture in which it took longest itself. */
	readonly slowest: { readonly id: string; readonly ownNs: number };
	/** The newest capture in which it answered itself or raised. */
	readonly decided?: { readonly id: string; readonly outcome: string };
	/** Count of captures looked at. */
	readonly of: number;
}

/** A summary doesn't tell what each middleware had: the newest captures are opened for it, this many. */
const newest = 50;

/** Each middleware's own numbers over the newest captures; a capture is opened once. */
export class MiddlewareStatistics {
	private shares = new Map<string, ReadonlyMap<string, MiddlewareShare>>();
	private looking: Promise<void> | undefined;

	constructor(private readonly captures: Pick<Captures, 'summaries' | 'open'>) {}

	/** Reads what is new, one capture at a time. */
	look(): Promise<void> {
		this.looking ??= this.read().finally(() => {
			this.looking = undefined;
		});
		return this.looking;
	}

	/** Undefined when none of the captures looked at reached it. */
	of(path: string): MiddlewareTimes | undefined {
		const reached = this.ids.flatMap((id) => {
			const share = this.shares.get(id)?.get(path);
			return share ? [{ id, ...share }] : [];
		});
		const [last] = reached;
		if (!last) return undefined;
		const times = reached.map(({ ownNs }) => ownNs).sort((a, b) => a - b);
		const decided = reached.find((one) => one.decided);
		return {
			medianNs: times[Math.floor(times.length / 2)] ?? 0,
			lastOutcome: last.outcome,
			slowest: reached.reduce((a, b) => (b.ownNs > a.ownNs ? b : a)),
			...(decided ? { decided } : {}),
			of: reached.length,
		};
	}

	/** Newest first. */
	private get ids(): readonly string[] {
		return this.captures.summaries.flatMap((summary) => (summary.static ? [] : summary.id)).slice(0, newest);
	}

	private async read(): Promise<void> {
		const ids = this.ids;
		const shares = new Map<string, ReadonlyMap<string, MiddlewareShare>>();
		for (const id of ids) {
			const known = this.shares.get(id);
			const read = known ? undefined : await this.captures.open(id);
			if (known) shares.set(id, known);
			else if (read?.ok) shares.set(id, middlewareShares(read.capture));
		}
		this.shares = shares;
	}
}
