import type { Host } from '../../../shared/host';
import { separatorOf } from '../../../shared/path';

/** Where a module's source is. */
export interface Found {
	readonly kind: 'source' | 'package' | 'namespace' | 'extension';
	/** The file; for a namespace package its first folder. */
	readonly path: string;
	/** Folders to look for submodules in; undefined for a plain module. */
	readonly folders: readonly string[] | undefined;
}

/** What a folder holds, by name. */
interface Listing {
	readonly entries: ReadonlyMap<string, 'file' | 'directory'>;
	/** Files of compiled extensions, by their module's name. */
	readonly extensions: ReadonlyMap<string, string>;
}

const isExtension = /^[^.]+\.(?:cpython-|abi3\.|cp\d|pypy)[\w.-]*(?:so|pyd)$|^[^.]+\.(?:so|pyd)$/;

/** Finds modules in folders as CPython's path finder does (regular packages, modules, extensions, namespace packages). */
export class Finder {
	private readonly listings = new Map<string, Listing>();

	/** `editable`: modules and packages that installed finders map to a file or folders, by their dotted name. */
	constructor(
		private readonly host: Host,
		private readonly editable: ReadonlyMap<string, readonly string[]> = new Map(),
	) {}

	private listing(folder: string): Listing {
		let listing = this.listings.get(folder);
		if (!listing) {
			const entries = new Map<string, 'file' | 'directory'>();
			const extensions = new Map<string, string>();
			for (const { name, type } of this.host.readDir(folder) ?? []) {
				entries.set(name, type);
				if (!isExtension.test(name)) continue;
				const module = name.slice(0, name.indexOf('.'));
				if (!extensions.has(module)) extensions.set(module, name);
			}
			listing = { entries, extensions };
			this.listings.set(folder, listing);
		}
		return listing;
	}

	private entries(folder: string): Listing['entries'] {
		return this.listing(folder).entries;
	}

	/** Finds `name` (one component) in these folders; the first regular module wins over namespace portions. */
	find(name: string, folders: readonly string[]): Found | undefined {
		const portions: string[] = [];
		for (const folder of folders) {
			const { entries, extensions } = this.listing(folder);
			const separator = separatorOf(folder);
			const base = folder.endsWith(separator) ? folder : `${folder}${separator}`;
			if (entries.get(name) === 'directory') {
				const path = `${base}${name}`;
				const inside = this.listing(path);
				if (inside.entries.has('__init__.py'))
					return { kind: 'package', path: `${path}${separator}__init__.py`, folders: [path] };
				const extension = inside.extensions.get('__init__');
				if (extension !== undefined) return { kind: 'extension', path: `${path}${separator}${extension}`, folders: [path] };
				portions.push(path);
			}
			const extension = extensions.get(name);
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
		if (this.entries(path).has('__init__.py'))
			return { kind: 'package', path: `${path}${separatorOf(path)}__init__.py`, folders: [path] };
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
				const isPackage = type === 'directory' && this.entries(`${folder}${separatorOf(folder)}${entry}`).has('__init__.py');
				const name = isPackage ? entry : (/^([^.]+)(\.[\w-]+)?\.(py|so|pyd)$/.exec(entry)?.[1] ?? '');
				if (name === '' || name === '__init__' || seen.has(name)) continue;
				seen.add(name);
				found.push({ name, isPackage, folder });
			}
		}
		return found;
	}
}
