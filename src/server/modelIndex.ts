import type { IncludeInfo, Place, ProjectModel, RouteInfo, UrlEntry } from '../shared/model';

/** A model as the features ask for it: by URL name, by dotted path, by file. */
export interface ModelIndex {
	readonly model: ProjectModel;
	readonly routes: readonly RouteInfo[];
	readonly includes: readonly IncludeInfo[];
	/** As `reverse()` takes them, by instance and by application namespace; several routes may share a name. */
	readonly byName: ReadonlyMap<string, readonly RouteInfo[]>;
	/** What a dotted path in a string means: middleware, included URLconf, view, error handler. */
	readonly byDottedPath: ReadonlyMap<string, Place>;
	/** Every part of the URLs could be evaluated, so that a name which isn't here doesn't exist. */
	readonly complete: boolean;
}

/** A project model by what the editor asks for: names, dotted paths, files. */
export function indexModel(model: ProjectModel): ModelIndex {
	const routes: RouteInfo[] = [];
	const includes: IncludeInfo[] = [];
	const byName = new Map<string, RouteInfo[]>();
	const byDottedPath = new Map<string, Place>();
	let complete = model.rootUrlconf?.file !== undefined;

	const walk = (entries: readonly UrlEntry[], prefixes: readonly string[]): void => {
		for (const entry of entries) {
			if (entry.type === 'unknown') complete = false;
			else if (entry.type === 'include') {
				includes.push(entry);
				if (entry.problem) complete = false;
				if (entry.urlconf.file) byDottedPath.set(entry.urlconf.name, { file: entry.urlconf.file, line: 1 });
				walk(entry.children, namespacePrefixes(entry, prefixes));
			} else {
				routes.push(entry);
				if (entry.view && entry.place) byDottedPath.set(entry.view, entry.place);
				if (entry.name === undefined) continue;
				for (const prefix of prefixes) {
					const key = prefix + entry.name;
					const list = byName.get(key);
					if (list) list.push(entry);
					else byName.set(key, [entry]);
				}
			}
		}
	};
	walk(model.urls, ['']);
	for (const root of model.otherRoots) {
		walk(root.urls, ['']);
		if (root.urlconf.file) byDottedPath.set(root.urlconf.name, { file: root.urlconf.file, line: 1 });
	}
	for (const handler of model.handlers) if (handler.place) byDottedPath.set(handler.view, handler.place);
	for (const middleware of model.middleware) if (middleware.place) byDottedPath.set(middleware.path, middleware.place);
	if (model.rootUrlconf?.file) byDottedPath.set(model.rootUrlconf.name, { file: model.rootUrlconf.file, line: 1 });
	if (model.settingsFile) byDottedPath.set(model.settingsModule, { file: model.settingsFile, line: 1 });
	if (model.problems.some((problem) => problem.severity === 'error')) complete = false;
	return { model, routes, includes, byName, byDottedPath, complete };
}

/** `reverse()` takes an instance namespace or, in its place, the application namespace (django/urls/base.py, 5.2). */
function namespacePrefixes(include: IncludeInfo, prefixes: readonly string[]): readonly string[] {
	const words = new Set([include.namespace, include.appName].filter((word) => word !== undefined));
	if (include.namespace === undefined) return prefixes;
	return prefixes.flatMap((prefix) => [...words].map((word) => `${prefix}${word}:`));
}
