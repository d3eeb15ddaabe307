import { opendirSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import type { DirEntry, FileStat, Host } from '../shared/host';

/** Larger files are not source: the engine says so instead of reading them. Bytes. */
const largestFile = 32 * 1024 * 1024;

/** The machine as Node shows it. Answers are not cached: that is for the caller, who knows when files change. */
export function nodeHost(options: { cwd?: string; environment?: Readonly<Record<string, string | undefined>> } = {}): Host {
	return {
		readFile(path) {
			try {
				const stat = statSync(path);
				return stat.isFile() && stat.size <= largestFile ? readFileSync(path) : undefined;
			} catch {
				return undefined;
			}
		},
		stat(path): FileStat | undefined {
			const stat = statOf(path);
			if (!stat) return undefined;
			const type = stat.isDirectory() ? 'directory' : 'file';
			return { type, size: stat.size, mtimeMs: stat.mtimeMs };
		},
		readDir(path): readonly DirEntry[] | undefined {
			try {
				return readdirSync(path, { withFileTypes: true })
					.map((entry) => ({
						name: entry.name,
						type: kindOf(path, entry),
						...(entry.isSymbolicLink() ? { link: true } : {}),
					}))
					.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
			} catch {
				return undefined;
			}
		},
		listDir(path): readonly string[] | undefined {
			try {
				const folder = opendirSync(path, { bufferSize: 256 });
				const names: string[] = [];
				for (let entry = folder.readSync(); entry; entry = folder.readSync()) names.push(entry.name);
				folder.closeSync();
				return names;
			} catch {
				return undefined;
			}
		},
		realpath(path) {
			try {
				return withDriveOf(path, realpathSync.native(path));
			} catch {
				return path;
			}
		},
		environment: defined(options.environment ?? process.env),
		cwd: options.cwd ?? process.cwd(),
		platform: process.platform === 'win32' ? 'win32' : process.platform === 'darwin' ? 'darwin' : 'linux',
	};
}

/** Windows takes a drive's letter in either case, and editors write it small: it stays as it was asked for. */
export function withDriveOf(path: string, real: string): string {
	return /^[a-z]:/i.test(path) && real.slice(0, 2).toLowerCase() === path.slice(0, 2).toLowerCase()
		? path.slice(0, 2) + real.slice(2)
		: real;
}

function kindOf(folder: string, entry: { name: string; isDirectory(): boolean; isSymbolicLink(): boolean }): DirEntry['type'] {
	if (entry.isDirectory()) return 'directory';
	if (!entry.isSymbolicLink()) return 'file';
	return statOf(`${folder}/${entry.name}`)?.isDirectory() ? 'directory' : 'file';
}

function statOf(path: string) {
	try {
		return statSync(path, { throwIfNoEntry: false });
	} catch {
		return undefined;
	}
}

function defined(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
	const out: Record<string, string> = {};
	for (const [name, value] of Object.entries(environment)) if (value !== undefined) out[name] = value;
	return out;
}
