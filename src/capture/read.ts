/** Reading one capture: from a file, or from bytes that someone else has read. Nothing here throws. */
import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { CAPTURE_FORMAT, type Capture } from '../shared/capture';
import { captureProblem, isCapture } from './captureShape';
import { isObject } from './shape';

export type ReadProblemKind = 'missing' | 'unreadable' | 'too large' | 'truncated' | 'foreign' | 'newer' | 'invalid';

/** Why a capture can't be shown: a sentence for the user, and the particulars. */
export interface ReadProblem {
	readonly kind: ReadProblemKind;
	readonly message: string;
	readonly detail?: string;
}

export type ReadResult = { readonly ok: true; readonly capture: Capture } | { readonly ok: false; readonly problem: ReadProblem };

/**
 * Bytes of a file, and of what it holds unpacked: some twenty times what the recorder's own limits let it write, and little
 * enough to be read, told and shown without the editor's other extensions waiting for seconds.
 */
const largestFile = 64 * 1024 * 1024;
const largestDocument = 64 * 1024 * 1024;

/** `a.cycle.json`, `a.cycle.json.gz`. */
export const captureName = /\.cycle\.json(?:\.gz)?$/;

export async function readCapture(path: string): Promise<ReadResult> {
	try {
		const { size } = await stat(path);
		if (size > largestFile) return tooLarge(fileTooLarge(size));
		return await parseCapture(await readFile(path));
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		return code === 'ENOENT'
			? problem('missing', 'The capture is gone: its file was deleted or pruned.', path)
			: problem('unreadable', 'The capture file could not be read.', message);
	}
}

/** Parses the bytes of a capture file, compressed or not (told by their first two, not by a name). */
export async function parseCapture(bytes: Uint8Array): Promise<ReadResult> {
	if (bytes.length > largestFile) return tooLarge(fileTooLarge(bytes.length));
	let document = bytes;
	if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
		try {
			document = await promisify(gunzip)(bytes, { maxOutputLength: largestDocument });
		} catch (error) {
			const { code, message } = error as NodeJS.ErrnoException;
			if (code === 'ERR_BUFFER_TOO_LARGE')
				return tooLarge(`More than ${mega(largestDocument)} unpacked, which is the most that is read.`);
			if (code === 'Z_BUF_ERROR') return problem('truncated', truncated, 'The compressed data end too early.');
			return problem('foreign', 'This is not a capture: its compressed data are damaged.', message);
		}
	}
	return parseDocument(document);
}

const truncated = 'The capture is incomplete: its file was cut off.';

function parseDocument(document: Uint8Array): ReadResult {
	if (document.length === 0) return problem('truncated', 'The capture is empty: nothing was written to its file.');
	let text: string;
	try {
		text = new TextDecoder('utf-8', { fatal: true }).decode(document);
	} catch {
		return problem('foreign', 'This is not a capture: the file is not UTF-8 text.');
	}
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (error) {
		const { message } = error as Error;
		const begun = /^\s*\{\s*"format"\s*:/.test(text) || /^\s*\{/.test(text);
		return begun && !/\}\s*$/.test(text)
			? problem('truncated', truncated, message)
			: problem('foreign', 'This is not a capture: the file is not JSON.', message);
	}
	return checked(value);
}

function checked(value: unknown): ReadResult {
	if (!isObject(value) || typeof value['format'] !== 'number' || !('stages' in value || value['format'] > CAPTURE_FORMAT)) {
		return problem('foreign', 'This is not a capture: the file is JSON of another kind.');
	}
	if (value['format'] > CAPTURE_FORMAT) {
		const detail = `The capture has format ${value['format']}; this version reads up to ${CAPTURE_FORMAT}.`;
		return problem('newer', 'The capture was made by a newer version of the extension: update it to open this one.', detail);
	}
	if (isCapture(value)) return { ok: true, capture: value };
	return problem(
		'invalid',
		'The capture is damaged: its contents are not as they should be.',
		`The document${captureProblem(value)}.`,
	);
}

function tooLarge(detail: string): ReadResult {
	return problem('too large', 'The capture is too large to open.', detail);
}

const mega = (size: number) => `${Math.round(size / 1024 / 1024)} MB`;

const fileTooLarge = (bytes: number) => `${mega(bytes)}; up to ${mega(largestFile)} are read.`;

function problem(kind: ReadProblemKind, message: string, detail?: string): ReadResult {
	return { ok: false, problem: { kind, message, ...(detail === undefined ? {} : { detail }) } };
}
