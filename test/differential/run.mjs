// Small programs by CPython and by our evaluator, their names compared:
//   node test/differential/run.mjs [--long] [--count N] [--seed N] [--python python3] [--show N] [--messages] [--configuration] [PROGRAM.py...]
// Without programs: those in python/programs/, and N generated ones (200, with --long 3,000);
// with --configuration N that do what configuration code does, in which what differs is still to be mended.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const scratch = mkdtempSync(join(tmpdir(), 'differential-'));
const main = join(scratch, 'main.mjs');
await build({
	entryPoints: ['test/differential/python/main.ts'],
	bundle: true,
	format: 'esm',
	platform: 'node',
	outfile: main,
	logLevel: 'warning',
});
const { status } = spawnSync(process.execPath, ['--stack-size=3000', main, ...process.argv.slice(2)], { stdio: 'inherit' });
rmSync(scratch, { recursive: true });
process.exitCode = status ?? 1;
