import { type Uri, workspace } from 'vscode';

const platform = process.platform === 'win32' ? 'windows' : process.platform === 'darwin' ? 'osx' : 'linux';

/**
 * What `terminal.integrated.env.*` sets for a folder of the workspace, or a project in one, variables filled in; null takes
 * a variable away and is left out here.
 */
export function terminalEnvironment(scope?: Uri): Record<string, string> {
	const configured = workspace
		.getConfiguration('terminal.integrated', scope)
		.get<Record<string, string | null>>(`env.${platform}`);
	const folder = scope && (workspace.getWorkspaceFolder(scope)?.uri ?? scope).fsPath;
	const out: Record<string, string> = {};
	for (const [name, value] of Object.entries(configured ?? {})) {
		if (typeof value !== 'string') continue;
		out[name] = value
			.replaceAll(/\$\{workspaceFolder(?::[^}]*)?\}/g, folder ?? '')
			.replaceAll(/\$\{env:(\w+)\}/g, (_, variable: string) => process.env[variable] ?? '');
	}
	return out;
}

/** The variable as a new terminal would have it before anything of ours. */
export function inheritedVariable(name: string, scope?: Uri): string | undefined {
	return terminalEnvironment(scope)[name] ?? process.env[name];
}

/** The variables that all folders of the workspace set alike: what holds before it is known which project is asked for. */
export function sharedEnvironment(): Record<string, string> {
	const [first = {}, ...rest] = (workspace.workspaceFolders ?? []).map((folder) => terminalEnvironment(folder.uri));
	return Object.fromEntries(Object.entries(first).filter(([name, value]) => rest.every((other) => other[name] === value)));
}
