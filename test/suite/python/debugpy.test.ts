import * as assert from 'node:assert/strict';
import { commands, debug } from 'vscode';
import type { Api } from '../../../src/extension';
import { Command } from '../../../src/ids';
import { activated, eventually, projectFile, projectFolder } from '../extension';
import { answers, freePort } from '../server';

describe('a debug session of the real debugpy', () => {
	let api: Api;

	before(async () => {
		api = await activated();
		await commands.executeCommand(Command.turnOnRecording);
	});

	after(async () => {
		await debug.stopDebugging();
		await commands.executeCommand(Command.turnOffRecording);
	});

	for (const console of ['internalConsole', 'integratedTerminal']) {
		it(`is recorded in the ${console}`, async function () {
			this.timeout(120_000);
			const port = await freePort();
			const started = await debug.startDebugging(projectFolder(), {
				type: 'debugpy',
				request: 'launch',
				name: console,
				console,
				python: projectFile('.venv', 'bin', 'python'),
				program: projectFile('manage.py'),
				args: ['runserver', '--noreload', `127.0.0.1:${port}`],
				cwd: projectFolder().uri.fsPath,
				env: { SOME_VARIABLE: 'kept' },
				django: true,
			});
			assert.ok(started);
			await eventually('the server answers', () => answers(port), 60);
			await fetch(`http://127.0.0.1:${port}/search/?q=${console}`);
			const summary = await eventually('its request is listed', () =>
				api.captures.summaries.find((one) => one.path === '/search/'),
			);
			const result = await api.captures.open(summary.id);
			assert.ok(result.ok && result.capture.request.query === `q=${console}`);
			await commands.executeCommand(Command.deleteAllCaptures, true);
			await debug.stopDebugging();
			await eventually('the server is gone', async () => !(await answers(port)));
		});
	}
});
