// `npm test`: everything, from a fresh clone, with nothing to prepare by hand.
//   node scripts/test.mjs [--long] [STEP ...]      STEP: a name from the table below; none: all
// Steps run in two lanes (two cores). Each prints a line `N passed, N failed`; the sum closes the run. A step that fails prints
// its failures; all it printed is kept in out/log. A step that drives a browser, a VS Code or servers, whose timing isn't ours,
// gets one second try; that it needed one is said, with the failure: a flaky test shall be seen and mended, not hidden.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium, ensureHost, ensureNode, ensureNodeModules, ensurePython, ensureVenv, Missing, root } from './setup.mjs';

const args = process.argv.slice(2);
const long = args.includes('--long');
const wanted = args.filter((arg) => !arg.startsWith('--'));
const node = process.execPath;
const bin = (name) => join(root, 'node_modules/.bin', name);

try {
	ensureNode();
	ensureNodeModules();
	ensureChromium();
	ensureHost();
} catch (error) {
	if (!(error instanceof Missing)) throw error;
	console.error(error.message);
	process.exit(1);
}
const python = ensurePython();
const ruff = ensureVenv('ruff', ['ruff==0.15.0']).replace(/python(\.exe)?$/, 'ruff$1');

const bookshopPython = join(root, 'examples/bookshop/.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

const bookshop = ['examples/bookshop', '--settings', 'bookshop.settings', '--python', 'examples/bookshop/.venv'];

// A step without counts of its own (a linter, a build) counts as one test.
const prepare = [
	['build', [node, 'scripts/build.mjs']],
	['lint', [bin('biome'), 'check', '.', '--diagnostic-level=error']],
	['types', [bin('tsc'), '--noEmit']],
	['ruff', [ruff, 'check', '.']],
	['ruff-format', [ruff, 'format', '--check', '.']],
	['example-setup', [node, 'scripts/example.mjs']],
];
const longFlag = long ? ['--long'] : [];
const lanes = [
	[
		['unit', [node, 'scripts/test-unit.mjs']],
		['panel', [node, 'test/panel/run.mjs', ...longFlag]],
		['package', [node, 'scripts/package.mjs']],
		['editor', [node, 'scripts/test-editor.mjs']],
		['walk', [node, 'test/ui/walk.mjs', '--vsix', 'dist/django-request-cycle.vsix']],
		['states', [node, 'test/ui/states.mjs']],
	],
	[
		['example', [bookshopPython, 'examples/bookshop/manage.py', 'test']],
		['recorder', [python, 'test/recorder/run.py', ...longFlag]],
		['proof', [python, 'test/recorder/proof/run.py', ...longFlag]],
		['conformance', [node, 'test/conformance/run.mjs', ...longFlag]],
		['fuzz', [node, 'test/fuzz/run.mjs', '--count', long ? '20000' : '300']],
		['fuzz-model', [node, 'test/fuzz/model.mjs', ...bookshop, '--seed', '6', '--count', long ? '20000' : '60']],
		['differential', [node, 'test/differential/run.mjs', '--python', python, ...longFlag]],
	],
];

const timed = new Set(['panel', 'editor', 'walk', 'states', 'recorder', 'proof']);
const logs = join(root, 'out/log');
const results = [];

async function run([name, command]) {
	if (wanted.length && !wanted.includes(name)) return;
	let result = await attempt(name, command);
	const again = result.failed > 0 && timed.has(name);
	if (again) {
		console.log(`again  ${name}: ${result.failed} failed at the first try\n${failuresIn(result.output)}`);
		result = await attempt(name, command);
	}
	const { passed, failed, seconds, output } = result;
	results.push({ name, passed, failed, again });
	console.log(
		`${failed ? 'FAILED' : 'ok    '} ${name.padEnd(14)} ${String(passed).padStart(5)} passed, ${failed} failed  (${seconds} s)`,
	);
	const skipped = [...output.matchAll(/^.*\bskipped\b.*$/gim)].map(([line]) => line.trim());
	for (const line of skipped.slice(0, 6)) console.log(`         ${line}`);
	if (failed) console.log(failuresIn(output));
}

/** What a failed step says of its failures: mocha's and unittest's reports of them, or else its last lines. */
function failuresIn(output) {
	const lines = output.split('\n');
	const reports = lines.flatMap((line, at) =>
		/^\s*\d+ failing/.test(line) || /^(FAIL|ERROR):/.test(line) || /^\s*(not ok|FAILED|failed:)\b/.test(line)
			? [lines.slice(at, at + 30).join('\n')]
			: [],
	);
	return reports.length ? reports.slice(0, 8).join('\n') : lines.slice(-60).join('\n');
}

function attempt(name, [command, ...rest]) {
	const script = rest.find((arg) => /\.(mjs|py)$/.test(arg));
	if (script && !existsSync(join(root, script))) return { passed: 0, failed: 1, seconds: 0, output: `${script} is missing` };
	const began = Date.now();
	return new Promise((done) => {
		const child = spawn(command, rest, {
			cwd: root,
			stdio: ['ignore', 'pipe', 'pipe'],
			env: { ...process.env, NO_COLOR: '1' },
		});
		let output = '';
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding('utf8');
			stream.on('data', (text) => {
				output += text;
			});
		}
		child.on('error', (error) => {
			output += error.message;
		});
		child.on('close', (code) => {
			const counts = [...output.matchAll(/^(?:\w+: )?(\d+) passed, (\d+) failed/gm)].at(-1);
			const passed = counts ? Number(counts[1]) : code === 0 ? 1 : 0;
			let failed = counts ? Number(counts[2]) : code === 0 ? 0 : 1;
			if (code !== 0 && failed === 0) failed = 1;
			if (counts && passed + failed === 0) failed = 1; // a runner that ran nothing has not passed
			mkdirSync(logs, { recursive: true });
			writeFileSync(join(logs, `${name}.txt`), output);
			done({ passed, failed, seconds: Math.round((Date.now() - began) / 1000), output });
		});
	});
}

for (const step of prepare) await run(step);
await Promise.all(
	lanes.map(async (lane) => {
		for (const step of lane) await run(step);
	}),
);
const sum = (key) => results.reduce((total, result) => total + result[key], 0);
const failures = results.filter((result) => result.failed).map((result) => result.name);
const flaky = results.filter((result) => result.again && !result.failed).map((result) => result.name);
if (flaky.length) console.log(`Passed only at the second try: ${flaky.join(', ')}`);
if (failures.length) console.log(`Failed steps: ${failures.join(', ')}`);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exit(failures.length ? 1 : 0);
