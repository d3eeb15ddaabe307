import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { FactCache } from '../shared/host';

/** Answers kept; the ones not used for longest go first. */
const most = 30;

/** Answers on the disk, one compressed file each; a folder that can't be used is an empty cache. */
export function diskCache(folder: string): FactCache {
	const fileOf = (key: string) => join(folder, `${createHash('sha1').update(key).digest('hex')}.gz`);
	return {
		get(key) {
			try {
				return gunzipSync(readFileSync(fileOf(key))).toString('utf8');
			} catch {
				return undefined;
			}
		},
		set(key, value) {
			const file = fileOf(key);
			const temporary = `${file}.${randomBytes(4).toString('hex')}.tmp`;
			try {
				mkdirSync(folder, { recursive: true });
				writeFileSync(temporary, gzipSync(value, { level: 1 }));
				renameSync(temporary, file);
				prune(folder);
			} catch {
				// A full disk or a folder that is none costs speed, not the answer.
				discard(temporary);
			}
		},
	};
}

function discard(file: string): void {
	try {
		rmSync(file, { force: true });
	} catch {
		// Nothing can be written or removed there.
	}
}

function prune(folder: string): void {
	const files = readdirSync(folder).map((name) => join(folder, name));
	if (files.length <= most) return;
	const byAge = files.map((file) => ({ file, at: statSync(file).mtimeMs })).sort((a, b) => b.at - a.at);
	for (const { file } of byAge.slice(most)) rmSync(file, { force: true });
}
