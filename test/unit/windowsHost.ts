import type { DirEntry, Host } from '../../src/shared/host';

const backslashes = (path: string): string => path.replaceAll('/', '\\');

/**
 * Folders of this machine under Windows paths, and files that stand there alone. Text of Python files in `saved` comes as Windows'
 * editors save it: with a byte order mark and `\r\n`.
 */
export function windowsHost(
	disk: Host,
	folders: Readonly<Record<string, string>>,
	files: Readonly<Record<string, string>>,
	options: { readonly cwd: string; readonly saved: string; readonly environment?: Readonly<Record<string, string>> },
): Host {
	const own = new Map(Object.entries(files).map(([path, text]) => [path.toLowerCase(), text]));
	const mapped = Object.entries(folders).sort(([a], [b]) => b.length - a.length);
	/** Windows does not tell cases apart, nor slashes. */
	const canonical = (path: string) =>
		backslashes(path)
			.replace(/(?<!:)\\$/, '')
			.toLowerCase();
	const onDisk = (path: string): string | undefined => {
		const wanted = canonical(path);
		for (const [folder, target] of mapped)
			if (wanted === folder.toLowerCase() || wanted.startsWith(`${folder.toLowerCase()}\\`))
				return target + backslashes(path).slice(folder.length).replaceAll('\\', '/');
		return undefined;
	};
	/** What stands in a folder by the files and folders given here. */
	const given = (path: string): DirEntry[] => {
		const start = `${canonical(path).replace(/\\$/, '')}\\`;
		const names = new Map<string, DirEntry>();
		for (const one of [...Object.keys(files), ...Object.keys(folders)]) {
			if (!one.toLowerCase().startsWith(start)) continue;
			const [name = '', ...rest] = one.slice(start.length).split('\\');
			names.set(name, { name, type: rest.length > 0 || one in folders ? 'directory' : 'file' });
		}
		return [...names.values()];
	};
	return {
		readFile(path) {
			const text = own.get(canonical(path));
			if (text !== undefined) return new TextEncoder().encode(text);
			const place = onDisk(path);
			const bytes = place === undefined ? undefined : disk.readFile(place);
			if (!bytes || !/\.py$/.test(path) || !canonical(path).startsWith(`${options.saved.toLowerCase()}\\`)) return bytes;
			if (/site-packages/i.test(path)) return bytes;
			return new TextEncoder().encode(`\ufeff${new TextDecoder().decode(bytes).replaceAll('\n', '\r\n')}`);
		},
		stat(path) {
			const text = own.get(canonical(path));
			if (text !== undefined) return { type: 'file', size: text.length, mtimeMs: 0 };
			const place = onDisk(path);
			const stat = place === undefined ? undefined : disk.stat(place);
			return stat ?? (given(path).length > 0 ? { type: 'directory', size: 0, mtimeMs: 0 } : undefined);
		},
		readDir(path) {
			const place = onDisk(path);
			const listed = place === undefined ? undefined : disk.readDir(place);
			const more = given(path);
			if (!listed && more.length === 0) return undefined;
			const all = new Map([...(listed ?? []), ...more].map((entry) => [entry.name, entry]));
			return [...all.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
		},
		// A drive's letter is written large there.
		realpath: (path) => backslashes(path).replace(/^[a-z]:/, (drive) => drive.toUpperCase()),
		environment: options.environment ?? {},
		cwd: options.cwd,
		platform: 'win32',
	};
}
