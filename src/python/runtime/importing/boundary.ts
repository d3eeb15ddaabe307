import type { Host } from '../../../shared/host';
import { basename, dirname, isAbsolute, isWithin, joinPath, normalizePath } from '../../../shared/path';

/** A host that answers for the project and its environment alone. */
export interface BoundedHost extends Host {
	/** True for a path whose content is not given: neither the project's nor its environment's. */
	outside(path: string): boolean;
}

/** The folders and files that may be read. */
export interface Bounds {
	/** The project's folders. A link in them that leads elsewhere is not the project's. Empty: everything may be read. */
	readonly projects: readonly string[];
	/** Folders of the environment: `sys.path` as it is now, the standard library. Links in them are followed: editable installs. */
	environment(): readonly string[];
	/** What the user's variables name: a file or folder of configuration. */
	readonly variables: Readonly<Record<string, string>>;
}

/** Variables of the system and of shells and editors, which name nothing that a project is configured by. */
const system =
	/^(?:_|HOME|PWD|OLDPWD|SHELL|PATH|TMP|TEMP|TMPDIR|USERPROFILE|HOMEPATH|HOMEDRIVE|(?:LOCAL)?APPDATA|PROGRAM\w*|COMMONPROGRAM\w*|ALLUSERSPROFILE|PUBLIC|SYSTEM\w*|WINDIR|COMSPEC|MAIL|LS_COLORS|(?:XDG|SSH|VSCODE|GIT|DBUS|GTK|NVM|LC)_\w*)$/i;

/**
 * Bounds a host: what a file holds and what a folder lists is given for the project and its environment only. Whether something
 * exists is told of any path, since a missing file is a fact that Python code steers by.
 */
export function boundedHost(host: Host, bounds: Bounds): BoundedHost {
	const boundary = new Boundary(host, bounds);
	return {
		readFile: (path) => (boundary.outside(path) ? undefined : host.readFile(path)),
		readText: (path) => (boundary.outside(path) ? undefined : host.readText?.(path)),
		readDir: (path) => (boundary.outside(path) && !boundary.holdsModules(path) ? undefined : boundary.list(path)),
		listDir: (path) => host.listDir?.(path),
		stat: (path) => host.stat(path),
		realpath: (path) => host.realpath(path),
		outside: (path) => boundary.outside(path),
		environment: host.environment,
		cwd: host.cwd,
		platform: host.platform,
	};
}

class Boundary {
	private readonly projects: readonly string[];
	/** Configuration that variables name. */
	private readonly named: readonly string[];
	/** Names of the links in a folder. */
	private readonly links = new Map<string, ReadonlySet<string>>();
	/** Whether a path that is written as the project's goes through a link. */
	private readonly linked = new Map<string, boolean>();
	private readonly real = new Map<string, string>();
	private readonly ancestors = new Map<string, boolean>();

	constructor(
		private readonly host: Host,
		private readonly bounds: Bounds,
	) {
		this.projects = bounds.projects.map(normalizePath);
		this.named = Object.entries(bounds.variables).flatMap(([name, value]) =>
			!system.test(name) && isAbsolute(value) && !this.above(normalizePath(value)) ? [normalizePath(value)] : [],
		);
	}

	outside(path: string): boolean {
		if (this.projects.length === 0) return false;
		// `link/..` is not the folder that the text says.
		const climbs = /(?:^|[\\/])\.\.(?:[\\/]|$)/.test(path);
		return !this.holds(normalizePath(climbs ? this.host.realpath(path) : path));
	}

	/** A folder above the project that stands on `sys.path` gives modules, and nothing else. */
	holdsModules(path: string): boolean {
		const folder = normalizePath(path);
		return this.bounds.environment().some((one) => isWithin(folder, one));
	}

	list(path: string): ReturnType<Host['readDir']> {
		const entries = this.host.readDir(path);
		this.links.set(path, new Set(entries?.filter(({ link }) => link).map(({ name }) => name)));
		return entries;
	}

	private holds(path: string): boolean {
		const modules = path.endsWith('.py');
		for (const folder of this.bounds.environment())
			if (this.isInstalled(folder) && isWithin(path, folder) && (modules || !this.above(folder))) return true;
		if (this.inProject(path) && !this.throughLink(path)) return true;
		return this.holdsReal(this.realPath(path));
	}

	/** By what folders are rather than by how they are written. */
	private holdsReal(path: string): boolean {
		const modules = path.endsWith('.py');
		const environment = this.bounds.environment();
		if ([...this.projects, ...this.named].some((folder) => isWithin(path, this.realPath(folder)))) return true;
		for (const folder of environment) {
			if (isWithin(path, this.realPath(folder)) && (modules || !this.above(folder))) return true;
			if (this.isInstalled(folder))
				for (const name of this.links.get(folder) ?? []) if (isWithin(path, this.realPath(joinPath(folder, name)))) return true;
		}
		return false;
	}

	private realPath(path: string): string {
		let real = this.real.get(path);
		if (real === undefined) {
			real = this.host.realpath(path);
			this.real.set(path, real);
		}
		return real;
	}

	/** A folder that holds a project or a user's home: it is on `sys.path` for its modules at most. */
	private above(folder: string): boolean {
		let above = this.ancestors.get(folder);
		if (above === undefined) {
			const { HOME, USERPROFILE } = this.host.environment;
			const held = [...this.projects, HOME, USERPROFILE].filter((one) => one !== undefined);
			above = held.some((one) => isWithin(one, folder)) && !this.projects.includes(folder);
			this.ancestors.set(folder, above);
		}
		return above;
	}

	/** Folders of installed packages, wherever they stand: what is linked there is installed. */
	private isInstalled(folder: string): boolean {
		return !this.inProject(folder) || /[\\/](?:site|dist)-packages(?:[\\/]|$)/.test(folder);
	}

	private inProject(path: string): boolean {
		return this.projects.some((root) => isWithin(path, root));
	}

	private throughLink(path: string): boolean {
		if (this.projects.includes(path)) return false;
		const known = this.linked.get(path);
		if (known !== undefined) return known;
		const folder = dirname(path);
		const linked = folder !== path && (this.throughLink(folder) || this.linksIn(folder).has(basename(path)));
		this.linked.set(path, linked);
		return linked;
	}

	private linksIn(folder: string): ReadonlySet<string> {
		if (!this.links.has(folder)) this.list(folder);
		return this.links.get(folder) ?? new Set();
	}
}
