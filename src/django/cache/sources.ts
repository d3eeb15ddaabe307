import type { FileStat, Host } from '../../shared/host';
import { dirname } from '../../shared/path';

/**
 * What an answer was made from: enough to tell, with a few hundred `stat` calls, whether it would come out the same again.
 * A file's identity is its size and modification time; a folder's is its modification time, which moves when an entry comes
 * or goes, so that one record of a folder stands for every name that was looked for in it and not found. Where it has moved, the
 * entries themselves tell: a database's journal and Python's bytecode come into folders whenever a project runs.
 */
export interface Sources {
	/** path → `size:mtimeMs` of a file that was read. */
	readonly files: Readonly<Record<string, string>>;
	/** path → a hash of a file that is small and no code: what a project writes anew at every start is mostly what it was. */
	readonly contents: Readonly<Record<string, string>>;
	/**
	 * path → mtimeMs of a folder that was listed or in which something was looked for; null: nothing is there, -1: a file, -2: a folder,
	 * of which nothing more was asked.
	 */
	readonly folders: Readonly<Record<string, number | null>>;
	/** path → a hash of what stands in a folder whose time nobody asked for: what comes and goes again changes nothing else. */
	readonly entries: Readonly<Record<string, string>>;
	readonly realpaths: Readonly<Record<string, string>>;
	/** name → value of an environment variable that was asked for; null: not set. */
	readonly variables: Readonly<Record<string, string | null>>;
	/** All names and values, where the whole environment was listed. */
	readonly environment?: string;
	readonly cwd: string;
}

/** Whether a value that was read from the disk has the form of sources. */
export function isSources(value: unknown): value is Sources {
	if (typeof value !== 'object' || value === null) return false;
	const { files, contents, folders, entries, realpaths, variables } = value as Partial<Sources>;
	return [files, contents, folders, entries, realpaths, variables].every((part) => typeof part === 'object' && part !== null);
}

const identity = (stat: { size: number; mtimeMs: number }) => `${stat.size}:${stat.mtimeMs}`;

export interface RecordingHost {
	readonly host: Host;
	sources(): Sources;
	/** Whether the file was read. */
	wasRead(path: string): boolean;
}

const aFile = -1;
const aFolder = -2;

/** A folder's modification time; null where nothing is. */
const folderIdentity = (stat: FileStat | undefined): number | null =>
	stat ? (stat.type === 'directory' ? stat.mtimeMs : aFile) : null;

const inOrder = 'in order ';

/**
 * A hash of what stands in a folder, without the bytecode that Python keeps there; where a link leads to counts, and the file
 * system's own order where somebody has seen it.
 */
function entriesHash(folder: string, host: Host, ordered: boolean): string {
	const names = (host.readDir(folder) ?? [])
		.filter(({ name }) => name !== '__pycache__')
		.map(({ name, type, link }) => `${name}${type === 'directory' ? '/' : ''}${link ? host.realpath(`${folder}/${name}`) : ''}`);
	const order = ordered ? host.listDir?.(folder)?.filter((name) => name !== '__pycache__') : undefined;
	return `${ordered ? inOrder : ''}${hash([...names, ...(order ?? [])].join('\n'))}`;
}

/** The largest file whose content is compared. Bytes. */
const smallFile = 65_536;

const contentHash = (path: string, bytes: Uint8Array | undefined): string | undefined =>
	bytes && bytes.length <= smallFile && !/\.pyi?$/.test(path) ? hash(bytes) : undefined;

function hash(units: string | Uint8Array): string {
	let a = 0x811c9dc5;
	let b = units.length;
	for (let at = 0; at < units.length; at++) {
		const code = typeof units === 'string' ? units.charCodeAt(at) : (units[at] ?? 0);
		a = Math.imul(a ^ code, 0x01000193);
		b = Math.imul(b ^ code, 0x5bd1e995) + (b >>> 15);
	}
	return `${(a >>> 0).toString(36)}-${(b >>> 0).toString(36)}`;
}

/** `/`, `/tmp`, `/home`. */
const isShallow = (folder: string): boolean => folder.split(/[\\/]/).length <= 2;

/** A host that answers as `inner` does and remembers what it was asked. */
export function recordingHost(inner: Host): RecordingHost {
	const files = new Map<string, string>();
	const folders = new Map<string, number | null>();
	const realpaths = new Map<string, string>();
	const variables = new Map<string, string | null>();
	const contents = new Map<string, string>();
	/** Files and folders whose modification time was asked for, and folders whose own order was. */
	const timed = new Set<string>();
	const ordered = new Set<string>();
	let listed = false;

	const noteFolder = (path: string): void => {
		const known = folders.get(path);
		if (known !== undefined && known !== aFolder) return;
		folders.set(path, folderIdentity(inner.stat(path)));
	};
	/** That something is there or is not: its folder's entries tell, but those at the top of a machine change all the time. */
	const notePresence = (path: string): void => noteFolder(isShallow(dirname(path)) ? path : dirname(path));
	/** A folder that is there, whatever is put into it. */
	const noteKind = (path: string): void => {
		if (!folders.has(path)) folders.set(path, aFolder);
	};
	const noteFile = (path: string, stat: FileStat): void => {
		files.set(path, identity(stat));
	};
	const noteTime = (path: string): void => {
		noteFolder(path);
		timed.add(path);
	};
	/** Size and time are noted when they are asked for: most ask only what stands there. */
	const noted = (path: string, stat: FileStat): FileStat => {
		const note = stat.type === 'directory' ? () => noteTime(path) : () => noteFile(path, stat);
		return {
			type: stat.type,
			get size() {
				note();
				return stat.size;
			},
			get mtimeMs() {
				note();
				timed.add(path);
				return stat.mtimeMs;
			},
		};
	};
	const environment = new Proxy(inner.environment, {
		get(target, name) {
			if (typeof name !== 'string') return undefined;
			const value = target[name];
			variables.set(name, value ?? null);
			return value;
		},
		has(target, name) {
			if (typeof name === 'string') variables.set(name, target[name] ?? null);
			return name in target;
		},
		ownKeys(target) {
			listed = true;
			return Reflect.ownKeys(target);
		},
	});
	/** None where the folder has changed since it was looked into. */
	const entriesOf = (path: string, was: number | null): [string, string][] =>
		was === null || was < 0 || timed.has(path) || folderIdentity(inner.stat(path)) !== was
			? []
			: [[path, entriesHash(path, inner, ordered.has(path))]];
	const noteRead = (path: string): void => {
		const stat = inner.stat(path);
		if (stat?.type === 'file') noteFile(path, stat);
		else if (stat) noteKind(path);
		else notePresence(path);
	};
	const host: Host = {
		readFile(path) {
			noteRead(path);
			const bytes = inner.readFile(path);
			const content = contentHash(path, bytes);
			if (content !== undefined) contents.set(path, content);
			return bytes;
		},
		readText(path) {
			const text = inner.readText?.(path);
			if (text !== undefined) noteRead(path);
			return text;
		},
		stat(path) {
			const stat = inner.stat(path);
			if (stat?.type === 'directory') noteKind(path);
			else notePresence(path);
			return stat && noted(path, stat);
		},
		readDir(path) {
			noteFolder(path);
			return inner.readDir(path);
		},
		listDir(path) {
			noteFolder(path);
			ordered.add(path);
			return inner.listDir?.(path);
		},
		realpath(path) {
			const real = inner.realpath(path);
			realpaths.set(path, real);
			return real;
		},
		environment,
		cwd: inner.cwd,
		platform: inner.platform,
	};
	return {
		host,
		wasRead: (path) => files.has(path),
		sources: () => ({
			files: Object.fromEntries(files),
			contents: Object.fromEntries([...contents].filter(([path]) => !timed.has(path))),
			folders: Object.fromEntries(folders),
			entries: Object.fromEntries([...folders].flatMap(([path, was]) => entriesOf(path, was))),
			realpaths: Object.fromEntries(realpaths),
			variables: Object.fromEntries(variables),
			...(listed ? { environment: environmentText(inner) } : {}),
			cwd: inner.cwd,
		}),
	};
}

/** Whether everything the answer was made from is still what it was. Stops at the first difference. */
export function unchanged(sources: Sources, host: Host): boolean {
	if (sources.cwd !== host.cwd) return false;
	const listed = sources.environment !== undefined;
	for (const [name, value] of Object.entries(sources.variables)) {
		// Who copies the whole environment asks for every one, and means none of these.
		if (listed && volatile.test(name)) continue;
		if ((host.environment[name] ?? null) !== value) return false;
	}
	if (sources.environment !== undefined && sources.environment !== environmentText(host)) return false;
	for (const [path, was] of Object.entries(sources.files)) {
		const stat = host.stat(path);
		if (stat?.type !== 'file') return false;
		if (identity(stat) === was) continue;
		const content = sources.contents[path];
		if (content === undefined || contentHash(path, host.readFile(path)) !== content) return false;
	}
	for (const [path, was] of Object.entries(sources.folders)) {
		const stat = host.stat(path);
		if (was === aFolder ? stat?.type === 'directory' : folderIdentity(stat) === was) continue;
		const entries = sources.entries[path];
		if (entries === undefined || stat?.type !== 'directory') return false;
		if (entriesHash(path, host, entries.startsWith(inOrder)) !== entries) return false;
	}
	for (const [path, was] of Object.entries(sources.realpaths)) if (host.realpath(path) !== was) return false;
	return true;
}

/** What a shell changes at every command, and an editor, a terminal or a login at every start, says nothing of a project. */
const volatile = new RegExp(
	`^(?:${[
		'_|OLDPWD|SHLVL|PWD|RANDOM|SECONDS|COLUMNS|LINES|PS[1-4]|PROMPT_COMMAND|HIST(?:FILE|SIZE|FILESIZE|CONTROL)',
		'TERM|TERM_PROGRAM(?:_VERSION)?|TERMINFO(?:_DIRS)?|COLORTERM|PYENV_DIR',
		'(?:VSCODE|ELECTRON|NODE_CHANNEL|CODE_SERVER|CURSOR|CHROME)_.*',
		'(?:TERM|ITERM|XDG)_SESSION_.*|(?:TMUX|KONSOLE|GNOME_TERMINAL)(?:_.*)?|WINDOWID|STY',
		'SSH_.*|GPG_AGENT_INFO|DBUS_.*|SESSION_MANAGER|INVOCATION_ID|JOURNAL_STREAM|SYSTEMD_EXEC_PID|MEMORY_PRESSURE_.*',
		'DESKTOP_STARTUP_ID|XDG_ACTIVATION_TOKEN|GIO_LAUNCHED_DESKTOP_FILE_PID|XPC_.*|SECURITYSESSIONID',
	].join('|')})$`,
);

function environmentText(host: Host): string {
	return Object.keys(host.environment)
		.filter((name) => !volatile.test(name))
		.sort()
		.map((name) => `${name}=${host.environment[name]}`)
		.join('\n');
}
