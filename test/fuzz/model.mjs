// A project with one damaged file at a time through the whole engine:
//   node test/fuzz/model.mjs FOLDER [--settings MODULE] [--python PATH] [--count N] [--seed N] [--show N] [--whole SHARE]
// SHARE of the rounds damage several files at once (`--together N`), of the project or its libraries, and evaluate it from nothing; the rest do
// what an editor's keystroke does. `--seconds N` ends it earlier.
// The project needs an environment with its Django; the example of this repository is one (see examples/bookshop).

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const scratch = mkdtempSync(join(tmpdir(), 'fuzz-'));
const main = join(scratch, 'main.mjs');
await build({
	entryPoints: ['test/fuzz/mainModel.ts'],
	bundle: true,
	format: 'esm',
	platform: 'node',
	outfile: main,
	logLevel: 'warning',
});
const { status } = spawnSync(process.execPath, ['--expose-gc', main, ...process.argv.slice(2)], { stdio: 'inherit' });
rmSync(scratch, { recursive: true });
process.exitCode = status ?? 1;
