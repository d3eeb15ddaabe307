import * as assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { commands, type Terminal, Uri, ViewColumn, window, workspace } from 'vscode';
import { openLocation } from '../../../src/editor/replay/open';
import type { PanelHost } from '../../../src/editor/replay/panelHost';
import type { Api } from '../../../src/extension';
import { Command, PanelType } from '../../../src/ids';
import type { Capture } from '../../../src/shared/capture';
import type { PanelState } from '../../../src/shared/protocol/panel';
import { activated, eventually, lineOf, projectFile, projectFolder } from '../extension';
import { freePort, serverInTerminal } from '../server';

const run = promisify(execFile);

describe('a capture taken along', () => {
	let api: Api;
	let terminal: Terminal | undefined;
	let capture: Capture;

	const fixture = (situation: string) =>
		Uri.file(join(api.extension.extensionPath, 'test/fixtures/captures', `${situation}.cycle.json.gz`));
	const panelOf = (test: (shown: Capture) => boolean) =>
		eventually('its panel is there', () => api.panels.hosts.findLast((host) => host.capture && test(host.capture)));

	before(async function () {
		this.timeout(120_000);
		api = await activated();
		await commands.executeCommand(Command.turnOnRecording);
		const port = await freePort();
		terminal = await serverInTerminal(port);
		await fetch(`http://127.0.0.1:${port}/reports/royalties/`);
		const summary = await eventually('it is recorded', () =>
			api.captures.summaries.find((one) => one.path === '/reports/royalties/'),
		);
		const read = await api.captures.open(summary.id);
		assert.ok(read.ok);
		capture = read.capture;
	});

	after(async () => {
		terminal?.dispose();
		await commands.executeCommand(Command.unpinCapture);
		await commands.executeCommand(Command.deleteAllCaptures, true);
		await commands.executeCommand(Command.turnOffRecording);
		await commands.executeCommand('workbench.action.closeAllEditors');
	});

	it('goes out as HAR and comes in again', async () => {
		const har = Uri.file(projectFile('taken.har'));
		await commands.executeCommand(Command.exportHar, capture.id, har);
		const { log } = JSON.parse(Buffer.from(await workspace.fs.readFile(har)).toString('utf8')) as {
			log: { entries: { request: { method: string; url: string }; response: { status: number } }[] };
		};
		assert.deepEqual(
			log.entries.map(({ request, response }) => `${request.method} ${new URL(request.url).pathname} ${response.status}`),
			['GET /reports/royalties/ 200'],
		);
		await commands.executeCommand(Command.importCapture, har);
		const host = await panelOf((shown) => shown.id !== capture.id && shown.request.path === '/reports/royalties/');
		await host.ready;
		assert.equal(host.capture?.response?.status, 200);
		assert.equal(host.capture?.stages.length, 0, 'a HAR knows no stages');
	});

	it('goes out whole, and what comes in is the same', async () => {
		const target = Uri.file(projectFile('taken.cycle.json.gz'));
		await commands.executeCommand(Command.exportCapture, capture.id, target);
		await commands.executeCommand(Command.deleteCapture, capture.id);
		assert.equal(api.captures.entry(capture.id), undefined);
		await commands.executeCommand(Command.importCapture, target);
		assert.ok(api.captures.entry(capture.id));
		const read = await api.captures.open(capture.id);
		assert.ok(read.ok);
		assert.deepEqual(read.capture, capture);
	});

	it('is at home in another workspace, by symbol and hash', async function () {
		this.timeout(60_000);
		// Recorded on another machine, in /home/ada/bookshop.
		await commands.executeCommand(Command.importCapture, fixture('rule-refusal'));
		const host = await panelOf((shown) => shown.request.path === '/' && shown.response?.status === 403);
		await host.ready;
		await commands.executeCommand(Command.pinCapture, host.capture?.id);
		const middleware = projectFile('bookshop', 'middleware.py');
		const def = '    def __call__(self, request):';
		const notes = await eventually('its notes stand in this workspace', () => {
			const found = api.inline.notesIn(middleware);
			return found.length > 0 ? found : undefined;
		});
		const line = await lineOf(middleware, def);
		assert.ok(
			notes.some((note) => note.line === line && /answered 403/.test(note.text)),
			JSON.stringify(notes),
		);

		// The file changes on the disk while it is open: until the editor has read it again, its own lines count.
		const first = api.pinned.current;
		const answered = first?.capture.stages.find((stage) => stage.detail.answeredAt);
		assert.ok(first && answered?.location);
		const document = await workspace.openTextDocument(middleware);
		await window.showTextDocument(document);
		const before = await workspace.fs.readFile(document.uri);
		const text = `# Another machine's.\n\n${Buffer.from(before).toString('utf8')}`;
		await workspace.fs.writeFile(document.uri, Buffer.from(text));
		try {
			const shown = await openLocation(first.sources, answered.location);
			await eventually('the editor has read it again', () => document.getText() === text || undefined);
			assert.equal(document.lineAt(shown.selection.active.line).text, def);

			// The file is another one now: definitions are found again by their symbol, a line within one is withheld.
			await commands.executeCommand(Command.unpinCapture);
			await commands.executeCommand(Command.pinCapture, host.capture?.id);
			const moved = await eventually('they moved along', () => {
				const found = api.inline.notesIn(middleware);
				return found.some((note) => note.line === line + 2) ? found : undefined;
			});
			assert.ok(moved.every((note) => note.line !== line));
			assert.match(api.inline.withheld.join(), /middleware\.py: the file has changed/);
			const pin = api.pinned.current;
			const refused = pin?.capture.stages.find((stage) => stage.detail.answeredAt);
			assert.ok(pin && refused?.detail.answeredAt && refused.location);
			const editor = await openLocation(pin.sources, refused.location);
			assert.equal(editor.selection.active.line, line + 1, 'the definition itself');
			await openLocation(pin.sources, refused.detail.answeredAt);
			assert.equal(
				window.activeTextEditor?.selection.active.line,
				line + 1,
				'of a line within it, only where it begins is certain',
			);
		} finally {
			await workspace.fs.writeFile(document.uri, before);
			await commands.executeCommand(Command.unpinCapture);
		}
	});

	it('has its queries explained by the project’s own database', async function () {
		this.timeout(60_000);
		const stage = capture.stages.find((one) => one.events.some((event) => event.kind === 'sql'));
		assert.ok(stage);
		const event = stage.events.findIndex((one) => /^SELECT/.test(one.detail.sql ?? ''));
		assert.match(await api.again.explain(capture, api.captures.entry(capture.id)?.file ?? '', stage.id, event), /SCAN|SEARCH/);
	});

	it('becomes a test of the project’s own style, which passes', async function () {
		this.timeout(180_000);
		const python = projectFile('.venv', 'bin', 'python');
		const cwd = projectFolder().uri.fsPath;
		const target = projectFile('test_taken.py');
		await commands.executeCommand(Command.saveAsTest, capture.id, Uri.file(target));
		assert.equal(window.activeTextEditor?.document.uri.fsPath, target);
		const { stderr } = await run(python, ['manage.py', 'test', 'test_taken'], { cwd });
		assert.match(stderr, /Ran 1 test.*OK/s);

		const pytest = process.env['PYTEST_PYTHON'];
		assert.ok(pytest, 'a Python with pytest');
		await workspace.fs.writeFile(
			Uri.file(projectFile('pytest.ini')),
			Buffer.from('[pytest]\nDJANGO_SETTINGS_MODULE = bookshop.settings\npythonpath = .\n'),
		);
		const another = projectFile('test_taken_by_pytest.py');
		try {
			await commands.executeCommand(Command.saveAsTest, capture.id, Uri.file(another));
			assert.match(window.activeTextEditor?.document.getText() ?? '', /^import pytest$/m);
			const { stdout } = await run(pytest, ['-m', 'pytest', '-q', another], { cwd });
			assert.match(stdout, /1 passed/);
		} finally {
			await rm(projectFile('pytest.ini'));
			await rm(target);
			await rm(another, { force: true });
		}
	});
});

describe('the panel’s state', () => {
	let api: Api;

	before(async () => {
		api = await activated();
		await commands.executeCommand('workbench.action.closeAllEditors');
	});

	after(() => commands.executeCommand('workbench.action.closeAllEditors'));

	/** Waits until the page has loaded again and said where it stands. */
	async function reloaded(host: PanelHost, loads: number, before: PanelState | undefined): Promise<void> {
		await eventually('the page is loaded again', () => host.loads > loads);
		await eventually('the page has said where it stands', () => host.currentState !== before);
	}

	it('is kept while it is hidden, moved, and brought back after a reload', async function () {
		this.timeout(90_000);
		const fixture = join(api.extension.extensionPath, 'test/fixtures/captures/page-of-templates.cycle.json.gz');
		await commands.executeCommand(Command.importCapture, Uri.file(fixture));
		const host = await eventually('the panel is there', () => api.panels.hosts.at(-1));
		await host.ready;
		host.go(9);
		await eventually('it went there', () => host.currentState?.step === 9);
		const { captureId } = host.currentState ?? {};
		assert.ok(captureId);

		let { loads, currentState } = host;
		await window.showTextDocument(await workspace.openTextDocument(Uri.file(projectFile('manage.py'))), { preview: false });
		await commands.executeCommand('workbench.action.previousEditor');
		await reloaded(host, loads, currentState);
		assert.equal(host.currentState?.step, 9, 'hidden and shown');

		({ loads, currentState } = host);
		await commands.executeCommand('workbench.action.moveEditorToNextGroup');
		await reloaded(host, loads, currentState);
		assert.equal(host.currentState?.step, 9, 'moved to another group');

		// What VS Code does after a reload: a bare panel, and the state that the page had kept.
		const panel = window.createWebviewPanel(PanelType, 'Replay', ViewColumn.Active);
		const state = {
			captureId,
			step: 9,
			tab: 'state',
			filter: 'e',
			follow: true,
			window: [1_000, 2_000_000] as const,
			scroll: 40,
		};
		await api.panels.deserializeWebviewPanel(panel, state);
		const revived = await eventually('its host is there', () => api.panels.hosts.find((one) => one !== host));
		await reloaded(revived, 0, state);
		assert.equal(revived.capture?.id, captureId);
		const { speed: _, ...stands } = revived.currentState ?? { captureId: '' };
		assert.deepEqual(stands, state);

		// A comparison comes back as one, and a panel that was put away before it knew its capture goes.
		const both = window.createWebviewPanel(PanelType, 'Replay', ViewColumn.Active);
		await api.panels.deserializeWebviewPanel(both, { captureId, step: 0, beside: captureId });
		const comparison = await eventually('the comparison is back', () => api.panels.hosts.find((one) => one.isComparison));
		await comparison.ready;
		assert.match(both.title, /↔/);
		const blank = window.createWebviewPanel(PanelType, 'Replay', ViewColumn.Active);
		let gone = false;
		blank.onDidDispose(() => {
			gone = true;
		});
		await api.panels.deserializeWebviewPanel(blank, undefined);
		await eventually('the blank panel is gone', () => gone);
		for (const one of [both, panel]) one.dispose();
		await commands.executeCommand(Command.deleteCapture, captureId);
	});
});
