/** What each middleware itself had in one request. */
import type { Capture, Stage } from '../shared/capture';
import { shortName } from '../shared/labels';

export interface MiddlewareShare {
	/** Its own time on the way in and out and in its hooks; what lay inside it is not in it. Nanoseconds. */
	readonly ownNs: number;
	/** `passed on`, `answered 403`, `raised DisallowedHost`. */
	readonly outcome: string;
	/** It answered itself, or raised. */
	readonly decided: boolean;
}

/** By the middleware's dotted path, those that the request reached. */
export function middlewareShares(capture: Capture): ReadonlyMap<string, MiddlewareShare> {
	const shares = new Map<string, MiddlewareShare>();
	for (const stage of capture.stages) {
		if (!stage.kind.startsWith('middleware.') || stage.outcome === 'skipped') continue;
		const known = shares.get(stage.name);
		const own = outcomeOf(stage, capture);
		shares.set(stage.name, {
			ownNs: (known?.ownNs ?? 0) + stage.selfNs,
			outcome: own ?? known?.outcome ?? 'passed on',
			decided: own !== undefined || known?.decided === true,
		});
	}
	return shares;
}

/** Undefined where it passed on, or an exception of what it wraps went through it. */
function outcomeOf({ outcome, detail }: Stage, capture: Capture): string | undefined {
	if (outcome === 'responded') return `answered ${detail.status ?? capture.response?.status ?? ''}`.trim();
	if (outcome === 'raised' && detail.exception) return `raised ${shortName(detail.exception.type)}`;
	return undefined;
}
