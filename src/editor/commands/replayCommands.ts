import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { commands, debug, env, ProgressLocation, Uri, window, workspace } from 'vscode';
import { captureName, parseCapture } from '../../capture/read';
import { Command, DebugType } from '../../ids';
import { curlCommand } from '../../replay/curl';
import { testText } from '../../replay/djangoTest';
import { fromHar, toHar } from '../../replay/har';
import type { Capture } from '../../shared/capture';
import type { Step } from '../../shared/story';
import type { Context } from '../context';
import { formatDuration } from '../format';
import { beside, captureOf, fileOf, pickCapture, titleOf } from '../replay/captureSource';
import { openLocation } from '../replay/open';
import { locationOfStep } from '../replay/stepLocation';
import { refFor } from './captureCommands';
import type { CommandFunction } from './table';

/** Brings the editor to where the walk stands; a step without a place of its own only moves the walk. */
async function showStep(context: Context, step: Step | undefined): Promise<void> {
	const pin = context.pinned.current;
	if (!pin || !step) return;
	const location = locationOfStep(pin.stages, step);
	if (location && pin.sources.fileOf(location.file) !== undefined)
		await context.pinned.showing.run(() => openLocation(pin.sources, location));
	else void window.setStatusBarMessage(`$(pinned) ${step.label}`, 4000);
}

function needPin(context: Context): void {
	if (!context.pinned.current) throw new Error('No capture is pinned: pin one in the Requests view first.');
}

async function captureFor(context: Context, given: unknown, placeHolder: string): Promise<Capture | undefined> {
	const ref = await refFor(context, given, placeHolder);
	return ref === undefined ? undefined : captureOf(context.captures, ref);
}

function fileName(capture: Capture): string {
	const path = capture.request.path.replace(/[^\w.-]+/g, '-').replace(/^-+|-+$/g, '') || 'root';
	return `${capture.request.method.toLowerCase()}-${path}`.slice(0, 60);
}

interface ToSave {
	/** A name in the workspace's first folder, or a path. */
	readonly name: string;
	readonly filters: Record<string, string[]>;
	readonly content: string | Uint8Array;
	/** Where to; the user is asked when it is no file. */
	readonly to: unknown;
}

/** Answers where it was saved; undefined when the user thought better of it. */
async function save({ name, filters, content, to }: ToSave): Promise<Uri | undefined> {
	const folder = workspace.workspaceFolders?.[0]?.uri;
	const defaultUri = folder && !isAbsolute(name) ? Uri.joinPath(folder, name) : Uri.file(name);
	const target = to instanceof Uri ? to : await window.showSaveDialog({ defaultUri, filters });
	if (target) await workspace.fs.writeFile(target, typeof content === 'string' ? Buffer.from(content, 'utf8') : content);
	return target;
}

export const replayCommands = {
	[Command.nextStage]: async (context) => {
		needPin(context);
		await showStep(context, context.pinned.move(1));
	},

	[Command.previousStage]: async (context) => {
		needPin(context);
		await showStep(context, context.pinned.move(-1));
	},

	[Command.goToStage]: async (context, to) => {
		needPin(context);
		const pin = context.pinned.current;
		if (!pin) return;
		if (typeof to === 'number') return showStep(context, context.pinned.go(to));
		const items = pin.story.steps.map((step) => ({
			label: `${'\u2003'.repeat(step.depth)}${step.index === pin.step ? '$(arrow-right) ' : ''}${step.label}`,
			description: step.kind === 'skipped' ? 'never ran' : formatDuration(step.atNs),
			step,
		}));
		const chosen = await window.showQuickPick(items, { placeHolder: `Stages of ${titleOf(pin.capture)}` });
		if (chosen) await showStep(context, context.pinned.go(chosen.step.index));
	},

	[Command.copyAsCurl]: async (context, given) => {
		const capture = await captureFor(context, given, 'Request to copy as curl');
		if (!capture) return;
		const { command, notes } = curlCommand(capture);
		await env.clipboard.writeText(command);
		void window.showInformationMessage(['Copied as a curl command.', ...notes].join(' '));
	},

	[Command.exportHar]: async (context, given, to) => {
		const capture = await captureFor(context, given, 'Request to export');
		if (!capture) return;
		const version = String((context.extension.extension.packageJSON as { version?: unknown }).version ?? '');
		await save({ name: `${fileName(capture)}.har`, filters: { HAR: ['har'] }, content: toHar([capture], version), to });
	},

	[Command.exportCapture]: async (context, given, to) => {
		const ref = await refFor(context, given, 'Capture to export');
		if (!ref) return;
		const capture = await captureOf(context.captures, ref);
		// Whole: the file in the store names entries of its process's table.
		const ending = 'cycle.json.gz';
		await save({ name: `${fileName(capture)}.${ending}`, filters: { Capture: [ending] }, content: await packed(capture), to });
	},

	[Command.importCapture]: async (context, given) => {
		const chosen =
			given instanceof Uri
				? [given]
				: await window.showOpenDialog({
						canSelectMany: true,
						filters: { 'Captures and HAR': ['json', 'gz', 'z', 'har'] },
						title: 'Import Capture',
					});
		for (const uri of chosen ?? []) {
			const bytes = await workspace.fs.readFile(uri);
			if (!uri.path.endsWith('.har')) {
				const result = await parseCapture(bytes, beside(uri));
				if (!result.ok) throw new Error(`${result.problem.message} ${result.problem.detail ?? ''}`.trim());
				await keep(context, result.capture);
				await context.panels.open(result.capture.id);
				continue;
			}
			const read = fromHar(Buffer.from(bytes).toString('utf8'));
			if (!read) throw new Error('This is not a HAR file.');
			for (const capture of read.captures) await keep(context, capture);
			const skipped = read.skipped > 0 ? ` ${read.skipped} entries could not be read.` : '';
			void window.showInformationMessage(`Imported ${read.captures.length} requests.${skipped}`);
			const [first] = read.captures;
			if (first) await context.panels.open(first.id);
		}
	},

	[Command.saveAsTest]: async (context, given, to) => {
		const capture = await captureFor(context, given, 'Request to save as a test');
		if (!capture) return;
		const root = context.projects.projectOf(capture.process.cwd)?.root ?? workspace.workspaceFolders?.[0]?.uri.fsPath;
		const pytest = root !== undefined && (await usesPytest(root));
		const text = testText(capture, pytest ? 'pytest' : 'django');
		const name = `test_${fileName(capture).replace(/\W+/g, '_')}.py`;
		const target = await save({ name: root ? join(root, name) : name, filters: { Python: ['py'] }, content: text, to });
		if (target) await window.showTextDocument(target);
	},

	[Command.compareCaptures]: async (context, given, other) => {
		const left = await refFor(context, given, 'First capture');
		if (!left) return;
		const right = typeof other === 'string' ? other : await pickCapture(context.captures, 'Capture to compare it with', left);
		if (right) await context.panels.openComparison(left, right);
	},

	[Command.rerun]: async (context, given, sure) => {
		const ref = await refFor(context, given, 'Request to send again');
		if (!ref) return;
		const capture = await captureOf(context.captures, ref);
		const file = fileOf(context.captures, ref);
		if (!file) throw new Error('The capture is gone: its file was deleted or pruned.');
		const safe = ['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(capture.request.method);
		if (!safe && sure !== true) {
			const yes = 'Re-run';
			const detail =
				'It runs in a process of its own. Databases are rolled back; mail and cache stay in memory, media in a temporary folder. Outgoing HTTP, task queues and other files can’t be undone.';
			const message = `Send ${capture.request.method} ${capture.request.path} again?`;
			if ((await window.showWarningMessage(message, { modal: true, detail }, yes)) !== yes) return;
		}
		const options = { location: ProgressLocation.Notification, title: `Re-running ${titleOf(capture)}`, cancellable: true };
		const answer = await window.withProgress(options, (_progress, token) => context.again.rerun(capture, file, token));
		for (const note of answer.notes) context.log.info(`Re-run: ${note}`);
		await context.captures.follow();
		await context.captures.refresh();
		const name = answer.captures.at(-1);
		if (name === undefined) throw new Error(`The request was answered ${answer.status}, but no capture was written.`);
		await context.panels.openComparison(ref, name.replace(captureName, ''));
	},

	[Command.debugCapture]: async (context, given, step) => {
		const ref = await refFor(context, given, 'Request to debug');
		if (!ref) return;
		const capture = await captureOf(context.captures, ref);
		await debug.startDebugging(workspace.workspaceFolders?.[0], {
			type: DebugType,
			request: 'launch',
			name: titleOf(capture),
			capture: ref,
			stopOnEntry: true,
			internalConsoleOptions: 'neverOpen',
			// From the panel the session begins where the walk stands.
			...(typeof step === 'number' ? { step } : {}),
		});
		await commands.executeCommand('workbench.view.debug');
	},
} satisfies Partial<Record<string, CommandFunction>>;

/** A capture as a file of its own. */
function packed(capture: Capture): Promise<Uint8Array> {
	return promisify<string, Uint8Array>(gzip)(JSON.stringify(capture));
}

/** Takes a capture into the store, under its own id. */
async function keep({ captures }: Context, capture: Capture): Promise<void> {
	await captures.follow();
	const { id } = capture;
	if (!/^[\w-]+$/.test(id)) throw new Error('The capture’s id is none that the store could keep.');
	if (!captures.entry(id)) {
		await workspace.fs.writeFile(Uri.file(join(captures.folder, `${id}.cycle.json.gz`)), await packed(capture));
		await captures.refresh();
	}
}

/** Whether the project's tests are pytest's. */
async function usesPytest(root: string): Promise<boolean> {
	const read = (name: string) => readFile(join(root, name), 'utf8').catch(() => '');
	const [ini, toml, cfg, tox] = await Promise.all(['pytest.ini', 'pyproject.toml', 'setup.cfg', 'tox.ini'].map(read));
	return Boolean(ini) || /\[tool\.pytest/.test(toml ?? '') || /\[tool:pytest\]/.test(cfg ?? '') || /\[pytest\]/.test(tox ?? '');
}
