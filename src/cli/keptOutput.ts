import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSources, type Sources, unchanged } from '../django/cache/sources';
import { ENGINE_VERSION } from '../django/cache/version';
import { nodeHost } from '../server/nodeHost';
import type { CommandLine } from './arguments';
import { cacheFolder, questionOf } from './question';

/** What a command has written. */
export interface Output {
	readonly text: string;
	readonly errors: string;
	readonly status: number;
}

/** The first line of a kept answer's file; the text follows as it was written. */
interface Header {
	readonly version: string;
	readonly question: string;
	readonly sources: Sources;
	readonly errors: string;
	readonly status: number;
	/** Of the text. */
	readonly sum: number;
}

/** Answers kept; the ones that were made first go first. */
const most = 30;
const newline = 10;

/**
 * The answer of an earlier run, while nothing that it was made from has changed: as it was written, so that neither the engine is
 * loaded nor the model read. A corrupt, stale or foreign file is no answer.
 */
export function kept(
	line: CommandLine,
): { readonly text: Uint8Array; readonly errors: string; readonly status: number } | undefined {
	const question = questionOf(line);
	if (question === undefined) return undefined;
	try {
		const bytes = readFileSync(fileOf(line, question));
		const end = bytes.indexOf(newline);
		const header: unknown = JSON.parse(bytes.toString('utf8', 0, end));
		if (!isHeader(header) || header.version !== ENGINE_VERSION || header.question !== question) return undefined;
		const text = bytes.subarray(end + 1);
		if (checksum(text) !== header.sum || !unchanged(header.sources, nodeHost())) return undefined;
		return { text, errors: header.errors, status: header.status };
	} catch {
		return undefined;
	}
}

/** Keeps an answer. A full disk or a folder that is none costs speed, not the answer. */
export function keep(line: CommandLine, sources: Sources, { text, errors, status }: Output): void {
	const question = questionOf(line);
	if (question === undefined) return;
	const file = fileOf(line, question);
	const temporary = `${file}.${process.pid}.tmp`;
	try {
		const bytes = Buffer.from(text);
		const header: Header = { version: ENGINE_VERSION, question, sources, errors, status, sum: checksum(bytes) };
		mkdirSync(cacheFolder(line), { recursive: true });
		writeFileSync(temporary, Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), bytes]));
		renameSync(temporary, file);
		prune(cacheFolder(line));
	} catch {
		rmSync(temporary, { force: true });
	}
}

const fileOf = (line: CommandLine, question: string): string =>
	join(cacheFolder(line), `${checksum(Buffer.from(question)).toString(16)}.answer`);

/** FNV-1a over 32-bit words, then over the bytes that are left. */
function checksum(bytes: Uint8Array): number {
	const whole = bytes.length >> 2;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let sum = 0x811c9dc5 ^ bytes.length;
	for (let at = 0; at < whole; at++) sum = Math.imul(sum ^ view.getUint32(at << 2, true), 0x01000193);
	for (let at = whole << 2; at < bytes.length; at++) sum = Math.imul(sum ^ (bytes[at] ?? 0), 0x01000193);
	return sum >>> 0;
}

function isHeader(value: unknown): value is Header {
	if (typeof value !== 'object' || value === null) return false;
	const { version, question, sources, errors, status, sum } = value as Partial<Header>;
	const plain = [version, question, errors].every((one) => typeof one === 'string');
	return plain && typeof status === 'number' && typeof sum === 'number' && isSources(sources);
}

function prune(folder: string): void {
	const files = readdirSync(folder)
		.filter((name) => name.endsWith('.answer'))
		.map((name) => join(folder, name));
	if (files.length <= most) return;
	const byAge = files.map((file) => ({ file, at: statSync(file).mtimeMs })).sort((a, b) => b.at - a.at);
	for (const { file } of byAge.slice(most)) rmSync(file, { force: true });
}
