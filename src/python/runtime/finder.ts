import type { Host } from '../../shared/host';

/** Where a module's source is. */
export interface Found {
	readonly kind: 'source' | 'package' | 'namespace' | 'extension';
	/** The file; for a namespace package its first folder. */
	readonly path: string;
	/** Folders to look for submodules in; undefined for a plain module. */
	readonly folders: readonly string[] | undefined;
}

/** Finds modules in folders as CPython's path finder does (regular packages, modules, extensions, namespace packages). */
export class Finder {
	private readonly listings = new Map<string, ReadonlyMap<string, 'file' | 'directory'>>();

	/** `editable`: modules and packages that installed finders map to a file or folders, by their dotted name. */
	constructor(
		private readonly host: Host,
		private readonly editable: ReadonlyMap<string, readonly string[]> = new Map(),
	) {}

	private entries(folder: string): ReadonlyMap<string, 'file' | 'directory'> {
		let listing = this.listings.get(folder);
		if (!listing) {
			listing = new Map((this.host.readDir(folder) ?? []).map((entry) => [entry.name, entry.type]));
			this.listings.set(folder, listing);
		}
		return listing;
	}

	/** Finds `name` (one component) in these folders; the first regular module wins over namespace portions. */
	find(name: string, folders: readonly string[]): Found | undefined {
		const portions: string[] = [];
		for (const folder of folders) {
			const entries = this.entries(folder);
			const base = folder.endsWith('/') ? folder : `${folder}/`;
			if (entries.get(name) === 'directory') {
				const path = `${base}${name}`;
				const inside = this.entries(path);
				if (inside.has('__init__.py')) return { kind: 'package', path: `${path}/__init__.py`, folders: [path] };
				const extension = extensionOf('__init__', inside);
				if (extension !== undefined) return { kind: 'extension', path: `${path}/${extension}`, folders: [path] };
				portions.push(path);
			}
			const extension = extensionOf(name, entries);
			if (extension !== undefined && !entries.has(`${name}.py`))
				return { kind: 'extension', path: `${base}${extension}`, folders: undefined };
			if (entries.has(`${name}.py`)) return { kind: 'source', path: `${base}${name}.py`, folders: undefined };
		}
		const [first] = portions;
		return first === undefined ? undefined : { kind: 'namespace', path: first, folders: portions };
	}

	/** A module that an editable install maps, which comes after everything in folders. */
	findEditable(dotted: string): Found | undefined {
		const paths = this.editable.get(dotted);
		const [path] = paths ?? [];
		if (!paths || path === undefined) return undefined;
		const file = path.endsWith('.py') ? path : `${path}.py`;
		if (this.entries(path).has('__init__.py')) return { kind: 'package', path: `${path}/__init__.py`, folders: [path] };
		if (this.host.stat(file)?.type === 'file') return { kind: 'source', path: file, folders: undefined };
		const folders = paths.filter((folder) => this.host.stat(folder)?.type === 'directory');
		return folders.length > 0 ? { kind: 'namespace', path, folders } : undefined;
	}

	/** Names of the modules and packages directly in these folders, sorted a folder, packages told apart (`pkgutil.iter_modules`). */
	list(folders: readonly string[]): { readonly name: string; readonly isPackage: boolean; readonly folder: string }[] {
		const found: { name: string; isPackage: boolean; folder: string }[] = [];
		const seen = new Set<string>();
		for (const folder of folders) {
			const entries = this.entries(folder);
			for (const [entry, type] of [...entries].sort(([a], [b]) => (a < b ? -1 : 1))) {
				const isPackage = type === 'directory' && this.entries(`${folder}/${entry}`).has('__init__.py');
				const name = isPackage ? entry : (/^([^.]+)(\.[\w-]+)?\.(py|so|pyd)$/.exec(entry)?.[1] ?? '');
				if (name === '' || name === '__init__' || seen.has(name)) continue;
				seen.add(name);
				found.push({ name, isPackage, folder });
			}
		}
		return found;
	}
}

function extensionOf(name: string, entries: ReadonlyMap<string, string>): string | undefined {
	const prefix = `${name}.`;
	for (const entry of entries.keys()) {
		if (entry.startsWith(prefix) && /^[^.]+\.(?:cpython-|abi3\.|cp\d|pypy)[\w.-]*(?:so|pyd)$|^[^.]+\.(?:so|pyd)$/.test(entry))
			return entry;
	}
	return undefined;
}
