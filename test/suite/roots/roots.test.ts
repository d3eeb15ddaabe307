import * as assert from 'node:assert/strict';
import { join } from 'node:path';
import { ConfigurationTarget, commands, Uri, workspace } from 'vscode';
import type { CycleNode } from '../../../src/editor/cycle/node';
import type { Api } from '../../../src/extension';
import { Command, Setting, section } from '../../../src/ids';
import { activated, eventually } from '../extension';
import { answers, freePort, serverInTerminal } from '../server';

/** Two folders: the example, and a project of one file whose routes hang on what its terminal is given. */
describe('in a workspace of several folders', () => {
	let api: Api;
	const all = (nodes: readonly CycleNode[]): CycleNode[] => nodes.flatMap((node) => [node, ...all(node.children)]);
	const folders = () => (workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath);

	before(async function () {
		this.timeout(60_000);
		api = await activated();
		await api.cycle.getChildren();
		assert.equal(folders().length, 2);
	});

	it('shows the projects of both, each with its own model', async function () {
		this.timeout(60_000);
		const [first, second] = folders();
		await eventually('both are found', () => api.projects.list.length === 2, 40);
		assert.deepEqual(new Set(api.projects.list.map((project) => project.root)), new Set([first, second]));
		await eventually('both are read', () => api.projects.knownModels.length === 2, 40);
		const urls = (root: string | undefined) => JSON.stringify(api.projects.modelOf(root ?? '')?.urls ?? []);
		assert.ok(urls(first).includes('"fullPath":"/basket/"'));
		assert.ok(!urls(second).includes('"fullPath":"/basket/"'));
	});

	it('gives each the terminal’s variables as they are in its own folder', async function () {
		this.timeout(60_000);
		const [, second] = folders();
		await eventually(
			'the second one’s routes follow its own variable',
			() => JSON.stringify(api.projects.modelOf(second ?? '')?.urls ?? []).includes('/in-second/'),
			30,
		);
		const first = JSON.stringify(api.projects.modelOf(folders()[0] ?? '')?.settings ?? []);
		assert.ok(!first.includes('in-second'));
	});

	it('gives each the variables of requestCycle.environment in its own folder, and follows their change', async function () {
		this.timeout(60_000);
		const [first = '', second = ''] = folders();
		const paths = (root: string) => JSON.stringify(api.projects.modelOf(root)?.urls ?? []);
		const settings = workspace.getConfiguration(section, Uri.file(second));
		await eventually('its own variable is read', () => paths(second).includes('/set-for-second/'), 30);
		await settings.update(Setting.environment, { OWN_SETTING: 'another' }, ConfigurationTarget.WorkspaceFolder);
		await eventually('the change is followed', () => paths(second).includes('/set-for-another/'), 30);
		assert.ok(!paths(second).includes('/set-for-second/'));
		assert.ok(!JSON.stringify(api.projects.modelOf(first)).includes('set-for-'));
		// What the other folder sets is its own, too.
		const other = workspace.getConfiguration(section, Uri.file(first));
		await other.update(Setting.environment, { OWN_SETTING: 'first' }, ConfigurationTarget.WorkspaceFolder);
		await api.projects.refresh();
		assert.ok(paths(second).includes('/set-for-another/'));
		await other.update(Setting.environment, undefined, ConfigurationTarget.WorkspaceFolder);
		await settings.update(Setting.environment, { OWN_SETTING: 'second' }, ConfigurationTarget.WorkspaceFolder);
		await eventually('it is as before', () => paths(second).includes('/set-for-second/'), 30);
	});

	it('gives each the interpreter of its own folder', async function () {
		this.timeout(60_000);
		const [first, second] = folders();
		const environment = (root: string | undefined) => api.projects.modelOf(root ?? '')?.environment;
		assert.equal(environment(second)?.interpreter, join(second ?? '', 'own-env', 'bin', 'python'));
		assert.ok(environment(first)?.interpreter?.startsWith(join(first ?? '', '.venv')), environment(first)?.interpreter);
	});

	it('records in both, and sends a request again through the project it came from', async function () {
		this.timeout(120_000);
		await commands.executeCommand(Command.turnOnRecording);
		const [, second = ''] = folders();
		const port = await freePort();
		const terminal = await serverInTerminal(port, {
			folder: second,
			command: `OWN_FOLDER=${second} ${join(second, 'own-env', 'bin', 'python')} manage.py runserver --noreload 127.0.0.1:${port}`,
		});
		try {
			assert.ok(await answers(port));
			await fetch(`http://127.0.0.1:${port}/in-second/`);
			const summary = await eventually('it is recorded', () => api.captures.summaries.find((one) => one.path === '/in-second/'));
			assert.equal(summary.status, 200);
			const read = await api.captures.open(summary.id);
			assert.ok(read.ok);
			const again = await api.again.rerun(read.capture, api.captures.entry(summary.id)?.file ?? '');
			assert.equal(again.status, 200);
		} finally {
			terminal.dispose();
			await commands.executeCommand(Command.turnOffRecording);
		}
	});

	it('shows both in one tree', () => {
		const labels = all(api.cycle.rows).map((node) => node.label);
		assert.ok(
			labels.some((label) => /second/.test(label)),
			labels.slice(0, 12).join(' | '),
		);
	});
});
