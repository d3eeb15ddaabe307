import { type ConfigurationScope, workspace } from 'vscode';

const platform = process.platform === 'win32' ? 'windows' : process.platform === 'darwin' ? 'osx' : 'linux';

/** What `terminal.integrated.env.*` sets, variables filled in; null takes a variable away and is left out here. */
export function terminalEnvironment(scope?: ConfigurationScope, folder?: string): Record<string, string> {
	const configured = workspace
		.getConfiguration('terminal.integrated', scope)
		.get<Record<string, string | null>>(`env.${platform}`);
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
export function inheritedVariable(name: string, scope?: ConfigurationScope, folder?: string): string | undefined {
	return terminalEnvironment(scope, folder)[name] ?? process.env[name];
}
