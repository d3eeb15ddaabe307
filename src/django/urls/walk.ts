import type { Interpreter } from '../../python/runtime/interpreter';
import { PyDict, PyModule, PyObject, PyRaise, PyUnknown, textOf, type Value } from '../../python/values';
import type { IncludeInfo, PatternInfo, Place, Problem, RouteInfo, UrlconfInfo, UrlEntry } from '../../shared/model';
import { exceptionText } from '../problems';
import { type Site, sitesOf } from '../sites';
import { attribute, viewOf } from '../views/unwrap';
import { fullPath, patternInfo, unknownPattern } from './pattern';

/** What stands above an entry. */
interface Above {
	readonly segments: readonly PatternInfo[];
	readonly namespaces: readonly string[];
	readonly appNames: readonly string[];
	/** Resolvers on the way: one that is below itself is a cycle. */
	readonly resolvers: readonly Value[];
	readonly id: string;
}

const top: Above = { segments: [], namespaces: [], appNames: [], resolvers: [], id: '' };
/** Deeper includes are taken for a cycle that makes new resolvers all the time. */
const deepestInclude = 40;

const livePatterns = Symbol('patterns behind the tree');

/** The pattern object behind an entry of the tree that this interpreter made. */
export function patternOf(py: Interpreter, entry: UrlEntry): Value | undefined {
	return py.state(livePatterns, () => new WeakMap<UrlEntry, Value>()).get(entry);
}

/** The tree below a resolver (`get_resolver()`), in match order: Django's own objects, walked once. */
export function walkResolver(py: Interpreter, resolver: Value): UrlEntry[] {
	return entriesOf(py, resolver, { ...top, resolvers: [resolver] });
}

function entriesOf(py: Interpreter, resolver: Value, above: Above): UrlEntry[] {
	const out: UrlEntry[] = [];
	const ids = new Map<string, number>();
	let patterns: Value;
	try {
		patterns = py.getAttr(resolver, 'url_patterns');
	} catch (error) {
		if (!(error instanceof PyRaise)) throw error;
		const place = sitesOf(py).get(resolver as PyObject)?.site;
		return [unknown(`${above.id}/!`, 'import-failed', exceptionText(py, error), place)];
	}
	for (const item of py.iterate(patterns)) {
		const entry = entryOf(py, item, above, (key) => {
			const count = (ids.get(key) ?? 0) + 1;
			ids.set(key, count);
			return `${above.id}/${key}${count > 1 ? `#${count}` : ''}`;
		});
		out.push(entry);
	}
	if (patterns instanceof PyUnknown)
		out.push(unknown(`${above.id}/?`, 'unknown-value', `urlpatterns: ${patterns.reason}`, placeOf(patterns)));
	return out;
}

function entryOf(py: Interpreter, item: Value, above: Above, idOf: (key: string) => string): UrlEntry {
	if (item instanceof PyUnknown) return unknown(idOf('?'), 'unknown-value', item.reason, placeOf(item));
	const site = item instanceof PyObject ? sitesOf(py).get(item) : undefined;
	try {
		const inner = py.findAttr(item, 'pattern');
		if (inner === undefined)
			return unknown(idOf('?'), 'not-a-pattern', `${py.repr(item)} is neither a pattern nor an include`, site?.site);
		const pattern = patternInfo(py, inner);
		const lost = unknownPattern(py, inner);
		const problem: Problem | undefined = lost && problemOf('unknown-value', lost.reason, placeOf(lost));
		const below = { ...above, segments: [...above.segments, pattern] };
		const entry = py.hasAttr(item, 'url_patterns')
			? include(py, item, pattern, below, site, idOf, problem)
			: route(py, item, pattern, below, site, idOf, problem);
		py.state(livePatterns, () => new WeakMap<UrlEntry, Value>()).set(entry, inner);
		return entry;
	} catch (error) {
		if (!(error instanceof PyRaise)) throw error;
		return unknown(idOf('!'), 'raised', exceptionText(py, error), site?.site);
	}
}

function route(
	py: Interpreter,
	item: Value,
	pattern: PatternInfo,
	above: Above,
	site: Site | undefined,
	idOf: (key: string) => string,
	problem: Problem | undefined,
): RouteInfo {
	const nameValue = attribute(py, item, 'name') ?? null;
	const name = nameValue === null ? undefined : py.str(nameValue);
	const callback = attribute(py, item, 'callback') ?? null;
	const view = callback instanceof PyUnknown ? undefined : viewOf(py, callback);
	const kwargs = reprs(py, attribute(py, item, 'default_args'));
	const trouble =
		problem ?? (callback instanceof PyUnknown ? problemOf('unknown-value', callback.reason, placeOf(callback)) : undefined);
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
		...(kwargs ? { kwargs } : {}),
		...(attribute(py, callback, 'should_append_slash') === false ? { appendSlash: false as const } : {}),
		...(view && view.wrappers.length > 0 ? { wrappers: view.wrappers } : {}),
		...(view?.methods ? { methods: view.methods } : {}),
		...(trouble ? { problem: trouble } : {}),
	};
}

function include(
	py: Interpreter,
	item: Value,
	pattern: PatternInfo,
	above: Above,
	site: Site | undefined,
	idOf: (key: string) => string,
	problem: Problem | undefined,
): IncludeInfo {
	const namespace = textAttribute(py, item, 'namespace');
	const appName = textAttribute(py, item, 'app_name');
	const kwargs = reprs(py, attribute(py, item, 'default_kwargs'));
	const id = idOf(`${pattern.pattern}|${namespace ?? ''}/`);
	const cyclic = above.resolvers.includes(item) || above.resolvers.length > deepestInclude;
	const children = cyclic
		? [unknown(`${id}/cycle`, 'cycle', 'This URLconf includes itself.', site?.site)]
		: entriesOf(py, item, {
				...above,
				id,
				namespaces: namespace ? [...above.namespaces, namespace] : above.namespaces,
				appNames: appName ? [...above.appNames, appName] : above.appNames,
				resolvers: [...above.resolvers, item],
			});
	return {
		type: 'include',
		id,
		pattern,
		...(namespace ? { namespace } : {}),
		...(appName ? { appName } : {}),
		urlconf: urlconfInfo(py, attribute(py, item, 'urlconf_name') ?? null),
		...sitePlaces(site),
		...(kwargs ? { kwargs } : {}),
		children,
		...(problem ? { problem } : {}),
	};
}

/** The module of a URLconf, or `<list>` for patterns that were given in place. */
export function urlconfInfo(py: Interpreter, value: Value): UrlconfInfo {
	const module = value instanceof PyModule ? value : py.modules.get(textOf(value) ?? '');
	if (module instanceof PyModule) return { name: module.name, ...(module.source ? { file: module.source.path } : {}) };
	return { name: textOf(value) ?? `<${py.typeOf(value).name}>` };
}

function textAttribute(py: Interpreter, item: Value, name: string): string | undefined {
	const value = attribute(py, item, name) ?? null;
	return value === null || value === '' || value instanceof PyUnknown ? undefined : py.str(value);
}

function reprs(py: Interpreter, value: Value | undefined): Record<string, string> | undefined {
	if (!(value instanceof PyDict) || value.size === 0) return undefined;
	return Object.fromEntries([...value.entries()].map(({ key, value: one }) => [py.str(key), py.repr(one).slice(0, 200)]));
}

const sitePlaces = (site: Site | undefined) => ({
	...(site?.site ? { site: site.site } : {}),
	...(site?.projectSite ? { projectSite: site.projectSite } : {}),
});

export const placeOf = (value: PyUnknown): Place | undefined => value.place && { file: value.place.path, line: value.place.line };

const problemOf = (code: string, message: string, place: Place | undefined): Problem => ({
	severity: 'warning',
	code,
	message,
	...(place ? { place } : {}),
});

const unknown = (id: string, code: string, message: string, place: Place | undefined): UrlEntry => ({
	type: 'unknown',
	id,
	problem: problemOf(code, message, place),
});
