import * as assert from 'node:assert/strict';
import { extensions } from 'vscode';
import type { Api } from '../../../src/extension';
import { activated, eventually, projectFile } from '../extension';

describe('the Python extension’s environment', () => {
	let api: Api;

	before(async function () {
		this.timeout(60_000);
		api = await activated();
		await api.projects.allModels();
	});

	it('is used when one is chosen, and followed when it changes', async function () {
		this.timeout(60_000);
		const python = extensions.getExtension<{ choose(path: string): void }>('ms-python.python');
		assert.ok(python);
		const stub = await python.activate();
		const interpreter = () => api.projects.knownModels[0]?.environment;
		stub.choose('/nowhere/bin/python');
		await eventually(
			'the other one is looked for',
			() => interpreter()?.sitePackages.every((folder) => !folder.includes('.venv')),
			30,
		);
		stub.choose(projectFile('.venv', 'bin', 'python'));
		await eventually(
			'the project’s own is back',
			() => interpreter()?.sitePackages.some((folder) => folder.includes('.venv')),
			30,
		);
	});
});
