// Builds the bundles into dist/: extension, language server and its engine, webview page, CLI (what answers from the disk, and the engine).
// `--watch` keeps building.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { context } from 'esbuild';

/** What the engine's cache tells builds apart by: a change of any source makes another one. */
const build = createHash('sha1');
for (const entry of readdirSync('src', { recursive: true }).sort())
	if (entry.endsWith('.ts')) build.update(readFileSync(join('src', entry)));

const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');
const shared = {
	bundle: true,
	define: { ENGINE_BUILD: JSON.stringify(build.digest('hex')) },
	sourcemap: production ? false : 'linked',
	minify: production,
	logLevel: 'warning',
	target: 'es2022',
};
const node = { ...shared, platform: 'node', format: 'cjs', target: 'node20' };
const bundles = [
	{ ...node, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js', external: ['vscode'] },
	{ ...node, entryPoints: ['src/server/main.ts'], outfile: 'dist/server.js' },
	{ ...node, entryPoints: ['src/server/worker.ts'], outfile: 'dist/engine.js' },
	{ ...node, entryPoints: ['src/cli/main.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } },
	{ ...node, entryPoints: ['src/cli/run.ts'], outfile: 'dist/cli-engine.js' },
	{ ...shared, platform: 'browser', format: 'iife', entryPoints: ['src/webview/main.ts'], outfile: 'dist/webview.js' },
];

rmSync('dist/recorder', { recursive: true, force: true });
cpSync('src/recorder', 'dist/recorder', {
	recursive: true,
	filter: (path) => !/__pycache__|\.pyc$|\.ruff_cache/.test(path),
});
for (const options of bundles) {
	if (!existsSync(options.entryPoints[0])) continue;
	const bundle = await context(options);
	if (watch) await bundle.watch();
	else {
		await bundle.rebuild();
		await bundle.dispose();
	}
}
