import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
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
