import type { FileStat, Host } from '../../shared/host';
import { dirname } from '../../shared/path';

/**
 * What an answer was made from: enough to tell, with a few hundred `stat` calls, whether it would come out the same again.
 * A file's identity is its size and modification time; a folder's is its modification time, which moves when an entry comes
 * or goes, so that one record of a folder stands for every name that was looked for in it and not found.
 */
export interface Sources {
	/** path → `size:mtimeMs` of a file that was read. */
	readonly files: Readonly<Record<string, string>>;
	/** path → mtimeMs of a folder that was listed or in which something was looked for; null: nothing is there, -1: a file. */
	readonly folders: Readonly<Record<string, number | null>>;
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
	const { files, folders, realpaths, variables } = value as Partial<Sources>;
	return [files, folders, realpaths, variables].every((part) => typeof part === 'object' && part !== null);
}

const identity = (stat: { size: number; mtimeMs: number }) => `${stat.size}:${stat.mtimeMs}`;

export interface RecordingHost {
	readonly host: Host;
	sources(): Sources;
	/** Whether the file was read. */
	wasRead(path: string): boolean;
}

/** A folder's modification time; null where nothing is, -1 for a file. */
const folderIdentity = (stat: FileStat | undefined): number | null =>
	stat ? (stat.type === 'directory' ? stat.mtimeMs : -1) : null;

/** `/`, `/tmp`, `/home`. */
const isShallow = (folder: string): boolean => folder.split(/[\\/]/).length <= 2;

/** A host that answers as `inner` does and remembers what it was asked. */
export function recordingHost(inner: Host): RecordingHost {
	const files = new Map<string, string>();
	const folders = new Map<string, number | null>();
	const realpaths = new Map<string, string>();
	const variables = new Map<string, string | null>();
	let listed = false;

	const noteFolder = (path: string): void => {
		if (folders.has(path)) return;
		const stat = inner.stat(path);
		folders.set(path, folderIdentity(stat));
	};
	/** Nothing is there: the folder's entries tell, but those at the top of a machine change all the time. */
	const noteAbsent = (path: string): void => noteFolder(isShallow(dirname(path)) ? path : dirname(path));
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
	const host: Host = {
		readFile(path) {
			const stat = inner.stat(path);
			if (stat?.type === 'file') files.set(path, identity(stat));
			else if (stat) noteFolder(path);
			else noteAbsent(path);
			return inner.readFile(path);
		},
		stat(path) {
			const stat = inner.stat(path);
			// A file that is only known to be there stands or falls with its folder's entries, a folder with itself.
			if (stat?.type === 'directory') noteFolder(path);
			else if (stat) noteFolder(dirname(path));
			else noteAbsent(path);
			return stat;
		},
		readDir(path) {
			noteFolder(path);
			return inner.readDir(path);
		},
		listDir: (path) => inner.listDir?.(path),
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
			folders: Object.fromEntries(folders),
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
		if (stat?.type !== 'file' || identity(stat) !== was) return false;
	}
	for (const [path, was] of Object.entries(sources.folders)) {
		const stat = host.stat(path);
		if (folderIdentity(stat) !== was) return false;
	}
	for (const [path, was] of Object.entries(sources.realpaths)) if (host.realpath(path) !== was) return false;
	return true;
}

/** What a shell changes at every command, and an editor, a terminal or a login at every start, says nothing of a project. */
const volatile = new RegExp(
	`^(?:${[
		'_|OLDPWD|SHLVL|PWD|RANDOM|SECONDS|COLUMNS|LINES',
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
