import { readFile } from 'node:fs/promises';
import { delimiter } from 'node:path';
import type { DebugConfiguration, DebugConfigurationProvider, WorkspaceFolder } from 'vscode';
import { inheritedVariable } from '../client/terminalEnvironment';
import { launchEnvironment, pathVariable } from './environment';
import type { Recording } from './recording';

/** Gives the recorder to what debugpy launches: the variables of terminals don't reach debug sessions. Attached processes are not ours to change. */
export class RecordedDebugSessions implements DebugConfigurationProvider {
	constructor(private readonly recording: Recording) {}

	async resolveDebugConfigurationWithSubstitutedVariables(
		folder: WorkspaceFolder | undefined,
		configuration: DebugConfiguration,
	): Promise<DebugConfiguration> {
		if (!this.recording.enabled || configuration.request !== 'launch') return configuration;
		const envFile: unknown = configuration['envFile'];
		const text = typeof envFile === 'string' ? await readFile(envFile, 'utf8').catch(() => undefined) : undefined;
		const env: unknown = configuration['env'];
		const inherited = inheritedVariable(pathVariable, folder?.uri);
		const launch = {
			...(isVariables(env) ? { env } : {}),
			...(text === undefined ? {} : { envFile: text }),
			...(inherited === undefined ? {} : { inherited }),
		};
		const { recorderFolder, capturesFolder } = this.recording;
		return { ...configuration, env: launchEnvironment(launch, recorderFolder, capturesFolder, delimiter) };
	}
}

function isVariables(value: unknown): value is Record<string, string | null> {
	return typeof value === 'object' && value !== null;
}
