import type { Host } from '../../shared/host';
import type { Problem } from '../../shared/model';
import { basename, isAbsolute, joinPath } from '../../shared/path';
import { type Interpreter, interpreterAt, pyenvInterpreter } from './interpreter';
import { type PythonVersion, packageFolders, userSite } from './layout';
import { readPthFiles } from './pth';
import { isFile, isFolder } from './text';

/** The Python that would run the project: what `sys.path` holds beside the project's own folders. */
export interface PythonEnvironment {
	readonly version?: PythonVersion;
	/** `sys.prefix` of the virtual environment or installation. */
	readonly prefix?: string;
	readonly basePrefix?: string;
	readonly executable?: string;
	/** How it was found, for people: `VIRTUAL_ENV`, `.venv in the project`, `--python`. */
	readonly foundBy?: string;
	readonly stdlib?: string;
	/** Folders of installed packages, in `sys.path`'s order. */
	readonly sitePackages: readonly string[];
	/** `PYTHONPATH`, the standard library, the package folders and what their `.pth` files add. The project's own folders stand before it. */
	readonly sysPath: readonly string[];
	/** Editable installs by a finder: module → its file or package folder. */
	readonly modules: ReadonlyMap<string, string>;
	readonly namespaces: ReadonlyMap<string, readonly string[]>;
	readonly problems: readonly Problem[];
}

interface Candidate {
	readonly interpreter: Interpreter;
	readonly foundBy: string;
}

/**
 * Finds the environment without running it. `python` names an interpreter or a virtual environment, and `named` tells where; else the
 * first of `VIRTUAL_ENV`, a virtual environment in `folders`, `CONDA_PREFIX`, pyenv's choice and PATH that has Django, or the first at all.
 */
export function findEnvironment(host: Host, folders: readonly string[], python?: string, named?: string): PythonEnvironment {
	const problems: Problem[] = [];
	const projectFolder = folders[0] ?? host.cwd;
	const chosen = choose(host, folders, projectFolder, python, named ?? '--python', problems);
	if (!chosen) return { sitePackages: [], sysPath: pythonPath(host), modules: new Map(), namespaces: new Map(), problems };
	const { interpreter, foundBy } = chosen;
	const sitePackages = packagesOf(host, interpreter);
	const pth = readPthFiles(host, sitePackages);
	if (!interpreter.stdlib)
		problems.push(warning(`The standard library of ${interpreter.prefix} isn't there: its base installation is missing.`));
	for (const { file, line, text } of pth.unread)
		problems.push({ severity: 'information', code: 'pth-import', message: `Not run: ${text}`, place: { file, line } });
	const { stdlib } = interpreter;
	const dynamic = stdlib ? joinPath(stdlib, 'lib-dynload') : undefined;
	return {
		prefix: interpreter.prefix,
		foundBy,
		...(interpreter.version ? { version: interpreter.version } : {}),
		...(interpreter.basePrefix ? { basePrefix: interpreter.basePrefix } : {}),
		...(interpreter.executable ? { executable: interpreter.executable } : {}),
		...(stdlib ? { stdlib } : {}),
		sitePackages,
		sysPath: unique([
			...pythonPath(host),
			...(stdlib ? [stdlib] : []),
			...(dynamic && isFolder(host, dynamic) ? [dynamic] : []),
			...sitePackages,
			...pth.folders,
		]),
		modules: pth.modules,
		namespaces: pth.namespaces,
		problems,
	};
}

/** The folders of `PYTHONPATH`; a relative or empty one counts from the working folder, as Python takes it. */
export function pythonPath(host: Host): string[] {
	const value = host.environment['PYTHONPATH'];
	if (!value) return [];
	return value.split(host.platform === 'win32' ? ';' : ':').map((part) => joinPath(host.cwd, part));
}

function choose(
	host: Host,
	folders: readonly string[],
	projectFolder: string,
	python: string | undefined,
	named: string,
	problems: Problem[],
): Candidate | undefined {
	if (python !== undefined) {
		const path = onPath(host, python) ?? joinPath(host.cwd, python);
		const interpreter = interpreterAt(host, path, projectFolder);
		if (interpreter) return { interpreter, foundBy: named };
		problems.push({
			severity: 'error',
			code: 'no-environment',
			message: `${python}, named by ${named}, is neither a Python interpreter nor a virtual environment.`,
		});
		return undefined;
	}
	let first: Candidate | undefined;
	for (const candidate of candidates(host, folders, projectFolder)) {
		if (packagesOf(host, candidate.interpreter).some((folder) => isFolder(host, joinPath(folder, 'django')))) return candidate;
		first ??= candidate;
	}
	return first;
}

function* candidates(host: Host, folders: readonly string[], projectFolder: string): Generator<Candidate> {
	const { environment } = host;
	const at = (path: string | undefined, foundBy: string): Candidate[] => {
		const interpreter = path ? interpreterAt(host, path, projectFolder) : undefined;
		return interpreter ? [{ interpreter, foundBy }] : [];
	};
	yield* at(environment['VIRTUAL_ENV'], 'VIRTUAL_ENV');
	for (const folder of folders) {
		const usual = ['.venv', 'venv', 'env', '.env'];
		const others = (host.readDir(folder) ?? []).filter(({ name, type }) => type === 'directory' && !usual.includes(name));
		for (const name of [...usual, ...others.map((entry) => entry.name)]) {
			const path = joinPath(folder, name);
			if (isFile(host, joinPath(path, 'pyvenv.cfg'))) yield* at(path, `${name} in ${basename(folder)}`);
		}
	}
	yield* at(environment['CONDA_PREFIX'], 'CONDA_PREFIX');
	const pyenv = pyenvInterpreter(host, projectFolder);
	if (pyenv) yield { interpreter: pyenv, foundBy: 'pyenv' };
	for (const name of ['python', 'python3']) yield* at(onPath(host, name), `${name} on PATH`);
}

/** An executable named without a folder, looked up on PATH. */
function onPath(host: Host, name: string): string | undefined {
	if (/[\\/]/.test(name)) return undefined;
	const windows = host.platform === 'win32';
	for (const folder of (host.environment['PATH'] ?? host.environment['Path'] ?? '').split(windows ? ';' : ':')) {
		if (!isAbsolute(folder)) continue;
		for (const suffix of windows ? ['.exe', '.bat', ''] : ['']) {
			const path = joinPath(folder, name + suffix);
			if (isFile(host, path)) return path;
		}
	}
	return undefined;
}

/** `site.main()`: the user's own packages, those of the prefix, and the base's where the environment asks for them. */
function packagesOf(host: Host, interpreter: Interpreter): string[] {
	const { prefix, basePrefix, version, systemSite } = interpreter;
	const user = systemSite && version ? userSite(host, version) : undefined;
	const base = systemSite && basePrefix && basePrefix !== prefix ? packageFolders(host, basePrefix, version) : [];
	const own = packageFolders(host, prefix, version);
	// Links such as lib64 → lib name the same folder twice.
	const seen = new Set<string>();
	return [...(user ? [user] : []), ...own, ...base].filter((folder) => {
		const real = host.realpath(folder);
		return !seen.has(real) && seen.add(real);
	});
}

const unique = (paths: readonly string[]) => [...new Set(paths)];
const warning = (message: string): Problem => ({ severity: 'warning', code: 'no-environment', message });
