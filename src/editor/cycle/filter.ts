import type { IncludeInfo, RouteInfo, UrlEntry } from '../../shared/model';

/** Words that all have to occur in a route's pattern, name or view, whatever their case. */
export type RouteFilter = readonly string[];

export function parseFilter(text: string): RouteFilter {
	return text.toLowerCase().split(/\s+/).filter(Boolean);
}

function matchesFilter(route: RouteInfo, filter: RouteFilter): boolean {
	if (filter.length === 0) return true;
	const text = `${route.fullPath}\n${route.fullName ?? route.name ?? ''}\n${route.view ?? ''}`.toLowerCase();
	return filter.every((word) => text.includes(word));
}

/** The entries that match, in their order, with the includes that lead to them; unknown parts stay, since they may. */
export function filterEntries(entries: readonly UrlEntry[], filter: RouteFilter): readonly UrlEntry[] {
	if (filter.length === 0) return entries;
	return entries.flatMap((entry): readonly UrlEntry[] => {
		if (entry.type === 'route') return matchesFilter(entry, filter) ? [entry] : [];
		if (entry.type === 'unknown') return [entry];
		const children = filterEntries(entry.children, filter);
		return children.some((child) => child.type !== 'unknown') ? [{ ...entry, children } satisfies IncludeInfo] : [];
	});
}

/** Every route of the entries, those of includes too, in match order. */
export function routesOf(entries: readonly UrlEntry[]): RouteInfo[] {
	return entries.flatMap((entry) =>
		entry.type === 'route' ? [entry] : entry.type === 'include' ? routesOf(entry.children) : [],
	);
}
