/**
 * Paths as texts, without Node: POSIX ones, and Windows ones in either slash. A path keeps the separators it came with;
 * a joined one uses `/` on POSIX and where the first part has no backslash.
 */

/** `C:\`, `\\server\`, `/`: how an absolute path begins. */
const root = /^(?:[A-Za-z]:[\\/]|\\\\|\/)/;

/** True for `/a`, `C:\a` and `\\server\share`. */
export function isAbsolute(path: string): boolean {
	return root.test(path);
}

/** What stands between the parts of this path. */
export const separatorOf = (path: string): '/' | '\\' => (/^(?:[A-Za-z]:\\|\\\\)/.test(path) ? '\\' : '/');
const separators = (path: string) => (separatorOf(path) === '\\' || /^[A-Za-z]:\//.test(path) ? /[\\/]+/ : /\/+/);

/** Joins and normalises; an absolute later part starts afresh, as `os.path.join` does. */
export function joinPath(first: string, ...rest: readonly string[]): string {
	let path = first;
	for (const part of rest) path = isAbsolute(part) ? part : path === '' ? part : `${path}${separatorOf(path)}${part}`;
	return normalizePath(path);
}

/** Without `.`, `..` where it can be taken back, doubled and trailing separators: `os.path.normpath`. */
export function normalizePath(path: string): string {
	const separator = separatorOf(path);
	const prefix = /^\\\\/.test(path) ? '\\\\' : (/^(?:[A-Za-z]:[\\/]|\/)/.exec(path)?.[0] ?? '');
	const out: string[] = [];
	for (const part of path.slice(prefix.length).split(separators(path))) {
		if (part === '' || part === '.') continue;
		if (part === '..' && out.length > 0 && out.at(-1) !== '..') out.pop();
		else if (part !== '..' || prefix === '') out.push(part);
	}
	return prefix + out.join(separator) || '.';
}

/** The folder of a path; that of a root is itself. */
export function dirname(path: string): string {
	const normal = normalizePath(path);
	const at = Math.max(normal.lastIndexOf('/'), normal.lastIndexOf('\\'));
	if (at < 0) return '.';
	const prefix = root.exec(normal)?.[0].length ?? 0;
	return normal.slice(0, Math.max(at, prefix)) || '.';
}

/** The last part of a path. */
export function basename(path: string): string {
	return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** True when `path` is `folder` itself or lies below it. Both are taken as written (no symbolic links are followed). */
export function isWithin(path: string, folder: string): boolean {
	if (path === folder) return true;
	if (!path.startsWith(folder)) return false;
	return /[\\/]$/.test(folder) || /[\\/]/.test(path.charAt(folder.length));
}

/** `path` from `folder` on, with `/` between its parts; undefined when it doesn't lie below it. */
export function relativePath(path: string, folder: string): string | undefined {
	if (path === folder) return '';
	if (!isWithin(path, folder)) return undefined;
	return path
		.slice(folder.length)
		.replace(/^[\\/]+/, '')
		.replaceAll('\\', '/');
}
