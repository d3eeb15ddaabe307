import type { DirEntry, Host } from '../../src/shared/host';

/** A machine of a few files for tests: path → text. Links are given as `path → { link: target }`. */
export function memoryHost(
	files: Readonly<Record<string, string | { readonly link: string }>>,
	options: { environment?: Record<string, string>; cwd?: string; platform?: Host['platform'] } = {},
): Host {
	const resolve = (path: string): string => {
		for (let hops = 0; hops < 20; hops++) {
			const link = Object.entries(files).find(
				([name, value]) => typeof value !== 'string' && (path === name || path.startsWith(`${name}/`)),
			);
			if (!link || typeof link[1] === 'string') return path;
			path = link[1].link + path.slice(link[0].length);
		}
		return path;
	};
	const below = (path: string) => {
		const start = path.endsWith('/') ? path : `${path}/`;
		return Object.keys(files).filter((name) => name.startsWith(start));
	};
	return {
		readFile: (path) => {
			const text = files[resolve(path)];
			return typeof text === 'string' ? new TextEncoder().encode(text) : undefined;
		},
		stat: (path) => {
			const real = resolve(path);
			const text = files[real];
			if (typeof text === 'string') return { type: 'file', size: text.length, mtimeMs: 0 };
			return below(real).length > 0 ? { type: 'directory', size: 0, mtimeMs: 0 } : undefined;
		},
		readDir: (path) => {
			const real = resolve(path);
			const names = below(real);
			if (names.length === 0) return undefined;
			const length = real.endsWith('/') ? real.length : real.length + 1;
			const entries = new Map<string, DirEntry>();
			for (const name of names) {
				const [first = '', ...rest] = name.slice(length).split('/');
				const target = files[real.endsWith('/') ? real + first : `${real}/${first}`];
				const link = target !== undefined && typeof target !== 'string';
				const folder = rest.length > 0 || (link && files[target.link] === undefined);
				entries.set(first, { name: first, type: folder ? 'directory' : 'file', ...(link ? { link } : {}) });
			}
			return [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
		},
		realpath: resolve,
		environment: options.environment ?? {},
		cwd: options.cwd ?? '/',
		platform: options.platform ?? 'linux',
	};
}
