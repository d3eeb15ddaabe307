import * as assert from 'node:assert/strict';
import { ConfigurationTarget, commands, Uri, window, workspace } from 'vscode';
import type { CycleNode } from '../../../src/editor/cycle/node';
import type { Api } from '../../../src/extension';
import { section } from '../../../src/ids';
import { activated, eventually, projectFile } from '../extension';

describe('bad input', () => {
	let api: Api;
	const all = (nodes: readonly CycleNode[] = api.cycle.rows): CycleNode[] =>
		nodes.flatMap((node) => [node, ...all(node.children)]);
	const route = (name: string) => all().find((node) => node.route?.fullName === name);

	before(async function () {
		this.timeout(60_000);
		api = await activated();
		await api.cycle.getChildren();
		await api.projects.allModels();
		await eventually('the URLs are there', () => (route('api:books') ?? route('catalog:home'))?.route?.view, 50);
	});

	after(() => commands.executeCommand('workbench.action.closeAllEditors'));

	/** Changes a file on the disk for as long as `look` takes. */
	async function withFile(path: string, bytes: Uint8Array | undefined, look: () => Promise<void>): Promise<void> {
		const uri = Uri.file(path);
		const before = await workspace.fs.readFile(uri);
		if (bytes) await workspace.fs.writeFile(uri, bytes);
		else await workspace.fs.delete(uri);
		try {
			await look();
		} finally {
			await workspace.fs.writeFile(uri, before);
		}
		await eventually(
			'it is whole again',
			() => route('v1:books') ?? all().some((node) => node.route?.fullPath === '/api/v1/books/'),
			30,
		);
	}

	it('shows a settings module that isn’t there as such', async function () {
		this.timeout(60_000);
		const configuration = workspace.getConfiguration(section);
		await configuration.update('settingsModule', 'no.such.settings', ConfigurationTarget.Workspace);
		try {
			const row = await eventually(
				'it is said',
				() => all().find((node) => /No module named 'no'/.test(node.description ?? '') && node.icon !== 'file-code'),
				30,
			);
			assert.ok(row);
		} finally {
			await configuration.update('settingsModule', undefined, ConfigurationTarget.Workspace);
		}
		await eventually('the project’s own is back', () => route('catalog:home'), 30);
	});

	it('shows an include of a module that is gone, and keeps the rest', async function () {
		this.timeout(60_000);
		await withFile(projectFile('api', 'urls.py'), undefined, async () => {
			await eventually(
				'it is said',
				() =>
					all().find(({ label, description = '' }) =>
						[label, description].some((text) => /api/.test(text) && /No module named|not be found|unknown/i.test(text)),
					),
				30,
			);
		});
	});

	it('reads around a file that isn’t UTF-8', async function () {
		this.timeout(60_000);
		await withFile(projectFile('api', 'urls.py'), Uint8Array.from([0xff, 0xfe, 0x00, 0x80]), async () => {
			await eventually('its routes are gone', () => !all().some((node) => node.route?.fullPath === '/api/v1/books/'), 30);
			assert.ok(api.cycle.rows.find((node) => node.label === 'URLs'));
		});
	});

	it('ends where URLconfs include each other', async function () {
		this.timeout(60_000);
		const uri = Uri.file(projectFile('api', 'urls.py'));
		const editor = await window.showTextDocument(await workspace.openTextDocument(uri));
		const text = editor.document.getText();
		const at = editor.document.positionAt(text.indexOf('urlpatterns = [') + 'urlpatterns = ['.length);
		await editor.edit((edit) =>
			edit.insert(
				at,
				'\n    __import__("django.urls", fromlist=["x"]).path("again/", __import__("django.urls", fromlist=["x"]).include("bookshop.urls")),',
			),
		);
		await eventually(
			'it is said',
			() => all().some((node) => node.icon === 'question' || node.icon === 'warning' || node.icon === 'error'),
			30,
		);
		assert.ok(api.cycle.rows.find((node) => node.label === 'Middleware'));
		await commands.executeCommand('workbench.action.files.revert');
	});
});
