// Packages the extension into dist/django-request-cycle.vsix and checks what is in it: node scripts/package.mjs
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { ensureNodeModules, root } from './setup.mjs';

const LIMIT = 1_000_000;

/** Builds for production and packages; answers the VSIX's path. */
export function packageExtension() {
	ensureNodeModules();
	const vsix = join(root, 'dist/django-request-cycle.vsix');
	const run = (script, args) =>
		execFileSync(process.execPath, [join(root, script), ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
	run('scripts/build.mjs', ['--production']);
	run('node_modules/@vscode/vsce/vsce', [
		'package',
		'--no-dependencies',
		'--skip-license',
		'--allow-missing-repository',
		'--no-rewrite-relative-links',
		'--out',
		vsix,
	]);
	return vsix;
}

if (import.meta.url === `file://${process.argv[1]}`) {
	const vsix = packageExtension();
	const { size } = statSync(vsix);
	console.log(`${vsix}: ${(size / 1000).toFixed(0)} kB`);
	console.log(size < LIMIT ? '1 passed, 0 failed' : `The VSIX is over ${LIMIT / 1000} kB\n0 passed, 1 failed`);
	process.exitCode = size < LIMIT ? 0 : 1;
}
