import type { Host } from '../../shared/host';
import { basename, dirname, joinPath } from '../../shared/path';
import { findStdlib, type PythonVersion, packageFolders, parseVersion } from './layout';
import { isFile, isFolder, readText } from './text';

/** An interpreter's installation or a virtual environment, found from its files alone. */
export interface Interpreter {
	/** `sys.prefix`. */
	readonly prefix: string;
	/** `sys.base_prefix`; absent when the installation below a virtual environment isn't there (any more). */
	readonly basePrefix?: string;
	readonly version?: PythonVersion;
	readonly stdlib?: string;
	/** For a virtual environment: whether the base installation's packages are seen as well. */
	readonly systemSite: boolean;
	readonly executable?: string;
}

/**
 * The interpreter at `path`: an executable (a link into an installation, one of a virtual environment, pyenv's shim)
 * or the folder of a virtual environment or installation. Follows `site.py` and `getpath.py`: a `pyvenv.cfg` counts
 * beside the executable or one folder up, before links are followed. Undefined when nothing of the kind is there.
 */
export function interpreterAt(host: Host, path: string, projectFolder: string): Interpreter | undefined {
	const stat = host.stat(path);
	if (!stat) return undefined;
	if (stat.type === 'directory') return atPrefix(host, path);
	const folder = dirname(path);
	const shim = /[\\/]shims$/.test(folder) ? pyenvInterpreter(host, projectFolder, basename(path)) : undefined;
	if (shim) return shim;
	for (const prefix of [folder, dirname(folder)]) {
		if (isFile(host, joinPath(prefix, 'pyvenv.cfg'))) return withExecutable(virtualEnvironment(host, prefix), path);
	}
	return withExecutable(installation(host, path), path);
}

const withExecutable = (found: Interpreter | undefined, executable: string) => (found ? { ...found, executable } : undefined);

function atPrefix(host: Host, folder: string): Interpreter | undefined {
	if (isFile(host, joinPath(folder, 'pyvenv.cfg'))) return withExecutableIn(host, virtualEnvironment(host, folder), folder);
	const stdlib = findStdlib(host, folder);
	if (stdlib) return withExecutableIn(host, ofStdlib(folder, stdlib), folder);
	// A virtual environment of old, or one whose configuration is lost: its packages are still there.
	if (packageFolders(host, folder, undefined).length > 0) {
		const libs = (host.readDir(joinPath(folder, 'lib')) ?? []).find(({ name }) => /^python\d+\.\d+$/.test(name));
		const version = parseVersion(libs?.name);
		return withExecutableIn(host, { prefix: folder, systemSite: false, ...(version ? { version } : {}) }, folder);
	}
	return undefined;
}

function withExecutableIn(host: Host, found: Interpreter, folder: string): Interpreter {
	const names = host.platform === 'win32' ? ['Scripts/python.exe', 'python.exe'] : ['bin/python', 'bin/python3'];
	const executable = names.map((name) => joinPath(folder, name)).find((path) => isFile(host, path));
	return executable ? { ...found, executable } : found;
}

function ofStdlib(prefix: string, stdlib: { path: string; version?: PythonVersion }): Interpreter {
	const named = parseVersion(basename(prefix));
	const { version } = stdlib;
	const exact = named && version && named.minor === version.minor && named.major === version.major ? named : version;
	return { prefix, basePrefix: prefix, stdlib: stdlib.path, systemSite: true, ...(exact ? { version: exact } : {}) };
}

/** An installation by its executable: links followed, then upwards to the folder that holds the standard library. */
function installation(host: Host, executable: string): Interpreter | undefined {
	const version = parseVersion(/python(\d+\.\d+)/.exec(basename(executable))?.[1]);
	for (const file of [executable, host.realpath(executable)]) {
		const named = parseVersion(/python(\d+\.\d+)/.exec(basename(file))?.[1]) ?? version;
		for (let folder = dirname(file), up = 0; up < 4; folder = dirname(folder), up++) {
			const stdlib = findStdlib(host, folder, named) ?? (named ? undefined : findStdlib(host, folder));
			if (stdlib) return ofStdlib(folder, stdlib);
		}
	}
	return undefined;
}

/** Reads `pyvenv.cfg` of `prefix` and finds the installation that its `home` names. */
function virtualEnvironment(host: Host, prefix: string): Interpreter {
	const config = new Map<string, string>();
	for (const line of (readText(host, joinPath(prefix, 'pyvenv.cfg')) ?? '').split(/\r?\n/)) {
		const at = line.indexOf('=');
		if (at > 0) config.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim());
	}
	const version = parseVersion(config.get('version') ?? config.get('version_info'));
	const systemSite = config.get('include-system-site-packages')?.toLowerCase() === 'true';
	const found: Interpreter = { prefix, systemSite, ...(version ? { version } : {}) };
	const base = baseInstallation(host, prefix, config, version);
	if (!base?.stdlib) return found;
	return {
		...found,
		basePrefix: base.prefix,
		stdlib: base.stdlib,
		...(version ? {} : base.version ? { version: base.version } : {}),
	};
}

function baseInstallation(
	host: Host,
	prefix: string,
	config: ReadonlyMap<string, string>,
	version: PythonVersion | undefined,
): Interpreter | undefined {
	const home = config.get('home');
	const stored = config.get('base-prefix') ?? config.get('base_prefix');
	const links = ['bin/python', 'bin/python3'].map((name) => host.realpath(joinPath(prefix, name)));
	const named = version ? [`python${version.major}.${version.minor}`] : [];
	const executables = [
		config.get('base-executable') ?? config.get('executable'),
		...(home ? [...named, 'python3', 'python', 'python.exe'].map((name) => joinPath(home, name)) : []),
		...links,
	];
	for (const folder of [stored, home && dirname(home), home]) {
		const stdlib = folder ? findStdlib(host, folder, version) : undefined;
		if (folder && stdlib) return ofStdlib(folder, stdlib);
	}
	for (const executable of executables) {
		if (!executable || !isFile(host, executable)) continue;
		const found = installation(host, executable);
		if (found && (!version || found.version?.minor === version.minor)) return found;
	}
	return undefined;
}

/** What `pyenv which python` would choose: `PYENV_VERSION`, the nearest `.python-version`, the global version. */
export function pyenvInterpreter(host: Host, projectFolder: string, executable = 'python'): Interpreter | undefined {
	const { environment } = host;
	const home = environment['HOME'] ?? environment['USERPROFILE'];
	const root = environment['PYENV_ROOT'] ?? (home && joinPath(home, '.pyenv'));
	if (!root || !isFolder(host, joinPath(root, 'versions'))) return undefined;
	const wanted =
		environment['PYENV_VERSION'] ?? nearestVersionFile(host, projectFolder) ?? readText(host, joinPath(root, 'version'));
	const installed = (host.readDir(joinPath(root, 'versions')) ?? []).map(({ name }) => name);
	for (const name of (wanted ?? '').split(/[\s:]+/).filter(Boolean)) {
		const exact = installed.includes(name) ? name : newest(installed.filter((one) => one.startsWith(`${name}.`)));
		if (!exact) continue;
		const folder = joinPath(root, 'versions', exact);
		const found = interpreterAt(host, joinPath(folder, 'bin', executable), projectFolder) ?? atPrefix(host, folder);
		if (found) return found;
	}
	return undefined;
}

function nearestVersionFile(host: Host, from: string): string | undefined {
	for (let folder = from; ; folder = dirname(folder)) {
		const text = readText(host, joinPath(folder, '.python-version'));
		if (text !== undefined) return text;
		if (dirname(folder) === folder) return undefined;
	}
}

function newest(names: readonly string[]): string | undefined {
	return [...names].sort((a, b) => (parseVersion(a)?.micro ?? 0) - (parseVersion(b)?.micro ?? 0)).at(-1);
}
