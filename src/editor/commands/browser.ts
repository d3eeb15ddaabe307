import { env, Uri, window } from 'vscode';
import type { RouteInfo } from '../../shared/model';
import type { Context } from '../context';
import { listens, type ServerAddress } from '../recording/developmentServer';

/** How many captures are opened in search of a server that still listens. */
const looked = 5;

/** Opens a route at the running server's address; asks for the arguments it takes. */
export async function openInBrowser(context: Context, route: RouteInfo): Promise<void> {
	const address = await runningServer(context);
	if (!address) {
		const run = 'Run Development Server';
		const answer = await window.showInformationMessage(
			'No running server is known. Start one, and send it a request with recording on.',
			run,
		);
		if (answer !== run) return;
		const project = context.projects.list[0];
		if (!project) return;
		await context.server.run(project, await context.projects.model(project.root));
	}
	const path = await pathOf(route);
	const at = address ?? context.server.address;
	if (path === undefined || !at) return;
	await waitFor(at);
	await env.openExternal(Uri.parse(`${at.scheme}://${at.host}:${at.port}${path}`));
}

/** Where a server of this workspace listens now: the one started here, else the newest one that was recorded. */
export async function runningServer(context: Context): Promise<ServerAddress | undefined> {
	const own = context.server.address;
	if (own && (await listens(own))) return own;
	await context.captures.follow();
	for (const summary of context.captures.summaries.slice(0, looked)) {
		const result = await context.captures.open(summary.id);
		if (!result.ok) continue;
		const { process, request } = result.capture;
		if (process.port === undefined) continue;
		const host = process.host && !['0.0.0.0', '::', '[::]'].includes(process.host) ? process.host : '127.0.0.1';
		const address = { scheme: request.scheme, host, port: process.port };
		if (await listens(address)) return address;
	}
	return undefined;
}

async function waitFor(address: ServerAddress): Promise<void> {
	for (let attempt = 0; attempt < 40 && !(await listens(address)); attempt++) await new Promise((done) => setTimeout(done, 250));
}

/** The URL's path: a route as it is where it takes no arguments, else with those that the user gives. */
export async function pathOf(route: RouteInfo): Promise<string | undefined> {
	const regex = route.segments.some((segment) => segment.kind === 'regex' || segment.kind === 'other');
	if (regex) {
		return window.showInputBox({ prompt: `A path that ${route.fullPath} matches`, value: plainPath(route.fullPath) });
	}
	let path = route.fullPath;
	for (const [whole, converter, name] of [...route.fullPath.matchAll(/<(?:([^:<>]+):)?([^<>]+)>/g)].map((match) => [...match])) {
		const value = await window.showInputBox({
			prompt: `${name} (${converter ?? 'str'}) in ${route.fullPath}`,
			ignoreFocusOut: true,
		});
		if (value === undefined) return undefined;
		path = path.replace(whole ?? '', () => encodeURI(value));
	}
	return path;
}

const plainPath = (regex: string) => regex.replace(/[\^$\\]/g, '').replace(/\(\?P<(\w+)>[^)]*\)/g, '<$1>');
