import { fsPath } from '../builtins/file';
import { fileStat } from '../builtins/made-files';
import type { Interpreter } from '../runtime/interpreter';
import { native, nativeModule } from '../runtime/native';
import { PyBytes, PyFloat, PyTuple, type Value } from '../values';
import { type PathFlavour, pathFlavour, posix, windows } from './path-flavours';

/** Native: reads the file system through the host, and is on every settings module's way. */

/** What the host knows of a path, links followed. */
export function statOf(py: Interpreter, path: Value) {
	return fileStat(py, absolute(py, fsPath(py, path)));
}

/** Whether an absolute path is itself a symbolic link. */
export function isLink(py: Interpreter, path: string): boolean {
	const { splitPath, joinPaths } = pathFlavour(py);
	const [folder, name] = splitPath(path);
	return joinPaths(py.host.realpath(folder), name) !== py.host.realpath(path);
}

const absolute = (py: Interpreter, path: string): string => pathFlavour(py).absolutePath(path, py.host.cwd);

/** Functions from path to path, by name. */
const changes: Readonly<Record<string, (path: string, py: Interpreter, flavour: PathFlavour) => Value>> = {
	abspath: (path, py, { absolutePath }) => absolutePath(path, py.host.cwd),
	realpath: (path, py, { absolutePath }) => py.host.realpath(absolutePath(path, py.host.cwd)),
	normpath: (path, _, { normalPath }) => normalPath(path),
	normcase: (path, _, { normalCase }) => normalCase(path),
	dirname: (path, _, { splitPath }) => splitPath(path)[0],
	basename: (path, _, { splitPath }) => splitPath(path)[1],
	split: (path, _, { splitPath }) => new PyTuple(splitPath(path)),
	splitext: (path, _, flavour) => new PyTuple(splitExtension(path, flavour)),
	splitdrive: (path, _, { splitRoot }) => {
		const [drive, root, tail] = splitRoot(path);
		return new PyTuple([drive, root + tail]);
	},
	splitroot: (path, _, { splitRoot }) => new PyTuple(splitRoot(path)),
	expanduser: (path, py, { expandUser }) => expandUser(path, py.environment),
	expandvars: (path, py, { expandVariables }) => expandVariables(path, py.environment),
	isabs: (path, _, { isAbsolutePath }) => isAbsolutePath(path),
};

/** `os.path.splitext`: leading dots belong to the name. */
function splitExtension(path: string, { constants }: PathFlavour): [root: string, extension: string] {
	const from = Math.max(path.lastIndexOf('/'), constants['altsep'] === '/' ? path.lastIndexOf('\\') : -1) + 1;
	const dot = path.lastIndexOf('.');
	if (dot < from || /^\.*$/.test(path.slice(from, dot))) return [path, ''];
	return [path.slice(0, dot), path.slice(dot)];
}

const asked: Readonly<Record<string, (py: Interpreter, path: Value) => Value>> = {
	exists: (py, path) => statOf(py, path) !== undefined,
	lexists: (py, path) => statOf(py, path) !== undefined,
	isfile: (py, path) => statOf(py, path)?.type === 'file',
	isdir: (py, path) => statOf(py, path)?.type === 'directory',
	islink: (py, path) => {
		return isLink(py, absolute(py, fsPath(py, path)));
	},
	isjunction: () => false,
	isdevdrive: () => false,
	ismount: (py, path) => {
		const [drive, root, tail] = pathFlavour(py).splitRoot(absolute(py, fsPath(py, path)));
		return tail === '' && drive + root !== '';
	},
	getsize: (py, path) =>
		statOf(py, path)?.size ?? py.raise('FileNotFoundError', 2, 'No such file or directory', fsPath(py, path)),
	getmtime: (py, path) => {
		const stat = statOf(py, path);
		return stat
			? new PyFloat(stat.mtimeMs / 1000)
			: py.raise('FileNotFoundError', 2, 'No such file or directory', fsPath(py, path));
	},
};

const bytesToo = (py: Interpreter, given: Value, result: Value): Value =>
	given instanceof PyBytes && typeof result === 'string' ? py.callMethod(result, 'encode') : result;

/** The functions of one flavour, or (`os.path`) of the machine's. */
const members = (flavourOf: (py: Interpreter) => PathFlavour) => [
	...Object.entries(changes).map(([name, change]) =>
		native(name, 'path, *, strict=False', (py, [path]) => bytesToo(py, path, change(fsPath(py, path), py, flavourOf(py)))),
	),
	...Object.entries(asked).map(([name, ask]) => native(name, 'path', (py, [path]) => ask(py, path))),
	native('join', 'a, /, *p', (py, [first, rest]) =>
		bytesToo(py, first, flavourOf(py).joinPaths(fsPath(py, first), ...rest.items.map((part) => fsPath(py, part)))),
	),
	native('relpath', 'path, start=None', (py, [path, start]) => {
		const from = start === null ? '.' : fsPath(py, start);
		const relative = flavourOf(py).relativePath(fsPath(py, path), from, py.host.cwd);
		return relative ?? py.raise('ValueError', 'path is on another drive than start');
	}),
	native('commonpath', 'paths', (py, [paths]) => {
		const common = flavourOf(py).commonPath(py.list(paths).map((path) => fsPath(py, path)));
		return common ?? py.raise('ValueError', "Can't mix absolute and relative paths");
	}),
	native('commonprefix', 'm', (py, [m]) => {
		const [first = '', ...rest] = py.list(m).map((path) => fsPath(py, path));
		let size = first.length;
		for (const path of rest) while (!path.startsWith(first.slice(0, size))) size--;
		return first.slice(0, size);
	}),
	native('samefile', 'f1, f2', (py, [a, b]) => {
		const [one = '', two = ''] = [a, b].map((path) => py.host.realpath(absolute(py, fsPath(py, path))));
		const { normalCase } = pathFlavour(py);
		return normalCase(one) === normalCase(two);
	}),
];

/** The constants of the machine's flavour, for `os` and `os.path`. */
export const machineConstants: Readonly<Record<string, (py: Interpreter) => Value>> = Object.fromEntries(
	Object.keys(posix.constants).map((name) => [name, (py: Interpreter) => pathFlavour(py).constants[name] ?? null]),
);

export const osPath = nativeModule('os.path', members(pathFlavour), { lazy: machineConstants });
export const posixPath = nativeModule('posixpath', [...members(() => posix), ...Object.entries(posix.constants)]);
export const ntPath = nativeModule('ntpath', [...members(() => windows), ...Object.entries(windows.constants)]);
