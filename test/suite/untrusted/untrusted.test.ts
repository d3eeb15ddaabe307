import * as assert from 'node:assert/strict';
import { commands, workspace } from 'vscode';
import type { CycleNode } from '../../../src/editor/cycle/node';
import type { Api } from '../../../src/extension';
import { Command } from '../../../src/ids';
import { activated, eventually } from '../extension';

describe('in an untrusted workspace', () => {
	let api: Api;
	const all = (nodes: readonly CycleNode[]): CycleNode[] => nodes.flatMap((node) => [node, ...all(node.children)]);

	before(async () => {
		api = await activated();
	});

	it('is untrusted', () => assert.equal(workspace.isTrusted, false));

	it('shows the cycle, as nothing is executed for it', async function () {
		this.timeout(60_000);
		await api.cycle.getChildren();
		await api.projects.allModels();
		await eventually('the URLs are there', () => all(api.cycle.rows).some((node) => node.route?.fullName === 'catalog:home'), 50);
	});

	it('refuses to record, and says why', async () => {
		assert.equal(api.recording.state, 'off');
		await assert.rejects(api.recording.set('on'), /untrusted/);
		void commands.executeCommand(Command.turnOnRecording);
		await new Promise((done) => setTimeout(done, 300));
		assert.equal(api.recording.state, 'off');
		assert.equal(api.extension.environmentVariableCollection.get('PYTHONPATH'), undefined);
	});

	it('refuses to run the project’s code', async () => {
		const [project] = await api.projects.all();
		assert.ok(project);
		await assert.rejects(api.server.run(project, await api.projects.model(project.root)), /trust/);
	});
});
