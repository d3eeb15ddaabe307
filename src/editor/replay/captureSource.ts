import { basename } from 'node:path';
import { Uri, window, workspace } from 'vscode';
import { type Beside, captureName, type ReadResult, readCapture } from '../../capture/read';
import type { Capture } from '../../shared/capture';
import type { Captures } from '../captures/captures';
import { formatDuration } from '../format';

/** What a command is about: a capture of the store by its id, or a capture file by its path. */
export type CaptureRef = string;

/** Whether it names a capture file instead of one in the store. */
export function isFileRef(ref: CaptureRef): boolean {
	return captureName.test(ref);
}

/** Path of the capture's file; undefined when it is gone. */
export function fileOf(captures: Captures, ref: CaptureRef): string | undefined {
	return isFileRef(ref) ? ref : captures.entry(ref)?.file;
}

export function readRef(captures: Captures, ref: CaptureRef): Promise<ReadResult> {
	return isFileRef(ref) ? readCapture(ref) : captures.open(ref);
}

/** How to read what stands beside a capture file, wherever it is. */
export function beside(file: Uri): Beside {
	return async (name) => workspace.fs.readFile(Uri.joinPath(file, '..', name));
}

/** The capture, or an error whose message is for the user. */
export async function captureOf(captures: Captures, ref: CaptureRef): Promise<Capture> {
	const result = await readRef(captures, ref);
	if (result.ok) return result.capture;
	throw new Error([result.problem.message, result.problem.detail].filter(Boolean).join(' '));
}

/** `GET /shop/ · 200` */
export function titleOf(capture: Capture): string {
	return `${capture.request.method} ${capture.request.path}${capture.response ? ` · ${capture.response.status}` : ''}`;
}

export function fileTitle(ref: CaptureRef): string {
	return isFileRef(ref) ? basename(ref) : ref;
}

/** Lets the user choose a capture, newest first. */
export async function pickCapture(captures: Captures, placeHolder: string, except?: string): Promise<CaptureRef | undefined> {
	await captures.follow();
	const items = captures.summaries
		.filter((summary) => summary.id !== except)
		.slice(0, 2000)
		.map((summary) => ({
			label: `${summary.method} ${summary.path}`,
			description: [summary.status ?? 'no response', formatDuration(summary.durationNs)].join(' · '),
			detail: [new Date(summary.startedAt).toLocaleString(), summary.view].filter(Boolean).join(' · '),
			id: summary.id,
		}));
	if (items.length === 0) throw new Error('There is no capture yet: turn recording on and send a request.');
	return (await window.showQuickPick(items, { placeHolder, matchOnDescription: true, matchOnDetail: true }))?.id;
}
