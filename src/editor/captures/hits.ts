import type { CaptureSummary } from '../../shared/capture';
import type { ProjectModel, RouteInfo, UrlEntry } from '../../shared/model';
import { routesOf } from '../cycle/filter';

/** What was recorded of one route, view or middleware. */
export interface Hits {
	readonly count: number;
	/** Newest first. */
	readonly captures: readonly CaptureSummary[];
	readonly lastStatus?: number;
	readonly medianNs: number;
}

/** Recorded requests by the route they reached, and those that reached a route the model lacks. */
export interface RouteHits {
	of(route: RouteInfo): Hits | undefined;
	/** Summaries by dotted view, for lenses. */
	ofView(view: string): Hits | undefined;
	/** Requests that the named middleware answered itself. */
	ofMiddleware(path: string): Hits | undefined;
	/** Requests that came as far as the named middleware; static files are served before any. */
	reached(path: string): Hits | undefined;
	/** Why Django left the middleware out when the server started, which may be empty; undefined where it did not. */
	leftOut(path: string): string | undefined;
	readonly any: boolean;
	/** Newest capture of each route seen at run time that no model has. */
	readonly unknown: readonly CaptureSummary[];
}

/** `summaries` newest first. */
export function routeHits(
	summaries: readonly CaptureSummary[],
	models: readonly ProjectModel[],
	leftOut: RouteHits['leftOut'] = () => undefined,
): RouteHits {
	const byRoute = new Map<string, CaptureSummary[]>();
	const byView = new Map<string, CaptureSummary[]>();
	const byMiddleware = new Map<string, CaptureSummary[]>();
	for (const summary of summaries) {
		if (summary.refusedBy) push(byMiddleware, summary.refusedBy, summary);
		if (summary.static || !summary.view) continue;
		push(byView, summary.view, summary);
		push(byRoute, routeKey(summary.view, summary.urlName, summary.route ?? ''), summary);
	}
	const routes = models.flatMap((model) => [...routesOf(model.urls), ...model.otherRoots.flatMap((root) => routesOf(root.urls))]);
	const keys = new Set(routes.flatMap(keysOf));
	const views = new Set(routes.flatMap((route) => [route.view ?? '', ...(route.methods ?? []).map((method) => method.view)]));
	const names = new Set(routes.flatMap((route) => [route.fullName ?? '', route.name ?? '']));
	const unknown =
		models.length === 0 || !models.every((model) => model.rootUrlconf?.file !== undefined && whole(model.urls))
			? []
			: [...byRoute].flatMap(([key, list]) => {
					const newest = list[0];
					if (!newest || keys.has(key) || (views.has(newest.view ?? '') && (!newest.urlName || names.has(newest.urlName))))
						return [];
					return [newest];
				});
	return {
		of: (route) =>
			hitsOf(
				keysOf(route)
					.map((key) => byRoute.get(key))
					.find((list) => list !== undefined),
			),
		ofView: (view) => hitsOf(byView.get(view)),
		ofMiddleware: (path) => hitsOf(byMiddleware.get(path)),
		reached: (path) => hitsOf(reached(path, summaries, models)),
		leftOut,
		any: byView.size > 0,
		unknown,
	};
}

/** All but those that a middleware further out answered. */
function reached(path: string, summaries: readonly CaptureSummary[], models: readonly ProjectModel[]): readonly CaptureSummary[] {
	const order = models.map((model) => model.middleware.map((one) => one.path)).find((paths) => paths.includes(path));
	if (!order) return [];
	const place = order.indexOf(path);
	return summaries.filter((summary) => {
		if (summary.static) return false;
		const answered = summary.refusedBy === undefined ? -1 : order.indexOf(summary.refusedBy);
		return answered < 0 || answered >= place;
	});
}

function hitsOf(captures: readonly CaptureSummary[] | undefined): Hits | undefined {
	if (!captures || captures.length === 0) return undefined;
	const lastStatus = captures[0]?.status;
	return {
		count: captures.length,
		captures,
		...(lastStatus === undefined ? {} : { lastStatus }),
		// Sorting thousands for every row would be felt: only who shows it pays.
		get medianNs() {
			const durations = captures.map((summary) => summary.durationNs).sort((one, other) => one - other);
			return durations[Math.floor(durations.length / 2)] ?? 0;
		},
	};
}

/** `ResolverMatch.route` has no leading slash and writes regexes as they are; a person's path has both told apart. */
function routeKey(view: string, name: string | undefined, route: string): string {
	return `${view}|${name?.split(':').at(-1) ?? ''}|${plain(route)}`;
}

function keysOf(route: RouteInfo): string[] {
	const views = new Set([route.view ?? '', ...(route.methods ?? []).map((method) => method.view)]);
	const joined = route.segments.map((segment) => segment.pattern).join('');
	return [...views].flatMap((view) => [routeKey(view, route.name, joined), routeKey(view, route.name, route.fullPath)]);
}

const plain = (route: string) => route.replace(/[\^$/]/g, '');

function push(map: Map<string, CaptureSummary[]>, key: string, summary: CaptureSummary): void {
	const list = map.get(key);
	if (list) list.push(summary);
	else map.set(key, [summary]);
}

/** Every entry could be evaluated: what isn't among them doesn't exist. */
function whole(entries: readonly UrlEntry[]): boolean {
	return entries.every(
		(entry) => entry.type === 'route' || (entry.type === 'include' && !entry.problem && whole(entry.children)),
	);
}
