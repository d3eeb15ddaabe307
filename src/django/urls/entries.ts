import type { Interpreter } from '../../python/runtime/interpreter';
import { PyDict, PyModule, PyUnknown, textOf, type Value } from '../../python/values';
import type { PatternInfo, Place, Problem, RouteInfo, UrlconfInfo, UrlEntry } from '../../shared/model';
import { registeredPlace } from '../registrations';
import type { Site } from '../sites';
import { attribute } from '../views/attribute';
import { viewOf } from '../views/unwrap';
import type { Above } from './kept';
import { fullPath } from './pattern';

const liveItems = Symbol('what stands behind the tree');

/** The pattern object behind an entry of the tree that this interpreter made. */
export function patternOf(py: Interpreter, entry: UrlEntry): Value | undefined {
	const item = behind(py).get(entry);
	return item === undefined ? undefined : attribute(py, item, 'pattern');
}

/** The callback of the `URLPattern` behind a route. */
export function callbackOf(py: Interpreter, entry: RouteInfo): Value | undefined {
	const item = behind(py).get(entry);
	return item === undefined ? undefined : attribute(py, item, 'callback');
}

/** The `URLPattern` or `URLResolver` behind each entry. */
export const behind = (py: Interpreter) => py.state(liveItems, () => new WeakMap<UrlEntry, Value>());

/** The row of a `URLPattern`. */
export function route(
	py: Interpreter,
	item: Value,
	pattern: PatternInfo,
	above: Above,
	site: Site | undefined,
	idOf: (key: string) => string,
	problem: Problem | undefined,
): RouteInfo {
	const nameValue = attribute(py, item, 'name') ?? null;
	const name = nameValue === null || nameValue instanceof PyUnknown ? undefined : py.str(nameValue);
	const callback = attribute(py, item, 'callback') ?? null;
	const view = callback instanceof PyUnknown ? undefined : viewOf(py, callback);
	const kwargs = reprs(py, attribute(py, item, 'default_args'));
	const registered = registrationOf(py, callback);
	const trouble =
		problem ??
		(callback instanceof PyUnknown ? problemOf('unknown-value', callback.reason, placeOf(callback)) : undefined) ??
		(nameValue instanceof PyUnknown
			? problemOf('unknown-value', `Its name is not known: ${nameValue.reason}`, placeOf(nameValue))
			: undefined);
	return {
		type: 'route',
		id: idOf(`${pattern.pattern}|${name ?? ''}`),
		pattern,
		fullPath: fullPath(above.segments),
		segments: above.segments,
		namespaces: above.namespaces,
		appNames: above.appNames,
		...(name === undefined ? {} : { name, fullName: [...above.namespaces, name].join(':') }),
		...(view ? { view: view.name } : {}),
		...(view?.place ? { place: view.place } : {}),
		...sitePlaces(site),
		...(registered ? { registered } : {}),
		...(kwargs ? { kwargs } : {}),
		...(attribute(py, callback, 'should_append_slash') === false ? { appendSlash: false as const } : {}),
		...(view && view.wrappers.length > 0 ? { wrappers: view.wrappers } : {}),
		...(view?.methods ? { methods: view.methods } : {}),
		...(trouble ? { problem: trouble } : {}),
	};
}

/** DRF's view of a viewset has its class, and the basename it was registered by among its `initkwargs`. */
function registrationOf(py: Interpreter, callback: Value): Place | undefined {
	const cls = attribute(py, callback, 'cls');
	if (cls === undefined) return undefined;
	const initial = attribute(py, callback, 'initkwargs');
	const basename = initial instanceof PyDict ? initial.getStr('basename') : undefined;
	return registeredPlace(py, cls, textOf(basename ?? null));
}

/** The module of a URLconf, or `<list>` for patterns that were given in place. */
export function urlconfInfo(py: Interpreter, value: Value): UrlconfInfo {
	const module = value instanceof PyModule ? value : py.modules.get(textOf(value) ?? '');
	if (module instanceof PyModule) return { name: module.name, ...(module.source ? { file: module.source.path } : {}) };
	return { name: textOf(value) ?? `<${py.typeOf(value).name}>` };
}

/** An attribute as text; undefined where it is None, empty or unknown. */
export function textAttribute(py: Interpreter, item: Value, name: string): string | undefined {
	const value = attribute(py, item, name) ?? null;
	return value === null || value === '' || value instanceof PyUnknown ? undefined : py.str(value);
}

/** The `repr()` of each value of a dictionary, by its keys; undefined where it holds none. */
export function reprs(py: Interpreter, value: Value | undefined): Record<string, string> | undefined {
	if (!(value instanceof PyDict) || value.size === 0) return undefined;
	return Object.fromEntries([...value.entries()].map(({ key, value: one }) => [py.str(key), py.repr(one).slice(0, 200)]));
}

export const sitePlaces = (site: Site | undefined) => ({
	...(site?.site ? { site: site.site } : {}),
	...(site?.projectSite ? { projectSite: site.projectSite } : {}),
});

export const placeOf = (value: PyUnknown): Place | undefined => value.place && { file: value.place.path, line: value.place.line };

export const problemOf = (code: string, message: string, place: Place | undefined): Problem => ({
	severity: 'warning',
	code,
	message,
	...(place ? { place } : {}),
});

export const unknown = (id: string, code: string, message: string, place: Place | undefined): UrlEntry => ({
	type: 'unknown',
	id,
	problem: problemOf(code, message, place),
});

/** The files of the URLconfs in these trees, and of the root. */
export function urlconfFiles(trees: readonly (readonly UrlEntry[])[], root: string | undefined): Set<string> {
	return new Set([...(root ? [root] : []), ...trees.flatMap((tree) => [...filesBelow(tree)])]);
}

/** By the entries of one URLconf, which an edit elsewhere leaves the same. */
const below = new WeakMap<readonly UrlEntry[], ReadonlySet<string>>();

function filesBelow(entries: readonly UrlEntry[]): ReadonlySet<string> {
	const known = below.get(entries);
	if (known) return known;
	const files = new Set<string>();
	for (const entry of entries) {
		if (entry.type !== 'include') continue;
		if (entry.urlconf.file) files.add(entry.urlconf.file);
		for (const file of filesBelow(entry.children)) files.add(file);
	}
	below.set(entries, files);
	return files;
}
