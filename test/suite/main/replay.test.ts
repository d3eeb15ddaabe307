import * as assert from 'node:assert/strict';
import { type CodeLens, commands, type Terminal, type TextEditor, Uri, window, workspace } from 'vscode';
import type { Api } from '../../../src/extension';
import { Command, CustomEditor } from '../../../src/ids';
import { tell } from '../../../src/replay/story';
import { activated, eventually, lineOf, projectFile } from '../extension';
import { freePort, serverInTerminal } from '../server';

const activeFile = () => window.activeTextEditor?.document.uri.fsPath;
const activeLine = (editor: TextEditor | undefined = window.activeTextEditor) => (editor?.selection.active.line ?? -1) + 1;

describe('replay', () => {
	let api: Api;
	let terminal: Terminal | undefined;
	let id: string;
	let port: number;

	before(async function () {
		this.timeout(120_000);
		api = await activated();
		await commands.executeCommand(Command.turnOnRecording);
		port = await freePort();
		terminal = await serverInTerminal(port);
		await fetch(`http://127.0.0.1:${port}/`);
		const summary = await eventually('a page is recorded', () =>
			api.captures.summaries.find((one) => one.status === 200 && !one.static && one.view),
		);
		id = summary.id;
	});

	after(async () => {
		terminal?.dispose();
		await commands.executeCommand(Command.unpinCapture);
		await commands.executeCommand(Command.turnOffRecording);
		await commands.executeCommand('workbench.action.closeAllEditors');
	});

	it('opens in a panel whose page runs', async () => {
		await commands.executeCommand(Command.openCapture, id);
		const host = await eventually('the panel is there', () => api.panels.hosts[0]);
		await eventually('its page has the capture', () => host.ready.then(() => true));
		assert.equal(host.capture?.id, id);
		assert.ok(window.tabGroups.activeTabGroup.activeTab?.label.startsWith('GET '));
	});

	it('passes through the captures of the list in one panel, each at the place where it was left', async () => {
		await fetch(`http://127.0.0.1:${port}/nowhere/`);
		await fetch(`http://127.0.0.1:${port}/elsewhere/`);
		const idOf = (path: string) =>
			eventually(`${path} is recorded`, () => api.captures.summaries.find((one) => one.path === path)?.id);
		const [first, second] = [await idOf('/nowhere/'), await idOf('/elsewhere/')];
		const click = async (capture: string) => {
			const command = await eventually('it is in the list', () => api.requests.getTreeItem(capture).command);
			await commands.executeCommand(command.command, ...(command.arguments ?? []));
			const host = await eventually('it is shown', () => api.panels.hosts.find((one) => one.capture?.id === capture));
			await host.ready;
			return host;
		};
		const standsAt = (capture: string, step: number) =>
			eventually(`the page of ${capture} stands at ${step}`, () => {
				const state = api.panels.hosts.find((one) => one.capture?.id === capture)?.currentState;
				return state?.step === step && state.tab !== undefined;
			});
		const before = api.panels.hosts.length;
		const host = await click(first);
		const read = await api.captures.open(first);
		assert.ok(read.ok);
		const { verdict, steps } = tell(read.capture);
		// A request that went wrong opens where it did.
		await standsAt(
			first,
			steps.findIndex(({ stage, kind }) => stage === verdict.stage && kind !== 'enter'),
		);
		host.go(3);
		await standsAt(first, 3);
		await click(second);
		assert.equal(api.panels.hosts.length, before + 1, 'the panel went on to the other one');
		await eventually('its tab has the name', () =>
			window.tabGroups.activeTabGroup.activeTab?.label.startsWith('GET /elsewhere/'),
		);
		await click(first);
		await standsAt(first, 3);
		assert.equal(api.panels.hosts.length, before + 1);
		await click(first);
		await click(second);
		assert.equal(api.panels.hosts.length, before + 2, 'one that was clicked twice keeps its panel');
		await commands.executeCommand('workbench.action.closeActiveEditor');
		await eventually('it is closed', () => api.panels.hosts.length === before + 1);
		await commands.executeCommand(Command.openCapture, id);
	});

	it('tells above a middleware what it did in the recorded requests, and replays one', async () => {
		const file = projectFile('bookshop', 'middleware.py');
		const line = await lineOf(file, 'class HouseRulesMiddleware');
		const own = await eventually('its lens is there', async () => {
			const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', Uri.file(file), 200);
			return lenses.find((one) => one.range.start.line + 1 === line && /\d hits?/.test(one.command?.title ?? ''));
		});
		const reached = api.captures.summaries.filter((one) => !one.static);
		assert.match(
			own.command?.title ?? '',
			new RegExp(`^\\$\\(history\\) ${reached.length} hits?, last passed on, own median [\\d.]+ (?:ns|µs|ms)$`),
		);
		await commands.executeCommand(own.command?.command ?? '', ...(own.command?.arguments ?? []));
		await eventually('its capture is in front', () => api.panels.activeRef === reached[0]?.id);
	});

	it('shows in the source what happened there once the capture is pinned', async () => {
		await commands.executeCommand(Command.pinCapture, id);
		assert.equal(api.pinned.captureId, id);
		const settings = projectFile('bookshop', 'middleware.py');
		await eventually('the project’s middleware has notes', () => api.inline.notesIn(settings).length > 0);
	});

	it('walks to the end and back through the real files', async function () {
		this.timeout(120_000);
		const pin = api.pinned.current;
		assert.ok(pin);
		await commands.executeCommand(Command.goToStage, 0);
		const last = pin.story.steps.length - 1;
		const files = new Set<string>();
		for (let moves = 0; api.pinned.current?.step !== last; moves++) {
			assert.ok(moves <= last, 'every move goes on');
			await commands.executeCommand(Command.nextStage);
			const file = activeFile();
			if (file) files.add(file);
		}
		assert.ok(files.has(projectFile('bookshop', 'middleware.py')), [...files].join('\n'));
		await commands.executeCommand(Command.nextStage);
		assert.equal(api.pinned.current?.step, last, 'the end is the end');
		// Back as by a key that is held: places that were left before their file could open are not shown.
		await Promise.all(Array.from({ length: last }, () => commands.executeCommand(Command.previousStage)));
		assert.equal(api.pinned.current?.step, 0);
	});

	it('stands on the view’s own line at the view’s stage', async () => {
		const pin = api.pinned.current;
		assert.ok(pin);
		const view = pin.story.steps.find((step) => step.stage !== undefined && pin.stages.get(step.stage)?.kind === 'view');
		assert.ok(view);
		await commands.executeCommand(Command.goToStage, view.index);
		const stage = pin.stages.get(view.stage ?? -1);
		const place = stage?.detail.actionLocation ?? stage?.location;
		assert.equal(activeFile(), place?.file);
		assert.equal(activeLine(), place?.line);
		await eventually('the line is marked', () => api.inline.currentLine?.line === place?.line);
	});

	it('follows an edit above a line, and withholds what it can’t find', async () => {
		const file = projectFile('bookshop', 'middleware.py');
		const [note] = api.inline.notesIn(file);
		assert.ok(note);
		const document = await workspace.openTextDocument(Uri.file(file));
		const editor = await window.showTextDocument(document);
		await editor.edit((edit) => edit.insert(document.lineAt(0).range.start, '# one\n# two\n'));
		await eventually('the notes moved', () =>
			api.inline.notesIn(file).some((one) => one.line === note.line + 2 && one.text === note.text),
		);
		await commands.executeCommand('workbench.action.files.revert');
		await eventually('and back', () => api.inline.notesIn(file).some((one) => one.line === note.line && one.text === note.text));
	});

	it('opens an exported capture file in its own editor', async () => {
		const target = Uri.file(projectFile('exported.cycle.json.gz'));
		await commands.executeCommand(Command.exportCapture, id, target);
		await commands.executeCommand('vscode.open', target);
		const tab = await eventually('its tab is there', () => {
			const input: unknown = window.tabGroups.activeTabGroup.activeTab?.input;
			return typeof input === 'object' && input !== null && 'viewType' in input ? input.viewType : undefined;
		});
		assert.equal(tab, CustomEditor);
		const host = api.panels.hosts.find((one) => one.capture?.id === id && one !== api.panels.hosts[0]);
		assert.ok(host);
	});

	it('says in the panel what is wrong with a file that is no capture', async () => {
		const files: [string, string][] = [
			['truncated.cycle.json', '{"format":1,"id":"a","stages":[{'],
			['foreign.cycle.json', '{"a":1}'],
			['empty.cycle.json', ''],
			['newer.cycle.json', '{"format":99}'],
		];
		for (const [name, text] of files) {
			const target = Uri.file(projectFile(name));
			await workspace.fs.writeFile(target, Buffer.from(text));
			await commands.executeCommand('vscode.open', target);
			const host = await eventually('a panel shows it', () => api.panels.hosts.at(-1));
			await eventually('its page was told', () => host.ready.then(() => true));
			assert.equal(host.capture, undefined);
		}
	});

	it('copies a curl command', async () => {
		await commands.executeCommand(Command.copyAsCurl, id);
		const { env } = await import('vscode');
		assert.match(await env.clipboard.readText(), /^curl /);
	});

	it('sends the request again in a process of its own, and shows both captures side by side', async function () {
		this.timeout(120_000);
		await commands.executeCommand(Command.rerun, id);
		const host = await eventually('the comparison is there', () => api.panels.hosts.find((one) => one.isComparison));
		await eventually('its page has both', () => host.ready.then(() => true));
		assert.ok(api.captures.summaries.length > 1);
	});

	it('shows the lines that ran and their values, once lines were recorded', async function () {
		this.timeout(60_000);
		await api.recording.recordLines({ mode: 'next' });
		await fetch(`http://127.0.0.1:${port}/search/?q=moss`);
		const found = await eventually('it is recorded', () => api.captures.summaries.find((one) => one.path === '/search/'));
		await commands.executeCommand(Command.pinCapture, found.id);
		assert.ok((api.pinned.current?.capture.frames?.length ?? 0) > 0, 'frames were recorded');
		const file = projectFile('catalog', 'views.py');
		const notes = await eventually('values stand in the view', () => {
			const lines = api.inline.notesIn(file).filter((note) => / = /.test(note.text));
			return lines.length > 0 ? lines : undefined;
		});
		const document = await workspace.openTextDocument(Uri.file(file));
		const [first] = notes;
		assert.ok(first);
		assert.match(document.lineAt(first.line - 1).text, /\S/);
	});
});
