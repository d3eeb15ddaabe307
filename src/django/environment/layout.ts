import type { Host } from '../../shared/host';
import { joinPath } from '../../shared/path';
import { isFile, isFolder } from './text';

/** `3.11`, as folders and Windows' user site name it. */
export interface PythonVersion {
	readonly major: number;
	readonly minor: number;
	/** Absent where nothing tells it. */
	readonly micro?: number;
}

/** `3.12.1` or `3.12` in a text; undefined where it has neither. */
export function parseVersion(text: string | undefined): PythonVersion | undefined {
	const match = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text ?? '');
	if (!match) return undefined;
	const version = { major: Number(match[1]), minor: Number(match[2]) };
	return match[3] === undefined ? version : { ...version, micro: Number(match[3]) };
}

const shortVersion = (version: PythonVersion) => `${version.major}.${version.minor}`;

/** The standard library below an installation's prefix, as `getpath.py` looks for it: by its landmark, `os.py`. */
export function findStdlib(
	host: Host,
	prefix: string,
	version?: PythonVersion,
): { path: string; version?: PythonVersion } | undefined {
	const windows = joinPath(prefix, 'Lib');
	if (host.platform === 'win32' && isFile(host, joinPath(windows, 'os.py')))
		return { path: windows, ...(version ? { version } : {}) };
	for (const libs of ['lib', 'lib64']) {
		const folder = joinPath(prefix, libs);
		if (version) {
			const path = joinPath(folder, `python${shortVersion(version)}`);
			if (isFile(host, joinPath(path, 'os.py'))) return { path, version };
			continue;
		}
		const found = (host.readDir(folder) ?? [])
			.map(({ name }) => ({ name, version: /^python\d+\.\d+$/.test(name) ? parseVersion(name) : undefined }))
			.sort((a, b) => (b.version?.major ?? 0) - (a.version?.major ?? 0) || (b.version?.minor ?? 0) - (a.version?.minor ?? 0))
			.find(({ name, version }) => version && isFile(host, joinPath(folder, name, 'os.py')));
		if (found?.version) return { path: joinPath(folder, found.name), version: found.version };
	}
	return undefined;
}

/** Folders of installed packages below a prefix that exist, `purelib` first: `sysconfig`'s schemes, Debian's included. */
export function packageFolders(host: Host, prefix: string, version: PythonVersion | undefined): string[] {
	const candidates =
		host.platform === 'win32'
			? [joinPath(prefix, 'Lib', 'site-packages')]
			: versionFolders(host, prefix, version).flatMap((folder) => [
					joinPath(folder, 'site-packages'),
					joinPath(folder, 'dist-packages'),
				]);
	if (host.platform !== 'win32') {
		candidates.push(joinPath(prefix, 'lib', 'python3', 'dist-packages'));
		if (prefix === '/usr' && version)
			candidates.unshift(joinPath('/usr/local/lib', `python${shortVersion(version)}`, 'dist-packages'));
	}
	return candidates.filter((folder) => isFolder(host, folder));
}

function versionFolders(host: Host, prefix: string, version: PythonVersion | undefined): string[] {
	const libs = ['lib', 'lib64'].map((name) => joinPath(prefix, name));
	if (version) return libs.map((lib) => joinPath(lib, `python${shortVersion(version)}`));
	return libs.flatMap((lib) =>
		(host.readDir(lib) ?? []).filter(({ name }) => /^(?:python|pypy)\d+\.\d+$/.test(name)).map(({ name }) => joinPath(lib, name)),
	);
}

/** `site.getusersitepackages()`, where `site.ENABLE_USER_SITE` would be true; undefined when there is no such folder. */
export function userSite(host: Host, version: PythonVersion): string | undefined {
	const { environment } = host;
	if (environment['PYTHONNOUSERSITE']) return undefined;
	const home = environment['HOME'] ?? environment['USERPROFILE'];
	const short = shortVersion(version);
	let folder: string | undefined;
	if (host.platform === 'win32') {
		const base = environment['PYTHONUSERBASE'] ?? (environment['APPDATA'] && joinPath(environment['APPDATA'], 'Python'));
		folder = base && joinPath(base, `Python${short.replace('.', '')}`, 'site-packages');
	} else {
		const base = environment['PYTHONUSERBASE'] ?? (home && joinPath(home, '.local'));
		folder = base && joinPath(base, 'lib', `python${short}`, 'site-packages');
		const framework = home && joinPath(home, 'Library', 'Python', short, 'lib', 'python', 'site-packages');
		if (host.platform === 'darwin' && framework && isFolder(host, framework)) folder = framework;
	}
	return folder && isFolder(host, folder) ? folder : undefined;
}
