import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/**
 * The arrows of ARCHITECTURE.md: which part of `src` may import which, and who may see `vscode` and Node.
 * `shared ← python ← django ← server, cli`, `shared ← capture ← replay ← editor`; `webview` sees only `shared`.
 */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
	shared: [],
	python: ['shared'],
	django: ['shared', 'python'],
	server: ['shared', 'python', 'django'],
	cli: ['shared', 'python', 'django', 'server'],
	// The recorder is Python; its compression dictionary is a file that both halves read.
	capture: ['shared', 'recorder'],
	replay: ['shared', 'capture'],
	webview: ['shared'],
	editor: ['shared', 'capture', 'replay', 'ids'],
	extension: ['shared', 'editor', 'ids'],
	ids: [],
};
const VSCODE = ['editor', 'extension'];
const NO_NODE = ['shared', 'python', 'django', 'replay', 'webview', 'ids'];

interface Import {
	readonly file: string;
	readonly part: string;
	readonly specifier: string;
}

function imports(): Import[] {
	const found: Import[] = [];
	for (const entry of readdirSync('src', { recursive: true, withFileTypes: true })) {
		if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
		const file = join(entry.parentPath, entry.name);
		const part = (relative('src', file).split(sep)[0] ?? '').replace(/\.ts$/, '');
		for (const match of readFileSync(file, 'utf8').matchAll(
			/^\s*(?:import|export)\b[^'"`;]*?from\s+['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm,
		)) {
			found.push({ file, part, specifier: match[1] ?? match[2] ?? match[3] ?? '' });
		}
	}
	return found;
}

describe('architecture', () => {
	const all = imports();

	it('reads the imports of every part', () => {
		assert.ok(all.length > 50, `only ${all.length} imports were found`);
	});

	it('lets imports point one way only', () => {
		const wrong = all.flatMap(({ file, part, specifier }) => {
			if (!specifier.startsWith('.')) return [];
			const target = relative('src', join(dirname(file), specifier)).split(sep)[0] ?? '';
			const known = ALLOWED[part];
			if (!known) return [`${file}: no room is named ${part}`];
			return target === part || known.includes(target) ? [] : [`${file} imports ${specifier}`];
		});
		assert.deepEqual(wrong, []);
	});

	it('keeps vscode in the editor half', () => {
		const wrong = all.filter(({ part, specifier }) => specifier === 'vscode' && !VSCODE.includes(part));
		assert.deepEqual(wrong, []);
	});

	it('keeps Node out of the engine and the page', () => {
		const wrong = all.filter(({ part, specifier }) => /^node:/.test(specifier) && NO_NODE.includes(part));
		assert.deepEqual(wrong, []);
	});
});

describe('what the documents name', () => {
	const files = ['src', 'test', 'bench', 'scripts', 'media', 'examples'].flatMap((folder) => below(folder));
	/** The texts in code style. */
	const named = (document: string) => [...readFileSync(document, 'utf8').matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text);

	it('is there', () => {
		const missing = ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'src/python/README.md'].flatMap((document) =>
			named(document)
				.flatMap(
					(text) => text.match(/[\w./<>-]*\w\.(?:ts|mjs|py|json|md)\b|(?<![\w/.])(?:src|test|bench|scripts)\/[\w./-]+/g) ?? [],
				)
				.filter((one) => !one.includes('<') && !existsSync(one) && !files.some((file) => file.endsWith(`/${one}`)))
				.map((one) => `${document}: ${one}`),
		);
		assert.deepEqual(missing, []);
	});

	it('is every folder of src', () => {
		const names = new Set(named('ARCHITECTURE.md').flatMap((text) => text.replace(/\/$/, '').split('/')));
		const folders = new Set(files.filter((file) => file.startsWith('src/')).flatMap((file) => dirname(file).split('/')));
		assert.ok(folders.size > 40, `only ${folders.size} folders were found`);
		assert.deepEqual(
			[...folders].filter((name) => !names.has(name) && name !== 'django_request_cycle'),
			[],
		);
	});

	it('are scripts that package.json has', () => {
		const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
		const asked = ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'README.md'].flatMap((document) =>
			[...readFileSync(document, 'utf8').matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name),
		);
		assert.ok(asked.length > 3);
		assert.deepEqual(
			asked.filter((name) => !(name in scripts)),
			[],
		);
	});
});

/** Files below a folder, by `/`; what tools leave behind is none of ours. */
function below(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		if (/^(?:\..*|__pycache__|node_modules)$/.test(entry.name)) return [];
		const path = `${folder}/${entry.name}`;
		return entry.isDirectory() ? below(path) : [path];
	});
}
