/** `control.json`: what the editor tells running servers. Written whole, under a temporary name first. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Control } from '../shared/capture';
import { isObject } from './shape';

const name = 'control.json';

/** Writes `control.json` into the capture folder, which is made if need be. Rejects when the folder can't be written. */
export async function writeControl(folder: string, control: Control): Promise<void> {
	await mkdir(folder, { recursive: true });
	await writeWhole(join(folder, name), `${JSON.stringify(control, null, '\t')}\n`);
}

/** What `control.json` says; empty, which means the defaults, when it is missing or no JSON object. */
export async function readControl(folder: string): Promise<Control> {
	try {
		const value: unknown = JSON.parse(await readFile(join(folder, name), 'utf8'));
		return isObject(value) ? (value as Control) : {};
	} catch {
		return {};
	}
}

/** Whole or not at all: a reader sees the old file or the new one. */
export async function writeWhole(path: string, content: string): Promise<void> {
	const temporary = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
	try {
		await writeFile(temporary, content);
		await rename(temporary, path);
	} catch (error) {
		await rm(temporary, { force: true });
		throw error;
	}
}
