import { isWithin, joinPath, relativePath } from '../shared/path';

/** What is known of where recorded files may stand on this machine; paths are absolute. */
export interface Surroundings {
	/** Folders of the workspace. */
	readonly folders: readonly string[];
	/** `requestCycle.pathMappings`: a folder as the server saw it, and the same folder here. */
	readonly mappings: readonly { readonly remote: string; readonly local: string }[];
	/** `BASE_DIR` and the working folder of the recording process. */
	readonly recordedRoots: readonly string[];
	/** Roots of the projects here. */
	readonly projectRoots: readonly string[];
	readonly sitePackages: readonly string[];
}

/**
 * Where a recorded file may be, the likeliest first: the same path, by a mapping, from the project's folder on, in the same package.
 * `C:\app\views.py`, recorded in a container of Windows, is understood here as well.
 */
export function localPaths(recorded: string, around: Surroundings): readonly string[] {
	const paths = [recorded];
	for (const { remote, local } of around.mappings) {
		const rest = relativePath(recorded, remote.replace(/(?<=.)[\\/]+$/, ''));
		if (rest === undefined) continue;
		for (const folder of around.folders) {
			paths.push(joinPath(folder, local.replace(/\$\{workspaceFolder\}/g, folder), rest));
		}
	}
	const roots = [...around.projectRoots, ...around.folders];
	for (const base of around.recordedRoots) {
		if (!isWithin(recorded, base)) continue;
		paths.push(...roots.map((root) => joinPath(root, relativePath(recorded, base) ?? '')));
	}
	const inPackage = /[\\/](?:site|dist)-packages[\\/](.+)$/.exec(recorded)?.[1]?.replaceAll('\\', '/');
	if (inPackage !== undefined) paths.push(...around.sitePackages.map((folder) => joinPath(folder, inPackage)));
	return [...new Set(paths)];
}
