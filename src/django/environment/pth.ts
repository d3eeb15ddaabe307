import type { Host } from '../../shared/host';
import { joinPath } from '../../shared/path';
import { readText } from './text';

/** What the `.pth` files of the package folders add to what can be imported. */
export interface PathAdditions {
	/** Folders for `sys.path`, in the order in which `site` would add them. */
	readonly folders: readonly string[];
	/** Editable installs by a finder: module → its file or package folder. */
	readonly modules: ReadonlyMap<string, string>;
	/** Portions of namespace packages, as `*-nspkg.pth` declares them: module → folders. */
	readonly namespaces: ReadonlyMap<string, readonly string[]>;
	/** `import` lines that could not be understood without running them. */
	readonly unread: readonly { readonly file: string; readonly line: number; readonly text: string }[];
}

/** Start-up hooks of tools that add no module: they are known and passed over. */
const harmless =
	/distutils-precedence|_virtualenv|coverage|pytest-cov|COVERAGE|COV_CORE|a1_|_distutils_hack|ddtrace|debugpy|google_|matplotlib/;

/** Reads the `.pth` files of package folders as `site.addsitedir` does (CPython 3.13, Lib/site.py), running none of their lines. */
export function readPthFiles(host: Host, packageFolders: readonly string[]): PathAdditions {
	const folders: string[] = [];
	const modules = new Map<string, string>();
	const namespaces = new Map<string, string[]>();
	const unread: { file: string; line: number; text: string }[] = [];
	for (const folder of packageFolders) {
		for (const { name } of host.readDir(folder) ?? []) {
			if (!name.endsWith('.pth') || name.startsWith('.')) continue;
			const file = joinPath(folder, name);
			for (const [index, raw] of (readText(host, file) ?? '').split(/\r?\n/).entries()) {
				const line = raw.trimEnd();
				if (line.trim() === '' || line.startsWith('#')) continue;
				if (/^import[ \t]/.test(line)) {
					if (line.includes('_distutils_hack')) addDistutils(host, folder, modules);
					if (!readImportLine(host, folder, line, modules, namespaces) && !harmless.test(name + line))
						unread.push({ file, line: index + 1, text: line.slice(0, 200) });
					continue;
				}
				const path = joinPath(folder, line);
				if (host.stat(path) && !folders.includes(path)) folders.push(path);
			}
		}
	}
	return { folders, modules, namespaces, unread };
}

/** setuptools gives `distutils` to Pythons that have none (3.12 and later). */
function addDistutils(host: Host, folder: string, modules: Map<string, string>): void {
	const own = joinPath(folder, 'setuptools/_distutils');
	if (host.stat(own)) modules.set('distutils', own);
}

/** `import x; x.install()` of setuptools' and `editables`' finders, and setuptools' namespace lines. */
function readImportLine(
	host: Host,
	folder: string,
	line: string,
	modules: Map<string, string>,
	namespaces: Map<string, string[]>,
): boolean {
	const portion = /\['sitedir'\],\s*\*\(([^)]*)\)/.exec(line);
	if (portion) {
		const parts = strings(portion[1] ?? '');
		const name = parts.join('.');
		namespaces.set(name, [...new Set([...(namespaces.get(name) ?? []), joinPath(folder, ...parts)])]);
		return true;
	}
	const finder = /^import[ \t]+([\w.]+)/.exec(line)?.[1];
	const source = finder && readText(host, joinPath(folder, `${finder.replaceAll('.', '/')}.py`));
	if (!source) return false;
	return readFinder(source, modules, namespaces);
}

/** The tables inside a generated finder module; false when it holds none. */
function readFinder(source: string, modules: Map<string, string>, namespaces: Map<string, string[]>): boolean {
	let found = false;
	const mapping = /^MAPPING\b[^=\n]*=\s*(\{[^}]*\})/m.exec(source)?.[1];
	if (mapping !== undefined) {
		found = true;
		const texts = strings(mapping);
		for (let at = 0; at + 1 < texts.length; at += 2) modules.set(texts[at] ?? '', texts[at + 1] ?? '');
	}
	const spaces = /^NAMESPACES\b[^=\n]*=\s*(\{[^}]*\})/m.exec(source)?.[1];
	for (const [, name, list] of spaces?.matchAll(/(['"][\w.]+['"])\s*:\s*\[([^\]]*)\]/g) ?? [])
		namespaces.set(strings(name ?? '')[0] ?? '', strings(list ?? ''));
	for (const [, pair] of source.matchAll(/\.map_module\(([^)]*)\)/g)) {
		found = true;
		const [name, path] = strings(pair ?? '');
		if (name && path) modules.set(name, path.replace(/[\\/]__init__\.py$/, ''));
	}
	const known = /install\(\s*(\{[^}]*\})/.exec(source)?.[1];
	if (!found && known !== undefined) {
		const texts = strings(known);
		for (let at = 0; at + 1 < texts.length; at += 2)
			modules.set(texts[at] ?? '', (texts[at + 1] ?? '').replace(/[\\/]__init__\.py$/, ''));
		found = true;
	}
	return found;
}

/** The values of the simple string literals of a generated text, in order. */
function strings(text: string): string[] {
	return [...text.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g)].map(([, single, double]) =>
		(single ?? double ?? '').replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char === 't' ? '\t' : char)),
	);
}
