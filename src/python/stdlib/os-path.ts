import { fsPath } from '../builtins/file';
import { fileStat } from '../builtins/made-files';
import type { Interpreter } from '../runtime/interpreter';
import { native, nativeModule } from '../runtime/native';
import { PyBytes, PyFloat, PyTuple, type Value } from '../values';
import {
	absolutePath,
	commonPath,
	expandUser,
	expandVariables,
	joinPaths,
	normalPath,
	relativePath,
	splitExtension,
	splitPath,
} from './posix-paths';

/** Native: reads the file system through the host, and is on every settings module's way. */

/** What the host knows of a path, links followed. */
export function statOf(py: Interpreter, path: Value) {
	return fileStat(py, absolutePath(fsPath(py, path), py.host.cwd));
}

/** Whether an absolute path is itself a symbolic link. */
export function isLink(py: Interpreter, path: string): boolean {
	const [folder, name] = splitPath(path);
	return joinPaths(py.host.realpath(folder), name) !== py.host.realpath(path);
}

/** Functions from path to path, by name. */
const changes: Readonly<Record<string, (path: string, py: Interpreter) => Value>> = {
	abspath: (path, py) => absolutePath(path, py.host.cwd),
	realpath: (path, py) => py.host.realpath(absolutePath(path, py.host.cwd)),
	normpath: normalPath,
	normcase: (path) => path,
	dirname: (path) => splitPath(path)[0],
	basename: (path) => splitPath(path)[1],
	split: (path) => new PyTuple(splitPath(path)),
	splitext: (path) => new PyTuple(splitExtension(path)),
	splitdrive: (path) => new PyTuple(['', path]),
	splitroot: (path) => {
		const root = /^(?:\/\/(?!\/)|\/|)/.exec(path)?.[0] ?? '';
		return new PyTuple(['', root, path.slice(root.length)]);
	},
	expanduser: (path, py) => expandUser(path, py.environment),
	expandvars: (path, py) => expandVariables(path, py.environment),
	isabs: (path) => path.startsWith('/'),
};

const asked: Readonly<Record<string, (py: Interpreter, path: Value) => Value>> = {
	exists: (py, path) => statOf(py, path) !== undefined,
	lexists: (py, path) => statOf(py, path) !== undefined,
	isfile: (py, path) => statOf(py, path)?.type === 'file',
	isdir: (py, path) => statOf(py, path)?.type === 'directory',
	islink: (py, path) => {
		const full = absolutePath(fsPath(py, path), py.host.cwd);
		return isLink(py, full);
	},
	isjunction: () => false,
	isdevdrive: () => false,
	ismount: (py, path) => fsPath(py, path) === '/',
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

const members = [
	...Object.entries(changes).map(([name, change]) =>
		native(name, 'path, *, strict=False', (py, [path]) => bytesToo(py, path, change(fsPath(py, path), py))),
	),
	...Object.entries(asked).map(([name, ask]) => native(name, 'path', (py, [path]) => ask(py, path))),
	native('join', 'a, /, *p', (py, [first, rest]) =>
		bytesToo(py, first, joinPaths(fsPath(py, first), ...rest.items.map((part) => fsPath(py, part)))),
	),
	native('relpath', 'path, start=None', (py, [path, start]) =>
		relativePath(fsPath(py, path), start === null ? '.' : fsPath(py, start), py.host.cwd),
	),
	native('commonpath', 'paths', (py, [paths]) => {
		const common = commonPath(py.list(paths).map((path) => fsPath(py, path)));
		return common ?? py.raise('ValueError', "Can't mix absolute and relative paths");
	}),
	native('commonprefix', 'm', (py, [m]) => {
		const [first = '', ...rest] = py.list(m).map((path) => fsPath(py, path));
		let size = first.length;
		for (const path of rest) while (!path.startsWith(first.slice(0, size))) size--;
		return first.slice(0, size);
	}),
	native('samefile', 'f1, f2', (py, [a, b]) => {
		const [one, two] = [a, b].map((path) => py.host.realpath(absolutePath(fsPath(py, path), py.host.cwd)));
		return one === two;
	}),
] as const;

const constants = [
	['sep', '/'],
	['altsep', null],
	['pathsep', ':'],
	['curdir', '.'],
	['pardir', '..'],
	['extsep', '.'],
	['devnull', '/dev/null'],
	['defpath', '/bin:/usr/bin'],
	['supports_unicode_filenames', true],
] as const;

export const osPath = nativeModule('os.path', [...members, ...constants]);
export const posixPath = nativeModule('posixpath', [...members, ...constants]);
