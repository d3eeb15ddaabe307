// Bundles test/unit/**/*.test.ts and runs them with mocha in plain Node: node scripts/test-unit.mjs [GREP] [--part NAME]

import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import Mocha from 'mocha';

const args = process.argv.slice(2);
const at = args.indexOf('--part');
const part = at < 0 ? '' : args.splice(at, 2)[1];
const files = (folder) =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
		.map((entry) => join(entry.parentPath, entry.name))
		.sort();
const out = 'out/unit';
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await build({
	entryPoints: files(join('test/unit', part)),
	outdir: out,
	outbase: 'test/unit',
	bundle: true,
	splitting: true,
	format: 'esm',
	platform: 'node',
	target: 'node20',
	sourcemap: 'inline',
	packages: 'external',
	outExtension: { '.js': '.mjs' },
	logLevel: 'warning',
});
const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, ...(args[0] ? { grep: args[0] } : {}) });
for (const entry of readdirSync(out, { recursive: true })) if (entry.endsWith('.test.mjs')) mocha.addFile(join(out, entry));
await mocha.loadFilesAsync();
const runner = mocha.run((failures) => {
	console.log(`${passed} passed, ${failures} failed`);
	process.exitCode = failures ? 1 : 0;
});
let passed = 0;
runner.on('pass', () => {
	passed++;
});
