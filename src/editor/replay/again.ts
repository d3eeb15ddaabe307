import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type CancellationToken, Uri, workspace } from 'vscode';
import type { Capture } from '../../shared/capture';
import { isWithin } from '../../shared/path';
import { inheritedVariable, terminalEnvironment } from '../client/terminalEnvironment';
import type { Projects } from '../projects/projects';
import { interpreterIn } from '../recording/developmentServer';
import { folderVariable, launchEnvironment } from '../recording/environment';
import type { Recording } from '../recording/recording';

/** What the recorder's `again` answers; see its `rerun.py` and `explain.py`. */
export interface Rerun {
	readonly status: number;
	/** File names of the new captures. */
	readonly captures: readonly string[];
	readonly user?: string | null;
	/** What was different this time, and what can't be undone. */
	readonly notes: readonly string[];
}

/** Longer, and the process is ended. Milliseconds. */
const patience = 120_000;

/** Sends captures' requests again, and explains their queries, in a process of the project's own interpreter. */
export class Again {
	constructor(
		private readonly projects: Projects,
		private readonly recording: Recording,
	) {}

	/** Rejects with a sentence for the user when it could not be done. */
	async rerun(capture: Capture, file: string, token?: CancellationToken): Promise<Rerun> {
		return (await this.ask(capture, ['rerun', file], token)) as Rerun;
	}

	async explain(capture: Capture, file: string, stage: number, event: number): Promise<string> {
		const answer = (await this.ask(capture, ['explain', file, String(stage), String(event)])) as { readonly text: string };
		return answer.text;
	}

	private async ask(capture: Capture, args: readonly string[], token?: CancellationToken): Promise<unknown> {
		if (!workspace.isTrusted) throw new Error('This runs the project’s code: trust the workspace first.');
		const models = await this.projects.allModels();
		const model = models.find((one) => isWithin(capture.process.cwd, one.root)) ?? models[0];
		const interpreter = interpreterIn(model?.environment.interpreter) ?? [capture.process.python].find(existsSync);
		if (!model || !interpreter)
			throw new Error('No Python interpreter was found for this project: choose one, or create a virtual environment in .venv.');
		const cwd = existsSync(capture.process.cwd) ? capture.process.cwd : model.root;
		const scope = Uri.file(model.root);
		const inherited = inheritedVariable('PYTHONPATH', scope);
		const environment = {
			...process.env,
			...terminalEnvironment(scope),
			DJANGO_SETTINGS_MODULE: capture.process.settingsModule,
		};
		const { recorderFolder, capturesFolder } = this.recording;
		const { PYTHONPATH } = launchEnvironment(
			inherited === undefined ? {} : { inherited },
			recorderFolder,
			capturesFolder,
			delimiter,
		);
		const env = { ...environment, PYTHONPATH: PYTHONPATH ?? recorderFolder, [folderVariable]: capturesFolder };
		const { output, errors } = await run(interpreter, ['-m', 'django_request_cycle.again', ...args], { cwd, env }, token);
		const answer = parsed(output);
		if (answer === undefined) throw new Error(errors.trim().split('\n').at(-1) || 'The project’s Python gave no answer.');
		if (typeof answer['error'] === 'string') throw new Error(answer['error']);
		return answer;
	}

	/** Path of a capture file by the name that a re-run gave. */
	fileOf(name: string): string {
		return join(this.recording.capturesFolder, name);
	}
}

function parsed(output: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(output.trim().split('\n').at(-1) ?? '');
		return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
	} catch {
		return undefined;
	}
}

function run(
	command: string,
	args: readonly string[],
	options: { readonly cwd: string; readonly env: Record<string, string | undefined> },
	token?: CancellationToken,
): Promise<{ readonly output: string; readonly errors: string }> {
	return new Promise((done, fail) => {
		const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], timeout: patience });
		let output = '';
		let errors = '';
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			output += text;
		});
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			errors = (errors + text).slice(-100_000);
		});
		const cancelled = token?.onCancellationRequested(() => child.kill());
		child.on('error', (error) => fail(new Error(`${command} could not be started: ${error.message}`)));
		child.on('close', (_code, signal) => {
			cancelled?.dispose();
			if (signal)
				fail(new Error(token?.isCancellationRequested ? 'Cancelled.' : 'The project’s Python took too long and was ended.'));
			else done({ output, errors });
		});
	});
}
