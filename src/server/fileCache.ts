import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FactCache } from '../shared/host';

/** A cache of one file a key in `folder`. Whatever goes wrong on the disk, the engine works on without it. */
export function fileCache(folder: string): FactCache {
	const path = (key: string) => join(folder, `${createHash('sha1').update(key).digest('hex')}.json`);
	return {
		get(key) {
			try {
				return readFileSync(path(key), 'utf8');
			} catch {
				return undefined;
			}
		},
		set(key, value) {
			try {
				mkdirSync(folder, { recursive: true });
				// Written aside and renamed, so that a reader never sees half of it.
				const aside = `${path(key)}.${process.pid}`;
				writeFileSync(aside, value);
				renameSync(aside, path(key));
			} catch {
				// A full disk or a read-only folder costs speed, not the answer.
			}
		},
	};
}
