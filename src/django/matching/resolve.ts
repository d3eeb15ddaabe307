import type { DryRunTried, IncludeInfo, RouteInfo, UrlEntry } from '../../shared/model';
import type { Answers } from './answers';

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

/** `get_resolver().resolve(path)` (Django 5.2, urls/resolvers.py): the first leaf that takes the path. `path` starts with its slash. */
export function resolvePath(entries: readonly UrlEntry[], path: string, answers: Answers): Resolution {
	const tried: DryRunTried[] = [];
	// The root resolver's own pattern is `^/`.
	const match = path.startsWith('/') ? resolveIn(entries, path.slice(1), answers, tried, []) : undefined;
	return { ...(match ? { match } : {}), tried };
}

function resolveIn(
	entries: readonly UrlEntry[],
	path: string,
	answers: Answers,
	tried: DryRunTried[],
	includes: readonly IncludeInfo[],
): ResolvedMatch | undefined {
	for (const entry of entries) {
		if (entry.type === 'unknown') continue;
		const found = answers.match(entry, path);
		const pattern = answers.patternText(entry);
		const note = (outcome: DryRunTried['outcome'], reason?: string) =>
			tried.push({
				id: entry.id,
				pattern: pattern === entry.pattern.pattern ? entry.pattern : { ...entry.pattern, pattern },
				depth: includes.length,
				outcome,
				...(reason ? { reason } : {}),
				...(entry.site ? { site: entry.site } : {}),
			});
		if (!found || 'reason' in found) {
			note('no match', found?.reason);
			continue;
		}
		if (entry.type === 'route') {
			note('matched');
			return { route: entry, args: found.args, kwargs: merged(found.kwargs, entry.kwargs), includes };
		}
		note('prefix');
		const below = resolveIn(entry.children, found.rest, answers, tried, [...includes, entry]);
		if (!below) continue;
		const kwargs = new Map([...merged(found.kwargs, entry.kwargs), ...below.kwargs]);
		// Unnamed arguments of an include count only where nothing below it, nor it itself, has a named one.
		return { ...below, args: kwargs.size > 0 ? below.args : [...found.args, ...below.args], kwargs };
	}
	return undefined;
}

const merged = (found: ReadonlyMap<string, string>, given: Readonly<Record<string, string>> | undefined) =>
	new Map([...found, ...Object.entries(given ?? {})]);
