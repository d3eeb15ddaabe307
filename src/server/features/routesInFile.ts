import type { Place, RouteInfo } from '../../shared/model';
import type { FileEntry } from '../../shared/protocol/server';
import type { ModelIndex } from '../modelIndex';

/** Views, `path()` calls and middleware that stand in a file, in the order of their lines. */
export function routesInFile(path: string, indexes: readonly ModelIndex[]): FileEntry[] {
	const entries = new Map<string, { kind: FileEntry['kind']; symbol: string; line: number; routes: RouteInfo[] }>();
	const add = (kind: FileEntry['kind'], symbol: string, place: Place | undefined, route?: RouteInfo): void => {
		if (place?.file !== path) return;
		const key = `${kind}:${place.line}`;
		const entry = entries.get(key) ?? { kind, symbol, line: place.line, routes: [] };
		entries.set(key, entry);
		if (route && !entry.routes.includes(route)) entry.routes.push(route);
	};
	for (const index of indexes) {
		for (const route of index.routes) {
			add('view', route.view ?? '', route.place, route);
			for (const method of route.methods ?? []) add('view', method.view, method.place, route);
			add('route', route.view ?? '', route.registered ?? route.site, route);
		}
		for (const middleware of index.model.middleware) add('middleware', middleware.path, middleware.place);
		for (const handler of index.model.handlers) if (!handler.default) add('view', handler.view, handler.place);
	}
	return [...entries.values()]
		.sort((a, b) => a.line - b.line)
		.map((entry) => ({
			...entry,
			routes: entry.routes.map((route) => ({
				id: route.id,
				fullPath: route.fullPath,
				...(route.fullName === undefined ? {} : { fullName: route.fullName }),
				...(route.site === undefined ? {} : { site: route.site }),
			})),
		}));
}
