import type { DryRunTried, IncludeInfo, RouteInfo, UrlEntry } from '../../shared/model';
import { type MatchContext, matchPattern } from './pattern';

/** Django's `ResolverMatch`. */
export interface ResolvedMatch {
	readonly route: RouteInfo;
	/** Python reprs. */
	readonly args: readonly string[];
	readonly kwargs: ReadonlyMap<string, string>;
	readonly includes: readonly IncludeInfo[];
}

export interface Resolution {
	readonly match?: ResolvedMatch;
	/** Every pattern in the order in which it was tried, the one that matched last. */
	readonly tried: readonly DryRunTried[];
}

/** `get_resolver().resolve(path)`: the first leaf that takes the path. `path` starts with its slash. */
export function resolvePath(entries: readonly UrlEntry[], path: string, context: MatchContext): Resolution {
	const tried: DryRunTried[] = [];
	// The root resolver's own pattern is `^/`.
	const match = path.startsWith('/') ? resolveIn(entries, path.slice(1), context, tried, 0, []) : undefined;
	return { ...(match ? { match } : {}), tried };
}

interface Groups {
	readonly args: readonly string[];
	readonly kwargs: ReadonlyMap<string, string>;
}

const none: Groups = { args: [], kwargs: new Map() };

function resolveIn(
	entries: readonly UrlEntry[],
	path: string,
	context: MatchContext,
	tried: DryRunTried[],
	depth: number,
	includes: readonly IncludeInfo[],
	above: Groups = none,
): ResolvedMatch | undefined {
	for (const entry of entries) {
		if (entry.type === 'unknown') continue;
		const found = matchPattern(entry.pattern, path, entry.type === 'route', context);
		const note = (outcome: DryRunTried['outcome'], reason?: string) =>
			tried.push({
				id: entry.id,
				pattern: entry.pattern,
				depth,
				outcome,
				...(reason ? { reason } : {}),
				...(entry.site ? { site: entry.site } : {}),
			});
		if (!found) {
			note('no match');
			continue;
		}
		if ('reason' in found) {
			note('no match', found.reason);
			continue;
		}
		if (entry.type === 'include') {
			note('prefix');
			const kwargs = new Map([...above.kwargs, ...found.kwargs]);
			const match = resolveIn(entry.children, found.rest, context, tried, depth + 1, [...includes, entry], {
				args: [...above.args, ...found.args],
				kwargs,
			});
			if (match) return match;
			continue;
		}
		note('matched');
		const kwargs = new Map([...above.kwargs, ...found.kwargs, ...Object.entries(entry.kwargs ?? {})]);
		// Where there is any named argument, the unnamed ones of the includes are left out (URLResolver.resolve).
		const args = kwargs.size > 0 ? found.args : [...above.args, ...found.args];
		return { route: entry, args, kwargs, includes };
	}
	return undefined;
}
