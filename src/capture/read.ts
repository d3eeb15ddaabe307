/** Reading one capture: from a file, or from bytes that someone else has read. Nothing here throws. */
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { CAPTURE_FORMAT, type Capture } from '../shared/capture';
import { captureProblem, isCapture } from './captureShape';
import { isObject } from './shape';
import { isSqueezed, unsqueezed } from './squeezed';
import { isPacked, joined, PACKED_FORMAT, packedProblem, partsOf, tableEntries, tableFile, unpack } from './unpack';

export type ReadProblemKind =
	| 'missing'
	| 'unreadable'
	| 'too large'
	| 'truncated'
	| 'foreign'
	| 'newer'
	| 'incomplete'
	| 'invalid';

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

/** `a.cycle.json`, `a.cycle.json.gz`; in the store `a.<key of its process's table>.cycle.json.z`. What precedes it is the id. */
export const captureName = /(?:\.[0-9a-z]+\.cycle\.json\.z|\.cycle\.json(?:\.gz|\.z)?)$/;

/** The bytes of the file with this name that stands beside the capture; a rejection where there is none. */
export type Beside = (name: string) => Promise<Uint8Array>;

/** The capture of a file, unpacked and validated, or in words what is wrong with it; throws nothing. */
export async function readCapture(path: string): Promise<ReadResult> {
	try {
		const { size } = await stat(path);
		if (size > largestFile) return tooLarge(fileTooLarge(size));
		return await parseCapture(await readFile(path), (name) => readFile(join(dirname(path), name)));
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		return code === 'ENOENT'
			? problem('missing', 'The capture is gone: its file was deleted or pruned.', path)
			: problem('unreadable', 'The capture file could not be read.', message);
	}
}

/** Parses the bytes of a capture file, compressed or not (told by their first two, not by a name). */
export async function parseCapture(bytes: Uint8Array, beside?: Beside): Promise<ReadResult> {
	if (bytes.length > largestFile) return tooLarge(fileTooLarge(bytes.length));
	let document = bytes;
	let behind: Uint8Array | undefined;
	try {
		if (isSqueezed(bytes)) {
			const whole = await unsqueezed(bytes, largestDocument);
			if (!whole) return newer('It was compressed with a dictionary that this version does not have.');
			({ data: document, behind } = whole);
		} else if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
			document = await promisify(gunzip)(bytes, { maxOutputLength: largestDocument });
		}
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		if (code === 'ERR_BUFFER_TOO_LARGE')
			return tooLarge(`More than ${mega(largestDocument)} unpacked, which is the most that is read.`);
		if (code === 'Z_BUF_ERROR') return problem('truncated', truncated, 'The compressed data end too early.');
		return problem('foreign', 'This is not a capture: its compressed data are damaged.', message);
	}
	const parts = behind && partsOf(document);
	const value = parseDocument(parts?.document ?? document);
	if ('ok' in value) return value;
	if (!isPacked(value.document)) return checked(value.document);
	const whole = parts && behind && value.document.packed > 1 ? joined(value.document, parts.body, behind) : value.document;
	return whole ? unpacked(whole, beside) : problem('truncated', truncated, 'Its last bytes are missing.');
}

const truncated = 'The capture is incomplete: its file was cut off.';

function parseDocument(document: Uint8Array): Extract<ReadResult, { ok: false }> | { readonly document: unknown } {
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
	return { document: value };
}

async function unpacked(value: Readonly<Record<string, unknown>>, beside: Beside | undefined): Promise<ReadResult> {
	if (Number(value['packed']) > PACKED_FORMAT)
		return newer(`The capture is packed as version ${String(value['packed'])}; this version reads up to ${PACKED_FORMAT}.`);
	const name = tableFile(value);
	const wrong = packedProblem(value);
	if (wrong !== undefined || !name) return damaged(`The document${wrong ?? ' names no table'}.`);
	let content: Uint8Array;
	try {
		if (!beside) throw new Error('nothing stands beside it');
		content = await beside(name);
	} catch {
		const message = `The capture can’t be opened alone: it needs the file ${name} of the folder that it was recorded in. Put that beside it, or export the capture from the editor that has both.`;
		return problem('incomplete', message);
	}
	if (content.length > largestFile) return tooLarge(fileTooLarge(content.length));
	const capture = unpack(value, tableEntries(new TextDecoder().decode(content)));
	return typeof capture === 'string' ? damaged(`In the document, ${capture}.`) : checked(capture);
}

function checked(value: unknown): ReadResult {
	if (!isObject(value) || typeof value['format'] !== 'number' || !('stages' in value || value['format'] > CAPTURE_FORMAT)) {
		return problem('foreign', 'This is not a capture: the file is JSON of another kind.');
	}
	if (value['format'] > CAPTURE_FORMAT) {
		return newer(`The capture has format ${value['format']}; this version reads up to ${CAPTURE_FORMAT}.`);
	}
	return isCapture(value) ? { ok: true, capture: value } : damaged(`The document${captureProblem(value)}.`);
}

function newer(detail: string): ReadResult {
	return problem('newer', 'The capture was made by a newer version of the extension: update it to open this one.', detail);
}

function damaged(detail: string): ReadResult {
	return problem('invalid', 'The capture is damaged: its contents are not as they should be.', detail);
}

function tooLarge(detail: string): ReadResult {
	return problem('too large', 'The capture is too large to open.', detail);
}

const mega = (size: number) => `${Math.round(size / 1024 / 1024)} MB`;

const fileTooLarge = (bytes: number) => `${mega(bytes)}; up to ${mega(largestFile)} are read.`;

function problem(kind: ReadProblemKind, message: string, detail?: string): Extract<ReadResult, { ok: false }> {
	return { ok: false, problem: { kind, message, ...(detail === undefined ? {} : { detail }) } };
}
