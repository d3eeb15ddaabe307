import type { HandlerInfo, MiddlewareInfo, ProjectModel } from '../../shared/model';
import { basename } from '../../shared/path';
import type { ProjectSummary } from '../../shared/protocol/server';
import type { RouteHits } from '../captures/hits';
import { code, escapeMarkdown, lastName, plural } from '../format';
import { failureNode } from './failure';
import { filterEntries, type RouteFilter, routesOf } from './filter';
import type { CycleNode } from './node';
import { problemNodes } from './problemNodes';
import { environmentNode, raisedNodes, settingsNode, unreadWords } from './settingsNodes';
import { urlNodes } from './urlNodes';

export interface CycleInput {
	readonly project: ProjectSummary;
	readonly model: ProjectModel | undefined;
	readonly filter: RouteFilter;
	readonly hits: RouteHits;
}

/** One project's rows, in the order a request meets the parts. */
export function projectNodes({ project, model, filter, hits }: CycleInput): CycleNode[] {
	const root = project.root;
	if (!model) return waitingNodes(project);
	const options = { root, hits, filtered: filter.length > 0, unread: unreadOf(model) } as const;
	const urls = filterEntries(model.urls, filter);
	const failures = model.problems.filter(({ severity }) => severity === 'error');
	const failed = failures.length > 0;
	const raised = raisedNodes(model);
	const nodes: (CycleNode | undefined)[] = options.filtered
		? [urlsNode(model, urls, options)]
		: [
				...failures.map((problem, at) => failureNode(`${root}/failure/${at}`, problem, root)),
				failed && !model.settingsModule ? environmentNode(`${root}/environment`, model) : settingsNode(project, model, raised),
				raised[0],
				failed && model.middleware.length === 0 ? undefined : middlewareNode(model, hits),
				failed && !model.rootUrlconf ? undefined : urlsNode(model, urls, options),
				section(
					root,
					'handlers',
					'Error handlers',
					'shield',
					model.handlers.map((handler) => handlerNode(root, handler)),
				),
			];
	for (const other of model.otherRoots) {
		const children = filterEntries(other.urls, filter);
		if (options.filtered && routesOf(children).length === 0) continue;
		const id = `${root}/other/${other.urlconf.name}/${other.reason}`;
		nodes.push({
			id,
			label: `URLs of ${other.urlconf.name}`,
			description: other.reason,
			icon: 'list-tree',
			...(other.place ? { place: other.place, site: other.place } : {}),
			root,
			children: urlNodes(id, children, options),
		});
	}
	if (options.filtered) return nodes.filter((node) => node !== undefined);
	nodes.push(notMountedNode(root, model));
	// What was recorded is held against URLs that are all there.
	const seen = (model.provisional ? [] : hits.unknown).map((summary) => ({
		id: `${root}/seen/${summary.view}/${summary.route}`,
		label: `/${summary.route ?? summary.path.slice(1)}`,
		description: `${summary.view ?? ''} · recorded, but not found in the source`,
		tooltip: `A recorded request reached ${code(summary.view ?? '')}, which the URLs above lack. Please report it with the URLconf's code.`,
		icon: 'bug',
		root,
		children: [],
	}));
	nodes.push(section(root, 'seen', 'Seen at run time only', 'bug', seen));
	const unknown = model.problems.filter(({ severity }) => severity !== 'error').length;
	nodes.push(section(root, 'problems', 'Not known', 'question', problemNodes(`${root}/problems`, model), unknown));
	return nodes.filter((node) => node !== undefined);
}

/** What a condition left out, under the condition: a sidebar has no room for both on one row. */
function notMountedNode(root: string, { notMounted }: ProjectModel): CycleNode | undefined {
	const id = (condition: string) => `${root}/notMounted/${condition}`;
	const conditions = [...new Set(notMounted.map(({ condition }) => condition))].map((condition): CycleNode => {
		const rows = notMounted.filter((one) => one.condition === condition);
		return {
			id: id(condition),
			label: condition,
			tooltip: `Left out, since this does not hold: ${code(condition)}`,
			icon: 'circle-slash',
			...(rows[0] ? { place: rows[0].place } : {}),
			root,
			expanded: true,
			children: rows.map(({ text, place }, at) => ({
				id: `${id(condition)}/${at}`,
				label: text,
				description: `${basename(place.file)}:${place.line}`,
				tooltip: `${code(text)}\n\nLeft out, since this does not hold: ${code(condition)}`,
				icon: 'dash',
				place,
				root,
				children: [],
			})),
		};
	});
	return section(root, 'notMounted', 'Not mounted', 'circle-slash', conditions, notMounted.length);
}

/** What is known before the first evaluation: the settings module, and that the rest is being read. */
function waitingNodes(project: ProjectSummary): CycleNode[] {
	const { root, settingsModule, candidates } = project;
	if (project.problem) return [failureNode(`${root}/failure/0`, project.problem, root)];
	const source = candidates.find((candidate) => candidate.module === settingsModule)?.source;
	const settings: CycleNode = {
		id: `${root}/settings`,
		label: settingsModule ?? 'No settings module',
		description: `settings module${source ? ` · from ${source}` : ''}`,
		icon: 'settings-gear',
		root,
		children: [],
	};
	const rest = { id: `${root}/reading`, label: 'Reading the project…', icon: 'loading~spin', root, children: [] };
	return [settings, rest];
}

/** A section with rows, and how many things they tell; one without is left out. */
function section(
	root: string,
	key: string,
	label: string,
	icon: string,
	children: readonly CycleNode[],
	count = children.length,
): CycleNode | undefined {
	if (children.length === 0) return undefined;
	return { id: `${root}/${key}`, label, description: String(count), icon, root, children };
}

const unreadOf = (model: ProjectModel) =>
	model.textOnly ? 'not evaluated' : model.provisional === 'outline' ? 'reading' : undefined;

function middlewareNode(model: ProjectModel, hits: RouteHits): CycleNode {
	const id = `${model.root}/middleware`;
	const seen = new Map<string, number>();
	const children = model.middleware.map((middleware) => {
		const count = seen.get(middleware.path) ?? 0;
		seen.set(middleware.path, count + 1);
		return oneMiddleware(`${id}/${middleware.path}${count > 0 ? `#${count}` : ''}`, model.root, middleware, hits);
	});
	return {
		id,
		label: 'Middleware',
		description: [String(children.length), unreadWords(model)].filter(Boolean).join(' · '),
		icon: 'layers',
		root: model.root,
		expanded: true,
		children,
	};
}

const icons = { class: 'symbol-class', function: 'symbol-function', unknown: 'circle-outline' };

function oneMiddleware(id: string, root: string, middleware: MiddlewareInfo, hits: RouteHits): CycleNode {
	const refused = hits.ofMiddleware(middleware.path);
	const why = hits.leftOut(middleware.path);
	const reached = why === undefined && hits.reached(middleware.path);
	const color = refused ? 'charts.orange' : reached ? 'charts.green' : hits.any ? 'disabledForeground' : undefined;
	const module = middleware.path.slice(0, Math.max(0, middleware.path.lastIndexOf('.')));
	const hooks = middleware.hooks.map((hook) => hook.name);
	const words = [
		middleware.problem?.message ?? module,
		refused ? `answered ${refused.count}×` : undefined,
		why === undefined ? undefined : 'left out',
	];
	return {
		id,
		label: lastName(middleware.path),
		description: words.filter(Boolean).join(' · '),
		tooltip: [
			code(middleware.path),
			middleware.resolved && middleware.resolved !== middleware.path ? `Defined as ${code(middleware.resolved)}` : '',
			why === undefined ? '' : `Left out when the server started (\`MiddlewareNotUsed\`)${why ? `: ${escapeMarkdown(why)}` : ''}`,
			hooks.length > 0 ? `Hooks ${hooks.map(code).join(', ')}` : '',
			middleware.problem ? `$(warning) ${escapeMarkdown(middleware.problem.message)}` : '',
		]
			.filter(Boolean)
			.join('\n\n'),
		icon: middleware.problem ? 'warning' : icons[middleware.kind ?? 'unknown'],
		...(color ? { color } : {}),
		...(middleware.place ? { place: middleware.place } : middleware.settingPlace ? { place: middleware.settingPlace } : {}),
		...(middleware.settingPlace ? { site: middleware.settingPlace } : {}),
		root,
		children: middleware.hooks.map((hook) => ({
			id: `${id}/${hook.name}`,
			label: hook.name,
			icon: 'symbol-event',
			...(hook.place
				? { place: hook.place, description: `${basename(hook.place.file)}:${hook.place.line}` }
				: middleware.place
					? { place: middleware.place }
					: {}),
			root,
			children: [],
		})),
	};
}

function urlsNode(model: ProjectModel, urls: ProjectModel['urls'], options: Parameters<typeof urlNodes>[2]): CycleNode {
	const id = `${model.root}/urls`;
	const shown = routesOf(urls).length;
	const all = options.filtered ? routesOf(model.urls).length : shown;
	const count = unreadWords(model) ?? (options.filtered ? `${shown} of ${plural(all, 'route')}` : plural(all, 'route'));
	const file = model.rootUrlconf?.file;
	return {
		id,
		label: 'URLs',
		description: model.rootUrlconf ? `${model.rootUrlconf.name} · ${count}` : options.unread ? count : 'no ROOT_URLCONF',
		icon: 'list-tree',
		...(file ? { place: { file, line: 1 } } : {}),
		root: model.root,
		expanded: true,
		children: urlNodes(id, urls, options),
	};
}

function handlerNode(root: string, handler: HandlerInfo): CycleNode {
	return {
		id: `${root}/handlers/${handler.status}`,
		label: `handler${handler.status}`,
		description: handler.problem?.message ?? (handler.default ? `Django's own · ${lastName(handler.view)}` : handler.view),
		tooltip: code(handler.view),
		icon: handler.problem ? 'warning' : 'symbol-method',
		...(handler.place ? { place: handler.place } : {}),
		root,
		children: [],
	};
}

/** Several projects: one row each, the sections below. */
export function projectNode(project: ProjectSummary, children: readonly CycleNode[]): CycleNode {
	return {
		id: `${project.root}/project`,
		label: project.name,
		...(project.settingsModule ? { description: project.settingsModule } : {}),
		tooltip: code(project.root),
		icon: 'project',
		root: project.root,
		expanded: true,
		children,
	};
}
