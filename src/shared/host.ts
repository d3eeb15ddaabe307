/**
 * What the engine may see of the machine: a synchronous, read-only file system and the process's environment.
 * Injected, so that the engine runs in Node, in a test, in the CLI and over a prefetched snapshot in a web worker.
 */
export interface Host {
	/** The bytes of a file; undefined when it can't be read. Never throws. */
	readFile(path: string): Uint8Array | undefined;
	/** The text of a file that is open in the editor, as it is there: what `readFile` gives, decoded from UTF-8. Undefined for any other. */
	readText?(path: string): string | undefined;
	/** Undefined when there is nothing at that path. Follows symbolic links. */
	stat(path: string): FileStat | undefined;
	/** Entries in the order of their names; undefined when it is no readable folder. */
	readDir(path: string): readonly DirEntry[] | undefined;
	/** Names of a folder's entries in the file system's own order, which is what Python's `os.listdir` gives; that of `readDir` where it isn't told. */
	listDir?(path: string): readonly string[] | undefined;
	/** The path with symbolic links resolved; the path itself when that fails. */
	realpath(path: string): string;
	readonly environment: Readonly<Record<string, string>>;
	readonly cwd: string;
	readonly platform: 'linux' | 'darwin' | 'win32';
}

export interface FileStat {
	readonly type: 'file' | 'directory';
	readonly size: number;
	readonly mtimeMs: number;
}

export interface DirEntry {
	readonly name: string;
	readonly type: 'file' | 'directory';
	/** A symbolic link: `type` is that of what it leads to. */
	readonly link?: boolean;
}

/** A key-value store for extracted facts, kept on disk by the host; a value that can't be read is undefined. */
export interface FactCache {
	get(key: string): string | undefined;
	set(key: string, value: string): void;
}
