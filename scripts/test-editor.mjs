// The mocha suites inside a real VS Code: node scripts/test-editor.mjs [SUITE ...] [--grep TEXT]
// A suite is a folder of test/suite. VSCODE_EXECUTABLE names a desktop VS Code; otherwise the server in test/host serves.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { prepareExample } from './example.mjs';
import { ensureChromium, ensureHost, ensureVenv, root } from './setup.mjs';

const args = process.argv.slice(2);
const at = args.indexOf('--grep');
const grep = at < 0 ? undefined : args.splice(at, 2)[1];
if (!process.env.VSCODE_EXECUTABLE) {
	ensureChromium();
	ensureHost();
}
await prepareExample({ log: console.log });
const out = join(root, 'out/test');
rmSync(out, { recursive: true, force: true });
const suiteRoot = join(root, 'test/suite');
const suites = readdirSync(suiteRoot, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
const tests = suites.flatMap((suite) =>
	readdirSync(join(suiteRoot, suite), { recursive: true })
		.filter((file) => file.endsWith('.test.ts'))
		.map((file) => join('test/suite', suite, file)),
);
const options = {
	bundle: true,
	platform: 'node',
	format: 'cjs',
	target: 'node20',
	sourcemap: 'inline',
	logLevel: 'warning',
	external: ['vscode', 'mocha', '@vscode/test-electron'],
};
await build({ ...options, entryPoints: ['test/suite/index.ts', ...tests], outdir: join(out, 'suite'), outbase: 'test/suite' });
await build({ ...options, entryPoints: ['test/runTest.ts'], outfile: join(out, 'runTest.js') });

/** What the example needs, and pytest: a capture that is saved as a test is run by it. */
const withPytest = [
	...readFileSync(join(root, 'examples/bookshop/requirements.txt'), 'utf8').match(/^\w[^\n]*/gm),
	'pytest==8.4.2',
	'pytest-django==4.11.1',
];

let passed = 0;
let failed = 0;
for (const suite of args.length ? args : suites) {
	console.log(`== ${suite}`);
	const run = spawnSync(process.execPath, [join(out, 'runTest.js'), suite], {
		cwd: root,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'inherit'],
		env: {
			...process.env,
			...(process.env.VSCODE_EXECUTABLE ? {} : { VSCODE_HOST: 'server' }),
			...(grep ? { TEST_GREP: grep } : {}),
			...(suite === 'main' ? { PYTEST_PYTHON: ensureVenv('pytest', withPytest) } : {}),
			...(suite === 'python' ? { DEBUGPY_PYTHON: ensureVenv('debugpy', ['debugpy==1.8.22']) } : {}),
		},
		maxBuffer: 1 << 28,
	});
	process.stdout.write(run.stdout ?? '');
	const count = (word) => Number(run.stdout?.match(new RegExp(`^\\s*(\\d+) ${word}`, 'm'))?.[1] ?? 0);
	passed += count('passing');
	failed += count('failing') || (run.status === 0 ? 0 : 1);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
