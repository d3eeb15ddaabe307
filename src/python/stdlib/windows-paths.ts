/** The functions of CPython's ntpath over plain strings (Lib/ntpath.py, 3.13). */

const toBackslashes = (path: string): string => path.replaceAll('/', '\\');

/** `os.path.splitroot`: drive or share, root, and the rest. */
export function splitRoot(path: string): [drive: string, root: string, tail: string] {
	const normal = toBackslashes(path);
	if (normal.startsWith('\\\\')) {
		// `\\server\share`, `\\?\UNC\server\share`.
		const from = normal.slice(0, 8).toUpperCase() === '\\\\?\\UNC\\' ? 8 : 2;
		const server = normal.indexOf('\\', from);
		if (server < 0) return [path, '', ''];
		const share = normal.indexOf('\\', server + 1);
		if (share < 0) return [path, '', ''];
		return [path.slice(0, share), path.slice(share, share + 1), path.slice(share + 1)];
	}
	if (normal.startsWith('\\')) return ['', path.slice(0, 1), path.slice(1)];
	if (normal[1] !== ':') return ['', '', path];
	return normal[2] === '\\' ? [path.slice(0, 2), path.slice(2, 3), path.slice(3)] : [path.slice(0, 2), '', path.slice(2)];
}

/** `os.path.isabs`. */
export function isAbsolutePath(path: string): boolean {
	return /^(?:[^\\/]:[\\/]|[\\/]{2})/.test(path);
}

/** `os.path.join`: a part on another drive starts afresh, one with a root keeps the drive. */
export function joinPaths(first: string, ...rest: readonly string[]): string {
	let [drive, root, path] = splitRoot(first);
	for (const part of rest) {
		const [partDrive, partRoot, partPath] = splitRoot(part);
		if (partRoot) {
			if (partDrive || !drive) drive = partDrive;
			root = partRoot;
			path = partPath;
			continue;
		}
		if (partDrive && partDrive !== drive) {
			if (partDrive.toLowerCase() !== drive.toLowerCase()) {
				[drive, root, path] = [partDrive, partRoot, partPath];
				continue;
			}
			drive = partDrive;
		}
		if (path && !/[\\/]$/.test(path)) path += '\\';
		path += partPath;
	}
	const separated = !path || root || !drive || /[:\\/]$/.test(drive);
	return drive + (separated ? root : '\\') + path;
}

/** `os.path.normpath`. */
export function normalPath(path: string): string {
	const [drive, root, tail] = splitRoot(toBackslashes(path));
	const parts: string[] = [];
	for (const part of tail.split('\\')) {
		if (part === '' || part === '.') continue;
		if (part !== '..' || (root === '' && parts.length === 0) || parts.at(-1) === '..') parts.push(part);
		else parts.pop();
	}
	return drive + root + parts.join('\\') || '.';
}

/** `os.path.split`. */
export function splitPath(path: string): [head: string, tail: string] {
	const [drive, root, rest] = splitRoot(path);
	const at = Math.max(rest.lastIndexOf('\\'), rest.lastIndexOf('/')) + 1;
	return [drive + root + rest.slice(0, at).replace(/[\\/]+$/, ''), rest.slice(at)];
}

/** `os.path.abspath`. */
export function absolutePath(path: string, cwd: string): string {
	return normalPath(isAbsolutePath(path) ? path : joinPaths(cwd, path));
}

/** `os.path.relpath`; undefined when the two are on different drives. */
export function relativePath(path: string, start: string, cwd: string): string | undefined {
	const [from, to] = [splitRoot(absolutePath(start, cwd)), splitRoot(absolutePath(path, cwd))];
	if (from[0].toLowerCase() !== to[0].toLowerCase()) return undefined;
	const [up, down] = [from[2], to[2]].map((tail) => tail.split('\\').filter(Boolean)) as [string[], string[]];
	let common = 0;
	while (common < up.length && common < down.length && up[common]?.toLowerCase() === down[common]?.toLowerCase()) common++;
	return [...new Array<string>(up.length - common).fill('..'), ...down.slice(common)].join('\\') || '.';
}

/** `os.path.commonpath`; undefined when drives or absolute and relative paths are mixed, or none is given. */
export function commonPath(paths: readonly string[]): string | undefined {
	const split = paths.map((path) => splitRoot(toBackslashes(path)));
	const [first] = split;
	if (!first || split.some(([drive, root]) => drive.toLowerCase() !== first[0].toLowerCase() || root !== first[1]))
		return undefined;
	const parts = split.map(([, , tail]) => tail.split('\\').filter((part) => part !== '' && part !== '.'));
	const common: string[] = [];
	for (let at = 0; ; at++) {
		const part = parts[0]?.[at];
		if (part === undefined || parts.some((one) => one[at]?.toLowerCase() !== part.toLowerCase())) break;
		common.push(part);
	}
	return first[0] + first[1] + common.join('\\');
}

/** `os.path.normcase`. */
export function normalCase(path: string): string {
	return toBackslashes(path).toLowerCase();
}

/** `os.path.expandvars`: `$NAME`, `${NAME}` and `%NAME%`; unset variables stay as they are. */
export function expandVariables(path: string, environment: ReadonlyMap<string, string>): string {
	return path.replace(
		/%([^%]+)%|\$(?:(\w+)|\{([^}]*)\})/g,
		(found, percent: string | undefined, bare: string | undefined, braced: string | undefined) =>
			variable(environment, percent ?? bare ?? braced ?? '') ?? found,
	);
}

/** `os.path.expanduser`: only for the user the process runs as. */
export function expandUser(path: string, environment: ReadonlyMap<string, string>): string {
	const drive = variable(environment, 'HOMEDRIVE') ?? '';
	const path_ = variable(environment, 'HOMEPATH');
	const home = variable(environment, 'USERPROFILE') ?? (path_ === undefined ? undefined : joinPaths(drive, path_));
	return home !== undefined && /^~(?:[\\/]|$)/.test(path) ? home + path.slice(1) : path;
}

/** Windows takes the names of variables in either case. */
function variable(environment: ReadonlyMap<string, string>, name: string): string | undefined {
	const exact = environment.get(name);
	if (exact !== undefined) return exact;
	const upper = name.toUpperCase();
	for (const [key, value] of environment) if (key.toUpperCase() === upper) return value;
	return undefined;
}
