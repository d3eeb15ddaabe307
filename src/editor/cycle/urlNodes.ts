import type { IncludeInfo, PatternInfo, Place, Problem, RouteInfo, UnknownEntry, UrlEntry } from '../../shared/model';
import { relativePath } from '../../shared/path';
import type { RouteHits } from '../captures/hits';
import { code, escapeMarkdown, formatDuration, lastName, plural } from '../format';
import { routesOf } from './filter';
import type { CycleNode } from './node';

export interface UrlNodeOptions {
	readonly root: string;
	readonly hits: RouteHits;
	/** A filter is on: everything that is left stands open. */
	readonly filtered: boolean;
	/** The entries are what the text says, the views not known (yet): why that is. */
	readonly unread: 'reading' | 'not evaluated' | undefined;
}

/** Rows of a URLconf tree: includes with their children, routes, unknown parts, in match order. */
export function urlNodes(parent: string, entries: readonly UrlEntry[], options: UrlNodeOptions): CycleNode[] {
	const seen = new Map<string, number>();
	return entries.map((entry) => {
		// The same include may stand twice; what is equal is told apart by its count, not by its place in the list.
		const count = seen.get(entry.id) ?? 0;
		seen.set(entry.id, count + 1);
		const id = `${parent}/${entry.id}${count > 0 ? `#${count}` : ''}`;
		if (entry.type === 'route') return routeNode(id, entry, options);
		if (entry.type === 'include') return includeNode(id, entry, entries.length === 1, options);
		return unknownNode(id, entry, options);
	});
}

function routeNode(id: string, route: RouteInfo, { root, hits, unread }: UrlNodeOptions): CycleNode {
	const recorded = hits.of(route);
	const failed = recorded?.lastStatus !== undefined && recorded.lastStatus >= 500;
	const words = [
		route.fullName ?? route.name,
		route.view === undefined ? undefined : lastName(route.view),
		recorded ? `${recorded.count}×` : undefined,
	];
	const icon = route.problem ? 'question' : unread ? 'circle-outline' : isClass(route.view) ? 'symbol-class' : 'symbol-method';
	const color = failed ? 'charts.red' : recorded ? 'charts.green' : hits.any ? 'disabledForeground' : undefined;
	const site = route.site ?? route.projectSite;
	const place = route.place ?? route.registered ?? site;
	return {
		id,
		label: patternLabel(route.pattern),
		description: words.filter(Boolean).join(' · '),
		tooltip: [routeTooltip(route, root, recorded), unread ? unreadText[unread] : ''].filter(Boolean).join('\n\n'),
		icon,
		...(color ? { color } : {}),
		...(place ? { place } : {}),
		...(site ? { site } : {}),
		...(route.registered ? { registered: route.registered } : {}),
		route,
		root,
		children: [],
	};
}

/** `alone`: nothing stands beside it, so that it is open however much it holds. */
function includeNode(id: string, include: IncludeInfo, alone: boolean, options: UrlNodeOptions): CycleNode {
	const routes = routesOf(include.children).length;
	const namespace = include.namespace === undefined ? '' : `${include.namespace}: · `;
	const urlconf = include.urlconf.name === '<list>' ? 'patterns in place' : include.urlconf.name;
	const site = include.site ?? include.projectSite;
	const expanded = options.filtered || alone || (routes > 0 && routes <= 12);
	const count = expanded || options.unread || routes === 0 ? '' : ` · ${plural(routes, 'route')}`;
	const lines = [
		`**${code(patternLabel(include.pattern))}** includes ${code(urlconf)}`,
		include.namespace === undefined
			? ''
			: `Namespace ${code(include.namespace)}${include.appName ? `, application ${code(include.appName)}` : ''}`,
		options.unread ?? plural(routes, 'route'),
		include.problem ? `$(warning) ${escapeMarkdown(include.problem.message)}` : '',
	];
	return {
		id,
		label: patternLabel(include.pattern),
		description: `${namespace}${urlconf}${count}${include.problem ? ` · ${include.problem.message}` : ''}`,
		tooltip: lines.filter(Boolean).join('\n\n'),
		icon: include.problem ? 'warning' : include.pattern.kind === 'locale_prefix' ? 'globe' : 'symbol-namespace',
		...(include.urlconf.file ? { place: { file: include.urlconf.file, line: 1 } } : site ? { place: site } : {}),
		...(site ? { site } : {}),
		root: options.root,
		expanded,
		children: urlNodes(id, include.children, options),
	};
}

function unknownNode(id: string, { problem }: Pick<UnknownEntry, 'problem'>, { root }: Pick<UrlNodeOptions, 'root'>): CycleNode {
	const place = problem.place ?? problem.trail?.at(-1);
	if (problem.code === 'reading' || problem.code === 'not-evaluated') return writtenNode(id, problem, root);
	return {
		id,
		label: problem.severity === 'error' ? 'Error' : problem.severity === 'warning' ? 'Unknown' : 'Note',
		description: problem.message,
		tooltip: escapeMarkdown(problem.message),
		icon: problem.severity === 'error' ? 'error' : problem.severity === 'warning' ? 'question' : 'info',
		...(place ? { place } : {}),
		root,
		children: [],
	};
}

const unreadText = {
	reading: 'The view is not known yet: the project is being read.',
	'not evaluated': 'The view is not known: the project could not be evaluated.',
};

/** A part of the URLs that has to be evaluated to be known, as it is written. */
function writtenNode(id: string, { code: why, message, place }: Problem, root: string): CycleNode {
	const [alone, beside] = why === 'reading' ? ['Reading…', 'reading…'] : ['The rest', 'has to be evaluated'];
	return {
		id,
		label: message === '' ? alone : message,
		...(message === '' && why === 'reading' ? {} : { description: beside }),
		...(message === '' ? {} : { tooltip: code(message) }),
		icon: 'ellipsis',
		...(place ? { place } : {}),
		root,
		children: [],
	};
}

/** `''` for a pattern that adds nothing, as the URLconf has it. */
function patternLabel(pattern: PatternInfo): string {
	return pattern.pattern === '' ? "''" : pattern.pattern;
}

const placeText = ({ file, line }: Place, root: string): string => `${relativePath(file, root) ?? file}:${line}`;

/** By Python's convention: what begins with a capital is a class. */
function isClass(view: string | undefined): boolean {
	return view !== undefined && /^[A-Z]/.test(lastName(view));
}

function routeTooltip(route: RouteInfo, root: string, recorded: ReturnType<RouteHits['of']>): string {
	const lines = [`**${code(route.fullPath)}**`];
	if (route.view) lines.push(`View ${code(route.view)}`);
	if (route.fullName ?? route.name) lines.push(`Name ${code(route.fullName ?? route.name ?? '')}`);
	if (route.registered) lines.push(`Registered with a router in ${code(placeText(route.registered, root))}`);
	const converters = Object.assign({}, ...route.segments.map((segment) => segment.converters ?? {})) as Record<string, string>;
	const names = Object.entries(converters).map(([name, converter]) => code(`${converter}:${name}`));
	if (names.length > 0) lines.push(`Arguments ${names.join(', ')}`);
	const kwargs = Object.entries(route.kwargs ?? {}).map(([name, value]) => code(`${name}=${value}`));
	if (kwargs.length > 0) lines.push(`Given ${kwargs.join(', ')}`);
	if (route.wrappers && route.wrappers.length > 0) lines.push(`Wrapped by ${route.wrappers.map(code).join(', ')}`);
	for (const method of route.methods ?? []) lines.push(`${method.method} → ${code(method.view)}`);
	if (recorded) {
		const status = recorded.lastStatus === undefined ? '' : `, last status ${recorded.lastStatus}`;
		lines.push(`Recorded ${plural(recorded.count, 'time')}${status}, median ${formatDuration(recorded.medianNs)}`);
	}
	if (route.problem) lines.push(`$(warning) ${escapeMarkdown(route.problem.message)}`);
	return lines.join('\n\n');
}
