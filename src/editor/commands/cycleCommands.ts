import { env, QuickPickItemKind, window } from 'vscode';
import { Command } from '../../ids';
import type { Place, RouteInfo } from '../../shared/model';
import type { ProjectSummary } from '../../shared/protocol/server';
import { routeHits } from '../captures/hits';
import type { Context } from '../context';
import { routesOf } from '../cycle/filter';
import type { CycleNode } from '../cycle/node';
import { showDryRun } from '../dryRun/dryRun';
import { openPlace } from '../replay/open';
import { openInBrowser } from './browser';
import { inputWithLiveResults } from './liveInput';
import type { CommandFunction } from './table';

/** The route a command is about: the row it was called on, the selected row, or one that the user picks. */
async function routeFor(context: Context, id: unknown, placeHolder: string): Promise<RouteInfo | undefined> {
	const row = rowOf(context, id);
	return row?.route ?? pickRoute(context, placeHolder);
}

/** The row that a command was given, or else the one that is selected. */
export function rowOf(context: Context, id: unknown): CycleNode | undefined {
	if (typeof id === 'string') return context.cycle.node(id);
	return context.cycle.node(context.cycle.view.selection[0]);
}

/** Every route of every project in a quick pick, in match order; what is typed is looked for in pattern, name and view. */
async function pickRoute(context: Context, placeHolder: string, value = ''): Promise<RouteInfo | undefined> {
	const models = await context.projects.allModels();
	const routes = models.flatMap((model) => [...routesOf(model.urls), ...model.otherRoots.flatMap((root) => routesOf(root.urls))]);
	if (routes.length === 0)
		throw new Error(context.projects.reason ?? 'The project has no URLs that could be read: see the Cycle view.');
	const pick = window.createQuickPick<{ label: string; description: string; detail?: string; route: RouteInfo }>();
	pick.placeholder = placeHolder;
	pick.matchOnDescription = true;
	pick.matchOnDetail = true;
	pick.value = value;
	pick.items = routes.map((route) => ({
		label: route.fullPath,
		description: route.fullName ?? route.name ?? '',
		...(route.view ? { detail: route.view } : {}),
		route,
	}));
	return new Promise((done) => {
		pick.onDidAccept(() => {
			done(pick.selectedItems[0]?.route);
			pick.hide();
		});
		pick.onDidHide(() => {
			done(undefined);
			pick.dispose();
		});
		pick.show();
	});
}

function placeOf(route: RouteInfo): Place | undefined {
	return route.place ?? route.registered ?? route.site ?? route.projectSite;
}

function required(place: Place | undefined, what: string): Place {
	if (!place) throw new Error(`${what} is not known: the row's tooltip says why.`);
	return place;
}

export async function projectFor(context: Context, root: string | undefined): Promise<ProjectSummary | undefined> {
	const projects = await context.projects.all();
	const known = projects.find((project) => project.root === root);
	if (known || projects.length <= 1) return known ?? projects[0];
	const items = projects.map((project) => ({
		label: project.name,
		description: project.settingsModule ?? '',
		detail: project.root,
		project,
	}));
	return (await window.showQuickPick(items, { placeHolder: 'Project' }))?.project;
}

export const cycleCommands = {
	[Command.refresh]: ({ projects }) => projects.refresh(),

	[Command.openPlace]: (_context, place) => {
		if (isPlace(place)) return openPlace(place);
		throw new Error('There is no place to open.');
	},

	[Command.openView]: async (context, id) => {
		const route = await routeFor(context, id, 'Route whose view to open');
		if (route) await openPlace(required(route.place, `The view of ${route.fullPath}`));
	},

	[Command.openPattern]: async (context, id) => {
		const row = rowOf(context, id);
		const route = row?.site ? undefined : await routeFor(context, id, 'Route whose path() line to open');
		const site = row?.site ?? route?.site ?? route?.projectSite ?? route?.registered;
		if (row || route) await openPlace(required(site, 'The path() line'));
	},

	[Command.openRegistration]: async (context, id) => {
		const row = rowOf(context, id);
		if (row) await openPlace(required(row.registered, 'The register() call'));
	},

	[Command.goToRoute]: async (context, text) => {
		const route = await pickRoute(context, 'Go to a route by pattern, name or view', typeof text === 'string' ? text : '');
		if (route) await openPlace(required(placeOf(route), route.fullPath));
	},

	[Command.filterRoutes]: async ({ cycle }, text) => {
		if (typeof text === 'string') cycle.filter = text;
		else {
			await inputWithLiveResults({
				title: 'Filter Routes',
				placeholder: 'Words of the pattern, the name or the view',
				value: cycle.filter,
				change: (value) => {
					cycle.filter = value;
				},
			});
		}
	},

	[Command.clearRouteFilter]: ({ cycle }) => {
		cycle.filter = '';
	},

	[Command.copyPath]: async (context, id) => {
		const route = await routeFor(context, id, 'Route whose path to copy');
		if (route) await env.clipboard.writeText(route.fullPath);
	},

	[Command.copyName]: async (context, id) => {
		const route = await routeFor(context, id, 'Route whose name to copy');
		const name = route?.fullName ?? route?.name;
		if (route && !name) throw new Error(`${route.fullPath} has no name.`);
		if (name) await env.clipboard.writeText(name);
	},

	[Command.openInBrowser]: async (context, id) => {
		const route = await routeFor(context, id, 'Route to open in the browser');
		if (route) await openInBrowser(context, route);
	},

	[Command.findLatestCapture]: async (context, id) => {
		const route = await routeFor(context, id, 'Route whose latest capture to find');
		if (!route) return;
		await context.captures.follow();
		const latest = routeHits(context.captures.summaries, context.projects.knownModels).of(route)?.captures[0];
		if (!latest) throw new Error(`No request to ${route.fullPath} has been recorded yet.`);
		await context.requests.reveal(latest.id);
		await context.panels.open(latest.id);
	},

	[Command.dryRun]: async (context, id) => {
		const row = typeof id === 'string' ? context.cycle.node(id) : undefined;
		const project = await projectFor(
			context,
			row?.root ?? context.projects.projectOf(window.activeTextEditor?.document.uri.fsPath)?.root,
		);
		if (!project) throw new Error(context.projects.reason ?? 'There is no Django project to ask.');
		const request = row || typeof id !== 'string' ? undefined : id;
		await showDryRun(context, project, request, row?.route);
	},

	[Command.selectSettingsModule]: async (context, id) => {
		const row = typeof id === 'string' ? context.cycle.node(id) : undefined;
		const project = await projectFor(context, row?.root);
		if (!project) throw new Error(context.projects.reason ?? 'There is no Django project.');
		if (row?.choose) return context.projects.choose(project.root, row.choose);
		const other = { label: '$(edit) Another module…', other: true as const };
		const items = [
			...project.candidates.map((candidate) => ({
				label: candidate.module,
				description: candidate.module === project.settingsModule ? `${candidate.source} · in use` : candidate.source,
				module: candidate.module,
			})),
			{ label: '', kind: QuickPickItemKind.Separator },
			other,
		];
		const chosen = await window.showQuickPick(items, { placeHolder: `Settings module of ${project.name}` });
		if (!chosen) return undefined;
		const module =
			'module' in chosen
				? chosen.module
				: 'other' in chosen
					? await window.showInputBox({
							prompt: 'Dotted path of the settings module, such as config.settings.local',
							validateInput: (text) => (/^[\w.]+$/.test(text) ? undefined : 'A dotted path of Python names'),
						})
					: undefined;
		return module ? context.projects.choose(project.root, module) : undefined;
	},
} satisfies Partial<Record<string, CommandFunction>>;

export function isPlace(value: unknown): value is Place {
	return (
		typeof value === 'object' &&
		value !== null &&
		'file' in value &&
		typeof value.file === 'string' &&
		'line' in value &&
		typeof value.line === 'number'
	);
}
