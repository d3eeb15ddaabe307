// Builds the bundles into dist/: extension, language server, webview page, CLI. `--watch` keeps building.
import { cpSync, existsSync, rmSync } from 'node:fs';
import { context } from 'esbuild';

const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');
const shared = {
	bundle: true,
	sourcemap: production ? false : 'linked',
	minify: production,
	logLevel: 'warning',
	target: 'es2022',
};
const node = { ...shared, platform: 'node', format: 'cjs', target: 'node20' };
const bundles = [
	{ ...node, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js', external: ['vscode'] },
	{ ...node, entryPoints: ['src/server/main.ts'], outfile: 'dist/server.js' },
	{ ...node, entryPoints: ['src/cli/main.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } },
	{ ...shared, platform: 'browser', format: 'iife', entryPoints: ['src/webview/main.ts'], outfile: 'dist/webview.js' },
];

rmSync('dist/recorder', { recursive: true, force: true });
cpSync('src/recorder', 'dist/recorder', {
	recursive: true,
	filter: (path) => !/__pycache__|\.pyc$|\.ruff_cache/.test(path),
});
for (const options of bundles) {
	if (!existsSync(options.entryPoints[0])) continue;
	const build = await context(options);
	if (watch) await build.watch();
	else {
		await build.rebuild();
		await build.dispose();
	}
}
