import type { Host } from '../../shared/host';
import type { SettingsCandidate } from '../../shared/model';
import { basename, dirname, isWithin, joinPath } from '../../shared/path';
import { isFile, isFolder, readText } from '../environment/text';
import { settingsMentions } from './mentions';

/** Folders that never hold a project of their own. */
const passedOver =
	/^(?:\..*|node_modules|__pycache__|site-packages|dist|build|static|staticfiles|media|locale|migrations|docs?)$/;
const deepest = 5;
const mostFolders = 3000;

/** How much a kind of place knows about the settings that `runserver` would use: higher wins. */
const weights: readonly (readonly [RegExp, number])[] = [
	[/(?:^|[\\/])manage\.py$/, 90],
	[/(?:^|[\\/])\.env$/, 80],
	[/(?:^|[\\/])(?:asgi|wsgi)\.py$/, 60],
	[/(?:^|[\\/])(?:celery|celery_app|__main__)\.py$/, 40],
	[/(?:^|[\\/])pyproject\.toml$/, 35],
	[/(?:^|[\\/])(?:pytest|tox)\.ini$/, 30],
	[/(?:^|[\\/])setup\.cfg$/, 30],
];

interface Ranked extends SettingsCandidate {
	readonly rank: number;
	readonly depth: number;
}

/**
 * The settings modules that a folder offers, best first: `DJANGO_SETTINGS_MODULE` of the process, what `manage.py`,
 * `wsgi.py`, test configuration and `.env` name, and last modules that look like settings. Each says why; one whose
 * file can't be found is left out unless the process itself names it.
 * @param searchPath folders that are on `sys.path` anyhow (PYTHONPATH, site-packages)
 */
export function findSettings(host: Host, folder: string, searchPath: readonly string[] = []): SettingsCandidate[] {
	const found: Ranked[] = [];
	const named = host.environment['DJANGO_SETTINGS_MODULE'];
	const manages = new Set<string>();
	const files = projectFiles(host, folder, manages);
	if (named) {
		const root = sourceRootOf(host, named, [...manages, folder, ...searchPath]) ?? folder;
		found.push({ module: named, root, source: 'DJANGO_SETTINGS_MODULE', rank: 100, depth: 0 });
	}
	for (const { path, depth } of files) {
		const weight = weights.find(([pattern]) => pattern.test(path));
		if (!weight) continue;
		for (const { module, line, configuration } of settingsMentions(host, path)) {
			const root = sourceRootOf(host, module, [dirname(path), ...ancestors(dirname(path), folder), ...manages, ...searchPath]);
			const named = configuration ? { configuration } : {};
			if (root)
				found.push({ module, root, source: basename(path), ...named, place: { file: path, line }, rank: weight[1], depth });
		}
	}
	for (const candidate of found.length > 0 ? [] : likelySettings(host, folder, files)) found.push(candidate);
	found.sort((a, b) => b.rank - a.rank || a.depth - b.depth || (a.module < b.module ? -1 : 1));
	const seen = new Set<string>();
	return found
		.filter(({ module, root }) => !seen.has(`${root}\n${module}`) && seen.add(`${root}\n${module}`))
		.map(({ rank: _rank, depth: _depth, ...candidate }) => candidate);
}

/**
 * The folder that has to be on `sys.path` for `module`: the first of `folders` in which its file or package lies.
 * Python puts the folder of the started script (`manage.py`) there, so pass that one first.
 */
export function sourceRootOf(host: Host, module: string, folders: readonly string[]): string | undefined {
	const path = module.replaceAll('.', '/');
	return folders.find(
		(folder) => isFile(host, joinPath(folder, `${path}.py`)) || isFile(host, joinPath(folder, path, '__init__.py')),
	);
}

interface Found {
	readonly path: string;
	readonly depth: number;
}

/** Files that may name settings, breadth first; folders with a `manage.py` are collected on the way. */
function projectFiles(host: Host, folder: string, manages: Set<string>): Found[] {
	const out: Found[] = [];
	let level = [folder];
	const seen = new Set<string>();
	for (let depth = 0; depth <= deepest && seen.size < mostFolders; depth++) {
		const next: string[] = [];
		for (const here of level) {
			const real = host.realpath(here);
			if (seen.has(real) || seen.size >= mostFolders) continue;
			seen.add(real);
			for (const { name, type } of host.readDir(here) ?? []) {
				const path = joinPath(here, name);
				if (type === 'file') {
					if (name === 'manage.py') manages.add(here);
					if (name.endsWith('.py') || /^(?:\.env|pyproject\.toml|pytest\.ini|tox\.ini|setup\.cfg)$/.test(name))
						out.push({ path, depth });
				} else if (!passedOver.test(name) && !isFile(host, joinPath(path, 'pyvenv.cfg'))) next.push(path);
			}
		}
		level = next;
	}
	return out;
}

function ancestors(from: string, upTo: string): string[] {
	const out: string[] = [];
	for (let folder = dirname(from); isWithin(folder, upTo); folder = dirname(folder)) {
		out.push(folder);
		if (folder === upTo || dirname(folder) === folder) break;
	}
	return out;
}

/** Modules named or placed like settings that assign `ROOT_URLCONF`, when nothing names any. */
function likelySettings(host: Host, folder: string, files: readonly Found[]): Ranked[] {
	const out: Ranked[] = [];
	for (const { path, depth } of files) {
		if (
			!/(?:^|[\\/])(?:settings[^\\/]*|[^\\/]*settings|settings[\\/][^\\/]+|config|base|local|dev|development|production)\.py$/.test(
				path,
			)
		)
			continue;
		if (!/^\s*(?:ROOT_URLCONF|INSTALLED_APPS)\b/m.test(readText(host, path) ?? '')) continue;
		const root = packageRoot(host, dirname(path), folder);
		const module = path
			.slice(root.length + 1, -3)
			.replaceAll(/[\\/]/g, '.')
			.replace(/\.__init__$/, '');
		out.push({
			module,
			root,
			source: 'its name and content',
			place: { file: path, line: 1 },
			rank: /dev|local/.test(module) ? 11 : 10,
			depth,
		});
	}
	return out;
}

/** The first folder upwards that is no package (has no `__init__.py`), not above `top`. */
function packageRoot(host: Host, from: string, top: string): string {
	let folder = from;
	while (folder !== top && isFile(host, joinPath(folder, '__init__.py')) && isFolder(host, dirname(folder)))
		folder = dirname(folder);
	return folder;
}
