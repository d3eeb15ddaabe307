import type { Place, ProjectModel, RouteInfo, UrlEntry } from '../shared/model';
import { relativePath } from '../shared/path';

/** A place as the conformance oracle writes it: relative to the root it lies below. */
interface RootedPlace {
	readonly where: 'project' | 'site-packages' | 'stdlib' | 'other';
	readonly file: string;
	/** Null for a class that no statement defines. */
	readonly line: number | null;
}

/** Turns absolute places into rooted ones. `where` is decided in this order: installed packages, the project, the standard library. */
export class Roots {
	private readonly roots: readonly (readonly [RootedPlace['where'], string])[];
	private readonly known = new Map<string, { where: RootedPlace['where']; file: string }>();

	constructor(
		model: ProjectModel,
		private readonly realpath: (path: string) => string,
	) {
		const packages = [...model.environment.sitePackages].map(realpath).sort((a, b) => b.length - a.length);
		this.roots = [
			...packages.map((path) => ['site-packages', path] as const),
			['project', realpath(model.root)],
			...(model.environment.stdlib ? [['stdlib', realpath(model.environment.stdlib)] as const] : []),
		];
	}

	place(place: Place | undefined): RootedPlace | null {
		if (!place) return null;
		const found = this.known.get(place.file) ?? this.locate(place.file);
		this.known.set(place.file, found);
		return { ...found, line: place.line === 0 ? null : place.line };
	}

	private locate(path: string): { where: RootedPlace['where']; file: string } {
		const real = this.realpath(path);
		for (const [where, root] of this.roots) {
			const file = relativePath(real, root);
			if (file) return { where, file };
		}
		return { where: 'other', file: real };
	}
}

/** The routes of a tree in the order in which Django tries them. */
export function leaves(entries: readonly UrlEntry[]): RouteInfo[] {
	return entries.flatMap((entry) => (entry.type === 'route' ? [entry] : entry.type === 'include' ? leaves(entry.children) : []));
}

/** The model in the oracle's format, with what is unknown, not mounted and further roots beside it. */
export function oracleModel(model: ProjectModel, realpath: (path: string) => string): object {
	const roots = new Roots(model, realpath);
	return {
		settings_module: model.settingsModule,
		django: model.django ?? null,
		python: model.python ?? null,
		settings: Object.fromEntries(
			model.settings.map(({ name, value, unknown }) => [name, unknown === undefined ? { value } : { unknown }]),
		),
		variables: model.variables.map(({ name, isSet, place }) => ({ name, set: isSet, place: roots.place(place) })),
		middleware: model.middleware.map((one) => ({
			path: one.path,
			loc: roots.place(one.place),
			...(one.settingPlace ? { setting: roots.place(one.settingPlace) } : {}),
			...(one.resolved ? { resolved: one.resolved } : {}),
			...(one.problem ? { problem: one.problem.message } : {}),
			hooks: one.hooks.map(({ name, place }) => ({ name, loc: roots.place(place) })),
		})),
		routes: leaves(model.urls).map((route) => routeJson(route, roots)),
		handlers: Object.fromEntries(
			model.handlers.map(({ status, view, place, problem }) => [
				status,
				problem ? { error: problem.message } : { view, loc: roots.place(place) },
			]),
		),
		further_roots: model.otherRoots.map(({ urlconf, reason, place, urls }) => ({
			urlconf: urlconf.name,
			reason,
			place: roots.place(place),
			routes: leaves(urls).map((route) => routeJson(route, roots)),
		})),
		not_mounted: model.notMounted.map(({ condition, place, text }) => ({ condition, place: roots.place(place), text })),
		problems: model.problems.map(({ severity, code, message, place }) => ({
			severity,
			code,
			message,
			place: roots.place(place),
		})),
	};
}

function routeJson(route: RouteInfo, roots: Roots): object {
	return {
		segments: route.segments.map(({ kind, pattern, cls }) => ({
			kind: kind === 'other' ? `other:${cls ?? '?'}` : kind,
			pattern,
		})),
		namespaces: route.namespaces,
		name: route.name ?? null,
		view: route.view ?? null,
		loc: roots.place(route.place),
		site: roots.place(route.site),
		projectSite: roots.place(route.projectSite),
		...(route.methods
			? { methods: route.methods.map(({ method, view, place }) => ({ method, view, loc: roots.place(place) })) }
			: {}),
		...(route.registered ? { registered: roots.place(route.registered) } : {}),
		...(route.wrappers ? { wrappers: route.wrappers } : {}),
		...(route.problem ? { problem: route.problem.message } : {}),
	};
}
