import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(fileURLToPath(import.meta.url), '../..');

/** Brings `dist/` up to date: what is measured there shall be what stands in `src/`. */
export function buildDist() {
	execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** The engine as the server has it, bundled into one module at this path, for a benchmark that runs it in a worker of its own. */
export function bundleEngine(outfile) {
	return build({
		entryPoints: [join(root, 'src/server/djangoEngine.ts')],
		bundle: true,
		format: 'esm',
		platform: 'node',
		target: 'node20',
		outfile,
		logLevel: 'warning',
	});
}
