import { bytesOf, integerOf, text } from '../builtins/arguments';
import { decode, encode } from '../builtins/codecs';
import { absolute, fsPath, outside } from '../builtins/file';
import { makeFile, makeFolder, removeMade } from '../builtins/made-files';
import type { Interpreter } from '../runtime/interpreter';
import { getter, method, native, nativeModule, newType, PyNative } from '../runtime/native';
import { PyBytes, type PyIterator, PyList, PySet, PyTuple, PyUnknown, textOf, tupleType, type Value } from '../values';
import { environ, variable } from './os-environ';
import { isLink, machineConstants, statOf } from './os-path';
import { pathFlavour } from './path-flavours';
import { pathLike } from './path-like';
import { statResult, statResultType } from './stat-result';

/** Native: the file system is read through the host, nothing is changed on disk, and the process is that of the analysis. */

function missing(py: Interpreter, path: string): never {
	return py.raise('FileNotFoundError', 2, 'No such file or directory', path);
}

/** In the order in which Python's `os.listdir` gives them. */
export function asListed<T extends { readonly name: string }>(
	py: Interpreter,
	folder: string,
	entries: readonly T[],
): readonly T[] {
	const order = new Map(py.host.listDir?.(folder)?.map((name, index) => [name, index]));
	return order.size === 0 ? entries : [...entries].sort((a, b) => (order.get(a.name) ?? 0) - (order.get(b.name) ?? 0));
}

/** The entries of a folder, or that they are not looked at. */
function listed(py: Interpreter, path: string) {
	const full = absolute(py, path);
	if (py.host.outside(full) && py.host.stat(full)?.type === 'directory') return outside(py, 'files', path);
	const entries = py.host.readDir(full);
	if (entries) return asListed(py, full, entries);
	if (py.host.stat(absolute(py, path))) return py.raise('NotADirectoryError', 20, 'Not a directory', path);
	return missing(py, path);
}

interface Entry {
	readonly folder: string;
	readonly name: string;
	readonly type: 'file' | 'directory';
	readonly link?: boolean;
}

const entryOf = (py: Interpreter, self: Value): Entry =>
	self instanceof PyNative ? (self.data as Entry) : py.raise('TypeError', 'expected os.DirEntry');

function isOfType(py: Interpreter, self: Value, wanted: Entry['type'], follow: Value): boolean {
	const { type, link } = entryOf(py, self);
	return type === wanted && (!link || py.truth(follow));
}

const dirEntryType = newType('DirEntry', 'os', [
	getter('name', (py, self) => entryOf(py, self).name),
	getter('path', (py, self) => pathFlavour(py).joinPaths(entryOf(py, self).folder, entryOf(py, self).name)),
	method('__fspath__', 'self, /', (py, [self]) => pathFlavour(py).joinPaths(entryOf(py, self).folder, entryOf(py, self).name)),
	method('is_dir', 'self, *, follow_symlinks=True', (py, [self, follow]) => isOfType(py, self, 'directory', follow)),
	method('is_file', 'self, *, follow_symlinks=True', (py, [self, follow]) => isOfType(py, self, 'file', follow)),
	method('is_symlink', 'self', (py, [self]) => entryOf(py, self).link === true),
	method('stat', 'self, *, follow_symlinks=True', (py, [self]) =>
		statResult(py, statOf(py, pathFlavour(py).joinPaths(entryOf(py, self).folder, entryOf(py, self).name))),
	),
	method('__repr__', 'self, /', (py, [self]) => `<DirEntry ${py.repr(entryOf(py, self).name)}>`),
]);

/** An iterator that is a context manager, too. */
const scanType = newType('ScandirIterator', 'os', [
	method('__enter__', 'self, /', (_, [self]) => self),
	method('__exit__', 'self, /, *args', () => null),
	method('close', 'self', () => null),
	method('__iter__', 'self, /', (_, [self]) => (self instanceof PyNative ? (self.data as PyIterator) : self)),
	method('__next__', 'self, /', (py, [self]) => {
		const value = self instanceof PyNative ? py.next(self.data as PyIterator) : undefined;
		return value === undefined ? py.raise('StopIteration') : value;
	}),
]);

function scan(py: Interpreter, folder: string): Value {
	const entries = listed(py, folder);
	if (entries instanceof PyUnknown) return entries;
	const rows = entries.map((entry) => new PyNative<Entry>(dirEntryType, { folder, ...entry }));
	return new PyNative(scanType, py.iterator(rows, 'ScandirIterator'));
}

/** `os.walk`: the caller may take folders out of the list of names. */
function* walk(py: Interpreter, top: string, topDown: boolean, follow: boolean, depth: number): Generator<Value> {
	if (depth > 40 || py.host.stat(absolute(py, top))?.type !== 'directory') return;
	const entries = listed(py, top);
	if (entries instanceof PyUnknown) return;
	const folders = new PyList(entries.filter((entry) => entry.type === 'directory').map((entry) => entry.name));
	const files = new PyList(entries.filter((entry) => entry.type === 'file').map((entry) => entry.name));
	const row = new PyTuple([top, folders, files]);
	if (topDown) yield row;
	const links = new Set(entries.filter(({ link }) => link).map(({ name }) => name));
	for (const item of [...folders.items]) {
		py.budget.step();
		const name = textOf(item) ?? '';
		if (follow || !links.has(name)) yield* walk(py, pathFlavour(py).joinPaths(top, name), topDown, follow, depth + 1);
	}
	if (!topDown) yield row;
}

/** What would change something outside of the analysis does nothing. */
const withoutEffect = [
	'removedirs',
	'rename',
	'renames',
	'replace',
	'symlink',
	'link',
	'chmod',
	'chown',
	'chdir',
	'kill',
	'killpg',
	'nice',
	'close',
	'fsync',
	'putenv',
	'unsetenv',
	'register_at_fork',
	'setsid',
	'set_blocking',
	'truncate',
];

/** What only the running process could tell. */
const unknowns: Readonly<Record<string, string>> = {
	getpid: "the process's id",
	getppid: "the parent process's id",
	getuid: "the user's id",
	geteuid: "the user's id",
	getgid: "the group's id",
	getegid: "the group's id",
	getlogin: "the user's name",
	uname: "the machine's name",
	cpu_count: 'the number of processors',
	process_cpu_count: 'the number of processors',
	sched_getaffinity: 'the processors of the process',
	getloadavg: "the machine's load",
	urandom: 'random bytes',
	getrandom: 'random bytes',
	system: "a command's result",
	popen: "a command's output",
	fork: 'a new process',
	times: "the process's times",
	read: 'what a file descriptor gives',
	write: 'what is written to a file descriptor',
	pipe: 'a pipe',
	dup: 'a file descriptor',
	get_terminal_size: "the terminal's size",
	statvfs: 'the file system',
	waitpid: 'another process',
	umask: "the process's umask",
};

/** `os.O_CREAT`. */
const creating = 64;

export const os = nativeModule(
	'os',
	[
		native('getcwd', '', (py) => py.host.cwd),
		native('getcwdb', '', (py) => new PyBytes(encode(py, py.host.cwd))),
		native('getenv', 'key, default=None', (py, [key, fallback]) => variable(py, text(py, key)) ?? fallback),
		native('listdir', "path='.'", (py, [path]) => {
			const entries = listed(py, path === null ? '.' : fsPath(py, path));
			return entries instanceof PyUnknown ? entries : new PyList(entries.map((entry) => entry.name));
		}),
		native('scandir', "path='.'", (py, [path]) => scan(py, path === null ? '.' : fsPath(py, path))),
		native('walk', 'top, topdown=True, onerror=None, followlinks=False', (py, [top, topDown, , follow]) =>
			py.iterator(walk(py, fsPath(py, top), py.truth(topDown), py.truth(follow), 0), 'generator'),
		),
		native('stat', 'path, *, dir_fd=None, follow_symlinks=True', (py, [path]) =>
			statResult(py, statOf(py, path) ?? missing(py, fsPath(py, path))),
		),
		native('lstat', 'path, *, dir_fd=None', (py, [path]) => statResult(py, statOf(py, path) ?? missing(py, fsPath(py, path)))),
		native(
			'access',
			'path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True',
			(py, [path]) => statOf(py, path) !== undefined,
		),
		native('fspath', 'path', (py, [path]) => (textOf(path) !== undefined || bytesOf(path) ? path : fsPath(py, path))),
		native('fsencode', 'filename', (py, [name]) => (bytesOf(name) ? name : new PyBytes(encode(py, fsPath(py, name))))),
		native('fsdecode', 'filename', (py, [name]) => {
			const bytes = bytesOf(name);
			return bytes ? decode(py, bytes) : fsPath(py, name);
		}),
		native(
			'get_exec_path',
			'env=None',
			(py) => new PyList((py.environment.get('PATH') ?? '').split(py.host.platform === 'win32' ? ';' : ':')),
		),
		native('strerror', 'code', (py, [code]) => `Error ${py.str(code)}`),
		native('_exit', 'status', (py, [status]) => py.raise('SystemExit', status)),
		native('abort', '', (py) => py.raise('SystemExit', 1)),
		...['mkdir', 'makedirs'].map((name) =>
			native(name, 'path, *args, **kwargs', (py, [path]) => {
				makeFolder(py, absolute(py, fsPath(py, path)));
				return null;
			}),
		),
		...['remove', 'unlink', 'rmdir'].map((name) =>
			native(name, 'path, *args, **kwargs', (py, [path]) => {
				removeMade(py, absolute(py, fsPath(py, path)));
				return null;
			}),
		),
		native('utime', 'path, *args, **kwargs', (py, [path]) => (statOf(py, path) ? null : missing(py, fsPath(py, path)))),
		native('open', 'path, flags, mode=511, *, dir_fd=None', (py, [path, flags]) => {
			if ((Number(integerOf(flags) ?? 0) & creating) !== 0) makeFile(py, absolute(py, fsPath(py, path)));
			return py.unknown('a file descriptor');
		}),
		native('readlink', 'path, *, dir_fd=None', (py, [path]) => {
			const full = absolute(py, fsPath(py, path));
			if (isLink(py, full)) return py.host.realpath(full);
			return statOf(py, path) ? py.raise('OSError', 22, 'Invalid argument', path) : missing(py, fsPath(py, path));
		}),
		...withoutEffect.map((name) => native(name, '*args, **kwargs', () => null, { acceptsUnknown: true })),
		...Object.entries(unknowns).map(([name, reason]) =>
			native(name, '*args, **kwargs', (py) => py.unknown(reason), { acceptsUnknown: true }),
		),
		...Object.entries({
			F_OK: 0,
			R_OK: 4,
			W_OK: 2,
			X_OK: 1,
			O_RDONLY: 0,
			O_WRONLY: 1,
			O_RDWR: 2,
			O_CREAT: creating,
			O_EXCL: 128,
			SEEK_SET: 0,
			SEEK_CUR: 1,
			SEEK_END: 2,
			EX_OK: 0,
			O_NOFOLLOW: 131072,
			O_TRUNC: 512,
			O_APPEND: 1024,
		}),
		['stat_result', statResultType],
		['terminal_size', newType('terminal_size', 'os', [], [tupleType])],
		['DirEntry', dirEntryType],
		['PathLike', pathLike],
	],
	{
		lazy: {
			...Object.fromEntries(
				['supports_follow_symlinks', 'supports_dir_fd', 'supports_fd', 'supports_bytes_environ', 'supports_effective_ids'].map(
					(name) => [name, () => new PySet()],
				),
			),
			...Object.fromEntries(Object.entries(machineConstants).filter(([name]) => name !== 'supports_unicode_filenames')),
			linesep: (py) => (py.host.platform === 'win32' ? '\r\n' : '\n'),
			path: (py) => py.importModule('os.path'),
			environ: (py) => environ(py),
			name: (py) => (py.host.platform === 'win32' ? 'nt' : 'posix'),
			error: (py) => py.exceptionType('OSError'),
		},
		package: true,
		open: true,
	},
);
