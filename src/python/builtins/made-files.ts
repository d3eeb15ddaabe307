import type { FileStat } from '../../shared/host';
import { dirname, normalizePath } from '../../shared/path';
import type { Interpreter } from '../runtime/interpreter';
import type { PyStream } from './file';

/** A file or folder that the analysed code would have made; nothing is made on disk. */
interface Made {
	readonly stat: FileStat;
	/** What a file was written through; absent for one that was only touched. */
	readonly stream?: PyStream;
}

const madeKey = Symbol('made files');
const made = (py: Interpreter): Map<string, Made> => py.state(madeKey, () => new Map<string, Made>());

/** What is known of an absolute path, links followed: of what is on disk, else of what the code has made. */
export const fileStat = (py: Interpreter, path: string): FileStat | undefined => py.host.stat(path) ?? made(py).get(path)?.stat;

/** The file that the code has made at this path, where disk has none. */
export const madeFile = (py: Interpreter, path: string): Made | undefined =>
	py.host.stat(path) ? undefined : made(py).get(path);

/** A folder, with those above it that are missing. */
export function makeFolder(py: Interpreter, path: string): void {
	let at = normalizePath(path);
	while (!fileStat(py, at)) {
		made(py).set(at, { stat: { type: 'directory', size: 0, mtimeMs: 0 } });
		at = dirname(at);
	}
}

/** A file, where none is on disk and its folder exists. */
export function makeFile(py: Interpreter, path: string, stream?: PyStream): void {
	if (py.host.stat(path) || (made(py).has(path) && !stream)) return;
	if (fileStat(py, dirname(path))?.type !== 'directory') return;
	made(py).set(path, { stat: { type: 'file', size: 0, mtimeMs: 0 }, ...(stream && { stream }) });
}

export function removeMade(py: Interpreter, path: string): void {
	made(py).delete(path);
}
