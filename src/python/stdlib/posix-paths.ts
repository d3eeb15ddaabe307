/** The functions of CPython's posixpath over plain strings. */

/** `os.path.join`. */
export function joinPaths(first: string, ...rest: readonly string[]): string {
	let path = first;
	for (const part of rest) {
		if (part.startsWith('/') || path === '') path = part;
		else path += path.endsWith('/') ? part : `/${part}`;
	}
	return path;
}

/** `os.path.normpath`. */
export function normalPath(path: string): string {
	if (path === '') return '.';
	const start = path.startsWith('//') && !path.startsWith('///') ? '//' : path.startsWith('/') ? '/' : '';
	const parts: string[] = [];
	for (const part of path.split('/')) {
		if (part === '' || part === '.') continue;
		if (part !== '..' || (start === '' && parts.length === 0) || parts.at(-1) === '..') parts.push(part);
		else parts.pop();
	}
	return start + parts.join('/') || '.';
}

/** `os.path.split`. */
export function splitPath(path: string): [head: string, tail: string] {
	const at = path.lastIndexOf('/') + 1;
	const head = path.slice(0, at);
	return [/^\/*$/.test(head) ? head : head.replace(/\/+$/, ''), path.slice(at)];
}

/** `os.path.splitroot`: there are no drives. */
export function splitRoot(path: string): [drive: string, root: string, tail: string] {
	const root = /^(?:\/\/(?!\/)|\/|)/.exec(path)?.[0] ?? '';
	return ['', root, path.slice(root.length)];
}

/** `os.path.isabs`. */
export function isAbsolutePath(path: string): boolean {
	return path.startsWith('/');
}

/** `os.path.normcase`. */
export function normalCase(path: string): string {
	return path;
}

export function absolutePath(path: string, cwd: string): string {
	return normalPath(path.startsWith('/') ? path : joinPaths(cwd, path));
}

/** `os.path.relpath`. */
export function relativePath(path: string, start: string, cwd: string): string {
	const [from, to] = [absolutePath(start, cwd), absolutePath(path, cwd)].map((one) => one.split('/').filter(Boolean));
	if (!from || !to) return path;
	let common = 0;
	while (common < from.length && common < to.length && from[common] === to[common]) common++;
	return [...new Array<string>(from.length - common).fill('..'), ...to.slice(common)].join('/') || '.';
}

/** `os.path.commonpath`; undefined when absolute and relative paths are mixed or none is given. */
export function commonPath(paths: readonly string[]): string | undefined {
	if (paths.length === 0 || new Set(paths.map((path) => path.startsWith('/'))).size > 1) return undefined;
	const split = paths.map((path) => path.split('/').filter((part) => part !== '' && part !== '.'));
	const common: string[] = [];
	for (let at = 0; ; at++) {
		const part = split[0]?.[at];
		if (part === undefined || split.some((parts) => parts[at] !== part)) break;
		common.push(part);
	}
	return (paths[0]?.startsWith('/') ? '/' : '') + common.join('/');
}

/** `os.path.expandvars`; unset variables stay as they are. */
export function expandVariables(path: string, environment: ReadonlyMap<string, string>): string {
	return path.replace(/\$(?:(\w+)|\{([^}]*)\})/g, (found, bare: string | undefined, braced: string | undefined) => {
		const name = bare ?? braced ?? '';
		return environment.get(name) ?? found;
	});
}

/** `os.path.expanduser`: only for the user the process runs as. */
export function expandUser(path: string, environment: ReadonlyMap<string, string>): string {
	const home = environment.get('HOME');
	return home !== undefined && /^~(?:\/|$)/.test(path) ? (home.replace(/\/+$/, '') || '') + path.slice(1) || '/' : path;
}
