import type { Host } from '../shared/host';
import type { Problem, SettingsCandidate } from '../shared/model';
import { dirname, isWithin, joinPath, relativePath } from '../shared/path';
import { findSettings, sourceRootOf } from './discovery/discovery';
import { findEnvironment, type PythonEnvironment, pythonPath } from './environment/environment';
import { isFile } from './environment/text';

/** What is asked: a folder, and what the user chose. */
export interface ProjectOptions {
	/** Absolute path of the project's folder. */
	readonly folder: string;
	readonly settingsModule?: string;
	/** An interpreter or a virtual environment. */
	readonly python?: string;
	/** What named it, for people: a setting, the Python extension; else `--python`. */
	readonly pythonNamedBy?: string;
}

/** A project as Django would start it: the settings module, and what is on `sys.path`. */
export interface Project {
	readonly folder: string;
	readonly settingsModule?: string;
	/** The settings class (django-configurations): what the environment names, or else the project's own files. */
	readonly configuration?: string;
	/** Absolute path of the settings module's file or package, where it lies on `sysPath`. */
	readonly candidates: readonly SettingsCandidate[];
	readonly environment: PythonEnvironment;
	/** Django is there to be read. */
	readonly django: boolean;
	readonly sysPath: readonly string[];
	/** What may be read beside the project's folder and `sysPath`: its repository, the virtual environment, editable installs. */
	readonly readable: readonly string[];
	readonly problems: readonly Problem[];
}

/** Settles the environment, the settings module and `sys.path` of a project. Never throws. */
export function openProject(host: Host, options: ProjectOptions): Project {
	const { folder } = options;
	const onPythonPath = pythonPath(host);
	const environment = environmentOf(host, options);
	const candidates = findSettings(host, folder, [...onPythonPath, ...environment.sitePackages]);
	const problems: Problem[] = [...environment.problems];
	const settingsModule = options.settingsModule ?? candidates[0]?.module;
	if (!settingsModule) {
		problems.push({
			severity: 'error',
			code: 'no-settings',
			message: `No Django settings module was found in ${folder}: no manage.py, wsgi.py, asgi.py or configuration names one, and no module looks like one.`,
		});
	}
	const django = environment.modules.has('django') || hasDjango(host, [folder, ...environment.sysPath]);
	if (!django && !problems.some(({ severity }) => severity === 'error'))
		problems.push(noDjango(folder, environment, options.python !== undefined));
	const root = settingsModule ? scriptFolder(host, folder, settingsModule, candidates, onPythonPath) : folder;
	// `python manage.py` puts the script's folder first; a PYTHONPATH into the project says the same by itself.
	const own = onPythonPath.some((path) => isWithin(path, folder)) ? [] : [root];
	return {
		folder,
		candidates,
		environment,
		django,
		...(settingsModule ? { settingsModule, ...configurationOf(host, candidates, settingsModule) } : {}),
		sysPath: [...own, ...environment.sysPath.filter((path) => !own.includes(path))],
		readable: readableFolders(host, folder, environment),
		problems,
	};
}

/** As `manage.py` has it: a default that the environment goes before. */
function configurationOf(
	host: Host,
	candidates: readonly SettingsCandidate[],
	settingsModule: string,
): { configuration?: string } {
	const configuration =
		host.environment['DJANGO_CONFIGURATION'] ??
		candidates.find((one) => one.module === settingsModule && one.configuration)?.configuration;
	return configuration ? { configuration } : {};
}

/** The environment of a project: the one that is named, else what is found. */
export const environmentOf = (host: Host, { folder, python, pythonNamedBy }: ProjectOptions): PythonEnvironment =>
	findEnvironment(host, [folder, ...nearFolders(host, folder)], python, pythonNamedBy);

const hasDjango = (host: Host, folders: readonly string[]): boolean =>
	folders.some(
		(folder) =>
			host.stat(joinPath(folder, 'django'))?.type === 'directory' && isFile(host, joinPath(folder, 'django/__init__.py')),
	);

function noDjango(folder: string, { prefix, executable, foundBy, version }: PythonEnvironment, named: boolean): Problem {
	const path = executable ?? prefix ?? '';
	const python = `${relativePath(path, folder) ?? path}${version ? ` (Python ${version.major}.${version.minor})` : ''}`;
	const message =
		prefix === undefined
			? 'No Python was found: there is no virtual environment in the project, and no interpreter on PATH.'
			: `Django was not found in ${python}, ${named ? 'named by' : 'found as'} ${foundBy}.`;
	const next = 'Choose the interpreter or virtual environment that the project runs with, or install its requirements.';
	return { severity: 'error', code: 'no-django', message: `${message} ${next}` };
}

function readableFolders(host: Host, folder: string, environment: PythonEnvironment): string[] {
	const { prefix, basePrefix, modules, namespaces } = environment;
	const repository = repositoryOf(host, folder);
	return [
		...(repository ? [repository] : []),
		...(prefix && basePrefix && prefix !== basePrefix ? [prefix] : []),
		...[...modules.values()].flatMap((path) => [path, `${path}.py`]),
		...[...namespaces.values()].flat(),
	];
}

/** The repository that the project is a part of: its `.env` and data are the project's, too. */
function repositoryOf(host: Host, folder: string): string | undefined {
	const { HOME, USERPROFILE } = host.environment;
	let here = folder;
	for (let up = 0; up < 5; up++) {
		if (here === HOME || here === USERPROFILE || dirname(here) === here) return undefined;
		if (host.stat(joinPath(here, '.git'))) return here === folder ? undefined : here;
		here = dirname(here);
	}
	return undefined;
}

/** The folder that `manage.py` stands in, or the one that makes the settings module importable. */
function scriptFolder(
	host: Host,
	folder: string,
	module: string,
	candidates: readonly SettingsCandidate[],
	onPythonPath: readonly string[],
): string {
	const named = candidates.find((candidate) => candidate.module === module);
	if (named && !onPythonPath.includes(named.root) && isWithin(named.root, folder)) return named.root;
	const folders = [folder, ...candidates.map(({ root }) => root), ...childFolders(host, folder)];
	return (
		sourceRootOf(
			host,
			module,
			folders.filter((one) => isWithin(one, folder)),
		) ??
		named?.root ??
		folder
	);
}

/** Where a virtual environment may stand beside the project: the repository's folder, when the project is a part of it. */
function nearFolders(host: Host, folder: string): string[] {
	const parent = dirname(folder);
	return host.stat(`${folder}/manage.py`) && !host.stat(`${folder}/.git`) && parent !== folder ? [parent] : [];
}

const childFolders = (host: Host, folder: string) =>
	(host.readDir(folder) ?? [])
		.filter(({ type, name }) => type === 'directory' && !name.startsWith('.'))
		.map(({ name }) => `${folder}/${name}`);
