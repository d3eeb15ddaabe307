// Our parser against Lezer's Python grammar, both in one run: node bench/parser.mjs FOLDER
// FOLDER: any tree of Python sources, a virtual environment's site-packages for one. Prints MB/s, cold (first pass) and warm.
// Ours reads function bodies on demand, which is what the engine asks of it; `all` also demands every body.
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parser as lezer } from '@lezer/python';
import { build } from 'esbuild';

const [folder] = process.argv.slice(2);
if (!folder) {
	console.error('usage: node bench/parser.mjs FOLDER');
	process.exit(2);
}
const outfile = join(mkdtempSync(join(tmpdir(), 'parser-')), 'parse.mjs');
await build({ entryPoints: ['src/python/syntax/parse.ts'], bundle: true, format: 'esm', platform: 'node', outfile });
const { parseModule } = await import(pathToFileURL(outfile).href);

const texts = readdirSync(folder, { recursive: true, withFileTypes: true })
	.filter((entry) => entry.isFile() && entry.name.endsWith('.py'))
	.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
const megabytes = texts.reduce((sum, text) => sum + text.length, 0) / 1e6;

/** Visits every node, so that every body that waits to be parsed is. */
function visitAll(node) {
	const stack = [node];
	while (stack.length) {
		const value = stack.pop();
		if (Array.isArray(value)) stack.push(...value);
		else if (value && typeof value === 'object') {
			if (value.kind === 'FunctionDef') stack.push(value.body); // a getter, so not among the keys
			for (const key in value) if (typeof value[key] === 'object') stack.push(value[key]);
		}
	}
}
const sides = {
	'ours, on demand': (text) => parseModule(text),
	'ours, all bodies': (text) => visitAll(parseModule(text)),
	'lezer, tree only': (text) => lezer.parse(text),
};
for (const pass of ['cold', 'warm', 'warm']) {
	for (const [name, parse] of Object.entries(sides)) {
		const began = performance.now();
		for (const text of texts) parse(text);
		console.log(`${pass}  ${name.padEnd(16)} ${((megabytes / (performance.now() - began)) * 1000).toFixed(1).padStart(6)} MB/s`);
	}
}
console.log(`${texts.length} files, ${megabytes.toFixed(1)} MB`);
