import * as assert from 'node:assert/strict';
import { commands, type Terminal, window } from 'vscode';
import { runningServer } from '../../../src/editor/commands/browser';
import type { Api } from '../../../src/extension';
import { Command } from '../../../src/ids';
import { activated, eventually } from '../extension';
import { freePort, serverInTerminal } from '../server';

describe('recording', () => {
	let api: Api;
	let port: number;
	let terminal: Terminal | undefined;

	before(async () => {
		api = await activated();
		port = await freePort();
	});

	after(() => terminal?.dispose());

	it('is off at first, and adds nothing to terminals', () => {
		assert.equal(api.recording.state, 'off');
		assert.equal(api.extension.environmentVariableCollection.get('PYTHONPATH'), undefined);
	});

	it('is turned on by one command, for terminals and tasks', async () => {
		await commands.executeCommand(Command.turnOnRecording);
		assert.equal(api.recording.state, 'on');
		const path = api.extension.environmentVariableCollection.get('PYTHONPATH');
		assert.equal(path?.value, api.recording.recorderFolder);
		assert.equal(api.extension.environmentVariableCollection.get('DJANGO_REQUEST_CYCLE')?.value, api.captures.folder);
	});

	it('records a request of a server in the integrated terminal, without an edit to the project', async function () {
		this.timeout(120_000);
		terminal = await serverInTerminal(port);
		const response = await fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual' });
		const summary = await eventually('the capture is listed', () => api.captures.summaries.find((one) => one.path === '/'));
		assert.equal(summary.status, response.status);
		assert.equal(summary.method, 'GET');
	});

	it('shows it in the Requests view, newest first', async () => {
		await fetch(`http://127.0.0.1:${port}/no-such-page/`);
		const row = await eventually('the row is there', () => {
			const [first] = api.requests.current.top;
			const found = api.requests.current.row(first ?? '');
			return found?.label.includes('/no-such-page/') ? found : undefined;
		});
		assert.equal(row.label, 'GET /no-such-page/');
		assert.match(row.description ?? '', /^404 · .*s/);
		const [id] = api.requests.getChildren();
		assert.equal(api.requests.getTreeItem(id ?? '').id, row.id);
	});

	it('filters by method, path and status', async () => {
		await commands.executeCommand(Command.filterRequests, '4xx no-such');
		assert.ok(api.requests.current.top.length > 0);
		for (const id of api.requests.current.top) assert.match(api.requests.current.row(id)?.description ?? '', /^4/);
		await commands.executeCommand(Command.clearRequestFilter);
		assert.equal(api.requests.filter, '');
	});

	it('pauses and resumes in the running server', async () => {
		await commands.executeCommand(Command.togglePause);
		assert.equal(api.recording.state, 'paused');
		await fetch(`http://127.0.0.1:${port}/while-paused/`);
		await commands.executeCommand(Command.togglePause);
		assert.equal(api.recording.state, 'on');
		await fetch(`http://127.0.0.1:${port}/after-the-pause/`);
		await eventually('the later request is listed', () => api.captures.summaries.find((one) => one.path === '/after-the-pause/'));
		assert.equal(
			api.captures.summaries.find((one) => one.path === '/while-paused/'),
			undefined,
		);
	});

	it('knows where the server listens, for "Open in Browser"', async () => {
		const address = await runningServer(api);
		assert.equal(`${address?.scheme} ${address?.port}`, `http ${port}`);
	});

	it('deletes one capture, and all', async () => {
		const [newest] = api.captures.summaries;
		assert.ok(newest);
		await commands.executeCommand(Command.deleteCapture, newest.id);
		assert.equal(api.captures.entry(newest.id), undefined);
		await commands.executeCommand(Command.deleteAllCaptures, true);
		assert.deepEqual(api.captures.entries, []);
		await eventually('the view is empty', () => api.requests.current.top.length === 0);
	});

	it('is turned off again', async () => {
		await commands.executeCommand(Command.turnOffRecording);
		assert.equal(api.recording.state, 'off');
		assert.equal(api.extension.environmentVariableCollection.get('PYTHONPATH'), undefined);
		assert.ok(window.terminals.length > 0);
	});
});
