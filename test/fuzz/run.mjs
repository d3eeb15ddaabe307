// Damaged Python through the parser: node test/fuzz/run.mjs [--count N] [--seed N] [--show N] [FILE or FOLDER...]
// Without files, those of this repository's fixtures and recorder. Any fault ends it with 1.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const scratch = mkdtempSync(join(tmpdir(), 'fuzz-'));
const main = join(scratch, 'main.mjs');
await build({
	entryPoints: ['test/fuzz/main.ts'],
	bundle: true,
	format: 'esm',
	platform: 'node',
	outfile: main,
	logLevel: 'warning',
});
const { status } = spawnSync(process.execPath, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
rmSync(scratch, { recursive: true });
process.exitCode = status ?? 1;
